"""The user's own folder of plans, where Frontline is installed and not run from its sources."""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from platformdirs import user_data_path


def own_folder(shipped: Path) -> Path:
    """The folder among the user's data; it is made, with the shipped scenarios, where it is not there yet.

    Where it cannot be made, the library says so.
    """
    folder = user_data_path("frontline", appauthor=False) / "scenarios"
    if not folder.exists():
        with suppress(OSError):
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder.parent) as fresh:
                filled = Path(shutil.copytree(shipped, Path(fresh) / folder.name))
                filled.rename(folder)  # whole or not at all; refused where another process was first
    return folder

"""Files that are written whole or not at all."""

import os
import shutil
from pathlib import Path

_SAVING = ".saving"
"""The name of a file while it is written, in the folder that it is for."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, so that a reader meets either the old one or the new one.

    One writer at a time in a folder. OSError where it cannot be written; the old file then stays as it was.
    """
    fresh = path.with_name(_SAVING)
    fresh.unlink(missing_ok=True)
    try:
        with fresh.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, fresh)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)

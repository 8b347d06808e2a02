"""Where base years lie: those that ship, and one's own, each a folder under its id."""

import csv
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path

from model.evidence import figures
from model.evidence.baseline import Baseline, read_baseline, shipped_baseline
from model.evidence.baseline import baseline_ids as shipped_ids

SETTING = "FRONTLINE_BASELINES"
ABOUT = "baseline.toml"
"""The file by which a folder is one of a base year."""
UNREADABLE = (OSError, ValueError, TypeError, LookupError, AttributeError, csv.Error, RecursionError)
"""What the files of a broken base year raise where they are read."""
_TRIES = 5
"""Times that a folder is read anew where somebody changes it meanwhile."""

State = tuple[tuple[str, int, int, int], ...]


def own_base_years() -> Path:
    """The folder that FRONTLINE_BASELINES names, else one among the user's data; it need not be there."""
    if named := os.environ.get(SETTING):
        return Path(named).expanduser().absolute()
    return user_data_path("frontline", appauthor=False) / "base-years"


def own_ids() -> list[str]:
    """Ids of one's own base years in alphabetical order; none where the folder cannot be listed."""
    try:
        names = {left_by_swap(path) or path.name for path in own_base_years().iterdir()}
    except OSError:
        return []
    return sorted(id for id in names if not id.startswith(".") and _own_folder(id) and id not in shipped_ids())


def baseline_ids() -> list[str]:
    """Ids of all base years: those that ship, then one's own."""
    return [*shipped_ids(), *own_ids()]


def folder_of(id: str) -> Path:
    """The folder of a base year; KeyError for an id that is none."""
    if id in shipped_ids():
        return figures.FOLDER / id
    folder = _own_folder(id) if id in own_ids() else None
    if folder is None:
        raise KeyError(id)
    return folder


def find_baseline(id: str) -> Baseline:
    """The base year of an id, one's own read anew once its files have changed.

    KeyError for an id that is none, and for a folder that cannot be read; `read_baseline` says what is wrong with it.
    """
    if id in shipped_ids():
        return shipped_baseline(id)
    for _ in range(_TRIES):
        with suppress(*UNREADABLE):
            folder = folder_of(id)
            before = _state(folder)
            baseline = _read(folder, before)
            if _state(folder) == before:
                return baseline
    raise KeyError(id)


def own_state() -> tuple[tuple[str, State], ...]:
    """What changes with any file of any own base year, for what is remembered of scenarios on them."""
    return tuple((id, state_of(id)) for id in own_ids())


def state_of(id: str) -> State:
    """What changes with any file of a base year; nothing for one that ships, or that is not there."""
    with suppress(OSError, KeyError):
        return () if id in shipped_ids() else _state(folder_of(id))
    return ()


def aside(folder: Path) -> Path:
    """Where a folder stands while its successor takes its place; a reader finds it there meanwhile."""
    return folder.with_name(f".before.{folder.name}")


def left_by_swap(path: Path) -> str:
    """The id of a folder that was put aside; empty for any other.

    >>> left_by_swap(aside(Path("guangdong-2016"))), left_by_swap(Path("guangdong-2016"))
    ('guangdong-2016', '')
    """
    return path.name.removeprefix(".before.") if path.name.startswith(".before.") else ""


def _own_folder(id: str) -> Path | None:
    """The folder of an own base year, or the one put aside while it is replaced; None where there is none."""
    folder = own_base_years() / id
    return next((one for one in (folder, aside(folder), folder) if (one / ABOUT).is_file()), None)


def _state(folder: Path) -> State:
    """What changes with any file of a folder: names, times, sizes and numbers of its files."""
    files = sorted((file.name, file.stat()) for file in os.scandir(folder) if file.is_file())
    return tuple((name, status.st_mtime_ns, status.st_size, status.st_ino) for name, status in files)


@lru_cache(maxsize=16)
def _read(folder: Path, _: State) -> Baseline:
    return read_baseline(folder)

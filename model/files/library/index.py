"""The index of a library: the names that stand in its files, so that a list opens none of them.

It is a memory, not a source: whatever it lacks is read from the files, and it may be deleted at any time.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from model.files.disk import Refusal, replace_whole
from model.files.library.gate import check_may_change

FILE = ".index.json"
WORTH_WRITING = 20
"""Files read anew from which on the index is written; fewer are read faster than it is."""
MOST_FOLDERS = 8


Name = Mapping[str, str]


class Known(NamedTuple):
    """One version of a file: its time, size and number, and the name in it by language.

    Time and size alone may be those of another version, where the clock was put back or counts seconds.
    """

    time: int
    size: int
    number: int
    name: Name


_folders: dict[Path, dict[str, Known]] = {}


def names_of(folder: Path, stems: Iterable[tuple[str, os.stat_result]], read: Callable[[str], Name]) -> dict[str, Name]:
    """The name in each file by stem; `read` gives it for a file that is new or has changed."""
    known = _folders.get(folder)
    if known is None:
        known = _folders[folder] = _read(folder)
        for other in list(_folders)[:-MOST_FOLDERS]:
            _folders.pop(other, None)
    new = {}
    here: dict[str, Known] = {}
    for stem, status in stems:
        version = status.st_mtime_ns, status.st_size, status.st_ino
        before = known.get(stem)
        if before is None or before[:3] != version:
            before = new[stem] = Known(*version, read(stem))
        here[stem] = before
    _folders[folder] = here
    if len(new) >= WORTH_WRITING:
        _write(folder, here)
    return {stem: one.name for stem, one in here.items()}


def _read(folder: Path) -> dict[str, Known]:
    """The index on disk; nothing where there is none, or one that is damaged."""
    with suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
        rows = json.loads((folder / FILE).read_text("utf-8"))
        known = {str(stem): Known(int(time), int(size), int(n), name) for stem, (time, size, n, name) in rows.items()}
        if all(_is_name(one.name) for one in known.values()):
            return known
    return {}


def _is_name(name: object) -> bool:
    return isinstance(name, dict) and all(isinstance(word, str) for pair in name.items() for word in pair)


def _write(folder: Path, known: Mapping[str, Known]) -> None:
    """Keep the index on disk, where the folder may be written, by who asks too."""
    with suppress(OSError, Refusal):
        check_may_change()
        replace_whole(folder / FILE, json.dumps(known, ensure_ascii=False).encode("utf-8", "surrogatepass"))

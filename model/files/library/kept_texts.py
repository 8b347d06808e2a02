"""Texts kept in the library's folder by a short key, which an address can carry in their place."""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from model.files.disk import Refusal, replace_whole, subfolder
from model.files.library.gate import check_may_change
from model.files.library.library import library_folder

FOLDER = ".links"
KEY_LENGTH = 20
MOST_KEPT = 2_000
"""Texts kept in a folder; of more, those not asked for longest go."""
MOST_IN_MEMORY = 200
_in_memory: dict[str, str] = {}


def keep(text: str) -> str:
    """Keep a text and give its key, the same for equal texts.

    Where the folder cannot be written, or not by who asks, it is kept in memory alone. Else it outlives the server,
    but is not waited for: each step of a slider may keep one, and a power cut may take the last.
    """
    data = text.encode("utf-8", "surrogatepass")
    key = _key(data)
    if key not in _in_memory:
        with suppress(OSError, Refusal):
            check_may_change()
            folder = subfolder(library_folder(), FOLDER)
            if not _is_kept(folder / key, data):
                replace_whole(folder / key, data, outlives_power=False)
                _drop_oldest(folder, folder / key)
    _remember(key, text)
    return key


def kept(key: str) -> str | None:
    """The text of a key; None for a key that is not known here."""
    if key in _in_memory:
        return _in_memory[key]
    if len(key) != KEY_LENGTH or not key.isalnum() or not key.isascii():
        return None
    try:
        path = library_folder() / FOLDER / key
        data = path.read_bytes()
        text = data.decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError):
        return None
    if _key(data) != key:  # a power cut took part of it
        return None
    with suppress(OSError):  # where it is somebody else's
        os.utime(path)
    _remember(key, text)
    return text


def _key(data: bytes) -> str:
    return sha256(data).hexdigest()[:KEY_LENGTH]


def _is_kept(path: Path, data: bytes) -> bool:
    """Whether a text stands in its file, and whole."""
    return path.exists() and path.read_bytes() == data


def _remember(key: str, text: str) -> None:
    _in_memory[key] = _in_memory.pop(key, text)
    for old in list(_in_memory)[:-MOST_IN_MEMORY]:
        _in_memory.pop(old, None)


def _drop_oldest(folder: Path, latest: Path) -> None:
    """Leave no more texts than may be kept; the `latest` stays.

    A text from the future, kept before the clock was put back, is among the first to go.
    """
    files = list(folder.iterdir())
    if len(files) > MOST_KEPT:
        now = latest.stat().st_mtime
        ages = {path: path.stat().st_mtime for path in files if path != latest}
        for path in sorted(ages, key=lambda path: (ages[path] <= now, ages[path]))[: len(files) - MOST_KEPT]:
            path.unlink(missing_ok=True)

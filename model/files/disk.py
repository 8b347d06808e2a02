"""Files on disk: read, written whole and locked, and the refusals of the system as problems."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from model.files.problem import Problem, shown
from model.files.toml_text import MOST_BYTES

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCK, _SAVING = ".lock", ".saving"


class Refusal(Exception):
    """A change of a file that cannot be made, with the problems that say why."""

    def __init__(self, *problems: Problem):
        self.problems = problems


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


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait for the folder's lock, which the system takes back from a process that dies."""
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock, msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def check_plain(path: Path) -> None:
    """A refusal for a link, which could lead out of the folder, or a pipe, which never ends."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise Refusal(Problem("not_a_plain_file", path.name))
    except FileNotFoundError:
        raise Refusal(Problem("file_missing", path.name)) from None


def read_plain(path: Path) -> tuple[bytes, datetime]:
    """The bytes of a file, cut where it is too large for a scenario, and the moment of its last change."""
    check_plain(path)
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1), moment(os.fstat(file.fileno()))
    except OSError as error:
        raise Refusal(Problem("file_unreadable", path.name, given=type(error).__name__)) from None


def moment(status: os.stat_result) -> datetime:
    """The moment of a file's last change; one beyond all calendars is cut."""
    return datetime.fromtimestamp(min(max(status.st_mtime, 0), 2**33), UTC)


def reason(error: OSError, folder: Path) -> Problem:
    """The problem that an error of the system means for the library."""
    codes = {
        "folder_missing": (errno.ENOENT, errno.ENOTDIR),
        "folder_closed": (errno.EACCES, errno.EPERM, errno.EROFS),
        "disk_full": (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)),
    }
    code = next((code for code, numbers in codes.items() if error.errno in numbers), "folder_unusable")
    return Problem(code, shown(str(folder), 200), given=type(error).__name__)

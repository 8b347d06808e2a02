"""Files on disk: read, written whole and locked, and the refusals of the system as problems."""

import errno
import getpass
import os
import platform
import shutil
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path

from model.files.problem import Problem, shown
from model.files.toml_text import MOST_BYTES

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCK, _SAVING = ".lock", ".saving"
LOCK_TRIES, SECONDS_A_TRY = 500, 0.02
"""Times that a lock which somebody else holds is asked for, and the seconds between them."""
_BEYOND_TEXT = 2**30
"""Place in the lock file that Windows locks: those who wait can still read who holds it."""


class Refusal(Exception):
    """A change of a file that cannot be made, with the problems that say why."""

    def __init__(self, *problems: Problem):
        self.problems = problems


def write_whole(path: Path, data: bytes, *, outlives_power: bool = True) -> None:
    """Write a file whole or not at all, so that a reader meets either the old one or the new one.

    Where the folder has a lock, as a library has, it is waited for. OSError where the file cannot be written; the old
    one then stays as it was. Refusal where somebody else holds the lock.
    """
    with locked(path.parent) if (path.parent / _LOCK).exists() else nullcontext():
        replace_whole(path, data, outlives_power=outlives_power)


def replace_whole(path: Path, data: bytes, *, outlives_power: bool = True) -> None:
    """The same without asking for the lock: for a writer who has it, or of what can be made again.

    A file that need not outlive a power cut is not waited for.
    """
    fd, name = tempfile.mkstemp(prefix=_SAVING, dir=path.parent)
    fresh = Path(name)
    try:
        with open(fd, "wb") as file:
            file.write(data)
            file.flush()
            if outlives_power:
                os.fsync(file.fileno())
        _give_group(fresh)
        if path.exists():
            shutil.copymode(path, fresh)
        else:
            fresh.chmod(_rights_within(path.parent))
        os.replace(fresh, path)
        if outlives_power:
            settle(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def replace_folder(folder: Path, files: Mapping[str, bytes], before: Path, check: Callable[[Path], None]) -> None:
    """Write a folder of files whole or not at all, for a writer who has the lock of the folder around it.

    `check` sees the new folder before it takes its place, and refuses it by an exception. The old one stands at
    `before` while the new one takes its place; who dies between the two leaves it there.
    """
    fresh = Path(tempfile.mkdtemp(prefix=_SAVING, dir=folder.parent))
    try:
        for name, data in files.items():
            replace_whole(fresh / name, data)
        check(fresh)
        _share(fresh)
        if folder.exists():
            os.replace(folder, before)
        os.replace(fresh, folder)
        settle(folder.parent)
        shutil.rmtree(before, ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def settle(*folders: Path) -> None:
    """Let the names in folders outlive a power cut, where the system can."""
    for folder in folders if sys.platform != "win32" else ():
        with suppress(OSError):
            fd = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(fd)
            finally:
                os.close(fd)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait for the folder's lock, which the system takes back from a process that dies.

    Refusal, naming who holds it, where it is not to be had in time.
    """
    lock = _open_lock(folder / _LOCK)
    try:
        _wait_for(lock, folder)
        _sign(lock)
        sweep(folder)
        yield
    finally:
        os.close(lock)


def sweep(folder: Path) -> None:
    """Take away what writers that died left half written in a folder.

    Whoever asks has the lock of its library.
    """
    for left in folder.glob(f"{_SAVING}*"):
        with suppress(PermissionError):  # somebody else's, where each may take away only what is his own
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink(missing_ok=True)


def _open_lock(path: Path) -> int:
    """The lock file, opened; a new one can be used by all who may write in its folder."""
    no_link = getattr(os, "O_NOFOLLOW", 0)
    with suppress(FileNotFoundError):
        try:
            return os.open(path, os.O_RDWR | no_link)
        except PermissionError:  # somebody else's: who may write beside it can lock it, though not sign
            if not os.access(path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
                raise
            return os.open(path, os.O_RDONLY | no_link)
    lock = os.open(path, os.O_RDWR | os.O_CREAT | no_link, 0o666)
    with suppress(PermissionError):  # where somebody else made it just now
        _give_group(path)
        path.chmod(_rights_within(path.parent))
    return lock


def _wait_for(lock: int, folder: Path) -> None:
    """Take the lock, or refuse after a while."""
    for _ in range(LOCK_TRIES):
        try:
            if sys.platform == "win32":
                os.lseek(lock, _BEYOND_TEXT, os.SEEK_SET)
                msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise
            threading.Event().wait(SECONDS_A_TRY)
    os.lseek(lock, 0, os.SEEK_SET)
    holder = os.read(lock, 200).decode("utf-8", "replace")
    raise Refusal(Problem("folder_busy", shown(str(folder), 200), given=shown(holder, 100) or "?"))


def _sign(lock: int) -> None:
    """Write into the lock who holds it, where that is possible."""
    with suppress(OSError, KeyError, ImportError):
        os.lseek(lock, 0, os.SEEK_SET)
        os.ftruncate(lock, 0)
        os.write(lock, f"{getpass.getuser()}@{platform.node()} ({os.getpid()})".encode())


def nearest(path: Path) -> Path:
    """The path, or of the folders above it the first that exists."""
    return next(one for one in (path.absolute(), *path.absolute().parents) if one.exists())


def subfolder(folder: Path, name: str) -> Path:
    """A folder within a folder, which all who may write there can use; made where it is not there yet."""
    path = folder / name
    if not path.exists():
        path.mkdir(exist_ok=True)
        with suppress(PermissionError):  # where somebody else made it just now
            _share(path)
    return path


def _share(folder: Path) -> None:
    """Give a folder the group and rights of the one around it."""
    _give_group(folder)
    folder.chmod(stat.S_IMODE(folder.parent.stat().st_mode))


def _give_group(path: Path) -> None:
    """Give a thing the group of the folder in which it stands, where that is possible."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.chown(path, -1, path.parent.stat().st_gid)


def _rights_within(folder: Path) -> int:
    """The rights of a new file: read by whom its folder lets in, written by who may write there."""
    return stat.S_IMODE(folder.stat().st_mode) & 0o666 | 0o644


def check_plain(path: Path) -> None:
    """A refusal for a link, which could lead out of the folder, or a pipe, which never ends."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise Refusal(Problem("not_a_plain_file", path.name))
    except FileNotFoundError:
        raise Refusal(Problem("file_missing", path.name)) from None
    except OSError as error:
        raise _unreadable(path, error) from None


def read_plain(path: Path, most: int = MOST_BYTES) -> tuple[bytes, datetime]:
    """The bytes of a file, cut after one more than `most` of them, and the moment of its last change."""
    check_plain(path)
    try:
        with path.open("rb") as file:
            return file.read(most + 1), moment(os.fstat(file.fileno()))
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> Refusal:
    return Refusal(Problem("file_unreadable", path.name, given=type(error).__name__))


def moment(status: os.stat_result) -> datetime:
    """The moment of a file's last change; one beyond all calendars is cut."""
    return datetime.fromtimestamp(min(max(status.st_mtime, 0), 2**33), UTC)


def reason(error: OSError, folder: Path) -> Problem:
    """The problem that an error of the system means for the library, with the place that it came from."""
    codes = {
        "folder_missing": (errno.ENOENT, errno.ENOTDIR),
        "folder_closed": (errno.EACCES, errno.EPERM, errno.EROFS),
        "disk_full": (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)),
    }
    code = next((code for code, numbers in codes.items() if error.errno in numbers), "folder_unusable")
    place = Path(os.fsdecode(error.filename2 or error.filename or folder))
    if code == "folder_missing" or place.name.startswith(_SAVING):
        place = folder
    return Problem(code, shown(str(place), 200), given=type(error).__name__)

"""A folder that several people change at once: one change at a time, refusals as results, a trash."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

from model.files.disk import Refusal, locked, reason, subfolder
from model.files.file_name import folded, is_safe
from model.files.library.gate import check_may_change
from model.files.problem import Problem

TRASH = ".trash"


@dataclass(frozen=True)
class Deleted:
    """A thing in the trash, as `undelete` needs it; `kept_as` is its name there."""

    stem: str
    kept_as: str


@dataclass(frozen=True)
class Refused:
    """A change that was not made, with the reasons."""

    problems: tuple[Problem, ...]


def alone(change: Callable) -> Callable:
    """A change of the folder, made by who may, while no other session and no other process makes one."""

    @wraps(change)
    def changed(of: "SharedFolder", *arguments: object, **named: object) -> object:
        try:
            check_may_change()
            of.check()
            with locked(of.folder):
                return change(of, *arguments, **named)
        except Refusal as refusal:
            return Refused(refusal.problems)
        except OSError as error:
            return Refused((reason(error, of.folder),))

    return changed


class SharedFolder:
    """One folder whose things have names; hidden ones are left alone. `suffix` ends the names of files."""

    suffix = ""

    def __init__(self, folder: Path):
        self.folder = folder

    def check(self) -> None:
        """A refusal where the folder cannot be listed."""
        try:
            os.scandir(self.folder).close()
        except OSError as error:
            raise Refusal(reason(error, self.folder)) from None

    def problem(self) -> Problem | None:
        """The reason why the folder cannot be listed; None where it can."""
        try:
            self.check()
        except Refusal as refusal:
            return refusal.problems[0]
        return None

    def trash(self) -> tuple[Deleted, ...]:
        """What is in the trash, the last deleted first; nothing where there is no trash."""
        try:
            found = [(os.lstat(path).st_ctime_ns, path) for path in self._in_trash()]
        except OSError:
            return ()
        stems = [(path.name.removesuffix(self.suffix), path.name) for _, path in sorted(found, reverse=True)]
        return tuple(Deleted(stem, name) for stem, name in stems if is_safe(stem))

    def _in_trash(self) -> Iterator[Path]:
        return (self.folder / TRASH).glob(f"[!.]*{self.suffix}")

    def _trash(self) -> Path:
        """The folder of what is deleted; a refusal where a link stands in its place."""
        trash = subfolder(self.folder, TRASH)
        if trash.is_symlink():
            raise Refusal(Problem("not_a_plain_file", TRASH))
        return trash

    def _free(self, stem: str, folder: str = "", but: str = "") -> str:
        """The name of a stem in the folder, followed by a number where another thing than `but` has it."""
        others = {folded(other) for other in os.listdir(self.folder / folder) if other != but}
        name, n = f"{stem}{self.suffix}", 1
        while folded(name) in others:
            n += 1
            name = f"{stem}-{n}{self.suffix}"
        return name

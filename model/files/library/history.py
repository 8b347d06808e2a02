"""The history of a folder: every version of a plan or a base year, as plain files beside them.

A version is the thing's own file under its number, `0007.toml` or `0007.zip`, and beside it in `0007.json` who saved
it, when and why; `0007.final.json` says that it is final. Whoever writes here has the lock of the folder.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from model.files.disk import Refusal, moment, read_plain, replace_whole, settle, subfolder, sweep
from model.files.library import finals
from model.files.library.finals import Declaration, Final
from model.files.library.shared_folder import TRASH
from model.files.problem import Problem, shown
from model.files.toml_text import MOST_BYTES
from model.version import MODEL_VERSION

FOLDER, PUT_AWAY = ".history", ".deleted"
SETTING = "FRONTLINE_HISTORY"
"""The variable that says how many versions of one thing are kept beside the final ones, which all are."""
MOST_KEPT = 2_000
SAVE, RENAME, COPY, RESTORE, FOUND = "save", "rename", "copy", "restore", "found"
"""What made a version. Found: it stood in the folder, written by hand or by another program."""
_ABOUT = ".json"


@dataclass(frozen=True)
class Note:
    """What is noted of a save: who made it, why, and the medians it showed, by measure."""

    author: str = ""
    reason: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Version:
    """One version of a thing: its number, the stamp of its file, and when, how and by whom it was saved.

    `act` made it, of the version restored or the thing copied (`of`). `model_version` made the figures; empty where not
    known.
    """

    number: int
    stamp: str
    saved: datetime
    act: str
    of: str
    note: Note
    model_version: str


class History:
    """The versions of the things of one folder, by their stems.

    `suffix` ends the name of a version's file, `own` that of the thing's. `current` gives a thing as it stands now; it
    refuses what is not there. Of a version's file `most` bytes are read.
    """

    def __init__(self, home: Path, suffix: str, own: str, current: Callable[[str], bytes], most: int = MOST_BYTES):
        self.home, self.suffix, self.own, self.current = home, suffix, own, current
        self.folder, self.most = home / FOLDER, most

    def numbers(self, stem: str) -> list[int]:
        """The numbers of a thing's versions, the newest first; none where none was saved yet."""
        return self._numbers(self._folder_of(stem))[::-1]

    def versions(self, stem: str, numbers: Sequence[int] | None = None) -> tuple[Version, ...]:
        """The versions of a thing, the newest first, or only those of some numbers."""
        folder, found = self._folder_of(stem), []
        for number in self.numbers(stem) if numbers is None else numbers:
            with suppress(Refusal):  # dropped just now, being the oldest of too many
                found.append(self._read(folder, number))
        return tuple(found)

    def data(self, stem: str, number: int) -> bytes:
        """The file of one version, byte for byte; a refusal where there is none."""
        return read_plain(self._folder_of(stem) / _name(number, self.suffix), self.most)[0]

    def keep(self, stem: str, data: bytes, act: str, note: Note, of: str = "") -> None:
        """Keep a version that is about to be written, unless the last one is the same.

        Before it, what stands in its place and was never kept.
        """
        self._clear(stem)
        folder = self._own_folder(stem)
        with suppress(Refusal):
            self._add(folder, self.current(stem), FOUND, Note(), "")
        self._add(folder, data, act, note, of)

    def explain(self, stem: str, number: int, reason: str) -> None:
        """Note why a version was saved, afterwards; a refusal where there is no such version."""
        folder = self._folder_of(stem)
        if number not in self._numbers(folder):
            raise Refusal(Problem("file_missing", _name(number, self.suffix)))
        version = self._read(folder, number)
        _write_about(folder, replace(version, note=replace(version.note, reason=reason)))

    def final(self, stem: str, stamp: str) -> Final | None:
        """The final version that a thing with this stamp is, else its last final one; None where it has none.

        It is asked at every step of a slider, and so looks at no other folder: one left under an old name by a renaming
        that was cut short is seen again after the next save.
        """
        folder = self.folder / stem
        numbers = self._numbers(folder, finals.SUFFIX)[::-1]
        found = [final for one in numbers if (final := finals.read(folder / _name(one, finals.SUFFIX)))]
        return next((final for final in found if final.stamp == stamp), found[0] if found else None)

    def declare_final(self, stem: str, number: int, declaration: Declaration) -> None:
        """Say of a version that it is final, for good; a refusal where there is no such version.

        It stays with all that was said of it, however many come after it.
        """
        folder, stamp = self._folder_of(stem), sha256(self.data(stem, number)).hexdigest()
        path = folder / _name(number, finals.SUFFIX)
        if finals.read(path) is None:
            finals.write(path, Final(number, stamp, datetime.now(UTC), declaration))

    def move(self, stem: str, to: str) -> None:
        """Give the history of a thing to another stem; another history there is put away."""
        folder = self._folder_of(stem)
        if folder.is_dir():
            self._set_aside(to)
            self._replace(folder, self.folder / to)

    def bring_back(self, kept_as: str, stem: str) -> None:
        """Take back the history of a thing that is about to come from the trash.

        Cut short, it stands in its place already, and stays there.
        """
        if (folder := self.folder / PUT_AWAY / kept_as).is_dir():
            self._set_aside(stem)
            self._replace(folder, self.folder / stem)

    def put_away(self, stem: str, kept_as: str) -> None:
        """Put the history of a deleted thing away, under the name that the thing has in the trash.

        What stands there is of a thing that is in the trash no more.
        """
        away = self.folder / PUT_AWAY
        if (away / kept_as).exists():
            self._replace(away / kept_as, away / _free(away, kept_as))
        if os.path.isdir(self.folder / stem):
            self._replace(self.folder / stem, subfolder(self.folder, PUT_AWAY) / kept_as)

    def _set_aside(self, stem: str) -> None:
        """Put a history away that belongs to no thing, under a name that nothing in the trash has."""
        if os.path.isdir(self.folder / stem):
            away = subfolder(self.folder, PUT_AWAY)
            self._replace(self.folder / stem, away / _free(away, stem))

    def _clear(self, stem: str) -> None:
        """Clear the place of a new thing, where a renaming or deletion that was cut short left a history.

        It goes to the thing that has its last version now, else it is put aside.
        """
        folder = self.folder / stem
        if os.path.lexists(self.home / f"{stem}{self.own}") or not folder.is_dir():
            return
        last = self._last(folder)
        if owner := self._without_history(self.home, self.folder, lambda path: self.current(self._stem(path)), last):
            self._replace(folder, self.folder / owner)
        elif owner := self._without_history(
            self.home / TRASH, self.folder / PUT_AWAY, lambda path: read_plain(path)[0], last
        ):
            self.put_away(stem, owner)
        else:
            self._set_aside(stem)

    def _without_history(
        self, of: Path, histories: Path, read: Callable[[Path], bytes], last: bytes | None
    ) -> str | None:
        """The stem of a thing in a folder that is as `last` and has no history there; None where none is."""
        for path in sorted(of.glob(f"[!.]*{self.own}")):
            with suppress(Refusal, OSError):
                if not (histories / self._stem(path)).exists() and read(path) == last:
                    return self._stem(path)
        return None

    def _stem(self, path: Path) -> str:
        return path.name.removesuffix(self.own)

    def _replace(self, folder: Path, target: Path) -> None:
        os.replace(folder, target)
        settle(folder.parent, target.parent)

    def _folder_of(self, stem: str) -> Path:
        """The folder of a thing's versions, there or not.

        A renaming that was cut short left it under the old name: then it is one of a thing that is not there, whose
        last version is this thing.
        """
        folder = self.folder / stem
        if os.path.isdir(folder) or not os.path.isdir(self.folder):
            return folder
        with suppress(Refusal, OSError):
            data = self.current(stem)
            for other in self._left():
                if self._last(other) == data:
                    return other
        return folder

    def _left(self) -> Iterator[Path]:
        """Folders of things that are not there."""
        for folder in self.folder.iterdir():
            if not folder.name.startswith(".") and not (self.home / f"{folder.name}{self.own}").exists():
                yield folder

    def _own_folder(self, stem: str) -> Path:
        """The folder for a thing's versions, made or taken over where it is not there yet."""
        history = subfolder(self.home, FOLDER)
        if history.is_symlink():
            raise Refusal(Problem("not_a_plain_file", FOLDER))
        found = self._folder_of(stem)
        if found.is_dir() and found.name != stem:
            self._replace(found, history / stem)
        folder = subfolder(history, stem)
        if folder.is_symlink():
            raise Refusal(Problem("not_a_plain_file", stem))
        return folder

    def _add(self, folder: Path, data: bytes, act: str, note: Note, of: str) -> None:
        """Write one version, unless the last one is the same, and drop the oldest of too many."""
        sweep(folder)
        numbers = self._numbers(folder)
        if numbers and self._last(folder) == data:
            return
        number = numbers[-1] + 1 if numbers else 1
        path = folder / _name(number, self.suffix)
        replace_whole(path, data)
        saved, stamp = moment(os.lstat(path)), sha256(data).hexdigest()
        _write_about(folder, Version(number, stamp, saved, act, of, note, MODEL_VERSION if note.figures else ""))
        final = self._numbers(folder, finals.SUFFIX)
        drafts = [one for one in numbers if one not in final]
        for old in drafts[: len(drafts) + 1 - most_kept()]:
            for end in (_ABOUT, self.suffix):
                (folder / _name(old, end)).unlink(missing_ok=True)

    def _numbers(self, folder: Path, end: str = "") -> list[int]:
        """The numbers of the versions in a folder, or of their files with another end; the oldest first."""
        end = end or self.suffix
        with suppress(OSError):
            names = (path.name.removesuffix(end) for path in folder.iterdir() if path.name.endswith(end))
            return sorted(int(name) for name in names if name.isascii() and name.isdecimal())
        return []

    def _last(self, folder: Path) -> bytes | None:
        """The file of the last version; None where there is none that can be read."""
        with suppress(Refusal):
            if numbers := self._numbers(folder):
                return read_plain(folder / _name(numbers[-1], self.suffix), self.most)[0]
        return None

    def _read(self, folder: Path, number: int) -> Version:
        """A version as it is noted; where its note is missing or damaged, as far as its file says."""
        path = folder / _name(number, self.suffix)
        data, saved = read_plain(path, self.most)
        stamp, of, note, made_by = sha256(data).hexdigest(), "", Note(), ""
        act = FOUND
        with suppress(Refusal, ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError):
            about = json.loads(read_plain(folder / _name(number, _ABOUT))[0])
            if about["sha256"] == stamp:
                figures = {str(id): finals.finite(value) for id, value in about.get("figures", {}).items()}
                note = Note(shown(str(about["author"]), 200), shown(str(about["reason"]), 400), figures)
                act, of, made_by = str(about["act"]), shown(str(about["of"])), shown(str(about["model_version"]))
                saved = finals.moment_in(about["saved"])
        return Version(number, stamp, saved, act, of, note, made_by)


def most_kept() -> int:
    """How many versions of one thing are kept: what the setting says, or as many as usual."""
    given = os.environ.get(SETTING, "")
    return max(int(given), 1) if given.isascii() and given.isdecimal() else MOST_KEPT


def _free(folder: Path, name: str) -> str:
    """A name that nothing in a folder has, and no thing in the trash can have."""
    n = 1
    while (folder / f"{name}~{n}").exists():
        n += 1
    return f"{name}~{n}"


def _name(number: int, end: str) -> str:
    return f"{number:04d}{end}"


def _write_about(folder: Path, version: Version) -> None:
    """Write what is noted of a version beside its file."""
    about = {
        "saved": version.saved.isoformat(timespec="seconds"),
        "author": version.note.author,
        "reason": version.note.reason,
        "act": version.act,
        "of": version.of,
        "sha256": version.stamp,
        "model_version": version.model_version,
        "figures": dict(version.note.figures),
    }
    finals.write_note(folder / _name(version.number, _ABOUT), about)

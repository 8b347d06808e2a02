"""The history of a library: every version of a plan, as plain files in a folder beside the plans.

A version is the plan's own file under its number, `0007.toml`, and beside it in `0007.json` who saved it, when and why.
Whoever writes here has the lock of the folder of plans.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from model.files.disk import Refusal, moment, read_plain, replace_whole, settle, subfolder, sweep
from model.files.problem import Problem, shown
from model.version import MODEL_VERSION

FOLDER, PUT_AWAY = ".history", ".deleted"
SETTING = "FRONTLINE_HISTORY"
"""The variable that says how many versions of a plan are kept."""
MOST_KEPT = 2_000
SAVE, RENAME, COPY, RESTORE, FOUND = "save", "rename", "copy", "restore", "found"
"""What made a version. Found: it stood in the folder, written by hand or by another program."""
_PLAN, _ABOUT = ".toml", ".json"


@dataclass(frozen=True)
class Note:
    """What is noted of a save: who made it, why, and the medians it showed, by measure."""

    author: str = ""
    reason: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Version:
    """One version of a plan: its number, the stamp of its file, and when, how and by whom it was saved.

    `act` made it, of the version restored or the plan copied (`of`). `model_version` made the figures; empty where not
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
    """The versions of the plans of one folder, by the plan's stem."""

    def __init__(self, plans: Path):
        self.plans = plans
        self.folder = plans / FOLDER

    def numbers(self, stem: str) -> list[int]:
        """The numbers of a plan's versions, the newest first; none where none was saved yet."""
        return _numbers(self._folder_of(stem))[::-1]

    def versions(self, stem: str, numbers: Sequence[int] | None = None) -> tuple[Version, ...]:
        """The versions of a plan, the newest first, or only those of some numbers."""
        folder, found = self._folder_of(stem), []
        for number in self.numbers(stem) if numbers is None else numbers:
            with suppress(Refusal):  # dropped just now, being the oldest of too many
                found.append(_read(folder, number))
        return tuple(found)

    def data(self, stem: str, number: int) -> bytes:
        """The file of one version, byte for byte; a refusal where there is none."""
        return read_plain(self._folder_of(stem) / _name(number, _PLAN))[0]

    def keep(self, stem: str, data: bytes, act: str, note: Note, of: str = "") -> None:
        """Keep a version, unless the last one is the same.

        Before it, what stands in the plan's place and was never kept.
        """
        folder = self._own_folder(stem)
        with suppress(Refusal):
            self._add(folder, read_plain(self.plans / f"{stem}{_PLAN}")[0], FOUND, Note(), "")
        self._add(folder, data, act, note, of)

    def explain(self, stem: str, number: int, reason: str) -> None:
        """Note why a version was saved, afterwards; a refusal where there is no such version."""
        folder = self._folder_of(stem)
        if number not in _numbers(folder):
            raise Refusal(Problem("file_missing", _name(number, _PLAN)))
        version = _read(folder, number)
        _write_about(folder, replace(version, note=replace(version.note, reason=reason)))

    def move(self, stem: str, to: str) -> None:
        """Give the history of a plan to another stem; another history there is put away."""
        folder = self._folder_of(stem)
        if folder.is_dir():
            self.put_away(to, to)
            self._replace(folder, self.folder / to)

    def bring_back(self, kept_as: str, stem: str) -> None:
        """Take back the history of a plan that comes from the trash."""
        if (folder := self.folder / PUT_AWAY / kept_as).is_dir() and not (self.folder / stem).exists():
            self._replace(folder, self.folder / stem)

    def put_away(self, stem: str, kept_as: str) -> None:
        """Put the history of a deleted plan away, under the stem that the plan has in the trash."""
        folder = self.folder / stem
        if not folder.is_dir():
            return
        away, name, n = subfolder(self.folder, PUT_AWAY), kept_as, 1
        while (away / name).exists():
            n += 1
            name = f"{kept_as}-{n}"
        self._replace(folder, away / name)

    def _replace(self, folder: Path, target: Path) -> None:
        os.replace(folder, target)
        settle(folder.parent, target.parent)

    def _folder_of(self, stem: str) -> Path:
        """The folder of a plan's versions, there or not.

        A renaming that was cut short left it under the old name: then it is one without a plan whose last version is
        this plan.
        """
        folder = self.folder / stem
        if folder.is_dir() or not self.folder.is_dir():
            return folder
        with suppress(Refusal, OSError):
            data = read_plain(self.plans / f"{stem}{_PLAN}")[0]
            for other in self._without_plan():
                if _last(other) == data:
                    return other
        return folder

    def _without_plan(self) -> Iterator[Path]:
        for folder in self.folder.iterdir():
            if not folder.name.startswith(".") and not (self.plans / f"{folder.name}{_PLAN}").exists():
                yield folder

    def _own_folder(self, stem: str) -> Path:
        """The folder for a plan's versions, made or taken over where it is not there yet."""
        history = subfolder(self.plans, FOLDER)
        if history.is_symlink():
            raise Refusal(Problem("not_a_plain_file", FOLDER))
        found = self._folder_of(stem)
        if found.is_dir() and found.name != stem:
            self._replace(found, history / stem)
        return subfolder(history, stem)

    def _add(self, folder: Path, data: bytes, act: str, note: Note, of: str) -> None:
        """Write one version, unless the last one is the same, and drop the oldest of too many."""
        sweep(folder)
        numbers = _numbers(folder)
        if numbers and _last(folder) == data:
            return
        number = numbers[-1] + 1 if numbers else 1
        path = folder / _name(number, _PLAN)
        replace_whole(path, data)
        saved, stamp = moment(os.lstat(path)), sha256(data).hexdigest()
        _write_about(folder, Version(number, stamp, saved, act, of, note, MODEL_VERSION if note.figures else ""))
        for old in numbers[: len(numbers) + 1 - most_kept()]:
            for end in (_ABOUT, _PLAN):
                (folder / _name(old, end)).unlink(missing_ok=True)


def most_kept() -> int:
    """How many versions of a plan are kept: what the setting says, or as many as usual."""
    given = os.environ.get(SETTING, "")
    return max(int(given), 1) if given.isascii() and given.isdecimal() else MOST_KEPT


def _name(number: int, end: str) -> str:
    return f"{number:04d}{end}"


def _numbers(folder: Path) -> list[int]:
    """The numbers of the versions in a folder, the oldest first."""
    with suppress(OSError):
        names = (path.stem for path in folder.iterdir() if path.suffix == _PLAN)
        return sorted(int(name) for name in names if name.isascii() and name.isdecimal())
    return []


def _last(folder: Path) -> bytes | None:
    """The file of the last version; None where there is none that can be read."""
    with suppress(Refusal):
        if numbers := _numbers(folder):
            return read_plain(folder / _name(numbers[-1], _PLAN))[0]
    return None


def _read(folder: Path, number: int) -> Version:
    """A version as it is noted; where its note is missing or damaged, as far as its file says."""
    path = folder / _name(number, _PLAN)
    data, saved = read_plain(path)
    stamp, of, note, made_by = sha256(data).hexdigest(), "", Note(), ""
    act = FOUND
    with suppress(Refusal, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        about = json.loads(read_plain(folder / _name(number, _ABOUT))[0])
        if about["sha256"] == stamp:
            figures = {str(id): float(value) for id, value in about.get("figures", {}).items()}
            note = Note(shown(str(about["author"]), 200), shown(str(about["reason"]), 400), figures)
            act, of, made_by = str(about["act"]), shown(str(about["of"])), shown(str(about["model_version"]))
            saved = datetime.fromisoformat(str(about["saved"]))
    return Version(number, stamp, saved, act, of, note, made_by)


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
    data = json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    replace_whole(folder / _name(version.number, _ABOUT), data)

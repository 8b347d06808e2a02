"""The folder of one's own base years: listed, cloned, edited, renamed, deleted and exchanged.

Nothing in it gets lost, and a base year is whole or not there. Whatever cannot be done is a result (`Refused`,
`Conflict`), never an exception; `model.outputs.evidence.base_year_sentences` words it.
"""

import csv
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from model.evidence.base_year_folders import (
    ABOUT,
    SETTING,
    UNREADABLE,
    aside,
    baseline_ids,
    find_baseline,
    folder_of,
    own_base_years,
    own_ids,
)
from model.evidence.baseline import Baseline, read_baseline
from model.files import disk
from model.files.base_years import archive
from model.files.base_years.composition import files_from
from model.files.base_years.folder_files import (
    HISTORY,
    OPTIONAL,
    REQUIRED,
    Files,
    Rows,
    about_of,
    history_of,
    is_right,
    made_from,
    problems_of,
    rows_of,
    with_history,
)
from model.files.base_years.form import Template
from model.files.base_years.workbook_reader import read_form, template_named
from model.files.file_name import folded, stem_of
from model.files.library import Conflict, Note, Saved
from model.files.library.history import RESTORE, SAVE, History
from model.files.library.shared_folder import Deleted, Refused, SharedFolder, alone
from model.files.problem import Problem, shown
from model.files.tables.sheets import CellProblem
from model.files.toml_edit import with_value

MOST_NAME = 60


@dataclass(frozen=True)
class Entry:
    """A base year as a list shows it.

    One that cannot be read has the problem, and no name, year and source.
    """

    id: str
    name: Mapping[str, str]
    source: Mapping[str, str]
    year: int | None
    template: str | None
    modified: datetime
    ships: bool
    problem: Problem | None = None


class BaseYears(SharedFolder):
    """One's own base years, by id, beside those that ship, which nobody writes over.

    Whatever is written keeps a version (`versions`), in the name of `author`.
    """

    def __init__(self, folder: Path | None = None, author: str = ""):
        super().__init__(folder or own_base_years())
        self.author = author
        self.versions = History(
            self.folder, ".zip", "", lambda id: archive.packed(id, _files(id)), archive.MOST_UNPACKED
        )

    def check(self) -> None:
        """A refusal where the folder cannot be listed; it is made where it is not there yet."""
        with suppress(OSError):
            self.folder.mkdir(parents=not os.environ.get(SETTING), exist_ok=True)
        super().check()

    def entries(self) -> tuple[Entry, ...]:
        """All base years, those that ship first; broken ones too."""
        return tuple(_entry(id) for id in baseline_ids())

    def files(self, id: str) -> dict[str, bytes] | Refused:
        """The files of a base year, own or shipped, by name."""
        try:
            return _files(id)
        except disk.Refusal as refusal:
            return Refused(refusal.problems)

    def stamp(self, id: str) -> str | None:
        """The stamp of a base year's version, None where there is none."""
        files = self.files(id)
        return None if isinstance(files, Refused) else _stamp(files)

    def history(self, id: str) -> Rows:
        """The changes of a base year, the oldest first: `date`, `what`, `reason`; none of one that ships."""
        files = self.files(id)
        return [] if isinstance(files, Refused) else history_of(files)

    def read(
        self, data: bytes, file: str, reason: str = ""
    ) -> tuple[dict[str, bytes], Sequence[Problem | CellProblem]]:
        """The files of the base year in a ZIP or a filled workbook, or none and all problems.

        `reason` is that of every changed number of a workbook beside which none is written.
        """
        if archive.is_archive(data):
            return archive.unpacked(data, file)
        base, problems = template_named(data, file)
        if problems:
            return {}, problems
        template = Template(_files(base))
        form, problems = read_form(data, file, template)
        return files_from(template, form, file, reason) if form else ({}, problems)

    def free_id(self, name: str) -> str:
        """An id for a base year of this name: its letters and digits, with a number where another has them."""
        stem, n = stem_of(name), 1
        taken = {folded(id) for id in baseline_ids()}
        id = stem
        while folded(id) in taken:
            n += 1
            id = f"{stem}-{n}"
        return id

    @alone
    def clone(self, source: str, name: Mapping[str, str], day: str, id: str = "") -> Saved | Refused:
        """A new base year with all figures of another, each marked as inherited."""
        _check_name(name)
        _check_files(found := _files(source))
        files = made_from(found, {"id": id or self.free_id(name["en"]), "name": dict(name)})
        return self._new(with_history(files, day, f"clone {source}", ""))

    @alone
    def add(self, files: Files, day: str, reason: str = "") -> Saved | Refused:
        """Keep the files of a new base year, such as a workbook gives."""
        return self._new(with_history(files, day, "workbook", reason))

    @alone
    def edit(self, files: Files, seen: str, day: str, reason: str) -> Saved | Conflict | Refused:
        """Write the files of an own base year anew over the version with the stamp `seen`, for a reason.

        Conflict where it is another version by now.
        """
        _check_files(files)
        id = about_of(files)["id"]
        before = self._own(id)
        if not reason.strip():
            raise disk.Refusal(Problem("reason_lacking", id))
        if _stamp(before) != seen:
            return self._conflict(id, before)
        changed = " ".join(["edit", *_changed(before, files)])
        return self._written(id, with_history({**files, **_kept_history(before)}, day, changed, reason), reason=reason)

    @alone
    def restore(self, id: str, number: int, seen: str, day: str) -> Saved | Conflict | Refused:
        """Write a version of a base year again, as its newest, over the one with the stamp `seen`."""
        before = self._own(id)
        if _stamp(before) != seen:
            return self._conflict(id, before)
        files, problems = archive.unpacked(self.versions.data(id, number), f"{id}.zip")
        if problems:
            raise disk.Refusal(*problems)
        what = f"restore {len(history_of(files))}"
        files.pop(HISTORY, None)
        restored = with_history({**files, **_kept_history(before)}, day, what, "")
        return self._written(id, restored, RESTORE, of=str(number))

    @alone
    def rename(self, id: str, name: Mapping[str, str], day: str) -> Saved | Refused:
        """Give a base year another name; its id stays, since scenarios know it by that."""
        _check_name(name)
        _check_files(files := self._own(id))
        about = with_value(files[ABOUT].decode("utf-8-sig"), ("name",), dict(name)).encode()
        return self._written(
            id, with_history({**files, ABOUT: about}, day, f"rename {about_of(files)['name']['en']}", "")
        )

    @alone
    def delete(self, id: str) -> Deleted | Refused:
        """Move a base year, broken or not, to the trash beside the others."""
        self._settled(id)
        folder, trash = self.folder / id, self._trash()
        if id not in own_ids() or folder.is_symlink():
            raise disk.Refusal(Problem("base_year_unknown", shown(id)))
        in_trash = trash / self._free(id, trash.name)
        os.replace(folder, in_trash)
        disk.settle(trash, self.folder)
        self.versions.put_away(id, in_trash.name)
        return Deleted(id, in_trash.name)

    @alone
    def undelete(self, deleted: Deleted) -> Saved | Refused:
        """Bring a base year back from the trash; a refusal where another has its id by now."""
        in_trash = self._trash() / deleted.kept_as
        if not (in_trash / ABOUT).is_file() or in_trash.is_symlink() or in_trash.parent != self.folder / ".trash":
            raise disk.Refusal(Problem("base_year_unknown", shown(deleted.kept_as)))
        id = _own_id(in_trash) or deleted.stem
        self._check_free(id)
        self.versions.bring_back(in_trash.name, id)
        os.replace(in_trash, self.folder / id)
        disk.settle(self.folder, in_trash.parent)
        return Saved(id, _stamp(_files(id)))

    def export_zip(self, id: str, plan: bytes = b"") -> bytes | Refused:
        """A base year, own or shipped, as the bytes of one ZIP, with a scenario file on it where one is given."""
        files = self.files(id)
        return files if isinstance(files, Refused) else archive.packed(id, files, plan)

    @alone
    def import_zip(self, data: bytes, file: str, id: str = "") -> Saved | Refused:
        """Keep the base year in the bytes of a ZIP, under another id where one is given.

        The same one again changes nothing; another of the same id is refused.
        """
        files, problems = archive.unpacked(data, file)
        if problems:
            raise disk.Refusal(*problems)
        if id:
            files[ABOUT] = with_value(files[ABOUT].decode("utf-8-sig"), ("id",), id).encode()
        own = about_of(files)["id"]
        if own in baseline_ids() and _stamp(_files(own)) == _stamp(files):
            return Saved(own, _stamp(files))
        return self._new(files)

    def _new(self, files: Files) -> Saved:
        _check_files(files)
        self._check_free(about_of(files)["id"])
        return self._written(about_of(files)["id"], files)

    def _written(self, id: str, files: Files, act: str = SAVE, *, reason: str = "", of: str = "") -> Saved:
        """Write the folder of a base year, which its versions have first, if the model can read it."""

        def keep(fresh: Path) -> None:
            _check_read(fresh)
            self.versions.keep(id, archive.packed(id, files), act, Note(self.author, reason), of)

        self._settled(id)
        disk.replace_folder(self.folder / id, files, aside(self.folder / id), keep)
        return Saved(id, _stamp(files))

    def _conflict(self, id: str, files: Files) -> Conflict:
        """The version that stands in the way of a change, by its files."""
        return Conflict(id, _stamp(files), disk.moment(os.lstat(self.folder / id / ABOUT)))

    def _own(self, id: str) -> dict[str, bytes]:
        """The files of an own base year; a refusal for one that ships."""
        self._settled(id)
        if id not in own_ids():
            raise disk.Refusal(Problem("base_year_ships" if id in baseline_ids() else "base_year_unknown", shown(id)))
        return _files(id)

    def _settled(self, id: str) -> None:
        """End what a writer that died has begun: the old folder comes back where the new one is not there."""
        folder = self.folder / id
        if is_right("id", id) and aside(folder).is_dir():
            if folder.exists():
                shutil.rmtree(aside(folder))
            else:
                os.replace(aside(folder), folder)

    def _check_free(self, id: str) -> None:
        if not is_right("id", id):
            raise disk.Refusal(Problem("id_wrong", "", given=shown(id)))
        others = {folded(other) for other in (*baseline_ids(), *os.listdir(self.folder))}
        if folded(id) in others:
            raise disk.Refusal(Problem("id_taken", id))


def baseline_from(files: Files) -> Baseline | Problem:
    """The base year in some files, or why the model cannot read it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        return _reading_problem(folder, about_of(files)["id"]) or read_baseline(folder)


def _entry(id: str) -> Entry:
    """A base year as a list shows it."""
    ships = id not in own_ids()
    modified = disk.moment(os.lstat(folder_of(id) / ABOUT))
    try:
        one = find_baseline(id)
    except KeyError:
        problem = _reading_problem(folder_of(id), id)
        return Entry(id, {}, {}, None, None, modified, ships, problem or Problem("base_year_unreadable", id))
    template = about_of({ABOUT: (folder_of(id) / ABOUT).read_bytes()}).get("template")
    return Entry(id, one.name, one.source, one.year, template, modified, ships)


def _reading_problem(folder: Path, id: str) -> Problem | None:
    """Why the model cannot read a folder; None where it can."""
    try:
        read_baseline(folder)
    except UNREADABLE as error:
        given = f"{type(error).__name__}: {error}" if isinstance(error, LookupError) else str(error)
        return Problem("base_year_unreadable", id, given=shown(given, 300))
    return None


def _own_id(folder: Path) -> str:
    """The id that the files of a base year say it has; empty where they cannot be read."""
    try:
        id = about_of({ABOUT: (folder / ABOUT).read_bytes()}).get("id")
    except (OSError, ValueError, RecursionError):
        return ""
    return id if isinstance(id, str) and is_right("id", id) else ""


def _check_read(folder: Path) -> None:
    """A refusal where the model cannot read a folder, with the reason."""
    about = about_of({ABOUT: (folder / ABOUT).read_bytes()})
    if problem := _reading_problem(folder, about["id"]):
        raise disk.Refusal(problem)


def _check_files(files: Files) -> None:
    if problems := problems_of(files):
        raise disk.Refusal(*problems)


def _check_name(name: Mapping[str, str]) -> None:
    if not is_right("name", name) or any(len(one) > MOST_NAME or not one.isprintable() for one in name.values()):
        raise disk.Refusal(Problem("name_wrong", "", given=shown(" / ".join(name.values()))))


def _files(id: str) -> dict[str, bytes]:
    """The files of a base year; a refusal for an id that is none, and for a link among the files."""
    try:
        folder = folder_of(id)
    except KeyError:
        raise disk.Refusal(Problem("base_year_unknown", shown(id))) from None
    names = [name for name in (*REQUIRED, *OPTIONAL) if os.path.lexists(folder / name)]
    return {name: disk.read_plain(folder / name, archive.MOST_UNPACKED)[0] for name in names}


def _kept_history(before: Files) -> dict[str, bytes]:
    return {name: data for name, data in before.items() if name == HISTORY}


def _stamp(files: Files) -> str:
    """The stamp of a version: equal for equal files only."""
    parts = (part for name in sorted(files) for part in (name.encode(), sha256(files[name]).digest()))
    return sha256(b"\0".join(parts)).hexdigest()


def _changed(before: Files, after: Files) -> list[str]:
    """Which rows an edit changes, as `report/staff_total`; a table without ids by its name."""
    found = []
    for name in sorted({*before, *after} - {HISTORY}):
        if before.get(name) == after.get(name):
            continue
        table = name.partition(".")[0]
        try:
            rows = [_by_id(files.get(name, b"")) if name.endswith(".csv") else {} for files in (before, after)]
        except (UnicodeDecodeError, csv.Error):
            rows = [{}, {}]
        ids = [id for id in {**rows[0], **rows[1]} if rows[0].get(id) != rows[1].get(id)]
        found += [f"{table}/{id}" for id in ids] or [table]
    return found


def _by_id(data: bytes) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows_of(data) if row.get("id")}

"""The library: one folder of scenario files, shared by everybody who works on the server.

Nothing in it gets lost. Whatever cannot be done is a result (`Refused`, `Conflict`), never an exception;
`model.outputs.phrasing.library_sentences` words it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from model.evidence.base_year_folders import own_state
from model.files.disk import Refusal, check_plain, moment, read_plain, replace_whole, settle
from model.files.file_name import folded, is_safe, stem_of
from model.files.library import history, index
from model.files.library.finals import Declaration, Final
from model.files.library.history import History, Note
from model.files.library.own_folder import own_folder
from model.files.library.shared_folder import Deleted, Refused, SharedFolder, alone
from model.files.problem import Problem, shown
from model.files.scenario_file import TEXT_LIMITS, read_scenario
from model.files.scenario_head import name_in
from model.files.toml_edit import with_value
from model.files.toml_text import decoded
from model.scenario.scenario import Scenario

FOLDER = Path(__file__).absolute().parents[3] / "scenarios"
SETTING = "FRONTLINE_SCENARIOS"
SHIPPED = frozenset(
    {"added-posts", "base-year", "cut-other-duties", "double-offsite", "finish-merging", "sink-to-counties"}
)

UNSIGNED = Note()


@dataclass(frozen=True)
class Entry:
    """A file of the library, as a list shows it.

    `name` is by language, empty where none can be read. `ships` marks the questions that come with the project. Whether
    it can be opened is seen when it is.
    """

    stem: str
    name: Mapping[str, str]
    modified: datetime
    ships: bool


@dataclass(frozen=True)
class Opened:
    """A scenario that was opened: its file's text, and the stamp of that version of the file.

    `of` is the stem of the plan whose version was opened to look at, which has no stem of its own.
    """

    stem: str
    scenario: Scenario
    text: str
    stamp: str
    of: str = ""


@dataclass(frozen=True)
class Saved:
    """A file that was written: its stem, and the stamp of the version that the library holds now."""

    stem: str
    stamp: str


@dataclass(frozen=True)
class Conflict:
    """A save that was not made, because the file is another version than the one seen.

    `stamp` and `modified`, when it was changed, are those of the version on disk, None where the file is gone. To
    overwrite it, save again with this `stamp` as the one seen. `author` saved it, as far as the history says.
    """

    stem: str
    stamp: str | None
    modified: datetime | None
    author: str = ""


def library_folder() -> Path:
    """The folder that FRONTLINE_SCENARIOS names, else the project's own, or, installed, the user's."""
    if named := os.environ.get(SETTING):
        return Path(named).expanduser().absolute()
    return FOLDER if (FOLDER.parent / "pyproject.toml").exists() else own_folder(FOLDER)


class Library(SharedFolder):
    """The scenario files of one folder, by their stem; hidden files and other kinds are left alone."""

    suffix = ".toml"

    def __init__(self, folder: Path | None = None):
        super().__init__(folder or library_folder())
        self.history = History(self.folder, ".toml", ".toml", lambda stem: read_plain(self.folder / f"{stem}.toml")[0])

    def names(self) -> tuple[str, ...]:
        """Stems of the files that can be opened, duplicated or deleted, broken ones included."""
        return tuple(path.stem for path in self._files() if is_safe(path.stem))

    def entries(self) -> tuple[Entry, ...]:
        """All scenario files by stem, broken ones too; none where the folder cannot be listed."""
        files = [(path.stem, status) for path in self._files() if (status := _status(path))]
        names = index.names_of(self.folder, files, self._name)
        return tuple(
            Entry(stem if is_safe(stem) else shown(stem), names[stem], moment(status), self.ships(stem))
            for stem, status in files
        )

    def ships(self, stem: str) -> bool:
        """Whether a stem is one of the questions that come with the project, which nobody writes over."""
        return stem in SHIPPED and self.folder.resolve() == FOLDER.resolve()

    def stem_for(self, name: str) -> str:
        """The stem for a plan of this name: that of the file which has it, in whatever capitals."""
        stem = stem_of(name)
        return next((other for other in self.names() if folded(other) == folded(stem)), stem)

    def free_name(self, name: str) -> str:
        """The name, followed by a number where a plan of the library has it."""
        names = {text for entry in self.entries() for text in entry.name.values()}
        free, n = name, 1
        while free in names or self.stem_for(free) in self.names():
            n += 1
            free = f"{name[: TEXT_LIMITS['name'] - 6]} {n}"
        return free

    def open(self, stem: str) -> Opened | Refused:
        """Open the file of a stem."""
        try:
            return self._opened(stem)
        except Refusal as refusal:
            return Refused(refusal.problems)

    @alone
    def save(self, stem: str, text: str, seen: str | None, note: Note = UNSIGNED) -> Saved | Conflict | Refused:
        """Save over the version with the stamp `seen`, or as a new file where that is None.

        Conflict where the file is another version by now, unless its text is the same.
        """
        path = self._path(stem)
        data, _ = _checked(text, path.name)
        current = self._current(path)
        if current.stamp not in (seen, _stamp(data)):
            return current
        return self._written(path, data, history.SAVE, note)

    @alone
    def restore(self, stem: str, number: int, seen: str | None, note: Note = UNSIGNED) -> Saved | Conflict | Refused:
        """Save a version of a plan's history again, as its newest; for the rest as `save`."""
        path, current = self._path(stem), self._current(self._path(stem))
        if current.stamp != seen:
            return current
        data, _ = _checked(_text(self.history.data(stem, number)), path.name)
        return self._written(path, data, history.RESTORE, note, str(number))

    @alone
    def explain(self, stem: str, number: int, reason: str) -> Saved | Refused:
        """Note why a version was saved, after it was."""
        path = self._path(stem)
        self.history.explain(stem, number, reason)
        return Saved(stem, _stamp(read_plain(path)[0]))

    @alone
    def declare_final(self, stem: str, number: int, declaration: Declaration) -> Saved | Refused:
        """Say of a version that it is final; it stays so, and what changes afterwards is a draft."""
        path = self._path(stem)
        self.history.declare_final(stem, number, declaration)
        return Saved(stem, _stamp(read_plain(path)[0]))

    def final(self, stem: str, stamp: str) -> Final | None:
        """The final version that a plan with this stamp is, else its last final one; None where it has none."""
        return self.history.final(stem, stamp) if is_safe(stem) else None

    def stamp(self, stem: str) -> str | None:
        """The stamp of a file as it is now, broken or not; None where it is gone or cannot be read."""
        try:
            return self._current(self._path(stem)).stamp
        except (Refusal, OSError):
            return None

    def version(self, stem: str, number: int) -> Opened | Refused:
        """A version of a plan's history, opened; its stamp is its own."""
        try:
            return _opened(stem, self.history.data(self._path(stem).stem, number), f"{stem}.toml")
        except Refusal as refusal:
            return Refused(refusal.problems)

    @alone
    def save_as(self, name: str, text: str, note: Note = UNSIGNED) -> Saved | Refused:
        """Save as a new file with a stem of its own; the text gets the name."""
        return self._written(self.folder / self._free(stem_of(name)), _named(text, name), history.SAVE, note)

    @alone
    def rename(self, stem: str, name: str, note: Note = UNSIGNED) -> Saved | Refused:
        """Give the scenario another name, and its file the stem that goes with it; its history goes along."""
        old = self._path(stem)
        data = _named(self._opened(stem).text, name)
        new = self.folder / self._free(stem_of(name), but=old.name)
        saved = self._written(old, data, history.RENAME, note)
        os.replace(old, new)
        settle(self.folder)
        if new != old:
            self.history.move(old.stem, new.stem)
        return Saved(new.stem, saved.stamp)

    @alone
    def duplicate(self, stem: str, name: str, note: Note = UNSIGNED) -> Saved | Refused:
        """A copy under another name, comments included; its history begins with the copy."""
        new = self.folder / self._free(stem_of(name))
        return self._written(new, _named(self._opened(stem).text, name), history.COPY, note, stem)

    @alone
    def delete(self, stem: str) -> Deleted | Refused:
        """Move a file, broken or not, to the trash beside the others; its history is put away with it."""
        path, trash = self._path(stem), self._trash()
        check_plain(path)
        in_trash = trash / self._free(stem, trash.name)
        os.replace(path, in_trash)
        settle(trash, self.folder)
        self.history.put_away(stem, in_trash.stem)
        return Deleted(stem, in_trash.name)

    @alone
    def undelete(self, deleted: Deleted) -> Saved | Refused:
        """Bring a file back from the trash, under a new stem where another file has its old one."""
        in_trash = self._trash() / self._path(deleted.kept_as.removesuffix(".toml")).name
        data, _ = read_plain(in_trash)
        back = self.folder / self._free(self._path(deleted.stem).stem)
        self.history.bring_back(in_trash.stem, back.stem)
        os.replace(in_trash, back)
        settle(self.folder, in_trash.parent)
        return Saved(back.stem, _stamp(data))

    def _files(self) -> list[Path]:
        """The scenario files in order of stem; none where the folder cannot be listed."""
        try:
            files = [path for path in self.folder.iterdir() if path.suffix == ".toml" and path.name[0] != "."]
        except OSError:
            return []
        return sorted(files, key=lambda path: path.stem)

    def _name(self, stem: str) -> Mapping[str, str]:
        """The name in a file, empty where none can be read."""
        try:
            return name_in(read_plain(self._path(stem))[0])
        except Refusal:
            return {}

    def _path(self, stem: str) -> Path:
        """The path of a stem; a refusal for one that could lead out of the folder."""
        if not is_safe(stem):
            raise Refusal(Problem("file_name_unsafe", shown(stem)))
        return self.folder / f"{stem}.toml"

    def _opened(self, stem: str) -> Opened:
        """The file of a stem, opened; a refusal with all its problems where it is broken."""
        path = self._path(stem)
        return _opened(stem, read_plain(path)[0], path.name)

    def _current(self, path: Path) -> Conflict:
        """The version on disk, in the form in which it can stand against a save."""
        if not os.path.lexists(path):
            return Conflict(path.stem, None, None)
        data, modified = read_plain(path)
        stamp = _stamp(data)
        last = self.history.versions(path.stem, self.history.numbers(path.stem)[:1])
        return Conflict(path.stem, stamp, modified, "".join(one.note.author for one in last if one.stamp == stamp))

    def _written(self, path: Path, data: bytes, act: str, note: Note, of: str = "") -> Saved:
        """Write a file, which its history has first, and give its new version."""
        self.history.keep(path.stem, data, act, note, of)
        replace_whole(path, data)
        return Saved(path.stem, _stamp(data))


def _status(path: Path) -> os.stat_result | None:
    """The status of a file, None where it has just been deleted."""
    try:
        return os.lstat(path)
    except OSError:
        return None


def _opened(stem: str, data: bytes, file: str) -> Opened:
    """A scenario in some bytes, opened; a refusal with all its problems where it is broken."""
    scenario, problems = _parsed(data, file)
    if scenario is None:
        raise Refusal(*problems)
    return Opened(stem, scenario, _text(data), _stamp(data))


def _parsed(data: bytes, file: str) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """The scenario or the problems of a file, remembered as long as no own base year changes."""
    return _parsed_on(data, file, own_state())


@lru_cache(maxsize=256)
def _parsed_on(data: bytes, file: str, _: object) -> tuple[Scenario | None, tuple[Problem, ...]]:
    scenario, problems = read_scenario(data, file)
    return scenario, tuple(problems)


def _checked(text: str, file: str) -> tuple[bytes, Scenario]:
    """The bytes of a text and the scenario in it; a refusal where it could not be opened again."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise Refusal(Problem("encoding", file, given=shown(text[error.start]))) from None
    scenario, problems = _parsed(data, file)
    if scenario is None:
        raise Refusal(*problems)
    return data, scenario


def _named(text: str, name: str) -> bytes:
    """The bytes of a scenario's text with its name set to `name`; an empty name changes nothing."""
    file = f"{stem_of(name)}.toml"
    data, scenario = _checked(text, file)
    if not name or name in scenario.name.values():
        return data
    return _checked(with_value(_text(data), ("name",), name), file)[0]


def _text(data: bytes) -> str:
    """The text in the bytes of a file."""
    text = decoded(data)
    if isinstance(text, Problem):
        raise Refusal(text)
    return text


def _stamp(data: bytes) -> str:
    """The stamp of a version: equal for equal bytes only."""
    return sha256(data).hexdigest()

"""What the command on base years does: begin one, check a workbook, list, send and take in."""

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from model.command_line.arguments import WRONG
from model.command_line.scenario_command import TOO_FEW, files, print_json, write_new
from model.command_line.terminal import complain, say
from model.evidence.base_year_folders import baseline_ids
from model.failures.libraries import WORKBOOK, require
from model.files.base_years.archive import is_archive
from model.files.base_years.folder_files import about_of
from model.files.base_years.store import BaseYears, Entry, baseline_from
from model.files.library import Conflict, Refused
from model.files.problem import Problem
from model.files.tables.sheets import CellProblem
from model.outputs.answers.document import Document, envelope
from model.outputs.evidence import base_year_check
from model.outputs.evidence.base_year_check import Checked
from model.outputs.evidence.base_year_sentences import problem_document, sentence
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import text
from model.projection.unknowns.closing import closing
from model.scenario.scenario import Scenario


def _new(chosen: argparse.Namespace, language: str) -> int:
    """A workbook to fill in, or a copy where none is asked for."""
    store = BaseYears()
    name = {"zh": chosen.name or "", "en": chosen.english_name or chosen.name or ""}
    if not chosen.out:
        done = store.clone(chosen.source, name, date.today().isoformat())
        return _told(done, language)
    source = store.files(chosen.source)
    if isinstance(source, Refused):
        return _told(source, language)
    require(*WORKBOOK)  # the other actions do without it
    from model.outputs.workbook.base_year_form import base_year_workbook

    given = name if chosen.name else None
    data = base_year_workbook(source, language, name=given, is_edit=chosen.edit, is_blank=chosen.blank)
    return _write(Path(chosen.out), data, language)


def _check(chosen: argparse.Namespace, language: str) -> int:
    """Every problem of each workbook or ZIP, or what the base year stands on and the draws that it keeps."""
    found = []
    for path in files(chosen.files):
        found.append(_checked(path))
        if not chosen.json:
            _say_checked(found[-1], language)
    if chosen.json:
        print_json(envelope("baseline-check", {"files": [base_year_check.document(one) for one in found]}))
    return max(map(_code, found))


def _say_checked(checked: Checked, language: str) -> None:
    if checked.closing:
        say(base_year_check.in_terminal(checked, language))
    else:
        _complain(checked.problems, language)


def _checked(path: Path) -> Checked:
    read, problems = _read(path)
    if problems:
        return Checked(path, problems=problems)
    baseline = baseline_from(read)
    if isinstance(baseline, Problem):
        return Checked(path, problems=[baseline])
    return Checked(path, read, baseline, closing(Scenario(baseline=baseline.id), baseline))


def _code(checked: Checked) -> int:
    if not checked.closing:
        return WRONG
    return 0 if checked.closing.closes else TOO_FEW


def _list(chosen: argparse.Namespace, language: str) -> int:
    entries = BaseYears().entries()
    if chosen.json:
        print_json(envelope("baseline-list", {"base_years": [_entry(entry) for entry in entries]}))
        return 0
    heads = [text(f"base_years.column_{column}", language) for column in ("id", "name", "year", "from", "source")]
    rows = [
        [
            entry.id,
            entry.name.get(language, ""),
            str(entry.year or ""),
            entry.template or "",
            sentence(entry.problem, language) if entry.problem else entry.source.get(language, ""),
        ]
        for entry in entries
    ]
    say(text_table([heads, *rows]))
    return 0


def _entry(entry: Entry) -> Document:
    return {
        "id": entry.id,
        "name": dict(entry.name),
        "year": entry.year,
        "source": dict(entry.source),
        "template": entry.template,
        "ships": entry.ships,
        "problem": entry.problem and problem_document(entry.problem),
    }


def _export(chosen: argparse.Namespace, language: str) -> int:
    packed = BaseYears().export_zip(chosen.id)
    return _told(packed, language) if isinstance(packed, Refused) else _write(Path(chosen.out), packed, language)


def _import(chosen: argparse.Namespace, language: str) -> int:
    """Keep what a ZIP or a filled workbook gives; over the base year of the same id, for a reason."""
    (path,), store, today = map(Path, chosen.files), BaseYears(), date.today().isoformat()
    read, problems = _read(path)
    if problems:
        return _complain(problems, language)
    id = about_of(read)["id"]
    if is_archive(path.read_bytes()):
        return _told(store.import_zip(path.read_bytes(), path.name, chosen.id), language)
    seen = store.stamp(id) if id in baseline_ids() else None
    done = store.edit(read, seen, today, chosen.reason) if seen else store.add(read, today, chosen.reason)
    return _told(done, language)


def _read(path: Path) -> tuple[dict[str, bytes], Sequence[Problem | CellProblem]]:
    """The files in a workbook or ZIP, and what is wrong with it."""
    try:
        return BaseYears().read(path.read_bytes(), path.name)
    except OSError as error:
        return {}, [Problem("file_unreadable", str(path), given=type(error).__name__)]


def _told(done: object, language: str) -> int:
    """Say what was done, or why nothing was; the exit code."""
    if isinstance(done, Refused):
        return _complain(done.problems, language)
    if isinstance(done, Conflict):
        complain(text("base_years.changed_meanwhile", language, id=done.stem))
        return WRONG
    say(text("base_years.kept", language, id=getattr(done, "stem", "")))
    return 0


def _write(path: Path, data: bytes, language: str) -> int:
    """Write a new file, never over one that is there; the exit code."""
    if reason := write_new(path, data, language):
        complain(text("command_line.not_written", language, file=path, reason=reason))
        return WRONG
    say(text("base_years.written", language, file=path))
    return 0


def _complain(problems: Iterable[Problem | CellProblem], language: str) -> int:
    complain("\n".join(sentence(problem, language) for problem in problems))
    return WRONG


RUN: Mapping[str, Callable[[argparse.Namespace, str], int]] = {
    "new": _new,
    "check": _check,
    "list": _list,
    "export": _export,
    "import": _import,
}

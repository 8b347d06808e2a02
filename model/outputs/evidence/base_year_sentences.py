"""What is wrong with a base year, its workbook or its folder, in words."""

from contextlib import suppress
from functools import partial

from model.evidence.base_year_folders import find_baseline
from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption, Figure
from model.files.base_years.words import FILE
from model.files.problem import Problem
from model.files.tables.sheets import CellProblem
from model.files.tables.staff_list_words import words
from model.outputs.phrasing import library_sentences
from model.outputs.phrasing.problems import document
from model.outputs.words import keys, text

_OF_STAFF_LISTS = ("tiers",)


def sentence(problem: Problem | CellProblem, language: str) -> str:
    """A problem in one line: where it is, what was given, what would be right.

    >>> sentence(CellProblem("window_backwards", "a.xlsx", "Counts", "C5"), "en")
    'a.xlsx, Counts!C5: ends before it begins.'
    """
    key = _key(problem.code)
    if isinstance(problem, Problem):
        if key not in keys():
            return library_sentences.sentence(problem, language)
        line = text("problems.where_line", language, line=problem.line) if problem.line else ""
        parts = [problem.file, line, problem.key]
    else:
        parts = [problem.file, "!".join(part for part in (problem.sheet, problem.cell) if part)]
    where = text("problems.where_comma", language).join(part for part in parts if part)
    values = {name: _worded(name, value, language) for name, value in problem.right.items()}
    end = text("problems.where_end", language) if where else ""
    return where + end + text(key, language, given=problem.given, **values)


def problem_document(problem: Problem | CellProblem) -> dict[str, object]:
    """A problem as a document, with its sentence in both languages."""
    return document(problem, partial(sentence, problem))


def change_in_words(what: str, baseline: Baseline | None, language: str) -> str:
    """A line of a base year's history, whose files name a change by its kind and by ids.

    Without the baseline, as where it cannot be read, figures keep their ids.

    >>> from model.evidence.baseline import shipped_baseline
    >>> change_in_words("edit report/staff_total", shipped_baseline("hunan-2021"), "en")
    'changed: Enforcement staff'
    """
    kind, _, rest = what.partition(" ")
    if f"base_years.history_{kind}" not in keys():
        return what
    named = rest
    if kind == "edit":
        labels = _labels(baseline, language) if baseline else {}
        ids = (part.rpartition("/")[2] for part in rest.split())
        named = text("problems.list_comma", language).join(labels.get(id, id) for id in ids)
    elif kind == "clone":
        with suppress(KeyError):
            named = find_baseline(rest).name[language]
    return text(f"base_years.history_{kind}", language, named=named)


def _labels(baseline: Baseline, language: str) -> dict[str, str]:
    """The names of what a workbook gives, by id: figures and places."""
    places = {place.id: place.name[language] for place in baseline.prefectures}
    figures: dict[str, Figure | Assumption] = {**baseline.report, **baseline.assumptions}
    return places | {id: figure.label[language] for id, figure in figures.items()}


def _key(code: str) -> str:
    """The phrase of a code; what any spreadsheet may have wrong is said as of a staff list."""
    key = f"base_years.{code}"
    return f"staff_list.{code}" if key not in keys() and f"staff_list.{code}" in keys() else key


def _worded(name: str, value: float | str | tuple[str, ...], language: str) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, tuple):
        return f"{value:,.15g}"
    comma = text("problems.list_comma", language)
    if name in _OF_STAFF_LISTS:
        return comma.join(words("tier")[id].name[language] for id in value)
    kind = {"columns": "column", "about": "about", "sheets": "sheet", "measures": "measure", "units": "of_row"}.get(
        name
    )
    return comma.join(words(kind, FILE)[id].name[language] if kind else id for id in value)

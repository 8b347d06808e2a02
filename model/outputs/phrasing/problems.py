"""A problem in words: of a file with its place and what would be right, of a library, of time."""

from collections.abc import Callable

from model.failures import log
from model.failures.libraries import NoLibrary
from model.files.problem import Problem
from model.files.tables.sheets import CellProblem
from model.outputs.phrasing.evidence_terms import unit_held
from model.outputs.phrasing.numbers import count
from model.outputs.words import LANGUAGES, text
from model.projection.progress import MOST_SECONDS


def sentence(problem: Problem, language: str) -> str:
    """A problem in one line, for a person who has the file open.

    >>> sentence(Problem("not_a_choice", "plan.toml", "rules", 3, '"2024"', {"choices": ("2021", "2025")}), "en")
    'plan.toml, line 3, rules: got "2024". Choose one of: 2021, 2025.'
    """
    line = text("problems.where_line", language, line=problem.line) if problem.line else ""
    where = [part for part in (problem.file, line, problem.key) if part]
    prefix = text("problems.where_comma", language).join(where) + text("problems.where_end", language)
    return (prefix if where else "") + what(problem, language)


def document(problem: Problem | CellProblem, in_words: Callable[[str], str]) -> dict[str, object]:
    """A fault as a document: its code, its place, what was given, what would be right, and both sentences."""
    right = {name: list(value) if isinstance(value, tuple) else value for name, value in problem.right.items()}
    if isinstance(problem, Problem):
        place: dict[str, object] = {"key": problem.key, "line": problem.line}
    else:
        place = {"sheet": problem.sheet, "cell": problem.cell}
    sentences = {language: in_words(language) for language in LANGUAGES}
    return {"code": problem.code, **place, "given": problem.given, "right": right, "sentence": sentences}


def what(problem: Problem, language: str) -> str:
    """The same sentence without file, line and key."""
    values = {name: _worded(name, value, language) for name, value in problem.right.items()}
    if "low" in values:
        phrase = "problems.range_unit" if values.get("unit") else "problems.range"
        values["range"] = text(phrase, language, **values)
    return text(f"problems.{problem.code}", language, given=problem.given, **values)


def _worded(name: str, value: float | str | tuple[str, ...], language: str) -> str:
    if isinstance(value, tuple):
        return text("problems.list_comma", language).join(value)
    if isinstance(value, str):
        return unit_held(value, language) if name == "unit" else value
    return toml_number(value)


def lacking_in_words(lacking: NoLibrary, language: str) -> str:
    """That a library cannot be had, and how whoever keeps the server mends it."""
    values = {"package": lacking.package, "reference": lacking.reference, "file": log.place().name}
    return text("failure.no_library", language, **values)


def failure_in_words(reference: str, language: str) -> tuple[str, str]:
    """That something went wrong inside: the title, and a sentence with its reference in the log."""
    return text("failure.title", language), text("failure.body", language, reference=reference)


def failure_notice(reference: str, language: str) -> str:
    """The words for a failure as a notice over the page, its title in bold."""
    title, body = failure_in_words(reference, language)
    return f"**{title}**  \n{body}"


def out_of_time_in_words(language: str) -> str:
    """That work was stopped at its time without an answer."""
    return text("work.out_of_time", language, minutes=count(MOST_SECONDS / 60))


def toml_number(value: float) -> str:
    """A number as a TOML file writes it, whole ones without a point.

    >>> toml_number(-100.0), toml_number(0.25), toml_number(1e9)
    ('-100', '0.25', '1000000000')
    """
    return str(int(value)) if value == int(value) else repr(float(value))

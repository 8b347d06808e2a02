"""The template of a staff list, and the problems of a filled one in words."""

from collections.abc import Iterator

from model.evidence.baseline import Baseline
from model.failures.libraries import SHEETS, require
from model.files.tables.sheets import CellProblem
from model.files.tables.staff_list import COLUMNS, mid_split
from model.files.tables.staff_list_words import words
from model.outputs.phrasing import spreadsheet_text
from model.outputs.phrasing.numbers import count
from model.outputs.words import text


def template_xlsx(baseline: Baseline, language: str) -> bytes:
    """A workbook with a row a pool, which can be loaded as it is.

    It holds the model's representative split, with sums and what they count below. NoLibrary where it cannot be
    written.
    """
    require(*SHEETS)
    from model.outputs.prefectures.staff_list_workbook import workbook

    return workbook(list(_rows(baseline, language)), _note(baseline, language), language)


def template_csv(baseline: Baseline, language: str) -> bytes:
    """The same rows without the sums and the note as comma-separated text."""
    return spreadsheet_text.to_csv(_rows(baseline, language))


def sentence(problem: CellProblem, baseline: Baseline, language: str) -> str:
    """A problem in one line: file, sheet and cell, what was given, what would be right."""
    where = "!".join(part for part in (problem.sheet, problem.cell) if part)
    prefix = text("problems.where_comma", language).join(part for part in (problem.file, where) if part)
    values = {name: _worded(name, value, baseline, language) for name, value in problem.right.items()}
    values["whole"] = words("place")["whole"].name[language]
    end = text("problems.where_end", language) if prefix else ""
    return prefix + end + text(f"staff_list.{problem.code}", language, given=problem.given, **values)


def _rows(baseline: Baseline, language: str) -> Iterator[list[str | int]]:
    yield [words("column")[id].name[language] for id in COLUMNS]
    for (tier, place), seat in mid_split(baseline).items():
        yield [words("tier")[tier].name[language], _place(place, baseline, language), *seat]


def _note(baseline: Baseline, language: str) -> str:
    """What the numbers are, which pages print as medians over the draws; empty where they are listed."""
    return text("prefectures.list_template_is", language) if baseline.seats is None else ""


def _place(id: str, baseline: Baseline, language: str) -> str:
    """The name of a prefecture or of one of several provinces; of the only one the word for the whole."""
    names = {prefecture.id: prefecture.name for prefecture in baseline.prefectures} | baseline.province_names
    return names[id][language] if id else words("place")["whole"].name[language]


def _worded(name: str, value: float | str | tuple[str, ...], baseline: Baseline, language: str) -> str:
    if not isinstance(value, tuple):
        return value if isinstance(value, str) else count(value)
    comma = text("problems.list_comma", language)
    if name in ("columns", "tiers"):
        return comma.join(words(name.removesuffix("s"))[id].name[language] for id in value)
    if name == "places":
        return comma.join(_place(id, baseline, language) for id in value)
    if name == "pools":
        return comma.join(_pool(pool, baseline, language) for pool in value)
    return comma.join(value)


def _pool(pool: str, baseline: Baseline, language: str) -> str:
    """The name of a pool given as `tier/prefecture`."""
    tier, _, place = pool.partition("/")
    named = words("tier")[tier].name[language]
    return text("staff_list.place_of_tier", language, tier=named, place=_place(place, baseline, language))

"""The template of a staff list, and the problems of a filled one in words."""

import io
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from model.evidence.baseline import Baseline
from model.files.sheets import CellProblem
from model.files.staff_list import COLUMNS, mid_split
from model.files.staff_list_words import words
from model.outputs.phrasing import spreadsheet_text
from model.outputs.phrasing.numbers import count
from model.outputs.words import text

_WIDTHS = {"A": 12, "B": 28, "C": 12, "D": 12}
"""Characters of each column."""


def template_xlsx(baseline: Baseline, language: str) -> bytes:
    """A workbook with a row a pool, which can be loaded as it is.

    It holds the model's central split, with sums below.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = text("staff_list.sheet", language)
    for row in _rows(baseline, language):
        sheet.append([_cell(sheet, value) for value in row])
    last = sheet.max_row
    total = words("row")["total"].name[language]
    sheet.append([total, None, *(f"=SUM({column}2:{column}{last})" for column in "CD")])
    for cell in (*sheet[1], *sheet[last + 1]):
        cell.font = Font(bold=True)
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def template_csv(baseline: Baseline, language: str) -> bytes:
    """The same rows without the sums as comma-separated text."""
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


def _place(id: str, baseline: Baseline, language: str) -> str:
    """The name of a prefecture; of a province its id, of the only province the word for the whole."""
    names = {prefecture.id: prefecture.name[language] for prefecture in baseline.prefectures}
    return names.get(id, id) or words("place")["whole"].name[language]


def _cell(sheet: Worksheet, value: str | int) -> Cell:
    """A cell in which text stays text, whatever sign it starts with."""
    cell = Cell(sheet, 1, 1, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(spreadsheet_text.FORMULA_STARTS)
    return cell


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

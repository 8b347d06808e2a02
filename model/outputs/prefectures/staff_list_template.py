"""The staff list as a person meets it: the template to fill in, and what is wrong with a filled one, in words."""

import io
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font

from model.evidence.baseline import Baseline
from model.files.sheets import CellProblem
from model.files.staff_list import COLUMNS, mid_split, words
from model.outputs.phrasing import spreadsheet_text
from model.outputs.phrasing.numbers import count
from model.outputs.words import text

_WIDTHS = (12, 28, 12, 12)


def template_xlsx(baseline: Baseline, language: str) -> bytes:
    """A workbook with every pool, filled with the model's central split, sums below; it loads as it is."""
    book = Workbook()
    sheet = book.active
    sheet.title = text("staff_list.sheet", language)
    for row in _rows(baseline, language):
        sheet.append([0] * len(row))
        for cell, value in zip(sheet[sheet.max_row], row, strict=True):
            _write(cell, value)
    last = sheet.max_row
    total = words("row")["total"].name[language]
    sheet.append([total, None, *(f"=SUM({column}2:{column}{last})" for column in "CD")])
    for cell in (*sheet[1], *sheet[last + 1]):
        cell.font = Font(bold=True)
    for column, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def template_csv(baseline: Baseline, language: str) -> bytes:
    """The same rows, without sums, as comma-separated text."""
    return spreadsheet_text.to_csv(_rows(baseline, language))


def sentence(problem: CellProblem, baseline: Baseline, language: str) -> str:
    """One line for a person who has the table open: file, sheet and cell, what was given, what would be right."""
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
    """A prefecture's name; a province is known by its id, the only one as the whole."""
    names = {prefecture.id: prefecture.name[language] for prefecture in baseline.prefectures}
    return names.get(id, id) or words("place")["whole"].name[language]


def _write(cell: Cell, value: str | int) -> None:
    """Text stays text, whatever sign it starts with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(spreadsheet_text.FORMULA_STARTS)


def _worded(name: str, value: float | str | tuple[str, ...], baseline: Baseline, language: str) -> str:
    if not isinstance(value, tuple):
        return value if isinstance(value, str) else count(value)
    comma = text("problems.list_comma", language)
    if name in ("columns", "tiers"):
        return comma.join(words(name.removesuffix("s"))[id].name[language] for id in value)
    if name == "places":
        return comma.join(_place(id, baseline, language) for id in value)
    if name == "pools":
        return comma.join(_pool(*pool.split("/", 1), baseline, language) for pool in value)
    return comma.join(value)


def _pool(tier: str, place: str, baseline: Baseline, language: str) -> str:
    named = words("tier")[tier].name[language]
    return text("staff_list.place_of_tier", language, tier=named, place=_place(place, baseline, language))

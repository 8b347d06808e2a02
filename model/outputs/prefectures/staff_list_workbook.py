"""The template of a staff list as a workbook."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from model.files.saved_bytes import saved
from model.files.tables.staff_list_words import words
from model.outputs.phrasing import spreadsheet_text
from model.outputs.words import text

_WIDTHS = {"A": 12, "B": 28, "C": 12, "D": 12}
"""Characters of each column."""


def workbook(rows: Sequence[Sequence[str | int]], note: str, language: str) -> bytes:
    """A sheet of the rows, of which the first has the headings, with sums and a note below."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = text("staff_list.sheet", language)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    last = sheet.max_row
    total = words("row")["total"].name[language]
    sheet.append([total, None, *(f"=SUM({column}2:{column}{last})" for column in "CD")])
    for cell in (*sheet[1], *sheet[last + 1]):
        cell.font = Font(bold=True)
    if note:
        sheet.append([note])
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    return saved(book.save)


def _cell(sheet: Worksheet, value: str | int) -> Cell:
    """A cell in which text stays text, whatever sign it starts with."""
    cell = Cell(sheet, 1, 1, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(spreadsheet_text.FORMULA_STARTS)
    return cell

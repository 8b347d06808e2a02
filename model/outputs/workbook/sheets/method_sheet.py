"""The sheet of the method: its text by section, where the section numbers of the other sheets lead."""

from collections.abc import Mapping

from model.evidence.method import Block, Section, plain, sections
from model.outputs.evidence.method_text import section_name
from model.outputs.workbook.sheets.page import Page

WIDTHS = (40, 46, 22, 32, 12, 12, 12)
FIRST = 3
"""The row of the first line (from 0)."""


def write(page: Page) -> Mapping[int, int]:
    """The whole method; the row (from 0) on which each section begins, by its number."""
    page.title()
    row, rows = FIRST, {}
    for section in sections(page.language):
        rows[section.number] = row
        row = _section(page, row, section) + 1
    for column, width in enumerate(WIDTHS):
        page.sheet.set_column(column, column, width)
    page.sheet.freeze_panes(2, 0)
    page.sheet.hide_gridlines(2)
    page.print_wide()
    return rows


def _section(page: Page, row: int, section: Section) -> int:
    """One section from a row on; the row after it."""
    page.text(row, 0, section_name(section, page.language), "heading")
    for block in section.blocks:
        row = _block(page, row + 1, block)
    return row + 1


def _block(page: Page, row: int, block: Block) -> int:
    """One piece from a row on; the last row that it takes, and a free one after a box or a table."""
    if block.kind in ("steps", "formulas"):
        for k, (line,) in enumerate(block.rows):
            page.text(row + k, 0, line, "quiet" if line.startswith("# ") else "code")
        return row + len(block.rows)
    if block.kind == "table":
        for k, cells in enumerate(block.rows):
            _cells(page, row + k, [plain(cell) for cell in cells], "strong wrap" if k == 0 else "wrap")
        return row + len(block.rows)
    for k, (line,) in enumerate(block.rows):
        _across(page, row + k, plain(line), "strong" if block.kind == "heading" else "wrap")
    return row + len(block.rows) - 1


def _cells(page: Page, row: int, cells: list[str], styles: str) -> None:
    """A table's row; with fewer cells than columns the last one goes on to the right."""
    page.texts(row, 0, cells, styles)
    widths = [*WIDTHS[: len(cells) - 1], sum(WIDTHS[len(cells) - 1 :])]
    if len(cells) < len(WIDTHS):
        page.across(row, len(cells) - 1, len(WIDTHS) - 1, cells[-1], styles)
    page.make_room(row, *zip(cells, widths, strict=False))


def _across(page: Page, row: int, words: str, styles: str) -> None:
    page.across(row, 0, len(WIDTHS) - 1, words, styles)
    page.make_room(row, (words, sum(WIDTHS) - 6))

"""The workbook of a base year as cells to fill in one by one, as a page shows them."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from model.files.saved_bytes import saved

HEADS_ROW = 4
"""The row of a sheet that holds its headings."""
Cell = tuple[int, int]
"""Row and column of a cell, both counted from 1."""


@dataclass(frozen=True)
class FormSheet:
    """One sheet: its title, its headings, and the texts under them from row `HEADS_ROW` + 1 on."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sheets_of(workbook: bytes) -> tuple[FormSheet, ...]:
    """The sheets of a workbook that the program wrote."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook), read_only=True)
    found = []
    for sheet in book.worksheets:
        rows = [tuple(_text(value) for value in row) for row in sheet.iter_rows(min_row=HEADS_ROW, values_only=True)]
        width = max((k + 1 for k, head in enumerate(rows[0]) if head), default=0)
        found.append(FormSheet(sheet.title, rows[0][:width], tuple(row[:width] for row in rows[1:])))
    book.close()
    return tuple(found)


def with_cells(workbook: bytes, cells: Mapping[str, Mapping[Cell, str]]) -> bytes:
    """The workbook with other texts in some cells, by the title of their sheet."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook))
    for title, texts in cells.items():
        for (row, column), text in texts.items():
            book[title].cell(row, column).value = text or None
    return saved(book.save)


def _text(value: object) -> str:
    return "" if value is None else str(value)

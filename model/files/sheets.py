"""Spreadsheets and CSV files of any bytes whatever as plain rows, or the fault of the file."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from model.files.problem import Problem, Right, shown
from model.files.toml_text import UTF_16, decoded

MOST_BYTES = 2_000_000
MOST_UNPACKED = 5_000_000
MOST_PARTS = 500
MOST_SHEETS = 50
MOST_ROWS = 5_000
MOST_COLUMNS = 50

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEPARATORS = ",;\t"
_LINES_TO_JUDGE_BY = 20


@dataclass(frozen=True)
class Formula:
    """A formula that the file holds without a value, because no program has computed it yet."""

    text: str


CellValue = str | int | float | bool | None | Formula


@dataclass(frozen=True)
class Sheet:
    """Rows of cells from A1 on, which may differ in length; the name is empty for a CSV file."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]


@dataclass(frozen=True)
class CellProblem:
    """One fault of a table.

    `code` names the phrase (`staff_list.<code>`). `sheet` and `cell` ("B7") are the place, empty for a fault of the
    whole file. `given` is the text of the cell; `right` holds the values with which the phrase says what would be
    right.
    """

    code: str
    file: str
    sheet: str = ""
    cell: str = ""
    given: str = ""
    right: Right = field(default_factory=dict)


class _Unreadable(Exception):
    """A fault of the whole file, in the parts of a `CellProblem`."""

    def __init__(self, code: str, given: str = "", **right: float | str | tuple[str, ...]):
        self.code, self.given, self.right = code, given, right


def cell_name(row: int, column: int) -> str:
    """The name of a cell, like B7, from row and column, both counted from 0.

    >>> cell_name(6, 1)
    'B7'
    """
    return f"{get_column_letter(column + 1)}{row + 1}"


def read_sheets(data: bytes, file: str) -> tuple[list[Sheet], list[CellProblem]]:
    """The sheets of a workbook (.xlsx), or the one sheet of a CSV file.

    A CSV file is in UTF-8, GB18030 or UTF-16, with comma, semicolon or tab. What the bytes are decides, not the file's
    name. No sheets and one problem for what is neither, or too large.
    """
    try:
        if len(data) > MOST_BYTES:
            raise _Unreadable("too_large", f"{len(data):,}", most=MOST_BYTES)
        if data.startswith(_OLE):
            is_encrypted = "EncryptedPackage".encode("utf-16-le") in data
            raise _Unreadable("encrypted" if is_encrypted else "old_workbook")
        if data.startswith(_ZIP):
            _check_parts(data)
            return _workbook(data), []
        return [_csv(_text(data, file))], []
    except _Unreadable as fault:
        return [], [CellProblem(fault.code, file, given=fault.given, right=fault.right)]


def _check_parts(data: bytes) -> None:
    """Refuse what is no workbook, would unpack to too much, or has entities, which could still grow."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
                raise _Unreadable("unpacks_too_large", f"{unpacked:,}", most=MOST_UNPACKED)
            if any(part.flag_bits & 1 for part in parts):
                raise _Unreadable("encrypted")
            if not any(part.filename.startswith("xl/") for part in parts):
                raise _Unreadable("not_a_workbook")
            for part in parts:
                content = archive.read(part).replace(b"\0", b"")
                if b"<!DOCTYPE" in content:
                    raise _Unreadable("workbook_broken", "DOCTYPE")
                # openpyxl takes time quadratic in the number of sheets.
                if content.count(b"sheetId=") > MOST_SHEETS:
                    raise _Unreadable("too_many_sheets", most=MOST_SHEETS)
    except _Unreadable:
        raise
    except Exception as error:  # zipfile and zlib raise whatever damaged bytes lead them into
        raise _Unreadable("workbook_broken", type(error).__name__) from None


def _workbook(data: bytes) -> list[Sheet]:
    """The sheets of a workbook that `_check_parts` let pass."""
    try:
        values, formulas = (
            openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False).worksheets
            for data_only in (True, False)
        )
        sheets = [
            Sheet(values_of.title, tuple(_rows(values_of, formulas_of)))
            for values_of, formulas_of in zip(values, formulas, strict=True)
        ]
    except _Unreadable:
        raise
    except Exception as error:  # openpyxl too raises whatever damaged bytes lead it into
        raise _Unreadable("workbook_broken", type(error).__name__) from None
    if not sheets:
        raise _Unreadable("not_a_workbook")
    return sheets


def _rows(values: Worksheet, formulas: Worksheet) -> Iterator[tuple[CellValue, ...]]:
    """The rows of a sheet, from the sheet read for its values and again for its formulas."""
    both = (sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS) for sheet in (values, formulas))
    for n, (row, written) in enumerate(zip(*both, strict=True)):
        read = tuple(_value(cell, formula) for cell, formula in zip(row, written, strict=True))
        if n >= MOST_ROWS and any(value is not None for value in read):
            raise _Unreadable("too_many_rows", values.title, most=MOST_ROWS)
        yield read


def _value(cell: Cell | MergedCell, written: Cell | MergedCell) -> CellValue:
    """The value of a cell; dates and times as ISO text."""
    value = cell.value
    if value is None and written.data_type == "f":
        return Formula(str(getattr(written.value, "text", written.value)))
    if isinstance(value, date | time):
        return value.isoformat()
    return value if isinstance(value, str | int | float | None) else str(value)


def _text(data: bytes, file: str) -> str:
    """The text of a CSV file in one of the encodings that spreadsheets write."""
    if data.startswith(UTF_16):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            raise _Unreadable("encoding", "UTF-16") from None
    text = decoded(data, file)
    if isinstance(text, Problem):
        raise _Unreadable(text.code, text.given, **text.right)
    return text


def _csv(text: str) -> Sheet:
    """The sheet of a CSV text; its separator is the one most frequent in the first lines."""
    start = "\n".join(text[:20_000].splitlines()[:_LINES_TO_JUDGE_BY])
    separator = max(_SEPARATORS, key=start.count)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(tuple(cell or None for cell in row[:MOST_COLUMNS]))
            if len(rows) > MOST_ROWS:
                raise _Unreadable("too_many_rows", most=MOST_ROWS)
    except csv.Error as error:
        raise _Unreadable("csv_broken", shown(str(error))) from None
    return Sheet("", tuple(rows))

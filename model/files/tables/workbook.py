"""The sheets of a workbook (.xlsx) that a person sees, as plain rows: hidden ones are not read."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from xml.etree.ElementTree import Element, iterparse

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from model.files.tables.cell_number import is_quantity
from model.files.tables.sheet import (
    MOST_COLUMNS,
    MOST_ROWS,
    CellValue,
    Formula,
    Percentage,
    Sheet,
    Unreadable,
    cell_name,
)
from model.files.tables.unseen import LEAST_HEIGHT, LEAST_WIDTH, Unseen, is_too_small, unseen_formats

MOST_UNPACKED = 20_000_000
MOST_PARTS = 500
MOST_SHEETS = 50
MOST_EMPTY_ROWS = 1_000
"""What stands further below everything else is a slip of the hand, and not read."""
_ROWS_OF_A_LONG_SHEET, _COLUMNS_OF_A_LONG_SHEET = 500, 50
"""Of more rows than these no more columns are read: every cell takes time, an empty one too."""
MOST_CELLS = 100_000
"""Cells with something in them in all sheets together: a staff list has a few hundred."""
_MOST_STEPS = 600_000
"""Steps that a workbook may take, of about two millionths of a second: one for an element or a cell."""
_STEPS_OF_A_SETTING = 30
"""Steps of an element outside the sheets: a format, a name, a part."""
_STEPS_OF_A_TEXT = 4
"""Steps of an element of the texts, of which a plain one has two."""
_TEXTS = {"s", "str", "inlineStr"}
"""The types of cells that hold texts."""
_SHEETS, _STRINGS = "xl/worksheets/", "xl/sharedStrings"
_NAMES = re.compile(rb"<(\w+:)?definedNames\b.*</(\w+:)?definedNames>", re.DOTALL)
"""Names of ranges, which old workbooks have by the thousand and no list needs."""
_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b")
_END_OF_DATA = re.compile(rb"</((?:\w+:)?)sheetData>")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z0-9:]+)")
_RUN = re.compile(rb"<((?:\w+:)?)r\b[^<>]*+>(?:[^<]|<(?!/?\1r\b))*+</\1r>")
_RAISED = re.compile(rb"<(?:\w+:)?vertAlign\b[^<>]*(?:super|sub)script")
_RUN_TEXT = re.compile(rb"<(?:\w+:)?t\b[^<>]*+>[^<]*")
_RAISED_DIGITS = dict(zip(b"0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
"""What the digits of a part of a text become that is raised, or lowered."""
_LITERAL = re.compile(r'"[^"]*"|\\.')
_DECIMALS = re.compile(r"\.([0#?]{1,15})")
_TABLES = (".xlsx", ".csv")
_OTHER_PROGRAMS = {"xl/workbook.bin", "content.xml", "Index/Document.iwa"}
"""Parts by which .xlsb, .ods and .numbers are known."""
_STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
"""The names of the stricter form of the format (ISO/IEC 29500) and those that every reader knows."""


def workbook_sheets(data: bytes) -> list[Sheet]:
    """The sheets in sight of a workbook, what nobody sees of them empty; merged texts are filled down.

    Unreadable for what is no workbook, or too large.
    """
    parts = _parts(data)
    steps = _Steps()
    try:
        for name, content in parts.items():
            if name.startswith(_STRINGS):
                steps.take((content.count(b"<") - content.count(b"</")) * _STEPS_OF_A_TEXT)
            elif name.endswith((".xml", ".rels")) and not name.startswith(_SHEETS):
                steps.take((content.count(b"<") - content.count(b"</")) * _STEPS_OF_A_SETTING, "too_many_formats")
        book = openpyxl.load_workbook(_archive(parts), read_only=True, data_only=True, keep_links=False)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        # openpyxl does not tell what is hidden or merged in a sheet that it reads row by row.
        paths = [str(vars(sheet)["_worksheet_path"]) for sheet in seen]
        unseen = unseen_formats(book)
        marks_of = {path: _marks(parts[path], steps, unseen) for path in set(paths)}
        marks = [marks_of[path] for path in paths]
        if sum(one.cells for one in marks) > MOST_CELLS:
            raise Unreadable("too_many_cells", most=MOST_CELLS)
        steps.take(sum((one.last + 1) * one.width for one in marks if one.last < MOST_ROWS))
        hidden = tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible")
        sheets = [_sheet(sheet, one, hidden) for sheet, one in zip(seen, marks, strict=True)]
    except Unreadable:
        raise
    except Exception as error:  # openpyxl and the XML parser raise whatever damaged bytes lead them into
        raise Unreadable("workbook_broken", type(error).__name__) from None
    if not sheets:
        raise Unreadable("not_a_workbook")
    return sheets


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name, in names that every reader knows.

    Unreadable for what is no workbook, would unpack to too much, or has entities, which could still grow.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if unpacked > MOST_UNPACKED or len(members) > MOST_PARTS:
                raise Unreadable("unpacks_too_large", f"{unpacked:,}", most=MOST_UNPACKED)
            if any(member.flag_bits & 1 for member in members):
                raise Unreadable("encrypted")
            names = {member.filename for member in members}
            if names & _OTHER_PROGRAMS:
                raise Unreadable("old_workbook")
            if "[Content_Types].xml" not in names and any(name.casefold().endswith(_TABLES) for name in names):
                raise Unreadable("packed")
            if not any(name.startswith("xl/") for name in names):
                raise Unreadable("not_a_workbook")
            parts = {member.filename: archive.read(member) for member in members}
    except Unreadable:
        raise
    except Exception as error:  # zipfile and zlib raise whatever damaged bytes lead them into
        raise Unreadable("workbook_broken", type(error).__name__) from None
    for name, content in parts.items():
        plain = content.replace(b"\0", b"")
        if b"<!DOCTYPE" in plain:
            raise Unreadable("workbook_broken", "DOCTYPE")
        # openpyxl takes time quadratic in the number of sheets.
        if plain.count(b"sheetId=") > MOST_SHEETS:
            raise Unreadable("too_many_sheets", most=MOST_SHEETS)
        if name == "xl/workbook.xml":
            parts[name] = content = _NAMES.sub(b"", content)
        if name.startswith(_SHEETS):  # without it openpyxl reads a sheet to its end, to see how large it is
            parts[name] = content = _DATA.sub(rb'<\1dimension ref="A1"/><\1sheetData', content, count=1)
            parts[name] = content = _without_tail(content)
        if name.startswith((_SHEETS, _STRINGS)) and b"vertAlign" in content:
            parts[name] = content = _RUN.sub(_with_raised_digits, content)
        if b"purl.oclc.org" in content:
            for strict, usual in _STRICT.items():
                parts[name] = content = content.replace(strict, usual)
    return parts


def _without_tail(part: bytes) -> bytes:
    """The part of a sheet with nothing but merged cells behind its rows: no rules and validations."""
    until = part.rfind(b"sheetData>") + len(b"sheetData>")
    end = _END_OF_DATA.fullmatch(part, max(part.rfind(b"</", 0, until), 0), until)
    if not end or b"worksheet>" not in part[until:]:
        return part
    merged = b"".join(b'<%bmergeCell ref="%b"/>' % (end[1], ref) for ref in _MERGED.findall(part, until))
    return b"%b<%bmergeCells>%b</%bmergeCells></%bworksheet>" % (part[:until], end[1], merged, end[1], end[1])


def _with_raised_digits(run: re.Match[bytes]) -> bytes:
    """A run of a text, with raised digits for plain ones where it is raised or lowered, as a footnote is."""
    if not _RAISED.search(run[0]):
        return run[0]

    def raised(text: re.Match[bytes]) -> bytes:
        tag, _, signs = text[0].partition(b">")
        return tag + b">" + re.sub(rb"(?<![#&\w])\d+", _raised, signs)

    return _RUN_TEXT.sub(raised, run[0])


def _raised(digits: re.Match[bytes]) -> bytes:
    return b"".join(b"&#%d;" % ord(_RAISED_DIGITS[digit]) for digit in digits[0])


def _archive(parts: dict[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)  # its day is 1980: a clock may stand before
    return packed


class _Steps:
    """The steps that are left for a workbook: what takes more is refused before it has taken long."""

    def __init__(self) -> None:
        self.left = _MOST_STEPS

    def take(self, count: int, fault: str = "too_many_cells") -> None:
        """Take some; Unreadable, with a fault that has a phrase, where there are no more."""
        self.left -= count
        if self.left < 0:
            raise Unreadable(fault, most=MOST_CELLS)


@dataclass
class _Marks:
    """What a sheet's cells do not tell themselves; rows and columns are counted from 0.

    `last` is the last row with something in it, `width` the columns that may have, `cells` counts those cells,
    `unseen` are cells in whose format nothing can be seen, `hidden` names the first cell that nobody sees.
    """

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[tuple[range, range]] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    unseen: set[tuple[int, int]] = field(default_factory=set)
    last: int = -1
    width: int = 0
    cells: int = 0
    hidden: str = ""

    def hides(self, row: int, column: int) -> bool:
        """Whether nobody sees a cell."""
        return row in self.rows or column in self.columns or (row, column) in self.unseen


def _marks(part: bytes, steps: _Steps, unseen: Unseen) -> _Marks:
    """The marks in the part of a sheet."""
    marks, row = _Marks(), -1
    for _, element in iterparse(io.BytesIO(part)):
        steps.take(1)
        tag = element.tag.rpartition("}")[2]
        if tag == "row":
            row = int(element.get("r") or row + 2) - 1
            if _is_hidden(element, "ht", LEAST_HEIGHT):
                marks.rows.add(row)
            if row > marks.last + MOST_EMPTY_ROWS:
                break
            _mark_cells(element, row, marks, unseen)
            element.clear()
        elif tag == "col" and _is_hidden(element, "width", LEAST_WIDTH):
            marks.columns.update(range(int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), MOST_COLUMNS)))
    if marks.last >= _ROWS_OF_A_LONG_SHEET:
        marks.width = min(marks.width, _COLUMNS_OF_A_LONG_SHEET)
    for found in _MERGED.finditer(part, max(part.rfind(b"sheetData>"), 0)):
        first, top, last, bottom = (place or 0 for place in range_boundaries(found[1].decode()))
        rows = range(top - 1, min(bottom, marks.last + 1))
        columns = range(first - 1, min(last, marks.width))
        steps.take(max(1, len(rows) * len(columns)))
        if rows and columns:
            marks.merged.append((rows, columns))
    return marks


def _mark_cells(of_row: Element, row: int, marks: _Marks, unseen: Unseen) -> None:
    """Mark the cells of a row that have something in them."""
    column = -1
    for cell in of_row:
        column += 1
        inside = {part.tag.rpartition("}")[2]: part for part in cell}
        value = inside.get("v")
        has_value = "is" in inside or (value is not None and bool(value.text))
        is_empty_text = value is not None and not value.text and cell.get("t") == "str"
        if has_value or ("f" in inside and not is_empty_text):
            if place := cell.get("r"):
                column = column_index_from_string(coordinate_from_string(place)[0]) - 1
            marks.last, marks.cells = row, marks.cells + 1
            if unseen.hides(int(cell.get("s", 0)), is_number=cell.get("t") not in _TEXTS):
                marks.unseen.add((row, column))
            if not marks.hidden and marks.hides(row, column):
                marks.hidden = cell_name(row, column)
            marks.width = max(marks.width, min(column + 1, MOST_COLUMNS))
            if not has_value:
                marks.formulas[row, column] = f"={inside['f'].text or ''}"


def _is_hidden(element: Element, size: str, least: float) -> bool:
    """Whether a row or column is hidden, or too small to show anything."""
    return element.get("hidden") in ("1", "true") or is_too_small(element.get(size), least)


def _sheet(sheet: Worksheet, marks: _Marks, hidden_sheets: tuple[str, ...]) -> Sheet:
    """A sheet as far as anything stands in it; of merged cells only the first says anything."""
    if marks.last >= MOST_ROWS:
        raise Unreadable("too_many_rows", sheet.title, most=MOST_ROWS)
    rows = [list(row) for row in _values(sheet, marks)]
    joint: set[tuple[int, int]] = set()
    for area, columns in marks.merged:
        if area[-1] >= len(rows):  # rows that stand out of order are not all read
            continue
        value = rows[area[0]][columns[0]]
        covered = [(row, column) for row in area for column in columns][1:]
        for row, column in covered:
            rows[row][column] = None
        if isinstance(value, Formula) or (isinstance(value, str) and not is_quantity(value)):
            for row in area:
                rows[row][columns[0]] = None if marks.hides(row, columns[0]) else value
        elif value is not None:
            joint.update((row, column) for row, column in covered if row > area[0])
    return Sheet(sheet.title, tuple(map(tuple, rows)), marks.hidden, hidden_sheets, frozenset(joint))


def _values(sheet: Worksheet, marks: _Marks) -> Iterator[Iterator[CellValue]]:
    """The values of every row; nothing of what is hidden."""
    if marks.last < 0:
        return
    for n, row in enumerate(sheet.iter_rows(max_row=marks.last + 1, max_col=max(marks.width, 1))):
        yield (None if marks.hides(n, k) else _value(cell, marks.formulas.get((n, k))) for k, cell in enumerate(row))


def _value(cell: Cell | MergedCell, formula: str | None) -> CellValue:
    """The value of a cell; dates and times as ISO text."""
    value = cell.value
    if formula is not None:
        return Formula(formula)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return Percentage(value, _percentage(value, cell.number_format))
    return value if isinstance(value, str | int | float | None) else str(value)


def _percentage(value: float, number_format: str) -> str:
    """A number as a format with a percent sign shows it; a sign in quotation marks only stands beside it.

    >>> _percentage(0.32467, "0.0%"), _percentage(79, "0%"), _percentage(79, '0"%"'), _percentage(0.5, "0%")
    ('32.5%', '7900%', '79%', '50%')
    """
    pattern = number_format.split(";")[0]
    is_multiplied = "%" in _LITERAL.sub("", pattern)
    places = _DECIMALS.search(pattern)
    return f"{value * (100 if is_multiplied else 1):.{len(places[1]) if places else 0}f}%"

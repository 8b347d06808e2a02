"""Spreadsheets and CSV files of any bytes whatever as plain rows, or the fault of the file."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from model.failures.libraries import SHEETS, NoLibrary, require
from model.files.problem import Problem, Right, shown
from model.files.tables.sheet import MOST_COLUMNS, MOST_ROWS, Sheet, Unreadable
from model.files.toml_text import UTF_16, decoded

MOST_BYTES = 2_000_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENTS = (b"%PDF", rb"{\rtf")
"""How documents begin that are text, and no table."""
_MARKUP = re.compile(r"\s*(?:<[!?a-z]|mime-version:)", re.IGNORECASE)
"""Web pages and XML that programs save under the name of a spreadsheet."""
_SEPARATORS = ",;\t|，；、"
_MOST_LINES_OF_A_CELL = 2
"""Lines of one cell in which separators may stand; one of more has swallowed the rows below it."""
_LINES_TO_JUDGE_BY = 100
_MOST_TO_JUDGE_BY = 10
"""Lines, and cells of one, by which the sign between cells is found."""


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


def read_sheets(data: bytes, file: str) -> tuple[list[Sheet], list[CellProblem]]:
    """The sheets in sight of a workbook (.xlsx), or the one sheet of a text table.

    A text table is in UTF-8, GB18030 or UTF-16, with commas, semicolons, tabs, upright strokes or spaces between its
    cells.
    What the bytes are decides, not the file's name. No sheets and one problem for what is neither, or too large.
    """
    try:
        if len(data) > MOST_BYTES:
            raise Unreadable("too_large", f"{len(data):,}", most=MOST_BYTES)
        if data.startswith(_OLE):
            is_encrypted = "EncryptedPackage".encode("utf-16-le") in data
            raise Unreadable("encrypted" if is_encrypted else "old_workbook")
        if data.startswith(_DOCUMENTS):
            raise Unreadable("binary")
        if data.startswith(_ZIP):
            return _workbook(data), []
        text = _text(data, file)
        if _MARKUP.match(text.removeprefix("\ufeff")):
            raise Unreadable("web_page")
        return [_csv(text)], []
    except Unreadable as fault:
        return [], [CellProblem(fault.code, file, given=fault.given, right=fault.right)]


def _workbook(data: bytes) -> list[Sheet]:
    try:
        require(*SHEETS)
    except NoLibrary as lacking:
        raise Unreadable("no_library", lacking.package, reference=lacking.reference) from None
    from model.files.tables.workbook import workbook_sheets

    return workbook_sheets(data)


def _text(data: bytes, file: str) -> str:
    """The text of a CSV file in one of the encodings that spreadsheets write."""
    if data.startswith(UTF_16):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            raise Unreadable("encoding", "UTF-16") from None
    text = decoded(data, file)
    if isinstance(text, Problem):
        raise Unreadable(text.code, text.given, **text.right)
    return text


def _csv(text: str) -> Sheet:
    """The sheet of a CSV text."""
    separator = _separator(text[:20_000].splitlines()[:_LINES_TO_JUDGE_BY])
    rows = []
    try:
        for row in (
            csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            if separator
            else map(_cells, text.splitlines())
        ):
            rows.append(tuple(cell or None for cell in row[:MOST_COLUMNS]))
            if len(rows) > MOST_ROWS:
                raise Unreadable("too_many_rows", most=MOST_ROWS)
            for cell in row:
                if "\n" in cell and sum(separator in line for line in cell.splitlines()) > _MOST_LINES_OF_A_CELL:
                    raise Unreadable("csv_broken", shown(cell, 20))
    except csv.Error as error:
        raise Unreadable("csv_broken", shown(str(error))) from None
    return Sheet("", tuple(rows), is_spaced=not separator)


def _separator(lines: Sequence[str]) -> str:
    """The sign that makes most cells, equally many in most lines; empty where spaces do."""
    cells = {sign: _most_alike(line.count(sign) for line in lines) for sign in _SEPARATORS}
    cells[""] = _most_alike(len(_cells(line)) - 1 for line in lines)
    return max(cells, key=cells.__getitem__) if any(cells.values()) else _SEPARATORS[0]


def _most_alike(counts: Iterable[int]) -> int:
    """The most cells that lines with equally many have together; of a long line no more than some count."""
    return max((min(count, _MOST_TO_JUDGE_BY) * lines for count, lines in Counter(counts).items()), default=0)


def _cells(line: str) -> list[str]:
    """The cells of a line that stand apart by two spaces or more, where there are any, else by one."""
    return re.split(r"\s{2,}" if re.search(r"\S\s{2,}\S", line) else r"\s+", line.strip())

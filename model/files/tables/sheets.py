"""Spreadsheets and CSV files of any bytes whatever as plain rows, or the fault of the file."""

import csv
import io
import re
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
_MARKUP = re.compile(r"\s*<(?:!doctype html|html|head|body|meta|table|\?xml|workbook)", re.IGNORECASE)
"""Web pages and XML that programs save under the name of a spreadsheet."""
_SEPARATORS = ",;\t|，；"
_LINES_TO_JUDGE_BY = 20


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

    A text table is in UTF-8, GB18030 or UTF-16, with commas, semicolons, tabs or upright strokes between its cells.
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
    """The sheet of a CSV text; its separator is the one most frequent in the first lines."""
    start = "\n".join(text[:20_000].splitlines()[:_LINES_TO_JUDGE_BY])
    separator = max(_SEPARATORS, key=start.count)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(tuple(cell or None for cell in row[:MOST_COLUMNS]))
            if len(rows) > MOST_ROWS:
                raise Unreadable("too_many_rows", most=MOST_ROWS)
    except csv.Error as error:
        raise Unreadable("csv_broken", shown(str(error))) from None
    return Sheet("", tuple(rows))

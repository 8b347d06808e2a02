"""Tables as files for a spreadsheet: Chinese stays Chinese, text stays text, numbers stay numbers."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from model.outputs.phrasing.numbers import MINUS, in_percent

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Characters that make a spreadsheet take a text for a formula, wide forms included."""
DECIMALS = 4
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?%?", re.ASCII)


def plain(typed: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula.

    >>> plain("=1+1"), plain("  @SUM(A1)"), plain("下沉到县"), plain("")
    ("'=1+1", "'  @SUM(A1)", '下沉到县', '')
    """
    return f"'{typed}" if typed.startswith(FORMULA_STARTS) or typed.lstrip().startswith(FORMULA_STARTS) else typed


def number(value: float, unit: str = "", decimals: int = DECIMALS) -> float:
    """A value for a cell: shares in percent, rounded, no zero with a sign.

    >>> number(0.123456, "share"), number(-0.00001), number(2.5, "people", 0)
    (12.3456, 0.0, 2.0)
    """
    return round(in_percent(float(value), unit), decimals) + 0.0


def as_number(written: str) -> str | float:
    """A number written for readers as a number, a share as a fraction; other texts as they are.

    >>> as_number("2,359"), as_number("63.76%"), as_number("\u22120.15"), as_number("0.05 / 0.4 / 1"), as_number("")
    (2359, 0.6376, -0.15, '0.05 / 0.4 / 1', '')
    """
    bare = written.replace(",", "").replace(MINUS, "-")
    if not NUMBER.fullmatch(bare):
        return written
    value = round(float(bare.removesuffix("%")) / (100 if bare.endswith("%") else 1), 10)
    return int(value) if value.is_integer() else value


def to_csv(rows: Iterable[Iterable[object]], behind: Mapping[str, object] = MappingProxyType({})) -> bytes:
    r"""Rows as comma-separated text in UTF-8 with a mark, with which Excel reads Chinese.

    Texts are made `plain`, and whole numbers have no decimals. The first row is the heads; `behind` are more columns,
    by their heads, each with the same cell in every row.

    >>> to_csv([("名称", "值"), ("=1+1", -2.5)], {"种子": 7}).decode("utf-8-sig")
    "名称,值,种子\r\n'=1+1,-2.5,7\r\n"
    >>> to_csv([("一线",), (67.0,)]).decode("utf-8-sig")
    '一线\r\n67\r\n'
    """
    heads, *body = rows
    cells = [[*heads, *behind], *([*row, *behind.values()] for row in body)]
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_written(cell) for cell in row] for row in cells)
    return written.getvalue().encode("utf-8-sig", "replace")


def _written(cell: object) -> object:
    """A cell as it is written: text plain, a whole number without decimals."""
    if isinstance(cell, str):
        return plain(cell)
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell

"""Text on its way into a spreadsheet: Chinese stays Chinese, and text stays text."""

import csv
import io
from collections.abc import Iterable

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula, wide forms included."""


def plain(said: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before one that begins like it.

    >>> plain("=1+1"), plain("  @SUM(A1)"), plain("下沉到县"), plain("")
    ("'=1+1", "'  @SUM(A1)", '下沉到县', '')
    """
    return f"'{said}" if said.startswith(FORMULA_STARTS) or said.lstrip().startswith(FORMULA_STARTS) else said


def to_csv(rows: Iterable[Iterable[object]]) -> bytes:
    r"""Rows as comma-separated text in UTF-8 with a mark, so that Excel reads Chinese; texts are made `plain`.

    >>> to_csv([("名称", "值"), ("=1+1", -2.5)]).decode("utf-8-sig")
    "名称,值\r\n'=1+1,-2.5\r\n"
    """
    written = io.StringIO(newline="")
    csv.writer(written).writerows([plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig", "replace")

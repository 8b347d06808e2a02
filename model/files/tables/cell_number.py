"""The number in a cell, if it is one that a person could not read otherwise."""

import re
import unicodedata

from model.files.tables.sheet import CellValue

NOISE = 1e-6
"""What the arithmetic of a spreadsheet may leave beside a whole number."""
_LONGEST = 50
_QUANTITY = re.compile(r"(?!(?:19|20)\d\d[^\W\d_])[\d,.%]+(?:\s*\D\s*[\d,.%]+)*\s*[^\W\d_]{0,3}")
"""A number or a range of numbers, with a unit of three signs at most; a year or month is none."""
_MARKS = ("<super>", "<sub>", "<circle>")
"""How Unicode calls signs that stand for a plain one: raised, lowered, in a circle."""


def number(value: CellValue) -> float | None:
    """The number in a cell, one written as text included; None for any other.

    >>> number("1,154"), number("４０"), number("12人"), number(True), number(float("nan"))
    (1154.0, 40.0, None, None, None)
    >>> number("79①"), number("79²")
    (None, None)
    """
    if isinstance(value, str):
        if has_mark(value[:_LONGEST]):
            return None
        text = unicodedata.normalize("NFKC", seen(value[:_LONGEST])).strip().strip("'")
        is_number = re.fullmatch(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,15})?", text, re.ASCII)
        return float(text.replace(",", "")) if is_number else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) < 1e15 else None


def is_quantity(text: str) -> bool:
    """Whether a text says how many: a number or a range, with a unit or none.

    >>> [is_quantity(text) for text in ("842人", "40至51至80", "17.2万家次", "１２０", "63.8%")]
    [True, True, True, True, True]
    >>> [is_quantity(text) for text in ("2016年", "1、长沙市", "长沙市", "")]
    [False, False, False, False]
    """
    return bool(_QUANTITY.fullmatch(unicodedata.normalize("NFKC", seen(text[:_LONGEST])).strip()))


def has_mark(text: str) -> bool:
    """Whether a text has a mark of a footnote, which would become a digit in narrow signs.

    >>> has_mark("79①"), has_mark("79²"), has_mark("７９")
    (True, True, False)
    """
    return any(unicodedata.decomposition(sign).startswith(_MARKS) for sign in text)


def seen(text: str) -> str:
    """A text without the signs that nobody sees.

    >>> seen("\\u200b79")
    '79'
    """
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")

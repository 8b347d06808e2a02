"""Tables of plain text for a terminal, in which a Chinese character takes two places."""

import unicodedata
from collections.abc import Sequence


def text_table(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Rows of cells as aligned lines, the first as a head; the columns in `right` stand to the right.

    >>> print(text_table([("级", "people"), ("县级", "5"), ("all", "12")], right=frozenset({1})))
    级    people
    ----  ------
    县级       5
    all       12
    """
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    head, *body = [_line(row, widths, right) for row in rows]
    return "\n".join([head, "  ".join("-" * width for width in widths), *body])


def width(text: str) -> int:
    """Places that a text takes in a terminal.

    >>> width("县级 a")
    6
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _line(row: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
    cells = []
    for column, (cell, wide) in enumerate(zip(row, widths, strict=True)):
        gap = " " * (wide - width(cell))
        cells.append(gap + cell if column in right else cell + gap)
    return "  ".join(cells).rstrip()

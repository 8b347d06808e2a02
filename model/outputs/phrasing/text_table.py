"""Tables of plain text for a terminal, in which a Chinese character takes two places."""

import re
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


def fitted(text: str, most: int) -> str:
    r"""A text with no line wider than `most`: its sentences and the cells of its tables go on below.

    Columns give way in this order: heads, then words, then figures.

    >>> print(fitted("级    people at all\n----  -------------\n县级              5\n\nfour words of prose", 12))
    级    people
          at all
    ----  ------
    县级       5
    <BLANKLINE>
    four words
    of prose
    """
    lines, done = text.split("\n"), []
    while lines:
        if len(lines) > 1 and _RULE.fullmatch(lines[1]) and width(lines[1]) > most:
            columns = [(one.start(), one.end()) for one in re.finditer("-+", lines[1])]
            size = next((k for k, line in enumerate(lines) if k > 1 and not _is_row(line, columns)), len(lines))
            rows = [_cells(line, columns) for line in (lines[0], *lines[2:size])]
            done += _narrow_table(rows, columns, most)
            lines = lines[size:]
        else:
            done += wrapped(lines.pop(0), most)
    return "\n".join(done)


EASY = 12
"""Places that a column of words keeps before figures give way."""
_RULE = re.compile("-+(  -+)+")
_WORD = re.compile(
    "[（“《〈【]*[\u2e80-\uffef][，。；：、）”》〉】！？％]*|[^\\s\u2e80-\uffef]+[，。；：、）”》〉】！？％]*|\\s+"
)
"""What no line breaks: a wide character with the punctuation that keeps to it, or a run of others."""


def wrapped(text: str, most: int) -> list[str]:
    """A line as lines no wider than `most`, those that follow under its indent.

    A word wider than a line is broken inside.

    >>> wrapped("  全省检查 73,398 次，县级更多", 14)
    ['  全省检查', '  73,398 次，', '  县级更多']
    """
    if width(text) <= most:
        return [text]
    indent = " " * min(len(text) - len(text.lstrip(" ")), most // 2)
    lines = [""]
    for word in _WORD.findall(text.strip()):
        if width(indent + lines[-1] + word.rstrip()) > most and lines[-1]:
            lines.append("")
        if lines[-1] or not word.isspace():
            lines[-1] += word
        while width(indent + lines[-1].rstrip()) > most:
            start = _start(lines[-1], most - len(indent))
            lines[-1:] = [start, lines[-1][len(start) :]]
    return [indent + line.rstrip() for line in lines]


def _start(text: str, most: int) -> str:
    """The longest start of a text that takes at most so many places."""
    return next(text[:end] for end in range(len(text), 0, -1) if width(text[:end]) <= most or end == 1)


def _is_row(line: str, columns: Sequence[tuple[int, int]]) -> bool:
    """Whether a line belongs to the table: it holds something, and the gaps between the columns are free."""
    places = "".join(character * width(character) for character in line).ljust(columns[-1][1])
    return bool(line.strip()) and all(not places[end : end + 2].strip() for _, end in columns[:-1])


def _cells(line: str, columns: Sequence[tuple[int, int]]) -> list[str]:
    cells, place, at = [""] * len(columns), 0, 0
    for character in line:
        while at < len(columns) - 1 and place >= columns[at][1] + 2:
            at += 1
        cells[at] += character
        place += width(character)
    return [cell[: len(cell) - len(cell.lstrip())] + cell.strip() for cell in cells]


def _narrow_table(rows: Sequence[Sequence[str]], columns: Sequence[tuple[int, int]], most: int) -> list[str]:
    """The rows laid out anew within `most`, the first as a head."""
    body = list(zip(*rows[1:], strict=True)) or [()] * len(columns)
    right = [_stands_right(cells, end - start) for cells, (start, end) in zip(body, columns, strict=True)]
    cells = [[cell.strip() if right[k] else cell for k, cell in enumerate(row)] for row in rows]
    widths = [end - start for start, end in columns]
    heads = [max(_longest(cells[0][k]), *(width(row[k]) for row in cells[1:]), 1) for k in range(len(widths))]
    words = [max(_longest(row[k]) for row in cells) for k in range(len(widths))]
    easy = [given if right[k] else max(words[k], min(given, EASY)) for k, given in enumerate(heads)]
    figures = [words[k] if right[k] else given for k, given in enumerate(easy)]
    for least in (heads, easy, figures, words, [1] * len(widths)):
        while sum(widths) + 2 * (len(widths) - 1) > most and any(map(int.__gt__, widths, least)):
            k = max(range(len(widths)), key=lambda k: (widths[k] > least[k], widths[k]))
            widths[k] -= 1
    kept = frozenset(k for k, one in enumerate(right) if one)
    head, *lines = [_row(row, widths, kept) for row in cells]
    return [*head, "  ".join("-" * wide for wide in widths), *(line for row in lines for line in row)]


def _stands_right(cells: Sequence[str], wide: int) -> bool:
    """Whether the cells of a column end at its right edge."""
    given = [cell for cell in cells if cell]
    return any(cell.startswith(" ") for cell in given) and all(width(cell) == wide for cell in given)


def _longest(cell: str) -> int:
    return max((width(word.strip()) for word in _WORD.findall(cell)), default=1)


def _row(cells: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> list[str]:
    parts = [wrapped(cell, wide) for cell, wide in zip(cells, widths, strict=True)]
    height = max(map(len, parts))
    return [_line([part[k] if k < len(part) else "" for part in parts], widths, right) for k in range(height)]

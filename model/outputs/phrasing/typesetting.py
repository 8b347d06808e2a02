"""The room that a text takes, so that slides choose a size of type at which it fits.

Widths are estimates for the sans-serif faces that offices have, rather too wide than too narrow; one em is the size of
the type.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

LEADING = 1.35
"""Height of a line over the size of its type."""
SHORT = 9
"""Ems up to which a cell should stand on one line."""
SLACK = 6
"""Pixels of a column beyond what its text needs, so that rounding breaks no line."""
PADDING = 14
"""Pixels between a cell's text and its edge, on each side."""
ELLIPSIS = "…"
SEAM = 0.15
"""Ems that some programs put between Chinese and other letters."""
BOLD = 1.1
"""How much wider bold letters are; Chinese characters are not."""
_NARROW = frozenset("iljtfI.,:;'|!()[]·-` \u00a0")
_WIDE = frozenset("mwMW%@")
_CONTROLS = frozenset(("Cc", "Cs", "Co", "Cn", "Zl", "Zp"))


def plain(text: str) -> str:
    """The text on one line, with only characters that every file and page can hold.

    Control characters, lone surrogates and line breaks become spaces; marks that turn the direction of writing go.

    >>> plain("a\\x00b\\n c\\ud800")
    'a b c'
    """
    one_line = "".join(" " if unicodedata.category(c) in _CONTROLS else c for c in text if c not in _TURNING)
    return re.sub(r"[^\S\u00a0]+", " ", one_line).strip()


_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@lru_cache(maxsize=4096)
def ems(text: str, bold: bool = False) -> float:
    """The width of a text on one line, in ems.

    >>> ems("县级"), round(ems("ten"), 2), round(ems("ten", bold=True), 2)
    (2.0, 1.63, 1.79)
    """
    seams = sum(_is_wide(one) != _is_wide(other) for one, other in pairwise(re.sub(r"[ \u00a0]", "", text)))
    return sum(_ems(character, bold) for character in text) + SEAM * seams


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _ems(character: str, bold: bool = False) -> float:
    if ord(character) > 0xFFFF:
        return 1.35
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    return _latin(character) * (BOLD if bold else 1.0)


def _latin(character: str) -> float:
    if character in _NARROW:
        return 0.4
    if character in _WIDE:
        return 0.95
    return 0.74 if character.isupper() or character in "&+−=<>~" else 0.615


def clipped(text: str, most: float) -> str:
    """The text made `plain` and cut to at most `most` ems, at the end of a word where it has words.

    >>> clipped("执法力量下沉到县", 5), clipped("short", 5), clipped("to tilt the enforcement", 10)
    ('执法力量…', 'short', 'to tilt the…')
    """
    text = plain(text)
    if ems(text) <= most:
        return text
    room, start = most - 1.0, ""
    for character in text:
        room -= _ems(character)
        if room < 0:
            break
        start += character
    words, space, part = start.rpartition(" ")
    is_cut = part.isascii() and part.isalpha() and text[len(start)].isalpha() and text[len(start)].isascii()
    return (words if space and is_cut and ems(words) > most / 2 else start).rstrip() + ELLIPSIS


def clipped_name(name: str, most: float) -> str:
    """The name of a plan `clipped` before what stands in brackets at its end, which says what it is.

    >>> clipped_name("执法力量下沉到县（现场试算）", 12), clipped_name("Sink people to counties (draft)", 12)
    ('执法力量下…（现场试算）', 'Sink people… (draft)')
    >>> clipped_name("执法力量下沉到县（现场试算）", 6)
    '执法力量下…'
    """
    ends = re.search(r"(?: \([^()]*\)|（[^（）]*）)$", name := plain(name))
    if not ends or ems(name) <= most or (room := most - ems(ends[0])) < most / 4:
        return clipped(name, most)
    return clipped(name[: ends.start()], room) + ends[0]


def first_clauses(text: str, most: float) -> str:
    """The text made `plain`, cut after a clause where it takes more than so many ems.

    A comma may stand in a list, of which the first word alone says something else: it comes last.

    >>> first_clauses("High end: three to 18 hours a site, at 2.5 officers and 7 hours", 22)
    'High end: three to 18 hours a site…'
    >>> first_clauses("Either sign is possible: the city has guidance, campaigns and files", 34)
    'Either sign is possible…'
    """
    short = clipped(text, most)
    if short == plain(text):
        return short
    for stop in (r"[，；。：]|[;.:](?= )", r",(?= )"):
        ends = [end.start() for end in re.finditer(stop, short)]
        if ends and ends[-1] > len(short) / 3:
            return short[: ends[-1]] + ELLIPSIS
    return short


def lines(text: str, size: float, width: float, bold: bool = False) -> int:
    """Lines that a text takes at a size of type, in a width of so many pixels.

    Chinese breaks anywhere, other scripts at spaces, and a word wider than a line inside the word.
    """
    return sum(_lines(part, width / size, bold) for part in text.split("\n"))


def _lines(text: str, room: float, bold: bool) -> int:
    count, used, mixed = 1, 0.0, any(map(_is_wide, text))
    for word in _words(text):
        seam = 2 * SEAM if mixed and not _is_wide(word[0]) else 0.0
        wide = ems(word, bold) + seam
        if used and used + ems(word.rstrip(), bold) + seam > room:
            count, used = count + 1, 0.0
        if wide > room:
            count += int(wide // room)
            wide %= room
        used += wide
    return count


def _words(text: str) -> list[str]:
    """The parts that no line breaks: a wide character, or a run of others with the space behind it.

    A space that breaks no line joins what is before it and what is behind it.
    """
    words = [""]
    for character in text:
        wide = _is_wide(character)
        if character == "\u00a0" and len(words) > 1 and not words[-1]:
            words.pop()
        if wide or words[-1].endswith(" "):
            words.append(character)
        else:
            words[-1] += character
        if wide:
            words.append("")
    return [word for word in words if word]


def height(text: str, size: float, width: float, bold: bool = False) -> float:
    """Height that a text takes at a size of type in a width, all in pixels."""
    return lines(text, size, width, bold) * size * LEADING


def fitting(
    texts: Sequence[str], width: float, room: float, sizes: Sequence[int], gap: float = 0.0, bold: bool = False
) -> int:
    """The first of the sizes, largest first, at which the texts fit one under the other; else the last."""
    for size in sizes:
        if sum(height(text, size, width, bold) + gap for text in texts) - gap <= room:
            return size
    return sizes[-1]


@dataclass(frozen=True)
class Ruled:
    """A table's size of type, widths of columns and heights of rows, head first, in pixels."""

    size: int
    widths: tuple[float, ...]
    heights: tuple[float, ...]


Strong = Callable[[int, int], bool]
"""Whether the cell in a row and a column is bold."""


def ruled(rows: Sequence[Sequence[str]], width: float, room: float, sizes: Sequence[int], strong: Strong) -> Ruled:
    """The table at the first of the sizes, largest first, at which it fits the width and the height.

    A size at which no short cell breaks goes before a larger one that breaks some; where none fits, the last. The first
    row has a say in the widths where the table then fits, else only its longest words.
    """
    cells = [[_Cell(cell, strong(r, c)) for c, cell in enumerate(row)] for r, row in enumerate(rows)]
    columns = list(zip(*cells, strict=True))
    settings = [_ruled(columns, width, size, first) for first in (0, 1) for size in sizes]
    fits = [one for one in settings if sum(one.heights) <= room]
    whole = (one for one in fits if not _breaks_short_cells(columns, one))
    return next(whole, fits[0] if fits else settings[-1])


@dataclass(frozen=True)
class _Cell:
    text: str
    bold: bool

    @property
    def widest(self) -> float:
        """Ems of the widest line."""
        return max(ems(line, self.bold) for line in self.text.split("\n"))

    @property
    def longest_word(self) -> float:
        """Ems of the longest part that no line breaks."""
        return max((ems(word.rstrip(), self.bold) for word in _words(self.text)), default=0.0)


def _breaks_short_cells(columns: Sequence[Sequence[_Cell]], one: Ruled) -> bool:
    return any(
        cell.widest <= SHORT and cell.widest * one.size > width - 2 * PADDING
        for column, width in zip(columns, one.widths, strict=True)
        for cell in column
    )


def _ruled(columns: Sequence[Sequence[_Cell]], width: float, size: int, first: int) -> Ruled:
    """The table at a size, its columns as wide as their cells from the row `first` on ask for."""
    around = 2 * PADDING + SLACK
    least = [max(cell.longest_word for cell in column) * size + around for column in columns]
    natural = [
        max([low, *(cell.widest * size + around for cell in column[first:])])
        for low, column in zip(least, columns, strict=True)
    ]
    widths = _shared(natural, least, width)
    heights = [
        max(height(cell.text, size, w - 2 * PADDING, cell.bold) for cell, w in zip(row, widths, strict=True)) + PADDING
        for row in zip(*columns, strict=True)
    ]
    return Ruled(size, tuple(widths), tuple(heights))


def _shared(natural: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """Widths of the columns, which add up to `width`.

    Where there is enough, each gets its natural width and a part of the rest in proportion. Where there is not, columns
    that ask for less than an equal part get what they ask for; the others get at least their longest word, and share
    what is left.
    """
    total = sum(natural)
    if total <= width:
        return [one * width / total for one in natural]
    widths: dict[int, float] = {}
    left, waiting = width, set(range(len(natural)))
    while modest := {k for k in waiting if natural[k] <= left / len(waiting)}:
        widths |= {k: natural[k] for k in modest}
        waiting, left = waiting - modest, width - sum(widths.values())
    floor = {k: min(least[k], left / len(waiting)) for k in waiting}
    spare, greedy = left - sum(floor.values()), sum(natural[k] - floor[k] for k in waiting)
    widths |= {k: floor[k] + spare * (natural[k] - floor[k]) / greedy for k in waiting}
    return [widths[k] for k in range(len(natural))]

"""The method as it ships: what the model computes, section by section, in both languages.

The text stands in `model/method.en.md` and `model/method.zh.md`. Docstrings, pages and the workbook cite its sections
by number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

FOLDER = Path(__file__).parents[1]
FOREWORD = 0
"""The number of what stands before section 1: the question, and how the formulas are read."""

Kind = Literal["heading", "paragraph", "list", "table", "steps", "formulas"]
Style = Literal["", "code", "strong", "emphasis"]

_HEADING = re.compile(r"^## (\d+)\. (.+)$", re.MULTILINE)
_ITEM = re.compile(r"(?:-|\d+\.) ")
_SPAN = re.compile(r"`([^`]+)`|\*\*(\S(?:[^*]*\S)?)\*\*|\*(\S(?:[^*]*\S)?)\*")
_STYLES: tuple[Style, ...] = ("code", "strong", "emphasis")


@dataclass(frozen=True)
class Block:
    """A piece of a section: rows of cells, one cell a row but in a `table`, whose first row is its head.

    A `list` has a row an item, with the number or the dash that it begins with. `steps` are lines of the workbook and
    `formulas` the others, a row a line.
    """

    kind: Kind
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A section of the method. `number` counts from 1, but for the `FOREWORD`."""

    number: int
    title: str
    blocks: tuple[Block, ...]

    def names(self, id: str) -> bool:
        """Whether the section names an assumption, a lever or a figure by its id."""
        named = re.compile(rf"(?<!\w){re.escape(id)}(?!\w)")
        return any(named.search(cell) for block in self.blocks for row in block.rows for cell in row)


class Span(NamedTuple):
    """A part of a line in one style; plain text by the empty word."""

    style: Style
    text: str


@lru_cache
def method(language: str) -> str:
    """The whole document in a language, as Markdown.

    KeyError for a language that has none.

    >>> method("en").splitlines()[0]
    '# The method: from people to inspections and decided cases'
    """
    file = FOLDER / f"method.{language}.md"
    if not file.is_file():
        raise KeyError(language)
    return file.read_text(encoding="utf-8")


@lru_cache
def sections(language: str) -> tuple[Section, ...]:
    """The foreword and the sections, in order.

    KeyError for a language that has none.

    >>> [(section.number, section.title) for section in sections("en")][8]
    (8, 'Cases: investigation, legal review, the limit')
    """
    foreword, *parts = _HEADING.split(method(language))
    title, _, rest = foreword.partition("\n")
    found = [(FOREWORD, title.removeprefix("# "), rest)]
    found += [(int(number), title, body) for number, title, body in zip(*(parts[k::3] for k in range(3)), strict=True)]
    return tuple(Section(number, title, tuple(_blocks(body))) for number, title, body in found)


def spans(line: str) -> Iterator[Span]:
    """The parts of a line by their style; marks are taken off.

    >>> [(span.style, span.text) for span in spans("the *pool* of `visits`")]
    [('', 'the '), ('emphasis', 'pool'), ('', ' of '), ('code', 'visits')]
    """
    at = 0
    for found in _SPAN.finditer(line):
        if found.start() > at:
            yield Span("", line[at : found.start()])
        style, text = next((style, text) for style, text in zip(_STYLES, found.groups(), strict=True) if text)
        yield Span(style, text)
        at = found.end()
    if at < len(line):
        yield Span("", line[at:])


def plain(line: str) -> str:
    """A line without its marks.

    >>> plain("**Draws.** All of `key_units`")
    'Draws. All of key_units'
    """
    return "".join(span.text for span in spans(line))


def _blocks(body: str) -> Iterator[Block]:
    """Pieces stand apart by an empty line."""
    for piece in re.split(r"\n\n+", body.strip()):
        first, *lines = piece.split("\n")
        if first.startswith("```"):
            yield Block("steps" if first == "```steps" else "formulas", tuple((line,) for line in lines[:-1]))
        else:
            yield _piece([first, *lines])


def _piece(lines: list[str]) -> Block:
    first = lines[0]
    if first.startswith("### "):
        return Block("heading", ((first.removeprefix("### "),),))
    if first.startswith("|"):
        rows = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines]
        return Block("table", (rows[0], *rows[2:]))
    if _ITEM.match(first):
        return Block("list", tuple((line,) for line in lines))
    return Block("paragraph", ((" ".join(lines),),))

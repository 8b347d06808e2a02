"""The place of each key and value in a TOML text; `tomllib` gives the values only."""

import re
import tomllib
from bisect import bisect
from dataclasses import dataclass
from typing import NamedTuple

Path = tuple[str, ...]

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\n]*)?\r?\n?")
_STRING = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL)
_BARE_KEY = re.compile(r"[\w-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\r\n]*[^,\]}#\s]")


class Place(NamedTuple):
    """A line (from 1) and the span of a key's value, or of a table's header, in the text."""

    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Statement:
    """A `key = value` under its `[table]`, from `start` to `end`, comment and line break included."""

    path: Path
    table: Path
    value: Place
    start: int
    end: int


class Header(NamedTuple):
    """`[table]` on its line, `start` to `end`, line break and comment included."""

    path: Path
    start: int
    end: int


@dataclass(frozen=True)
class Layout:
    """The statements and headers in the order of the text, and the place of every key.

    Keys of inline tables and tables that a dotted key implies are included.
    """

    statements: tuple[Statement, ...]
    headers: tuple[Header, ...]
    places: dict[Path, Place]

    def place(self, path: Path) -> Place | None:
        """The place of `path`, else that of the nearest table around it; None where neither stands."""
        return next((self.places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.places), None)


def layout(text: str) -> Layout:
    """The layout of a text that `tomllib` can read; RecursionError for one nested too deeply.

    >>> of_text = layout('a = 1\\n[b]\\nc.d = "x" # why\\n')
    >>> [(".".join(path), place.line) for path, place in of_text.places.items()]
    [('a', 1), ('b', 2), ('b.c', 3), ('b.c.d', 3)]
    """
    return _Scanner(text).run()


class _Scanner:
    """One pass over a text that `tomllib` can read, from statement to statement."""

    def __init__(self, text: str):
        self.text = text
        self.line_ends = [match.start() for match in re.finditer("\n", text)]
        self.places: dict[Path, Place] = {}

    def run(self) -> Layout:
        """The layout of the text."""
        statements: list[Statement] = []
        headers: list[Header] = []
        table: Path = ()
        at = self._match(_BLANK, 0).end()
        while at < len(self.text):
            start = self.text.rfind("\n", 0, at) + 1
            if self.text[at] == "[":
                table, at = self._header(at)
                end = self._match(_REST_OF_LINE, at).end()
                headers.append(Header(table, start, end))
            else:
                path, value = self._pair(at, table)
                end = self._match(_REST_OF_LINE, value.end).end()
                statements.append(Statement(path, table, value, start, end))
            at = self._match(_BLANK, end).end()
        return Layout(tuple(statements), tuple(headers), self.places)

    def _header(self, at: int) -> tuple[Path, int]:
        """The path in a header, and the end of its brackets."""
        brackets = 2 if self.text.startswith("[[", at) else 1
        path, end = self._key(at + brackets)
        self._note(path, Place(bisect(self.line_ends, at - 1) + 1, at, end + brackets))
        return path, end + brackets

    def _pair(self, at: int, table: Path) -> tuple[Path, Place]:
        """The path of a `key = value` in a table, and the place of the value."""
        key, equals = self._key(at)
        path = table + key
        start = self._match(_SPACE, equals + 1).end()
        line = bisect(self.line_ends, at - 1) + 1
        self._note(path, Place(line, at, equals))
        value = Place(line, start, self._value_end(start, path))
        self.places[path] = value
        return path, value

    def _key(self, at: int) -> tuple[Path, int]:
        """The parts of a dotted key, and the start of the text after it."""
        parts: list[str] = []
        while True:
            at = self._match(_SPACE, at).end()
            quoted = self.text[at] in "\"'"
            part = self._match(_STRING if quoted else _BARE_KEY, at)
            parts.append(tomllib.loads(f"key = {part[0]}")["key"] if quoted else part[0])
            at = self._match(_SPACE, part.end()).end()
            if self.text[at] != ".":
                return tuple(parts), at
            at += 1

    def _value_end(self, at: int, path: Path) -> int:
        """The end of a value; the keys of an inline table are noted on the way."""
        opening = self.text[at]
        if opening in "\"'":
            return self._match(_STRING, at).end()
        if opening not in "[{":
            return self._match(_BARE_VALUE, at).end()
        closing = "]" if opening == "[" else "}"
        at = self._match(_BLANK, at + 1).end()
        while self.text[at] != closing:
            at = self._value_end(at, path) if opening == "[" else self._pair(at, path)[1].end
            at = self._match(_BLANK, at).end()
            if self.text[at] == ",":
                at = self._match(_BLANK, at + 1).end()
        return at + 1

    def _match(self, pattern: re.Pattern[str], at: int) -> re.Match[str]:
        """The match of a pattern at a place; ValueError where a text is none that `tomllib` can read."""
        match = pattern.match(self.text, at)
        if match is None:
            raise ValueError(f"no TOML at {at}")
        return match

    def _note(self, path: Path, place: Place) -> None:
        """Note the place of a key and of the tables that it implies, each where it is first named."""
        for n in range(1, len(path) + 1):
            self.places.setdefault(path[:n], place)

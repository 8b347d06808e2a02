"""The values of a TOML document read kind by kind, with everything that is wrong with them."""

import math
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from model.files.problem import Problem, shown
from model.files.toml_layout import Path as Key
from model.files.toml_text import Document

MOST_PROBLEMS = 100

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_OR_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class TooManyProblems(Exception):
    """More problems than help anybody: reading ends here."""


class Reader:
    """One document and its problems.

    A method that reads a value notes a problem where it is wrong, and then gives None or an empty value. `wrong` holds
    the keys with a problem of their own, `known` every key of the kind of file, for suggestions.
    """

    def __init__(self, document: Document, file: str, problems: list[Problem]):
        self.document = document
        self.file = file
        self.problems = problems
        self.wrong: set[Key] = set()
        self.known: tuple[str, ...] = ()

    def problem(self, code: str, key: Key, **right: float | str | tuple[str, ...]) -> None:
        """Note a problem at a key, with its line and what stands there; TooManyProblems after a hundred."""
        if len(self.problems) >= MOST_PROBLEMS:
            raise TooManyProblems
        place = self.document.layout.place(key)
        is_there = key in self.document.layout.places
        given = shown(self.document.text[place.start : place.end]) if place and is_there else self._without_text(key)
        line = place.line if place else None
        self.problems.append(Problem(code, self.file, shown(".".join(key), 200), line, given, right))
        self.wrong.add(key)

    def _without_text(self, key: Key) -> str:
        """What stands at a key of a tree that was not read from a text; empty where nothing does."""
        here: object = "" if self.document.text else self.document.tree
        for part in key:
            here = here.get(part, "") if isinstance(here, dict) else ""
        return "" if here == "" or isinstance(here, dict) else shown(repr(here))

    def table(self, key: Key, value: object, names: Iterable[str]) -> Mapping[str, object]:
        """The table at a key; empty, with a problem that lists the `names` of its keys, for anything else."""
        if isinstance(value, dict):
            return value
        self.problem("not_a_table", key, choices=tuple(names))
        return {}

    def only(self, at: Key, table: Mapping[str, object], names: Iterable[str]) -> None:
        """Note a problem for every key of a table that is not among the names."""
        for name in table:
            if name not in names:
                self.unknown((*at, name), names)

    def number(self, key: Key, value: object, low: float, high: float, unit: str, whole: bool = False) -> float | None:
        """A number from `low` to `high`, ends included, whole where `whole`."""
        right: dict[str, float | str | tuple[str, ...]] = {"low": low, "high": high, "unit": unit}
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.problem("not_a_number", key, **right)
        elif not -math.inf < value < math.inf:
            self.problem("not_finite", key, **right)
        elif not low <= value <= high:
            self.problem("out_of_bounds", key, **right)
        elif whole and value != int(value):
            self.problem("not_whole", key, below=math.floor(value), above=math.ceil(value), **right)
        else:
            return float(value)
        return None

    def choice(self, key: Key, value: object, choices: Iterable[str]) -> str | None:
        """One of the choices, as a word; a whole number that reads like one is taken for it."""
        word = str(value) if type(value) is int and 0 <= value < 1e6 else value
        if isinstance(word, str) and word in choices:
            return word
        self.problem("not_a_choice", key, choices=tuple(choices))
        return None

    def words(self, key: Key, value: object, most: int, breaks: bool = False) -> str:
        """A text of at most `most` characters, with line breaks only where `breaks`."""
        if not isinstance(value, str):
            self.problem("not_a_text", key, most=most)
        elif len(value) > most:
            self.problem("text_too_long", key, length=len(value), most=most)
        elif control := (_CONTROL if breaks else _CONTROL_OR_BREAK).search(value):
            self.problem("control_character", key, found=f"U+{ord(control[0]):04X}")
        else:
            return value
        return ""

    def unknown(self, key: Key, siblings: Iterable[str]) -> None:
        """Note a key that its table does not have: out of its place, misspelt, or unknown."""
        elsewhere = next((id for id in self.known if id.endswith(f".{key[-1]}")), None)
        if len(key) > 1 and key[-1] in self.known:
            self.problem("key_in_wrong_table", key, meant=key[-1], table=".".join(key[:-1]))
        elif elsewhere:
            self.problem("unknown_key_meant", key, meant=elsewhere)
        elif near := nearest(key[-1], siblings):
            self.problem("unknown_key_meant", key, meant=".".join((*key[:-1], near)))
        elif near := nearest(".".join(key), (id for id in self.known if id.count(".") == len(key) - 1)):
            self.problem("unknown_key_meant", key, meant=near)
        else:
            self.problem("unknown_key", key, choices=tuple(siblings))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like a word; None where none is near."""
    return next(iter(get_close_matches(word[:100], list(known), 1, 0.7)), None)

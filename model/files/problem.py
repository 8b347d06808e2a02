"""A fault of a file, as a value without language; `model.outputs.phrasing.problems` words it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Right = Mapping[str, float | str | tuple[str, ...]]
"""Values of a phrase that says what would be right: numbers, words, or words to choose from."""


@dataclass(frozen=True)
class Problem:
    """One fault of one file.

    `code` names the phrase (`problems.<code>`). `key` is the dotted key and `line` the line, from 1, at which the fault
    stands; "" and None for a fault of the whole file. `given` is the file's own text, short and printable; `right`
    holds the values with which the phrase says what would be right.
    """

    code: str
    file: str
    key: str = ""
    line: int | None = None
    given: str = ""
    right: Right = field(default_factory=dict)


def shown(text: str, most: int = 60) -> str:
    r"""One printable line of any text, cut to `most` characters.

    >>> shown("a\n  b\x1b[31m")
    'a b\\x1b[31m'
    """
    line = " ".join(text[: 2 * most].split())
    printable = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
    return printable if len(printable) <= most and len(text) <= 2 * most else printable[: most - 1] + "…"

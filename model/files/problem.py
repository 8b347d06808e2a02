"""What is wrong with a file, as a value without language; `model.outputs.phrasing.problems` words it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One fault of one file.

    `code` names the phrase (`problems.<code>`), `key` the dotted key and `line` (from 1) where it stands, empty or None
    where there is no such place; `given` is what the file says, short and printable; `right` holds what the phrase
    needs to say what would be right: numbers, words, or tuples of words to choose from.
    """

    code: str
    file: str
    key: str = ""
    line: int | None = None
    given: str = ""
    right: Mapping[str, float | str | tuple[str, ...]] = field(default_factory=dict)


def shown(text: str, most: int = 60) -> str:
    r"""One printable line of any text, cut to `most` characters.

    >>> shown("a\n  b\x1b[31m")
    'a b\\x1b[31m'
    """
    line = " ".join(text[: 2 * most].split())
    printable = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
    return printable if len(printable) <= most and len(text) <= 2 * most else printable[: most - 1] + "…"

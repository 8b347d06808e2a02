"""A fault of a file, as a value without language; `model.outputs.phrasing.problems` words it."""

from collections.abc import Mapping, Sequence
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


class WrongScenario(ValueError):
    """A scenario has decisions that a file would be refused for, or its file cannot be read.

    `problems` are all of them, the same as of a file.
    """

    def __init__(self, problems: Sequence[Problem]):
        super().__init__("; ".join(map(_in_short, problems)))
        self.problems = tuple(problems)


def _in_short(problem: Problem) -> str:
    """A problem in one line for a programmer.

    >>> _in_short(Problem("out_of_bounds", "", "other_duties_cut", None, "5", {"low": 0.0, "high": 0.3, "unit": ""}))
    'other_duties_cut = 5: out of bounds (low 0, high 0.3)'
    """
    place = ", ".join(filter(None, (problem.file, f"line {problem.line}" if problem.line else "", problem.key)))
    right = ", ".join(f"{name} {_plain(value)}" for name, value in problem.right.items() if value != "")
    given = f" = {problem.given}" if problem.given else ""
    return f"{place}{given}: {problem.code.replace('_', ' ')}{f' ({right})' if right else ''}"


def _plain(value: float | str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "|".join(value) if isinstance(value, tuple) else f"{value:.15g}"


def shown(text: str, most: int = 60) -> str:
    r"""One printable line of any text, cut to `most` characters.

    >>> shown("a\n  b\x1b[31m")
    'a b\\x1b[31m'
    """
    line = " ".join(text[: 2 * most].split())
    printable = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
    return printable if len(printable) <= most and len(text) <= 2 * most else printable[: most - 1] + "…"

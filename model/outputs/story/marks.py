"""Marks of the figures on slides: a shape behind each says where it comes from."""

import re
from collections.abc import Collection, Mapping
from typing import Literal

from model.evidence import figures
from model.evidence.baseline import Baseline
from model.outputs.evidence import evidence_table
from model.outputs.phrasing.evidence_terms import word
from model.outputs.words import text
from model.scenario.levers import Lever

Mark = figures.Mark | Literal["computed", "set"]
"""Where a figure of a slide comes from: as on the Evidence page, or the projection, or the plan itself."""
SHAPES: Mapping[str, str] = {str(mark): shape for mark, shape in evidence_table.SHAPES.items()} | {
    "computed": "△",
    "set": "◇",
}
"""The shape of every mark; a hollow one is of a figure that nobody published."""
JOINT = "\u00a0"
"""Between a figure and its shapes, where no line ends."""
OF_LAW = ("rules", "decision_limit")
"""The levers whose base is a rule of law."""
_NUMBERING = re.compile(r"^\d+\. ")


def marked(words: str, *marks: Mark) -> str:
    """The words with the shapes of their figures' marks behind them; without a figure as they are.

    >>> marked("77 people", "assumed"), marked("about the same", "computed")
    ('77 people\\xa0○', 'about the same')
    """
    return headed(words, *marks) if has_figure(words) and marks else words


def headed(words: str, *marks: Mark) -> str:
    """A title, a head or a unit with the shapes of its figures."""
    return f"{words}{JOINT}{''.join(SHAPES[mark] for mark in marks)}".strip()


def unmarked(words: str) -> tuple[str, str]:
    """The words without the shapes behind them, and the shapes with the space before them.

    >>> unmarked("77 people ○"), unmarked("77 people")
    (('77 people', ' ○'), ('77 people', ''))
    """
    bare = words.rstrip(f" {JOINT}" + "".join(SHAPES.values()))
    return bare, words[len(bare) :]


def base_mark(lever: Lever, baseline: Baseline) -> Mark:
    """Where a lever's base comes from; that nothing changes is a figure of the plan."""
    if lever.id in OF_LAW:
        return "published"
    if figure := baseline.assumptions.get(lever.base_from) or baseline.report.get(lever.base_from):
        return figure.mark
    return "derived" if lever.base_from else "set"


def assumption_mark(id: str, baseline: Baseline, changed: Collection[str]) -> Mark:
    """Where an assumption's range comes from: as on the Evidence page, or the plan where it changes it."""
    return "set" if id in changed else baseline.assumptions[id].mark


def key(words: str, language: str) -> str:
    """The shapes that stand in the words of a slide, each with its word; empty where there is none."""
    return "   ".join(f"{shape} {named(mark, language)}" for mark, shape in SHAPES.items() if shape in words)


def named(mark: str, language: str) -> str:
    """The word for a mark."""
    if mark == "computed" or mark == "set":
        return text(f"story.mark_{mark}", language)
    return word("mark", mark, language)


def has_figure(words: str) -> bool:
    """Whether a text has digits other than those of its number in a list."""
    return any(character.isdigit() for character in _NUMBERING.sub("", words))


def is_marked(words: str) -> bool:
    """Whether a text ends with a mark."""
    return words.endswith(tuple(SHAPES.values()))

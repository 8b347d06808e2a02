"""What the plausibility filter refuses and moves, in words."""

from dataclasses import dataclass

from model.outputs.phrasing.numbers import change, count
from model.outputs.phrasing.sentences import condition_in_words
from model.outputs.words import text
from model.projection.base_year import BaseYear
from model.projection.published.plausibility import plausibility


@dataclass(frozen=True)
class ShiftRow:
    """The move of one assumption, its mean in standard deviations and its spread over theirs."""

    label: str
    mean: str
    spread: str


def shift_rows(base: BaseYear, language: str) -> list[ShiftRow]:
    """Every assumption that varies, the most moved or narrowed first."""
    return [
        ShiftRow(base.assumptions[one.id].label[language], change(one.mean, "ratio"), f"{one.spread:.2f}")
        for one in plausibility(base).shifts
    ]


def refusal_rows(base: BaseYear, language: str) -> list[tuple[str, str]]:
    """Every condition that refuses a draw, with the draws that it refuses, most first."""
    return [(_condition(id, base, language), count(draws)) for id, draws in plausibility(base).refused.items()]


def _condition(id: str, base: BaseYear, language: str) -> str:
    """A condition as the start of a line; of an assumption, that it leaves its range."""
    words = condition_in_words(id, base.baseline, language)
    if id in base.assumptions:
        return text("evidence_page.filter_part", language, label=words)
    return words[0].upper() + words[1:]

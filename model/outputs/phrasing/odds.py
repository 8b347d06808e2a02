"""Odds in words: of a hundred draws how many are better, worse and the same, and how sure that is."""

from typing import Literal

import numpy as np

from model.force.whole_numbers import whole
from model.outputs.words import text
from model.projection.results import Odds

Form = Literal["full", "full_mostly", "short", "short_mostly", "bare", "cell"]
"""To read out; on a card; both where most draws are the same; under a head that says of 100; three figures alone."""
ODDS = ("better", "worse", "same")
SURE = ((0.95, "certain"), (0.8, "likely"), (0.6, "rather"), (0.0, "open"))
"""Least share of draws that agree with the direction, for each word."""


def counts(odds: Odds, total: int = 100) -> tuple[int, int, int]:
    """Better, worse and same as whole numbers that add up to `total`.

    Each is 0 only where it is so in no draw.

    >>> counts(Odds(0.0512, 0.2501)), counts(Odds(0.999, 0.001)), counts(Odds(0.0, 0.0)), counts(Odds(0.335, 0.335))
    ((5, 25, 70), (99, 1, 0), (0, 0, 100), (34, 33, 33))
    """
    shares = np.array([odds.better, odds.worse, odds.same])
    numbers = whole(shares * total, total)
    lost = (shares > 0) & (numbers == 0)
    numbers[lost] = 1
    numbers[numbers.argmax()] -= lost.sum()
    better, worse, same = numbers.tolist()
    return better, worse, same


def is_mostly_same(odds: Odds) -> bool:
    """Whether more than half of the draws do not differ."""
    return odds.same > 0.5


def odds_in_words(odds: Odds, language: str, form: Literal["full", "short"] = "full", better: int = 1) -> str:
    """The three parts, and that most draws are the same, where they are; all the same needs no figures.

    `better` as of a measure: 0 says more and less.
    """
    if odds.same == 1:
        return text("odds.all_same", language)
    mostly: Form = "full_mostly" if form == "full" else "short_mostly"
    return parts_in_words(odds, language, mostly if is_mostly_same(odds) else form, better)


def parts_in_words(odds: Odds, language: str, form: Form, better: int = 1) -> str:
    """The three parts alone, as whole numbers that add up to a hundred."""
    direction = "" if form == "cell" else "_better" if better else "_more"
    values = dict(zip(ODDS, counts(odds), strict=True))
    return text(f"odds.{form}{direction}", language, **values)


def sureness(odds: Odds, language: str, holds: bool | None = None) -> str:
    """How sure the direction of a change is, by the share of draws that agree with it.

    `holds` says whether it is the same under every other closure and reading too; without that it is never certain.
    """
    agreeing, words = max(odds.better, odds.worse), SURE if holds else SURE[1:]
    word = "same" if is_mostly_same(odds) else next(word for least, word in words if agreeing >= least)
    return text(f"odds.sure_{word}", language, n=max(counts(odds)[:2]))

"""The objective of a search and its limits: the boxes that several questions share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.evidence.baseline import Baseline
from model.outputs.answers import moves
from model.outputs.phrasing.numbers import unit_word
from model.outputs.words import text
from model.search.aims.limits import Limits, default_most_moved
from model.search.aims.objective import OBJECTIVES, Objective
from views.decide.parts import choices
from views.shell.session import session

MIX = "mix"
MOST_MOVED, MOST_SHARE, MOST_WEIGHT = 600, 0.25, 5
POOL_CHANGES = (5, 100, 25)
"""Percent that a pool may grow or shrink by: least, most, usual."""
MOVED = "ask.moved"


@dataclass(frozen=True)
class Wish:
    """An objective within limits, and both as `plain` values."""

    goal: Objective
    limits: Limits
    plain: tuple

    @property
    def pinned(self) -> Mapping[str, str]:
        """The setting whose usual value follows from the current plan."""
        return {MOVED: f"{self.limits.most_moved:.0f}"}


def wish(baseline: Baseline, language: str) -> Wish:
    """The boxes of objective and limits, in a row; under them the weights of a mix."""
    first, *others = st.columns([21, 10, 10, 9], gap="medium", vertical_alignment="bottom")
    with first:
        words = {name: text(f"best_plan.goal_{name}", language) for name in OBJECTIVES}
        chosen = choices.one_of("ask.goal", words, text("decide.goal", language))
    limits, plain = _limits(others, baseline, language)
    goal = _mix(words, language) if chosen == MIX else OBJECTIVES[chosen]
    return Wish(goal, limits, (tuple(goal.weights.items()), *plain))


def most_moved(baseline: Baseline, language: str, least: int = 0) -> int:
    """How many people may move: usually as many as the current plan moves.

    A twentieth of the force where that moves none.
    """
    own = moves.stated(session.scenario(), baseline)
    usual = int(default_most_moved(own, baseline.staff_total))
    label = text("decide.most_moved", language)
    most = max(MOST_MOVED, usual, 100 * round(MOST_SHARE * baseline.staff_total / 100))
    return choices.number(MOVED, label, least, most, max(usual, least), unit=unit_word("people", language))


def pool_change(language: str) -> int:
    """Percent that a pool may grow or shrink by."""
    return choices.number("ask.pool", text("decide.pool_change", language), *POOL_CHANGES, step=5, unit="%")


def _mix(words: Mapping[str, str], language: str) -> Objective:
    """An objective of several criteria by weight; the usual mix while all weights are 0."""
    weights = {}
    for name, column in zip(OBJECTIVES, st.columns(len(OBJECTIVES) - 1, gap="medium"), strict=False):
        with column:
            label = text("decide.weight", language, goal=words[name])
            usual = int(OBJECTIVES[MIX].weights.get(name, 0))
            weights[name] = float(choices.number(f"ask.weight_{name}", label, 0, MOST_WEIGHT, usual))
    wanted = {name: weight for name, weight in weights.items() if weight}
    return Objective(wanted) if wanted else OBJECTIVES[MIX]


def _limits(columns: Sequence[DeltaGenerator], baseline: Baseline, language: str) -> tuple[Limits, tuple]:
    with columns[0]:
        moved = most_moved(baseline, language)
    with columns[1]:
        part = pool_change(language)
    with columns[2]:
        tiers = {tier: text(f"terms.tier_{tier}", language) for tier in baseline.tiers}
        held = choices.some_of("ask.held", tiers, text("decide.held", language))
    limits = Limits(most_moved=float(moved), pool_change=part / 100, tiers=dict.fromkeys(held, (0.0, 0.0)))
    return limits, (moved, part, held)

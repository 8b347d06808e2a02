"""A plan that a search finds: who moves, and the scenario that moves them; or why there is none."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Baseline
from model.force.staff import people_moved
from model.scenario.scenario import Scenario
from model.search.aims.limits import LimitAmount
from model.search.programme.response import PEOPLE_LEVERS, Case


@dataclass(frozen=True)
class Move:
    """Whole people added to a pool, or taken from it where `people` is below 0."""

    tier: str
    prefecture: str
    people: float


@dataclass(frozen=True)
class Refusal:
    """Why there is no plan.

    `misses` where limits contradict each other; or the `conditions` of plausibility that the representative case
    misses.
    """

    misses: tuple[LimitAmount, ...] = ()
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class StaffingPlan:
    """A plan in whole people: a scenario, the pools whose people change, and how many people move.

    `scenario` has all levers of the one that the search began with, but for those of people. `moved` counts who goes
    from one pool to another.
    """

    scenario: Scenario
    moves: tuple[Move, ...]
    moved: float


def staffing_plan(scenario: Scenario, case: Case, change: np.ndarray) -> StaffingPlan:
    """The plan that makes a change of whole people, (pools,), under a scenario's other levers."""
    others = {id: value for id, value in scenario.levers.items() if id not in PEOPLE_LEVERS}
    names = zip(case.base.baseline.pool_names, change.tolist(), strict=True)
    return StaffingPlan(
        scenario.with_decisions(levers=others | case.levers(change)),
        tuple(Move(*name, people) for name, people in names if people),
        float(people_moved(change)),
    )


def change_of(moves: Iterable[Move], baseline: Baseline) -> np.ndarray:
    """The change of people by pool that moves make, (pools,)."""
    people = {(move.tier, move.prefecture): move.people for move in moves}
    return np.array([people.get(name, 0.0) for name in baseline.pool_names])

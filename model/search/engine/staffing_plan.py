"""A plan that a search found: who moves, and the scenario that moves them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.baseline import Baseline
from model.scenario.scenario import Scenario
from model.search.aims.limits import LimitAmount, Limits
from model.search.programme.response import PEOPLE, Case
from model.search.programme.staffing_programme import moved_by, reach


@dataclass(frozen=True)
class Move:
    """Whole people added to a pool, or taken from it."""

    tier: str
    prefecture: str
    people: float


@dataclass(frozen=True)
class Refusal:
    """Why there is no plan: `misses` where limits contradict each other; or the `conditions` of plausibility that the
    central case does not meet."""

    misses: tuple[LimitAmount, ...] = ()
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class StaffingPlan:
    """`scenario` has the levers of the one that was searched for, but for those of people; `moves` name the pools whose
    people change, `moved` counts who goes from one pool to another."""

    scenario: Scenario
    moves: tuple[Move, ...]
    moved: float


def staffing_plan(scenario: Scenario, case: Case, people: np.ndarray) -> StaffingPlan:
    """The plan of whole people added to each pool or taken from it, (pools,)."""
    others = {id: value for id, value in scenario.levers.items() if id not in PEOPLE}
    names = zip(case.base.baseline.pool_names, people.tolist(), strict=True)
    return StaffingPlan(
        scenario.with_decisions(levers=others | case.levers(people)),
        tuple(Move(*name, count) for name, count in names if count),
        float(moved_by(people[None])[0]),
    )


def people_of(moves: Iterable[Move], baseline: Baseline) -> np.ndarray:
    """The people that moves add to each pool or take from it, (pools,)."""
    people = {(move.tier, move.prefecture): move.people for move in moves}
    return np.array([people.get(name, 0.0) for name in baseline.pool_names])


def wide_enough(limits: Limits, case: Case, own: np.ndarray) -> Limits:
    """The limits; where the scenario's own plan `own` (pools,) changes a pool beyond them, all pools may change as
    much."""
    low, high = reach(case, replace(limits, most_moved=None))
    if ((own >= low) & (own <= high)).all():
        return limits
    return replace(limits, pool_change=float((np.abs(own) / np.maximum(case.seats.people[0], 1e-9)).max()))

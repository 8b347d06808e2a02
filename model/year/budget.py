"""The time budget of a pool: mandatory work, case work, visits, in that order (method, section 9)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.evidence.draws import Assumed
from model.force.visits import targeted_within_floor, yield_per_visit
from model.force.workload import Workload


@dataclass(frozen=True, eq=False)
class BaseFlow:
    """What the closed base year fixes for every later year; each of shape (draws, 1): the common share of other duties,
    cases filed per visit (phi), visits and the share of them aimed by risk."""

    other_duties: np.ndarray
    visit_filed: np.ndarray
    visits: np.ndarray
    targeted: np.ndarray


@dataclass(frozen=True, eq=False)
class Budget:
    """Where a year's field time goes, (draws, pools) unless said otherwise; days are person-days a year.

    `filed` is (draws, 1), all cases filed; `targeted` (draws, 1) the share of visits aimed by risk. `case_demand` is
    what the files that the pool leads ask for, `case_days` what it gives.
    """

    field_days: np.ndarray
    rest_days: np.ndarray
    case_demand: np.ndarray
    case_days: np.ndarray
    visits: np.ndarray
    capped: np.ndarray
    filed: np.ndarray
    targeted: np.ndarray


def budget(work: Workload, assumed: Assumed, base: BaseFlow, filed: np.ndarray | None = None) -> Budget:
    """Solve the year: visits take the time that case work leaves (or the share kept for them), and visits make cases.

    The more is filed the less is visited, so files(visits(filed)) - filed falls with filed and has one root, found for
    all draws at once; `filed` (draws, 1) gives it instead, to ask what a year with so many files would be like.
    """
    field_days = work.field_days(base.other_duties)
    rest = np.maximum(field_days - work.mandatory_days, 0.0)
    days_per_file = work.led * work.days_per_case
    kept = work.time_for_visits * rest
    free_visits, kept_visits, lost_visits = (days / work.days_per_visit for days in (rest, kept, days_per_file))

    def visits_at(filed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Visits by pool and in all."""
        visits = np.minimum(np.maximum(free_visits - filed * lost_visits, kept_visits), work.visits_most)
        return visits, visits.sum(axis=1, keepdims=True)

    def excess(filed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Files made less files assumed, and the slope of that (but for the random floor) in the files assumed."""
        visits, total = visits_at(filed)
        made = files_of(total, work, assumed, base)
        moving = (visits > kept_visits) & (visits < work.visits_most)
        per_visit = assumed["yield_elasticity"] * (made - work.other_cases) / np.maximum(total, 1e-9)
        return made - filed, -1 - per_visit * (lost_visits * moving).sum(axis=1, keepdims=True)

    if filed is None:
        start = base.visit_filed * base.visits + work.other_cases
        most = files_of(visits_at(work.other_cases)[1], work, assumed, base)
        filed = _root(excess, start, work.other_cases, most)
    visits, total = visits_at(filed)
    demand = filed * days_per_file
    return Budget(
        field_days=field_days,
        rest_days=rest,
        case_demand=demand,
        case_days=np.minimum(demand, rest - kept),
        visits=visits,
        capped=visits >= work.visits_most,
        filed=filed,
        targeted=aimed_share(total, work),
    )


def aimed_share(visits: np.ndarray, work: Workload) -> np.ndarray:
    """Share of all visits (draws, 1) aimed by risk."""
    return targeted_within_floor(work.targeted, visits, work.random_minimum.sum(axis=1, keepdims=True))


def files_of(visits: np.ndarray, work: Workload, assumed: Assumed, base: BaseFlow) -> np.ndarray:
    """Cases filed a year when so many visits are made in all, (draws, 1)."""
    return cases_filed(work, assumed, base, visits, aimed_share(visits, work))


def cases_filed(
    work: Workload, assumed: Assumed, base: BaseFlow, visits: np.ndarray, targeted: np.ndarray
) -> np.ndarray:
    """Cases filed a year from all visits, off-site problems and complaints; shapes (draws, 1) (method, section 7)."""
    lift = assumed["targeting_lift"]
    aim = yield_per_visit(targeted, lift) / yield_per_visit(base.targeted, lift)
    growth = np.maximum(visits / base.visits, 0.0) ** assumed["yield_elasticity"]
    return base.visit_filed * base.visits * growth * aim + work.other_cases


def _root(
    excess: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]], start: np.ndarray, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    """Where a falling function is zero, between `low` (not below 0) and `high` (not above 0), to a relative 1e-12.

    Newton's steps for all draws at once; a step that leaves its bracket halves it instead.
    """
    root = np.clip(start, low, high)
    for _ in range(80):
        value, slope = excess(root)
        found = (np.abs(value) <= 1e-12 * np.maximum(root, 1.0)) | (high <= low)
        if found.all():
            break
        low, high = np.where(value > 0, root, low), np.where(value > 0, high, root)
        step = root - value / slope
        inside = np.where((step >= low) & (step <= high), step, (low + high) / 2)
        root = np.where(found, root, inside)
    return root

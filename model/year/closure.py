"""The base year closed exactly in every draw, and the plausible draws (method, section 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from model.evidence.baseline import TIERS, Baseline, Pools
from model.evidence.draws import Assumed, Quantity
from model.evidence.figures import Assumption
from model.force.seats import base_tiers
from model.force.workload import Ground, Workload, cases_a_year, ground, workload
from model.scenario.settings import settings
from model.year.budget import BaseFlow, aimed_share
from model.year.decision import review_flow
from model.year.records import Belief, shares_believed
from model.year.records import belief as belief_in

MOST_REVIEW_LOAD = 1.5
"""Load of legal review in a base year from which a draw is not plausible.

Nearly a year's files would wait for review at the end of the report's 2.8 years, and the report says nothing of it.
"""

ROUNDED = 1e-6
"""Heads up to which a difference is rounding."""


@dataclass(frozen=True, eq=False)
class InTime:
    """Share of files decided `on_time` and files `filed` a year, (draws, pools), where nothing is moved."""

    on_time: np.ndarray
    filed: np.ndarray

    def followed_by(self, on_time: np.ndarray, filed: np.ndarray, share: float) -> np.ndarray:
        """The share of all files where a plan decides so many in time once in place, a `share` of the months.

        Exactly this one where it decides as many: nothing is moved.
        """
        of_plan = share * filed / np.maximum((1 - share) * self.filed + share * filed, 1e-9)
        return self.on_time + of_plan * (on_time - self.on_time)


@dataclass(frozen=True, eq=False)
class Closure:
    """The closed base year, in all draws.

    `flow` is what later years build on, `busy` the committed share of field time, (draws, pools). `closed` holds the
    assumptions that are not drawn but follow, by id, (draws, 1) each; `passes` the draws, (draws,), that meet each
    condition of plausibility: a closed assumption within its range, `pool_time`, `visit_cap`, `review_load`, and
    `people_by_team` where people are known by pool.
    `beliefs` are what own records made of the pools' parts. `in_time` keeps what is decided in time where nothing is
    moved, by the months of a horizon.
    """

    work: Workload
    flow: BaseFlow
    busy: np.ndarray
    closed: Mapping[str, np.ndarray]
    passes: Mapping[str, np.ndarray]
    beliefs: tuple[Belief, ...] = ()
    in_time: dict[float, InTime] = field(default_factory=dict)

    @property
    def plausible(self) -> np.ndarray:
        """The draws that meet every condition, (draws,)."""
        return np.logical_and.reduce(list(self.passes.values()))

    @property
    def refusals(self) -> dict[str, int]:
        """Draws that each condition refuses, alone or with others; conditions that refuse none are left out."""
        return {id: int((~passes).sum()) for id, passes in self.passes.items() if not passes.all()}


def close(
    baseline: Baseline, assumptions: Mapping[str, Assumption], assumed: Assumed, reading: Mapping[str, str]
) -> Closure:
    """Close the base year on what is known of it.

    Where visits are known, at least about, other duties follow; else visits follow from drawn other duties. Where filed
    cases are counted, cases a visit follow; else cases follow from drawn cases a visit. All are linear, so they have
    closed forms. Own records by tier or pool shift the pools' parts, and the total is closed again. `assumptions` gives
    the ranges that a plausible draw keeps to. Where `reading` has the closure "tiers", other duties are closed tier by
    tier, to see what rests on one number for all: each tier's visits are then in proportion to its frontline officers,
    whatever the draw says of their duties.
    """
    closure = _close(ground(baseline, assumed, reading), baseline, assumptions, assumed, reading)
    beliefs: list[Belief] = []
    for measure, amounts, believed in (("cases", _cases, _with_cases), ("visits", _visits, _with_visits)):
        if (belief := belief_in(measure, amounts(closure), baseline, assumed)) is not None:
            closure = _close(believed(closure, belief), baseline, assumptions, assumed, reading)
            beliefs.append(belief)
    return replace(closure, beliefs=tuple(beliefs))


def _cases(closure: Closure) -> np.ndarray:
    """Cases filed a year by the pool that leads them, (draws, pools)."""
    return closure.work.led * (closure.flow.visit_filed * closure.flow.visits + closure.work.other_cases)


def _visits(closure: Closure) -> np.ndarray:
    """Visits a year of each pool, (draws, pools)."""
    work = closure.work
    committed = work.mandatory_days + _cases(closure) * work.days_per_case
    return np.maximum(work.field_days(closure.flow.other_duties) - committed, 0.0) / work.days_per_visit


def _with_cases(closure: Closure, belief: Belief) -> Ground:
    """The ground on which each pool leads the cases that its record has it lead."""
    return replace(closure.work.ground, led=shares_believed(closure.work.led, belief))


def _with_visits(closure: Closure, belief: Belief) -> Ground:
    """The ground on which a pool's time brings the visits that its record has it make.

    Other duties are those at which the pools without a record make the rest of the total; where none is left to make
    or to make it, the records' visits are brought to the total.
    """
    work, total = closure.work, closure.flow.visits
    wanted = _visits(closure) * belief.gain * belief.is_counted
    left, others = total - _sum(wanted), ~belief.is_counted
    gross_days = work.hands * work.filled * work.present_days
    committed = work.mandatory_days + _cases(closure) * work.days_per_case
    at_no_duties = (gross_days * (1 - work.extra_duties) - committed) / work.days_per_visit
    a_point = _sum(gross_days / work.days_per_visit * others)
    fits = (left > 0) & (a_point > 0)
    duties = np.where(fits, (_sum(at_no_duties * others) - left) / np.maximum(a_point, 1e-9), closure.flow.other_duties)
    wanted = np.where(fits, wanted, wanted * (total - _sum(_visits(closure) * others)) / np.maximum(_sum(wanted), 1e-9))
    made = at_no_duties - gross_days / work.days_per_visit * duties
    return replace(work.ground, visit_gain=np.where(others, 1.0, np.maximum(wanted, 1e-9) / np.maximum(made, 1e-9)))


def _close(
    base: Ground,
    baseline: Baseline,
    assumptions: Mapping[str, Assumption],
    assumed: Assumed,
    reading: Mapping[str, str],
) -> Closure:
    """Close the base year on a ground."""
    work = workload(baseline, assumed, settings({}, baseline), reading, base)
    visits, filed = _visits_and_cases(baseline, assumed, work, reading)
    committed = work.mandatory_days + filed * work.led * work.days_per_case
    if reading.get("closure") == "tiers":
        work = _closed_by_tier(work, committed, visits, baseline.pools)

    gross_days = work.hands * work.filled * work.present_days
    # In one expression: a name for its parts changes NumPy's order of summing, and the last bit of the answer.
    visits_by_pool = (gross_days * (1 - work.extra_duties) - committed) / work.days_per_visit
    visits_without_duties = visits_by_pool.sum(axis=1, keepdims=True)
    other_duties = (visits_without_duties - visits) / (gross_days / work.days_per_visit).sum(axis=1, keepdims=True)
    visit_filed = (filed - work.other_cases) / visits

    field_days = gross_days * (1 - other_duties - work.extra_duties)
    follows = {"other_duties_share": other_duties, "visit_filed": visit_filed, "visits_base": visits}
    closed = {id: value for id, value in follows.items() if assumptions[id].closed}
    if baseline.seats is None:
        closed |= _closed_heads(baseline, assumed)
    review = review_flow(work, baseline.pools, assumed, filed * work.led, other_duties)
    passes = {id: _within(value, assumptions[id]) for id, value in closed.items()}
    passes["pool_time"] = ((field_days >= committed) & (field_days <= gross_days)).all(axis=1)
    passes["visit_cap"] = ((field_days - committed) / work.days_per_visit <= work.visits_most).all(axis=1)
    keeps_up = (review.arrivals < MOST_REVIEW_LOAD * review.capacity) | (review.arrivals == 0)
    if baseline.people_of and baseline.seats is None:
        passes["people_by_team"] = _teams_fit(work, baseline, assumed)
    passes["review_load"] = keeps_up[:, review.decides].all(axis=1)
    visits_by_pool = np.maximum(field_days - committed, 0.0) / work.days_per_visit
    useful, useful_share = work.room.useful(visits_by_pool), work.room.useful_share(visits_by_pool)
    flow = BaseFlow(other_duties, visit_filed, visits, aimed_share(visits, work), useful, useful_share)
    return Closure(work, flow, committed / np.maximum(field_days, 1e-9), closed, passes)


def _visits_and_cases(
    baseline: Baseline, assumed: Assumed, work: Workload, reading: Mapping[str, str]
) -> tuple[np.ndarray, Quantity]:
    """Site visits and filed cases of the base year, (draws, 1) or a number: known, or what follows."""
    filed_without_visits: Quantity = work.other_cases
    a_visit: Quantity = assumed.get("visit_filed", 0.0)
    if baseline.knows("cases_total"):
        filed_without_visits = cases_a_year(baseline, assumed, reading)
    if "visits_base" in assumed:
        visits = assumed["visits_base"]
    else:
        gross_days = work.hands * work.filled * work.present_days
        free_days = gross_days * (1 - assumed["other_duties_share"] - work.extra_duties) - work.mandatory_days
        case_days = work.led * work.days_per_case
        left = free_days - filed_without_visits * case_days
        visits = _sum(left / work.days_per_visit) / (1 + a_visit * _sum(case_days / work.days_per_visit))
    return visits, filed_without_visits + a_visit * visits if np.any(a_visit) else filed_without_visits


def _closed_heads(baseline: Baseline, assumed: Assumed) -> dict[str, np.ndarray]:
    """People and frontline share, (draws, 1), of the tiers that close the reported totals."""
    people, frontline = base_tiers(baseline, assumed)
    closed = {}
    for id, heads in (("staff", people), ("frontline_share", frontline / np.maximum(people, 1e-9))):
        if (tier := baseline.closed(id)) is not None:
            closed[f"{id}_{TIERS[tier]}"] = heads[:, [tier]]
    return closed


def _teams_fit(work: Workload, baseline: Baseline, assumed: Assumed) -> np.ndarray:
    """The draws, (draws,), in which people known by pool fit their tiers, and officers their people."""
    seats, (people, _) = work.ground.seats, base_tiers(baseline, assumed)
    fit = np.abs(seats.people @ baseline.pools.of_tier - people) <= ROUNDED
    return fit.all(axis=1) & (seats.officers <= seats.people + ROUNDED).all(axis=1)


def _sum(values: np.ndarray) -> np.ndarray:
    """The sum over the pools, (draws, 1)."""
    return values.sum(axis=1, keepdims=True)


def _closed_by_tier(work: Workload, committed: np.ndarray, visits: np.ndarray, pools: Pools) -> Workload:
    """The workload with the extra duties at which each tier makes its officers' share of the visits."""
    officers = work.staff.base_officers @ pools.of_tier
    wanted = visits * officers / officers.sum(axis=1, keepdims=True)
    gross_days = work.hands * work.filled * work.present_days
    visits_lost, visits_most = ((days / work.days_per_visit) @ pools.of_tier for days in (committed, gross_days))
    nobody = visits_most == 0
    other_duties = np.where(nobody, 0.0, 1 - (wanted + visits_lost) / np.where(nobody, 1.0, visits_most))
    last = pools.tier.max()
    extra = (other_duties - other_duties[:, [last]])[:, pools.tier]
    return replace(work, extra_duties=extra, ground=replace(work.ground, extra_duties=extra))


def _within(value: np.ndarray, assumption: Assumption) -> np.ndarray:
    """The draws, (draws,), whose value (draws, 1) is in the assumption's range or off it by rounding.

    >>> visits = Assumption("visits_base", {}, 80_000, 90_000, 100_000, "visits", {})
    >>> _within(np.array([[100_000 + 1e-4], [100_001.0], [80_000 - 1e-4]]), visits).tolist()
    [True, False, True]
    """
    slack = 1e-9 * max(abs(assumption.high), 1.0)
    return ((value >= assumption.low - slack) & (value <= assumption.high + slack))[:, 0]

"""The base year closed exactly in every draw, and the plausible draws (method, section 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.baseline import COUNTY, Baseline, Pools
from model.evidence.draws import Assumed
from model.evidence.figures import Assumption
from model.force.staff import base_tiers
from model.force.workload import Workload, cases_a_year, workload
from model.scenario.settings import settings
from model.year.budget import BaseFlow, aimed_share
from model.year.decision import review_flow

MOST_REVIEW_LOAD = 1.5
"""Load of legal review in a base year from which a draw is not plausible.

Nearly a year's files would wait for review at the end of the report's 2.8 years, and the report says nothing of it.
"""


@dataclass(frozen=True, eq=False)
class Closure:
    """The closed base year, in all draws.

    `flow` is what later years build on, `busy` the committed share of field time, (draws, pools). `closed` holds the
    assumptions that are not drawn but follow, by id, (draws, 1) each; `passes` the draws, (draws,), that meet each
    condition of plausibility: a closed assumption within its range, and `pool_time`, `visit_cap`, `review_load`.
    """

    work: Workload
    flow: BaseFlow
    busy: np.ndarray
    closed: Mapping[str, np.ndarray]
    passes: Mapping[str, np.ndarray]

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
    """Close the base year: other duties that fit its visits, cases a visit that fit its reported cases.

    Both unknowns are linear, so they have closed forms. `assumptions` gives the ranges that a plausible draw keeps to.
    Where `reading` has the closure "tiers", other duties are closed tier by tier, to see what rests on one number for
    all: each tier's visits are then in proportion to its frontline officers, whatever the draw says of their duties.
    """
    work = workload(baseline, assumed, settings({}, baseline), reading)
    filed = cases_a_year(baseline, reading)
    committed = work.mandatory_days + filed * work.led * work.days_per_case
    visits = assumed["visits_base"]
    if reading.get("closure") == "tiers":
        work = _closed_by_tier(work, committed, visits, baseline.pools)

    gross_days = work.staff.working_officers * work.filled * work.present_days
    # In one expression: a name for its parts changes NumPy's order of summing, and the last bit of the answer.
    visits_by_pool = (gross_days * (1 - work.extra_duties) - committed) / work.days_per_visit
    visits_without_duties = visits_by_pool.sum(axis=1, keepdims=True)
    other_duties = (visits_without_duties - visits) / (gross_days / work.days_per_visit).sum(axis=1, keepdims=True)
    visit_filed = (filed - work.other_cases) / visits

    field_days = gross_days * (1 - other_duties - work.extra_duties)
    closed = {"other_duties_share": other_duties, "visit_filed": visit_filed}
    if baseline.seats is None:
        people, frontline = (heads[:, [COUNTY]] for heads in base_tiers(baseline, assumed))
        closed |= {"staff_county": people, "frontline_share_county": frontline / people}
    review = review_flow(work, baseline.pools, assumed, filed * work.led, other_duties)
    passes = {id: _within(value, assumptions[id]) for id, value in closed.items()}
    passes["pool_time"] = ((field_days >= committed) & (field_days <= gross_days)).all(axis=1)
    passes["visit_cap"] = ((field_days - committed) / work.days_per_visit <= work.visits_most).all(axis=1)
    keeps_up = (review.arrivals < MOST_REVIEW_LOAD * review.capacity) | (review.arrivals == 0)
    passes["review_load"] = keeps_up[:, review.decides].all(axis=1)
    visits_by_pool = np.maximum(field_days - committed, 0.0) / work.days_per_visit
    useful, useful_share = work.room.useful(visits_by_pool), work.room.useful_share(visits_by_pool)
    flow = BaseFlow(other_duties, visit_filed, visits, aimed_share(visits, work), useful, useful_share)
    return Closure(work, flow, committed / np.maximum(field_days, 1e-9), closed, passes)


def _closed_by_tier(work: Workload, committed: np.ndarray, visits: np.ndarray, pools: Pools) -> Workload:
    """The workload with the extra duties at which each tier makes its officers' share of the visits."""
    officers = work.staff.base_officers @ pools.of_tier
    wanted = visits * officers / officers.sum(axis=1, keepdims=True)
    gross_days = work.staff.working_officers * work.filled * work.present_days
    visits_lost, visits_most = ((days / work.days_per_visit) @ pools.of_tier for days in (committed, gross_days))
    other_duties = 1 - (wanted + visits_lost) / visits_most
    extra = (other_duties - other_duties[:, [COUNTY]])[:, pools.tier]
    return replace(work, extra_duties=extra, ground=replace(work.ground, extra_duties=extra))


def _within(value: np.ndarray, assumption: Assumption) -> np.ndarray:
    """The draws, (draws,), whose value (draws, 1) is in the assumption's range or off it by rounding."""
    slack = 1e-9 * max(abs(assumption.high), 1.0)
    return ((value >= assumption.low - slack) & (value <= assumption.high + slack))[:, 0]

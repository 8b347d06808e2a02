"""The base year closed exactly in every draw, and which draws are plausible (method, section 10)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import COUNTY, Baseline
from model.evidence.draws import Assumed
from model.evidence.figures import Assumption
from model.force.staff import base_tiers
from model.force.visits import targeted_within_floor
from model.force.workload import Workload, cases_a_year, workload
from model.scenario.settings import settings
from model.year.budget import BaseFlow
from model.year.decision import review_flow


@dataclass(frozen=True, eq=False)
class Closure:
    """The closed base year: `flow` for later years, `busy` the committed share of field time by pool (draws, pools),
    `closed` the assumptions that are not drawn but follow, by id (draws, 1), and for each condition of plausibility the
    draws that pass it (draws,)."""

    work: Workload
    flow: BaseFlow
    busy: np.ndarray
    closed: Mapping[str, np.ndarray]
    passes: Mapping[str, np.ndarray]


def close(
    baseline: Baseline, assumptions: Mapping[str, Assumption], assumed: Assumed, reading: Mapping[str, str]
) -> Closure:
    """Find the other duties that make the pools' visits add up to the base year's, and the cases a visit brings that
    reproduce the reported cases. Both are linear in their unknown, so closed forms. `assumptions` gives the ranges
    that a plausible draw keeps to."""
    work = workload(baseline, assumed, settings({}, baseline), reading)
    filed = cases_a_year(baseline, reading)
    committed = work.mandatory_days + filed * work.led * work.days_per_case
    visits = assumed["visits_base"]

    gross = work.staff.working_officers * work.filled * work.present_days
    at_no_duties = ((gross * (1 - work.extra_duties) - committed) / work.days_per_visit).sum(axis=1, keepdims=True)
    other_duties = (at_no_duties - visits) / (gross / work.days_per_visit).sum(axis=1, keepdims=True)
    visit_filed = (filed - work.other_cases) / visits
    targeted = targeted_within_floor(work.targeted, visits, work.random_minimum.sum(axis=1, keepdims=True))

    field_days = gross * (1 - other_duties - work.extra_duties)
    closed = {"other_duties_share": other_duties, "visit_filed": visit_filed}
    if baseline.seats is None:
        people, frontline = (heads[:, [COUNTY]] for heads in base_tiers(baseline, assumed))
        closed |= {"staff_county": people, "frontline_share_county": frontline / people}
    review = review_flow(work, baseline.pools, assumed, filed * work.led, other_duties)
    passes = {id: _within(value, assumptions[id]) for id, value in closed.items()}
    passes["pool_time"] = (field_days >= committed).all(axis=1)
    passes["visit_cap"] = ((field_days - committed) / work.days_per_visit <= work.visits_most).all(axis=1)
    keeps_up = (review.arrivals < review.capacity) | (review.arrivals == 0)
    passes["review_load"] = keeps_up[:, review.decides].all(axis=1)
    flow = BaseFlow(other_duties, visit_filed, visits, targeted)
    return Closure(work, flow, committed / np.maximum(field_days, 1e-9), closed, passes)


def _within(value: np.ndarray, assumption: Assumption) -> np.ndarray:
    """Draws (draws,) whose value (draws, 1) lies in the assumption's range, ends included but for rounding."""
    slack = 1e-9 * max(abs(assumption.high), 1.0)
    return ((value >= assumption.low - slack) & (value <= assumption.high + slack))[:, 0]

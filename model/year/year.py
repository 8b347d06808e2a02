"""One year of the whole force, by pool and draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.draws import Assumed
from model.evidence.pools import over_pools
from model.evidence.rules import Rules
from model.force.staff import NOBODY, Staff
from model.force.visits import random_share
from model.force.working_time import required_staff
from model.force.workload import Workload, workload
from model.scenario.settings import Settings, settings
from model.year.budget import BaseFlow, Budget, budget
from model.year.closure import Closure, InTime
from model.year.decision import (
    DAYS_A_YEAR,
    ReviewFlow,
    days_to_decision,
    on_time_share,
    review_flow,
    review_room,
    review_wait,
    share_review_passes,
)
from model.year.investigation import growing_share, investigation_days, investigation_variance

CONSTRAINTS = ("field time", "pairing", "investigation", "legal review", "visit cap")
HORIZONS_KEPT = 2
"""Horizons of which a closure keeps the share in time."""
ROUNDING = 1e-9
"""Part of an amount below which a difference is rounding."""


@dataclass(frozen=True, eq=False)
class Year:
    """A year under settings that are in place, but for the share in time, (draws, pools).

    `passed` is files that review could pass over files that arrive (above 1 it has room to spare), `review_passes` the
    files a year that it could let through, those that need none among them. `busy` is the committed share of field
    time, `decided` cases decided a year, `case_room` the cases a year that investigation and review could take at most,
    never fewer than are decided, `on_time` the share decided within the limit of the files filed in the plan's months,
    while its moves are made, `days_to_decision` the mean calendar days in a steady state, `confirmed` the confirming
    visits made a year.
    """

    work: Workload
    budget: Budget
    review: ReviewFlow
    passed: np.ndarray
    review_passes: np.ndarray
    busy: np.ndarray
    decided: np.ndarray
    case_room: np.ndarray
    on_time: np.ndarray
    days_to_decision: np.ndarray
    confirmed: np.ndarray

    @cached_property
    def led(self) -> np.ndarray:
        """Cases filed a year by the pool that leads them."""
        return self.budget.filed * self.work.led


def year(
    baseline: Baseline,
    assumed: Assumed,
    closure: Closure,
    settings: Settings,
    reading: Mapping[str, str],
    *,
    staff: Staff | None = None,
    rules: Rules | None = None,
    filed: np.ndarray | None = None,
) -> Year:
    """The year under the settings; at base settings exactly the base year.

    `staff`, `rules` and `filed` (draws, 1) replace those that the settings and the visits give. With one draw, `staff`
    and `filed` of n rows give n years of that draw.
    """
    pools = baseline.pools
    work = workload(baseline, assumed, settings, reading, closure.work.ground, staff, rules)
    plan = budget(work, assumed, closure.flow, filed)
    led = plan.filed * work.led
    review = review_flow(work, pools, assumed, led, closure.flow.other_duties)
    passed = review_room(review, pools)
    review_passes = led * share_review_passes(passed, assumed["review_share"])

    busy = (work.mandatory_days + plan.case_demand) / np.maximum(plan.field_days, 1e-9)
    days_per_case = np.maximum(work.days_per_case, 1e-9)
    # A plan that lets the legal minimum go for cases spends that time on cases.
    days_for_cases = np.maximum(plan.rest_days - work.planned_minimum * work.days_per_visit, plan.case_days)

    horizon = DAYS_A_YEAR * settings.horizon_months / 12
    # Time kept for visits is not there for files.
    taken = busy + work.time_for_visits * plan.rest_days / np.maximum(plan.field_days, 1e-9)
    growth = plan.case_demand / np.maximum((1 - work.time_for_visits) * plan.rest_days, 1e-9) - 1
    mean = investigation_days(assumed["investigation_days"], closure.busy, taken, horizon)
    variance = investigation_variance(assumed["case_time_cv"], closure.busy, taken)
    days_left = work.decision_limit - assumed["procedure_days"]
    wait = review_wait(review, assumed, horizon)
    # What is filed in the horizon and in time is reviewed by the end of the limit after it.
    most_reviewed = passed * (1 + work.decision_limit / horizon)
    on_time = on_time_share(review, wait, pools, assumed, days_left, mean, variance, most_reviewed)
    on_time = on_time * growing_share(days_left, mean, variance, growth, horizon)
    if (share := share_in_place(settings)) < 1:
        before = in_time_unmoved(baseline, assumed, closure, reading, settings.horizon_months)
        on_time = before.followed_by(on_time, led, share)

    return Year(
        work=work,
        budget=plan,
        review=review,
        passed=passed,
        review_passes=review_passes,
        busy=busy,
        decided=np.minimum(plan.case_days / days_per_case, review_passes),
        case_room=np.minimum(days_for_cases / days_per_case, review_passes),
        on_time=on_time,
        days_to_decision=days_to_decision(review, wait, pools, assumed, mean),
        confirmed=work.confirming_visits
        * (work.crews > 0)
        * np.minimum(plan.field_days / np.maximum(work.mandatory_days, 1e-9), 1.0),
    )


def share_in_place(settings: Settings) -> float:
    """The mean share of a plan in place over its months: moves are made in equal parts, one a month."""
    steps, months = max(int(settings.phase_months), 1), int(settings.horizon_months)
    if steps <= months:
        return 1 - (steps - 1) / (2 * months)
    return (months + 1) / (2 * steps)


def unmoved_year(
    baseline: Baseline,
    assumed: Assumed,
    closure: Closure,
    reading: Mapping[str, str],
    horizon_months: float | None = None,
) -> Year:
    """The year in which nothing is moved, its clock over so many months or the usual ones.

    No phase matters in it. The closure keeps its share in time, to which later years add theirs.
    """
    horizon = {} if horizon_months is None else {"horizon_months": horizon_months}
    chosen = settings({**horizon, "phase_months": 0.0}, baseline)
    result, known = year(baseline, assumed, closure, chosen, reading), closure.in_time
    # Planners share a base year: one may drop a horizon while another adds his.
    others = [other for other in [*known] if other != chosen.horizon_months]
    for other in others[: 1 - HORIZONS_KEPT]:
        known.pop(other, None)
    known[chosen.horizon_months] = InTime(result.on_time, result.led)
    return result


def in_time_unmoved(
    baseline: Baseline, assumed: Assumed, closure: Closure, reading: Mapping[str, str], horizon_months: float
) -> InTime:
    """The share in time where nothing is moved, of files filed in so many months."""
    if known := closure.in_time.get(horizon_months):
        return known
    result = unmoved_year(baseline, assumed, closure, reading, horizon_months)
    return InTime(result.on_time, result.led)


def files_wait(plan: Budget) -> np.ndarray:
    """Where files get less time than they ask for, (draws, pools)."""
    return plan.case_days < plan.case_demand * (1 - ROUNDING)


def required_officers(result: Year, other_duties: np.ndarray) -> np.ndarray:
    """Frontline officers that legal minimum, mandatory work and files require (WISN), (draws, pools)."""
    work = result.work
    days = work.planned_minimum * work.days_per_owed_visit + work.mandatory_days + result.budget.case_demand
    elsewhere = np.clip(1 - work.own_share(other_duties) + work.extra_duties, 0.0, 0.999)
    return required_staff(days, work.present_days * work.filled, elsewhere)


def visit_room(result: Year) -> np.ndarray:
    """Visits a year if all time after mandatory work went to visits, up to the cap, (draws, pools)."""
    return np.minimum(result.budget.rest_days / result.work.days_per_visit, result.work.visits_most)


def minimum_visits(result: Year) -> np.ndarray:
    """Visits a year that the law asks, planned and confirming, (draws, pools)."""
    return result.work.planned_minimum + result.work.confirming_visits


def visits_owed_and_made(result: Year) -> np.ndarray:
    """Visits a year made of the legal minimum, (draws, pools); those above it do not serve another pool."""
    return np.minimum(result.budget.visits, result.work.planned_minimum) + result.confirmed


def problems_found(result: Year, assumed: Assumed, base: BaseFlow) -> np.ndarray:
    """Problems found a year by visits and off-site checks, (draws, pools).

    The rates hold for the base year: where a smaller share of visits is of use, a visit finds less.
    """
    found = result.budget.visits * problems_per_visit(result, assumed)
    as_useful = result.budget.useful_share / np.maximum(base.useful_share, 1e-9)
    return found * as_useful + result.work.offsite_problems * result.work.local


def problems_per_visit(result: Year, assumed: Assumed) -> np.ndarray:
    """Problems that a visit finds on average over random checks, routine and aimed visits, (draws, 1)."""
    visits, aimed = over_pools(result.budget.visits)[:, None], result.budget.targeted
    at_random = random_share(visits, result.work.random_checks)
    lift = 1 + (1 - at_random - aimed) * (assumed["routine_problems_lift"] - 1)
    return assumed["hit_random"] * (lift + aimed * (assumed["targeting_problems_lift"] - 1))


def held_by_review(result: Year) -> np.ndarray:
    """Where legal review, not investigation, limits the cases that a pool could take, (draws, pools)."""
    return result.case_room >= result.review_passes * (1 - ROUNDING)


def constraint(result: Year) -> np.ndarray:
    """The constraint that binds first in a pool, as an index into `CONSTRAINTS`, (draws, pools).

    In the order of the time budget. Mandatory work: pairing where it asks for visits and no crew can form, field time
    where it takes more than all days. Files that stay undecided: whichever of investigation and review lets fewer
    through. Visits: the cap where they stand at it, pairing as in `_held_by_pairing`, else the field time that is left.
    """
    plan, work = result.budget, result.work
    investigated = plan.case_days / np.maximum(work.days_per_case, 1e-9)
    undecided = result.decided < result.led * (1 - ROUNDING)
    return np.select(
        [
            (work.confirming_visits > 0) & (work.staff.working_officers > NOBODY) & (work.crews == 0),
            work.mandatory_days > plan.field_days,
            undecided & (investigated < result.review_passes),
            undecided,
            plan.capped,
            _held_by_pairing(result),
        ],
        [1, 0, 2, 3, 4, 1],
        default=0,
    )


def _held_by_pairing(result: Year) -> np.ndarray:
    """Where an officer more in each body brings more visits by completing pairs than by his time.

    (draws, pools), for pools that investigate all their files.
    """
    plan, work = result.budget, result.work
    days_for_visits = plan.rest_days - plan.case_demand
    his_days = work.staff.bodies * plan.field_days / np.maximum(work.staff.working_officers, 1e-9)
    by_his_time = work.pairing * his_days
    held = (1 - work.pairing) * (days_for_visits + his_days) > by_his_time
    gain = work.pairing_of_one_more(held) - work.pairing[held]
    held[held] = gain * (days_for_visits + his_days)[held] > by_his_time[held]
    return held

"""Range checks: figures of other places and trades beside the model's own quantity.

Method, section 10. A figure that lies outside is no error of the model; it says where a force or a count
differs in kind.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.draws import Assumed
from model.force.visits import random_minimum_by_pool
from model.projection.base_year import BaseYear
from model.projection.published.holdouts import QUANTITIES, Predictor, as_drawn, predictions
from model.projection.results import Band, RangeCheck
from model.projection.statistics import band
from model.year.closure import Closure
from model.year.year import Year, problems_per_visit


def range_checks(base: BaseYear) -> tuple[RangeCheck, ...]:
    """Every benchmark marked `range check` beside the base year's quantity, in the order of the file.

    A figure that the base year itself gives is left out: it is of the same place, and checks nothing.
    """
    rows = predictions("range check", CHECKED_QUANTITIES, base.baseline, base.assumed, base.closure, base.year)
    checks = (
        RangeCheck(figure.id, float(figure.value), band(values), float(values.min()), float(values.max()))
        for figure, values in rows
    )
    return tuple(check for check in checks if not check.is_own)


def need_of_own_officers(base: BaseYear) -> Band:
    """The part of the officers required (WISN) that checks owed by officer ask for.

    The law counts general units by officer, so this part of the need grows with the staff that it measures.
    """
    result, pools = base.year, base.baseline.pools
    work, officers = result.work, result.work.staff.frontline
    owed = random_minimum_by_pool(np.zeros_like(officers), officers, pools, work.rules) * work.days_per_owed_visit
    days = work.planned_minimum * work.days_per_owed_visit + work.mandatory_days + result.budget.case_demand
    return band((_sum(owed) / _sum(days))[:, 0])


def _sum(values: np.ndarray) -> np.ndarray:
    """The sum over the pools, (draws, 1)."""
    return values.sum(axis=1, keepdims=True)


def _visit_days(base: Year) -> np.ndarray:
    """Person-days that visits take a year, (draws, 1)."""
    return _sum(base.budget.visits * base.work.days_per_visit)


def _gross_days(base: Year) -> np.ndarray:
    """Frontline days before other duties, (draws, pools)."""
    return base.work.hands * base.work.filled * base.work.present_days


def _officers(base: Year) -> np.ndarray:
    return _sum(base.work.staff.frontline)


def _most_visits_a_person(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Visits a person of the force and year if the frontline did nothing else."""
    return _sum(_gross_days(base) / base.work.days_per_visit) / _sum(base.work.staff.people)


def _off_site_hit(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    return np.asarray(baseline.offsite_hit_in(assumed))


def _fewer_found_off_site(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """The part of a visit's problems that an off-site check does not find; below 0 where it finds more."""
    return 1 - baseline.offsite_hit_in(assumed) / problems_per_visit(base, assumed)


def _cases_a_person(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    return base.budget.filed / _sum(base.work.staff.people)


def _targeted_hit(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    return assumed["hit_random"] * assumed["targeting_problems_lift"]


def _days_a_visit(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    return _visit_days(base) / _sum(base.budget.visits)


def _other_duties(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    return closure.flow.other_duties


def _visit_share(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Share of frontline days spent on visits."""
    return _visit_days(base) / _sum(_gross_days(base))


def _hours_on_tasks(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Hours a year of a frontline officer on visits and cases."""
    return (_visit_days(base) + _sum(base.budget.case_days)) / _officers(base) * assumed["workday_hours"]


def _visit_days_an_officer(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    return _visit_days(base) / _officers(base)


CHECKED_QUANTITIES: Mapping[str, Predictor] = MappingProxyType(
    {
        **QUANTITIES,
        "offsite_hit": _off_site_hit,
        "cases_a_person": _cases_a_person,
        "hit_targeted": _targeted_hit,
        "fewer_found_off_site": _fewer_found_off_site,
        "most_visits_a_person": _most_visits_a_person,
        "days_a_visit": _days_a_visit,
        "other_duties_share": _other_duties,
        "visit_share": _visit_share,
        "hours_on_tasks": _hours_on_tasks,
        "visit_days_an_officer": _visit_days_an_officer,
        "key_units": as_drawn("key_units"),
    }
)
"""The quantities that range checks are set beside, by the name in the column `tests` of `benchmarks.csv`."""

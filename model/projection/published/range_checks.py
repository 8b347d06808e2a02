"""Range checks: figures of other places and trades beside the model's own quantity.

Method, section 10. A figure that lies outside is no error of the model; it says where a force or a count
differs in kind.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.draws import Assumed
from model.evidence.rules import rules_of
from model.force.visits import random_minimum_by_pool
from model.projection.base_year import BaseYear
from model.projection.published.holdouts import (
    Predictor,
    as_drawn,
    benchmark,
    cases_per_visit,
    predictions,
    random_visits_of,
)
from model.projection.results import Band, RangeCheck
from model.projection.statistics import band
from model.year.closure import Closure
from model.year.year import Year, problems_per_visit


def range_checks(base: BaseYear) -> tuple[RangeCheck, ...]:
    """Every benchmark marked `range check` beside the base year's quantity, in the order of the file."""
    rows = predictions("range check", CHECKS, base.baseline, base.assumed, base.closure, base.year)
    return tuple(
        RangeCheck(figure.id, float(figure.value), band(values), float(values.min()), float(values.max()))
        for figure, values in rows
    )


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
    return base.work.staff.working_officers * base.work.filled * base.work.present_days


def _officers(base: Year) -> np.ndarray:
    return _sum(base.work.staff.frontline)


def _guangdong_person_visits(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Person-visits that Guangdong's visits would take with the officers a visit drawn here."""
    return assumed["officers_per_visit"] * benchmark(baseline, "guangdong_visits_h1")


def _most_visits_a_person(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Visits a person of the force and year if the frontline did nothing else."""
    return _sum(_gross_days(base) / base.work.days_per_visit) / _sum(base.work.staff.people)


def _off_site_hit(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    return np.array(baseline.derived["offsite_hit"])


def _fewer_found_off_site(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """The part of a visit's problems that an off-site check does not find; below 0 where it finds more."""
    return 1 - baseline.derived["offsite_hit"] / problems_per_visit(base, assumed)


def _nation_decisions(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """The nation's decisions at the base year's cases a person."""
    return base.budget.filed / _sum(base.work.staff.people) * benchmark(baseline, "nation_staff")


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


def _visit_cap(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    return np.array(rules_of("2025").visit_cap)


CHECKS: Mapping[str, Predictor] = MappingProxyType(
    {
        "guangdong_person_visits_h1": _guangdong_person_visits,
        "nation_random_visits": random_visits_of("nation_registered_officers"),
        "nation_offsite_hit": _off_site_hit,
        "nation_decisions_2019": _nation_decisions,
        "nation_decisions_2021": _nation_decisions,
        "nation_decisions_2022": _nation_decisions,
        "targeted_hit_low": _targeted_hit,
        "targeted_hit_high": _targeted_hit,
        "virtual_detection_loss": _fewer_found_off_site,
        "hunan_letters_filed_2018": as_drawn("complaint_filed"),
        "zhenjiang_cases_per_visit": cases_per_visit,
        "guangdong_visits_per_person": _most_visits_a_person,
        "ministry_2017_person_days": _days_a_visit,
        "safety_other_duties": _other_duties,
        "safety_rest_share": _other_duties,
        "safety_inspection_share": _visit_share,
        "stockholm_hours": _hours_on_tasks,
        "hse_contact_days": _visit_days_an_officer,
        "key_units_permits": as_drawn("key_units"),
        "visit_cap_chongqing": _visit_cap,
    }
)

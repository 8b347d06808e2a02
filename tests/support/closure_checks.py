"""Checks of every kept draw of any base year: the report comes out, and the draw is plausible."""

from collections.abc import Mapping

import numpy as np

from model.evidence.baseline import COUNTY, Baseline
from model.projection.base_year import BaseYear
from model.scenario.settings import settings
from model.year.year import Year, year

EXACT = 1e-9


def assert_closed(base: BaseYear) -> None:
    """The base year, and the same year computed as a scenario, give the report in every draw."""
    assert_reported(base, base.year)
    again = year(base.baseline, base.assumed, base.closure, settings({}, base.baseline), base.reading)
    assert_reported(base, again)
    np.testing.assert_allclose(again.budget.visits, base.year.budget.visits, rtol=EXACT)
    np.testing.assert_allclose(again.busy, base.closure.busy, rtol=EXACT)


def assert_reported(base: BaseYear, result: Year) -> None:
    baseline, assumed, work = base.baseline, base.assumed, result.work
    for heads, id in ((work.staff.people, "staff_total"), (work.staff.frontline, "frontline_total")):
        np.testing.assert_allclose(heads.sum(axis=1), baseline.reported(id), rtol=EXACT)
    np.testing.assert_allclose(work.staff.bodies.sum(axis=1), baseline.reported("bodies_total"), rtol=EXACT)
    np.testing.assert_allclose(result.budget.visits.sum(axis=1), assumed["visits_base"][:, 0], rtol=EXACT)
    window = result.led.sum(axis=1) * baseline.cases_window_years
    np.testing.assert_allclose(window, cases_of(baseline, base.reading), rtol=EXACT)
    found = work.offsite_problems[:, 0] * assumed["service_window_years"][:, 0]
    np.testing.assert_allclose(found, baseline.reported("offsite_problems"), rtol=EXACT)


def cases_of(baseline: Baseline, reading: Mapping[str, str]) -> float:
    """The reported cases, with the special ones where they are read as standing beside the total."""
    beside = ("daily_fine", "restrict_halt", "seizure", "detention", "crime")
    kinds = beside if reading.get("special_cases") == "outside" else ()
    return sum((baseline.reported(f"cases_{kind}") for kind in kinds), baseline.reported("cases_total"))


def assert_plausible(base: BaseYear) -> None:
    """The conditions of method section 10, worked out again from the pools."""
    baseline, assumed, work = base.baseline, base.assumed, base.year.work
    other, per_visit = base.closure.flow.other_duties, base.closure.flow.visit_filed
    assert_within(other, baseline, "other_duties_share")
    assert_within(per_visit, baseline, "visit_filed")
    county = work.staff.people[:, baseline.pools.slices[COUNTY]].sum(axis=1)
    assert_within(county, baseline, "staff_county")
    officers = work.staff.frontline[:, baseline.pools.slices[COUNTY]].sum(axis=1)
    assert_within(officers / county, baseline, "frontline_share_county")

    field_days = work.staff.frontline * work.filled * work.present_days * (1 - other - work.extra_duties)
    visit_days = base.year.budget.visits * work.days_per_visit
    case_days = base.year.led * work.days_per_case
    assert (base.year.budget.visits >= 0).all()
    assert (field_days > 0).all()
    np.testing.assert_allclose(work.mandatory_days + case_days + visit_days, field_days, rtol=EXACT)

    _, cities, counties = baseline.pools.slices
    if work.rules.deciding_tier == "city":
        files = (base.year.led[:, cities] + base.year.led[:, counties]) * assumed["review_share"]
        reviewer = work.present_days * (1 - other) / assumed["review_days"]
        assert (files < 1.5 * work.staff.reviewers[:, cities] * work.filled * reviewer).all()


def assert_within(values: np.ndarray, baseline: Baseline, id: str) -> None:
    assumption = baseline.assumptions[id]
    assert values.min() >= assumption.low - EXACT * abs(assumption.high)
    assert values.max() <= assumption.high + EXACT * abs(assumption.high)

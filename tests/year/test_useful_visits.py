"""Useful visits: a unit visited often hides little, and the base year finds what its rates say (method, section 7)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from model import ChangedAssumption, Scenario, shipped_baseline
from model.force.useful_visits import useful, useful_slope
from model.projection.base_year import BaseYear, base_year_of
from model.projection.project import evaluate
from model.year.measures import MEASURE
from model.year.year import problems_per_visit

BASELINE = shipped_baseline("hunan-2021")
MORE = {"other_duties_cut": 0.1}


def base(**known: float) -> BaseYear:
    assumptions = {id: ChangedAssumption(value, value, value, "known") for id, value in known.items()}
    return base_year_of(Scenario(assumptions=assumptions), BASELINE, 512)


def values(on: BaseYear, levers: dict[str, float], id: str) -> np.ndarray:
    return evaluate(on, Scenario(levers=levers)).values[list(MEASURE).index(id), 0]


@given(st.floats(0, 30), st.floats(0.1, 20))
def test_useful_visits_are_the_mean_of_the_lesser_number(mean, most):
    n = np.arange(200)
    chance, whole = poisson.pmf(n, mean), np.floor(most)
    below, above = ((chance * np.minimum(n, k)).sum() for k in (whole, whole + 1))
    found, slope = (one(np.array(mean), np.array(most)) for one in (useful, useful_slope))
    assert found == pytest.approx(below + (most - whole) * (above - below), abs=1e-9)
    assert -1e-12 <= slope <= 1 + 1e-12 and -1e-12 <= found <= min(mean, most) + 1e-9
    beside = useful(np.array(mean + 1e-6), np.array(most))
    assert slope == pytest.approx((beside - found) / 1e-6, abs=1e-5)


def test_without_end_of_use_and_at_few_visits_every_visit_is_useful():
    few, many = np.array(1e-9), np.array([0.5, 3.0, 9.0])
    assert useful(few, np.array(1.0)) == pytest.approx(1e-9, rel=1e-6)
    np.testing.assert_allclose(useful(many, np.array(300.0)), many, rtol=1e-9)
    assert useful(np.array(1e6), np.array(4.0)) == pytest.approx(4.0)


def test_the_base_year_finds_what_its_rates_say():
    on = base()
    work, visits = on.year.work, on.year.budget.visits
    said = (visits * problems_per_visit(on.year, on.assumed) + work.offsite_problems * work.local).sum(axis=1)
    np.testing.assert_allclose(values(on, {}, "problems"), said, rtol=1e-9)
    np.testing.assert_allclose(values(on, {}, "cases_filed"), 7385 / BASELINE.cases_window_years, rtol=1e-9)


def test_more_visits_find_less_the_fewer_are_of_use():
    gains = []
    for most in (1.0, 2.0, 4.0, 300.0):
        on = base(useful_visits=most, offsite_replaces=0.0)
        before, after = (values(on, levers, "problems") for levers in ({}, MORE))
        gains.append(np.median(after / before - 1))
    assert 0 < gains[0] < gains[1] < gains[2] < gains[3]


def test_offsite_checks_take_room_but_are_no_visits():
    on, more = base(offsite_replaces=0.33), {"offsite_checks": 20_000.0}
    off = base(offsite_replaces=0.0)
    for id in ("visits", "legal_minimum"):
        for levers in ({}, more):
            np.testing.assert_allclose(values(on, levers, id), values(off, levers, id), rtol=0.02)
    units = on.assumed["regulated_units"][:, 0]
    checks = 4356 / on.assumed["service_window_years"][:, 0]
    with_them = (values(on, {}, "visits") + 0.33 * checks) / units
    np.testing.assert_allclose(values(on, {}, "visit_coverage"), with_them, rtol=1e-9)
    found = [np.median(values(one, more, "problems") - values(one, {}, "problems")) for one in (on, off)]
    assert found[0] < found[1]

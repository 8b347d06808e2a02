"""Quarters make up the year, the summer is the tightest, and work left out stands in its quarter."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from scenario_strategies import legal_levers
from thorough import tries

from model import ChangedAssumption, Scenario, shipped_baseline
from model.projection.base_year import base_year_of
from model.projection.not_done import LEAST_PROBABILITY, ROUNDING, not_done, not_done_by_quarter
from model.projection.project import evaluate
from model.year.quarters import QUARTERS, SWING, Rates, could_fall_short, quarter, rates, visits_missing

BASELINE = shipped_baseline("hunan-2021")
RISE = Scenario(levers={"staff.change.county": -900.0, "staff.change.city": 900.0})


def base(**assumptions):
    return base_year_of(Scenario(assumptions=assumptions), BASELINE, draws=512)


def quarters_of(plan):
    year = rates(plan.year, BASELINE.pools, base().assumed)
    return year, tuple(quarter(year, swing) for swing in SWING)


def missing(year, parts):
    return {
        "legal minimum": visits_missing(year, parts),
        "mandatory work": np.stack([part.mandatory_left for part in parts]),
        "case decisions": np.stack([part.files_left for part in parts]),
    }


def test_complaints_swing_about_their_mean_and_peak_in_the_third_quarter():
    assert SWING.sum() == pytest.approx(0, abs=1e-12)
    assert SWING.argmax() == 2 and SWING.argmin() == 0 and SWING.max() < 1


def test_the_season_moves_as_many_cases_as_complaints_bring():
    plan = evaluate(base(), Scenario())
    year, work = rates(plan.year, BASELINE.pools, base().assumed), plan.year.work
    season = base().assumed["complaint_season"]
    assert year.busier * plan.year.budget.filed == pytest.approx(season * work.complaint_cases + 0 * year.busier)
    assert (year.busier > 0).all() and (year.busier <= season).all(), "no more than if all cases came of complaints"


def test_visits_that_confirm_are_made_wherever_a_crew_is_there():
    plan = evaluate(base(), Scenario(levers={"staff.change.province": -60.0, "staff.change.county": 60.0}))
    crews = plan.year.work.crews
    assert ((crews > 0) & (crews < 1)).any() and (crews == 0).any()
    assert (rates(plan.year, BASELINE.pools, base().assumed).has_crews == (crews > 0)).all()


def one_pool(**changed):
    """A pool of 1,000 field days, 100 files of 4 days, and visits of one day.

    Complaints and the like take 200 days, of which the season moves 80; 60 checks of key units and 240 others are owed.
    """
    values = {
        "field_days": 1000,
        "mandatory_days": 200,
        "season_days": 80,
        "kept_for_visits": 0,
        "case_demand": 400,
        "busier": 0.1,
        "days_per_case": 4,
        "files": 100,
        "passed": 2,
        "reviewed": 1,
        "days_per_visit": 1,
        "visits_most": np.inf,
        "confirming_visits": 20,
        "has_crews": 1,
        "key_checks": 60,
        "other_checks": 240,
    }
    return Rates(**{name: np.array([float(value)]) for name, value in {**values, **changed}.items()})


def test_a_quarter_by_hand():
    """At the peak (swing 1): 280 mandatory, 720 left, 440 for 110 files, 280 visits at a year's rate."""
    peak = quarter(one_pool(), 1.0)
    assert peak.visits * 4 == pytest.approx(280)
    assert peak.files_left == peak.mandatory_left == peak.unconfirmed == 0
    kept = quarter(one_pool(kept_for_visits=0.5), 1.0)  # 360 days for files, of 440 asked: 20 files of 110 wait
    assert kept.visits * 4 == pytest.approx(360) and kept.files_left * 4 == pytest.approx(20)
    held = quarter(one_pool(passed=0.99), 1.0)  # 99 of 110 files pass review
    assert held.files_left * 4 == pytest.approx(11)
    short = quarter(one_pool(field_days=210), 1.0)  # 210 of 280 days: a quarter of the confirming visits too
    assert short.mandatory_left * 4 == pytest.approx(70) and short.unconfirmed * 4 == pytest.approx(5)
    assert quarter(one_pool(visits_most=100), 1.0).visits * 4 == pytest.approx(100)


@pytest.mark.parametrize(
    ("changed", "could"),
    [
        ({}, False),
        ({"visits_most": 300}, False),
        ({"visits_most": 299}, True),
        ({"field_days": 1021}, False),
        ({"field_days": 1019}, True),
        ({"passed": 1.0}, True),
        ({"kept_for_visits": 0.5}, True),
        ({"has_crews": 0}, True),
    ],
)
def test_what_could_fall_short_by_hand(changed, could):
    """The busiest quarter asks for 280 days, 440 for files and 300 checks: 1,020 days, and room for 300 visits."""
    peak = SWING.max()
    year = one_pool(**{"field_days": 1020.01, "season_days": 80 / peak, "busier": 0.1 / peak, **changed})
    year = replace(year, has_crews=year.has_crews > 0)
    assert bool(could_fall_short(year)[0]) is could


def test_what_is_missing_by_hand():
    """Room for 60 checks of key units, 15 a quarter, comes first; others wherever there is room."""

    def left_out(visits, **changed):
        year = one_pool(confirming_visits=0, **changed)
        parts = tuple(quarter(one_pool(field_days=600 + 4 * v, confirming_visits=0), 0.0) for v in visits)
        assert [float(part.visits[0]) for part in parts] == pytest.approx(visits)
        return visits_missing(year, parts)[:, 0]

    assert left_out([75, 75, 75, 75]) == pytest.approx([0, 0, 0, 0])
    assert left_out([100, 75, 50, 75]) == pytest.approx([0, 0, 0, 0])  # the summer's checks are made in winter
    assert left_out([200, 100, 5, 80]) == pytest.approx([0, 0, 10, 0])  # but not those of key units
    assert left_out([80, 75, 30, 55]) == pytest.approx([0, 0, 60 * 45 / 65, 60 * 20 / 65])  # 60 too few in all
    assert left_out([0, 0, 0, 0]) == pytest.approx([75, 75, 75, 75])


@run(max_examples=tries(10), deadline=None)
@given(legal_levers(BASELINE))
def test_four_mean_quarters_are_the_year(levers):
    plan = evaluate(base(), Scenario(levers=levers))
    year, _ = quarters_of(plan)
    mean = quarter(year, 0.0)
    result = plan.year
    np.testing.assert_allclose(mean.visits * 4, result.budget.visits, rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(mean.files_left * 4, result.led - result.decided, rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(year.confirming_visits - mean.unconfirmed * 4, result.confirmed, rtol=1e-9, atol=1e-6)
    short = np.maximum(result.work.mandatory_days - result.budget.field_days, 0)
    np.testing.assert_allclose(mean.mandatory_left * 4, short, rtol=1e-9, atol=1e-6)


@run(max_examples=tries(10), deadline=None)
@given(legal_levers(BASELINE))
def test_the_quarters_visits_add_up_to_the_year_where_time_and_cap_allow(levers):
    plan = evaluate(base(), Scenario(levers=levers))
    year, parts = quarters_of(plan)
    added, made = sum(part.visits for part in parts), plan.year.budget.visits
    uncapped = np.logical_and.reduce([part.visits < year.visits_most / 4 for part in parts])
    in_time = uncapped & ~could_fall_short(year)
    np.testing.assert_allclose(added[in_time], made[in_time], rtol=1e-9)
    # A quarter without time makes no visits, but owes none to the others either.
    assert (added[uncapped] >= made[uncapped] * (1 - 1e-9) - 1e-6).all()
    np.testing.assert_array_less(added, year.visits_most * (1 + 1e-9) + 1e-6)


@run(max_examples=tries(10), deadline=None)
@given(legal_levers(BASELINE))
def test_what_could_not_fall_short_does_not_and_the_third_quarter_is_the_tightest(levers):
    plan = evaluate(base(), Scenario(levers=levers))
    year, parts = quarters_of(plan)
    found = missing(year, parts)
    listed = {
        (r.what, r.quarter, r.tier, r.prefecture): r for r in not_done_by_quarter(BASELINE, plan.year, base().assumed)
    }
    for what, amount in found.items():
        assert (amount >= -1e-9).all()
        assert amount[:, ~could_fall_short(year)].max(initial=0) < ROUNDING
        assert (amount[2] >= amount - 1e-6).all()
        probability = (amount > ROUNDING).mean(axis=1)
        for k in QUARTERS:
            for p, name in enumerate(BASELINE.pool_names):
                row = listed.pop((what, k, *name), None)
                assert (row is None) == (probability[k - 1, p] < LEAST_PROBABILITY)
                if row:
                    assert row.probability == pytest.approx(probability[k - 1, p])
                    assert row.amount.p90 == pytest.approx(np.quantile(amount[k - 1, :, p], 0.9), abs=1e-5)
    assert not listed


def test_without_a_season_a_quarter_is_a_quarter_of_the_year():
    even = base(complaint_season=ChangedAssumption(0, 0, 0, "counted by month"))
    plan = evaluate(even, RISE)
    of_year = not_done(BASELINE, plan.year)
    of_quarters = not_done_by_quarter(BASELINE, plan.year, even.assumed)
    assert {row.what for row in of_year} == {"legal minimum", "mandatory work", "case decisions"}
    assert len(of_quarters) == 4 * len(of_year)
    by_place = {(row.what, row.tier, row.prefecture): row for row in of_year}
    for row in of_quarters:
        whole = by_place[row.what, row.tier, row.prefecture]
        assert row.probability == pytest.approx(whole.probability)
        assert row.amount.p90 * 4 == pytest.approx(whole.amount.p90, rel=1e-6, abs=1e-4)


def test_rows_stand_likeliest_first():
    rows = not_done_by_quarter(BASELINE, evaluate(base(), RISE).year, base().assumed)
    assert [row.probability for row in rows] == sorted((row.probability for row in rows), reverse=True)
    assert {row.quarter for row in rows} == set(QUARTERS)

"""The base year is the report in every draw, and only plausible draws are kept (method, section 10)."""

from dataclasses import replace

import numpy as np
import pytest
from closure_checks import EXACT, assert_closed, assert_plausible
from own_base_year import known_about, with_contacts_window

from model import ChangedAssumption, Scenario, TooFewDraws, project, shipped_baseline
from model.evidence.draws import draw, mids
from model.files.base_years.form import MAY_BE_RANGES
from model.projection.base_year import BaseYear, base_year_of
from model.year.closure import close

BASELINE = shipped_baseline("hunan-2021")
READINGS = {
    "as assumed": {},
    "posts": {"staff": "posts"},
    "special cases outside": {"special_cases": "outside"},
    "both": {"staff": "posts", "special_cases": "outside"},
}


@pytest.fixture(scope="module", params=READINGS.values(), ids=READINGS)
def base(request) -> BaseYear:
    return base_year_of(Scenario(reading=request.param), BASELINE)


def test_every_kept_draw_returns_the_report(base):
    assert_closed(base)


def test_every_kept_draw_is_plausible(base):
    assert_plausible(base)


def test_enough_draws_are_kept(base):
    assert base.draws.drawn == 4096
    assert 2000 <= base.draws.kept <= 4096
    assert base.draws.effective == base.draws.kept == len(base.assumed["visits_base"])


def test_the_figures_of_the_report():
    work, led = (base := base_year_of(Scenario(), BASELINE)).year.work, base.year.led
    np.testing.assert_allclose(work.staff.people.sum(axis=1), 2359, rtol=EXACT)
    np.testing.assert_allclose(work.staff.frontline.sum(axis=1), 1504, rtol=EXACT)
    shares = work.staff.frontline.sum(axis=1) / work.staff.people.sum(axis=1)
    assert set(np.round(shares, 4)) == {0.6376}
    np.testing.assert_allclose(work.staff.bodies.sum(axis=1), 138, rtol=EXACT)
    np.testing.assert_allclose(led.sum(axis=1) * 2.814, 7385, rtol=EXACT)
    found = work.offsite_problems / (4356 / base.assumed["service_window_years"])
    np.testing.assert_allclose(found, 472 / 4356, rtol=EXACT)


def test_figures_known_about_hold_in_the_draw_that_draws_them():
    base = base_year_of(Scenario(), known_about(BASELINE, MAY_BE_RANGES, 0.02), 1024)
    assumed, work = base.assumed, base.year.work
    assert len(set(np.round(assumed["staff_total"][:, 0]))) > 20
    for heads, id in ((work.staff.people, "staff_total"), (work.staff.frontline, "frontline_total")):
        np.testing.assert_allclose(heads.sum(axis=1), np.round(assumed[id][:, 0]), rtol=EXACT)
    np.testing.assert_allclose(work.staff.bodies.sum(axis=1), assumed["bodies_total"][:, 0], rtol=EXACT)
    np.testing.assert_allclose(base.year.led.sum(axis=1) * 2.814, assumed["cases_total"][:, 0], rtol=EXACT)
    found = work.offsite_problems * assumed["service_window_years"]
    np.testing.assert_allclose(found, assumed["offsite_problems"], rtol=EXACT)


def test_a_range_that_is_one_number_is_that_number():
    about = known_about(BASELINE, MAY_BE_RANGES, 0.0)
    for reading in READINGS.values():
        assumed = draw(BASELINE.assumptions, 64, 3)
        with_figures = {**assumed, **{id: np.full((64, 1), BASELINE.reported(id)) for id in MAY_BE_RANGES}}
        one, other = (
            close(baseline, baseline.assumptions, values, reading)
            for baseline, values in ((BASELINE, assumed), (about, with_figures))
        )
        np.testing.assert_array_equal(one.flow.visit_filed, other.flow.visit_filed)
        np.testing.assert_array_equal(one.work.offsite_problems, other.work.offsite_problems)
        np.testing.assert_array_equal(one.busy, other.busy)


def test_contacts_may_have_a_window_of_their_own():
    assumed = draw(BASELINE.assumptions, 64, 3)
    half_a_year = {**assumed, "contacts_window_years": np.full((64, 1), 0.5)}
    work, own = (
        close(baseline, baseline.assumptions, values, {}).work
        for baseline, values in ((BASELINE, assumed), (with_contacts_window(BASELINE, 0.5), half_a_year))
    )
    more = BASELINE.reported("service_contacts") * (1 / 0.5 - 1 / assumed["service_window_years"])
    np.testing.assert_allclose(own.mandatory_days - work.mandatory_days, more * assumed["service_days"] * work.local)
    np.testing.assert_array_equal(own.offsite_problems, work.offsite_problems)


def test_special_cases_beside_the_total_are_added_to_it():
    base = base_year_of(Scenario(reading={"special_cases": "outside"}), BASELINE)
    np.testing.assert_allclose(base.year.led.sum(axis=1) * 2.814, 7385 + 1411, rtol=EXACT)


def test_posts_that_nobody_fills_do_no_work():
    people, posts = (base_year_of(Scenario(reading={"staff": staff}), BASELINE) for staff in ("people", "posts"))
    assert (people.year.work.filled == 1).all()
    np.testing.assert_allclose(posts.year.work.filled, 1 - posts.assumed["vacancy"])
    assert posts.closure.flow.other_duties.mean() < people.closure.flow.other_duties.mean()


def test_a_draw_is_refused_for_a_reason_and_only_for_one():
    drawn = draw(BASELINE.assumptions, 4096, 1)
    closure = close(BASELINE, BASELINE.assumptions, drawn, {})
    kept = np.logical_and.reduce(list(closure.passes.values()))
    base = base_year_of(Scenario(), BASELINE)
    assert kept.sum() == base.draws.kept
    for id, values in base.assumed.items():
        assert np.array_equal(values, drawn[id][kept])
    other, per_visit = closure.flow.other_duties[:, 0], closure.flow.visit_filed[:, 0]
    outside = (other < 0.25) | (other > 0.70) | (per_visit < 0.015) | (per_visit > 0.06)
    assert outside.any()
    assert not (outside & kept).any()


def test_a_draw_in_which_one_team_makes_more_visits_than_its_cap_is_refused():
    capped = replace(BASELINE, rules="2025")
    closure = close(capped, capped.assumptions, draw(capped.assumptions, 1024, 1), {})
    work, flow = closure.work, closure.flow
    filed = work.led * (flow.visit_filed * flow.visits + work.other_cases)
    days_for_visits = work.field_days(flow.other_duties) - work.mandatory_days - filed * work.days_per_case
    above = days_for_visits / work.days_per_visit > work.visits_most
    assert 0 < above.sum() < above.any(axis=1).sum() * len(capped.pools), "of some teams, not of all"
    sound = closure.passes["pool_time"]
    assert 0 < above.any(axis=1)[sound].sum() < sound.sum()
    assert np.array_equal(closure.passes["visit_cap"][sound], ~above.any(axis=1)[sound])


@pytest.mark.parametrize("id", ["other_duties_share", "visit_filed"])
def test_a_value_on_either_end_of_its_range_is_in_it(id):
    """Off it by less than a part in a thousand million, as by rounding; by more it is out."""
    one = mids(BASELINE.assumptions)
    value = float(close(BASELINE, BASELINE.assumptions, one, {}).closed[id][0, 0])

    def is_in(low: float, high: float) -> bool:
        range_of_it = replace(BASELINE.assumptions[id], low=low, mid=(low + high) / 2, high=high)
        return bool(close(BASELINE, {**BASELINE.assumptions, id: range_of_it}, one, {}).passes[id][0])

    assert is_in(value, value + 0.1) and is_in(value - 0.1, value)
    assert is_in(value + 5e-10, value + 0.1) and is_in(value - 0.1, value - 5e-10)
    assert not is_in(value + 5e-9, value + 0.1) and not is_in(value - 0.1, value - 5e-9)


def test_the_middle_of_every_range_is_plausible():
    closure = close(BASELINE, BASELINE.assumptions, mids(BASELINE.assumptions), {})
    assert all(passes.all() for passes in closure.passes.values())


def test_the_base_years_own_numbers_have_no_spread():
    result = project(Scenario())
    for id in ("staff", "frontline", "cases_filed"):
        band = result.measures[id].total.base
        assert band.p10 == pytest.approx(band.p90, rel=EXACT)
    assert result.measures["visits"].total.base.p10 < 0.9 * result.measures["visits"].total.base.p90


@pytest.mark.parametrize(
    ("id", "low", "high", "reason"),
    [
        ("visits_base", 500_000, 600_000, "other_duties_share"),
        ("complaint_filed", 0.2, 0.3, "visit_filed"),
        ("staff_city", 100, 120, "staff_county"),
        ("frontline_share_city", 0.05, 0.06, "frontline_share_county"),
        ("complaint_days", 12, 14, "pool_time"),
        ("review_days", 10, 12, "review_load"),
    ],
)
def test_an_impossible_assumption_is_refused_with_its_reason(id, low, high, reason):
    changed = {id: ChangedAssumption(low, (low + high) / 2, high, "impossible")}
    with pytest.raises(TooFewDraws, match=r"of 512 draws give a plausible base year; 200 are needed") as refused:
        project(Scenario(assumptions=changed), draws=512)
    assert refused.value.draws.kept < 200
    assert refused.value.draws.drawn == 512
    assert refused.value.refused[reason] >= 312


@pytest.mark.parametrize(("low", "high", "drawn"), [(0.2, 0.4, 1024), (0.3, 0.38, 2048)])
def test_draws_are_doubled_until_200_are_plausible(low, high, drawn):
    changed = {"other_duties_share": ChangedAssumption(low, (low + high) / 2, high)}
    asked, doubled = (project(Scenario(assumptions=changed), draws=draws) for draws in (256, drawn))
    assert asked.draws.drawn == drawn and 200 <= asked.draws.kept < 400
    assert asked.draws == doubled.draws and asked.measures == doubled.measures


def test_no_draws_are_added_where_4096_promise_too_few():
    with pytest.raises(TooFewDraws, match="0 of 256 draws"):
        project(Scenario(assumptions={"other_duties_share": ChangedAssumption(0.05, 0.055, 0.06)}), draws=256)

"""A base year of one's own: what is known holds in every draw, and the rest is drawn (method, section 17)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from own_base_year import CLOSED_BY, known, known_about, with_units, with_visits_unknown, without
from thorough import tries

from model import Scenario, project, shipped_baseline
from model.evidence.baseline import CITY, COUNTY
from model.evidence.draws import draw
from model.evidence.figures import Assumption
from model.evidence.pools import heads_id
from model.files.base_years.form import MAY_BE_RANGES
from model.projection.base_year import base_year_at, base_year_of
from model.projection.results import TooFewDraws
from model.scenario.decisions import ChangedAssumption
from model.year.closure import close

HUNAN, GUANGDONG = shipped_baseline("hunan-2021"), shipped_baseline("guangdong-2016")
MOVE = {"staff.change.city": -20.0, "staff.change.county": 20.0}
OPTIONAL = sorted(
    {*CLOSED_BY, "frontline_share", "bodies_total", "bodies_merged", "offsite_checks", "offsite_problems"}
    | {"service_contacts", "enforcement_share_of_system_min", "cases_seizure", "cases_crime"}
)


def is_sound(projection) -> bool:
    """Whether every figure is a number, and people are conserved."""
    bands = [
        value
        for measure in projection.measures.values()
        for paired in (measure.total, *measure.tiers.values(), *measure.prefectures.values())
        for band in (paired.base, paired.scenario, paired.difference)
        for value in (band.p10, band.p50, band.p90)
    ]
    return bool(np.isfinite(bands).all()) and abs(projection.measures["staff"].total.difference.p50) < 1e-6


@given(st.sets(st.sampled_from(OPTIONAL)), st.sets(st.sampled_from(MAY_BE_RANGES)), st.floats(0, 0.3))
@settings(max_examples=tries(60), deadline=None)
def test_any_figure_of_the_report_may_be_missing_or_known_about(missing, about, off):
    baseline = known_about(without(HUNAN, missing), about, off)
    try:
        projection = project(Scenario(levers=MOVE), baseline=baseline, draws=512)
    except TooFewDraws:
        return  # a refusal that names its conditions: tests/outputs
    assert is_sound(projection)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=40))
@settings(max_examples=tries(60), deadline=None)
def test_places_may_have_any_number_of_counties(units):
    baseline = with_units(HUNAN, units)
    assert len(baseline.pools) == 1 + len(units) + sum(count > 0 for count in units)
    levers = MOVE if sum(units) else {"other_duties_cut": 0.1}
    assumed = draw(baseline.assumptions, 64, 1)
    base = base_year_at(_some_base_year(baseline), assumed)
    for values in (base.year.led, base.year.budget.visits, base.year.on_time, base.year.decided):
        assert np.isfinite(values).all()
    assert base.year.led.sum(axis=1) == pytest.approx(base.year.budget.filed[:, 0])
    assert base.year.work.local.sum(axis=1) == pytest.approx(1.0)
    assert base.year.work.staff.bodies[:, baseline.pools.slices[COUNTY]].sum(axis=1) == pytest.approx(
        assumed["bodies_county"][:, 0] if sum(units) else 0.0
    )
    assert levers


def _some_base_year(baseline):
    """A base year object on which other draws can be closed."""
    hunan = base_year_of(Scenario(), HUNAN, 512)
    return replace(hunan, baseline=baseline, assumptions=baseline.assumptions)


@pytest.mark.parametrize("reading", [{}, {"staff": "posts"}], ids=["people", "posts"])
@pytest.mark.parametrize("baseline", [HUNAN, without(HUNAN, ["cases_total"])], ids=["cases known", "cases unknown"])
def test_visits_that_follow_from_other_duties_are_those_that_gave_them(baseline, reading):
    assumed = draw(baseline.assumptions, 256, 1)
    first = close(baseline, baseline.assumptions, assumed, reading)
    turned = with_visits_unknown(baseline)
    duties = {id: values for id, values in assumed.items() if id != "visits_base"}
    duties["other_duties_share"] = first.flow.other_duties
    usual = ((first.flow.other_duties >= 0) & (first.flow.other_duties + first.work.extra_duties <= 1)).all(axis=1)
    again = close(turned, turned.assumptions, duties, reading)
    assert usual.mean() > 0.5
    assert again.flow.visits[usual] == pytest.approx(assumed["visits_base"][usual], rel=1e-9)
    assert again.flow.visit_filed[usual] == pytest.approx(first.flow.visit_filed[usual], rel=1e-9)


def test_what_is_known_holds_in_every_draw():
    assumptions = {
        **HUNAN.assumptions,
        "staff_city": known(HUNAN.assumptions["staff_city"], 600),
        "frontline_share_city": known(HUNAN.assumptions["frontline_share_city"], 0.6),
        "visits_base": known(HUNAN.assumptions["visits_base"], 70_000),
    }
    base = base_year_of(Scenario(), replace(HUNAN, assumptions=assumptions), 1024)
    cities = HUNAN.pools.slices[CITY]
    assert base.year.work.staff.people[:, cities].sum(axis=1) == pytest.approx(600)
    assert base.year.work.staff.frontline[:, cities].sum(axis=1) == pytest.approx(360)
    assert base.year.work.staff.people.sum(axis=1) == pytest.approx(2359)
    assert base.year.budget.visits.sum(axis=1) == pytest.approx(70_000)


def test_a_pool_of_which_the_people_are_known_keeps_them():
    changsha = ("city", "changsha")
    baseline = replace(HUNAN, people_of={changsha: (90.0, 50.0)})
    base = base_year_of(Scenario(), baseline, 1024)
    pool = baseline.pool_names.index(changsha)
    assert base.year.work.staff.people[:, pool] == pytest.approx(90)
    assert base.year.work.staff.frontline[:, pool] == pytest.approx(50)
    assert base.year.work.staff.people.sum(axis=1) == pytest.approx(2359)


def test_pools_known_about_are_what_is_drawn_and_officers_follow_people():
    ranges = {
        ("people", "city", "changsha"): (80.0, 91.0, 100.0),
        ("frontline", "city", "changsha"): (40.0, 50.0, 60.0),
        ("people", "county", "changde"): (100.0, 130.0, 150.0),
    }
    own = {heads_id(*key): in_range(heads_id(*key), *ends) for key, ends in ranges.items()}
    people = {("city", "changsha"): (91.0, 50.0), ("county", "changde"): (130.0, None)}
    baseline = replace(HUNAN, people_of=people, assumptions={**HUNAN.assumptions, **own})
    base = base_year_of(Scenario(), baseline, 1024)
    staff = base.year.work.staff
    for heads, *pool in ranges:
        found = (staff.people if heads == "people" else staff.frontline)[:, baseline.pool_names.index(tuple(pool))]
        assert found == pytest.approx(np.round(base.assumed[heads_id(heads, *pool)][:, 0])) and found.std() > 1
    assert staff.people.sum(axis=1) == pytest.approx(2359) and staff.frontline.sum(axis=1) == pytest.approx(1504)
    counties = baseline.pools.slices[COUNTY]
    shares = staff.frontline[:, counties] / staff.people[:, counties]
    assert shares == pytest.approx(np.broadcast_to(shares[:, :1], shares.shape))


def test_a_tier_of_which_all_pools_are_known_about_is_their_sum():
    names = [name for name in HUNAN.pool_names if name[0] == "city"]
    own = {heads_id("people", *name): in_range(heads_id("people", *name), 30, 40, 50) for name in names}
    baseline = replace(HUNAN, people_of=dict.fromkeys(names, (40.0, None)), assumptions={**HUNAN.assumptions, **own})
    base = base_year_of(Scenario(), baseline, 1024)
    cities = base.year.work.staff.people[:, baseline.pools.slices[CITY]]
    assert cities.min() >= 30 and cities.max() <= 50
    assert cities.sum(axis=1) == pytest.approx(sum(np.round(base.assumed[id][:, 0]) for id in own))
    assert base.year.work.staff.people.sum(axis=1) == pytest.approx(2359)


def test_draws_in_which_teams_have_more_people_than_their_tier_are_refused():
    names = [name for name in HUNAN.pool_names if name[0] == "city" and name[1] != "changsha"]
    baseline = replace(HUNAN, people_of=dict.fromkeys(names, (38.0, None)))
    base = base_year_of(Scenario(), baseline, 1024)
    assert base.year.work.staff.people.sum(axis=1) == pytest.approx(2359)
    assert base.assumed["staff_city"].min() >= 38 * len(names) - 0.5 > HUNAN.assumptions["staff_city"].low


def test_a_draw_is_refused_where_one_tier_has_other_people_than_its_teams_or_a_team_more_officers_than_people():
    assumed = draw(HUNAN.assumptions, 64, 1)
    changsha = ("city", "changsha")
    for about_team, fits in (((90.0, 50.0), True), ((50.0, 90.0), False)):
        baseline = replace(HUNAN, people_of={changsha: about_team})
        assert close(baseline, HUNAN.assumptions, assumed, {}).passes["people_by_team"].all() == fits
    too_many = replace(HUNAN, people_of={changsha: (2000.0, None)})
    assert not close(too_many, HUNAN.assumptions, assumed, {}).passes["people_by_team"].any()


def in_range(id: str, low: float, mid: float, high: float) -> Assumption:
    return replace(HUNAN.assumptions["staff_city"], id=id, low=low, mid=mid, high=high)


def test_a_place_without_counties_does_their_work_at_the_city():
    """Its share of all work is that of its need, as if it had counties."""
    one_less = [0 if k == 3 else p.county_level_units for k, p in enumerate(HUNAN.prefectures)]
    baseline = with_units(HUNAN, one_less)
    assumed = draw(HUNAN.assumptions, 128, 1)
    with_counties, alone = (close(b, HUNAN.assumptions, assumed, {}) for b in (with_units(HUNAN, [9] * 14), baseline))
    for before, after in ((with_counties.work.local, alone.work.local), (with_counties.work.led, alone.work.led)):
        whole = HUNAN.pools.of_prefecture[:, 3]
        assert (before @ whole) == pytest.approx(after @ baseline.pools.of_prefecture[:, 3])


def reading_of(id: str) -> Scenario:
    """A plan on Guangdong 2016 read one way."""
    alternative = next(one for one in GUANGDONG.alternatives if one.id == id)
    changed = {
        name: ChangedAssumption(one.low, one.mid, one.high, one.reason["en"])
        for name, one in alternative.ranges.items()
    }
    return Scenario(baseline=GUANGDONG.id, assumptions=changed)


def test_guangdong_does_not_close_on_the_task_times_of_hunan():
    with pytest.raises(TooFewDraws) as refusal:
        project(Scenario(baseline=GUANGDONG.id))
    assert refusal.value.draws.kept < 5
    assert next(iter(refusal.value.refused)) in ("other_duties_share", "pool_time")


@pytest.mark.parametrize("id", ["cheaper_tasks", "more_hands"])
def test_guangdong_closes_under_either_reading(id):
    plan = reading_of(id)
    projection = project(plan.with_decisions(levers=MOVE))
    assert is_sound(projection)
    assert len(GUANGDONG.pools) == 41, "a province, 21 cities, and the counties of 19"
    assert projection.measures["cases_filed"].total.base.p50 == pytest.approx(7007 / 0.497)
    assert 335_000 < projection.measures["visits"].total.base.p50 < 354_000
    assert {row.prefecture for row in projection.bottlenecks if row.tier == "county"}.isdisjoint(
        {"dongguan", "zhongshan"}
    )
    assert "dongguan" in projection.measures["visits"].prefectures


def test_the_record_of_dongguan_is_believed_in_part():
    """Need alone gives it 849 cases (issue's count, by the middle of need), its record says 3,642."""
    base = base_year_of(reading_of("cheaper_tasks"), GUANGDONG)
    (belief,) = base.closure.beliefs
    alone, used = np.median(belief.model), np.median(belief.used)
    assert 820 < alone < 890
    assert alone < used < 3642
    pool = GUANGDONG.pool_keys.index("city.dongguan")
    assert np.median(base.year.led[:, pool]) == pytest.approx(used)
    assert base.year.led.sum(axis=1) == pytest.approx(7007 / 0.497)

"""The inspection plan: whole visits that add up to the projection, within the time there is.

The legal minimum is met in every quarter where the year's plan meets it.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scenario_strategies import listed_scenarios, scenarios
from synthetic import Size, write_baseline
from thorough import tries

from model import ChangedAssumption, Projection, Scenario, TooFewDraws, read_baseline, shipped_baseline
from model.evidence.baseline import Baseline
from model.files.scenario_file import load_scenario
from model.force.whole_numbers import paced, shared, whole
from model.outputs.handout.pool_figures import year_as_shown
from model.outputs.phrasing.coherence import coherent
from model.projection.base_year import base_year_of, baseline_of
from model.projection.project import evaluate, summarise
from model.schedule.inspection_plan import GENERAL, KEY, NON_ROUTINE, TARGETED, InspectionPlan, inspection_plan
from model.schedule.representative_year import RepresentativeYear

ROOT = Path(__file__).parents[2]
BASELINE = shipped_baseline("hunan-2021")
SHIPPED = sorted(path.stem for path in (ROOT / "scenarios").glob("*.toml"))
SUMMER, WINTER = [5, 6, 7], [11, 0, 1]


def examples(number: int) -> settings:
    return settings(max_examples=tries(number), deadline=None, derandomize=True)


def laid_out(scenario: Scenario, baseline: Baseline | None = None, draws: int = 4096):
    base = base_year_of(scenario, baseline or baseline_of(scenario), draws)
    projection = coherent(summarise(base, evaluate(base, scenario)))
    year = year_as_shown(base, projection)
    return inspection_plan(base.baseline.pool_names, year), projection, year


@cache
def shipped(stem: str) -> tuple[InspectionPlan, Projection, RepresentativeYear]:
    return laid_out(load_scenario(ROOT / "scenarios" / f"{stem}.toml")[0])


def days_of_one(year: RepresentativeYear) -> np.ndarray:
    """The person-days of the dearest visit of a pool, (pools, 1)."""
    confirmed = year.confirmed.sum(axis=1)
    visits, confirming = (
        np.divide(days, of, out=np.zeros_like(days), where=of > 1e-9)
        for days, of in ((year.visit_days, year.visits), (year.confirmed_days, confirmed))
    )
    return (visits + confirming)[:, None]


def assert_holds(plan: InspectionPlan, projection: Projection, year: RepresentativeYear) -> None:
    """Assert what holds for the inspection plan of any scenario."""
    assert plan.visits.dtype.kind == plan.minimum.dtype.kind == "i"
    assert (plan.visits >= 0).all() and (plan.minimum >= 0).all()
    planned = plan.visits[:, :NON_ROUTINE]
    assert planned.sum() == pytest.approx(year.visits.sum(), abs=0.51)
    assert plan.minimum.sum() == pytest.approx(year.owed.sum(), abs=0.51)
    visits, bands = planned.sum(), projection.measures["visits"].total
    assert bands.scenario.p10 - 1 <= visits <= bands.scenario.p90 + 1
    if is_as_printed(year, projection):
        assert_is_as_printed(plan, projection)

    # Made and owed: what a year of the pool makes is not short in a quarter that has time for the key units.
    met = planned.sum(axis=(1, 2)) >= plan.minimum[:, :NON_ROUTINE].sum(axis=(1, 2))
    time = year.visit_time.reshape(len(met), 4, 3).sum(axis=-1)
    keys = plan.minimum[:, KEY] * days_of_one(year)
    assert not plan.short[met & (time >= keys).all(axis=1), :NON_ROUTINE].any()
    assert (plan.visits[:, NON_ROUTINE].sum(axis=1) <= plan.minimum[:, NON_ROUTINE].sum(axis=1)).all()

    # No more than there is time for, but for what whole visits round up: one in a quarter and one in a month.
    used = plan.time.inspections + plan.time.complaints + plan.time.contacts + plan.time.cases
    slack = 2.001 * days_of_one(year) + 1e-6
    assert (used <= plan.time.field + slack).all()
    assert (used.sum(axis=1) <= plan.time.field.sum(axis=1) + slack[:, 0]).all()
    assert all((part >= 0).all() for part in vars(plan.time).values())
    assert (plan.crews_out.mean(axis=1) <= plan.crews + 0.1).all()


@pytest.mark.parametrize("stem", SHIPPED)
def test_a_shipped_scenario_has_a_plan_that_holds(stem):
    plan, projection, year = shipped(stem)
    assert_holds(plan, projection, year)
    assert not plan.short.any()


@pytest.mark.parametrize("stem", SHIPPED)
def test_the_plans_totals_are_the_projections(stem):
    """In all, of every tier and of every prefecture, as they are printed; crews have no place of their own there."""
    plan, projection, year = shipped(stem)
    assert is_as_printed(year, projection)
    assert_is_as_printed(plan, projection)
    assert plan.crews.sum() == pytest.approx(projection.measures["crews"].total.scenario.p50, rel=0.003)


def is_as_printed(year: RepresentativeYear, projection: Projection) -> bool:
    """Whether the year has the figures of other pages; under plans that change nearly everything it keeps its own."""
    return year.visits.sum() == pytest.approx(projection.measures["visits"].total.scenario.p50, abs=0.51)


def assert_is_as_printed(plan: InspectionPlan, projection: Projection) -> None:
    """Assert that visits, legal minimum, officers and field days are those of the coherent projection, to a whole."""
    for id, of_pool in {
        "visits": plan.visits[:, :NON_ROUTINE].sum(axis=(1, 2)),
        "legal_minimum": plan.minimum.sum(axis=(1, 2)),
        "frontline": plan.frontline,
        "field_days": plan.time.field.sum(axis=1),
    }.items():
        result = projection.measures[id]
        assert of_pool.sum() == pytest.approx(result.total.scenario.p50, abs=0.51), id
        for kind, parts in enumerate((result.tiers, result.prefectures)):
            for part, paired in parts.items():
                pools = [p for p, name in enumerate(plan.pools) if name[kind] == part]
                assert of_pool[pools].sum() == pytest.approx(paired.scenario.p50, abs=1.01), (id, part)


@pytest.mark.by_night
@given(scenarios(BASELINE))
@examples(35)
@np.errstate(all="raise", under="ignore")
def test_every_plan_a_planner_can_write_is_laid_out(scenario):
    try:
        assert_holds(*laid_out(scenario, BASELINE, draws=512))
    except TooFewDraws:
        assume(False)


@given(listed_scenarios(BASELINE))
@examples(10)
@np.errstate(all="raise", under="ignore")
def test_a_plan_on_a_staff_list_is_laid_out(scenario):
    try:
        assert_holds(*laid_out(scenario, draws=512))
    except TooFewDraws:
        assume(False)


@pytest.mark.parametrize("rules", ["2021", "2025"])
def test_another_force_has_a_plan_too(rules, tmp_path):
    size = Size(provinces=3, prefectures=20, county_level_units=140, rules=rules)
    baseline = read_baseline(write_baseline(tmp_path / rules, size))
    plan, projection, year = laid_out(Scenario(), baseline, draws=512)
    assert_holds(plan, projection, year)
    assert len(plan.pools) == 43 and [tier for tier, _ in plan.pools].count("province") == 3


def test_there_is_less_time_for_visits_in_summer():
    plan, _, _ = shipped("base-year")
    visits, complaints = plan.visits.sum(axis=(0, 1)), plan.time.complaints.sum(axis=0)
    assert visits[SUMMER].sum() < 0.9 * visits[WINTER].sum()
    assert complaints.argmax() == 6 and complaints[SUMMER].sum() > 1.3 * complaints[WINTER].sum()


def test_without_a_season_every_month_is_alike():
    still = ChangedAssumption(0.0, 0.0, 0.0, "no season here")
    plan, _, _ = laid_out(Scenario(assumptions={"complaint_season": still}), draws=1024)
    by_month = plan.visits.sum(axis=1)
    assert (by_month.max(axis=1) - by_month.min(axis=1) <= 2).all()


def test_classes_follow_the_law_and_the_aim():
    plan, _, year = shipped("base-year")
    by_class = plan.visits.sum(axis=(0, 2))
    assert by_class[KEY] == plan.minimum[:, KEY].sum()
    assert by_class[TARGETED] == round(year.aimed)
    assert by_class[GENERAL] > plan.minimum[:, GENERAL].sum()
    quarters = plan.minimum[:, KEY]
    assert (quarters.max(axis=1) - quarters.min(axis=1) <= 1).all(), "the law asks for key units quarter by quarter"
    province = [p for p, (tier, _) in enumerate(plan.pools) if tier == "province"]
    assert not plan.minimum[province].any()


def test_more_aim_moves_visits_from_chance_to_risk_and_special_ones_stand_among_them():
    plan, _, _ = shipped("base-year")
    aimed, _, _ = laid_out(Scenario(levers={"targeted_share": 0.5}))
    assert aimed.visits[:, TARGETED].sum() > 1.3 * plan.visits[:, TARGETED].sum()
    assert aimed.visits[:, KEY].sum() == pytest.approx(plan.visits[:, KEY].sum(), rel=0.005)
    campaigns = ChangedAssumption(4000.0, 4000.0, 4000.0, "this year's campaigns")
    ordered, _, _ = laid_out(Scenario(assumptions={"special_visits": campaigns}, levers={"targeted_share": 0.0}))
    assert ordered.minimum[:, TARGETED].sum() == pytest.approx(4000, rel=0.005)
    assert (ordered.by_quarter[:, TARGETED] >= ordered.minimum[:, TARGETED]).all()


def test_a_pool_that_cannot_meet_the_minimum_says_where_it_is_short():
    """Ten officers in a hundred of the counties' people: crews for a fraction of the checks owed."""
    few = Scenario(levers={"frontline_share.county": 0.2, "service_contacts": 80_000.0})
    plan, projection, year = laid_out(few)
    assert_holds(plan, projection, year)
    short = plan.short.sum(axis=(1, 2))
    assert short.any()
    made = plan.by_quarter[short > 0]
    assert (made[:, KEY] > 0).any(), "key units come first"
    missing = plan.minimum[:, :NON_ROUTINE].sum(axis=(1, 2)) - plan.visits[:, :NON_ROUTINE].sum(axis=(1, 2))
    listed = {(row.tier, row.prefecture) for row in projection.not_done_by_quarter if row.what == "legal minimum"}
    assert {plan.pools[p] for p in np.flatnonzero(short)} <= listed, "the projection names the same places"
    never = missing > 0
    assert (plan.short[never, :NON_ROUTINE].sum(axis=(1, 2)) >= missing[never]).all()


# Whole numbers.


amounts = st.lists(st.floats(0, 1e5, allow_subnormal=False), min_size=1, max_size=60).map(np.array)


@given(amounts)
@examples(100)
def test_whole_numbers_keep_the_sum_and_stay_beside_what_they_stand_for(parts):
    found = whole(parts)
    assert found.sum() == round(parts.sum()) and (np.abs(found - parts) < 1 + 1e-6).all()


@given(st.integers(0, 10_000), st.lists(st.integers(0, 500), min_size=1, max_size=40).map(np.array))
@examples(100)
def test_a_share_never_takes_more_than_there_is(total, there):
    total = min(total, int(there.sum()))
    found = shared(total, there)
    assert found.sum() == total and (found >= 0).all()
    assert (found <= there).all() or not there.sum()


@given(st.integers(0, 500), st.lists(st.floats(0, 10), min_size=1, max_size=12).map(np.array), st.floats(0, 0.999))
@examples(100)
def test_what_is_paced_is_never_more_than_one_ahead(total, weights, start):
    found = paced(total, weights, start)
    assert found.sum() == total and (found >= 0).all()
    weights = weights if weights.sum() else np.ones_like(weights)
    due = total * np.cumsum(weights) / weights.sum()
    assert (np.abs(np.cumsum(found) - due) < 1 + 1e-6).all()


# The year.


def test_the_year_keeps_what_adds_up():
    _, _, year = shipped("sink-to-counties")
    used = (
        year.visit_days
        + year.confirmed_days
        + sum(months.sum(axis=1) for months in (year.complaint_days, year.contact_days, year.case_days))
    )
    np.testing.assert_allclose(used, year.field_days, rtol=2e-3)

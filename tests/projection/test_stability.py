"""Does it hold: each alternative changes what it says it changes, alone, and what turns the sign is found."""

from dataclasses import replace

import numpy as np
import pytest

from model import Scenario, project, shipped_baseline
from model.evidence.draws import draw
from model.evidence.rules import rules_of
from model.projection.base_year import _base_year, base_year_of, with_changes
from model.projection.project import against
from model.projection.stability import DUTIES, IDS, PROVINCE_DUTIES, Alternative, Stability, direction, stability
from model.scenario.scenario import ChangedAssumption
from model.scenario.settings import settings
from model.year.closure import close
from model.year.year import year

BASELINE = shipped_baseline("hunan-2021")
DRAWS = 1024
SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
BOTH_SIGNS = SINK.with_decisions(assumptions={DUTIES: ChangedAssumption(-0.15, 0.05, 0.20)})
"""A range of a city officer's other duties in which the sign of the answer turns."""


def answer(scenario: Scenario) -> Stability:
    base = base_year_of(scenario, BASELINE, DRAWS)
    return stability(base, against(base, scenario))


@pytest.fixture(scope="module")
def found() -> Stability:
    return answer(BOTH_SIGNS)


def closed(scenario: Scenario):
    """The draws of a scenario's base year and its closure, plausible or not."""
    assumptions = with_changes(BASELINE, scenario.assumptions)
    assumed = draw(assumptions, DRAWS, 1)
    return assumed, close(BASELINE, assumptions, assumed, scenario.reading)


@pytest.mark.parametrize("staff", ["people", "posts"])
def test_closed_by_tier_visits_are_in_proportion_to_officers(staff):
    tiers, pools = {"closure": "tiers", "staff": staff}, BASELINE.pools
    assumed, closure = closed(SINK.with_decisions(reading=tiers))
    keep = closure.plausible
    assumed = {id: values[keep] for id, values in assumed.items()}
    closure = close(BASELINE, BASELINE.assumptions, assumed, tiers)
    base = year(BASELINE, assumed, closure, settings({}, BASELINE), tiers)
    visits, officers = (a @ pools.of_tier for a in (base.budget.visits, base.work.staff.base_officers))
    shares = [a / a.sum(axis=1, keepdims=True) for a in (visits, officers)]
    np.testing.assert_allclose(*shares, rtol=1e-9)
    np.testing.assert_allclose(visits.sum(axis=1, keepdims=True), assumed["visits_base"], rtol=1e-9)
    np.testing.assert_allclose(closure.work.extra_duties[:, pools.slices[2]], 0, atol=1e-12)


@pytest.mark.by_night
def test_a_row_is_what_a_projection_of_its_scenario_gives(found):
    """The table against brute force; only the cap on visits is no part of a scenario."""
    rows = [row for row in found.rows if row.changes and row.alternative.visit_cap == np.inf]
    assert len(rows) > 5
    for row in rows:
        scenario = row.alternative.of(BOTH_SIGNS)
        # No file can ask for every alternative, so the way in that refuses is passed by.
        projected = against(_base_year(BASELINE, scenario.decisions.footing, DRAWS, 1), scenario)
        for id in IDS:
            total, change = projected.measures[id].total, row.changes[id]
            np.testing.assert_allclose(
                [change.difference.p10, change.difference.p50, change.difference.p90],
                [total.difference.p10, total.difference.p50, total.difference.p90],
                rtol=1e-9,
                atol=1e-8,
            )
            assert change.odds == total.odds


def test_as_drawn_is_the_projection(found):
    measures = project(BOTH_SIGNS, draws=DRAWS).measures
    assert {id: found.drawn[id] for id in IDS} == {id: measures[id].total for id in IDS}


def test_no_more_than_one_visit_a_unit_is_made_under_saturation():
    row = next(row for row in answer(SINK).rows if row.alternative.kind == "saturation")
    base = base_year_of(row.alternative.of(SINK), BASELINE, DRAWS)
    units, once = (
        base.assumed["regulated_units"] * base.closure.work.ground.seats.need,
        replace(rules_of("2021"), visit_cap=1.0),
    )
    visits = []
    for levers in ({}, SINK.levers):
        result = year(BASELINE, base.assumed, base.closure, settings(levers, BASELINE), {}, rules=once)
        assert (result.budget.visits <= units * (1 + 1e-12)).all() and result.budget.capped.any()
        visits.append(result.budget.visits.sum(axis=1))
    assert row.changes["visits"].difference.p50 == pytest.approx(np.median(visits[1] - visits[0]))


def test_at_the_break_even_nothing_changes(found):
    """Put in as the one value of the assumption, it leaves of the change next to nothing."""
    at = found.break_even["visits"]
    assert at.below and -0.15 < at.value < 0
    fixed = {DUTIES: ChangedAssumption(at.value, at.value, at.value)}
    change = project(SINK.with_decisions(assumptions=fixed), draws=DRAWS).measures["visits"].total.difference
    assert abs(change.p50) < 0.02 * found.drawn["visits"].difference.p50


def test_a_measure_holds_where_no_row_turns(found):
    for id in IDS:
        drawn = direction(found.drawn[id], id)
        signs = {direction(row.changes[id], id) for row in found.rows if row.changes}
        assert found.holds(id) == (signs == {drawn})
    assert not found.holds("visits")
    assert {row.alternative.kind for row in found.turns("visits")} >= {"duties", "saturation"}


def test_a_plan_without_a_decision_has_no_headline():
    assert answer(Scenario()).headline is None


@pytest.mark.by_night
def test_what_the_plan_says_itself_is_no_alternative():
    posts = answer(SINK.with_decisions(reading={"staff": "posts"}))
    assert [row.alternative.name for row in posts.rows if row.alternative.kind == "staff"] == ["people"]
    known = answer(SINK.with_decisions(assumptions={DUTIES: ChangedAssumption(0.1, 0.1, 0.1)}))
    assert not [row for row in known.rows if row.alternative.kind == "duties"]


def test_the_provinces_duties_are_an_alternative_where_its_people_change():
    """Their range has one sign: nearly all draws agreed on what people from the province bring."""
    down = Scenario(levers={"staff.change.province": -20.0, "staff.change.county": 20.0})
    rows = {row.alternative.name: row for row in answer(down).rows if PROVINCE_DUTIES in row.alternative.fixed}
    assert rows.keys() == {"province_low", "province_less"}
    low, less = (rows[name].changes["visits"].odds.better for name in ("province_low", "province_less"))
    assert less < low
    assert not [row for row in answer(SINK).rows if PROVINCE_DUTIES in row.alternative.fixed]


def test_who_moves_is_an_alternative_only_where_somebody_does():
    def movers(levers: dict) -> set[str]:
        rows = answer(SINK.with_decisions(levers=levers)).rows
        return {row.alternative.name for row in rows if row.alternative.kind == "movers"}

    choices = {"open", "own", "receiving", "frontline", "reviewers_stay"}
    assert movers(dict(SINK.levers)) == choices - {"open"}
    assert movers({**SINK.levers, "staff.movers": "own"}) == choices - {"own"}
    assert movers({"staff.new_posts": -20.0, "staff.change.county": -20.0}) == set()
    assert movers({"other_duties_cut": 0.1}) == set()


def test_ten_points_of_other_duties_cost_about_275_officers():
    cut = Scenario(levers={"other_duties_cut": 0.1})
    base = base_year_of(cut, BASELINE, DRAWS)
    duties = np.median(base.closure.flow.other_duties)
    assert answer(cut).price == pytest.approx(0.1 * 1504 / (1 - duties), rel=0.01)
    assert answer(cut).price == pytest.approx(275, abs=15)
    assert answer(SINK).price == 0


def test_an_alternative_that_few_draws_fit_says_nothing(monkeypatch):
    monkeypatch.setattr("model.projection.stability._alternatives", lambda *_: iter([NOWHERE]))
    none = answer(SINK)
    assert none.rows[0].changes == {} and none.rows[0].kept == 0
    assert none.untried == none.rows and not none.is_mostly_tried
    assert not none.holds("visits"), "what was not tried is not said to hold"


@pytest.mark.by_night
def test_more_is_drawn_for_alternatives_that_few_of_the_first_draws_fit():
    """A base year of which one draw in twenty is plausible has figures for most alternatives."""
    scenario = SINK.with_decisions(assumptions={"officers_per_visit": ChangedAssumption(8.0, 9.0, 10.0)})
    base = base_year_of(scenario, BASELINE, 4096)
    assert 200 <= base.draws.kept < 400
    found = stability(base, against(base, scenario))
    assert found.is_mostly_tried and found.most_draws == 4096
    assert all(100 <= row.kept < 1024 for row in found.tried) and all(row.kept < 100 for row in found.untried)


NOWHERE = Alternative("roads", "slow", fixed={"road_speed": 1.0, "visits_per_trip": 0.2})


def test_the_page_keeps_its_own_base_years():
    """The base years of the alternatives do not drive out those of the pages."""
    base = base_year_of(SINK, BASELINE, DRAWS)
    stability(base, against(base, SINK))
    assert base_year_of(SINK, BASELINE, DRAWS) is base


def test_progress_goes_up_to_the_whole():
    base, shares = base_year_of(SINK, BASELINE, 512), []
    stability(base, against(base, replace(SINK, author="x")), shares.append)
    assert shares == sorted(shares) and shares[-1] == 1

"""What one more is worth: the duals are what the programme gains when the bound really moves, the full model's
differences are those of real scenarios, and the two agree."""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_strategies import legal_levers

from model import Scenario, shipped_baseline
from model.baseline import TIERS
from model.central import central_base, central_case
from model.levers import settings as settings_of
from model.measures import MEASURES
from model.outputs.best_plan import printed_worth
from model.outputs.words import LANGUAGES
from model.programme import Solution
from model.response import open_case
from model.worth import CRITERIA, Row, Worth, around_own_plan, one_more_of_each, worth

BASELINE = shipped_baseline("hunan-2021")
MEASURE = {measure.id: k for k, measure in enumerate(MEASURES)}
SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0, "staff.spread": "need"})
LATER = Scenario(levers={"rules": "2025", "decision_limit": "120", "review_staff.county": 30.0})
PLANS = {"base": Scenario(), "sink": SINK, "later": LATER}
asked = cache(lambda name: worth(PLANS[name]))


def row(found: Worth, what: str, tier: str = "", prefecture: str = "") -> Row:
    return next(r for r in found.rows if (r.unit.what, r.unit.tier, r.unit.prefecture) == (what, tier, prefecture))


def totals(scenario: Scenario) -> dict[str, float]:
    """The criteria in the central case, from the measures that every page shows."""
    value = {id: central_case(scenario).values[k, 0, 0] for id, k in MEASURE.items()}
    return {
        "visits": value["visits"],
        "on_time": value["on_time_share"] * value["cases_filed"],
        "duty": value["duty_met"],
    }


def gained(scenario: Scenario, **changed) -> dict[str, float]:
    before, after = totals(scenario), totals(scenario.with_levers(**changed))
    return {name: after[name] - before[name] for name in CRITERIA}


def test_there_is_a_row_for_every_tier_pool_and_rule():
    found = asked("base")
    assert [r.unit.tier for r in found.rows[:3]] == list(TIERS)
    named = {(r.unit.tier, r.unit.prefecture) for r in found.rows if r.unit.prefecture}
    assert named == {name for name in BASELINE.pool_names if name[1]}
    assert [r.unit.what for r in found.rows[-3:]] == ["day", "point", "hour"]


@pytest.mark.parametrize("tier", TIERS)
def test_one_more_person_of_a_tier_is_a_new_post_there(tier):
    real = gained(Scenario(), **{"staff__new_posts": 1.0, f"staff__change__{tier}": 1.0})
    for name, gain in row(asked("base"), "person", tier).gains.items():
        assert gain.central == pytest.approx(real[name], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("tier", "prefecture"), [("city", "changsha"), ("county", "xiangxi"), ("county", "huaihua")])
def test_one_more_person_of_a_pool_is_a_new_post_there(tier, prefecture):
    moves = {"staff__moves": {f"{tier}.{prefecture}": 1.0}}
    real = gained(Scenario(), **{"staff__new_posts": 1.0, f"staff__change__{tier}": 1.0}, **moves)
    for name, gain in row(asked("base"), "person", tier, prefecture).gains.items():
        assert gain.central == pytest.approx(real[name], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("plan", PLANS)
def test_one_hour_off_other_duties_is_the_lever_of_that(plan):
    real = gained(PLANS[plan], other_duties_cut=1 / 5 / BASELINE.mid("workday_hours"))
    for name, gain in row(asked(plan), "hour").gains.items():
        assert gain.central == pytest.approx(real[name], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("plan", PLANS)
def test_dual_and_full_model_agree_where_one_is_a_small_step(plan):
    for r in asked(plan).rows:
        for name in ("visits", "on_time"):
            near = 0.01 if r.unit.prefecture or r.unit.what == "day" else 0.12
            assert r.gains[name].dual == pytest.approx(r.gains[name].central, rel=near, abs=2e-3), (r.unit, name)


@pytest.mark.parametrize("plan", ["base", "later"])
def test_the_full_models_own_difference_lies_in_its_band(plan):
    """For every tier and rule; of single pools, where draws seat people otherwise than the middle does, for most."""
    found = asked(plan)
    outside = [
        (r.unit, name)
        for r in found.rows
        for name, gain in r.gains.items()
        if not gain.over_draws.p10 - 1e-9 <= gain.central <= gain.over_draws.p90 + 1e-9
    ]
    assert all(unit.prefecture for unit, _ in outside)
    assert len(outside) <= 0.05 * len(found.rows) * len(CRITERIA)


@pytest.mark.parametrize("plan", PLANS)
def test_more_of_a_good_thing_is_never_worth_less_than_nothing(plan):
    found = asked(plan)
    for r in found.rows:
        if r.unit.what in ("person", "hour"):
            assert r.gains["visits"].dual >= 0 and r.gains["visits"].central >= 0
    assert row(found, "day").gains["on_time"].dual > 0
    assert row(found, "day").gains["visits"].central == 0
    assert row(found, "point").gains["duty"].over_draws.p10 <= 0


@given(legal_levers(BASELINE), st.integers(0, 28), st.sampled_from(["day", "point", "hour"]), st.sampled_from(CRITERIA))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_a_dual_is_what_the_programme_gains_when_solved_again_with_one_more(chosen, pool, rule, criterion):
    scenario = Scenario(levers=chosen)
    case, own = open_case(central_base(scenario), scenario)
    rules = [unit for unit in one_more_of_each(settings_of(chosen, BASELINE), BASELINE) if unit.what != "person"]

    def solved(**moved) -> Solution:
        around = around_own_plan(case, own, rules, **moved)
        return around.programme.solve(around.outcome.of(criterion)[0])

    now, part = solved(), 0.5
    with_people = solved(people=own + part * np.eye(len(own))[pool])
    with_rule = solved(units={rule: part})
    for gain, dual in ((with_people.value, now.duals["people"][pool]), (with_rule.value, now.duals[rule][0])):
        assert dual == pytest.approx((gain - now.value) / part, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_names_every_row_and_no_other_language(language):
    found = asked("base")
    said = printed_worth(found, BASELINE, language)
    assert all(p.name[language] in said for p in BASELINE.prefectures)
    assert not re.search(r"\bnan\b|\bNone\b|\u2212", said)
    table = said.split("\n\n")[2].split("\n")
    assert len(table) == 2 + len(found.rows)

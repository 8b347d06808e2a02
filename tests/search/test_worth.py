"""What one more is worth: duals and the full model's differences are true of real moves, and agree."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from representative import case_base, in_case_of
from scenario_strategies import legal_levers
from soundness import MEASURE_ROW
from thorough import tries

from model import Scenario, shipped_baseline
from model.evidence.baseline import TIERS
from model.files.scenario_file import load_scenario
from model.outputs.answers import worth as words
from model.outputs.answers.answer_table import PLAIN
from model.outputs.words import LANGUAGES
from model.scenario.levers import Value
from model.scenario.settings import settings as settings_of
from model.search.programme.linear_programme import Solution
from model.search.programme.response import open_case
from model.search.worth import CRITERIA, Row, Worth, one_more_of_each, own_plan_programme, worth

BASELINE = shipped_baseline("hunan-2021")
SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0, "staff.spread": "need"})
LATER = Scenario(levers={"rules": "2025", "decision_limit": "120", "review_staff.county": 30.0})
SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.toml"))
PLANS = {"base": Scenario(), "sink": SINK, "later": LATER}
asked = cache(lambda name: worth(PLANS[name]))


def row(found: Worth, what: str, tier: str = "", prefecture: str = "") -> Row:
    return next(r for r in found.rows if (r.unit.what, r.unit.tier, r.unit.prefecture) == (what, tier, prefecture))


def totals(scenario: Scenario, own: Scenario) -> dict[str, float]:
    """The criteria in the case of the own plan, from the measures that every page shows."""
    value = {id: in_case_of(own, scenario).values[k, 0, 0] for id, k in MEASURE_ROW.items()}
    return {
        "visits": value["visits"],
        "on_time": value["on_time_share"] * value["cases_filed"],
        "duty": value["duty_met"],
    }


def gained(scenario: Scenario, **changed) -> dict[str, float]:
    levers = {id.replace("__", "."): value for id, value in changed.items()}
    more = scenario.with_decisions(levers={**scenario.levers, **levers})
    before, after = totals(scenario, scenario), totals(more, scenario)
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
        assert gain.representative == pytest.approx(real[name], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("tier", "prefecture"), [("city", "changsha"), ("county", "xiangxi"), ("county", "huaihua")])
def test_one_more_person_of_a_pool_is_a_new_post_there(tier, prefecture):
    moves = {"staff__moves": {f"{tier}.{prefecture}": 1.0}}
    real = gained(Scenario(), **{"staff__new_posts": 1.0, f"staff__change__{tier}": 1.0}, **moves)
    for name, gain in row(asked("base"), "person", tier, prefecture).gains.items():
        assert gain.representative == pytest.approx(real[name], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("plan", PLANS)
def test_one_hour_off_other_duties_is_the_lever_of_that(plan):
    real = gained(PLANS[plan], other_duties_cut=1 / 5 / BASELINE.mid("workday_hours"))
    for name, gain in row(asked(plan), "hour").gains.items():
        assert gain.representative == pytest.approx(real[name], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("plan", PLANS)
def test_dual_and_full_model_agree_where_one_is_a_small_step(plan):
    for r in asked(plan).rows:
        for name in ("visits", "on_time"):
            near = 0.01 if r.unit.prefecture or r.unit.what == "day" else 0.03 if r.unit.what == "person" else 0.05
            assert r.gains[name].dual == pytest.approx(r.gains[name].representative, rel=near, abs=2e-3), (r.unit, name)


def holds_what_it_prints(found: Worth, language: str) -> None:
    """Every figure of the full model lies within the band that is printed beside it.

    One of the representative case that does not is named below its tables, and no other one.
    """
    said = words.in_terminal(found, BASELINE, language)
    for criterion in CRITERIA:
        outside = [r for r in found.rows if not r.gains[criterion].is_usual]
        tables = [words.table(which, found, criterion, BASELINE, language).to_text(language) for which in words.TABLES]
        assert all(one.translate(PLAIN) in said for one in tables)
        lines = [line for one in tables for line in one.translate(PLAIN).split("\n")[3:]]
        rows = [*words.people(found), *words.rules(found), *words.pools(found, criterion)]
        assert len(lines) == len(rows) == len(found.rows)
        for line, r in zip(lines, rows, strict=True):
            *_, value, low, high, representative, _ = (
                float(n.replace(",", "")) for n in re.findall(r"(?<![\w.])[+-]?[\d,]+(?:\.\d+)?(?![\w.])", line)
            )
            assert low <= value <= high
            assert r in outside or low <= representative <= high
        note = words.unusual(found, criterion, BASELINE, language)
        assert all((words.name(r, BASELINE, language) in note) == (r in outside) for r in found.rows)
        assert note in said and bool(note) == bool(outside)


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_a_difference_lies_within_the_band_printed_beside_it(path):
    scenario = load_scenario(path)[0]
    holds_what_it_prints(worth(scenario), "zh")


@given(legal_levers(BASELINE), st.sampled_from(LANGUAGES))
@settings(max_examples=tries(4), deadline=None, derandomize=True)
def test_a_difference_lies_within_the_band_printed_beside_it_in_any_scenario(chosen, language):
    holds_what_it_prints(worth(Scenario(levers=chosen)), language)


@pytest.mark.parametrize("plan", PLANS)
def test_more_of_a_good_thing_is_never_worth_less_than_nothing(plan):
    found = asked(plan)
    for r in found.rows:
        if r.unit.what in ("person", "hour"):
            assert r.gains["visits"].dual >= 0 and r.gains["visits"].representative >= 0
    assert row(found, "day").gains["on_time"].dual > 0
    assert row(found, "day").gains["visits"].representative == 0
    assert row(found, "point").gains["duty"].over_draws.p10 <= 0


def test_a_place_without_officers_is_worth_what_one_more_brings():
    scenario = Scenario(levers={"frontline_share.province": 0.0})
    gain = row(worth(scenario), "person", "province").gains["visits"]
    assert gain.dual == pytest.approx(gain.representative, abs=0.1)


def solve(levers: Mapping[str, Value], criterion: str, **change) -> Solution:
    """The solution around a plan with more `people` by pool, (pools,), or so many `units` of a rule more."""
    scenario = Scenario(levers=levers)
    case, own = open_case(case_base(scenario), scenario)
    rules = [unit for unit in one_more_of_each(settings_of(levers, BASELINE), BASELINE) if unit.what != "person"]
    if "people" in change:
        change["people"] = own + change["people"]
    programme = own_plan_programme(case, own, rules, **change)
    return programme.programme.solve(programme.outcome.of(criterion)[0])


def duals_and_gains(
    levers: Mapping[str, Value], pool: int, rule: str, criterion: str
) -> list[tuple[float, float, float]]:
    """Of a person more in a pool, and of a unit of a rule: the gain, solved again, between the duals then and now."""
    now, one = solve(levers, criterion), np.eye(len(BASELINE.pools))[pool]
    with_person, with_unit = (solve(levers, criterion, **more) for more in ({"people": one}, {"units": {rule: 1.0}}))
    return [
        (float(then.duals[name][row]), then.value - now.value, float(now.duals[name][row]))
        for then, name, row in ((with_person, "people", pool), (with_unit, rule, 0))
    ]


@given(legal_levers(BASELINE), st.integers(0, 28), st.sampled_from(["day", "point", "hour"]), st.sampled_from(CRITERIA))
@settings(max_examples=tries(20), deadline=None, derandomize=True)
def test_one_more_gains_no_more_than_the_dual_and_no_less_than_the_dual_then(chosen, pool, rule, criterion):
    """A programme's value may bend within one unit, but only downwards: where both duals are one, it is the gain."""
    for then, gain, now in duals_and_gains(chosen, pool, rule, criterion):
        rounding = 1e-6 * max(abs(now), abs(then), 1.0)
        assert then - rounding <= gain <= now + rounding


@pytest.mark.parametrize("pool", [0, 10, 20])
@pytest.mark.parametrize("criterion", CRITERIA)
def test_nothing_bends_within_one_unit_of_the_base_year(criterion, pool):
    for rule in ("day", "point", "hour"):
        for then, gain, now in duals_and_gains({}, pool, rule, criterion):
            assert gain == pytest.approx(now, rel=1e-6, abs=1e-6) and gain == pytest.approx(then, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_names_every_row_and_no_other_language(language):
    found = asked("base")
    said = words.in_terminal(found, BASELINE, language)
    assert all(p.name[language] in said for p in BASELINE.prefectures)
    assert not re.search(r"\bnan\b|\bNone\b|\u2212", said)
    titles = [
        words.table(which, found, criterion, BASELINE, language).caption(language)
        for criterion in CRITERIA
        for which in words.TABLES
    ]
    parts = {part.split("\n")[0]: part.split("\n")[3:] for part in said.split("\n\n")}
    assert parts.keys() >= set(titles)
    assert all(
        sum(len(parts[title]) for title in titles[k : k + 3]) == len(found.rows) for k in range(0, len(titles), 3)
    )

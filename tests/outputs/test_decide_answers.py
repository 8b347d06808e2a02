"""What the Decide page writes and draws: tables, files, who moves where, parts that add up, bands that narrow."""

import csv
import io
import itertools
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st
from remembered import ASK_FIRST, COMMANDS, EXPLAIN
from thorough import tries

from model import Scenario, shipped_baseline
from model.evidence.baseline import TIERS
from model.outputs.answers import ask_first as ask_first_words
from model.outputs.answers import explain as explain_words
from model.outputs.answers import found_plan, moves
from model.outputs.answers import frontier as frontier_words
from model.outputs.answers import robust as robust_words
from model.outputs.answers import worth as worth_words
from model.outputs.answers.answer_table import Banded, Chance, Figure, OddsCell, Rate, Table
from model.outputs.answers.charts import (
    ask_first_chart,
    explain_chart,
    frontier_chart,
    moves_chart,
    robust_chart,
    worth_chart,
)
from model.outputs.answers.objective_terms import UNITS, scale
from model.outputs.phrasing.coherence import coherent_comparison
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.sentences import place
from model.outputs.phrasing.typesetting import ems
from model.outputs.prefectures.tile_map import contrast
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import base_year_of
from model.projection.comparison import compare
from model.projection.explain import Explanation
from model.projection.results import Band, DrawsCount, Odds
from model.projection.unknowns.ask_first import Inquiry
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES
from model.search.frontier import Frontier
from model.search.robust import Robust, robust
from model.search.worth import CRITERIA, Worth
from model.year.measures import HEADLINES

BASELINE = shipped_baseline("hunan-2021")
LETTER = 14
"""Pixels of a Chinese letter on an axis."""
PLAN = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0, "targeted_share": 0.4})
DRAWS = DrawsCount(4096, 2879, 2879)
POOLS = BASELINE.pool_names


@cache
def explained() -> Explanation:
    return EXPLAIN(base_year_of(PLAN, BASELINE, 512), PLAN)


@cache
def inquired() -> Inquiry:
    return ASK_FIRST(base_year_of(PLAN, BASELINE, 512), PLAN)


@cache
def one_more() -> Worth:
    return COMMANDS["find_worth"](PLAN, draws=512)


@cache
def traded() -> Frontier:
    return COMMANDS["find_frontier"](PLAN, Limits(most_moved=12.0), draws=512)


@cache
def safe() -> Robust:
    return robust(Scenario(), OBJECTIVES["duty"], Limits(most_moved=12.0), draws=512)


def read(table: Table, scenario: Scenario, language: str) -> list[list[str]]:
    written = table.to_csv(scenario, DRAWS, 1, "2026-11-24", language)
    assert written.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))


# Tables and files.

ANY = Table(
    ("=head", "a", "b", "c", "d", "e"),
    (
        (
            "=HYPERLINK(1)",
            Figure(-12.3456789, "people", signed=True),
            Banded(Band(1.0, 2.0, 3.0), "share"),
            Chance(0.874),
            OddsCell(Odds(0.6, 0.335)),
            Rate(-0.00123),
        ),
        ("@x", Figure(None, "people"), "", Chance(0.0), OddsCell(Odds(0.0, 0.0)), Rate(0.0)),
    ),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_has_plain_numbers_a_column_a_part_and_no_formula(language):
    rows = read(ANY, Scenario(name={"zh": "+SUM(A1)"}, levers={"targeted_share": 0.4}), language)
    assert len({len(row) for row in rows}) == 1
    assert rows[1][:6] == ["'=HYPERLINK(1)", "-12.345679", "2", "1", "3", "0.874"]
    assert rows[1][6:10] == ["0.6", "0.335", "0.065", "-0.00123"]
    assert rows[2][:10] == ["'@x", "", "", "", "", "0", "0", "0", "1", "0"]
    assert {row[10] for row in rows[1:]} == {"'+SUM(A1)"} and rows[1][11:14] == ["4096", "2879", "1"]
    assert not any(cell[:1] in ("=", "+", "@") for row in rows for cell in row)


def test_a_screen_has_signs_percent_and_hundredths():
    first, second = ANY.written("en")
    assert first[1:] == ["−12", "200%", "87 of 100", "60 / 34 / 6", "−0.00123"]
    assert second[1:] == ["–", "", "–", "0 / 0 / 100", "0"]


@pytest.mark.parametrize(
    ("value", "written"),
    [(15.52, "+15.5"), (0.4242, "+0.424"), (1234.5, "+1,234"), (-3.2e-7, "0"), (-0.0251, "−0.0251")],
)
def test_what_one_more_is_worth_is_written_with_three_digits(value, written):
    assert Rate(value).written("en") == written


# Who moves where.


def some_moves() -> st.SearchStrategy[dict[str, float]]:
    """Whole people between pools: as many come as go."""
    pairs = st.tuples(st.sampled_from(BASELINE.pool_keys), st.sampled_from(BASELINE.pool_keys), st.integers(1, 4))

    def added(chosen: list[tuple[str, str, int]]) -> dict[str, float]:
        people = dict.fromkeys(BASELINE.pool_keys, 0.0)
        for source, target, n in chosen:
            people[source] -= n
            people[target] += n
        return {pool: n for pool, n in people.items() if n}

    return st.lists(pairs, max_size=8).map(added)


def moving(table: dict[str, float]) -> Scenario:
    by_tier = {tier: sum(n for pool, n in table.items() if pool.split(".")[0] == tier) for tier in TIERS}
    return Scenario(levers={f"staff.change.{tier}": n for tier, n in by_tier.items() if n} | {"staff.moves": table})


@run(max_examples=tries(30), deadline=None)
@given(some_moves())
def test_everybody_who_moves_stands_on_the_map_in_the_chart_and_in_the_table(table):
    people = moves.added(moving(table), BASELINE)
    assert {".".join(filter(None, pool)): n for pool, n in people.items() if n} == table
    assert moves.moved(people) == moves.stated(moving(table), BASELINE) == sum(n for n in table.values() if n > 0)

    squares = moves.squares(people, BASELINE, "en", "light")
    assert len({(one.row, one.column) for one in squares}) == len(BASELINE.prefectures) + 1
    assert sum(float(one.written.replace("−", "-")) for one in squares) == 0
    for one in squares:
        assert contrast(one.colour, one.ink) >= 4.5
    rows = moves_chart.data(people, dict.fromkeys(TIERS, 100.0), "en")
    assert list(rows["value"]) == list(moves.by_tier(people).values()) and sum(rows["value"]) == 0
    listed = moves.table(people, dict.fromkeys(people, 0.0), BASELINE, "en")
    assert len(listed.rows) == len(table)
    assert sum(row[2].value for row in listed.rows) == 0


def test_who_is_moved_by_tier_alone_is_spread_as_the_model_spreads_him():
    people = moves.added(PLAN, BASELINE)
    assert moves.by_tier(people) == pytest.approx({"province": 0.0, "city": -100.0, "county": 100.0}, abs=1.0)
    assert all(people["city", p.id] < 0 < people["county", p.id] for p in BASELINE.prefectures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_moves_within_a_tier_are_told_too(language):
    people = moves.added(moving({"city.changsha": 5.0, "city.xiangxi": -5.0}), BASELINE)
    tier = text("terms.tier_city", language)
    within = text("moves.within", language, tier=tier, n="5")
    assert moves.in_words(people, language) == text("moves.sentence", language, people="5", pools=2, parts=within)
    assert moves.in_words(dict.fromkeys(POOLS, 0.0), language) == text("moves.nobody", language)


# What did it.


@pytest.mark.parametrize("id", HEADLINES)
def test_parts_are_laid_end_to_end_and_end_at_the_whole(id):
    rows = explain_chart.data(explained(), id, BASELINE, "en")
    *parts, whole = rows.itertuples()
    assert parts[0].start == 0.0 and all(one.end == other.start for one, other in itertools.pairwise(parts))
    assert parts[-1].end == pytest.approx(whole.end, abs=1e-6) and whole.start == 0.0
    assert {row.kind for row in parts if row.end > row.start} <= {"better"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_parts_is_the_models(language):
    found = explained()
    rows = read(explain_words.table(found, PLAN, BASELINE, language), PLAN, language)
    for k, shares in enumerate(zip(*found.shares.values(), strict=True), start=1):
        assert [float(cell) for cell in rows[k][1:5]] == pytest.approx(shares, abs=1e-5)
    assert [float(cell) for cell in rows[-1][1:5]] == pytest.approx(list(found.change.values()), abs=1e-5)
    assert rows[-1][0] == text("explain.whole", language)


# Ask first.


@pytest.mark.parametrize("id", [ask_first_chart.OVERALL, *HEADLINES])
def test_what_is_left_of_a_band_lies_in_it_and_is_narrower_by_what_is_said(id):
    found = inquired()
    rows = ask_first_chart.data(found, id, BASELINE, "en")
    unknowns = ask_first_chart.unknowns(found, id)
    assert len(rows) == len(unknowns) and all(row.is_sure for row in unknowns)
    for row, unknown in zip(rows.itertuples(), unknowns, strict=True):
        assert row.low - 1e-9 <= row.left <= row.right <= row.high + 1e-9
        assert 1 - (row.right - row.left) / (row.high - row.low) == pytest.approx(unknown.narrowing)
    assert list(rows["order"]) == sorted(rows["order"])
    assert unknowns or id == "duty_met"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_lists_every_unknown_with_range_and_narrowing(language):
    found = inquired()
    rows = read(ask_first_words.table(found, BASELINE.assumptions, language), PLAN, language)
    assert len(rows) == 1 + len(found.overall)
    for row, unknown in zip(rows[1:], found.overall, strict=True):
        assert row[0] == BASELINE.assumptions[unknown.id].label[language] and row[2]
        assert (float(row[3]) == pytest.approx(unknown.narrowing, abs=1e-6)) if unknown.is_sure else row[3] == ""


# One more, the frontier, the safe plan.


@pytest.mark.parametrize("criterion", CRITERIA)
def test_one_more_person_is_drawn_at_every_tier_and_where_he_is_worth_most(criterion):
    rows = worth_chart.data(one_more(), criterion, BASELINE, "en")
    factor = scale(UNITS[criterion])
    by_tier = {row.unit.tier: row.gains[criterion].over_draws.p50 for row in worth_words.people(one_more())}
    assert dict(zip(TIERS, rows["value"][:3] / factor, strict=True)) == pytest.approx(by_tier)
    assert list(rows["value"][3:]) == sorted(rows["value"][3:], reverse=True)
    assert (rows["low"] <= rows["value"]).all() and (rows["value"] <= rows["high"]).all()


def test_the_longest_name_of_a_team_stands_whole_beside_its_worth():
    longest = max(ems(place(*pool, BASELINE, "zh")) for pool in BASELINE.pool_names)
    assert longest * LETTER + 8 <= worth_chart.NAME_WIDTH


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_hour_off_other_duties_is_told_in_people(language):
    hour = next(row for row in one_more().rows if row.unit.what == "hour").gains["visits"].over_draws.p50
    best = max(row.gains["visits"].over_draws.p50 for row in worth_words.people(one_more()))
    assert f"{hour / best:,.0f}" in worth_words.sentences(one_more(), "visits", language)[1]


def test_the_frontier_is_drawn_with_the_own_plan_and_the_chosen_one_marked():
    found, points = traded(), len(traded().points)
    rows = frontier_chart.data(found, 1, "en")
    assert list(rows["kind"]) == ["chosen" if k == 1 else "found" for k in range(points)] + ["own"]
    shown = [frontier_words.figures(point, "visits") for point in found.points]
    assert rows["visits"].iloc[-1] == shown[0].base.p50 and rows["moved"].iloc[-1] == found.own.moved
    assert list(rows["visits"][:-1]) == [figures.scenario.p50 for figures in shown]
    assert all(figures.base == shown[0].base for figures in shown)
    best = frontier_words.balanced(found)
    others = [
        sum(point.representative[axis] / found.own.representative[axis] for axis in frontier_words.AXES)
        for point in found.points
    ]
    assert others[best] == max(others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_own_plan_far_off_the_frontier_stands_at_the_edge_and_does_not_flatten_it(language, monkeypatch):
    def figures(point, axis):
        both = frontier_words.figures(point, axis)
        return replace(both, base=replace(both.base, p50=both.base.p50 / 2))

    monkeypatch.setattr(frontier_chart, "figures", figures)
    rows = frontier_chart.data(traded(), 0, language)
    plans, own = rows[:-1], rows.iloc[-1]
    for axis in frontier_words.AXES:
        span = plans[axis].max() - plans[axis].min()
        assert list(plans[f"at_{axis}"]) == list(plans[axis])
        assert own[axis] < own[f"at_{axis}"] < plans[axis].min()
        assert plans[axis].min() - own[f"at_{axis}"] <= max(span, frontier_chart.LEAST_SPAN * plans[axis].max())
        assert own[f"{axis}_label"] in own["far"]
    assert not any(plans["far"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_own_plan_has_more_in_the_median_the_judge_is_named(language):
    """'The plan with most visits, 73,118' stood over an own plan with 73,166."""

    def ahead(by: float) -> Frontier:
        points = []
        for point in traded().points:
            visits = point.over_draws["visits"]
            own = replace(visits, first_change=visits.first_change + by)
            points.append(replace(point, over_draws={**point.over_draws, "visits": own}))
        nobody = replace(traded().own, representative=dict.fromkeys(traded().own.representative, 0.0))
        return replace(traded(), points=tuple(points), own=nobody)

    for by in (-5000.0, 5000.0):
        found = ahead(by)
        n = count(frontier_words.figures(found.points[0], "visits").base.p50)
        who = found_plan.against(PLAN, language)
        said = text("frontier.own_more_visits", language, against=who, n=n)
        assert (said in frontier_words.sentences(found, PLAN, language)[1]) == (by > 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_plans_are_told_apart_only_where_they_differ(language):
    found = safe()
    names = [name for name, _ in robust_words.plans(found)]
    assert names == [
        name for name in ("layout", "representative", "robust") if name != "robust" or not found.keeps_representative
    ]
    rows = robust_chart.data(found, language)
    assert list(rows["worst"]) == pytest.approx([100 * found.outlooks[name].worst for name in names])
    assert rows["name"].is_unique
    same = replace(
        found, keeps_representative=True, outlooks={**found.outlooks, "robust": found.outlooks["representative"]}
    )
    assert len(robust_words.table(same, language).rows) == 2
    assert robust_words.sentence(same, language) != robust_words.sentence(found, language)


@cache
def safe_beside_own() -> Robust:
    return robust(PLAN, OBJECTIVES["visits"], Limits(most_moved=100.0), draws=512)


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_ahead_of_the_layout_in_bad_draws_has_a_plus_and_one_behind_a_minus(language):
    found = safe_beside_own()
    for (name, _), row in zip(robust_words.plans(found), robust_words.table(found, language).rows, strict=True):
        *_, worst, ahead, least, _ = row
        assert worst.value == found.outlooks[name].worst
        if name != "layout":
            assert [ahead.value, least.value] == [-found.outlooks[name].regret, -found.outlooks[name].most_regret]
            assert ahead.signed and least.value <= ahead.value


def test_a_plan_has_the_figure_in_the_table_of_the_safe_plan_that_it_has_in_the_table_below():
    """The own plan brought 72,576 in one table and 72,598 in the next, on the same draws."""
    found = safe_beside_own()
    for name, plan in (("own", PLAN), ("robust", found.plan.scenario)):
        measures = found_plan.paired_measures(coherent_comparison(compare([PLAN, plan], draws=512)))
        here = robust_words.goal_of(found.outlooks[name], found)
        assert vars(here) == pytest.approx(vars(measures["visits"].scenario))
    shown = dict(zip(robust_chart.data(found, "zh")["plan"], robust_chart.data(found, "zh")["value"], strict=True))
    assert shown["own"] == robust_words.goal_of(found.outlooks["own"], found).p50


# Charts.


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_stands_in_a_specification_and_names_keep_their_order(theme, language):
    people = moves.added(PLAN, BASELINE)
    drawn = {
        "explain": (
            explain_chart.spec(4, language, theme),
            explain_chart.data(explained(), "visits", BASELINE, language),
        ),
        "ask_first": (
            ask_first_chart.spec(5, language, theme),
            ask_first_chart.data(inquired(), "visits", BASELINE, language),
        ),
        "worth": (worth_chart.spec(11, language, theme), worth_chart.data(one_more(), "visits", BASELINE, language)),
        "frontier": (frontier_chart.spec(language, theme), frontier_chart.data(traded(), 0, language)),
        "robust": (robust_chart.spec(3, language, theme), robust_chart.data(safe(), language)),
        "tiers": (moves_chart.spec(language, theme), moves_chart.data(people, dict.fromkeys(TIERS, 1.0), language)),
    }
    for spec, rows in drawn.values():
        assert spec["usermeta"]["embedOptions"]["renderer"] == "canvas" and "data" not in spec
        numbers = rows.select_dtypes(float).to_numpy()
        assert not any(str(value) in repr(spec) for value in numbers[np.abs(numbers) > 1].round(6).tolist())
        assert list(rows["order"]) == list(range(len(rows)))

"""Points of the frontier are plans that the full model knows; no plan of a small force beats them.

None beats another, and the own plan stands where its figures put it.
"""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from remembered import COMMANDS
from representative import case_base
from small_forces import DRAWS, every_plan, small_case
from thorough import tries

from model import Scenario, shipped_baseline
from model.evidence.baseline import TIERS
from model.files.scenario_file import read_scenario
from model.force.staff import people_moved
from model.outputs.answers.answer_table import capital
from model.outputs.answers.found_plan import against
from model.outputs.answers.frontier import in_terminal, sentences
from model.outputs.evidence.not_reported import limits
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.scenario_text import to_toml
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import base_year_of
from model.projection.project import evaluate
from model.projection.statistics import band
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES, criteria
from model.search.best_plan import best_plan
from model.search.engine.plan_limits import PlanLimits, wide_enough
from model.search.engine.staffing_plan import Refusal, change_of
from model.search.frontier import AXES, SAME, Frontier, _best_beside, _own_place, _Sweep, _unbeaten_plans, frontier
from model.search.programme.moves import pool_bounds
from model.search.programme.response import open_case

HUNAN = shipped_baseline("hunan-2021")
SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
NEW_POSTS = Scenario(levers={"staff.new_posts": 120.0, "staff.change.county": 120.0})


@cache
def frontier_of(name: str) -> Frontier:
    """The frontier of the base year, of a plan that sinks people, or of new posts that may move few."""
    limits = Limits(most_moved=40) if name == "new posts" else None
    return COMMANDS["find_frontier"]({"base": Scenario(), "sink": SINK, "new posts": NEW_POSTS}[name], limits)


@pytest.fixture
def sink() -> Frontier:
    return frontier_of("sink")


@pytest.mark.by_night
@pytest.mark.parametrize("name", ["base", "sink", "new posts"])
def test_no_point_beats_another_and_there_are_enough(name):
    found = frontier_of(name)
    assert len(found.points) >= 15
    gains = np.array([[p.representative["visits"], p.representative["on_time"], -p.plan.moved] for p in found.points])
    for k, one in enumerate(gains):
        others = np.delete(gains, k, axis=0)
        assert not ((others >= one).all(axis=1) & (others > one).any(axis=1)).any()
    assert [p.plan.moved for p in found.points] == sorted(p.plan.moved for p in found.points)


def test_a_point_is_what_the_full_model_says_of_its_scenario(sink):
    """The scenario alone gives its figures in the representative case and over the draws."""
    base, representative = base_year_of(SINK, HUNAN, 512, 1), case_base(SINK)

    def found(year_of, scenario):
        return criteria(evaluate(year_of, scenario).year, year_of.assumed, HUNAN.pools)

    own = found(base, SINK)
    for point in sink.points[::4]:
        here, drawn = found(representative, point.plan.scenario), found(base, point.plan.scenario)
        assert point.representative == pytest.approx({name: value[0] for name, value in here.items()}, rel=1e-9)
        for name in AXES:
            difference = point.over_draws[name].difference
            assert difference.p10 == pytest.approx(band(drawn[name] - own[name]).p10, rel=1e-6, abs=1e-6)
            assert point.over_draws[name].base.p50 == pytest.approx(np.median(own[name]), rel=1e-9)


def test_a_point_is_a_scenario_that_a_file_can_hold_and_says_who_moves(sink):
    for point in sink.points:
        moved = {(move.tier, move.prefecture): move.people for move in point.plan.moves}
        assert all(people == round(people) for people in moved.values())
        assert sum(moved.values()) == 0 and sum(max(n, 0) for n in moved.values()) == point.plan.moved
        read, problems = read_scenario(to_toml(point.plan.scenario, HUNAN, "zh").encode(), "plan.toml")
        assert problems == [] and read.levers == point.plan.scenario.levers


def test_the_first_hundred_people_moved_by_bodies_lie_far_below(sink):
    """Sinking people evenly takes reviewers where they are short.

    The same people placed otherwise bring hundreds of visits or dozens of cases in time more.
    """
    own = sink.own
    assert own.moved == pytest.approx(100) and not own.is_on_frontier
    assert own.more_visits > 200 and own.more_on_time > 50
    case, _ = open_case(case_base(SINK), SINK)
    for plan, more, most, other in (
        (own.with_visits, own.more_visits, "visits", "on_time"),
        (own.with_on_time, own.more_on_time, "on_time", "visits"),
    ):
        here = case.criteria(change_of(plan.moves, HUNAN)[None])
        assert here[most][0] - own.representative[most] == pytest.approx(more)
        assert here[other][0] >= own.representative[other] * (1 - 1e-6) and plan.moved <= own.moved


def test_people_moved_to_the_counties_trade_cases_for_visits_in_the_end():
    """Some moves bring both; beyond them, more visits cost cases decided in time."""
    points = frontier_of("base").points
    start = points[0].representative
    assert any(all(p.representative[name] > start[name] for name in AXES) for p in points)
    most_visits, most_cases = (max(points, key=lambda p: p.representative[name]) for name in AXES)
    assert most_visits.representative["on_time"] < start["on_time"] < most_cases.representative["on_time"]
    county = [p.plan.scenario.levers["staff.change.county"] for p in (most_cases, most_visits)]
    assert county[1] > 2 * county[0] > 0


def test_a_plan_found_for_visits_lies_on_the_frontier_and_one_that_moves_nobody_starts_it():
    best = best_plan(Scenario(), OBJECTIVES["visits"], Limits(most_moved=60))
    case, people = open_case(case_base(Scenario()), best.plan.scenario)
    place = _own_place(best.plan.scenario, _Sweep(case, Limits(), people))
    assert place.moved == best.plan.moved and place.more_visits < 2 * SAME * best.representative
    own = frontier_of("base").own
    assert own.is_on_frontier and own.moved == 0 and own.with_visits is None


def test_an_own_plan_that_nothing_beats_is_a_point_itself_and_one_that_is_beaten_is_not():
    points = frontier_of("base").points
    case, _ = open_case(case_base(Scenario()), Scenario())
    every = np.stack([change_of(point.plan.moves, HUNAN) for point in points])
    most = int(np.argmax([point.representative["visits"] for point in points]))
    sweep = _Sweep(case, wide_enough(Limits(), case, every[most]), every[most])
    changes, best, representative = _unbeaten_plans(np.delete(every, most, axis=0), sweep)
    assert (changes[best] == every[most]).all(axis=1).sum() == 1 and len(best) == len(points)
    assert representative["visits"][best].max() == pytest.approx(points[most].representative["visits"])
    again, once, _ = _unbeaten_plans(every, sweep)
    assert len(again) == len(every) == len(once), "it stands there once"
    _, beaten = open_case(case_base(SINK), SINK)
    sweep = _Sweep(case, wide_enough(Limits(), case, beaten), beaten)
    changes, best, _ = _unbeaten_plans(every, sweep)
    assert len(changes) == len(every) and not (changes[best] == beaten).all(axis=1).any()


@pytest.mark.by_night
@given(st.integers(0, 2**32 - 1))
@settings(max_examples=tries(6), deadline=None, derandomize=True)
def test_no_own_plan_stands_above_the_frontier(seed):
    """Moving no more people than a plan a few moves from a point, which might, brings as much."""
    rng, points = np.random.default_rng(seed), frontier_of("base").points
    point = points[rng.integers(1, len(points))]
    start, _ = open_case(case_base(Scenario()), Scenario())
    people = change_of(point.plan.moves, HUNAN)
    for sources, targets in rng.integers(0, len(people), (rng.integers(1, 6), 2)):
        people[sources] -= 1
        people[targets] += 1
    scenario = Scenario(levers=start.levers(people))
    case, own = open_case(case_base(Scenario()), scenario)
    sweep, here = _Sweep(case, wide_enough(Limits(), case, own), own), case.criteria(own[None])
    moved = float(people_moved(own[None])[0])
    for most, other in (AXES, AXES[::-1]):
        plan = _best_beside(sweep.search(most, moved, **{other: float(here[other][0])}), own)
        assert case.criteria(plan[None])[most][0] >= here[most][0] * (1 - SAME)


@pytest.mark.by_night
@given(st.integers(0, 30), st.sampled_from([0.6, 1.0]))
@settings(max_examples=tries(3), deadline=None, derandomize=True)
def test_no_plan_of_all_beats_a_point_of_a_small_force(tmp_path_factory, seed, people):
    baseline, case, _ = small_case(tmp_path_factory.getbasetemp(), seed, people)
    if case is None:
        return
    found = frontier(Scenario(), Limits(most_moved=3), baseline=baseline, draws=DRAWS)
    plans = every_plan(*pool_bounds(case, Limits(most_moved=3)), 3)
    plans = plans[PlanLimits(case, Limits(most_moved=3)).broken(plans) == 0]
    every, moved = case.criteria(plans), people_moved(plans)
    for point in found.points:
        much = [every[name] > point.representative[name] * (1 + 2 * SAME) for name in AXES]
        assert not (much[0] & much[1] & (moved <= point.plan.moved)).any()


def test_limits_end_it_and_what_contradicts_itself_is_refused():
    assert max(point.plan.moved for point in frontier_of("new posts").points) == 40
    refusal = frontier(Scenario(), Limits(tiers={"county": (50, 60), "city": (0, 100), "province": (0, 9)}))
    assert isinstance(refusal, Refusal) and {miss.what for miss in refusal.misses} <= {
        "posts",
        *(f"people of {tier}" for tier in TIERS),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["base", "sink", "new posts"])
def test_it_is_told_in_the_readers_language_with_the_amounts(name, language):
    found, own = frontier_of(name), {"base": Scenario(), "sink": SINK, "new posts": NEW_POSTS}[name]
    said = in_terminal(found, own, HUNAN, language)
    assert not re.search(r"\bnan\b|\bNone\b|\{|\u2212", said)
    own_row = text("frontier.own_row", language, moved=count(found.own.moved), against=against(own, language))
    assert own_row in said and limits(HUNAN, language) in said
    assert all(capital(sentence) in said for sentence in sentences(found, own, language))
    if name == "sink":
        with_visits = next(point for point in found.points if point.plan == found.own.with_visits)
        assert count(with_visits.over_draws["visits"].difference.p50) in sentences(found, own, language)[0]
    assert said.count("100%") >= len(found.points)

"""The best plan keeps its limits, is what the full model says it is, and is not beaten.

Not by the own plan, not by plans made by hand, not by any whole-person plan of a small force.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from representative import at_mids, case_base, in_case_of
from scenario_strategies import legal_levers
from small_forces import DRAWS, every_plan, small_case
from soundness import MEASURE_ROW
from thorough import pairs, tries

from model import Baseline, ChangedAssumption, Scenario, shipped_baseline
from model.evidence.baseline import COUNTY, TIERS
from model.files.scenario_file import read_scenario
from model.force.seats import movable
from model.outputs.answers.best_plan import named, sentence
from model.outputs.answers.found_plan import refusal_in_words
from model.outputs.phrasing.scenario_text import to_toml
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import base_year_of
from model.projection.totals import totals
from model.scenario.levers import levers
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES, Objective, criteria
from model.search.best_plan import BestPlan, best_plan
from model.search.engine.plan_search import PlanSearch
from model.search.engine.staffing_plan import Refusal
from model.search.engine.whole_plans import rounded
from model.search.programme.linear_programme import Conflict, Solution
from model.search.programme.moves import pool_bounds
from model.search.programme.response import Response, concave_lines, open_case
from model.search.programme.staffing_programme import LEAST_GAIN

BASELINE = shipped_baseline("hunan-2021")
POOLS = BASELINE.pools
HUNDRED = Limits(most_moved=100)
BY_NEED = {"staff.change.city": -100.0, "staff.change.county": 100.0, "staff.spread": "need"}
LATER = {"rules": "2025", "decision_limit": "120", "review_staff.county": 30.0}
SINK = Scenario(levers=BY_NEED)
NEW_POSTS = Scenario(levers={"staff.new_posts": 120.0, "staff.change.county": 120.0, "from_approvals": 40.0})
CUT_POSTS = Scenario(levers={"staff.new_posts": -150.0, "staff.change.city": -50.0, "staff.change.county": -100.0})


def examples(number: int) -> settings:
    return settings(max_examples=tries(number), deadline=None, derandomize=True)


def found(scenario: Scenario, goal: str | Objective, limits: Limits | None = None, **how) -> BestPlan:
    best = best_plan(scenario, OBJECTIVES[goal] if isinstance(goal, str) else goal, limits, **how)
    assert isinstance(best, BestPlan), best
    return best


def people_of(best: BestPlan, baseline: Baseline = BASELINE) -> np.ndarray:
    moved = {(move.tier, move.prefecture): move.people for move in best.plan.moves}
    return np.array([moved.get(name, 0.0) for name in baseline.pool_names])


def worth_of(scenario: Scenario, goal: str, own: Scenario | None = None) -> float:
    """What a scenario is worth in the case of the own one, from the measures that every page shows."""
    values = in_case_of(own or scenario, scenario).values[:, :, 0]
    if goal == "on_time":
        return values[MEASURE_ROW["on_time_share"], 0] * values[MEASURE_ROW["cases_filed"], 0]
    if goal == "worst_off":
        return values[MEASURE_ROW["visit_coverage"], 4:].min()
    return values[MEASURE_ROW[{"visits": "visits", "duty": "duty_met"}[goal]], 0]


@pytest.mark.parametrize(
    ("goal", "scenario"), pairs(["visits", "on_time", "duty", "worst_off"], [Scenario(), SINK, NEW_POSTS])
)
def test_the_plan_is_worth_what_the_full_model_says_and_more_than_the_own_one(scenario, goal):
    best = found(scenario, goal)
    assert best.own == pytest.approx(worth_of(scenario, goal), rel=1e-9)
    assert best.representative == pytest.approx(worth_of(best.plan.scenario, goal, scenario), rel=1e-9)
    assert best.representative >= best.own and (best.beats_own or best.own == 1)
    assert best.promise == pytest.approx(best.representative, rel=0.02 if goal == "worst_off" else 0.002)
    assert best.promise <= best.bound * (1 + 1e-9)
    assert best.over_draws.odds.better >= best.over_draws.odds.worse
    if not best.beats_own:
        assert best.plan.scenario == scenario or best.plan.moved == 0


@pytest.mark.parametrize("goal", ["visits", "on_time", "worst_off"])
def test_a_hundred_people_moved_by_need_are_moved_better(goal):
    """Against plans by hand: a hundred from cities to counties by need and by bodies, or from everywhere."""
    by_hand = [BY_NEED, BY_NEED | {"staff.spread": "bodies"}]
    by_hand.append({"staff.change.province": -19.0, "staff.change.city": -81.0, "staff.change.county": 100.0})
    best = found(Scenario(), goal, HUNDRED)
    assert best.plan.moved <= 100
    for levers_by_hand in by_hand:
        assert best.representative > worth_of(Scenario(levers=levers_by_hand), goal, Scenario())


def test_the_plan_for_cases_in_time_is_as_good_over_the_draws_as_the_one_that_the_median_draw_asks():
    """With every assumption at its mid the advice was another, with 450 visits fewer for the same decisions."""
    base = base_year_of(Scenario(), BASELINE, 4096)
    levers_of_draw = {"staff.change.province": -17.0, "staff.change.city": -41.0, "staff.change.county": 58.0}
    plans = [found(Scenario(), "on_time").plan.scenario, Scenario(levers=levers_of_draw)]
    (best, best_visits), (other, other_visits) = np.median(totals(base, plans, ("on_time_share", "visits")), axis=-1)
    assert best >= other + 0.01 or (best >= other - 0.002 and best_visits >= other_visits - 100)


@pytest.mark.parametrize(("scenario", "goal"), pairs([CUT_POSTS, NEW_POSTS, Scenario()], OBJECTIVES))
def test_a_plan_keeps_its_limits(scenario, goal):
    limits = Limits(most_moved=70, pool_change=0.2, tiers={"province": (-12, 0), "city": (-60, 20)})
    best = found(scenario, goal, limits)
    people, by_tier = people_of(best), people_of(best) @ POOLS.of_tier
    posts = scenario.levers.get("staff.new_posts", 0.0)
    case, _ = open_case(case_base(scenario), scenario)
    low, high = pool_bounds(case, limits)
    assert np.array_equal(people, np.round(people))
    assert people.sum() == posts
    assert best.plan.moved <= 70
    assert (people >= low).all() and (people <= high).all() and (people >= -movable(BASELINE)).all()
    assert (by_tier[:2] >= [-12, -60]).all() and (by_tier[:2] <= [0, 20]).all()
    staff = in_case_of(scenario, best.plan.scenario).year.work.staff
    assert (staff.people[0] >= np.minimum(case.seats.people[0], 2 * staff.bodies[0]) - 1e-9).all()
    others = {id: value for id, value in scenario.levers.items() if not id.startswith("staff.change")}
    assert {id: best.plan.scenario.levers.get(id) for id in others} == others


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_is_a_scenario_file_like_any_other(language):
    own = replace(SINK, name={"zh": "下沉" * 100}, reason={"en": "because"}, author="甲")
    best = found(own, Objective({"visits": 2.0, "worst_off": 1.0}), HUNDRED)
    kept = named(best, own)
    again, problems = read_scenario(to_toml(kept, BASELINE, language).encode())
    assert problems == [] and again == kept
    assert kept.author == "甲" and kept.reason == {} and "下沉" in kept.name["zh"]


def test_nobody_moves_where_nothing_is_gained():
    for scenario, goal, limits in [(Scenario(), "duty", None), (SINK, "visits", Limits(most_moved=0))]:
        best = found(scenario, goal, limits)
        assert best.plan.moves == () and best.plan.moved == 0
        assert not best.plan.scenario.levers.keys() & {f"staff.change.{tier}" for tier in TIERS}


@pytest.mark.by_night
def test_the_same_question_has_the_same_answer():
    first, second = (found(SINK, "mix", HUNDRED, whole=True) for _ in range(2))
    assert first == second


@pytest.mark.by_night
def test_a_weight_on_one_thing_brings_more_of_it():
    heavy = {name: Objective({"visits": 1.0, "on_time": 1.0} | {name: 20.0}) for name in ("visits", "on_time")}
    plans = {name: found(Scenario(), goal, HUNDRED).plan.scenario for name, goal in heavy.items()}
    for name, other in (("visits", "on_time"), ("on_time", "visits")):
        assert worth_of(plans[name], name) > worth_of(plans[other], name)


@pytest.mark.by_night
@given(legal_levers(BASELINE), st.sampled_from(list(OBJECTIVES)))
@examples(12)
def test_any_plan_a_planner_writes_is_improved_or_left_as_it_is(chosen, goal):
    scenario = Scenario(levers=chosen)
    best = best_plan(scenario, OBJECTIVES[goal])
    assert isinstance(best, BestPlan | Refusal)
    if isinstance(best, BestPlan):
        assert np.isfinite([best.promise, best.bound, best.representative, best.own]).all()
        assert people_of(best).sum() == chosen.get("staff.new_posts", 0.0)
        _, problems = read_scenario(to_toml(best.plan.scenario, BASELINE, "zh").encode())
        assert problems == []


# The programme and the model.


@given(st.integers(0, 30), st.sampled_from([0.6, 1.0, 1.6]), st.sampled_from(list(OBJECTIVES)), st.booleans())
@examples(14)
def test_no_plan_of_all_beats_it_by_more_than_the_gap_it_prints(tmp_path_factory, seed, people, goal, whole):
    """By the full model, which judges the worst-off prefecture with the files of the own plan."""
    baseline, case, own = small_case(tmp_path_factory.getbasetemp(), seed, people)
    if case is None:
        return
    best = best_plan(Scenario(), OBJECTIVES[goal], Limits(most_moved=3), baseline=baseline, whole=whole, draws=DRAWS)
    assert isinstance(best, BestPlan)
    search = PlanSearch(case, OBJECTIVES[goal], best.limits, own)
    worths = search.full_model.worths_within(every_plan(*pool_bounds(case, best.limits), 3))
    found = search.full_model.worths_within(people_of(best, baseline)[None])[0]
    assert found >= worths.max() - max(best.gap, 0.0) - 1e-9 * abs(worths.max())
    assert best.representative == pytest.approx(found, rel=0.01)


@given(st.integers(0, 30), st.sampled_from([0.6, 1.0, 1.6]), st.sampled_from(list(OBJECTIVES)), st.booleans())
@examples(8)
def test_where_plans_are_too_many_to_try_the_search_still_finds_the_best(tmp_path_factory, seed, people, goal, whole):
    """The search of a large force finds it on a small one, and nobody is moved for next to nothing."""
    _, case, own = small_case(tmp_path_factory.getbasetemp(), seed, people)
    if case is None:
        return
    search = PlanSearch(case, OBJECTIVES[goal], Limits(most_moved=3), own)
    found, best = search.climb(whole), search.every[1].max()
    programme = search.programme(found)
    gap = programme.worth(programme.most()) - programme.worth(programme.at(found))
    assert search.full_model.worths_within(found[None])[0] >= best - max(gap, 0.0) - 3 * LEAST_GAIN * abs(best)


@given(st.integers(0, 30), st.sampled_from(list(OBJECTIVES)))
@examples(8)
def test_no_plan_of_all_is_promised_more_than_the_bound(tmp_path_factory, seed, goal):
    """The programme's own value is at most its bound, with people held at every plan there is."""
    _, case, own = small_case(tmp_path_factory.getbasetemp(), seed, 1.0)
    if case is None:
        return
    search = PlanSearch(case, OBJECTIVES[goal], Limits(most_moved=2), own)
    plan = search.best(exact=False)
    if plan is None:
        return
    programme = search.programme(plan)
    best, whole = programme.most(), programme.best(whole=True)
    promised = [programme.at(plan) for plan in every_plan(*pool_bounds(case, search.limits), 2)]
    values = [programme.worth(one) for one in promised if isinstance(one, Solution)]
    bound = best.value + programme.constant
    assert max(values) <= bound + 1e-6 * abs(bound)
    assert max(values) - programme.worth(whole) <= bound - programme.worth(whole) + 1e-6 * abs(bound)
    assert max(values) == pytest.approx(programme.worth(whole), rel=3e-5)


def programme_and_model(levers: dict, goal: str, seed: int) -> tuple[float, float, float] | None:
    """What the programme around a plan says of it, what the full model does, and what the programme's hulls pass over.

    None for a plan out of reach, and where the programme says nothing: a lever leaves a pool nobody to review.
    """
    scenario = Scenario(levers=levers)
    case, own = open_case(case_base(scenario), scenario)
    search = PlanSearch(case, OBJECTIVES[goal], Limits(keeps_minimum=False), own)
    low, high = pool_bounds(case, search.limits)
    rng = np.random.default_rng(seed)
    people = rounded(np.clip(rng.normal(0, 4, len(POOLS)), low, high))
    people[-1] += levers.get("staff.new_posts", 0.0) - people.sum()
    if people[-1] != np.clip(people, low, high)[-1]:
        return None
    free = replace(case, busy_most=case.busy_most + 1e6, load_most=case.load_most + 1e6)
    programme = replace(search, case=free).programme(people)
    answer, response = programme.at(people), programme.outcome.response
    if isinstance(answer, Conflict):
        return None
    units = OBJECTIVES[goal].units(search.full_model.against)
    passed = units.get("visits", 0.0) * passed_over(response, "visits")
    passed += units.get("on_time", 0.0) * passed_over(response, "in_time")
    passed += units.get("duty", 0.0) * passed_over(response, "visits") / response.owed
    return programme.worth(answer), search.full_model.worth(people), passed


def passed_over(response: Response, quantity: str) -> float:
    """How far all pools' hulls of a quantity lie above it at the plan of a response."""
    total = 0.0
    for p, people in enumerate(response.at):
        grid, values, steady = (of[:, p] for of in (response.grid, response.own[quantity], response.steady))
        intercepts, slopes = concave_lines(grid[steady], values[steady])
        total += (intercepts + slopes * people).min() - values[np.abs(grid - people).argmin()]
    return total


@given(legal_levers(BASELINE), st.sampled_from(["visits", "on_time", "duty", "mix"]), st.integers(0, 2**32 - 1))
@examples(25)
def test_a_programme_says_of_its_plan_what_the_full_model_does_and_its_hulls_pass_over(chosen, goal, seed):
    """Of any legal plan: exactly that of visits or cases in time, and no more of the legal minimum met or a mix."""
    if both := programme_and_model(chosen, goal, seed):
        says, real, passed = both
        rounding = 1e-6 * max(abs(real), 1e-3)
        assert real - rounding <= says <= real + passed + rounding
        assert goal in ("duty", "mix") or says >= real + passed - rounding


@pytest.mark.parametrize("goal", ["visits", "on_time", "duty", "mix"])
@pytest.mark.parametrize("levers", [{}, BY_NEED, LATER], ids=["base", "sink", "later"])
def test_hulls_pass_over_little_around_usual_plans(levers, goal):
    says, real, passed = programme_and_model(levers, goal, 0)
    assert says == pytest.approx(real, rel=0.012) and passed < 0.06 * real


def test_what_the_criteria_are_made_of():
    """The criteria are the measures of the representative case."""
    base = case_base(SINK)
    case, own = open_case(base, SINK)
    for name in ("visits", "on_time", "duty", "worst_off"):
        assert case.criteria(own[None])[name][0] == pytest.approx(worth_of(SINK, name), rel=1e-9)
    result = in_case_of(SINK, SINK).year
    found = criteria(result, base.assumed, POOLS)
    assert {name: value[0] for name, value in found.items()} == pytest.approx(
        {name: value[0] for name, value in case.criteria(own[None]).items()}
    )


@pytest.mark.parametrize(
    ("people", "values", "expected"),
    [
        ([0, 1, 2], [0, 2, 3], [(0, 2), (1, 1)]),
        ([0, 1, 1, 2], [0, 0, 0, 3], [(0, 1.5)]),
        ([5, 5], [2, 2], [(2, 0)]),
        ([0, 1, 2, 3], [1, 1, 1, 1], [(1, 0)]),
    ],
)
def test_the_hull_of_a_curve(people, values, expected):
    intercepts, slopes = concave_lines(np.array(people, float), np.array(values, float))
    assert list(zip(intercepts, slopes, strict=True)) == expected


@given(st.lists(st.floats(-9, 9), min_size=2, max_size=12))
def test_the_hull_lies_over_the_curve_and_touches_its_ends(values):
    people = np.arange(len(values), dtype=float)
    intercepts, slopes = concave_lines(people, np.array(values))
    hull = (intercepts[:, None] + slopes[:, None] * people).min(axis=0)
    assert (hull >= np.array(values) - 1e-6).all()
    assert hull[[0, -1]] == pytest.approx([values[0], values[-1]], abs=1e-6)
    assert (np.diff(slopes) <= 1e-9).all()


# Where there is no plan.


def test_limits_that_contradict_each_other_are_named_with_what_is_missing():
    asked_too_much = Limits(most_moved=10, least={"on_time_share": 0.95, "visits": 64_000.0})
    refusal = best_plan(Scenario(), OBJECTIVES["visits"], asked_too_much)
    assert isinstance(refusal, Refusal) and refusal.misses
    assert {miss.what for miss in refusal.misses} <= {
        "most moved",
        "pool change",
        "least on_time_share",
        "least visits",
    }
    nearest = max(miss.amount for miss in refusal.misses if miss.what == "least on_time_share")
    assert 0.05 < nearest < 0.2
    tiers = Limits(tiers={"county": (50, 60), "city": (0, 100), "province": (0, 9)})
    refusal = best_plan(Scenario(), OBJECTIVES["visits"], tiers)
    assert {miss.what for miss in refusal.misses} <= {"posts", *(f"people of {tier}" for tier in TIERS)}
    assert sum(miss.amount for miss in refusal.misses) == pytest.approx(50)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_a_sentence_and_never_a_solvers_status(language):
    everything = {"on_time_share": 0.99, "visits": 1e6, "duty": 1.5, "worst_off": 9.0, "on_time": 1e5}
    limits = Limits(most_moved=3, tiers={"county": (2000, 2100)}, least=everything)
    refusals = [
        best_plan(Scenario(), OBJECTIVES["mix"], limits),
        Refusal(),
        Refusal(conditions=("visit_filed", "pool_time")),
    ]
    for refusal in refusals:
        said = "\n".join(refusal_in_words(refusal, BASELINE, language))
        assert len(said) > 20
        assert not [word for word in ("HiGHS", "infeasible", "status", "None", "nan", "least ") if word in said]


def test_a_case_that_is_no_base_year_is_refused_with_its_conditions(monkeypatch):
    """Mids that are no base year together are no obstacle, since the representative case is one."""
    low = BASELINE.assumptions["visits_base"]
    scenario = Scenario(assumptions={"visits_base": ChangedAssumption(low.low / 2, low.low / 2, low.high, "counted")})
    assert isinstance(best_plan(scenario, OBJECTIVES["visits"], HUNDRED), BestPlan)
    monkeypatch.setattr("model.search.engine.opening.representative_base", at_mids)
    refusal = best_plan(scenario, OBJECTIVES["visits"])
    assert isinstance(refusal, Refusal) and refusal.misses == () and "other_duties_share" in refusal.conditions


def test_the_limits_are_those_of_the_levers():
    table = levers(BASELINE)
    case, _ = open_case(case_base(Scenario()), Scenario())
    low, high = pool_bounds(case, Limits(pool_change=9.0))
    assert (low == -np.minimum(movable(BASELINE), np.floor(case.seats.spare[0]))).all() and (high > 0).all()
    assert low[POOLS.slices[COUNTY]].sum() >= table["staff.change.county"].low


EDGES = {
    "nothing decided in time": {
        "staff.new_posts": -500.0,
        "staff.change.province": -75.0,
        "staff.change.city": -532.0,
        "staff.change.county": 107.0,
    },
    "no whole plan": {
        "rules": "2025",
        "decision_limit": "120",
        "staff.spread": "need",
        "staff.moves": {"city.changsha": 18.0, "county.loudi": 300.0},
        "frontline_share.province": 0.2,
        "frontline_share.city": 0.096,
        "frontline_share.county": 0.471,
        "targeted_share": 1.0,
        "training_days": 0.0,
        "review_staff.city": 69.0,
        "review_staff.county": 296.0,
    },
}


@pytest.mark.by_night
@pytest.mark.parametrize(("edge", "goal"), pairs(EDGES, ["visits", "mix"]))
def test_a_plan_at_the_edge_is_improved_or_refused(edge, goal):
    assert isinstance(best_plan(Scenario(levers=EDGES[edge]), OBJECTIVES[goal]), BestPlan | Refusal)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_moves_for_what_there_is_without(language):
    """The legal minimum is met in the representative case whether a hundred people move or nobody does."""
    best = found(SINK, "duty")
    assert best.representative == best.own == 1 and best.plan.moved == 0 and best.own_moved == 100
    assert best.saves_moves and best.beats_own and best.over_draws.odds.better > best.over_draws.odds.worse
    said = sentence(best, SINK, language)
    assert text("odds.full_better", language).split("{")[0] in said and "100" in said


@pytest.mark.by_night
def test_of_the_plan_adopted_nothing_is_offered_that_is_worse_in_more_draws_than_better():
    adopted = found(SINK, "visits").plan.scenario
    again = found(adopted, "visits")
    assert again.beats_own == (again.plan.scenario != adopted)
    assert again.over_draws.odds.better >= again.over_draws.odds.worse

"""Plans for targets: they hold in the full model, and nobody is moved for nothing.

No plan of a small force needs fewer people. What cannot be had is said with what is missing and what would help.
"""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from representative import at_mids, case_base, in_case_of
from small_forces import DRAWS, every_plan, small_case
from soundness import MEASURE_ROW
from thorough import IS_THOROUGH, some, tries

from model import ChangedAssumption, Scenario, project, shipped_baseline
from model.evidence.baseline import TIERS
from model.files.scenario_file import read_scenario
from model.force.staff import people_moved
from model.outputs.answers.targets import in_terminal, no_meaning_in_words, sentences
from model.outputs.phrasing.coherence import coherent, coherent_pair
from model.outputs.phrasing.scenario_text import to_toml
from model.outputs.words import LANGUAGES
from model.projection.base_year import USUAL_DRAWS, base_year_of
from model.projection.project import evaluate
from model.scenario.levers import levers
from model.search.aims.draw_sample import all_draws
from model.search.aims.limits import Limits
from model.search.aims.target import Target, read_targets
from model.search.engine.plan_limits import PlanLimits
from model.search.engine.staffing_plan import Refusal, change_of
from model.search.programme.moves import pool_bounds
from model.search.programme.response import open_case
from model.search.targets import SEARCH_DRAWS, NoMeaning, TargetsAnswer, plan_for_targets
from model.year.measures import MEASURE, MEASURES, scopes

HUNAN = shipped_baseline("hunan-2021")
SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
CARD_DRAWS, FEW_DRAWS = (USUAL_DRAWS, SEARCH_DRAWS) if IS_THOROUGH else (512, 256)
"""Draws of the card, and the fewer ones in which a plan for it is looked for."""
SHARE_DRAWS = 512 if IS_THOROUGH else 256
"""Draws in which a share of them is asked for; a search in many takes long."""
SOLVER_WORDS = r"HiGHS|infeasible|status|\bNone\b|\bnan\b|\binf\b|\{"


def targets(*written: str) -> tuple[Target, ...]:
    read, problems = read_targets(written, HUNAN)
    assert not problems
    return read


@cache
def answer_of(*written: str, probability: float | None = None, scenario: str = "base") -> TargetsAnswer:
    draws = 512 if probability is None else SHARE_DRAWS
    own = {"base": Scenario(), "sink": SINK}[scenario]
    found = plan_for_targets(own, targets(*written), probability=probability, draws=draws)
    assert isinstance(found, TargetsAnswer), found
    return found


def in_full_model(scenario: Scenario, target: Target) -> float:
    """The measure in the representative case of the base year, from the figures that every page shows."""
    return float(
        in_case_of(Scenario(), scenario).values[MEASURE_ROW[target.measure], scopes(HUNAN).index(target.scope), 0]
    )


def holds(scenario: Scenario, asked: tuple[Target, ...], limits: Limits | None = None) -> bool:
    return all(target.missing(np.array(in_full_model(scenario, target))) <= 0 for target in asked)


def beyond(**steps: float) -> tuple[str, ...]:
    """Targets that lie so far beyond what the base year has in its case, by measure and after "_at_" the scope."""
    written = []
    for place, step in steps.items():
        measure, _, scope = place.partition("_at_")
        now = in_full_model(Scenario(), Target(measure, scope or "total", True, 0.0))
        side, way = (">=", 1) if MEASURE[measure].better >= 0 else ("<=", -1)
        written.append(f"{measure}{'@' if scope else ''}{scope}{side}{now + way * step:.6g}")
    return tuple(written)


REACHABLE = [
    {"on_time_share": 0.006},
    {"visits": 400, "on_time_share": 0.002},
    {"visit_coverage_at_changsha": 0.01, "duty_met": 0},
    {"review_load_at_city": 0.016},
    {"staff_at_county": 60},
]


@pytest.mark.by_night
def test_plans_are_judged_in_the_draws_of_every_other_page(monkeypatch):
    """The current plan has the figures of its card, though the search looks at fewer draws."""
    monkeypatch.setattr("model.search.targets.SEARCH_DRAWS", FEW_DRAWS)
    projected = project(SINK, draws=CARD_DRAWS)
    asked, card = targets("on_time_share>=0.78", "duty_met>=1"), coherent(projected).measures
    found = plan_for_targets(SINK, asked, probability=0.5, draws=CARD_DRAWS)
    assert FEW_DRAWS < CARD_DRAWS and found.draws == projected.draws and found.holds and found.share >= 0.5
    for standing in found.standings:
        own, here = coherent_pair(standing.over_draws, "share"), card[standing.target.measure].total.scenario
        assert round(own.base.p50, 3) == round(here.p50, 3)
        assert standing.share == share_in_all(found.plan.scenario, standing.target, CARD_DRAWS)
        assert standing.own_share == share_in_all(SINK, standing.target, CARD_DRAWS)


def share_in_all(scenario: Scenario, target: Target, draws: int) -> float:
    values = evaluate(base_year_of(scenario, HUNAN, draws), scenario).values[MEASURE_ROW[target.measure], 0]
    return float((target.missing(values) <= 0).mean())


@pytest.mark.by_night
def test_one_target_moves_no_more_than_enough_of_all_draws_ask_for(monkeypatch):
    """In the 512 draws of the search half of them ask for 16 people; 3 are enough for half of eight times as many."""
    monkeypatch.setattr("model.search.targets.SEARCH_DRAWS", FEW_DRAWS)
    (asked,) = targets("on_time_share>=0.78")
    found = plan_for_targets(SINK, [asked], probability=0.5, draws=USUAL_DRAWS)
    assert found.plan.moved < plan_for_targets(SINK, [asked], probability=0.5).plan.moved
    assert found.holds and found.share == share_in_all(found.plan.scenario, asked, USUAL_DRAWS) >= 0.5


@pytest.mark.parametrize("steps", some(REACHABLE, 3), ids=" ".join)
def test_targets_hold_in_the_full_model_and_one_move_fewer_misses(steps):
    """The scenario alone meets them; whichever one person stays, targets or limits do not hold any more."""
    written = beyond(**steps)
    found = answer_of(*written)
    assert found.holds and holds(found.plan.scenario, targets(*written)) and not found.own_holds
    assert found.plan.moved > 0 and not found.remedies and found.without_limit is None
    case, _ = open_case(case_base(Scenario()), Scenario())
    people, sample, one = (
        change_of(found.plan.moves, HUNAN),
        all_draws(case.base, case.settings),
        np.eye(len(HUNAN.pools)),
    )
    fewer = np.array([people + one[i] - one[j] for i in np.flatnonzero(people < 0) for j in np.flatnonzero(people > 0)])
    values = sample.values(targets(*written), fewer)[:, 0]
    missing = [target.missing(of) > 0 for target, of in zip(targets(*written), values, strict=True)]
    assert (np.any(missing, axis=0) | (PlanLimits(case, found.limits).broken(fewer) > 0)).all()
    read, problems = read_scenario(to_toml(found.plan.scenario, HUNAN, "en").encode(), "plan.toml")
    assert problems == [] and read.levers == found.plan.scenario.levers


def test_both_numbers_of_people_are_given_and_near_each_other():
    found = answer_of(*beyond(on_time_share=0.006))
    assert found.holds and found.plan.moved == pytest.approx(found.promise, rel=0.05, abs=1)


@given(st.sampled_from(MEASURES), st.sampled_from(scopes(HUNAN)), st.floats(0.0, 0.3))
@settings(max_examples=tries(20), deadline=None, derandomize=True)
def test_a_target_already_met_moves_nobody(measure, scope, slack):
    value = in_full_model(Scenario(), Target(measure.id, scope, True, 0.0))
    at_least = measure.better >= 0
    found = plan_for_targets(
        Scenario(), [Target(measure.id, scope, at_least, value * (1 - slack if at_least else 1 + slack))]
    )
    if isinstance(found, NoMeaning):
        return
    assert found.holds and found.own_holds and found.plan.moved == 0 and found.plan.moves == ()
    assert found.plan.scenario.levers == {}


def test_a_plan_that_moves_people_for_what_none_need_is_told_so():
    found = answer_of("visits>=61000", scenario="sink")
    assert found.holds and found.own_holds and found.own_moved == pytest.approx(100) and found.plan.moved == 0


@given(st.integers(0, 30), st.sampled_from([0.6, 1.0, 1.6]), st.sampled_from(["visits", "on_time_share"]))
@settings(max_examples=tries(8), deadline=None, derandomize=True)
def test_no_plan_of_all_needs_fewer_people(tmp_path_factory, seed, people, measure):
    """For what the best plan of two moves brings a small force, two moves are found, or one if it does."""
    baseline, case, _ = small_case(tmp_path_factory.getbasetemp(), seed, people)
    if case is None:
        return
    plans = every_plan(*pool_bounds(case, Limits()), 2)
    plans = plans[PlanLimits(case, Limits()).broken(plans) == 0]
    values = all_draws(case.base, case.settings).values([Target(measure, "total", True, 0.0)], plans)[0, 0]
    target = Target(measure, "total", True, float(values.max()) * (1 - 1e-6))
    fewest = people_moved(plans)[target.missing(values) <= 0].min()
    found = plan_for_targets(Scenario(), [target], baseline=baseline, draws=DRAWS)
    assert found.holds and found.plan.moved == fewest


# With a probability.


@pytest.mark.by_night
@pytest.mark.parametrize(
    "written", some([("visit_coverage@changsha>=0.41",), ("on_time_share>=0.7", "visits>=62000")], 1)
)
def test_a_larger_share_of_draws_never_moves_fewer_people(written):
    """Where a share cannot be had, no larger one can."""
    found = [answer_of(*written, probability=p) for p in (0.5, 0.6, 0.66)]
    moved = [one.plan.moved for one in found if one.holds]
    assert moved == sorted(moved) and moved[0] == 0 < moved[-1]
    assert [one.holds for one in found] == sorted((one.holds for one in found), reverse=True)


@pytest.mark.by_night
def test_the_share_is_of_all_kept_draws_by_the_full_model():
    share = answer_of("on_time_share>=0.7", "visits>=62000", probability=0.01).own_share + 0.01
    found = answer_of("on_time_share>=0.7", "visits>=62000", probability=share)
    full = evaluate(base_year_of(Scenario(), HUNAN, SHARE_DRAWS, 1), found.plan.scenario)
    meet = (full.values[MEASURE_ROW["on_time_share"], 0] >= 0.7) & (full.values[MEASURE_ROW["visits"], 0] >= 62000)
    assert found.holds and found.share == pytest.approx(meet.mean()) and share <= found.share < share + 0.04
    for standing in found.standings:
        values = full.values[MEASURE_ROW[standing.target.measure], 0]
        reached = standing.in_draws
        assert (values >= reached - 1e-9).mean() >= share > (values > reached + 1e-9).mean()


# What cannot be had.


@pytest.mark.by_night
def test_a_target_out_of_reach_says_how_far_it_goes_and_what_would_do():
    """Every remedy, run through the full model, makes all targets hold, and one step less of it does not."""
    written = "on_time_share>=0.84", "duty_met>=1"
    asked, found = targets(*written), answer_of(*written)
    first, second = found.standings
    assert not found.holds and first.missing == pytest.approx(0.84 - first.value) and second.missing == 0
    assert first.own < first.value <= first.alone + 1e-5 < 0.84
    assert {remedy.id for remedy in found.remedies} >= {"decision_limit", "other_duties_cut"}
    for remedy in found.remedies:
        assert remedy.missing == 0 and holds(remedy.scenario, asked)
        assert all(target.missing(value) <= 0 for target, value in zip(asked, remedy.reached, strict=True))
        told = evaluate(base_year_of(remedy.adopted, HUNAN, found.draws.drawn, found.seed), remedy.adopted)
        amounts = dict(zip(told.ids, told.values[:, 0], strict=True))
        together = (amounts["on_time_share"] >= 0.84) & (amounts["duty_met"] >= 1 - 1e-9)
        assert remedy.share == pytest.approx(together.mean(), abs=0.005)
        lever = levers(HUNAN)[remedy.id]
        if lever.step:
            less = remedy.after - np.sign(remedy.after - remedy.before) * lever.step
            almost = Scenario(levers={**remedy.scenario.levers, remedy.id: less})
            assert not (holds(almost, asked) and plan_for_targets(almost, asked).own_holds)


@pytest.mark.by_night
def test_what_a_remedy_promises_is_what_its_own_page_says_once_it_is_adopted():
    """120 days were said to bring 90.3 % with nobody moved; adopted, the page had 89.4 % and asked for 40 moved."""
    asked = targets("on_time_share>=0.9", "duty_met>=1")
    found = plan_for_targets(Scenario(), asked).remedies
    assert found
    for remedy in found:
        adopted = plan_for_targets(remedy.adopted, asked)
        assert adopted.own_holds and adopted.own_share == pytest.approx(remedy.share)
        assert [one.own for one in adopted.standings] == pytest.approx(remedy.reached)


@pytest.mark.by_night
def test_targets_that_can_be_had_alone_but_not_together_are_told_apart():
    far = [answer_of(written).standings[0] for written in ("visits>=1000000000", "on_time_share>=0.95")]
    nearly = [standing.own + 0.75 * (standing.alone - standing.own) for standing in far]
    found = answer_of(f"visits>={nearly[0]:.6g}", f"on_time_share>={nearly[1]:.6g}")
    assert not found.holds
    assert all(standing.missing > 0 and standing.target.missing(standing.alone) < 0 for standing in found.standings)
    posts = next(remedy for remedy in found.remedies if remedy.id.startswith("staff.change."))
    assert 0 < posts.scenario.levers["staff.new_posts"] < 100 and not posts.missing


@pytest.mark.by_night
def test_where_only_the_limit_to_people_stands_in_the_way_it_is_said():
    written = beyond(on_time_share=0.006)
    needed = answer_of(*written).plan.moved
    found = plan_for_targets(Scenario(), targets(*written), limits=Limits(most_moved=needed // 2))
    assert not found.holds and found.plan.moved <= needed // 2 and found.without_limit == needed
    assert f"{needed:.0f}" in "".join(sentences(found, Scenario(), HUNAN, "zh"))


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("written", "probability", "amounts"),
    [
        (("on_time_share>=0.95",), None, ("95.0%",)),
        (("visits>=1000000000",), None, ("1,000,000,000",)),
        (("backlog_end<=0", "visits@xiangxi>=99999"), None, ("99,999",)),
        (("on_time_share>=0.75",), 0.95, ("95%",)),
    ],
)
def test_what_cannot_be_had_is_a_sentence_with_the_amount(written, probability, amounts, language):
    found = answer_of(*written, probability=probability)
    assert not found.holds
    said = in_terminal(found, Scenario(), HUNAN, language)
    if len(written) == 1 and probability is None:
        furthest = found.standings[0].value
        amounts = (*amounts, f"{100 * furthest:.1f}%" if furthest < 1 else f"{furthest:,.0f}")
    assert all(amount in said for amount in amounts), said
    assert not re.search(SOLVER_WORDS, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_measure_without_a_meaning_there_is_named(language):
    refused = plan_for_targets(Scenario(), targets("visits>=9", "review_load@county<=0.5"))
    assert isinstance(refused, NoMeaning) and [str(target) for target in refused.targets] == ["review_load@county<=0.5"]
    assert len(no_meaning_in_words(refused, HUNAN, language)) > 20


def test_limits_that_contradict_each_other_and_an_implausible_base_year_are_refused(monkeypatch):
    tiers = Limits(tiers={"county": (50, 60), "city": (0, 100), "province": (0, 9)})
    refusal = plan_for_targets(Scenario(), targets("visits>=62000"), limits=tiers)
    assert isinstance(refusal, Refusal) and {miss.what for miss in refusal.misses} <= {
        "posts",
        *(f"people of {tier}" for tier in TIERS),
    }
    low = HUNAN.assumptions["visits_base"]
    changed = {"visits_base": ChangedAssumption(low.low / 3, low.low / 3, low.high, "counted")}
    monkeypatch.setattr("model.search.engine.opening.representative_base", at_mids)
    refusal = plan_for_targets(Scenario(assumptions=changed), targets("visits>=9"))
    assert isinstance(refusal, Refusal) and "other_duties_share" in refusal.conditions


@pytest.mark.by_night
def test_a_remedy_that_is_enough_by_itself_says_so_comes_first_and_is_enough_in_the_full_model():
    """With nobody moved and the remedy alone the targets hold; of the others they do not."""
    written = "on_time_share>=0.85", "duty_met>=1"
    asked, found = targets(*written), answer_of(*written)
    alone = [remedy for remedy in found.remedies if remedy.alone]
    assert alone and list(found.remedies[: len(alone)]) == alone
    for remedy in found.remedies:
        chosen = {id: value for id, value in remedy.scenario.levers.items() if not id.startswith("staff.")}
        if remedy.id.startswith("staff."):
            chosen = {remedy.id: remedy.after, "staff.new_posts": remedy.after}
        assert holds(Scenario(levers=chosen), asked) == bool(remedy.alone), remedy.id
        assert remedy.alone is None or remedy.alone.levers == chosen

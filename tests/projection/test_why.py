"""Why: a cause is named only where taking it back takes the change back, worked out here a second time."""

from dataclasses import replace

import numpy as np
import pytest
from random_scenarios import random_levers

from model import Projection, Scenario, shipped_baseline
from model.evidence.baseline import TIERS
from model.force.people import people_by_tier
from model.outputs.phrasing.coherence import coherent
from model.projection.base_year import BaseYear, base_year_of
from model.projection.project import against
from model.projection.totals import total_of, unmoved
from model.projection.why.cause import Cause, causes
from model.projection.why.step import GIVES, Step, plan_year, year_with_steps
from model.projection.why.why import why
from model.scenario.settings import settings
from model.year.measures import HEADLINES, measure_parts
from model.year.year import Year, year

BASELINE = shipped_baseline("hunan-2021")
POOLS = BASELINE.pools
DRAWS = 1024
SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
TIME = Scenario(levers={"other_duties_cut": 0.1})
MORE = Scenario(levers={"staff.change.county": 50.0, "staff.new_posts": 50.0})
BOTH = SINK.with_decisions(levers={**SINK.levers, **TIME.levers})
AMOUNTS = {
    "review": lambda result: result.review.capacity,
    "time": lambda result: result.budget.field_days,
    "duty": lambda result: result.work.mandatory_days,
    "pairing": lambda result: result.work.crews,
    "files": lambda result: result.led,
}


def projected(scenario: Scenario, draws: int = DRAWS) -> tuple[BaseYear, Projection]:
    base = base_year_of(scenario, BASELINE, draws)
    return base, coherent(against(base, scenario))


def found(scenario: Scenario, draws: int = DRAWS) -> list[Cause]:
    base, projection = projected(scenario, draws)
    return list(causes(base, projection, plan_year(base, projection.scenario)))


def steps_of(cause: Cause) -> list[tuple[str, str, int]]:
    return [(step.id, step.tier, way) for step, way in cause.steps]


def year_of(base: BaseYear, scenario: Scenario, **instead: object) -> Year:
    plan = settings(scenario.levers, BASELINE)
    return year(BASELINE, base.assumed, base.closure, plan, base.reading, **instead)


def value(base: BaseYear, result: Year, id: str, scope: str) -> np.ndarray:
    amount, over = measure_parts(BASELINE, base.assumed, base.closure, result, None, HEADLINES)[id]
    here = slice(None) if scope == "total" else POOLS.slices[TIERS.index(scope)]
    return total_of(amount[:, here], None if over is None else over[:, here])


def test_counties_with_more_people_do_less_because_the_cities_review_less():
    first, *_ = found(SINK)
    assert (first.measure, first.scope) == ("case_capacity", "county")
    assert first.change < 0
    assert steps_of(first) == [("review", "city", -1)]
    assert first.decision == ("staff.change.city", "staff.change.county")


def test_the_same_in_the_other_direction_says_nothing_of_people_against_people():
    """The cities get people and do more, so no tier does less against its people."""
    up = Scenario(levers={id: -people for id, people in SINK.levers.items()})
    assert all(cause.scope == "total" for cause in found(up))


def test_less_of_other_duties_works_through_field_time_of_all_tiers():
    visits, *others = found(TIME)
    assert (visits.measure, steps_of(visits)) == ("visits", [("time", "", 1)])
    capacity = next(cause for cause in others if cause.measure == "case_capacity")
    assert steps_of(capacity) == [("review", "", 1), ("time", "", 1)]


def test_more_people_alone_have_no_cause_of_a_loss():
    answer = found(MORE)
    assert [cause.measure for cause in answer][:2] == ["visits", "case_capacity"]
    assert all(cause.change > 0 and steps_of(cause) == [("time", "county", 1)] for cause in answer)


def test_nothing_decided_has_no_cause():
    assert found(Scenario()) == []
    assert found(Scenario(levers={"horizon_months": 36.0})) == []


def test_a_change_that_no_step_makes_alone_is_left_out():
    """Quicker visits act on the visits themselves, through none of the steps."""
    assert all(cause.measure != "visits" for cause in found(Scenario(levers={"visit_time_saved": 0.2})))


def test_of_two_decisions_the_one_that_makes_the_loss_is_named():
    answer = {
        (cause.measure, cause.scope): cause
        for cause in found(BOTH.with_decisions(levers={**SINK.levers, "other_duties_cut": 0.02}))
    }
    assert answer["case_capacity", "county"].decision == ("staff.change.city", "staff.change.county")
    assert answer["visits", "total"].decision is None, "both bring visits"


def test_all_steps_given_back_give_back_the_base_year():
    """Of a plan that changes people and time alone, nothing is left."""
    base = base_year_of(BOTH, BASELINE, DRAWS)
    before, after = year_of(base, unmoved(BOTH)), year_of(base, BOTH)
    steps = [Step(id) for id in ("review", "time", "pairing")]
    again = year_with_steps(base, settings(BOTH.levers, BASELINE), after, before, steps)
    for id in ("visits", "case_capacity", "duty_met"):
        assert value(base, again, id, "total") == pytest.approx(value(base, before, id, "total"), rel=1e-6)


def taken_back(base: BaseYear, scenario: Scenario, cause: Cause) -> Year:
    """The plan's year without the steps of a cause, by scaling its staff instead of replacing it."""
    before, after = year_of(base, unmoved(scenario)), year_of(base, scenario)
    staff, filed, field = after.work.staff, None, after.budget.field_days.copy()
    for step, _ in cause.steps:
        here = POOLS.of_tier[:, TIERS.index(step.tier)] > 0 if step.tier else np.ones(len(POOLS), bool)
        if step.id == "review":
            rate = np.where(after.review.reviewers > 0, staff.reviewers / np.maximum(after.review.reviewers, 1e-12), 0)
            wanted = before.review.reviewers * before.review.rate / after.review.rate
            empty = before.work.staff.reviewers * before.review.rate / after.review.rate
            staff = replace(staff, reviewers=np.where(here, np.where(rate > 0, wanted * rate, empty), staff.reviewers))
        elif step.id == "pairing":
            was = before.work.staff
            staff = replace(
                staff,
                frontline=np.where(here, was.frontline, staff.frontline),
                bodies=np.where(here, was.bodies, staff.bodies),
            )
        elif step.id == "files":
            filed = before.budget.filed
        elif step.id == "time":
            field = np.where(here, field - after.budget.field_days + before.budget.field_days, field)
        else:
            field = np.where(here, field + after.work.mandatory_days - before.work.mandatory_days, field)
    a_head = after.work.days_per_officer(base.closure.flow.other_duties)
    officers = np.where(a_head > 1e-9, field / np.maximum(a_head, 1e-9), staff.working_officers)
    zero = np.zeros_like(officers)
    staff = replace(staff, base_officers=np.maximum(officers, 0.0), moved=zero, new=zero, lost=zero)
    return year_of(base, scenario, staff=staff, filed=filed)


@pytest.mark.parametrize("seed", range(12))
def test_no_cause_is_named_that_the_model_does_not_confirm(seed):
    levers = random_levers(np.random.default_rng(seed), BASELINE, share=(0.1, 0.3, 0.6)[seed % 3])
    scenario = Scenario(levers=levers)
    base, projection = projected(scenario, 768)
    before, after = year_of(base, unmoved(scenario)), year_of(base, scenario)
    people = people_by_tier(scenario, BASELINE)
    for cause in causes(base, projection, plan_year(base, projection.scenario)):
        result = projection.measures[cause.measure]
        figure = (result.total if cause.scope == "total" else result.tiers[cause.scope]).difference.p50
        assert cause.change == figure != 0, "the figure is the one that is printed"
        if cause.scope != "total":
            assert cause.change < 0 < people[cause.scope][1] - people[cause.scope][0]
        way = np.sign(cause.change)
        was, now, then = (
            value(base, one, cause.measure, cause.scope) for one in (before, after, taken_back(base, scenario, cause))
        )
        has = way * (now - was) > 1e-9 * max(np.abs(was).max(), 1e-3)
        gone = way * (then - was) <= 0.1 * way * (now - was) + 1e-6 * np.abs(was).max()
        assert has.mean() >= 0.5
        assert gone[has].mean() >= 0.9
        for step, moved in cause.steps:
            here = slice(None) if not step.tier else POOLS.slices[TIERS.index(step.tier)]
            more = (AMOUNTS[step.id](after) - AMOUNTS[step.id](before))[:, here].sum(axis=1)
            assert (moved * more > 0).mean() >= 0.9, "the step moved as it is said"
            assert moved * GIVES[step.id] == way, "and the way the change went"


def test_what_is_behind_a_decision_is_the_tier_that_it_changes_most():
    answer = why(*projected(BOTH))
    people, time = (answer.behind["case_capacity"][k].tier for k in (0, 1))
    assert (people, time) == ("county", "county")
    assert answer.behind["on_time_share"][0].tier == "city"
    assert all(row.assumption in BASELINE.assumptions for row in answer.behind["visits"])


def test_work_on_the_causes_can_be_stopped():
    def stop(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        why(*projected(SINK), stop)


def test_the_progress_never_goes_back():
    shares: list[float] = []
    why(*projected(SINK), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)

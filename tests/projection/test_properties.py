"""What must hold for every plan a planner can write, in every draw, place and month."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scenario_strategies import elsewhere, legal_levers, listed_scenarios, moves, moves_by_pool, scenarios
from soundness import ROUNDING, assert_of_human_size, assert_possible, assert_sound, totals
from thorough import tries

from model import Baseline, ChangedAssumption, Scenario, TooFewDraws, project, shipped_baseline
from model.evidence.baseline import TIERS
from model.evidence.draws import draw
from model.evidence.rules import rules_of
from model.force import workload as workload_module
from model.force.seats import movable
from model.force.staff import open_change, staffing
from model.projection.base_year import BaseYear, _base_year, base_year_of, baseline_of
from model.projection.comparison import compare
from model.projection.project import Evaluation, against, evaluate
from model.projection.results import Band
from model.scenario.levers import levers
from model.scenario.settings import settings as all_levers
from model.year.measures import MEASURE, scopes
from model.year.year import Year, visit_room, year

BASELINE = shipped_baseline("hunan-2021")
POOLS = BASELINE.pools
DRAWS = 512
# No division by zero, overflow or invalid number anywhere, hidden ones included.
strict = np.errstate(all="raise", under="ignore")


def examples(number: int) -> settings:
    return settings(max_examples=tries(number), deadline=None, derandomize=True)


def base_of(scenario: Scenario, baseline: Baseline = BASELINE, draws: int = DRAWS) -> BaseYear:
    return base_year_of(scenario, baseline, draws)


@given(scenarios(BASELINE))
@examples(80)
@strict
def test_no_legal_plan_breaks_a_number(scenario):
    try:
        base = base_of(scenario)
    except TooFewDraws:
        assume(False)
    plan = evaluate(base, scenario)
    assert_possible(base, plan)
    assert_of_human_size(plan)
    assert_sound(against(base, scenario))


@given(listed_scenarios(BASELINE))
@examples(35)
@strict
def test_a_staff_list_that_adds_up_is_refused_or_computed(scenario):
    try:
        base = base_of(scenario, baseline_of(scenario))
    except TooFewDraws:
        assume(False)
    listed = np.array(list(scenario.staff_list.values())).T
    assert np.array_equal(base.year.work.staff.people[0], listed[0])
    assert np.array_equal(base.year.work.staff.frontline[0], listed[1])
    plan = evaluate(base, scenario)
    assert_possible(base, plan)
    assert_of_human_size(plan)
    assert_sound(against(base, scenario))


def exactly(**values: float) -> dict[str, ChangedAssumption]:
    return {id: ChangedAssumption(value, value, value, "a guess") for id, value in values.items()}


@given(elsewhere(BASELINE), legal_levers(BASELINE))
@example(exactly(working_days=1e-6, leave_days=3.0), {})
@example(exactly(case_time_cv=10.0, review_time_cv=10.0), {"from_approvals": 1000.0})
@examples(60)
@strict
def test_assumptions_far_from_ours_are_refused_or_computed(assumptions, chosen):
    scenario = Scenario(assumptions=assumptions, levers=chosen)
    try:
        base = base_of(scenario)
    except TooFewDraws as too_few:
        refused, kept = sum(too_few.refused.values()), too_few.draws.kept
        assert refused >= DRAWS - kept > 0
        return
    assert_possible(base, evaluate(base, scenario))
    assert_sound(against(base, scenario))


@pytest.mark.parametrize("id", list(levers(BASELINE)))
@strict
def test_each_lever_alone_at_its_ends(id):
    lever, base = levers(BASELINE)[id], base_of(Scenario())
    ends = lever.choices or (lever.low, lever.high)
    if lever.kind == "moves":
        everybody = -movable(BASELINE)
        ends = [dict(zip(BASELINE.pool_keys, everybody, strict=True)), {"province": 2359.0}, {"county.xiangxi": 2359.0}]
    for end in ends:
        chosen = {id: end}
        if id.startswith("staff.change"):
            # What one tier gives or gets, another gets or gives, as far as it can.
            other = "staff.change.city" if id == "staff.change.county" else "staff.change.county"
            end = max(end, -levers(BASELINE)[other].high) if end < 0 else min(end, -levers(BASELINE)[other].low)
            chosen = {id: end, other: -end}
        plan = evaluate(base, Scenario(levers=chosen))
        assert_possible(base, plan)
        assert_of_human_size(plan)
        assert_sound(against(base, Scenario(levers=chosen)))


MOVERS = levers(BASELINE)["staff.movers"].choices


@given(moves(BASELINE, st.just(0.0)), st.sampled_from(["bodies", "need", "table"]), st.sampled_from(MOVERS))
@examples(60)
@strict
def test_moving_people_conserves_people_and_officers(move, spread, movers):
    table = {p.id: k % 3 for k, p in enumerate(BASELINE.prefectures)}
    base = base_of(Scenario())
    chosen = move | {"staff.spread": table if spread == "table" else spread, "staff.movers": movers}
    staff = evaluate(base, Scenario(levers=chosen)).year.work.staff
    np.testing.assert_allclose(staff.people.sum(axis=1), 2359, rtol=ROUNDING)
    np.testing.assert_allclose(staff.frontline.sum(axis=1), 1504, rtol=ROUNDING)
    np.testing.assert_allclose(staff.working_officers.sum(axis=1), 1504, rtol=ROUNDING)
    floor = np.minimum(base.year.work.staff.people, 2 * staff.bodies)
    assert (staff.people >= floor - 1e-6).all()
    gave = np.array([move[f"staff.change.{tier}"] for tier in TIERS])
    change = (staff.people - base.year.work.staff.people) @ POOLS.of_tier
    assert (np.abs(change) <= np.abs(gave) + 1e-6).all()
    assert (change * gave >= -1e-6).all()


@given(moves(BASELINE), moves_by_pool(BASELINE), st.sampled_from(MOVERS), st.sampled_from([0.0, 1000.0]))
@example({"staff.new_posts": -500.0, "staff.change.city": -500.0}, {}, "own", 0.0)
@examples(80)
@strict
def test_posts_add_up_in_every_draw_and_nobody_goes_who_is_not_there(move, table, movers, approvals):
    levers = move | {"staff.moves": table, "staff.movers": movers, "from_approvals": approvals}
    base = base_of(Scenario())
    before, staff = base.year.work.staff, evaluate(base, Scenario(levers=levers)).year.work.staff
    posts = move["staff.new_posts"]
    np.testing.assert_allclose(staff.people.sum(axis=1), 2359 + posts + approvals, rtol=ROUNDING)
    assert (staff.people >= np.minimum(before.people, 2 * staff.bodies) - 1e-6).all()
    assert (staff.frontline >= -1e-6).all() and (staff.frontline <= staff.people + 1e-6).all()
    if posts == 0 and approvals == 0:
        np.testing.assert_allclose(staff.frontline.sum(axis=1), 1504, rtol=ROUNDING)


@pytest.mark.parametrize("movers", MOVERS)
@strict
def test_each_way_to_move_takes_the_officers_it_says(movers):
    base = base_of(Scenario())
    levers = {"staff.change.city": -100.0, "staff.change.county": 100.0, "staff.movers": movers}
    before, staff = base.year.work.staff, evaluate(base, Scenario(levers=levers)).year.work.staff
    counties = POOLS.slices[2]
    of_tier = [before.frontline[:, pools].sum(axis=1) / before.people[:, pools].sum(axis=1) for pools in POOLS.slices]
    own, there = 100 * of_tier[1], 100 * of_tier[2]
    expected = {
        "own": own,
        "reviewers_stay": own,
        "receiving": there,
        "frontline": np.full(len(own), 100.0),
        "open": own + base.assumed["movers_mix"][:, 0] * (there - own),
    }[movers]
    came = (staff.frontline - before.frontline)[:, counties].sum(axis=1)
    np.testing.assert_allclose(came, expected, atol=1e-6)
    np.testing.assert_allclose((staff.people - before.people)[:, counties].sum(axis=1), 100, atol=1e-6)
    as_before = np.minimum(before.reviewers, (staff.people - staff.frontline))
    assert np.allclose(staff.reviewers, as_before, atol=1e-6) == (movers in ("reviewers_stay", "frontline"))


def test_officers_go_first_until_two_a_body_are_left():
    base = base_of(Scenario())
    levers = {"staff.change.city": -470.0, "staff.change.county": 470.0, "staff.movers": "frontline"}
    before, staff = base.year.work.staff, evaluate(base, Scenario(levers=levers)).year.work.staff
    desk_left = (before.people - before.frontline) - (staff.people - staff.frontline) > 1e-6
    assert desk_left[:, POOLS.slices[1]].any()
    np.testing.assert_allclose(staff.frontline[desk_left], 2 * staff.bodies[desk_left], rtol=1e-6)


@given(moves_by_pool(BASELINE), moves(BASELINE, st.just(0.0)), st.booleans())
@examples(40)
@strict
def test_moves_by_prefecture_conserve_people_and_officers(table, move, closed):
    """`closed`: the tiers change by just what the table says, so that nobody is left to spread."""
    by_tier = open_change(all_levers({"staff.moves": table}, BASELINE))
    if closed:
        move = {f"staff.change.{tier}": -people for tier, people in zip(TIERS, by_tier, strict=True)}
    base = base_of(Scenario())
    staff = evaluate(base, Scenario(levers=move | {"staff.moves": table})).year.work.staff
    before = base.year.work.staff
    floor = np.minimum(before.people, 2 * staff.bodies)
    assert (staff.people >= floor - 1e-6).all()
    for now, then in ((staff.people, before.people), (staff.working_officers, before.frontline)):
        if sum(move[f"staff.change.{tier}"] for tier in TIERS) == 0:
            np.testing.assert_allclose(now.sum(axis=1), then.sum(axis=1), rtol=ROUNDING)
    if closed:
        stated = np.array([table.get(pool, 0.0) for pool in BASELINE.pool_keys])
        went, spare = before.people - staff.people, before.people - floor
        # Posts cut that a pool cannot spare fall on others; where there are none, the table is all that happens.
        as_stated = (-stated <= spare + 1e-9).all(axis=1) | (stated.sum() >= 0)
        np.testing.assert_allclose(went[as_stated][:, stated == 0], 0, atol=1e-9)
        leaves = stated < 0
        np.testing.assert_allclose(
            went[as_stated][:, leaves], np.minimum(-stated, spare)[as_stated][:, leaves], atol=1e-9
        )
        comes = stated > 0
        assert (-went[:, comes] <= stated[comes] + 1e-9).all()


@pytest.mark.parametrize("spread", ["bodies", "need"])
@strict
def test_a_table_that_says_what_the_spread_would_do_changes_nothing(spread):
    base = base_of(Scenario())
    chosen = {
        "staff.change.city": -100.0,
        "staff.change.county": 130.0,
        "staff.new_posts": 30.0,
        "staff.spread": spread,
    }
    assumed = {id: values[:1] for id, values in base.assumed.items()}

    def seated(levers: dict):
        return staffing(BASELINE, assumed, all_levers(levers, BASELINE))

    before, plan = seated({}), seated(chosen)
    table = dict(zip(BASELINE.pool_keys, (plan.people - before.people)[0], strict=True))
    stated = seated(chosen | {"staff.moves": table})
    for name in ("people", "frontline", "reviewers", "moved", "new", "lost"):
        np.testing.assert_allclose(getattr(stated, name), getattr(plan, name), rtol=1e-9, atol=1e-9, err_msg=name)
    of_cities = {pool: people for pool, people in table.items() if pool.startswith("city")}
    half = seated(chosen | {"staff.moves": of_cities})
    np.testing.assert_allclose(half.people, plan.people, rtol=1e-9)


def test_a_move_of_a_pool_that_does_not_exist_is_no_lever():
    with pytest.raises(KeyError, match="chansha"):
        evaluate(base_of(Scenario()), Scenario(levers={"staff.moves": {"city.chansha": 5.0}}))


def heads_of_first_draw() -> np.ndarray:
    """People and officers of every pool, whole numbers of shape (2, pools) that add up to the report."""
    staff = base_of(Scenario()).year.work.staff
    heads = np.round([staff.people[0], staff.frontline[0]])
    heads[:, -1] += [2359, 1504] - heads.sum(axis=1)
    return heads


@strict
def test_movers_keep_their_role_where_a_list_says_who_they_are():
    """The first city has desk people only, its counties the officers: who leaves it is no officer."""
    heads = heads_of_first_draw()
    _, cities, counties = (s.start for s in POOLS.slices)
    heads[1, counties] += heads[1, cities]
    heads[1, cities] = 0
    listed = replace(BASELINE, seats=heads)
    assumed = {id: values[:1] for id, values in base_of(Scenario()).assumed.items()}
    chosen = {"staff.change.city": -300.0, "staff.change.county": 300.0}
    staff = staffing(listed, assumed, all_levers(chosen, listed))
    assert staff.people[0, cities] < heads[0, cities] - 10
    assert staff.frontline[0, cities] == staff.lost[0, cities] == 0
    assert (staff.frontline >= 0).all() and (staff.frontline <= staff.people).all()
    np.testing.assert_allclose(staff.working_officers.sum(), 1504)
    np.testing.assert_allclose(staff.people.sum(), 2359)


@given(moves(BASELINE), st.integers(0, 1000).map(float))
@examples(30)
@strict
def test_posts_added_or_cut_and_people_from_approvals_are_counted(move, approvals):
    base = base_of(Scenario())
    people = totals(evaluate(base, Scenario(levers=move | {"from_approvals": approvals})), "staff") - approvals - 2359
    posts = move["staff.new_posts"]
    # Where a draw has fewer people at a tier than the plan cuts there, fewer are cut.
    assert (people >= min(posts, 0) - 1e-6).all()
    assert (people <= max(posts, 0) + 1e-6).all()
    if all(move[f"staff.change.{tier}"] >= 0 for tier in TIERS):
        np.testing.assert_allclose(people, posts, atol=1e-6)


@given(scenarios(BASELINE))
@examples(25)
@strict
def test_a_scenario_differs_from_itself_by_exactly_nothing(scenario):
    scenario = replace(scenario, assumptions={})
    same = compare([scenario, replace(scenario, name={"en": "the same"})], draws=DRAWS)
    for places in same.duels.values():
        for pairs in places.values():
            for duel in pairs.values():
                assert duel.difference == Band(0.0, 0.0, 0.0)
                assert duel.odds.same == 1


@pytest.mark.parametrize("horizon", [12.0, 60.0])
@strict
def test_the_base_year_differs_from_itself_by_exactly_nothing(horizon):
    unmoved = {id: lever.base for id, lever in levers(BASELINE).items()} | {"horizon_months": horizon}
    for chosen in (unmoved, {"horizon_months": horizon}, {"horizon_months": horizon, "phase_months": 0.0}):
        result = against(base_of(Scenario()), Scenario(levers=chosen))
        for measure in result.measures.values():
            for pair in (measure.total, *measure.tiers.values(), *measure.prefectures.values()):
                assert pair.difference == Band(0.0, 0.0, 0.0)
                assert pair.odds.same == 1
                assert pair.scenario == pair.base


def with_duties_that_do_not_grow(patch: pytest.MonkeyPatch) -> None:
    """The legal minimum by key units alone: the same however many officers there are."""
    patch.setattr(
        workload_module,
        "rules_of",
        lambda version: replace(
            rules_of(version), city_general_units_an_officer=0.0, county_general_units_an_officer=0.0
        ),
    )


@given(legal_levers(BASELINE), st.sampled_from(TIERS), st.integers(1, 800))
@examples(40)
@strict
def test_more_officers_at_equal_duties_never_lower_a_capacity(chosen, tier, more):
    """Officers added to a tier beside everybody else (desk and reviewers stay as they are)."""
    base = base_of(Scenario())
    added = more * POOLS.of_tier[:, TIERS.index(tier)] * base.closure.work.ground.seats.need

    def with_officers(extra: np.ndarray) -> Year:
        with pytest.MonkeyPatch.context() as patch:
            with_duties_that_do_not_grow(patch)
            usual = workload_module.staffing

            def staffing(*arguments: object):
                staff = usual(*arguments)
                return replace(
                    staff,
                    people=staff.people + extra,
                    frontline=staff.frontline + extra,
                    base_officers=staff.base_officers + extra,
                )

            patch.setattr(workload_module, "staffing", staffing)
            return year(BASELINE, base.assumed, base.closure, all_levers(chosen, BASELINE), {})

    before, after = with_officers(np.zeros(len(POOLS))), with_officers(added)
    for name, room in (("visit", visit_room), ("case", lambda result: result.case_room)):
        assert (room(after) >= room(before) * (1 - ROUNDING) - 1e-6).all(), name
    assert (after.budget.field_days >= before.budget.field_days).all()


@given(st.integers(1, 1000).map(float), st.sampled_from(TIERS))
@examples(20)
@strict
def test_new_posts_never_lower_visit_capacity(posts, tier):
    base = base_of(Scenario())
    plan = evaluate(base, Scenario(levers={f"staff.change.{tier}": posts, "staff.new_posts": posts}))
    assert (visit_room(plan.year) >= visit_room(base.year) * (1 - ROUNDING)).all()
    assert (totals(plan, "visits") > totals(evaluate(base, Scenario()), "visits")).all()


@pytest.mark.parametrize(
    ("lever", "measure", "sign"),
    [
        ("other_duties_cut", "visits", +1),
        ("other_duties_cut", "field_days", +1),
        ("visit_time_saved", "visits", +1),
        ("visit_time_saved", "field_days", 0),
        ("training_days", "visits", -1),
        ("training_days", "visit_capacity", -1),
        ("offsite_checks", "visits", -1),
        ("service_contacts", "visits", -1),
        ("offsite_checks", "visit_capacity", -1),
        ("targeted_share", "cases_filed", +1),
        ("targeted_share", "visits", -1),
        ("merged_bodies", "visit_capacity", +1),
        ("review_staff.city", "case_capacity", +1),
        ("review_staff.city", "review_load", -1),
        ("case_policy.county", "visits", +1),
        ("case_policy.county", "on_time_share", -1),
    ],
)
@given(st.data())
@examples(12)
@strict
def test_more_of_a_lever_never_works_the_other_way(lever, measure, sign, data):
    one = levers(BASELINE)[lever]
    low, high = sorted(data.draw(st.tuples(*[st.floats(one.low, one.high, allow_subnormal=False)] * 2)))
    chosen = data.draw(legal_levers(BASELINE, without=(lever,)))
    base = base_of(Scenario())
    before, after = (totals(evaluate(base, Scenario(levers=chosen | {lever: v})), measure) for v in (low, high))
    change = after - before if sign else -np.abs(after - before)
    assert ((sign or 1) * change >= -1e-8 * np.abs(before).max()).all()


@given(st.permutations(BASELINE.prefectures), legal_levers(BASELINE))
@examples(25)
@strict
def test_the_order_of_the_prefectures_means_nothing(order, chosen):
    other = replace(BASELINE, prefectures=tuple(order))
    scenario = Scenario(levers=chosen)
    ours, theirs = (evaluate(base_of(scenario, baseline), scenario) for baseline in (BASELINE, other))
    place = {name: k for k, name in enumerate(scopes(other))}
    same_places = theirs.values[:, [place[name] for name in scopes(BASELINE)]]
    size = np.abs(ours.values).max(axis=-1, keepdims=True)
    np.testing.assert_allclose(same_places / np.maximum(size, 1), ours.values / np.maximum(size, 1), atol=ROUNDING)
    np.testing.assert_allclose(theirs.months.backlog, ours.months.backlog, rtol=ROUNDING, atol=1e-6)
    # Roots of their own, which the solver takes to so many digits.
    np.testing.assert_allclose(theirs.months.days, ours.months.days, rtol=10 * ROUNDING)


@given(st.sampled_from([a for a in BASELINE.assumptions.values() if not a.closed]), st.floats(0.1, 3))
@examples(20)
@strict
def test_changing_one_range_leaves_the_draws_of_the_others(assumption, factor):
    changed = replace(assumption, **{end: factor * getattr(assumption, end) for end in ("low", "mid", "high")})
    before = draw(BASELINE.assumptions, DRAWS, 1)
    after = draw({**BASELINE.assumptions, assumption.id: changed}, DRAWS, 1)
    assert before.keys() == after.keys()
    assert [id for id in before if not np.array_equal(before[id], after[id])] in ([assumption.id], [])
    np.testing.assert_allclose(after[assumption.id], factor * before[assumption.id], rtol=1e-12)


@given(legal_levers(BASELINE), st.integers(0, 2**32 - 1))
@examples(8)
@strict
def test_the_same_seed_gives_the_same_numbers(chosen, seed):
    def run() -> Evaluation:
        base = _base_year.__wrapped__(BASELINE, Scenario().decisions.footing, DRAWS, seed)
        return evaluate(base, Scenario(levers=chosen))

    first, second = run(), run()
    assert first.year is not second.year
    assert np.array_equal(first.values, second.values)
    assert np.array_equal(first.months.backlog, second.months.backlog)


def test_another_seed_gives_other_draws_and_nearly_the_same_answer():
    plan = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
    first, second = (project(plan, draws=2048, seed=seed).measures["visits"].total for seed in (1, 2))
    assert first != second
    assert first.base.p50 == pytest.approx(second.base.p50, rel=0.02)
    assert first.difference.p50 == pytest.approx(second.difference.p50, rel=0.05)


@pytest.mark.parametrize("approvals", [0.0, 244.0, 1000.0])
@strict
def test_a_desk_that_went_to_the_front_line_leaves_no_reviewer_not_even_by_rounding(approvals):
    levers = {"frontline_share.county": 1.0, "review_staff.county": 29.0, "from_approvals": approvals, "rules": "2025"}
    plan = evaluate(base_of(Scenario()), Scenario(levers=levers))
    assert not plan.year.work.staff.reviewers[:, POOLS.slices[TIERS.index("county")]].any()
    load = list(MEASURE).index("review_load")
    assert not plan.meaning[load, scopes(BASELINE).index("county")]


@strict
def test_a_tier_without_anybody_is_no_division_by_zero():
    heads = heads_of_first_draw()
    heads[:, -1] += heads[:, 0]
    heads[:, 0] = 0
    staff_list = dict(zip(BASELINE.pool_names, zip(*heads.tolist(), strict=True), strict=True))
    nothing = {"case_share_province": ChangedAssumption(0, 0, 0, "nobody there")}
    scenario = Scenario(staff_list=staff_list, assumptions=nothing)
    listed = baseline_of(scenario)
    for id, lever in levers(listed).items():
        if lever.low is not None:
            assert lever.low <= lever.base <= lever.high, id
    base = base_of(scenario, listed)
    assert_possible(base, evaluate(base, scenario))
    filled = replace(scenario, levers={"staff.change.province": 30.0, "staff.change.county": -30.0})
    assert_possible(base, plan := evaluate(base, filled))
    np.testing.assert_allclose(plan.year.work.staff.people[:, 0], 30)
    assert_sound(against(base, filled))

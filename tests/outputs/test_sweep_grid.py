"""Grids of levers: what a text says, and plans whose people add up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import tries

from model import Scenario, shipped_baseline
from model.evidence.baseline import TIERS
from model.files.scenario_file import refuse_wrong
from model.outputs.compare.sweep.grid import Axis, plans_on, read_axis
from model.outputs.phrasing.problems import sentence
from model.outputs.words import LANGUAGES

HUNAN = shipped_baseline("hunan-2021")


def values(text: str) -> tuple:
    axis = read_axis(text, HUNAN)
    assert isinstance(axis, Axis), axis
    return axis.values


def test_a_range_has_both_ends_and_a_list_is_as_written():
    assert values("staff.change.city=-200:0:20") == tuple(float(n) for n in range(-200, 1, 20))
    assert values("other_duties_cut=0:0.3:0.1") == (0.0, 0.1, 0.2, 0.3)
    assert values("other_duties_cut=0:10%:4%") == (0.0, 0.04, 0.08)
    assert values("phase_months = 1, 6, 12, 6") == (1.0, 6.0, 12.0)
    assert values("rules=2021,2025") == ("2021", "2025")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("staff.change.city", "sweep_form"),
        ("=1:2:3", "sweep_form"),
        ("staff.moves=1,2", "sweep_lever_meant"),
        ("zzz=1", "sweep_lever"),
        ("other_duties_cut=0:0.3:0", "sweep_values"),
        ("other_duties_cut=0.3:0:0.1", "sweep_values"),
        ("other_duties_cut=0:1:1e-9", "sweep_values"),
        ("other_duties_cut=0:inf:1", "sweep_values"),
        ("other_duties_cut=nan", "sweep_values"),
        ("other_duties_cut=0:0.1", "sweep_values"),
        ("other_duties_cut=a lot", "sweep_values"),
    ],
)
def test_what_cannot_be_read_is_said_in_both_languages(text, code):
    problem = read_axis(text, HUNAN)
    assert not isinstance(problem, Axis) and problem.code == code
    for language in LANGUAGES:
        assert problem.given in sentence(problem, language)


@given(
    st.lists(
        st.sampled_from(["staff.change.province", "staff.change.city", "staff.change.county", "staff.new_posts"]),
        min_size=1,
        max_size=3,
        unique=True,
    ).filter(lambda ids: set(ids) != {f"staff.change.{t}" for t in TIERS}),
    st.integers(-15, 15),
)
@settings(max_examples=tries(60), deadline=None, derandomize=True)
def test_people_add_up_in_every_plan_of_a_grid(ids, people):
    axes = [Axis(id, (0.0, float(people if id != "staff.new_posts" else abs(people)))) for id in ids]
    plans = list(plans_on(Scenario(), axes, HUNAN))
    assert len(plans) == 2 ** len(ids)
    for plan in plans:
        changes = sum(plan.levers.get(f"staff.change.{tier}", 0.0) for tier in TIERS)
        assert changes == plan.levers.get("staff.new_posts", 0.0)
        assert 0.0 not in plan.levers.values(), "a lever at its base is no decision"
        refuse_wrong(plan.decisions, HUNAN)


def test_the_first_tier_that_the_grid_leaves_open_makes_up_for_it():
    def changes(*ids: str) -> dict:
        return next(plans_on(Scenario(), [Axis(f"staff.change.{id}", (10.0,)) for id in ids], HUNAN)).levers

    assert changes("city") == {"staff.change.city": 10.0, "staff.change.county": -10.0}
    assert changes("county") == {"staff.change.county": 10.0, "staff.change.city": -10.0}
    assert changes("county", "city")["staff.change.province"] == -20.0


def test_without_a_grid_a_plan_is_itself():
    plan = Scenario(levers={"other_duties_cut": 0.1})
    assert list(plans_on(plan, [], HUNAN)) == [plan]

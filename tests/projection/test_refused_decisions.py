"""In Python nothing is projected that a file would be refused for, and the same problems say why."""

import numpy as np
import pytest

from model import ChangedAssumption, Scenario, WrongScenario, load, project, shipped_baseline
from model.evidence.baseline import with_staff_list
from model.files.scenario_file import read_scenario
from model.projection.base_year import base_year_of
from model.projection.comparison import compare
from model.scenario.decisions import Decisions
from model.search.aims.objective import OBJECTIVES
from model.search.best_plan import best_plan

HUNAN = shipped_baseline("hunan-2021")
WRONG = {
    "an unbalanced move": (
        {"levers": {"staff.change.city": -100}},
        "[staff.change]\ncity = -100",
    ),
    "above its bounds": ({"levers": {"other_duties_cut": 5}}, "other_duties_cut = 5"),
    "misspelt": ({"levers": {"other_dutes_cut": 0.1}}, "other_dutes_cut = 0.1"),
    "no such tier": ({"levers": {"staff.change.town": 1}}, "[staff.change]\ntown = 1"),
    "half a body": ({"levers": {"merged_bodies": 130.5}}, "merged_bodies = 130.5"),
    "not a number": ({"levers": {"targeted_share": float("nan")}}, "targeted_share = nan"),
    "a list": ({"levers": {"targeted_share": [1]}}, "targeted_share = [1]"),
    "no such rules": ({"levers": {"rules": "2030"}}, 'rules = "2030"'),
    "a limit before its rules": ({"levers": {"decision_limit": 120.0}}, "decision_limit = 120"),
    "more people than a pool has": (
        {"levers": {"staff.moves": {"city.changsha": -400, "county.changsha": 400}}},
        "[staff.moves]\ncity.changsha = -400\ncounty.changsha = 400",
    ),
    "no such prefecture": ({"levers": {"staff.spread": {"wuhan": 1}}}, "[staff.spread]\nwuhan = 1"),
    "weights of nothing": ({"levers": {"staff.spread": {}}}, "[staff.spread]"),
    "a range out of order": (
        {"assumptions": {"site_days": ChangedAssumption(2, 1, 3)}},
        '[assumptions.site_days]\nlow = 2\nmid = 1\nhigh = 3\nreason = "a guess"',
    ),
    "no such assumption": (
        {"assumptions": {"site_day": ChangedAssumption(1, 2, 3)}},
        '[assumptions.site_day]\nlow = 1\nmid = 2\nhigh = 3\nreason = "a guess"',
    ),
    "no such reading": ({"reading": {"staff": "heads"}}, '[reading]\nstaff = "heads"'),
    "part of a staff list": (
        {"staff_list": {("city", "changsha"): (30, 40)}},
        "[staff_list]\ncity.changsha = [30, 40]",
    ),
    "three at once": (
        {"levers": {"offsite_checks": -5, "rules": "x"}, "reading": {"need": "guess"}},
        'offsite_checks = -5\nrules = "x"\n[reading]\nneed = "guess"',
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_problems_are_those_of_a_file(name):
    parts, text = WRONG[name]
    _, of_file = read_scenario(f"schema = 1\n{text}\n".encode())
    with pytest.raises(WrongScenario) as refused:
        project(Scenario(**parts), draws=512)
    told = [(one.code, one.key, dict(one.right)) for one in refused.value.problems]
    assert sorted(told, key=str) == sorted(((one.code, one.key, dict(one.right)) for one in of_file), key=str) != []
    assert all(one.key in str(refused.value) for one in of_file)


def test_the_message_names_key_value_and_bounds():
    with pytest.raises(WrongScenario, match=r"other_duties_cut = 5: out of bounds \(low 0, high 0\.3, "):
        project(Scenario(levers={"other_duties_cut": 5}))


@pytest.mark.parametrize(
    "ask",
    [
        lambda wrong: base_year_of(wrong, HUNAN, 512),
        lambda wrong: compare([Scenario(), wrong], draws=512),
        lambda wrong: best_plan(wrong, OBJECTIVES["visits"], draws=512),
    ],
)
def test_no_way_in_passes_an_unbalanced_move(ask):
    with pytest.raises(WrongScenario, match="changes do not add up"):
        ask(Scenario(levers={"staff.change.county": 100}))


def test_what_a_file_may_hold_is_projected():
    """Numbers of NumPy, a range without a reason, the own baseline with its list."""
    levers = {"staff.change.city": np.int64(-100), "staff.change.county": np.float64(100)}
    changed = {"site_days": ChangedAssumption(0.1, 0.4, 1.0)}
    assert project(Scenario(levers=levers, assumptions=changed), draws=512).measures["staff"].total.scenario.p50 == 2359
    heads = HUNAN.reported("staff_total"), HUNAN.reported("frontline_total")
    names = HUNAN.pool_names
    people, officers = (int(total) // len(names) for total in heads)
    seats = dict.fromkeys(names, (people, officers))
    seats[names[-1]] = tuple(
        int(total) - part * (len(names) - 1) for total, part in zip(heads, (people, officers), strict=True)
    )
    assert Decisions(staff_list=seats).tree["staff_list"]["province"] == [people, officers]
    listed = with_staff_list(HUNAN, seats)
    with pytest.raises(WrongScenario, match="not a seat"):
        base_year_of(Scenario(staff_list={**seats, names[0]: (officers, people)}), listed, 512)


def test_load_gives_the_scenario_or_all_problems(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("schema = 1\nother_duties_cut = 0.1\n", encoding="utf-8")
    assert load(str(path)) == load(path) == Scenario(levers={"other_duties_cut": 0.1})
    path.write_text("schema = 1\nother_duties_cut = 5\ntargeted_share = 2\n", encoding="utf-8")
    with pytest.raises(
        WrongScenario, match=r"line 2, other_duties_cut = 5: out of bounds.*; .*targeted_share = 2"
    ) as why:
        load(path)
    assert [problem.line for problem in why.value.problems] == [2, 3]
    with pytest.raises(WrongScenario, match="file missing"):
        load(tmp_path / "none.toml")

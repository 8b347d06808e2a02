"""Decisions carried to another base year keep what makes sense there."""

from model import Scenario, shipped_baseline
from model.files.carried_decisions import carried
from model.files.scenario_file import refuse_wrong
from model.scenario.decisions import ChangedAssumption

HUNAN, GUANGDONG = shipped_baseline("hunan-2021"), shipped_baseline("guangdong-2016")


def test_what_makes_sense_there_goes_along():
    plan = Scenario(
        name={"zh": "下沉"},
        levers={"staff.change.city": -100.0, "staff.change.county": 100.0, "other_duties_cut": 0.05, "rules": "2025"},
        reading={"need": "gdp"},
    )
    there, left = carried(plan, HUNAN, GUANGDONG)
    assert there.baseline == "guangdong-2016"
    assert there.name == plan.name
    assert dict(there.levers) == dict(plan.levers)
    assert there.reading == {"need": "gdp"}
    assert left == ()
    refuse_wrong(there.decisions, GUANGDONG)


def test_what_does_not_stays_behind_and_is_named():
    plan = Scenario(
        levers={
            **{"staff.change.city": -30.0, "staff.change.county": 30.0},
            **{"staff.moves": {"city.changsha": -30.0, "county.loudi": 30.0}, "merged_bodies": 120.0},
        },
        assumptions={"site_days": ChangedAssumption(0.1, 0.2, 0.3, "log")},
    )
    there, left = carried(plan, HUNAN, GUANGDONG)
    assert dict(there.levers) == {}
    assert set(left) == set(plan.levers)
    assert there.assumptions == {}, "a range is of the base year for which its reason was given"


def test_the_same_base_year_keeps_every_decision():
    plan = Scenario(levers={"staff.moves": {"city.changsha": -3.0, "county.loudi": 3.0}, "training_days": 20.0})
    there, left = carried(plan, HUNAN, HUNAN)
    assert dict(there.levers) == dict(plan.levers)
    assert left == ()

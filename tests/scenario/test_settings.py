"""Settings and decisions: one table of levers feeds the typed value, and equal decisions are one key."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import settings as run
from scenario_strategies import legal_levers
from thorough import tries

from model import ChangedAssumption, Scenario, shipped_baseline
from model.evidence.baseline import TIERS
from model.scenario.decisions import Decisions
from model.scenario.levers import has_needs, lacking_needs, lever_values, levers, with_needs, without_needy
from model.scenario.settings import Settings, field_of, settings

HUNAN = shipped_baseline("hunan-2021")
LONGER = {"decision_limit": "120"}


def value_of(chosen: Settings, id: str) -> object:
    name, tier = field_of(id)
    value = getattr(chosen, name)
    return getattr(value, tier) if tier else value


def test_every_lever_of_the_table_is_a_setting_and_no_other() -> None:
    assert {field_of(id)[0] for id in levers(HUNAN)} == {one.name for one in fields(Settings)}
    tiers = {
        name: {field_of(id)[1] for id in levers(HUNAN) if field_of(id)[0] == name}
        for name, _ in map(field_of, levers(HUNAN))
    }
    assert all(found in ({""}, set(TIERS)) for found in tiers.values())


@run(max_examples=tries(50), deadline=None)
@given(legal_levers(HUNAN))
def test_settings_hold_every_lever_at_its_value(changed) -> None:
    chosen = settings(changed, HUNAN)
    for id, value in lever_values(changed, HUNAN).items():
        assert value_of(chosen, id) == (float(value) if id == "decision_limit" else value), id


@run(max_examples=tries(50), deadline=None)
@given(legal_levers(HUNAN))
def test_settings_moved_from_the_base_are_those_made_at_once(changed) -> None:
    assert settings({}, HUNAN).with_levers(changed) == settings(changed, HUNAN)


def test_an_unknown_lever_is_refused() -> None:
    with pytest.raises(KeyError, match=r"no such lever: staff\.change\.moon"):
        settings({"staff.change.moon": 1.0}, HUNAN)


def test_a_longer_limit_needs_the_later_rules() -> None:
    limit = levers(HUNAN)["decision_limit"]
    assert limit.needs == ("rules", "2025")
    assert lacking_needs(LONGER, HUNAN) == ("decision_limit",)
    assert not has_needs(limit, LONGER, HUNAN)
    assert list(with_needs(LONGER, HUNAN).items()) == [("rules", "2025"), ("decision_limit", "120")]
    assert without_needy(LONGER, HUNAN) == {}
    later = {**LONGER, "rules": "2025"}
    assert lacking_needs(later, HUNAN) == ()
    assert with_needs(later, HUNAN) == without_needy(later, HUNAN) == later


def test_no_other_lever_needs_another() -> None:
    assert [id for id, lever in levers(HUNAN).items() if lever.needs] == ["decision_limit"]


def test_equal_decisions_are_one_key_whatever_their_order_and_texts() -> None:
    weights = {"changsha": 1.0, "yueyang": 2.0}
    one = Scenario(name={"en": "A"}, levers={"rules": "2025", "staff.spread": weights})
    other = Scenario(author="B", levers={"staff.spread": dict(reversed(weights.items())), "rules": "2025"})
    assert one != other
    assert one.decisions == other.decisions
    assert hash(one.decisions) == hash(other.decisions)
    assert one.without_texts == other.without_texts
    assert hash(one.without_texts) == hash(other.without_texts)


@pytest.mark.parametrize(
    "part",
    [
        {"levers": {"rules": "2025"}},
        {"assumptions": {"site_days": ChangedAssumption(0.1, 0.2, 0.3)}},
        {"reading": {"staff": "posts"}},
        {"staff_list": {("province", ""): (77, 25)}},
    ],
    ids=lambda part: next(iter(part)),
)
def test_every_part_of_the_decisions_makes_another_key(part) -> None:
    assert hash(Scenario(**part).decisions) != hash(Decisions())
    assert replace(Scenario(), **part) == Scenario(**part) != Scenario()
    assert Scenario(**part).decisions.footing == (Decisions() if "levers" in part else Decisions(**part))


def test_a_part_that_decisions_do_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="lever"):
        Scenario(lever={})

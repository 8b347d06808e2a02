"""Decisions carried over to another base year: those that make sense there, and those that do not."""

from collections.abc import Mapping
from dataclasses import replace

from model.evidence.baseline import Baseline
from model.files.scenario_file import WrongScenario, refuse_wrong
from model.scenario.decisions import Decisions, readings
from model.scenario.levers import Value, levers
from model.scenario.scenario import Scenario

PEOPLE = "staff."
"""The beginning of the levers that only make sense together: changes, new posts, moves, spread."""


def carried(scenario: Scenario, before: Baseline, after: Baseline) -> tuple[Scenario, tuple[str, ...]]:
    """A scenario on another base year, and the ids of the levers that were left behind.

    The levers of people go together. Changed assumptions and staff lists are of the old base year and stay there; the
    names and texts go along.
    """
    table = levers(before)
    groups: dict[str, dict[str, Value]] = {}
    for id, value in scenario.levers.items():
        if value != table[id].base:
            groups.setdefault(PEOPLE if id.startswith(PEOPLE) else id, {})[id] = value
    kept: dict[str, Value] = {}
    left: list[str] = []
    for group in groups.values():
        if _makes_sense({**kept, **group}, after):
            kept |= group
        else:
            left += group
    allowed = readings(after)
    reading = {name: choice for name, choice in scenario.reading.items() if choice in allowed[name]}
    on_after = scenario.with_decisions(levers=kept, reading=reading, assumptions={}, staff_list={})
    return replace(on_after, baseline=after.id), tuple(left)


def _makes_sense(chosen: Mapping[str, Value], baseline: Baseline) -> bool:
    try:
        refuse_wrong(Decisions(levers=chosen), baseline)
    except WrongScenario:
        return False
    return True

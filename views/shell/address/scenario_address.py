"""A scenario as the parameters of an address, one for each key of its file, and back."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from model.evidence.baseline import Baseline
from model.files.problem import Problem
from model.files.scenario_file import read_scenario
from model.scenario.levers import levers
from model.scenario.scenario import SCHEMA, Scenario

TEXTS = ("name", "note", "reason", "author")
TABLES = ("baseline", "reading", "staff_list", "assumptions")


def to_link(scenario: Scenario) -> dict[str, str]:
    """The parameters that carry the whole scenario; empty for the base year without a name."""
    tree = {
        "name": scenario.name,
        "note": scenario.note,
        "reason": scenario.reason,
        "author": scenario.author,
        "baseline": "" if scenario.baseline == Scenario().baseline else scenario.baseline,
        "reading": scenario.reading,
        "staff_list": {".".join(filter(None, pool)): heads for pool, heads in scenario.staff_list.items()},
        "assumptions": {id: vars(changed) for id, changed in scenario.assumptions.items()},
        **scenario.levers,
    }
    return dict(_flat(tree))


def from_link(parameters: Mapping[str, str], baseline: Baseline) -> tuple[Scenario | None, list[Problem]]:
    """The scenario that some parameters carry, or None and what is wrong with them, without lines.

    Unknown parameters, such as those that mail programs add, are ignored.
    """
    known = {*TEXTS, *TABLES, *(id.split(".")[0] for id in levers(baseline))}
    lines = [f"schema = {SCHEMA}"]
    for key, value in parameters.items():
        parts = key.split(".")
        if parts[0] in known:
            lines.append(f"{'.'.join(map(json.dumps, parts))} = {_as_toml(parts, value)}")
    scenario, problems = read_scenario("\n".join(lines).encode("utf-8", "replace"))
    return scenario, [replace(problem, line=None) for problem in problems]


def problems_of(scenario: Scenario, baseline: Baseline) -> list[Problem]:
    """Why a scenario could not be saved or sent as a link; empty if it could."""
    return from_link(to_link(scenario), baseline)[1]


def _flat(tree: Mapping[str, object], at: str = "") -> Iterator[tuple[str, str]]:
    """The dotted keys and plain values of a tree, without empty texts and tables."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{at}{key}.")
        elif isinstance(value, float):
            yield at + key, str(int(value)) if value == int(value) else repr(value)
        elif isinstance(value, tuple):
            yield at + key, ",".join(map(str, value))
        elif value:
            yield at + key, str(value)


def _as_toml(parts: list[str], value: str) -> str:
    """The value as TOML: a list for a seat, a number if it reads as one and the key is no text."""
    if parts[0] == "staff_list":
        return f"[{value}]"
    if parts[0] not in TEXTS and parts[-1] != "reason":
        try:
            float(value)
        except ValueError:
            pass
        else:
            return value
    return json.dumps(value, ensure_ascii=False)

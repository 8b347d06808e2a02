"""What the JSON documents of all answers share: numbers as they are, ids in the place of words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from model.evidence.baseline import Baseline
from model.projection.base_year import BaseYear
from model.projection.results import DrawsCount, Odds, Paired
from model.scenario.scenario import Scenario
from model.version import MODEL_VERSION

Document = Mapping[str, object]
SCHEMA = 1
"""The version of the documents' form; raised where something in them is renamed, moved or taken away."""


def written(document: Document, *, on_one_line: bool = False) -> str:
    """The document as JSON text, the same for the same content.

    ValueError for NaN or infinity.
    """
    indent = None if on_one_line else 1
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"


def envelope(
    command: str,
    result: Document,
    scenarios: Sequence[Scenario] = (),
    baseline: Baseline | None = None,
    draws: DrawsCount | None = None,
    seed: int | None = None,
) -> dict[str, object]:
    """The document of a command: the same opening for all, then the result."""
    return {
        "schema": SCHEMA,
        "model_version": MODEL_VERSION,
        "command": command,
        "scenarios": [_on(scenario, baseline) for scenario in scenarios],
        "draws": draws and asdict(draws),
        "seed": seed,
        "result": result,
    }


def on_base_year(command: str, result: Document, scenario: Scenario, base: BaseYear) -> dict[str, object]:
    """The document of a command that answers about a scenario on a base year."""
    return envelope(command, result, [scenario], base.baseline, base.draws, base.seed)


def _on(scenario: Scenario, baseline: Baseline | None) -> dict[str, object]:
    """A scenario's content with the rules that hold in it."""
    rules = {"rules": str(scenario.levers.get("rules", baseline.rules))} if baseline else {}
    return {**scenario_document(scenario), **rules}


def scenario_document(scenario: Scenario) -> dict[str, object]:
    """A scenario's content; a staff list by tier and prefecture, the province's under its tier alone.

    `hash` is the SHA-256 of base year and decisions: scenarios with the same one give the same figures.
    """
    seats: dict[str, dict[str, Any]] = {}
    for (tier, prefecture), heads in scenario.staff_list.items():
        entry = dict(zip(("people", "frontline"), heads, strict=True))
        seats[tier] = {**seats.get(tier, {}), prefecture: entry} if prefecture else entry
    decisions = {
        "baseline": scenario.baseline,
        "levers": {id: dict(v) if isinstance(v, Mapping) else v for id, v in scenario.levers.items()},
        "assumptions": {id: asdict(changed) for id, changed in scenario.assumptions.items()},
        "reading": dict(scenario.reading),
        "staff_list": seats,
    }
    return {
        "hash": sha256(json.dumps(_numbers(decisions), sort_keys=True).encode()).hexdigest(),
        "name": dict(scenario.name),
        "note": dict(scenario.note),
        "reason": dict(scenario.reason),
        "author": scenario.author,
        **decisions,
    }


def _numbers(value: object) -> object:
    """The value with every number as a float: 100 and 100.0 are one decision."""
    if isinstance(value, Mapping):
        return {key: _numbers(one) for key, one in value.items()}
    return float(value) if isinstance(value, int | float) else value


def paired_document(paired: Paired) -> dict[str, object]:
    """Bands of base year, scenario and paired difference, and the scenario's odds."""
    return {
        "base": asdict(paired.base),
        "scenario": asdict(paired.scenario),
        "difference": asdict(paired.difference),
        **odds_document(paired.odds),
    }


def odds_document(odds: Odds) -> dict[str, float]:
    """The shares of draws that are better, worse and the same."""
    return {"better": odds.better, "worse": odds.worse, "same": odds.same}

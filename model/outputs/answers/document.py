"""What the JSON documents of all answers share: numbers as they are, ids in the place of words."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from model.projection.base_year import BaseYear
from model.projection.results import DrawsCount, Odds, Paired
from model.scenario.scenario import Scenario
from model.version import MODEL_VERSION

Document = Mapping[str, object]


def written(document: Document) -> str:
    """The document as JSON text, the same for the same content.

    ValueError for NaN or infinity.
    """
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def origin(scenario: Scenario, baseline: str, rules: str, draws: DrawsCount, seed: int) -> dict[str, object]:
    """The opening of a document about a projection: the scenario, and what its figures stand on."""
    return {
        "scenario": scenario_document(scenario),
        "baseline": baseline,
        "rules": rules,
        "model_version": MODEL_VERSION,
        "seed": seed,
        "draws": asdict(draws),
    }


def origin_on(scenario: Scenario, base: BaseYear) -> dict[str, object]:
    """The opening of a document about a scenario on a base year."""
    baseline = base.baseline
    return origin(scenario, baseline.id, str(scenario.levers.get("rules", baseline.rules)), base.draws, base.seed)


def draws_document(draws: DrawsCount | int, seed: int) -> dict[str, object]:
    """The end of a document about a search: the model version, the seed and the draws."""
    count = draws if isinstance(draws, int) else asdict(draws)
    return {"model_version": MODEL_VERSION, "seed": seed, "draws": count}


def scenario_document(scenario: Scenario) -> dict[str, object]:
    """A scenario's content; a staff list by tier and prefecture, the province's under its tier alone."""
    seats: dict[str, dict[str, Any]] = {}
    for (tier, prefecture), heads in scenario.staff_list.items():
        entry = dict(zip(("people", "frontline"), heads, strict=True))
        seats[tier] = {**seats.get(tier, {}), prefecture: entry} if prefecture else entry
    return {
        "name": dict(scenario.name),
        "note": dict(scenario.note),
        "reason": dict(scenario.reason),
        "author": scenario.author,
        "levers": {id: dict(v) if isinstance(v, Mapping) else v for id, v in scenario.levers.items()},
        "assumptions": {id: asdict(changed) for id, changed in scenario.assumptions.items()},
        "reading": dict(scenario.reading),
        "staff_list": seats,
    }


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

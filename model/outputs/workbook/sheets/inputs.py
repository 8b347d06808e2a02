"""The inputs of the formulas: base year, levers and assumptions by the names that formulas use."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.evidence.baseline import CITY, TIERS, Baseline
from model.evidence.figures import Assumption
from model.evidence.rules import rules_of
from model.force.need import need_by_pool
from model.outputs.workbook.chain.formula import ENDLESS
from model.outputs.workbook.chain.own_steps import case_records
from model.projection.base_year import base_year_of
from model.projection.representative_case import representative_base
from model.projection.results import Projection
from model.scenario.levers import Lever, Value, lever_values, levers
from model.scenario.scenario import READINGS, ChangedAssumption, Scenario
from model.year.decision import WORK_NODES, WORK_WEIGHTS

SPREADS = ("bodies", "need", "table")
"""The choices where people go; formulas use their places, from 1."""

IN_WORDS = {"staff.spread": SPREADS, "staff.movers": ("open", "own", "receiving", "frontline", "reviewers_stay")}
"""Levers whose choices are words, with the choices in the order of their places."""

BY_PLACE = ("staff.moves",)
"""Levers with their cells in the sheet of places."""

RULES = {
    "working_days": "days",
    "visit_cap": "visits per firm a year",
    "deciding_tier": "tier",
    "city_key_units_a_quarter": "fraction per quarter",
    "county_key_units_a_quarter": "fraction per quarter",
    "city_general_units_an_officer": "units per officer a year",
    "county_general_units_an_officer": "units per officer a year",
}
"""The units of the rules that formulas use."""


@dataclass(frozen=True, eq=False)
class Inputs:
    """A projection and its baseline, with the value of every drawn assumption in the representative case."""

    projection: Projection
    baseline: Baseline
    case: Mapping[str, float]

    @property
    def scenario(self) -> Scenario:
        """The scenario of the projection."""
        return self.projection.scenario

    @cached_property
    def levers(self) -> dict[str, Lever]:
        """The levers by id."""
        return levers(self.baseline)

    @cached_property
    def settings(self) -> dict[str, Value]:
        """The value of every lever in the scenario."""
        return lever_values(self.scenario.levers, self.baseline)

    def assumed(self, id: str) -> Assumption | ChangedAssumption:
        """An assumption as the scenario has it: its own range or the baseline's."""
        return self.scenario.assumptions.get(id, self.baseline.assumptions[id])

    def reading(self, name: str) -> int:
        """The place of the scenario's reading of the report, from 1."""
        return READINGS[name].index(self.scenario.reading.get(name, READINGS[name][0])) + 1

    @cached_property
    def need(self) -> list[float]:
        """The share of need of every prefecture in the case."""
        weight = {"need_by_letters": np.array([[self.case["need_by_letters"]]])}
        by_pool = need_by_pool(self.baseline, weight, self.scenario.reading)
        return by_pool[0, self.baseline.pools.slices[CITY]].tolist()

    @cached_property
    def weights(self) -> list[float]:
        """The planner's own weights by prefecture; zeros where there is no such table."""
        spread = self.settings["staff.spread"]
        table = spread if isinstance(spread, Mapping) else {}
        return [float(table.get(one.id, 0.0)) for one in self.baseline.prefectures]

    @property
    def moves(self) -> Mapping[str, float]:
        """The people moved by pool (`Baseline.pool_keys`); pools left out stay as they are."""
        moves = self.settings["staff.moves"]
        return moves if isinstance(moves, Mapping) else {}

    @cached_property
    def names(self) -> dict[str, float]:
        """The value of every defined name."""
        baseline, scenario = self.baseline, self.scenario
        given = {
            "provinces": len(baseline.provinces),
            "prefectures": len(baseline.prefectures),
            "cases_window_years": baseline.cases_window_years,
            **{f"record_{r}": record.a_year for r, record in enumerate(case_records(baseline), 1)},
        }
        if not baseline.knows("bodies_total"):
            given["bodies_in_all"] = baseline.derived["bodies_total"]
        return {
            **self.case,
            **{f"reported_{id}": f.value for id, f in baseline.report.items() if isinstance(f.value, float)},
            **{f"given_{id}": float(value) for id, value in given.items()},
            **{f"reading_{name}": float(self.reading(name)) for name in READINGS},
            **_lever_names("base", lever_values({}, baseline)),
            **_lever_names("plan", lever_values(scenario.levers, baseline)),
            **{f"node_late_{k}": float(late) for k, late in enumerate(WORK_NODES, 1)},
            **{f"node_weight_{k}": float(weight) for k, weight in enumerate(WORK_WEIGHTS, 1)},
            "horizon_months": lever_number("horizon_months", self.settings["horizon_months"]),
        }


def inputs_of(projection: Projection, baseline: Baseline) -> Inputs:
    """The inputs of a projection's workbook; `baseline` has the scenario's staff list, if any."""
    scenario, draws = projection.scenario, projection.draws.drawn
    case = representative_base(base_year_of(scenario, baseline, draws, projection.seed), scenario)
    return Inputs(projection, baseline, {id: float(value.item()) for id, value in case.assumed.items()})


def _lever_names(kind: str, chosen: Mapping[str, Value]) -> dict[str, float]:
    numbers = {id: lever_number(id, value) for id, value in chosen.items() if id not in BY_PLACE}
    rules = {f"rule.{name}": rule(str(chosen["rules"]), name) for name in RULES}
    return {f"{kind}.{id}".replace(".", "_"): value for id, value in (numbers | rules).items()}


def lever_number(id: str, value: Value) -> float:
    """A lever's value as formulas take it; of a choice in words its place, from 1."""
    if id in IN_WORDS:
        return IN_WORDS[id].index(value if isinstance(value, str) else "table") + 1.0
    assert not isinstance(value, Mapping), f"{id} stands in the sheet of places"
    return float(value)


def rule(version: str, name: str) -> float:
    """A rule as a number: the deciding tier by its code, from 1, and no cap as ENDLESS."""
    value = getattr(rules_of(version), name)
    return TIERS.index(value) + 1.0 if name == "deciding_tier" else min(float(value), float(ENDLESS))

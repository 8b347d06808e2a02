"""The representative case of a scenario, on the draws that searches take unless told."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from model import Baseline, Scenario
from model.evidence.draws import mids
from model.projection.base_year import BaseYear, base_year_at, base_year_of, baseline_of, with_changes
from model.projection.project import Evaluation, evaluate
from model.projection.representative_case import representative_base


def case_base(scenario: Scenario, baseline: Baseline | None = None, draws: int = 512) -> BaseYear:
    """The base year of the representative case."""
    return representative_base(base_year_of(scenario, baseline or baseline_of(scenario), draws), scenario)


def in_case_of(own: Scenario, plan: Scenario) -> Evaluation:
    """A plan in the representative case of a planner's own one, where a search looks at it."""
    return evaluate(case_base(own), plan)


def at_mids(base: BaseYear, scenario: Scenario) -> BaseYear:
    """A case with every assumption at its mid, which need not be plausible, in the place of `representative_base`."""
    return base_year_at(base, mids(base.assumptions))


def base_with(values: Mapping[str, float], scenario: Scenario, baseline: Baseline | None = None) -> BaseYear:
    """A scenario's base year of one draw, plausible or not, at these values of the drawn assumptions."""
    baseline = baseline or baseline_of(scenario)
    parts = {"assumptions": with_changes(baseline, scenario.assumptions), "reading": scenario.reading}
    any_base = replace(base_year_of(Scenario(), baseline_of(Scenario()), 512), baseline=baseline, **parts)
    return base_year_at(any_base, {id: np.array([[value]]) for id, value in values.items()})

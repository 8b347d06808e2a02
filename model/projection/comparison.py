"""Several scenarios side by side on the same draws: which beats which, and by how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from model.files.scenario_file import refuse_wrong
from model.projection.base_year import BaseYear, base_year_of, baseline_of
from model.projection.project import evaluate, summarise
from model.projection.results import Band, Odds, Projection
from model.projection.statistics import largest_amount, odds, paired_difference, percentiles
from model.scenario.comparability import differing
from model.scenario.levers import Value, levers
from model.scenario.scenario import Scenario
from model.year.measures import MEASURES, scopes


@dataclass(frozen=True)
class Duel:
    """Two scenarios on common draws, in one measure.

    `difference` is the band of the first less the second; `odds` are the first one's.
    """

    difference: Band
    odds: Odds


@dataclass(frozen=True)
class Comparison:
    """Scenarios side by side: each against the base year, and each against each.

    `projections` stand in the order of the scenarios. `duels` are by measure, scope ("total", a tier, a prefecture) and
    the pair's places in that order. `differing` are the levers whose values are not the same in all scenarios.
    """

    projections: tuple[Projection, ...]
    duels: Mapping[str, Mapping[str, Mapping[tuple[int, int], Duel]]]
    differing: Mapping[str, tuple[Value, ...]]


class Incomparable(ValueError):
    """Scenarios do not stand on one base year.

    `what` differs: `baseline`, `assumptions`, `reading` or `staff_list`.
    """

    def __init__(self, what: str):
        super().__init__(f"the scenarios differ in {what}, so their draws are not the same")
        self.what = what


def compare(scenarios: Sequence[Scenario], *, draws: int = 4096, seed: int = 1) -> Comparison:
    """Compare scenarios on common draws.

    `draws` and `seed` as of `project`. Incomparable where baseline, assumptions, reading or staff list differ, and so
    the base years; WrongScenario as of `project`. Rules may differ; they are a lever and show in `differing`.
    """
    for scenario in scenarios:
        for what in differing(scenario, scenarios[0]):
            raise Incomparable(what)
    base = base_year_of(scenarios[0], baseline_of(scenarios[0]), draws, seed)
    for scenario in scenarios[1:]:
        refuse_wrong(scenario.decisions, base.baseline)
    plans = [evaluate(base, scenario) for scenario in scenarios]
    return Comparison(
        projections=tuple(summarise(base, plan) for plan in plans),
        duels=_duels(base, [plan.values for plan in plans], [plan.meaning for plan in plans]),
        differing=_differing(base, scenarios),
    )


def _duels(base: BaseYear, values: list[np.ndarray], meaning: list[np.ndarray]) -> dict[str, dict[str, dict]]:
    """The duel of every pair by measure and scope, where the measure has a meaning in one of the two."""
    size = largest_amount(values[0])
    names = scopes(base.baseline)
    result: dict[str, dict[str, dict]] = {measure.id: {name: {} for name in names} for measure in MEASURES}
    for i, j in permutations(range(len(values)), 2):
        difference = paired_difference(values[i], values[j], size)
        bands = percentiles(difference)
        for k, measure in enumerate(MEASURES):
            shares = odds(difference[k], measure.better)
            for s, name in enumerate(names):
                if meaning[i][k, s] or meaning[j][k, s]:
                    result[measure.id][name][i, j] = Duel(Band(*map(float, bands[:, k, s])), shares[s])
    return result


def _differing(base: BaseYear, scenarios: Sequence[Scenario]) -> dict[str, tuple[Value, ...]]:
    """The levers whose values are not the same in all scenarios, with the value in each."""
    rows = {
        id: tuple(scenario.levers.get(id, lever.base) for scenario in scenarios)
        for id, lever in levers(base.baseline).items()
    }
    return {id: row for id, row in rows.items() if any(value != row[0] for value in row)}

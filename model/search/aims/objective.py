"""What a planner wants most: an objective, and what a year is worth by it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Pools
from model.evidence.draws import Assumed
from model.year.measures import regulated_units
from model.year.year import Year, minimum_visits, visits_owed_and_made

Criteria = Mapping[str, np.ndarray]
"""What an objective is made of, by name, (draws,) or (plans,) each."""
NOTHING = 1e-6
"""Amounts of a criterion below this count as none."""


@dataclass(frozen=True)
class Objective:
    """Weights by criterion, at least one above 0, none below.

    The criteria are `visits` a year, `on_time` (cases decided within the limit a year), `duty` (legal minimum met, 0 to
    1) and `worst_off` (visits a regulated unit in the prefecture where they are fewest). One criterion counts in its
    own unit; several count by what they are in a year to compare with, so that 1.02 is 2 % better than that year.
    """

    weights: Mapping[str, float]

    def units(self, against: Criteria) -> dict[str, float]:
        """What one unit of each criterion counts; `against` are the criteria to compare with, (1,) each."""
        weights = {name: weight for name, weight in self.weights.items() if weight}
        if len(weights) == 1:
            return dict.fromkeys(weights, 1.0)
        total = sum(weights.values())
        return {name: weight / total / counted_by(float(against[name][0])) for name, weight in weights.items()}

    def worth(self, criteria: Criteria, against: Criteria) -> np.ndarray:
        """What years are worth by this objective, (draws,); `against` as in `units`."""
        parts = [unit * criteria[name] for name, unit in self.units(against).items()]
        return sum(parts[1:], parts[0])


def counted_by(value: float) -> float:
    """The unit in which a criterion of several counts where it comes to `value`: that, or one if nothing."""
    return value if value > NOTHING else 1.0


OBJECTIVES: Mapping[str, Objective] = {
    **{name: Objective({name: 1.0}) for name in ("visits", "on_time", "duty", "worst_off")},
    "mix": Objective({"visits": 1.0, "on_time": 1.0, "duty": 1.0}),
}


def criteria(result: Year, assumed: Assumed, pools: Pools) -> Criteria:
    """All criteria of years, (draws,) each."""
    visits = result.budget.visits
    coverage = visits @ pools.of_prefecture / regulated_units(pools, assumed)
    return {
        "visits": visits.sum(axis=1),
        "on_time": (result.led * result.on_time).sum(axis=1),
        "duty": visits_owed_and_made(result).sum(axis=1) / minimum_visits(result).sum(axis=1),
        "worst_off": coverage.min(axis=1),
    }

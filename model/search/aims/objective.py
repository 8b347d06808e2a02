"""What a planner wants most: an objective, and what a year is worth by it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Pools
from model.evidence.draws import Assumed
from model.year.year import Year, minimum_visits, visits_owed_and_made

Criteria = Mapping[str, np.ndarray]
"""What an objective is made of, by name, (draws,) or (plans,) each."""
WORST_OFF = "worst_off"
"""The criterion of the prefecture that is visited least."""
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
    **{name: Objective({name: 1.0}) for name in ("visits", "on_time", "duty", WORST_OFF)},
    "mix": Objective({"visits": 1.0, "on_time": 1.0, "duty": 1.0}),
}


def criteria(result: Year, assumed: Assumed, pools: Pools) -> Criteria:
    """All criteria of years, (draws,) each."""
    return {
        "visits": result.budget.visits.sum(axis=1),
        "on_time": (result.led * result.on_time).sum(axis=1),
        "duty": visits_owed_and_made(result).sum(axis=1) / minimum_visits(result).sum(axis=1),
        WORST_OFF: coverage(result, pools).min(axis=1),
    }


def coverage(result: Year, pools: Pools) -> np.ndarray:
    """Visits a year and regulated unit of every prefecture, with those that off-site checks replace.

    Shape (draws, prefectures).
    """
    return (result.budget.visits + result.work.room.replaced) @ pools.of_prefecture / result.work.room.units


def worths_by_place(units: Mapping[str, float], of_years: Criteria, coverages: Callable[[], np.ndarray]) -> np.ndarray:
    """What years are worth if each prefecture were the worst-off one, (places, draws).

    The least is the worth. One place where the objective, by the `units` of its criteria, does not look at
    `coverages`, (draws, prefectures).
    """
    others = sum((unit * of_years[name] for name, unit in units.items() if name != WORST_OFF), np.zeros(1))
    by_place = units[WORST_OFF] * coverages().T if WORST_OFF in units else np.zeros((1, 1))
    return others + by_place

"""The search for the fewest people moved so that targets hold, or for the plan that comes nearest."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from model.force.staff import people_moved
from model.search.aims.objective import OBJECTIVES
from model.search.aims.target import TOTAL, Target
from model.search.engine.aim_search import AimSearch
from model.search.engine.best_change import best_change
from model.search.engine.fewest_moved import FewestMoved
from model.search.engine.local_moves import LocalMoves
from model.search.engine.plan_search import PlanSearch
from model.search.engine.staffing_plan import Refusal

OBJECTIVE_OF = {
    "visits": "visits",
    "visit_capacity": "visits",
    "visit_coverage": "visits",
    "problems": "visits",
    "cases_filed": "visits",
    "cases_decided": "on_time",
    "on_time_share": "on_time",
    "duty_met": "duty",
}
"""The objective whose best plan brings most of a measure of the whole force."""
LEAST_OF = {"visits": "visits", "on_time_share": "on_time_share", "duty_met": "duty"}
"""The least value that a limit can ask of a measure of the whole force."""
SPARED = 0.03
"""Part of the people moved, beside one person, by which a best plan that moves fewer is asked for."""


@dataclass(frozen=True, eq=False)
class TargetSearch:
    """Plans for targets within the limits of a plan search.

    A target that a best plan reaches is never missed: best plans are asked what they make of the targets, too.
    """

    search: PlanSearch
    aim: FewestMoved

    @cached_property
    def moves(self) -> LocalMoves:
        """Moves of whole people for these targets."""
        return LocalMoves(self.search.within, self.aim)

    def fewest(self, *starts: np.ndarray) -> tuple[np.ndarray, np.ndarray] | Refusal:
        """The change of whole people that moves the fewest, and the programme's own; (pools,) each."""
        answer = AimSearch(self.search, self.aim).best(*starts)
        if isinstance(answer, Refusal):
            return answer
        change, by_programme = answer
        most, is_open = self.search.limits.most_moved, True
        while is_open:
            if is_open := self.aim.holds(change):
                most = float(np.ceil(people_moved(change) / (1 + SPARED)) - 1)
            rivals = list(self._best_plans(most))
            if is_open and most is not None and self.aim.draws == 1:
                rivals += self._best_plans(most - np.ceil(SPARED * most))
            # A best plan that moves fewer and misses by a hair may still be mended, which takes long in many draws.
            mend = is_open and self.aim.draws == 1
            better = [
                self.moves.improved(one) for one in rivals if mend or self.moves.cost(one) < self.moves.cost(change)
            ]
            change = min([change, *better], key=self.moves.cost)
            is_open = is_open and most is not None and bool(people_moved(change) <= most)
            is_open = is_open and not self.search.case.progress.is_late
        return change, by_programme

    def _best_plans(self, most_moved: float | None) -> Iterator[np.ndarray]:
        """Best plans that move no more than so many people, for the objectives that serve the targets."""
        limits = replace(self.search.limits, most_moved=most_moved)
        for target in filter(_is_of_all, self.aim.targets) if most_moved is None or most_moved >= 0 else ():
            if objective := OBJECTIVE_OF.get(target.measure):
                others = {LEAST_OF.get(one.measure): one.value for one in self.aim.targets if _is_of_all(one)}
                least = {name: value for name, value in others.items() if name and name != LEAST_OF.get(target.measure)}
                within = replace(limits, least={**limits.least, **least})
                rival = replace(self.search, objective=OBJECTIVES[objective], limits=within, programmes={})
                if (best := best_change(rival)) is not None:
                    yield best


def _is_of_all(target: Target) -> bool:
    """Whether a target asks for much of the whole force."""
    return target.scope == TOTAL and target.at_least

"""Plans in whole people improved by moves of one person at a time, each judged by the full model."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from model.search.engine.plan_limits import PlanLimits
from model.search.programme.staffing_programme import LEAST_WORTH

MOST_MOVES = 80
ENDS, TRIED, JUDGED = 60, 24, 4
"""Pools tried as ends of a move, moves tried between them, and moves that the whole aim judges.

Of a large force the cheapest pools are tried.
"""
BROKEN = 1e8
"""Cost of a limit broken by one person too many: more than any aim is worth."""


class Aim(Protocol):
    """What plans are judged by: a cost, from the full model's answers.

    A plan is a change of people by pool; `changes` are (plans, pools). Answers are (quantities, plans), the higher the
    better.
    """

    def near(self, change: np.ndarray) -> "Aim":
        """The same aim as far as it matters around a plan, cheaper to ask."""

    def answers(self, changes: np.ndarray, around: np.ndarray | None = None) -> np.ndarray:
        """The full model's answers; `around` a plan people may come and go alone (`DrawSample`)."""

    def cost(self, answers: np.ndarray, changes: np.ndarray) -> np.ndarray:
        """What plans with these answers cost, (plans,); the least is the best."""


@dataclass(frozen=True, eq=False)
class LocalMoves:
    """Moves of one person after another, by an aim and within limits of one case, the central one."""

    within: PlanLimits
    aim: Aim
    most_moves: int = MOST_MOVES

    def improved(self, change: np.ndarray) -> np.ndarray:
        """The plan after moves of one person between two pools, each the one that gains most, while one gains.

        Nobody is left moved for nothing.
        """
        cost = self.cost(change)
        for _ in range(self.most_moves):
            better = self._cheaper(self._promising(change), cost) or self._cheaper(self._one_less(change), cost)
            if better is None:
                break
            change, cost = better
        return change

    def cost(self, change: np.ndarray) -> float:
        """What one plan costs, (pools,)."""
        return float(self.costs(change[None])[0])

    def costs(self, changes: np.ndarray) -> np.ndarray:
        """What plans cost by the aim and by the limits they break, (plans,)."""
        return self._costs(self.aim, changes)

    def _costs(self, aim: Aim, changes: np.ndarray) -> np.ndarray:
        return aim.cost(aim.answers(changes), changes) + BROKEN * self.within.broken(changes)

    def _cheaper(self, changes: np.ndarray, cost: float) -> tuple[np.ndarray, float] | None:
        """The plan that costs least and its cost, if that is less."""
        costs = self.costs(changes) if len(changes) else np.full(1, np.inf)
        k = int(costs.argmin())
        return (changes[k], float(costs[k])) if costs[k] < cost - LEAST_WORTH else None

    def _one_less(self, change: np.ndarray) -> np.ndarray:
        """The best plans in which one person less moves, by the aim around the plan."""
        one = np.eye(len(change))
        changes = change + (one[change < 0][:, None] - one[change > 0]).reshape(-1, len(change))
        return self._best(self.aim.near(change), changes)

    def _promising(self, change: np.ndarray) -> np.ndarray:
        """The best plans one move of one person away, by the aim around the plan, (plans, pools).

        All moves are ranked by what they would cost if the two pools answered apart; the first of them are tried.
        """
        aim, one, pools = self.aim.near(change), np.eye(len(change)), len(change)
        apart = np.concatenate([change[None], change - one, change + one])
        over, answers = self.within.over_by_year(self.within.case.years(apart)).T, aim.answers(apart, change)
        low, high = self.within.bounds
        costs = aim.cost(answers, apart) + BROKEN * self.within.broken_in_all(over.T, apart)
        froms, tos = (np.flatnonzero(is_open) for is_open in (change > low, change < high))
        froms, tos = froms[np.argsort(costs[1 + froms])[:ENDS]], tos[np.argsort(costs[1 + pools + tos])[:ENDS]]
        sources, targets = (way.ravel() for way in np.meshgrid(froms, tos, indexing="ij"))
        sources, targets = sources[sources != targets], targets[sources != targets]

        def together(apart: np.ndarray) -> np.ndarray:
            return apart[:, 1 + sources] + apart[:, 1 + pools + targets] - apart[:, :1]

        changes = change - one[sources] + one[targets]
        costs = aim.cost(together(answers), changes) + BROKEN * self.within.broken_in_all(together(over).T, changes)
        return self._best(aim, changes[np.argsort(costs, kind="stable")[:TRIED]])

    def _best(self, aim: Aim, changes: np.ndarray) -> np.ndarray:
        """The plans that cost least by an aim, few enough for the whole aim to judge."""
        if not len(changes):
            return changes
        return changes[np.argsort(self._costs(aim, changes), kind="stable")[:JUDGED]]

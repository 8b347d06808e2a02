"""Plans in whole people mended by moves of one person at a time, each judged by the full model."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from model.search.aims.limits import Limits
from model.search.aims.objective import criteria
from model.search.programme.response import Case
from model.search.programme.staffing_programme import (
    SOFT_DAYS,
    SOFT_FILES,
    SOFT_VISITS,
    moved_by,
    reach,
    tier_bounds,
)

MOST_MOVES = 80
ENDS, TRIED, JUDGED = 60, 24, 4
"""Pools from which, and to which, one person may go: of a large force those where it should cost least; moves between
them that are tried; and those of them that the whole aim judges."""
BROKEN = 1e8
"""What it costs to break a limit by the amount that `allocation` weighs as one person: more than any aim is worth."""
LEAST_WORTH = 1e-9
ROUND = 1e-6


class Aim(Protocol):
    """What is asked of plans, (plans, pools). Answers (quantities, plans) are the higher the better."""

    def near(self, plan: np.ndarray) -> "Aim":
        """The same as far as it matters around a plan: what is asked often."""

    def answers(self, plans: np.ndarray, around: np.ndarray | None = None) -> np.ndarray:
        """The full model's answers; `around` a plan people may come and go alone (`DrawSample`)."""

    def cost(self, answers: np.ndarray, plans: np.ndarray) -> np.ndarray:
        """What plans with these answers cost, (plans,); the least is the best."""


@dataclass(frozen=True, eq=False)
class LocalMoves:
    """Plans judged by an aim (without one only what they break is said), within limits that hold in one case, the
    central one."""

    case: Case
    limits: Limits
    aim: Aim | None
    most_moves: int = MOST_MOVES

    @cached_property
    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        return reach(self.case, self.limits)

    def refined(self, plan: np.ndarray) -> np.ndarray:
        """The plan after moves of one person from a pool to another, each the one that is worth most, as long as one
        is worth anything; at last, nobody is left moved for nothing."""
        cost = self.cost(plan)
        for _ in range(self.most_moves):
            better = self._better(self._promising(plan), cost) or self._better(self._undone(plan), cost)
            if better is None:
                break
            plan, cost = better
        return plan

    def _better(self, plans: np.ndarray, cost: float) -> tuple[np.ndarray, float] | None:
        """Of plans the one that costs least, if that is less."""
        costs = self.costs(plans) if len(plans) else np.full(1, np.inf)
        k = int(costs.argmin())
        return (plans[k], float(costs[k])) if costs[k] < cost - LEAST_WORTH else None

    def cost(self, plan: np.ndarray) -> float:
        return float(self.costs(plan[None])[0])

    def costs(self, plans: np.ndarray) -> np.ndarray:
        """What plans cost by the aim and by the limits they break, (plans,)."""
        return self.aim.cost(self.aim.answers(plans), plans) + BROKEN * self.broken(plans)

    def broken(self, plans: np.ndarray) -> np.ndarray:
        """By how much plans break the limits, (plans,): those of people, of a steady state, of the legal minimum, of
        what is asked at least."""
        return self._broken(self._short(plans), plans)

    def _short(self, plans: np.ndarray) -> np.ndarray:
        """What plans miss of a steady state, of the legal minimum and of what is asked at least, as people too many;
        (limits, plans)."""
        result = self.case.years(plans)
        read = self.case.readings(result)
        visits = (read["owed"] - read["visits"] - self.case.short_most) * self.limits.keeps_minimum
        parts = [-read["spare_days"] / SOFT_DAYS, -read["spare_review"] / SOFT_FILES, visits / SOFT_VISITS]
        if self.limits.least:
            found = dict(criteria(result, self.case.base.assumed, self.case.pools))
            found["on_time_share"] = found["on_time"] / result.budget.filed[:, 0]
            # A hundredth of what is asked weighs as one person, as in `allocation`.
            parts += [100 * (1 - found[name] / value)[:, None] for name, value in self.limits.least.items() if value]
        return np.concatenate(parts, axis=1).T

    def _broken(self, short: np.ndarray, plans: np.ndarray) -> np.ndarray:
        (low, high), tiers = self.bounds, tier_bounds(self.case, self.limits)
        by_tier = plans @ self.case.pools.of_tier
        most = np.inf if self.limits.most_moved is None else self.limits.most_moved
        beyond = low - plans, plans - high, tiers[0] - by_tier, by_tier - tiers[1], moved_by(plans)[:, None] - most
        parts = np.concatenate([short.T, *beyond], axis=1)
        return np.where(parts > ROUND, parts, 0.0).sum(axis=1)

    def _undone(self, plan: np.ndarray) -> np.ndarray:
        """The best plans in which one person less moves, as far as the aim matters here."""
        one = np.eye(len(plan))
        plans = plan + (one[plan < 0][:, None] - one[plan > 0]).reshape(-1, len(plan))
        return self._judged(self.aim.near(plan), plans)

    def _promising(self, plan: np.ndarray) -> np.ndarray:
        """The best plans one move of one person away, (plans, pools): of all, those that should cost least if pools
        answered alone, and of these those that do as far as the aim matters here."""
        aim, one, pools = self.aim.near(plan), np.eye(len(plan)), len(plan)
        alone = np.concatenate([plan[None], plan - one, plan + one])
        short, answers = self._short(alone), aim.answers(alone, plan)
        low, high = self.bounds
        costs = aim.cost(answers, alone) + BROKEN * self._broken(short, alone)
        froms, tos = (np.flatnonzero(is_open) for is_open in (plan > low, plan < high))
        froms, tos = froms[np.argsort(costs[1 + froms])[:ENDS]], tos[np.argsort(costs[1 + pools + tos])[:ENDS]]
        sources, targets = (way.ravel() for way in np.meshgrid(froms, tos, indexing="ij"))
        sources, targets = sources[sources != targets], targets[sources != targets]

        def together(alone: np.ndarray) -> np.ndarray:
            return alone[:, 1 + sources] + alone[:, 1 + pools + targets] - alone[:, :1]

        plans = plan - one[sources] + one[targets]
        costs = aim.cost(together(answers), plans) + BROKEN * self._broken(together(short), plans)
        return self._judged(aim, plans[np.argsort(costs, kind="stable")[:TRIED]])

    def _judged(self, aim: Aim, plans: np.ndarray) -> np.ndarray:
        """Of plans those for the whole aim to judge."""
        if not len(plans):
            return plans
        costs = aim.cost(aim.answers(plans), plans) + BROKEN * self.broken(plans)
        return plans[np.argsort(costs, kind="stable")[:JUDGED]]


def in_whole(plan: np.ndarray) -> np.ndarray:
    """Whole numbers with the same sum, a whole one: those with the largest remainders are rounded up.

    >>> in_whole(np.array([-1.5, 0.8, 0.7])).tolist()
    [-2.0, 1.0, 1.0]
    """
    whole = np.floor(plan + ROUND)
    more = round(float((plan - whole).sum()))
    whole[np.argsort(whole - plan, kind="stable")[:more]] += 1
    return whole

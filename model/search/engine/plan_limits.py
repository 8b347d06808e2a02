"""By how much plans break their limits, in people too many: one measure for every search."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from model.force.staff import people_moved
from model.search.aims.limits import ONE_PERSON, TARGET_PART, Limits
from model.search.aims.objective import Criteria, criteria
from model.search.programme.moves import pool_bounds, tier_bounds
from model.search.programme.response import Case
from model.search.programme.staffing_programme import ROUND
from model.year.year import Year


@dataclass(frozen=True, eq=False)
class PlanLimits:
    """Limits of plans in one case, the representative one.

    Changes of people are (plans, pools).
    """

    case: Case
    limits: Limits

    @cached_property
    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """The fewest and most people that may be added to each pool, (pools,)."""
        return pool_bounds(self.case, self.limits)

    @cached_property
    def _tier_bounds(self) -> np.ndarray:
        return tier_bounds(self.case, self.limits)

    def broken(self, changes: np.ndarray) -> np.ndarray:
        """By how much plans break all their limits, (plans,): 0 where they keep them."""
        return sum_over(self.over_in_all(self.over_by_year(self.case.years(changes)), changes))

    def over_in_all(self, over_by_year: np.ndarray, changes: np.ndarray) -> np.ndarray:
        """How far plans are beyond all limits, (plans, limits), if their years are `over_by_year`."""
        return np.concatenate([over_by_year, self._over_by_people(changes)], axis=1)

    def broken_by_year(self, result: Year, of_year: Criteria) -> np.ndarray:
        """By how much years break the limits that are not of people, (rows,)."""
        return sum_over(self.over_by_year(result, of_year))

    def over_by_year(self, result: Year, of_year: Criteria | None = None) -> np.ndarray:
        """How far years are beyond their limits, (rows, limits), in people too many; below 0 is spare.

        The limits are a steady state, the legal minimum and least values. `of_year` are the criteria of the years,
        where they are known.
        """
        missing = self.case.missing(result)
        if not self.limits.keeps_minimum:
            del missing["legal minimum"]
        over = [amounts / ONE_PERSON[name] for name, amounts in missing.items()]
        if self.limits.least:
            values = dict(of_year or criteria(result, self.case.base.assumed, self.case.pools))
            values["on_time_share"] = values["on_time"] / result.budget.filed[:, 0]
            least = {name: value for name, value in self.limits.least.items() if value > 0}
            over += [(1 / TARGET_PART * (1 - values[name] / value))[:, None] for name, value in least.items()]
        return np.concatenate(over, axis=1)

    def keep_people(self, changes: np.ndarray) -> np.ndarray:
        """Which plans keep the limits of people and make up the new posts, (plans,)."""
        posts = self.case.settings.staff_new_posts
        makes_up = np.abs(changes.sum(axis=1) - posts) < ROUND
        return (self._over_by_people(changes) <= 0).all(axis=1) & makes_up

    def _over_by_people(self, changes: np.ndarray) -> np.ndarray:
        """People beyond the bounds of pools and tiers and beyond those who may move, (plans, limits)."""
        (low, high), (least, most) = self.bounds, self._tier_bounds
        by_tier = changes @ self.case.pools.of_tier
        moved = people_moved(changes)[:, None] - (np.inf if self.limits.most_moved is None else self.limits.most_moved)
        return np.concatenate([low - changes, changes - high, least - by_tier, by_tier - most, moved], axis=1)


def wide_enough(limits: Limits, case: Case, own: np.ndarray) -> Limits:
    """The limits, or wider ones of pools where the scenario's own change `own` (pools,) goes beyond them."""
    low, high = pool_bounds(case, replace(limits, most_moved=None))
    if ((own >= low) & (own <= high)).all():
        return limits
    return replace(limits, pool_change=float((np.abs(own) / np.maximum(case.seats.people[0], 1e-9)).max()))


def sum_over(amounts: np.ndarray) -> np.ndarray:
    """The sum of all amounts above 0, rounding aside, by row."""
    return np.where(amounts > ROUND, amounts, 0.0).sum(axis=1)

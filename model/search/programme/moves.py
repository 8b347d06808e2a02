"""Who moves, as variables of a programme, and how far the limits let people come and go."""

from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import TIERS
from model.force.seats import movable
from model.scenario.levers import levers
from model.search.aims.limits import Limits
from model.search.programme.linear_programme import Programme, Term
from model.search.programme.response import Case


@dataclass(frozen=True, eq=False)
class Moves:
    """Variables of people taken from (`out`) and added to (`into`) each pool, (pools,).

    `low` and `high` are the fewest and most people that a plan may add to a pool, (pools,).
    """

    out: np.ndarray
    into: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def change(self, weights: np.ndarray | float) -> list[Term]:
        """People added less people taken, weighted by pool."""
        return [(self.into, weights), (self.out, -np.asarray(weights))]

    def change_in_rows(self, pool: np.ndarray, weights: np.ndarray) -> list[Term]:
        """The same of one pool in each row, `pool` and `weights` (rows,)."""
        return [(self.into[pool], weights), (self.out[pool], -weights)]


def moves(programme: Programme, case: Case, limits: Limits) -> Moves:
    """Add to a programme who moves, within the limits of people; new and cut posts are made up."""
    low, high = pool_bounds(case, limits)
    count, posts = len(low), case.settings.staff_new_posts
    out = programme.variables("out", count, high=-low)
    into = programme.variables("into", count, high=high)
    programme.rows("posts", (into[None], 1.0), (out[None], -1.0), low=posts, high=posts, soft=1.0)
    if limits.most_moved is not None:
        programme.rows("most moved", ((out if posts >= 0 else into)[None], 1.0), high=limits.most_moved, soft=1.0)
    for tier, where, (least, most) in zip(TIERS, case.pools.slices, tier_bounds(case, limits).T, strict=True):
        terms = (into[None, where], 1.0), (out[None, where], -1.0)
        programme.rows(f"people of {tier}", *terms, low=least, high=most, soft=1.0)
    return Moves(out, into, low, high)


def pool_bounds(case: Case, limits: Limits) -> tuple[np.ndarray, np.ndarray]:
    """The fewest and most people that may be added to each pool, whole numbers (pools,)."""
    people, posts = case.seats.people[0], case.settings.staff_new_posts
    wider = abs(posts) / max(people.sum(), 1.0)
    down, up = (np.ceil((limits.pool_change + extra) * people) for extra in (wider * (posts < 0), wider * (posts > 0)))
    spare = np.minimum(movable(case.base.baseline), np.floor(case.seats.spare[0]))
    most = np.inf if limits.most_moved is None else limits.most_moved + abs(posts)
    return -np.minimum(np.minimum(down, spare), most), np.minimum(up, most)


def tier_bounds(case: Case, limits: Limits) -> np.ndarray:
    """The fewest and most people that may be added to each tier, (2, 3), by lever and limits."""
    table = levers(case.base.baseline)
    by_lever = np.array([[table[f"staff.change.{tier}"].low, table[f"staff.change.{tier}"].high] for tier in TIERS]).T
    by_limit = np.array([limits.tiers.get(tier, (-np.inf, np.inf)) for tier in TIERS]).T
    return np.stack([np.maximum(by_lever[0], by_limit[0]), np.minimum(by_lever[1], by_limit[1])])

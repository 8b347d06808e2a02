"""Useful visits: those that still find something where others have been (method, section 7).

Visits fall on the units of a place at random, so a unit's visits are a Poisson number, of which so many are of use.
"""

from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Pools
from model.evidence.pools import over_pools

MOST_MEAN = 600.0
"""Visits a unit and year beyond which more change nothing, and powers of them leave the range of numbers."""


def useful(mean: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Useful visits of a unit with `mean` visits, E[min(N, most)] with N Poisson.

    Between whole numbers of `most` lie straight lines. Any shapes that broadcast; `most` is at most 366.

    >>> [round(float(useful(np.array(1.0), np.array(most))), 6) for most in (1.0, 1.5)]
    [0.632121, 0.764241]
    """
    return most - _expected(mean, [np.maximum(most - k, 0.0) for k in _fewer_than(most)])


def useful_slope(mean: np.ndarray, most: np.ndarray) -> np.ndarray:
    """What one more of the `mean` visits adds to `useful`; shapes as there.

    >>> [round(float(useful_slope(np.array(1.0), np.array(most))), 6) for most in (1.0, 1.5)]
    [0.367879, 0.551819]
    """
    return _expected(mean, [np.clip(most - k, 0.0, 1.0) for k in _fewer_than(most)])


def _fewer_than(most: np.ndarray) -> range:
    """The numbers of visits of which one more can be of use."""
    return range(int(np.ceil(np.max(most))))


def _expected(mean: np.ndarray, values: list[np.ndarray]) -> np.ndarray:
    """Mean of a value of the number of visits, of which `values` are those at 0, 1, ... and 0 beyond."""
    mean = np.minimum(mean, MOST_MEAN)
    total = np.zeros_like(mean)
    for k in range(len(values) - 1, -1, -1):
        total *= mean / (k + 1)
        total += values[k]
    total *= np.exp(-mean)
    return total


@dataclass(frozen=True, eq=False)
class UnitRoom:
    """What the units of each prefecture can use: room for visits, part of it taken by off-site checks.

    `units` (draws, prefectures) are regulated units, `most` (draws, 1) useful visits a unit and year, `replaced`
    (draws, pools) visits a year that off-site checks replace, `replaced_there` the same by prefecture, of which
    `used_up` a unit are of use.
    """

    pools: Pools
    units: np.ndarray
    most: np.ndarray
    replaced: np.ndarray
    replaced_there: np.ndarray
    used_up: np.ndarray

    def by_place(self, visits: np.ndarray) -> np.ndarray:
        """Visits of (draws, pools) by the prefecture whose city and counties make them, (draws, prefectures)."""
        return self.pools.by_place(visits)

    def useful(self, visits: np.ndarray) -> np.ndarray:
        """Useful ones of the `visits` of each pool, (draws, 1); the province's own count in full."""
        return self._in_all(visits, self._useful_there(self.by_place(visits)))

    def useful_share(self, visits: np.ndarray) -> np.ndarray:
        """Share of the `visits` of each pool that is of use, (draws, pools)."""
        there = self.by_place(visits)
        share = self._useful_there(there) / np.maximum(there, 1e-9)
        of_province = np.ones((len(visits), self.pools.slices[0].stop))
        return np.concatenate([of_province, share, share[:, self.pools.with_counties]], axis=1)

    def added(self, more: np.ndarray, visits: np.ndarray) -> np.ndarray:
        """Useful visits that some `more` visits of each pool add to its `visits`, at first, (draws, 1)."""
        slope = useful_slope(self._of_a_unit(self.by_place(visits)), self.most)
        return self._in_all(more, self.by_place(more) * slope)

    def _of_a_unit(self, there: np.ndarray) -> np.ndarray:
        return (there + self.replaced_there) / self.units

    def _useful_there(self, there: np.ndarray) -> np.ndarray:
        return self.units * (useful(self._of_a_unit(there), self.most) - self.used_up)

    def _in_all(self, visits: np.ndarray, by_place: np.ndarray) -> np.ndarray:
        return (over_pools(by_place) + over_pools(visits[:, self.pools.slices[0]]))[:, None]


def unit_room(pools: Pools, units: np.ndarray, most: np.ndarray, replaced: np.ndarray) -> UnitRoom:
    """The room of the units of each prefecture, of which off-site checks use up their part first."""
    units, there = np.asfortranarray(units), pools.by_place(replaced)
    return UnitRoom(pools, units, most, replaced, there, useful(there / units, most))

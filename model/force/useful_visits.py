"""Useful visits: those that still find something where others have been (method, section 7).

Visits fall on the units of a place at random, so a unit's visits are a Poisson number, of which so many are of use.
"""

from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Pools

MOST_MEAN = 600.0
"""Visits a unit and year beyond which more change nothing, and powers of them leave the range of numbers."""


def useful(mean: np.ndarray, most: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Useful visits of a unit with `mean` visits, E[min(N, most)] with N Poisson, and their slope.

    Between whole numbers of `most` lie straight lines. Any shapes that broadcast; `most` is at most 366.

    >>> [round(float(one), 6) for one in useful(np.array(1.0), np.array(1.0))]
    [0.632121, 0.367879]
    >>> [round(float(one), 6) for one in useful(np.array(1.0), np.array(1.5))]
    [0.764241, 0.551819]
    """
    mean = np.minimum(mean, MOST_MEAN)
    short, open_share = np.zeros_like(mean), np.zeros_like(mean)
    for k in range(int(np.ceil(np.max(most))) - 1, -1, -1):
        more = mean / (k + 1)
        short *= more
        short += np.maximum(most - k, 0.0)
        open_share *= more
        open_share += np.clip(most - k, 0.0, 1.0)
    none = np.exp(-mean)
    return most - none * short, none * open_share


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
        _, cities, counties = self.pools.slices
        return visits[:, cities] + visits[:, counties]

    def useful(self, visits: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Useful ones of the `visits` of each pool: in all, by prefecture, and what one more adds there.

        From (draws, pools) to (draws, 1) and twice (draws, prefectures). The province's own visits count in full.
        """
        found, slope = useful((self.by_place(visits) + self.replaced_there) / self.units, self.most)
        found = self.units * (found - self.used_up)
        return self._in_all(visits, found), found, slope

    def useful_share(self, visits: np.ndarray) -> np.ndarray:
        """Share of the `visits` of each pool that is of use, (draws, pools)."""
        _, found, _ = self.useful(visits)
        share = found / np.maximum(self.by_place(visits), 1e-9)
        return np.concatenate([np.ones((len(visits), self.pools.slices[0].stop)), share, share], axis=1)

    def added(self, visits: np.ndarray, slope: np.ndarray) -> np.ndarray:
        """Useful visits that some more visits of each pool add where one more adds a `slope`, (draws, 1)."""
        return self._in_all(visits, self.by_place(visits) * slope)

    def _in_all(self, visits: np.ndarray, by_place: np.ndarray) -> np.ndarray:
        own = visits[:, self.pools.slices[0]]
        return by_place.sum(axis=1, keepdims=True) + own.sum(axis=1, keepdims=True)


def unit_room(pools: Pools, units: np.ndarray, most: np.ndarray, replaced: np.ndarray) -> UnitRoom:
    """The room of the units of each prefecture, of which off-site checks use up their part first."""
    _, cities, counties = pools.slices
    there = replaced[:, cities] + replaced[:, counties]
    return UnitRoom(pools, units, most, replaced, there, useful(there / units, most)[0])

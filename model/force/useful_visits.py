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
    (draws, pools) visits a year that off-site checks replace.
    """

    pools: Pools
    units: np.ndarray
    most: np.ndarray
    replaced: np.ndarray
    used_up: np.ndarray

    def by_place(self, visits: np.ndarray) -> np.ndarray:
        """Visits of (draws, pools) by the prefecture whose city and counties make them, (draws, prefectures)."""
        _, cities, counties = self.pools.slices
        return visits[:, cities] + visits[:, counties]

    def useful(self, visits: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Useful ones of the `visits` of each pool, (draws, pools): in all, share, and what one more adds.

        The first is (draws, 1), the others (draws, pools). The province's own visits are few and count in full.
        """
        province = self.pools.slices[0]
        there = self.by_place(visits)
        found, slope = useful((there + self.by_place(self.replaced)) / self.units, self.most)
        found = self.units * (found - self.used_up)
        in_all = found.sum(axis=1, keepdims=True) + visits[:, province].sum(axis=1, keepdims=True)
        whole = np.ones((len(visits), province.stop))
        share = found / np.maximum(there, 1e-9)
        return in_all, *(np.concatenate([whole, one, one], axis=1) for one in (share, slope))


def unit_room(pools: Pools, units: np.ndarray, most: np.ndarray, replaced: np.ndarray) -> UnitRoom:
    """The room of the units of each prefecture, of which off-site checks use up their part first."""
    _, cities, counties = pools.slices
    used_up, _ = useful((replaced[:, cities] + replaced[:, counties]) / units, most)
    return UnitRoom(pools, units, most, replaced, used_up)

"""Pools: the people of one tier in one place, whom the model treats alike."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

TIERS = ("province", "city", "county")
PROVINCE, CITY, COUNTY = range(3)
HEADS = ("people", "frontline")
"""What may be known of a pool: its people, and the frontline officers among them."""


def heads_id(heads: str, tier: str, place: str) -> str:
    """The assumption by which the people or the frontline officers of a pool are known about.

    >>> heads_id("people", "city", "changsha")
    'people_city_changsha'
    """
    return f"{heads}_{tier}_{place}"


def over_pools(values: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """Values of pools, (draws, pools), added up over them, (draws,); into `out` where given.

    On rows so short four times as fast as `np.sum`.
    """
    return np.einsum("dp->d", values, out=out)


@dataclass(frozen=True, eq=False)
class Pools:
    """The pools, each a tier in a place: provinces, then cities, then the counties of a prefecture.

    All arrays have shape (pools,). `place` is the prefecture's index (the province's for province pools). City and
    county pools stand in the same order of prefectures. A prefecture without county-level units has no county pool: its
    city does the work of counties too.
    """

    tier: np.ndarray
    place: np.ndarray
    province: np.ndarray
    area_km2: np.ndarray
    county_level_units: np.ndarray

    def __len__(self) -> int:
        return len(self.tier)

    @cached_property
    def slices(self) -> tuple[slice, slice, slice]:
        """The province, the city and the county pools, in the order of TIERS."""
        ends = np.cumsum(np.bincount(self.tier, minlength=3))
        return slice(0, ends[0]), slice(ends[0], ends[1]), slice(ends[1], ends[2])

    @cached_property
    def with_counties(self) -> slice | np.ndarray:
        """The prefectures that have counties, in the order of the county pools: a slice where all have."""
        _, cities, counties = self.slices
        return slice(None) if cities.stop - cities.start == counties.stop - counties.start else self.place[counties]

    @cached_property
    def above_counties(self) -> slice | np.ndarray:
        """The city pool above each county pool, in their order: a slice where every city is above one."""
        cities = self.slices[CITY]
        return cities if isinstance(self.with_counties, slice) else cities.start + self.with_counties

    @cached_property
    def without_counties(self) -> np.ndarray:
        """The city pools of prefectures without counties."""
        cities, counties = self.slices[CITY], self.slices[COUNTY]
        return cities.start + np.setdiff1d(self.place[cities], self.place[counties])

    @cached_property
    def own_counties(self) -> np.ndarray:
        """The county pool of each city pool, (pools,); -1 for other pools and for cities without counties."""
        result = np.full(len(self), -1)
        result[self.above_counties] = np.arange(len(self))[self.slices[COUNTY]]
        return result

    def by_place(self, values: np.ndarray) -> np.ndarray:
        """Values of pools, the last axis, added up over the city and the counties of each prefecture."""
        _, cities, counties = self.slices
        if isinstance(self.with_counties, slice):
            # Prefecture after prefecture in memory: later sums with a column are then twice as fast.
            return np.add(values[..., cities], values[..., counties], order="F")
        there = np.array(values[..., cities], order="F")
        there[..., self.with_counties] += values[..., counties]
        return there

    @cached_property
    def of_tier(self) -> np.ndarray:
        """Shape (pools, 3): one where the pool is of the tier."""
        return (self.tier[:, None] == np.arange(3)).astype(float)

    @cached_property
    def of_prefecture(self) -> np.ndarray:
        """Shape (pools, prefectures): one for the city and the county pool of each prefecture."""
        local = self.tier != PROVINCE
        prefectures = np.arange(self.place[local].max() + 1)
        return (local[:, None] & (self.place[:, None] == prefectures)).astype(float)

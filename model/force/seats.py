"""Seats: people, officers and bodies of every pool before any lever moves (method, section 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.evidence.baseline import OFFICERS_A_BODY_KEEPS, TIERS, Baseline, Pools
from model.evidence.draws import Assumed, Quantity, mids
from model.force.movers import Movers, officers_moving
from model.force.need import need_by_pool

IN_WHOLE_PEOPLE = tuple(f"{share}_{tier}" for share in ("staff", "frontline_share") for tier in TIERS)
"""The assumptions that are rounded to whole people where they are drawn (`base_tiers`)."""

TOTAL_OF = {"staff": "staff_total", "frontline_share": "frontline_total"}
"""The reported total that closes the heads of a tier."""


def bodies(baseline: Baseline, assumed: Assumed, need: np.ndarray) -> np.ndarray:
    """Bodies by pool, (draws, pools), that add up to a reported total (method, section 2).

    A province has one; a prefecture's counties have one a county-level unit. County bodies beyond the units are spread
    by need, an assumption; where there are fewer than units, every prefecture has fewer in the same proportion. The
    cities share the rest of the total equally; without a total each has one. `need` is (draws, pools), of which the
    counties' add up to 1.
    """
    pools, county_bodies = baseline.pools, assumed["bodies_county"]
    _, cities, counties = pools.slices
    result = np.ones((len(county_bodies), len(pools)))
    units = pools.county_level_units[counties]
    beyond = county_bodies - units.sum()
    fewer = np.minimum(county_bodies / max(units.sum(), 1.0), 1.0)
    result[:, counties] = units * fewer + np.maximum(beyond, 0.0) * need[:, counties]
    result[:, cities] = baseline.city_bodies(county_bodies, assumed) / len(baseline.prefectures)
    return result


def base_tiers(baseline: Baseline, assumed: Assumed) -> tuple[np.ndarray, np.ndarray]:
    """People and officers by tier in the base year; a closed tier is the rest of the reported total.

    A tier of which all pools are known has their people. Two arrays (draws, 3) of whole numbers.
    """
    people, frontline = (np.zeros((len(assumed["vacancy"]), 3)) for _ in range(2))
    of_people, of_frontline = baseline.known_heads(assumed)

    def fill(heads: np.ndarray, id: str, of: np.ndarray, by_pool: np.ndarray) -> None:
        """The tiers' heads: a share `of` (draws, 3) where drawn, what the total leaves where closed."""
        rest = baseline.closed(id)
        for tier in set(range(3)) - {rest}:
            pools = by_pool[:, baseline.pools.slices[tier]]
            drawn = np.round(assumed[f"{id}_{TIERS[tier]}"] * of[:, [tier]])
            all_known = pools.size > 0 and not np.isnan(pools).any()
            heads[:, [tier]] = pools.sum(axis=1, keepdims=True) if all_known else drawn
        if rest is not None:
            total = np.round(baseline.amount(TOTAL_OF[id], assumed))
            heads[:, [rest]] = total - heads.sum(axis=1, keepdims=True)

    fill(people, "staff", np.ones_like(people), of_people)
    fill(frontline, "frontline_share", people, of_frontline)
    return people, frontline


def base_seats(
    baseline: Baseline, assumed: Assumed, by_bodies: np.ndarray, tier_need: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """People and frontline officers by pool in the base year, (draws, pools) each.

    They are those of the staff list where there is one, else the drawn tiers spread by bodies and need; pools of which
    the people are known keep them, and the others share what their tier has left. Where people are known by pool, the
    officers of the others follow them.
    """
    if baseline.seats is not None:
        people, frontline = (np.tile(heads, (len(by_bodies), 1)) for heads in baseline.seats)
        return people, frontline
    spread = by_bodies + assumed["staff_by_need"] * (tier_need - by_bodies)
    (of_people, of_frontline), pools = baseline.known_heads(assumed), baseline.pools
    people, frontline = base_tiers(baseline, assumed)
    people = _spread_but_known(people, spread, of_people, pools)
    by_people = share_of_tier(people, pools) if baseline.people_of else spread
    return people, _spread_but_known(frontline, by_people, of_frontline, pools)


def _spread_but_known(heads: np.ndarray, spread: np.ndarray, known: np.ndarray, pools: Pools) -> np.ndarray:
    """Heads by pool: those that are `known`, and the rest of their tier by `spread`.

    `known` is (1 or draws, pools) with gaps, `heads` are those of the tiers, (draws, 3). Where all pools of a tier are
    known, they are brought to its heads.
    """
    if (is_open := np.isnan(known)).all():
        return to_pools(heads, pools) * spread
    all_known = np.nan_to_num(known) @ pools.of_tier
    left = np.maximum(heads - all_known, 0.0)
    to_tier = np.where((is_open @ pools.of_tier > 0) | (all_known == 0), 1.0, heads / np.maximum(all_known, 1e-9))
    return np.where(
        is_open, to_pools(left, pools) * share_of_tier(spread * is_open, pools), known * to_pools(to_tier, pools)
    )


def need_of_tier(need: np.ndarray, by_city: np.ndarray, pools: Pools) -> np.ndarray:
    """Each pool's part of its tier's work from outside, (draws, pools).

    A city without counties has the work of counties too. `need` (draws, pools) is that of each pool's place, `by_city`
    (draws, 1) the part of a place's work that its city does where there are counties.
    """
    if not len(pools.without_counties):
        return need
    work = need * to_pools(np.concatenate([np.ones_like(by_city), by_city, np.ones_like(by_city)], axis=1), pools)
    work[:, pools.without_counties] = need[:, pools.without_counties]
    return share_of_tier(work, pools)


@dataclass(frozen=True, eq=False)
class Seats:
    """The base year's heads by pool, the same for every scenario.

    (draws, pools) but for `tier_share`, the frontline share by tier, (draws, 3). `by_bodies` and `resident` are the
    pool's parts of its tier's bodies and people, `tier_need` that of its tier's work from outside, `need` its place's
    part of all. `helpers` are people outside the establishment, who go along on visits.
    """

    bodies: np.ndarray
    by_bodies: np.ndarray
    people: np.ndarray
    officers: np.ndarray
    resident: np.ndarray
    tier_share: np.ndarray
    need: np.ndarray
    tier_need: np.ndarray
    helpers: Quantity

    @cached_property
    def spare(self) -> np.ndarray:
        """People who can leave a pool: all but the two who stay in each body."""
        return np.maximum(self.people - OFFICERS_A_BODY_KEEPS * self.bodies, 0.0)

    def officers_among(self, leaving: np.ndarray) -> np.ndarray:
        """Officers among the people who leave a pool, by the pool's own frontline share."""
        return leaving * self.officers / np.maximum(self.people, 1e-9)

    def officers_moving(self, left: np.ndarray, moving: np.ndarray, toward: np.ndarray, movers: Movers) -> np.ndarray:
        """Officers among those `moving` out of each pool once the posts cut are gone.

        The others of `left` are the posts cut, which go in the pool's own mix. `toward` is the frontline share where
        the movers come to.
        """
        people = self.people - (left - moving)
        return officers_moving(moving, people, self.officers_among(people), self.bodies, toward, movers)

    def toward(self, came: np.ndarray, pools: Pools) -> np.ndarray:
        """Frontline share of the tiers that people come to, (draws, 1); the whole force's where nobody comes."""
        share = to_pools(self.tier_share, pools)
        heads = np.where(came.sum(axis=1, keepdims=True) > 0, came, self.people)
        return (heads * share).sum(axis=1, keepdims=True) / heads.sum(axis=1, keepdims=True)


def base_year_seats(baseline: Baseline, assumed: Assumed, reading: Mapping[str, str] | None = None) -> Seats:
    """Who sits where before any lever moves, with the need as it is read, drawn unless said."""
    pools, need = baseline.pools, need_by_pool(baseline, assumed, reading or {})
    tier_need = need_of_tier(need, assumed["complaint_share_city"], pools)
    bodies_by_pool = bodies(baseline, assumed, tier_need)
    by_bodies = share_of_tier(bodies_by_pool, pools)
    people, officers = base_seats(baseline, assumed, by_bodies, tier_need)
    resident = share_of_tier(people, pools)
    return Seats(
        bodies=bodies_by_pool,
        by_bodies=by_bodies,
        people=people,
        officers=officers,
        resident=resident,
        tier_share=(officers @ pools.of_tier) / np.maximum(people @ pools.of_tier, 1e-9),
        need=need,
        tier_need=tier_need,
        helpers=_helpers(assumed, resident, pools),
    )


def _helpers(assumed: Assumed, resident: np.ndarray, pools: Pools) -> Quantity:
    """People outside the establishment by pool, (draws, pools), or 0 where none are given."""
    by_tier = [assumed.get(f"helpers_{tier}") for tier in TIERS]
    if not any(heads is not None for heads in by_tier):
        return 0.0
    nobody = np.zeros((len(resident), 1))
    return resident * to_pools(np.concatenate([nobody if h is None else h for h in by_tier], axis=1), pools)


def movable(baseline: Baseline) -> np.ndarray:
    """Whole people that each pool can spare with every assumption at its mid, (pools,)."""
    return np.floor(base_year_seats(baseline, mids(baseline.assumptions)).spare[0])


def to_pools(by_tier: np.ndarray, pools: Pools) -> np.ndarray:
    """The value of its tier for each pool, (draws, pools)."""
    return by_tier[:, pools.tier]


def share_of_tier(values: np.ndarray, pools: Pools) -> np.ndarray:
    """Each pool's part of its tier's amount, (draws, pools); 0 where the tier has nothing."""
    return values / np.maximum(to_pools(values @ pools.of_tier, pools), 1e-9)

"""Who sits where: people, officers and reviewers of every pool, in the base year and after a scenario's moves."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.baseline import CITY, COUNTY, PROVINCE, TIERS, Baseline, Pools
from model.draws import Assumed
from model.levers import Value, stretched

OFFICERS_A_BODY_KEEPS = 2


@dataclass(frozen=True, eq=False)
class Staff:
    """Heads by pool, all of shape (draws, pools).

    `base_officers` + `moved` + `new` - `lost` are the officers whose time counts (`working_officers`): `moved` come
    from another tier or from the desk (less the desk work that follows them), `new` must first earn a licence, `lost`
    left the front line. `frontline` counts heads; desk work that follows an officer does not make him less of a head.
    """

    people: np.ndarray
    frontline: np.ndarray
    bodies: np.ndarray
    reviewers: np.ndarray
    base_officers: np.ndarray
    moved: np.ndarray
    new: np.ndarray
    lost: np.ndarray

    @property
    def working_officers(self) -> np.ndarray:
        return np.maximum(self.base_officers + self.moved + self.new - self.lost, 0.0)


def bodies(baseline: Baseline, county_bodies: np.ndarray) -> np.ndarray:
    """Bodies by pool, shape (draws, pools), always the reported total: one a province, the county-level divisions of
    each prefecture, county bodies beyond those spread by need (an assumption; with fewer, every prefecture has fewer in
    the same proportion), the cities share what is left equally."""
    pools = baseline.pools
    _, cities, counties = pools.slices
    result = np.ones((len(county_bodies), len(pools)))
    units = pools.county_level_units[counties]
    beyond = county_bodies - units.sum()
    fewer = np.minimum(county_bodies / units.sum(), 1.0)
    result[:, counties] = units * fewer + np.maximum(beyond, 0.0) * pools.need[counties]
    result[:, cities] = (baseline.reported("bodies_total") - len(baseline.provinces) - county_bodies) / len(
        baseline.prefectures
    )
    return result


def base_tiers(baseline: Baseline, assumed: Assumed) -> tuple[np.ndarray, np.ndarray]:
    """People and frontline officers by tier in the base year, whole numbers of shape (draws, 3); counties close both
    totals."""
    people, frontline = (np.empty((len(assumed["staff_city"]), 3)) for _ in range(2))
    for tier in (PROVINCE, CITY):
        people[:, [tier]] = np.round(assumed[f"staff_{TIERS[tier]}"])
        frontline[:, [tier]] = np.round(assumed[f"frontline_share_{TIERS[tier]}"] * people[:, [tier]])
    people[:, COUNTY] = baseline.reported("staff_total") - people[:, :COUNTY].sum(axis=1)
    frontline[:, COUNTY] = baseline.reported("frontline_total") - frontline[:, :COUNTY].sum(axis=1)
    return people, frontline


def base_seats(baseline: Baseline, assumed: Assumed, by_bodies: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """People and frontline officers by pool in the base year, (draws, pools): the staff list's where there is one,
    else the drawn tiers spread by bodies and need."""
    if baseline.seats is not None:
        people, frontline = (np.tile(heads, (len(by_bodies), 1)) for heads in baseline.seats)
        return people, frontline
    spread = by_bodies + assumed["staff_by_need"] * (baseline.pools.need - by_bodies)
    people, frontline = (_to_pools(heads, baseline.pools) * spread for heads in base_tiers(baseline, assumed))
    return people, frontline


def staffing(baseline: Baseline, assumed: Assumed, settings: Mapping[str, Value]) -> Staff:
    """Staff of every pool under the settings; at base settings the base year."""
    pools = baseline.pools
    seats = bodies(baseline, assumed["bodies_county"])
    by_bodies = _share_of_tier(seats, pools)
    base_people, base_officers = base_seats(baseline, assumed, by_bodies)
    tier_people, tier_frontline = base_people @ pools.of_tier, base_officers @ pools.of_tier
    tier_share = tier_frontline / np.maximum(tier_people, 1e-9)
    resident = _share_of_tier(base_people, pools)

    spread = _spread(settings["staff.spread"], by_bodies, baseline)
    change = np.array([settings[f"staff.change.{t}"] for t in TIERS])
    spare = np.maximum(base_people - OFFICERS_A_BODY_KEEPS * seats, 0.0)
    leaving = np.minimum(np.maximum(-change, 0.0), spare @ pools.of_tier)
    leave = _to_pools(leaving, pools) * _share_of_tier(spare, pools)
    lost = leave * base_officers / np.maximum(base_people, 1e-9)
    came = _arrivals(change, leave.sum(axis=1, keepdims=True), lost.sum(axis=1, keepdims=True), tier_share)
    people = base_people - leave + _to_pools(came["people"], pools) * spread
    moved = _to_pools(came["moved"], pools) * spread
    new = _to_pools(came["new"], pools) * spread

    approvals = settings["from_approvals"] * resident * pools.of_tier[:, COUNTY]
    people = people + approvals
    new = new + approvals * _to_pools(tier_share, pools)

    frontline = base_officers - lost + moved + new
    shifted, freed = _from_desk(baseline, assumed, settings, people, frontline, seats)
    gained = np.maximum(shifted, 0.0) * (1 - assumed["backfill_share"]) + np.maximum(freed, 0.0)
    return Staff(
        people=people,
        frontline=frontline + shifted + freed,
        bodies=seats,
        reviewers=_reviewers(people - frontline - shifted, assumed, settings, pools, resident),
        base_officers=base_officers,
        moved=moved + gained,
        new=new,
        lost=lost - np.minimum(shifted, 0.0) - np.minimum(freed, 0.0),
    )


def _arrivals(
    change: np.ndarray, left: np.ndarray, officers_left: np.ndarray, share: np.ndarray
) -> dict[str, np.ndarray]:
    """Heads that come to each tier, (draws, 3): people, officers who moved and new officers.

    `change` (3,) is what was decided, `left` and `officers_left` (draws, 1) who really went: movers keep their role, so
    moving people conserves frontline officers. What arrives beyond what others gave is new, with the frontline `share`
    (draws, 3) of the tier it comes to.
    """
    wanted, given = np.maximum(change, 0.0), np.maximum(-change, 0.0).sum()
    to_tier = wanted / max(wanted.sum(), 1e-9)
    passed_on = min(1.0, wanted.sum() / max(given, 1e-9))
    added = max(0.0, wanted.sum() - given)
    return {
        "people": to_tier * (left * passed_on + added),
        "moved": to_tier * officers_left * passed_on,
        "new": to_tier * added * share,
    }


def _from_desk(
    baseline: Baseline,
    assumed: Assumed,
    settings: Mapping[str, Value],
    people: np.ndarray,
    frontline: np.ndarray,
    seats: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Officers who come from the desk by the frontline-share levers and by merging (negative: who go back), (draws,
    pools) each."""
    pools, share = baseline.pools, frontline / np.maximum(people, 1e-9)
    wanted = np.empty_like(share)
    for tier, where in enumerate(pools.slices):
        lever = f"frontline_share.{TIERS[tier]}"
        wanted[:, where] = stretched(
            share[:, where], settings[lever], baseline.derived[f"frontline_share_{TIERS[tier]}"]
        )
    shifted = (wanted - share) * people
    released = (settings["merged_bodies"] - baseline.derived["bodies_merged"]) * assumed["merge_release"]
    freed = released * seats / baseline.derived["bodies_total"]
    return shifted, np.clip(freed, -(frontline + shifted), people - frontline - shifted)


def _reviewers(
    desk: np.ndarray, assumed: Assumed, settings: Mapping[str, Value], pools: Pools, resident: np.ndarray
) -> np.ndarray:
    """Legal reviewers: a share of the desk plus those the lever adds, never more than the desk. Merging frees other
    desk work, not reviewers."""
    added = np.array([settings[f"review_staff.{t}"] for t in TIERS])[pools.tier] * resident
    return np.clip(assumed["reviewer_share"] * desk + added, 0.0, np.maximum(desk, 0.0))


def _spread(choice: Value, by_bodies: np.ndarray, baseline: Baseline) -> np.ndarray:
    """Share of a tier's arrivals that each pool receives; shape (draws or 1, pools)."""
    pools = baseline.pools
    if choice == "bodies":
        return by_bodies
    if choice == "need":
        return pools.need[None, :]
    weights = np.array([choice.get(p.id, 0.0) for p in baseline.prefectures], float)
    by_province = np.array(
        [
            sum(w for w, p in zip(weights, baseline.prefectures, strict=True) if p.province == name)
            for name in baseline.provinces
        ]
    )
    return np.concatenate([by_province, weights, weights])[None, :] / weights.sum()


def _to_pools(by_tier: np.ndarray, pools: Pools) -> np.ndarray:
    return by_tier[:, pools.tier]


def _share_of_tier(values: np.ndarray, pools: Pools) -> np.ndarray:
    """Each pool's part of its tier; nothing where the tier has nothing."""
    return values / np.maximum(_to_pools(values @ pools.of_tier, pools), 1e-9)

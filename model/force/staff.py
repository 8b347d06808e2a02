"""Who sits where: people, officers and reviewers of every pool, in the base year and after a scenario's moves."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from model.evidence.baseline import CITY, COUNTY, OFFICERS_A_BODY_KEEPS, PROVINCE, TIERS, Baseline, Pools
from model.evidence.draws import Assumed, central_draw
from model.scenario.levers import stretched
from model.scenario.settings import Settings

NOBODY = 1e-9
"""Heads below this are rounding error, not people."""

STAFFING = (
    "staff_change",
    "staff_spread",
    "staff_moves",
    "from_approvals",
    "frontline_share",
    "merged_bodies",
    "review_staff",
)
"""The settings that say who sits where: all that `staffing` looks at."""


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


@dataclass(frozen=True, eq=False)
class Seats:
    """The base year's heads by pool, the same for every scenario; (draws, pools) but for `tier_share`, the frontline
    share by tier (draws, 3). `by_bodies` and `resident` are the pool's part of its tier's bodies and people."""

    bodies: np.ndarray
    by_bodies: np.ndarray
    people: np.ndarray
    officers: np.ndarray
    resident: np.ndarray
    tier_share: np.ndarray

    @property
    def spare(self) -> np.ndarray:
        """People who can leave a pool: two officers a body stay."""
        return np.maximum(self.people - OFFICERS_A_BODY_KEEPS * self.bodies, 0.0)

    def officers_among(self, leaving: np.ndarray) -> np.ndarray:
        """Officers among people who leave a pool: its own share."""
        return leaving * self.officers / np.maximum(self.people, 1e-9)


def seated(baseline: Baseline, assumed: Assumed) -> Seats:
    """Who sits where before any lever moves."""
    pools, found = baseline.pools, bodies(baseline, assumed["bodies_county"])
    by_bodies = _share_of_tier(found, pools)
    people, officers = base_seats(baseline, assumed, by_bodies)
    tier_share = (officers @ pools.of_tier) / np.maximum(people @ pools.of_tier, 1e-9)
    return Seats(found, by_bodies, people, officers, _share_of_tier(people, pools), tier_share)


def movable(baseline: Baseline) -> np.ndarray:
    """Whole people that each pool can spare in the central case, (pools,)."""
    return np.floor(seated(baseline, central_draw(baseline.assumptions)).spare[0])


@dataclass(frozen=True, eq=False)
class Flows:
    """Heads that go and come, (draws, pools): people who leave, officers among them; people who come, and among them
    officers who moved and new ones."""

    left: np.ndarray
    officers_left: np.ndarray
    came: np.ndarray
    moved: np.ndarray
    new: np.ndarray

    def __add__(self, more: "Flows") -> "Flows":
        """These and more, who go and come beside them."""
        return Flows(*(getattr(self, part.name) + getattr(more, part.name) for part in fields(Flows)))


def staffing(baseline: Baseline, assumed: Assumed, settings: Settings, base: Seats | None = None) -> Staff:
    """Staff of every pool under the settings; at base settings the base year. `base` spares the caller who has it
    the base year's seats."""
    base = base or seated(baseline, assumed)
    return after(flows(base, baseline, settings), base, baseline, assumed, settings)


def flows(base: Seats, baseline: Baseline, settings: Settings) -> Flows:
    """Who leaves and who comes under the levers of people: what the moves by pool say, the rest of each tier's change
    from those who can be spared and to where the spread sends."""
    spread = _spread(settings.staff_spread, base.by_bodies, baseline)
    moves = _moves(settings.staff_moves, baseline)
    return moved(moves[None], open_change(settings)[None], spread, base, baseline.pools)


def moved(moves: np.ndarray, change: np.ndarray, spread: np.ndarray, base: Seats, pools: Pools) -> Flows:
    """Who leaves and who comes: `moves` (draws or 1, pools) as they say, `change` (draws or 1, 3) from those who can be
    spared and by `spread` (draws or 1, pools).

    Movers keep their role, so moving people conserves officers. What comes beyond what others gave is new, with the
    frontline share of the tier it comes to.
    """
    sent = np.minimum(np.maximum(-moves, 0.0), base.spare)
    rest = base.spare - sent
    leaving = np.minimum(np.maximum(-change, 0.0), rest @ pools.of_tier)
    left = sent + _to_pools(leaving, pools) * _share_of_tier(rest, pools)
    officers_left = base.officers_among(left)

    wanted, given = (
        sum(np.maximum(sign * heads, 0.0).sum(axis=1, keepdims=True) for heads in (change, moves)) for sign in (1, -1)
    )
    to_tier, to_pool = (np.maximum(heads, 0.0) / np.maximum(wanted, 1e-9) for heads in (change, moves))
    passed_on = np.minimum(1.0, wanted / np.maximum(given, 1e-9))
    added = np.maximum(0.0, wanted - given)

    def arrived(heads: np.ndarray, part: np.ndarray | float = 1.0) -> np.ndarray:
        return _to_pools(to_tier, pools) * heads * part * spread + to_pool * heads * part

    all_left, all_officers_left = (heads.sum(axis=1, keepdims=True) for heads in (left, officers_left))
    return Flows(
        left,
        officers_left,
        came=arrived(all_left * passed_on + added),
        moved=arrived(all_officers_left, passed_on),
        new=arrived(added, _to_pools(base.tier_share, pools)),
    )


def people_moved(changes: np.ndarray) -> np.ndarray:
    """People who go from one pool to another, (...), under changes of people by pool (..., pools).

    New and cut posts are no moves: of people added and people taken the fewer count.

    >>> people_moved(np.array([[-3.0, 5.0], [-3.0, 1.0]])).tolist()
    [3.0, 1.0]
    """
    added, taken = (np.maximum(sign * changes, 0.0).sum(axis=-1) for sign in (1, -1))
    return np.minimum(added, taken)


def new_people(people: np.ndarray, base: Seats, pools: Pools) -> Flows:
    """New posts in each pool, (draws, pools), with the frontline share of its tier."""
    nobody = np.zeros_like(people)
    return Flows(nobody, nobody, people, nobody, people * _to_pools(base.tier_share, pools))


def after(moves: Flows, base: Seats, baseline: Baseline, assumed: Assumed, settings: Settings) -> Staff:
    """Staff once the moves are made, people have come from approvals and officers from the desk."""
    pools = baseline.pools
    approvals = settings.from_approvals * base.resident * pools.of_tier[:, COUNTY]
    people = base.people - moves.left + moves.came + approvals
    new = moves.new + approvals * _to_pools(base.tier_share, pools)
    frontline = base.officers - moves.officers_left + moves.moved + new
    shifted, freed = _from_desk(baseline, assumed, settings, people, frontline, base.bodies)
    gained = np.maximum(shifted, 0.0) * (1 - assumed["backfill_share"]) + np.maximum(freed, 0.0)
    return Staff(
        people=people,
        frontline=frontline + shifted + freed,
        bodies=base.bodies,
        reviewers=_reviewers(people - frontline - shifted, assumed, settings, pools, base.resident),
        base_officers=base.officers,
        moved=moves.moved + gained,
        new=new,
        lost=moves.officers_left - np.minimum(shifted, 0.0) - np.minimum(freed, 0.0),
    )


def open_change(settings: Settings) -> np.ndarray:
    """What of each tier's change the moves by pool do not account for, (3,): people above 0 go where `staff.spread`
    says, people below 0 leave by who can be spared."""
    stated = dict.fromkeys(TIERS, 0.0)
    for pool, people in settings.staff_moves.items():
        stated[pool.partition(".")[0]] += people
    return np.array(settings.staff_change) - np.array(list(stated.values()))


def _moves(table: Mapping[str, float], baseline: Baseline) -> np.ndarray:
    """People added to or taken from each pool by the table, (pools,). KeyError for a pool that does not exist."""
    if unknown := table.keys() - set(baseline.pool_keys):
        raise KeyError(f"no such pool: {', '.join(sorted(unknown))}")
    return np.array([table.get(pool, 0.0) for pool in baseline.pool_keys])


def _from_desk(
    baseline: Baseline,
    assumed: Assumed,
    settings: Settings,
    people: np.ndarray,
    frontline: np.ndarray,
    seats: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Officers who come from the desk by the frontline-share levers and by merging (negative: who go back), (draws,
    pools) each."""
    pools, share = baseline.pools, frontline / np.maximum(people, 1e-9)
    wanted = np.empty_like(share)
    for tier, where in enumerate(pools.slices):
        base = baseline.derived[f"frontline_share_{TIERS[tier]}"]
        wanted[:, where] = stretched(share[:, where], settings.frontline_share[tier], base)
    shifted = (wanted - share) * people
    released = (settings.merged_bodies - baseline.derived["bodies_merged"]) * assumed["merge_release"]
    freed = released * seats / baseline.derived["bodies_total"]
    return shifted, np.clip(freed, -(frontline + shifted), people - frontline - shifted)


def _reviewers(
    desk: np.ndarray, assumed: Assumed, settings: Settings, pools: Pools, resident: np.ndarray
) -> np.ndarray:
    """Legal reviewers: a share of the desk plus those the lever adds, never more than the desk, and none where all of
    it went to the front line but for rounding. Merging frees other desk work, not reviewers."""
    added = np.array(settings.review_staff)[pools.tier] * resident
    return np.clip(assumed["reviewer_share"] * desk + added, 0.0, np.where(desk > NOBODY, desk, 0.0))


def _spread(choice: str | Mapping[str, float], by_bodies: np.ndarray, baseline: Baseline) -> np.ndarray:
    """Share of a tier's arrivals that each pool receives; shape (draws or 1, pools)."""
    pools = baseline.pools
    if choice == "bodies":
        return by_bodies
    if isinstance(choice, str):
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

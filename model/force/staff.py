"""People, officers and reviewers of every pool, in the base year and after a scenario's moves."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from model.evidence.baseline import COUNTY, TIERS, Baseline, Pools
from model.evidence.draws import Assumed, Quantity
from model.evidence.pools import over_pools
from model.force.movers import Movers, movers_of
from model.force.seats import Seats, base_year_seats, share_of_tier, to_pools
from model.scenario.levers import stretched
from model.scenario.settings import Settings

NOBODY = 1e-9
"""Heads below this are rounding error, not people."""

STAFFING = (
    "staff_change",
    "staff_spread",
    "staff_movers",
    "staff_moves",
    "from_approvals",
    "frontline_share",
    "merged_bodies",
    "review_staff",
)
"""The settings that decide who sits where: all that `staffing` looks at."""


@dataclass(frozen=True, eq=False)
class Staff:
    """Heads by pool, all of shape (draws, pools).

    `base_officers` + `moved` + `new` - `lost` are the officers whose time counts (`working_officers`): `moved` come
    from another tier or from the desk (less the desk work that follows them), `new` must first earn a licence, `lost`
    left the front line. `frontline` counts heads, also those whom desk work has followed. `helpers` go along on visits.
    """

    people: np.ndarray
    frontline: np.ndarray
    bodies: np.ndarray
    reviewers: np.ndarray
    base_officers: np.ndarray
    moved: np.ndarray
    new: np.ndarray
    lost: np.ndarray
    helpers: Quantity

    @property
    def working_officers(self) -> np.ndarray:
        """Officers whose time counts, never below 0."""
        return np.maximum(self.base_officers + self.moved + self.new - self.lost, 0.0)


@dataclass(frozen=True, eq=False)
class Flows:
    """Heads that leave and reach each pool, (draws, pools) each.

    `left` are people who leave, `officers_left` the officers among them; `came` people who arrive, `moved` and `new`
    the officers among them who moved and who are new. `desk_moved` are desk staff who move in less those who move out.
    """

    left: np.ndarray
    officers_left: np.ndarray
    came: np.ndarray
    moved: np.ndarray
    new: np.ndarray
    desk_moved: np.ndarray

    def __add__(self, more: "Flows") -> "Flows":
        """The heads of both together."""
        return Flows(*(getattr(self, part.name) + getattr(more, part.name) for part in fields(Flows)))


def staffing(baseline: Baseline, assumed: Assumed, settings: Settings, base: Seats | None = None) -> Staff:
    """Staff of every pool under the settings; at base settings the base year's.

    `base`, the base year's seats, is computed unless given.
    """
    base = base or base_year_seats(baseline, assumed)
    return staff_after(flows(base, baseline, assumed, settings), base, baseline, assumed, settings)


def flows(base: Seats, baseline: Baseline, assumed: Assumed, settings: Settings) -> Flows:
    """Heads that leave and reach each pool under the levers of people.

    Moves by pool count as they stand; the rest of a tier's change leaves where people can be spared and goes where the
    spread sends it.
    """
    spread = _spread(settings.staff_spread, base, baseline)
    moves = _moves(settings.staff_moves, baseline)
    movers = movers_of(settings, assumed)
    return flows_of(moves[None], open_change(settings)[None], spread, base, baseline.pools, movers)


def flows_of(
    moves: np.ndarray, change: np.ndarray, spread: np.ndarray, base: Seats, pools: Pools, movers: Movers
) -> Flows:
    """Heads that leave and reach each pool under moves by pool and changes by tier.

    `moves` (draws or 1, pools) count as they stand; people leave by `change` (draws or 1, 3) where they can be spared
    and arrive by `spread` (draws or 1, pools). Movers keep their role, so moving people conserves officers. Arrivals
    beyond those who left are new people, with the frontline share of the tier they come to; leavers beyond those who
    arrive are posts cut, which add up in every draw: what one pool cannot spare, all others give as far as they can.
    """
    additions, cuts = (
        over_pools(np.maximum(sign * change, 0.0))[:, None] + over_pools(np.maximum(sign * moves, 0.0))[:, None]
        for sign in (1, -1)
    )
    new_posts, posts_cut = np.maximum(additions - cuts, 0.0), np.maximum(cuts - additions, 0.0)
    left = _leavers(moves, change, posts_cut / np.maximum(cuts, 1e-9), cuts, base, pools)
    all_left = over_pools(left)[:, None]
    placed = np.maximum(all_left - posts_cut, 0.0)
    moving = left * (placed / np.maximum(all_left, 1e-9))

    to_tier, to_pool = (np.maximum(heads, 0.0) / np.maximum(additions, 1e-9) for heads in (change, moves))
    arriving = to_pools(to_tier, pools) * spread + to_pool
    officers = base.officers_moving(left, moving, base.toward(arriving, pools), movers)
    all_officers = over_pools(officers)[:, None]
    return Flows(
        left=left,
        officers_left=base.officers_among(left - moving) + officers,
        came=arriving * (placed + new_posts),
        moved=arriving * all_officers,
        new=arriving * new_posts * to_pools(base.tier_share, pools),
        desk_moved=arriving * (placed - all_officers) - (moving - officers),
    )


def _leavers(
    moves: np.ndarray, change: np.ndarray, cut_share: np.ndarray, cuts: np.ndarray, base: Seats, pools: Pools
) -> np.ndarray:
    """People who leave each pool, (draws, pools): by the levers, and for posts cut in vain.

    Posts cut in vain are those that the pools asked cannot spare. `cut_share` is the share of posts cut among those
    asked to leave, `cuts`, both (draws or 1, 1).
    """
    by_move = np.minimum(np.maximum(-moves, 0.0), base.spare)
    rest = base.spare - by_move
    by_change = np.minimum(np.maximum(-change, 0.0), rest @ pools.of_tier)
    left = by_move + to_pools(by_change, pools) * share_of_tier(rest, pools)
    missing = cut_share * (cuts - over_pools(left)[:, None])
    if not (missing > NOBODY).any():
        return left
    rest = base.spare - left
    all_rest = over_pools(rest)[:, None]
    return left + np.minimum(missing, all_rest) * (rest / np.maximum(all_rest, 1e-9))


def people_moved(changes: np.ndarray) -> np.ndarray:
    """People who go from one pool to another, (...), under changes of people by pool (..., pools).

    New and cut posts are no moves: of people added and people taken the fewer count.

    >>> people_moved(np.array([[-3.0, 5.0], [-3.0, 1.0]])).tolist()
    [3.0, 1.0]
    """
    additions, cuts = (np.maximum(sign * changes, 0.0).sum(axis=-1) for sign in (1, -1))
    return np.minimum(additions, cuts)


def new_people(people: np.ndarray, base: Seats, pools: Pools) -> Flows:
    """The flows of new posts in each pool, (draws, pools), with the frontline share of its tier."""
    nobody = np.zeros_like(people)
    return Flows(nobody, nobody, people, nobody, people * to_pools(base.tier_share, pools), nobody)


def staff_after(moves: Flows, base: Seats, baseline: Baseline, assumed: Assumed, settings: Settings) -> Staff:
    """Staff after the moves, with people from approvals and officers from the desk."""
    pools = baseline.pools
    approvals = settings.from_approvals * base.resident * pools.of_tier[:, COUNTY]
    people = base.people - moves.left + moves.came + approvals
    new = moves.new + approvals * to_pools(base.tier_share, pools)
    frontline = base.officers - moves.officers_left + moves.moved + new
    shifted, freed = _from_desk(baseline, assumed, settings, people, frontline, base.bodies)
    gained = np.maximum(shifted, 0.0) * (1 - assumed["backfill_share"]) + np.maximum(freed, 0.0)
    return Staff(
        people=people,
        frontline=frontline + shifted + freed,
        bodies=base.bodies,
        reviewers=_reviewers(people - frontline - shifted, moves.desk_moved, assumed, settings, pools, base.resident),
        base_officers=base.officers,
        moved=moves.moved + gained,
        new=new,
        lost=moves.officers_left - np.minimum(shifted, 0.0) - np.minimum(freed, 0.0),
        helpers=base.helpers,
    )


def open_change(settings: Settings) -> np.ndarray:
    """People of each tier's change that the moves by pool leave open, (3,).

    People above 0 go where `staff.spread` sends them; people below 0 leave where they can be spared.
    """
    by_moves = dict.fromkeys(TIERS, 0.0)
    for pool, people in settings.staff_moves.items():
        by_moves[pool.partition(".")[0]] += people
    return np.array(settings.staff_change) - np.array(list(by_moves.values()))


def _moves(table: Mapping[str, float], baseline: Baseline) -> np.ndarray:
    """People that the table adds to or takes from each pool, (pools,).

    KeyError for a pool that does not exist.
    """
    if unknown := table.keys() - set(baseline.pool_keys):
        raise KeyError(f"no such pool: {', '.join(sorted(unknown))}")
    return np.array([table.get(pool, 0.0) for pool in baseline.pool_keys])


def _from_desk(
    baseline: Baseline,
    assumed: Assumed,
    settings: Settings,
    people: np.ndarray,
    frontline: np.ndarray,
    bodies_by_pool: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Officers who come from the desk by the frontline-share levers, and by merging; (draws, pools) each.

    Below 0 are officers who go back to the desk.
    """
    pools, share = baseline.pools, frontline / np.maximum(people, 1e-9)
    new_share = np.empty_like(share)
    for tier, of_tier in enumerate(pools.slices):
        base = baseline.derived[f"frontline_share_{TIERS[tier]}"]
        new_share[:, of_tier] = stretched(share[:, of_tier], settings.frontline_share[tier], base)
    shifted = (new_share - share) * people
    released = (settings.merged_bodies - baseline.derived["bodies_merged"]) * assumed["merge_release"]
    freed = released * bodies_by_pool / assumed.get("bodies_total", baseline.derived["bodies_total"])
    return shifted, np.clip(freed, -(frontline + shifted), people - frontline - shifted)


def _reviewers(
    desk: np.ndarray,
    desk_moved: np.ndarray,
    assumed: Assumed,
    settings: Settings,
    pools: Pools,
    resident: np.ndarray,
) -> np.ndarray:
    """Legal reviewers: a share of the desk and those whom the lever adds, never more than the desk.

    None where all of the desk but for rounding went to the front line. Merging frees other desk work, not reviewers.
    Where reviewers stay, desk staff who move leave the number of reviewers as it is, here and there.
    """
    added = np.array(settings.review_staff)[pools.tier] * resident
    of_desk = desk - desk_moved if settings.staff_movers == "reviewers_stay" else desk
    return np.clip(assumed["reviewer_share"] * of_desk + added, 0.0, np.where(desk > NOBODY, desk, 0.0))


def _spread(choice: str | Mapping[str, float], base: Seats, baseline: Baseline) -> np.ndarray:
    """Share of a tier's arrivals that each pool receives; shape (draws or 1, pools)."""
    if choice == "bodies":
        return base.by_bodies
    if isinstance(choice, str):
        return base.tier_need
    weights = np.array([choice.get(p.id, 0.0) for p in baseline.prefectures], float)
    by_province = np.array(
        [
            sum(w for w, p in zip(weights, baseline.prefectures, strict=True) if p.province == name)
            for name in baseline.provinces
        ]
    )
    by_pool = np.concatenate([by_province, weights, weights[baseline.pools.with_counties]])[None, :] / weights.sum()
    if not len(baseline.pools.without_counties):
        return by_pool
    share = share_of_tier(by_pool, baseline.pools)
    # Nobody can come to the counties of places that have none.
    return np.where(to_pools(by_pool @ baseline.pools.of_tier, baseline.pools) > 0, share, base.by_bodies)

"""Where people should sit: the staffing problem as a programme over the pools (method, section 14)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import CITY, COUNTY, TIERS, Pools
from model.force.staff import movable
from model.scenario.levers import levers
from model.search.aims.limits import Limits
from model.search.aims.objective import Criteria, Objective
from model.search.programme.linear_programme import Programme, Term
from model.search.programme.response import Case, Response, lines
from model.year.measures import regulated_units

SOFT_DAYS, SOFT_FILES, SOFT_VISITS = 100.0, 10.0, 100.0
"""Where nothing fits: so many field days, files in review or visits missing weigh as one person too many moved."""

Expression = tuple[list[Term], float]
"""A linear expression: terms and a constant."""


@dataclass(frozen=True, eq=False)
class Moves:
    """Variables of people taken from and added to each pool, shared by all draws, and how far they go, (pools,)."""

    out: np.ndarray
    into: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def people(self, weights: np.ndarray | float) -> list[Term]:
        """People added less people taken, weighted by pool."""
        return [(self.into, weights), (self.out, -np.asarray(weights))]


def moves(programme: Programme, case: Case, limits: Limits) -> Moves:
    """Add who moves: from pools with people to spare, the new posts in all, within the limits."""
    low, high = reach(case, limits)
    count, posts = len(low), float(case.settings.staff_new_posts)
    out = programme.variables("out", count, high=-low)
    into = programme.variables("into", count, high=high)
    added = Moves(out, into, low, high)
    programme.rows("posts", (into[None], 1.0), (out[None], -1.0), low=posts, high=posts, soft=1.0)
    if limits.most_moved is not None:
        programme.rows("most moved", ((out if posts >= 0 else into)[None], 1.0), high=limits.most_moved, soft=1.0)
    for tier, where, (least, most) in zip(TIERS, case.pools.slices, tier_bounds(case, limits).T, strict=True):
        terms = (into[None, where], 1.0), (out[None, where], -1.0)
        programme.rows(f"people of {tier}", *terms, low=least, high=most, soft=1.0)
    return added


def tier_bounds(case: Case, limits: Limits) -> np.ndarray:
    """The fewest and most people that may be added to each tier, (2, 3): those of the lever or narrower ones."""
    table = levers(case.base.baseline)
    own = np.array([[table[f"staff.change.{tier}"].low, table[f"staff.change.{tier}"].high] for tier in TIERS]).T
    asked = np.array([limits.tiers.get(tier, (-np.inf, np.inf)) for tier in TIERS]).T
    return np.stack([np.maximum(own[0], asked[0]), np.minimum(own[1], asked[1])])


def moved_by(plans: np.ndarray) -> np.ndarray:
    """People who go from one pool to another under plans (plans, pools), (plans,)."""
    return np.minimum(*(np.maximum(sign * plans, 0.0).sum(axis=1) for sign in (1, -1)))


def reach(case: Case, limits: Limits) -> tuple[np.ndarray, np.ndarray]:
    """The fewest and most people that may be added to each pool, whole numbers (pools,)."""
    people, posts = case.seats.people[0], float(case.settings.staff_new_posts)
    wider = abs(posts) / max(people.sum(), 1.0)
    down, up = (np.ceil((limits.pool_change + extra) * people) for extra in (wider * (posts < 0), wider * (posts > 0)))
    spare = np.minimum(movable(case.base.baseline), np.floor(case.seats.spare[0]))
    most = np.inf if limits.most_moved is None else limits.most_moved + abs(posts)
    return -np.minimum(np.minimum(down, spare), most), np.minimum(up, most)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a year brings in one draw, as variables. Of shape (pools,): `visits` (below 0 where a pool has no time even
    for what comes first), `gained` (files in time that the people of a pool gain their place) and `short` (visits
    missing of the legal minimum). Of shape (1,): the `fewest` visits of any prefecture, as if it had the `mean_units`;
    by name `shifts`, units more of what is common to all than where it was asked. `credited` (pools,) are those who
    leave a pool of `rich` and, as it has more officers than the mean of those who come, raise that mean."""

    response: Response
    moves: Moves
    visits: np.ndarray
    gained: np.ndarray
    short: np.ndarray
    fewest: np.ndarray
    mean_units: float
    credited: np.ndarray
    rich: np.ndarray
    shifts: Mapping[str, np.ndarray]

    def files(self) -> Expression:
        return [(self.shifts["files"], 1.0)], self.response.files

    def of(self, criterion: str) -> Expression:
        """A criterion of `Objective`, exact where the response was asked."""
        now = float(self.response.criteria[criterion][0])
        if criterion == "visits":
            return [(self.visits, 1.0)], 0.0
        if criterion == "worst_off":
            return [(self.fewest, 1 / self.mean_units)], 0.0
        if criterion == "on_time":
            return [(self.gained, 1.0), *self._shifted("in_time", 1.0)], now
        # Met is 1 - short / owed: what is short counts against it; where some is, more owed makes it a smaller part.
        here, owed = self.response.now, self.response.owed
        part = (1 - now) / owed
        slopes = part * _slopes(self.response, "owed")
        short = np.maximum(here["owed"] - here["visits"], 0.0).sum()
        start = now + short / owed - float(slopes @ self.response.at)
        return [(self.short, -1 / owed), *self.moves.people(slopes), *self._shifted("owed", part)], start

    def goal(self, goal: Objective, against: Criteria) -> Expression:
        parts = [(unit, *self.of(name)) for name, unit in goal.units(against).items()]
        terms = [(columns, unit * np.asarray(weights)) for unit, part, _ in parts for columns, weights in part]
        return terms, sum(unit * constant for unit, _, constant in parts)

    def _shifted(self, quantity: str, factor: float) -> list[Term]:
        changes = self.response.shifts
        return [(column, factor * changes[name][quantity].sum()) for name, column in self.shifts.items()]


def outcome(
    programme: Programme,
    moves: Moves,
    case: Case,
    response: Response,
    limits: Limits,
    files: float | None = None,
) -> Outcome:
    """Add what a year brings in one draw when people move, within the limits; the `fewest` visits of any prefecture
    with so many `files` where given."""
    pools, count = case.pools, len(case.pools)
    units = regulated_units(pools, case.base.assumed)[0]
    added = Outcome(
        response,
        moves,
        visits=programme.variables("visits", count, low=-np.inf),
        gained=programme.variables("gained", count, low=-np.inf),
        short=programme.variables("short", count, high=case.short_most[0] if limits.keeps_minimum else np.inf),
        fewest=programme.variables("fewest", 1),
        mean_units=float(units.mean()),
        credited=programme.variables("credited", count, high=0.0),
        rich=(response.at == 0) & (response.mixing > 0),
        shifts={name: programme.variables(name, 1, low=-np.inf) for name in response.shifts},
    )
    _answers(programme, added)
    _mix(programme, added)
    _files(programme, added)
    _rules(programme, added, case)
    _fewest(programme, added, units, pools, files)
    _least(programme, added, limits)
    return added


def _fewest(programme: Programme, added: Outcome, units: np.ndarray, pools: Pools, files: float | None) -> None:
    """The fewest visits of any prefecture; with so many `files` where given."""
    _, cities, counties = pools.slices
    of_place = np.stack([added.visits[cities], added.visits[counties]], axis=1)
    fewest = np.repeat(added.fewest, len(units)), units / added.mean_units
    if files is None:
        programme.rows("fewest visits", fewest, (of_place, -1.0), high=0.0)
        return
    by_file = added.response.shifts["files"]["visits"]
    by_file = by_file[cities] + by_file[counties]
    as_given = np.repeat(added.shifts["files"], len(units)), by_file
    high = by_file * (files - added.response.files)
    programme.rows("fewest visits", fewest, (of_place, -1.0), as_given, high=high)


def _answers(programme: Programme, added: Outcome) -> None:
    """Visits and files in time, under what a pool can do with its people."""
    response = added.response
    pool, intercepts, slopes = _hulls(response.grid, response.own["visits"], response.steady)
    programme.rows(
        "field time",
        (added.visits[pool], 1.0),
        *_by_people(added.moves, pool, -slopes),
        *_by_shift(added, "visits", pool, -1.0),
        high=intercepts,
        of=pool,
    )
    pool, intercepts, slopes = _hulls(response.grid, response.own["in_time"], response.steady)
    gained = (added.gained[pool], 1.0)
    programme.rows("in time", gained, *_by_people(added.moves, pool, -slopes), high=intercepts, of=pool)


def _mix(programme: Programme, added: Outcome) -> None:
    """Officers among those who come, as they follow from who leaves.

    Where nobody goes yet and officers are many, whoever leaves raises the share, and a programme would send people out
    and others in, which does so on paper only. There they are `credited` only where nobody may come.
    """
    response, (into, out) = added.response, (added.moves.into[None], added.moves.out[None])
    leaves = response.at < 0
    credit = np.where(leaves, response.mixing, np.minimum(response.mixing, 0.0))
    at = -float(response.mixing @ np.maximum(-response.at, 0.0))
    rich = np.where(added.rich, response.mixing, 0.0)
    terms = (out, -credit), (into, np.where(leaves, credit, 0.0)), (added.credited[None], -rich)
    programme.rows("mix", (added.shifts["mix"], 1.0), *terms, low=at, high=at)
    programme.rows("credited", (added.credited, 1.0), (added.moves.out, -1.0), high=0.0)


def _files(programme: Programme, added: Outcome) -> None:
    """Files as they follow from people, by what all pools can visit (a programme for another goal lets some visit
    less)."""
    response, changes = added.response, added.response.shifts
    slopes = response.files_per_visit * _slopes(response, "visits")
    brought = {name: response.files_per_visit * change["visits"].sum() for name, change in changes.items()}
    made = {name: brought[name] + float(change.get("made", 0.0)) for name, change in changes.items()}
    people = [(columns[None], -weights) for columns, weights in added.moves.people(slopes)]
    shifts = [(column, (name == "files") - made[name]) for name, column in added.shifts.items()]
    at = -float(slopes @ response.at)
    programme.rows("files", *people, *shifts, low=at, high=at)


def _rules(programme: Programme, added: Outcome, case: Case) -> None:
    """A steady state in investigation and in legal review, and the legal minimum."""
    response = added.response
    pool, intercepts, slopes = _hulls(response.grid, response.own["spare_days"])
    programme.rows(
        "investigation",
        *_by_people(added.moves, pool, slopes),
        *_by_shift(added, "spare_days", pool, 1.0),
        low=-intercepts,
        soft=SOFT_DAYS,
        of=pool,
    )
    pool, intercepts, slopes = _hulls(response.grid, response.own["spare_review"])
    # What the counties of a city keep from its review, on the straight line.
    tier, counties = case.pools.tier, case.pools.slices[COUNTY]
    own_counties = np.where(tier == CITY, np.arange(len(tier)) + counties.stop - counties.start, 0)[pool]
    kept = np.where(tier == CITY, 1.0, 0.0)[pool] * response.across[own_counties]
    programme.rows(
        "legal review",
        *_by_people(added.moves, pool, slopes),
        *_by_people(added.moves, own_counties, kept),
        *_by_shift(added, "spare_review", pool, 1.0),
        low=kept * response.at[own_counties] - intercepts,
        soft=SOFT_FILES,
        of=pool,
    )
    pool, intercepts, slopes = _hulls(response.grid, -response.own["owed"])
    programme.rows(
        "legal minimum",
        (added.visits[pool], 1.0),
        (added.short[pool], 1.0),
        *_by_people(added.moves, pool, slopes),
        *_by_shift(added, "owed", pool, -1.0),
        low=-intercepts,
        soft=SOFT_VISITS,
        of=pool,
    )


def _least(programme: Programme, added: Outcome, limits: Limits) -> None:
    """What the planner asks at least of the year."""
    for name, value in limits.least.items():
        if name == "on_time_share":
            (terms, constant), (files, filed) = added.of("on_time"), added.files()
            terms = terms + [(columns, -value * np.asarray(weights)) for columns, weights in files]
            low = value * filed - constant
            unit = 0.01 * filed
        else:
            terms, constant = added.of(name)
            low, unit = value - constant, 0.01 * max(abs(value), 1e-9)
        programme.rows(f"least {name}", *((columns[None], weights) for columns, weights in terms), low=low, soft=unit)


def _by_people(moves: Moves, pool: np.ndarray, weights: np.ndarray) -> list[Term]:
    """In a row each: the people added to a pool, less those taken."""
    return [(moves.into[pool], weights), (moves.out[pool], -weights)]


def _by_shift(added: Outcome, quantity: str, pool: np.ndarray, sign: float) -> list[Term]:
    changes = added.response.shifts
    return [(column, sign * changes[name][quantity][pool]) for name, column in added.shifts.items()]


def _hulls(
    grid: np.ndarray, values: np.ndarray, where: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pool, intercept and slope of every line over which the hull of no pool's values passes, taken over the points
    `where` says."""
    where = np.ones(grid.shape, bool) if where is None else where
    by_pool = [lines(grid[where[:, p], p], values[where[:, p], p]) for p in range(grid.shape[1])]
    pool = np.repeat(np.arange(len(by_pool)), [len(slopes) for _, slopes in by_pool])
    intercepts, slopes = (np.concatenate(parts) for parts in zip(*by_pool, strict=True))
    return pool, intercepts, slopes


def _slopes(response: Response, quantity: str) -> np.ndarray:
    """What one person more in each pool changes of a quantity around where it was asked, (pools,)."""
    grid, values = response.grid, response.own[quantity]
    step = np.maximum((grid[-1] - grid[0]) / (len(grid) - 1), 1.0)
    ends = np.clip(response.at - step, grid[0], grid[-1]), np.clip(response.at + step, grid[0], grid[-1])
    low, high = (np.array([np.interp(end[p], grid[:, p], values[:, p]) for p in range(len(end))]) for end in ends)
    return (high - low) / np.maximum(ends[1] - ends[0], 1e-9)

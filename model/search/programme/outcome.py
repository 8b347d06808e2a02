"""What a year brings when people move, as variables and rows of a programme (method, section 14)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import CITY, Pools
from model.search.aims.limits import ONE_PERSON, TARGET_PART, Limits
from model.search.aims.objective import Criteria, Objective
from model.search.programme.linear_programme import Programme, Term
from model.search.programme.moves import Moves
from model.search.programme.response import Case, Response, concave_lines

Expression = tuple[list[Term], float]
"""A linear expression: terms and a constant."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a year brings in one draw, as variables of a programme around the plan of a `response`.

    Of shape (pools,): `visits` a year (below 0 where a pool has no time even for what comes first), `gained` (files in
    time that the people of a pool gain for their place), `short` (visits missing of the legal minimum) and `credited`
    (those who leave a pool of `rich`, (pools,) true where a pool has more officers than the mean of those who come, and
    so raise that mean). Of shape (1,): the `fewest` visits of any prefecture, as if it had the `mean_units`; by name
    `shifts`, units more than at that plan of what is common to all pools.
    """

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
        """Files a year."""
        return [(self.shifts["files"], 1.0)], self.response.files

    def of(self, criterion: str) -> Expression:
        """A criterion of `Objective`, exact at the plan of the response."""
        now = float(self.response.criteria[criterion][0])
        if criterion == "visits":
            return [(self.visits, 1.0)], 0.0
        if criterion == "worst_off":
            return [(self.fewest, 1 / self.mean_units)], 0.0
        if criterion == "on_time":
            return [(self.gained, 1.0), *self._shifted("in_time", 1.0)], now
        # The duty met is 1 - short / owed: visits short count against it; more visits owed make them a smaller part.
        here, owed = self.response.now, self.response.owed
        part = (1 - now) / owed
        slopes = part * _slopes(self.response, "owed")
        short = np.maximum(here["owed"] - here["visits"], 0.0).sum()
        start = now + short / owed - float(slopes @ self.response.at)
        return [(self.short, -1 / owed), *self.moves.change(slopes), *self._shifted("owed", part)], start

    def worth(self, objective: Objective, against: Criteria) -> Expression:
        """What the year is worth by an objective; `against` as in `Objective.units`."""
        parts = [(unit, *self.of(name)) for name, unit in objective.units(against).items()]
        terms: list[Term] = [
            (columns, unit * np.asarray(weights)) for unit, part, _ in parts for columns, weights in part
        ]
        return terms, sum((unit * constant for unit, _, constant in parts), 0.0)

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
    """Add to a programme what a year brings in one draw when people move, within the limits.

    The `fewest` visits of any prefecture are those with so many `files` a year, where given.
    """
    pools, count = case.pools, len(case.pools)
    units = case.base.year.work.room.units[0]
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
    _add_work(programme, added)
    _add_mix(programme, added)
    _add_files(programme, added)
    _add_rules(programme, added, case)
    _add_fewest(programme, added, units, pools, files)
    _add_least(programme, added, limits)
    return added


def _add_fewest(programme: Programme, added: Outcome, units: np.ndarray, pools: Pools, files: float | None) -> None:
    """The fewest visits of any prefecture, with so many `files` where given."""
    cities, own = pools.slices[CITY], pools.own_counties[pools.slices[CITY]]
    # A city without counties stands in for them, with weight 0.
    visits = np.stack([added.visits[cities], np.where(own >= 0, added.visits[own], added.visits[cities])], axis=1)
    of_place = visits, np.stack([-np.ones(len(own)), -np.where(own >= 0, 1.0, 0.0)], axis=1)
    fewest = np.repeat(added.fewest, len(units)), units / added.mean_units
    replaced = pools.by_place(added.response.replaced)
    if files is None:
        programme.rows("fewest visits", fewest, of_place, high=replaced)
        return
    by_file = pools.by_place(added.response.shifts["files"]["visits"])
    as_given = np.repeat(added.shifts["files"], len(units)), by_file
    high = by_file * (files - added.response.files) + replaced
    programme.rows("fewest visits", fewest, of_place, as_given, high=high)


def _add_work(programme: Programme, added: Outcome) -> None:
    """Visits and files in time, no more than a pool can do with its people."""
    response = added.response
    pool, intercepts, slopes = _hulls(response.grid, response.own["visits"], response.steady)
    programme.rows(
        "field time",
        (added.visits[pool], 1.0),
        *added.moves.change_in_rows(pool, -slopes),
        *_by_shift(added, "visits", pool, -1.0),
        high=intercepts,
        of=pool,
    )
    pool, intercepts, slopes = _hulls(response.grid, response.own["in_time"], response.steady)
    gained = (added.gained[pool], 1.0)
    programme.rows("in time", gained, *added.moves.change_in_rows(pool, -slopes), high=intercepts, of=pool)


def _add_mix(programme: Programme, added: Outcome) -> None:
    """The share of officers among those who come, as it follows from who leaves.

    From a pool with many officers that nobody leaves yet, whoever leaves raises the share: a programme would send some
    out and others in, which raises it on paper only. Such a pool is `credited` only where nobody may come to it.
    """
    response, (into, out) = added.response, (added.moves.into[None], added.moves.out[None])
    leaves = response.at < 0
    credit = np.where(leaves, response.mixing, np.minimum(response.mixing, 0.0))
    at = -float(response.mixing @ np.maximum(-response.at, 0.0))
    rich = np.where(added.rich, response.mixing, 0.0)
    terms = (out, -credit), (into, np.where(leaves, credit, 0.0)), (added.credited[None], -rich)
    programme.rows("mix", (added.shifts["mix"], 1.0), *terms, low=at, high=at)
    programme.rows("credited", (added.credited, 1.0), (added.moves.out, -1.0), high=0.0)


def _add_files(programme: Programme, added: Outcome) -> None:
    """Files as they follow from people, by the visits that all pools could make.

    A programme for another criterion than visits may let some pools visit less; files do not follow that.
    """
    response, changes = added.response, added.response.shifts
    slopes = response.files_per_visit * _slopes(response, "visits")
    by_visits = {name: float(response.files_per_visit @ change["visits"]) for name, change in changes.items()}
    by_shift = {name: by_visits[name] + float(change.get("new_files", 0.0)) for name, change in changes.items()}
    people = [(columns[None], -weights) for columns, weights in added.moves.change(slopes)]
    shifts = [(column, (name == "files") - by_shift[name]) for name, column in added.shifts.items()]
    at = -float(slopes @ response.at)
    programme.rows("files", *people, *shifts, low=at, high=at)


def _add_rules(programme: Programme, added: Outcome, case: Case) -> None:
    """A steady state in investigation and in legal review, and the legal minimum."""
    response = added.response
    pool, intercepts, slopes = _hulls(response.grid, response.own["spare_days"])
    programme.rows(
        "investigation",
        *added.moves.change_in_rows(pool, slopes),
        *_by_shift(added, "spare_days", pool, 1.0),
        low=-intercepts,
        soft=ONE_PERSON["investigation"],
        of=pool,
    )
    pool, intercepts, slopes = _hulls(response.grid, response.own["spare_review"])
    # The counties' own people keep files from their city's review, so many each on a straight line.
    own_counties = case.pools.own_counties[pool]
    county_review = np.where(own_counties >= 0, response.across[own_counties], 0.0)
    programme.rows(
        "legal review",
        *added.moves.change_in_rows(pool, slopes),
        *added.moves.change_in_rows(own_counties, county_review),
        *_by_shift(added, "spare_review", pool, 1.0),
        low=county_review * response.at[own_counties] - intercepts,
        soft=ONE_PERSON["legal review"],
        of=pool,
    )
    pool, intercepts, slopes = _hulls(response.grid, -response.own["owed"])
    programme.rows(
        "legal minimum",
        (added.visits[pool], 1.0),
        (added.short[pool], 1.0),
        *added.moves.change_in_rows(pool, slopes),
        *_by_shift(added, "owed", pool, -1.0),
        low=-intercepts,
        soft=ONE_PERSON["legal minimum"],
        of=pool,
    )


def _add_least(programme: Programme, added: Outcome, limits: Limits) -> None:
    """The least values of criteria that the planner asks for."""
    for name, value in limits.least.items():
        if name == "on_time_share":
            (terms, constant), (files, filed) = added.of("on_time"), added.files()
            terms = terms + [(columns, -value * np.asarray(weights)) for columns, weights in files]
            low = value * filed - constant
            unit = TARGET_PART * filed
        else:
            terms, constant = added.of(name)
            low, unit = value - constant, TARGET_PART * max(abs(value), 1e-9)
        programme.rows(f"least {name}", *((columns[None], weights) for columns, weights in terms), low=low, soft=unit)


def _by_shift(added: Outcome, quantity: str, pool: np.ndarray, sign: float) -> list[Term]:
    """What the shifts change of a quantity of one pool in each row, `pool` (rows,)."""
    changes = added.response.shifts
    return [(column, sign * changes[name][quantity][pool]) for name, column in added.shifts.items()]


def _hulls(
    grid: np.ndarray, values: np.ndarray, where: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pool, intercept and slope, (lines,) each, of the lines over every pool's concave hull.

    `grid` and `values` (points, pools) are people and what a pool answers; `where` says which points count.
    """
    where = np.ones(grid.shape, bool) if where is None else where
    by_pool = [concave_lines(grid[where[:, p], p], values[where[:, p], p]) for p in range(grid.shape[1])]
    pool = np.repeat(np.arange(len(by_pool)), [len(slopes) for _, slopes in by_pool])
    intercepts, slopes = (np.concatenate(parts) for parts in zip(*by_pool, strict=True))
    return pool, intercepts, slopes


def _slopes(response: Response, quantity: str) -> np.ndarray:
    """What one person more in each pool changes of a quantity around the plan of the response, (pools,)."""
    grid, values = response.grid, response.own[quantity]
    step = np.maximum((grid[-1] - grid[0]) / (len(grid) - 1), 1.0)
    ends = np.clip(response.at - step, grid[0], grid[-1]), np.clip(response.at + step, grid[0], grid[-1])
    low, high = (np.array([np.interp(end[p], grid[:, p], values[:, p]) for p in range(len(end))]) for end in ends)
    return (high - low) / np.maximum(ends[1] - ends[0], 1e-9)

"""What the pools answer when people come or go, by the model's own year: the coefficients of a programme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from model.evidence.baseline import CITY, PROVINCE, TIERS, Pools
from model.evidence.rules import Rules
from model.force.staff import Flows, Seats, Staff, after, flows, moved, new_people
from model.projection.base_year import BaseYear
from model.projection.progress import Progress
from model.scenario.levers import Value
from model.scenario.scenario import Scenario
from model.scenario.settings import Settings, settings
from model.search.aims.objective import Criteria, criteria
from model.year.budget import files_of
from model.year.year import Year, minimum_visits, year

MOST_BUSY = MOST_LOAD = 0.95
"""The committed share of field time and the load of legal review that a plan keeps to: at 1 there is no steady
state."""
PEOPLE = (*(f"staff.change.{tier}" for tier in TIERS), "staff.moves")
"""The levers that a search for a plan sets; it keeps the others."""
TRACE = 1e-6
"""People who come to every tier beside a plan, to ask who they would be."""
POINT = 0.01

Readings = Mapping[str, np.ndarray]
"""By quantity, (rows, pools): `visits`, `owed` (the planned legal minimum) and `in_time` (files decided within the
limit) a year; `spare_days` and `spare_review`, field days and files a year left under the limits of a steady state."""


@dataclass(frozen=True, eq=False)
class Case:
    """A base year in one draw, and levers but those of people. Of each pool, (1, pools): `busy_most` and `load_most`
    are what the committed share and the review load may rise to, `short_most` the visits that may be missing of the
    legal minimum. `progress` hears of every question."""

    base: BaseYear
    settings: Settings
    busy_most: np.ndarray
    load_most: np.ndarray
    short_most: np.ndarray
    progress: Progress = field(default_factory=Progress)

    @property
    def pools(self) -> Pools:
        return self.base.baseline.pools

    @property
    def seats(self) -> Seats:
        return self.base.closure.work.ground.seats

    def levers(self, people: np.ndarray) -> dict[str, Value]:
        """The levers that add `people` to the pools or take them, (pools,)."""
        table = {pool: n for pool, n in zip(self.base.baseline.pool_keys, people.tolist(), strict=True) if n}
        by_tier = zip(TIERS, (people @ self.pools.of_tier).tolist(), strict=True)
        return {f"staff.change.{tier}": n for tier, n in by_tier if n} | ({"staff.moves": table} if table else {})

    def years(self, people: np.ndarray, files: float | None = None) -> Year:
        """The model's years with `people` (rows, pools) added or taken, a row each; with so many files where given."""
        filed = None if files is None else np.full((len(people), 1), files)
        return self.ask(self._after(self._moved(people)), filed)

    def criteria(self, people: np.ndarray) -> Criteria:
        """What those years are worth, by criterion, (rows,)."""
        return criteria(self.years(people), self.base.assumed, self.pools)

    def ask(
        self,
        staff: Staff,
        filed: np.ndarray | None = None,
        changed: Mapping[str, Value] | None = None,
        rules: Rules | None = None,
    ) -> Year:
        """Years with this staff, a row each; with so many files, other levers or other rules where given."""
        self.progress.step()
        base, chosen = self.base, self.settings.with_levers(changed or {})
        return year(
            base.baseline, base.assumed, base.closure, chosen, base.reading, staff=staff, rules=rules, filed=filed
        )

    def staff(self, people: np.ndarray, mix: np.ndarray) -> Staff:
        """Staff with `people` (rows, pools) added or taken, `mix` of the arrivals being officers."""
        left, came = np.maximum(-people, 0.0), np.maximum(people, 0.0)
        return self._after(Flows(left, self.seats.officers_among(left), came, came * mix, np.zeros_like(came)))

    def with_new(self, people: np.ndarray, more: np.ndarray) -> Staff:
        """Staff with `people` (pools,) added or taken and, beside them, `more` (rows, pools) new ones of each tier's
        kind."""
        return self._after(self._moved(people[None]) + new_people(more, self.seats, self.pools))

    def _moved(self, people: np.ndarray) -> Flows:
        return moved(people, np.zeros((1, len(TIERS))), np.zeros((1, 1)), self.seats, self.pools)

    def _after(self, moves: Flows) -> Staff:
        return after(moves, self.seats, self.base.baseline, self.base.assumed, self.settings)

    def mix(self, people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Share of officers among those who would come to each pool beside `people` (pools,) who already move, and by
        how much one who leaves each pool raises it."""
        trace = np.full((1, len(TIERS)), TRACE)
        heads = moved(people[None], trace, np.ones((1, 1)), self.seats, self.pools)
        officers, came = heads.moved + heads.new, np.maximum(heads.came, 1e-15)
        among = self.seats.officers_among(np.ones_like(people)) - officers.sum() / came.sum()
        return (officers / came)[0], (among / max(came.sum(), heads.left.sum(), 1.0))[0]

    def readings(self, result: Year) -> Readings:
        plan, work, review = result.budget, result.work, result.review
        return {
            "visits": plan.visits,
            "owed": np.broadcast_to(work.planned_minimum, plan.visits.shape),
            "in_time": result.led * result.on_time,
            "spare_days": self.busy_most * plan.field_days - work.mandatory_days - plan.case_demand,
            "spare_review": self.load_most * review.capacity - review.arrivals,
        }


def open_case(base: BaseYear, scenario: Scenario, progress: Progress | None = None) -> tuple[Case, np.ndarray]:
    """The case of a scenario on a base year of one draw, and the people (pools,) that the scenario itself moves there.

    The scenario's own plan keeps within the limits: where it goes beyond them, they give way that far.
    """
    chosen = settings(scenario.levers, base.baseline)
    own = flows(base.closure.work.ground.seats, base.baseline, chosen)
    now = year(base.baseline, base.assumed, base.closure, chosen, base.reading)
    load = now.review.arrivals / np.maximum(now.review.capacity, 1e-9)
    case = Case(
        base,
        settings({id: value for id, value in scenario.levers.items() if id not in PEOPLE}, base.baseline),
        busy_most=np.maximum(now.busy, MOST_BUSY),
        load_most=np.maximum(load, MOST_LOAD),
        short_most=np.maximum(now.work.planned_minimum - now.budget.visits, 0.0),
        progress=progress or Progress(),
    )
    return case, (own.came - own.left)[0]


@dataclass(frozen=True, eq=False)
class Response:
    """How the year answers around people `at` (pools,), where `files` a year are filed.

    `now` are the readings there, `criteria` what the year is worth, `owed` all visits that the law asks then, with
    confirming ones. `own` (points, pools) are readings of a pool with the people of `grid` and as many files; its
    `in_time` counts what the whole place (a prefecture, a province's own force) gains or loses by it. `steady` (points,
    pools) says where there is a steady state; beyond, answers break off and straight lines on say more.

    `across` (pools,) is what one person more in the counties leaves its city's review, `files_per_visit` what one visit
    more brings, `mixing` (pools,) points by which one who leaves a pool raises the share of officers among who comes.
    `shifts` by name: what one unit more of something common to all changes, by quantity (pools,): `files`, one file;
    `mix`, one point of officers among those who come; others may be added, with the files `made` of the same visits.
    """

    at: np.ndarray
    grid: np.ndarray
    now: Readings
    own: Readings
    steady: np.ndarray
    across: np.ndarray
    files: float
    files_per_visit: float
    mixing: np.ndarray
    shifts: Mapping[str, Readings]
    criteria: Criteria
    owed: float


def places(pools: Pools) -> np.ndarray:
    """The place of each pool, (pools,): a province's own force, then the prefectures."""
    return np.where(pools.tier == PROVINCE, pools.place, len(pools.tier[pools.tier == PROVINCE]) + pools.place)


def respond(case: Case, at: np.ndarray, grid: np.ndarray, *, new: bool = False) -> Response:
    """Ask the model around `at` (pools,) at the people of `grid` (points, pools): all pools but the cities at once, and
    the cities apart, since a city reviews its counties' files. People beside `at` move there; or, with `new`, are new
    posts."""
    pools, points = case.pools, len(grid)
    city, now = pools.tier == CITY, case.years(at[None])
    rows = np.concatenate([np.where(city, at, grid), np.where(city, grid, at), *[at[None]] * 3])
    files, (mix, mixing) = now.budget.filed, case.mix(at)
    # The last three rows stand at the plan itself, the second of them with a file more, the third with a point of mix.
    filed, mixes = (np.repeat(np.atleast_2d(values), len(rows), axis=0) for values in (files, mix))
    filed[-2] += 1
    mixes[-1] += POINT
    read = dict(case.readings(case.ask(case.with_new(at, rows - at) if new else case.staff(rows, mixes), filed)))
    here, one_file, one_point = ({name: values[row] for name, values in read.items()} for row in (-3, -2, -1))

    place = places(pools)
    gained = np.zeros((place.max() + 1, len(rows)))
    np.add.at(gained, place, (read["in_time"] - here["in_time"]).T)
    read["in_time"] = gained[place].T
    own = {name: np.where(city, values[points : 2 * points], values[:points]) for name, values in read.items()}
    visits = now.budget.visits.sum(axis=1, keepdims=True)
    made = [files_of(v, now.work, case.base.assumed, case.base.closure.flow)[0, 0] for v in (visits, visits + 1)]
    return Response(
        at=at,
        grid=grid,
        now=here,
        own=own,
        steady=_steady(own),
        across=_across(read["spare_review"][:points], grid, pools),
        files=float(files[0, 0]),
        files_per_visit=float(made[1] - made[0]),
        mixing=np.zeros_like(at) if new else mixing / POINT,
        shifts={"files": less(one_file, here), "mix": less(one_point, here)},
        criteria=criteria(now, case.base.assumed, pools),
        owed=float(minimum_visits(now).sum()),
    )


def less(some: Readings, others: Readings) -> Readings:
    """The differences of two readings."""
    return {name: values - others[name] for name, values in some.items()}


def _steady(own: Readings) -> np.ndarray:
    """Points with a steady state, and always the two with most people."""
    steady = (own["spare_days"] >= 0) & (own["spare_review"] >= 0)
    steady[-2:] = True
    return steady


def _across(spare_review: np.ndarray, grid: np.ndarray, pools: Pools) -> np.ndarray:
    """What one person more in the counties leaves their city's review, on average over the grid, (pools,)."""
    _, cities, counties = pools.slices
    result = np.zeros(len(pools))
    width = np.maximum(grid[-1, counties] - grid[0, counties], 1.0)
    result[counties] = (spare_review[-1, cities] - spare_review[0, cities]) / width
    return result


def lines(people: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Intercepts and slopes of the straight lines whose least is the upper concave hull of some points; `people`
    ascending, repeated ones allowed.

    >>> lines(np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 2.0, 1.0, 3.0]))
    (array([0. , 1.5]), array([2. , 0.5]))
    """
    kept: list[int] = []
    along, over = people.tolist(), values.tolist()
    for k in range(len(along)):
        if kept and along[k] == along[kept[-1]]:
            continue
        while len(kept) > 1 and not _bends(along, over, kept[-2], kept[-1], k):
            kept.pop()
        kept.append(k)
    x, y = people[kept], values[kept]
    if len(kept) == 1:
        return y, np.zeros(1)
    slopes = np.diff(y) / np.diff(x)
    return y[:-1] - slopes * x[:-1], slopes


def _bends(x: Sequence[float], y: Sequence[float], a: int, b: int, c: int) -> bool:
    """Whether the second of three points stands above the straight line from the first to the third, rounding aside."""
    above = (y[b] - y[a]) * (x[c] - x[a]) - (y[c] - y[a]) * (x[b] - x[a])
    return above > 1e-9 * max(abs(y[a]), abs(y[b]), abs(y[c]), 1.0) * (x[c] - x[a])

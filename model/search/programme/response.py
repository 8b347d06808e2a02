"""What the model answers when people come to pools or go: the coefficients of a programme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from model.evidence.baseline import CITY, COUNTY, PROVINCE, TIERS, Pools
from model.evidence.rules import Rules
from model.force.movers import Movers, movers_of
from model.force.seats import Seats
from model.force.staff import Flows, Staff, flows, flows_of, new_people, staff_after
from model.projection.base_year import BaseYear
from model.projection.progress import Progress
from model.scenario.levers import Value
from model.scenario.scenario import Scenario
from model.scenario.settings import Settings, settings
from model.search.aims.objective import Criteria, criteria
from model.year.budget import files_of
from model.year.year import Year, minimum_visits, year

MOST_BUSY = MOST_LOAD = 0.95
"""Most committed share of field time and load of legal review; there is no steady state at 1."""
PEOPLE_LEVERS = (*(f"staff.change.{tier}" for tier in TIERS), "staff.moves")
"""Levers that a search sets; it keeps all others."""
TRACE = 1e-6
"""People who come to every tier beside a plan, few enough to change nothing, to see who they would be."""
POINT = 0.01
"""One point of a share."""

Readings = Mapping[str, np.ndarray]
"""Quantities of years by name, (rows, pools).

`visits`, `owed` (the planned legal minimum) and `in_time` (files decided within the limit) a year; `spare_days` and
`spare_review`, field days and files a year left under the limits of a steady state.
"""


@dataclass(frozen=True, eq=False)
class Case:
    """A base year of one draw under levers but those of people, which asks the full model about plans.

    A plan is a change of people by pool: people added, less those taken; `change` is (pools,), `changes` (plans,
    pools). Of shape (1, pools): `busy_most` and `load_most`, what the committed share of field time and the review load
    may rise to; `short_most`, the visits that may be missing of the legal minimum. `progress` counts every question.
    """

    base: BaseYear
    settings: Settings
    busy_most: np.ndarray
    load_most: np.ndarray
    short_most: np.ndarray
    progress: Progress = field(default_factory=Progress)

    @property
    def pools(self) -> Pools:
        """The pools of the base year."""
        return self.base.baseline.pools

    @property
    def seats(self) -> Seats:
        """Who sits where in the base year, (1, pools) each."""
        return self.base.closure.work.ground.seats

    @property
    def movers(self) -> Movers:
        """How those who move are made up."""
        return movers_of(self.settings, self.base.assumed)

    def levers(self, change: np.ndarray) -> dict[str, Value]:
        """The levers of people that make a change of whole people, (pools,)."""
        table = {pool: n for pool, n in zip(self.base.baseline.pool_keys, change.tolist(), strict=True) if n}
        by_tier = zip(TIERS, (change @ self.pools.of_tier).tolist(), strict=True)
        return {f"staff.change.{tier}": n for tier, n in by_tier if n} | ({"staff.moves": table} if table else {})

    def years(self, changes: np.ndarray, files: float | None = None) -> Year:
        """The model's years under changes (plans, pools), a row each; with so many files a year where given."""
        filed = None if files is None else np.full((len(changes), 1), files)
        return self.years_of(self._staff(self._flows(changes)), filed)

    def criteria(self, changes: np.ndarray) -> Criteria:
        """The criteria of those years, (plans,) each."""
        return criteria(self.years(changes), self.base.assumed, self.pools)

    def years_of(
        self,
        staff: Staff,
        filed: np.ndarray | None = None,
        changed: Mapping[str, Value] | None = None,
        rules: Rules | None = None,
    ) -> Year:
        """Years with this staff, a row each; with `filed` files (rows, 1), other levers or rules if given."""
        self.progress.step()
        base, chosen = self.base, self.settings.with_levers(changed or {})
        return year(
            base.baseline, base.assumed, base.closure, chosen, base.reading, staff=staff, rules=rules, filed=filed
        )

    def staff_of_mix(self, changes: np.ndarray, share: np.ndarray, around: "Mix") -> Staff:
        """Staff under changes (rows, pools) where a `share` (rows, pools) of those who come are officers.

        Those who leave are made up as under the plan that the mix is of.
        """
        left, came = np.maximum(-changes, 0.0), np.maximum(changes, 0.0)
        gone, moving = around.officers_left(left, self), left * around.placed
        desk_moved = came * (1 - share) - (moving - (gone - self.seats.officers_among(left - moving)))
        return self._staff(Flows(left, gone, came, came * share, np.zeros_like(came), desk_moved))

    def staff_with_new(self, change: np.ndarray, more: np.ndarray) -> Staff:
        """Staff under a change (pools,) and, beside it, `more` (rows, pools) new people of each tier's kind."""
        return self._staff(self._flows(change[None]) + new_people(more, self.seats, self.pools))

    def _flows(self, changes: np.ndarray) -> Flows:
        return flows_of(changes, np.zeros((1, len(TIERS))), np.zeros((1, 1)), self.seats, self.pools, self.movers)

    def _staff(self, flows_of_people: Flows) -> Staff:
        return staff_after(flows_of_people, self.seats, self.base.baseline, self.base.assumed, self.settings)

    def mix(self, change: np.ndarray) -> "Mix":
        """Who comes to each pool and who leaves it, beside a change of people, (pools,)."""
        trace = np.full((1, len(TIERS)), TRACE)
        heads = flows_of(change[None], trace, np.ones((1, 1)), self.seats, self.pools, self.movers)
        officers, came, all_left = heads.moved + heads.new, np.maximum(heads.came, 1e-15), heads.left.sum()
        placed = min(1.0, came.sum() / all_left) if all_left > 0 else 1.0
        mix = Mix((officers / came)[0], self.seats.toward(came, self.pools), placed, np.zeros(len(change)))
        one_more = mix.officers_left(heads.left + 1, self) - mix.officers_left(heads.left, self)
        mixing = (one_more - officers.sum() / came.sum())[0] / max(came.sum(), all_left, 1.0)
        return replace(mix, mixing=mixing)

    def readings(self, result: Year) -> Readings:
        """The quantities of years that programmes and limits look at."""
        plan, work, review = result.budget, result.work, result.review
        return {
            "visits": plan.visits,
            "owed": np.broadcast_to(work.planned_minimum, plan.visits.shape),
            "in_time": result.led * result.on_time,
            "spare_days": self.busy_most * plan.field_days - work.mandatory_days - plan.case_demand,
            "spare_review": self.load_most * review.capacity - review.arrivals,
        }

    def missing(self, result: Year) -> dict[str, np.ndarray]:
        """What years miss of a steady state and the legal minimum, by limit, (rows, pools).

        Below 0 is what is spare. In field days, files and visits a year.
        """
        readings = self.readings(result)
        return {
            "investigation": -readings["spare_days"],
            "legal review": -readings["spare_review"],
            "legal minimum": readings["owed"] - readings["visits"] - self.short_most,
        }


@dataclass(frozen=True, eq=False)
class Mix:
    """Who comes to each pool and who leaves it, around one plan.

    `officers` (pools,) is the share of officers among those who come to a pool, `toward` (1, 1) the frontline share of
    the tiers they come to, `placed` the share of those who leave that come to another pool; `mixing` (pools,) what one
    person more who leaves a pool adds to the share of officers.
    """

    officers: np.ndarray
    toward: np.ndarray
    placed: float
    mixing: np.ndarray

    def officers_left(self, left: np.ndarray, case: Case) -> np.ndarray:
        """Officers among those who leave, (rows, pools)."""
        moving = left * self.placed
        return case.seats.officers_among(left - moving) + case.seats.officers_moving(
            left, moving, self.toward, case.movers
        )


def open_case(base: BaseYear, scenario: Scenario, progress: Progress | None = None) -> tuple[Case, np.ndarray]:
    """The case of a scenario on a base year of one draw, and the own change of people, (pools,).

    The own plan is within the limits of the case: where it goes beyond the usual ones, they give way that far.
    """
    chosen = settings(scenario.levers, base.baseline)
    own = flows(base.closure.work.ground.seats, base.baseline, base.assumed, chosen)
    now = year(base.baseline, base.assumed, base.closure, chosen, base.reading)
    load = now.review.arrivals / np.maximum(now.review.capacity, 1e-9)
    case = Case(
        base,
        settings({id: value for id, value in scenario.levers.items() if id not in PEOPLE_LEVERS}, base.baseline),
        busy_most=np.maximum(now.busy, MOST_BUSY),
        load_most=np.maximum(load, MOST_LOAD),
        short_most=np.maximum(now.work.planned_minimum - now.budget.visits, 0.0),
        progress=progress or Progress(),
    )
    return case, (own.came - own.left)[0]


@dataclass(frozen=True, eq=False)
class Response:
    """How the model's year answers around a plan `at` (pools,), where `files` a year are filed.

    `now` are the readings there, `criteria` what the year is worth, `owed` all visits that the law asks then, with
    confirming ones. `own` (points, pools) are readings of a pool with the people of `grid` (points, pools) and as many
    files; its `in_time` counts what the whole place (a prefecture, a province's own force) gains or loses by it.
    `steady` (points, pools) says where there is a steady state; elsewhere answers break off, so that straight lines
    continued from the steady points say more.

    `across` (pools,) is what one person more in the counties leaves of its city's review, `files_per_visit` (pools,)
    what one visit more there brings, `mixing` (pools,) the points by which one who leaves a pool raises the share of
    officers among those who come. `shifts` by name: what one unit more of something common to all pools changes, by
    quantity (pools,): `files`, one file; `mix`, one point of officers among those who come; others may be added, with
    the `new_files` that come of the same visits. `replaced` (pools,) are visits that off-site checks replace.
    """

    at: np.ndarray
    grid: np.ndarray
    now: Readings
    own: Readings
    steady: np.ndarray
    across: np.ndarray
    files: float
    files_per_visit: np.ndarray
    mixing: np.ndarray
    shifts: Mapping[str, Readings]
    criteria: Criteria
    owed: float
    replaced: np.ndarray


def places(pools: Pools) -> np.ndarray:
    """The place of each pool, (pools,): a province's own force, then the prefectures."""
    return np.where(pools.tier == PROVINCE, pools.place, len(pools.tier[pools.tier == PROVINCE]) + pools.place)


def respond(case: Case, at: np.ndarray, grid: np.ndarray, *, new: bool = False) -> Response:
    """Ask the model about every pool with the people of `grid` (points, pools).

    The others are as in a plan `at` (pools,). All pools but the cities are asked at once, and the cities apart, since a
    city reviews its counties' files. People beyond the plan move from elsewhere; or, with `new`, they are new posts.
    """
    pools, points = case.pools, len(grid)
    city, now = pools.tier == CITY, case.years(at[None])
    rows = np.concatenate([np.where(city, at, grid), np.where(city, grid, at), *[at[None]] * 3])
    files, mix = now.budget.filed, case.mix(at)
    # The last three rows stand at the plan itself, the second of them with a file more, the third with a point of mix.
    filed, mixes = (np.repeat(np.atleast_2d(values), len(rows), axis=0) for values in (files, mix.officers))
    filed[-2] += 1
    mixes[-1] += POINT
    read = dict(
        case.readings(
            case.years_of(case.staff_with_new(at, rows - at) if new else case.staff_of_mix(rows, mixes, mix), filed)
        )
    )
    here, one_file, one_point = ({name: values[row] for name, values in read.items()} for row in (-3, -2, -1))

    place = places(pools)
    gained = np.zeros((place.max() + 1, len(rows)))
    np.add.at(gained, place, (read["in_time"] - here["in_time"]).T)
    read["in_time"] = gained[place].T
    own = {name: np.where(city, values[points : 2 * points], values[:points]) for name, values in read.items()}
    visits = now.budget.visits
    one_more = np.concatenate([visits, visits + np.eye(len(pools))])
    files_by_visits = files_of(one_more, now.work, case.base.assumed, case.base.closure.flow)[:, 0]
    return Response(
        at=at,
        grid=grid,
        now=here,
        own=own,
        steady=_steady(own),
        across=_across(read["spare_review"][:points], grid, pools),
        files=float(files[0, 0]),
        files_per_visit=files_by_visits[1:] - files_by_visits[0],
        mixing=np.zeros_like(at) if new else mix.mixing / POINT,
        shifts={"files": differences(one_file, here), "mix": differences(one_point, here)},
        criteria=criteria(now, case.base.assumed, pools),
        owed=float(minimum_visits(now).sum()),
        replaced=now.work.room.replaced[0],
    )


def differences(readings: Readings, others: Readings) -> dict[str, np.ndarray]:
    """Readings less others, by quantity."""
    return {name: values - others[name] for name, values in readings.items()}


def _steady(own: Readings) -> np.ndarray:
    """Where there is a steady state, (points, pools); the two points with most people always count."""
    steady = (own["spare_days"] >= 0) & (own["spare_review"] >= 0)
    steady[-2:] = True
    return steady


def _across(spare_review: np.ndarray, grid: np.ndarray, pools: Pools) -> np.ndarray:
    """Files a year that one person more in the counties keeps from their city's review, (pools,)."""
    counties, cities = pools.slices[COUNTY], pools.above_counties
    result = np.zeros(len(pools))
    width = np.maximum(grid[-1, counties] - grid[0, counties], 1.0)
    result[counties] = (spare_review[-1, cities] - spare_review[0, cities]) / width
    return result


def concave_lines(people: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Intercepts and slopes, (lines,), of the straight lines that bound some points' upper concave hull.

    `people` (points,) ascend and may repeat; the hull is the least of the lines. A single point gives a level line.

    >>> concave_lines(np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 2.0, 1.0, 3.0]))
    (array([0. , 1.5]), array([2. , 0.5]))
    """
    corners: list[int] = []
    along, over = people.tolist(), values.tolist()
    sizes = np.maximum(np.abs(values), 1.0).tolist()
    for k, here in enumerate(along):
        if corners and here == along[corners[-1]]:
            continue
        while len(corners) > 1 and not _bends(along, over, sizes, corners[-2], corners[-1], k):
            corners.pop()
        corners.append(k)
    x, y = people[corners], values[corners]
    if len(corners) == 1:
        return y, np.zeros(1)
    slopes = np.diff(y) / np.diff(x)
    return y[:-1] - slopes * x[:-1], slopes


def _bends(x: Sequence[float], y: Sequence[float], sizes: Sequence[float], a: int, b: int, c: int) -> bool:
    """Whether the second of three points lies above the line from the first to the third, rounding aside.

    `sizes` are those of `y`, at least 1.
    """
    from_x, from_y = x[a], y[a]
    wide = x[c] - from_x
    above = (y[b] - from_y) * wide - (y[c] - from_y) * (x[b] - from_x)
    return above > 0 and above > 1e-9 * max(sizes[a], sizes[b], sizes[c]) * wide

"""What one more is worth: a person at each tier and place, a unit of each rule (method, section 14).

By the duals of a programme around the scenario's own plan and, beside them, by the full model's own difference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.evidence.rules import Rules, rules_of
from model.force.staff import flows, new_people, staff_after
from model.projection.base_year import BaseYear, some_draws
from model.projection.progress import OutOfTime, Progress, Tick, unheard, until_late
from model.projection.results import Band
from model.projection.statistics import band
from model.scenario.levers import Value
from model.scenario.scenario import Scenario
from model.scenario.settings import Settings, settings
from model.search.aims.limits import Limits
from model.search.aims.objective import Criteria, criteria
from model.search.engine.opening import open_search
from model.search.programme.linear_programme import Programme, Solution, Unsolved
from model.search.programme.moves import Moves
from model.search.programme.outcome import Outcome, outcome
from model.search.programme.response import Case, Readings, Response, differences, respond
from model.year.budget import files_of
from model.year.year import year

CRITERIA = ("visits", "on_time", "duty")
SAMPLING_POINT = 0.01
"""One hundredth of the key units, sampled a quarter."""
DAYS_A_WEEK = 5
MOST_POOL_YEARS = 15_000_000
"""Most years of a pool asked of the full model; the bands of a large force are of fewer draws."""
NO_LIMIT = 1e6
"""Field days and files to spare that no plan ever takes."""
NOTHING = 1e-9
"""Amounts below this are rounding."""


@dataclass(frozen=True)
class Unit:
    """One more of something, which `what` names.

    A `person` beside all others, at a tier or in one of its pools; a `day` of the limit for a decision; a `point`, a
    hundredth more of the key units sampled a quarter (双随机) by cities and counties; an `hour` a week off everybody's
    other duties. `levers` have the values that go with it, `rules` stand in for those in force.
    """

    what: str
    tier: str = ""
    prefecture: str = ""
    levers: Mapping[str, Value] = field(default_factory=dict)
    rules: Rules | None = None


@dataclass(frozen=True)
class OneMore:
    """What one unit more gains of a criterion: by the programme's dual and by the full model.

    Dual and `representative` are of the representative case, `over_draws` is a median with its band.
    """

    dual: float
    representative: float
    over_draws: Band

    @property
    def is_usual(self) -> bool:
        """Whether the representative case, which is no draw, lies within the band of the draws."""
        return self.over_draws.p10 - NOTHING <= self.representative <= self.over_draws.p90 + NOTHING


@dataclass(frozen=True)
class Row:
    """What one more of a unit gains, by criterion of `Objective`."""

    unit: Unit
    gains: Mapping[str, OneMore]


@dataclass(frozen=True)
class Worth:
    """What one more of everything is worth under a scenario; `draws` is how many the bands are of."""

    scenario: Scenario
    rows: tuple[Row, ...]
    draws: int
    seed: int


def worth(
    scenario: Scenario,
    *,
    baseline: Baseline | None = None,
    draws: int = 512,
    seed: int = 1,
    tick: Tick = unheard,
) -> Worth:
    """What one person or one unit of a rule more is worth beside the scenario's own plan.

    `draws` are made before the plausibility filter. Raises TooFewDraws as `project` does; `tick` may raise to stop.
    OutOfTime where no time is left, or the solver ends without an answer.
    """
    progress = Progress(until_late(tick))
    opening = open_search(scenario, baseline, draws, seed, progress)
    base, baseline = opening.base, opening.base.baseline
    chosen = settings(scenario.levers, baseline)
    units = one_more_of_each(chosen, baseline)
    count = max(MOST_POOL_YEARS // (len(units) * len(baseline.pools)), 1)
    sample = base if count >= base.draws.kept else some_draws(base, slice(count))
    representative_plan = _OwnPlan(opening.case.base, chosen, progress)
    progress.part(0.05)
    representative = representative_plan.gains(units)
    progress.part(0.95)
    over_draws = _OwnPlan(sample, chosen, progress).gains(units)
    progress.part(1.0, steps=5)
    people = np.concatenate([representative_plan.person_by_pool(unit) for unit in units if unit.what == "person"])
    rules = [unit for unit in units if unit.what != "person"]
    duals = _duals(own_plan_programme(opening.case, opening.own, rules), people, rules)

    def one_more(k: int, name: str) -> OneMore:
        return OneMore(duals[name][k], float(representative[name][k, 0]), band(over_draws[name][k]))

    rows = [Row(unit, {name: one_more(k, name) for name in CRITERIA}) for k, unit in enumerate(units)]
    progress.done()
    return Worth(scenario, tuple(rows), sample.draws.kept, seed)


def one_more_of_each(chosen: Settings, baseline: Baseline) -> tuple[Unit, ...]:
    """One more person at each tier and in each pool of a prefecture, then one unit more of each rule."""
    rules = rules_of(chosen.rules)
    one_point_more = replace(
        rules,
        city_key_units_a_quarter=rules.city_key_units_a_quarter + SAMPLING_POINT,
        county_key_units_a_quarter=rules.county_key_units_a_quarter + SAMPLING_POINT,
    )
    hour = 1 / (DAYS_A_WEEK * baseline.mid("workday_hours"))
    return (
        *(Unit("person", tier) for tier in TIERS),
        *(Unit("person", *name) for name in baseline.pool_names if name[1]),
        Unit("day", levers={"decision_limit": f"{chosen.decision_limit + 1:g}"}),
        Unit("point", rules=one_point_more),
        Unit("hour", levers={"other_duties_cut": chosen.other_duties_cut + hour}),
    )


@dataclass(frozen=True, eq=False)
class _OwnPlan:
    """The scenario's own plan in the draws of a base year."""

    base: BaseYear
    chosen: Settings
    progress: Progress

    def gains(self, units: tuple[Unit, ...]) -> dict[str, np.ndarray]:
        """What the full model gains by each unit, by criterion, (units, draws)."""
        own, *with_one = map(self._criteria_with, self.progress.each((Unit("nothing"), *units)))
        return {name: np.stack([one[name] - own[name] for one in with_one]) for name in CRITERIA}

    def person_by_pool(self, unit: Unit) -> np.ndarray:
        """Where the one person more comes to, (draws, pools): at a tier, to where the scenario spreads people."""
        levers: dict[str, Value] = {f"staff.change.{unit.tier}": 1.0, "staff.spread": self.chosen.staff_spread}
        if unit.prefecture:
            levers["staff.moves"] = {f"{unit.tier}.{unit.prefecture}": 1.0}
        baseline = self.base.baseline
        return flows(self.base.closure.work.ground.seats, baseline, self.base.assumed, settings(levers, baseline)).came

    def _criteria_with(self, unit: Unit) -> Criteria:
        """The criteria of the own plan with one unit more, (draws,) each."""
        base, chosen, staff = self.base, self.chosen.with_levers(unit.levers), None
        baseline, assumed, seats = base.baseline, base.assumed, base.closure.work.ground.seats
        if unit.what == "person":
            moves = flows(seats, baseline, assumed, chosen) + new_people(
                self.person_by_pool(unit), seats, baseline.pools
            )
            staff = staff_after(moves, seats, baseline, assumed, chosen)
        result = year(baseline, assumed, base.closure, chosen, base.reading, staff=staff, rules=unit.rules)
        return criteria(result, assumed, baseline.pools)


@dataclass(frozen=True, eq=False)
class OwnPlanProgramme:
    """The programme around a scenario's own plan: everybody held in his place, every rule as it is."""

    programme: Programme
    outcome: Outcome


def own_plan_programme(
    case: Case,
    own: np.ndarray,
    rules: Sequence[Unit],
    people: np.ndarray | None = None,
    units: Mapping[str, float] | None = None,
) -> OwnPlanProgramme:
    """The programme around the own change of people, (pools,), with that change and every rule fixed.

    It may be held at other `people` (pools,) and at so many `units` more of a rule, by `Unit.what`.
    """
    response = respond(case, own, np.stack([own, own + 1]), new=True)
    # Nobody chooses here: the steady state is no limit, not even where a pool has no officer for its cases.
    spare = dict.fromkeys(("spare_days", "spare_review"), np.full((2, len(own)), NO_LIMIT))
    shifts = {**response.shifts, **_rule_shifts(case, own, response, rules)}
    response = replace(response, own={**response.own, **spare}, shifts=shifts)

    programme, count = Programme(case.progress), len(own)
    out, into = programme.variables("out", count, high=0.0), programme.variables("into", count, low=-np.inf)
    fixed = own if people is None else people
    programme.rows("people", (into, 1.0), low=fixed, high=fixed)
    answer = outcome(programme, Moves(out, into, own, own + 1), case, response, Limits(keeps_minimum=False))
    for unit in rules:
        more = (units or {}).get(unit.what, 0.0)
        programme.rows(unit.what, (answer.shifts[unit.what], 1.0), low=more, high=more)
    return OwnPlanProgramme(programme, answer)


def _duals(own_plan: OwnPlanProgramme, people: np.ndarray, rules: Sequence[Unit]) -> dict[str, list[float]]:
    """What the programme gains, by criterion: by people (rows, pools), then by one unit of each rule."""
    result = {}
    for name in CRITERIA:
        answer = own_plan.programme.solve(own_plan.outcome.of(name)[0])
        if isinstance(answer, Unsolved):
            raise OutOfTime
        if not isinstance(answer, Solution):
            raise ValueError("people and rules held as they are contradict each other")
        duals = answer.duals
        result[name] = [*(people @ duals["people"]).tolist(), *(float(duals[unit.what][0]) for unit in rules)]
    return result


def _rule_shifts(case: Case, own: np.ndarray, response: Response, rules: Sequence[Unit]) -> dict[str, Readings]:
    """What one unit of each rule changes beside the own plan with as many files, by `what` and quantity.

    With it go the `new_files` that come of the same visits.
    """
    staff, files = case.staff_with_new(own, np.zeros((1, len(own)))), np.array([[response.files]])
    visits = response.now["visits"][None]
    shifts: dict[str, Readings] = {}
    for unit in rules:
        result = case.years_of(staff, files, unit.levers, unit.rules)
        changed = {name: values[0] for name, values in case.readings(result).items()}
        files_by_rule = files_of(visits, result.work, case.base.assumed, case.base.closure.flow)[0, 0]
        shifts[unit.what] = {**differences(changed, response.now), "new_files": files_by_rule - response.files}
    return shifts

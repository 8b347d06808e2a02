"""A few totals of many scenarios on one base year, draw by draw, for attribution and searches.

`project.against` gives every measure of every scope with bands; this gives some measures of the whole force.
"""

import os
from collections.abc import Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace

import numpy as np

from model.evidence.pools import over_pools
from model.force.staff import STAFFING, Staff, staffing
from model.projection.base_year import BaseYear, some_draws
from model.projection.results import Band, MonthsResult, Odds, Paired, Projection
from model.projection.statistics import paired
from model.scenario.comparability import HORIZON
from model.scenario.decisions import frozen
from model.scenario.scenario import Scenario
from model.scenario.settings import Settings, settings
from model.year.kept import kept_with_owner
from model.year.measures import FROM_MONTHS, HEADLINES, MEASURE, measure_parts
from model.year.months import months
from model.year.year import year

FIRST_DRAWS = 1024
"""The draws that show a plan while a handle moves: the first of the plausible ones."""
MOST_AT_ONCE = 4

STAFF_KEPT = 32
"""Ways to seat the force that are remembered, since scenarios in turn often share one.

One takes 5 MB with 4,096 draws and 29 pools.
"""


def unmoved(scenario: Scenario) -> Scenario:
    """The base year that a scenario stands on, as a scenario with the same horizon."""
    return scenario.with_decisions(levers={id: value for id, value in scenario.levers.items() if id == HORIZON})


def totals(base: BaseYear, scenarios: Iterable[Scenario], ids: Sequence[str]) -> np.ndarray:
    """The whole force's measures `ids`, in that order: (scenarios, measures, draws), the plausible ones.

    >>> from model.projection.base_year import base_year_of, baseline_of
    >>> plan = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
    >>> base = base_year_of(plan, baseline_of(plan), draws=512)
    >>> before, after = totals(base, [Scenario(), plan], ["staff", "visits"])
    >>> np.median(after - before, axis=1).round(-2).tolist()
    [0.0, 900.0]
    """
    by_scenario = list(totals_in_turn(base, scenarios, ids))
    return np.stack(by_scenario) if by_scenario else np.empty((0, len(ids), base.draws.kept))


def moving_glance(base: BaseYear, rest: Projection, scenario: Scenario) -> Projection:
    """The headline totals of a scenario while a handle moves, from those of a plan at rest.

    `rest` is the projection of that plan in all draws, on the same base year; the first `FIRST_DRAWS` of them say what
    the scenario changes from it. So a plan at rest keeps its own figures, and none jumps when a handle is taken.
    Nothing but the totals of `HEADLINES` is there.
    """
    before, after = _first_totals(base, rest.scenario), _first_totals(base, scenario)
    measures = {
        id: replace(
            rest.measures[id],
            total=_moved(rest.measures[id].total, before[id], after[id]),
            tiers={},
            prefectures={},
            rests_on=(),
        )
        for id in HEADLINES
    }
    months_unknown = MonthsResult(np.empty(0), {}, {})
    return replace(rest, scenario=scenario, measures=measures, months=months_unknown, bottlenecks=(), not_done=())


@kept_with_owner(4)
def _first_totals(base: BaseYear, scenario: Scenario) -> dict[str, Paired]:
    """The headline totals in the first draws, by id."""
    still, moved = _first_draws_of(base, unmoved(scenario)), _first_draws_of(base, scenario)
    rows = zip(HEADLINES, still, moved, strict=True)
    return {id: paired(before, after, MEASURE[id].better) for id, before, after in rows}


@kept_with_owner(4)
def _first_draws_of(base: BaseYear, scenario: Scenario) -> np.ndarray:
    """The headline totals of a scenario, (measures, draws)."""
    return _totals(_first_draws(base), scenario, HEADLINES, {})


@kept_with_owner(1)
def _first_draws(base: BaseYear) -> BaseYear:
    return some_draws(base, slice(FIRST_DRAWS))


def _moved(rest: Paired, before: Paired, after: Paired) -> Paired:
    """A total at rest, moved by what the first draws say of it before and after."""

    def band(which: str) -> Band:
        at_rest, first, now = (vars(getattr(one, which)) for one in (rest, before, after))
        return Band(*sorted(at_rest[end] + now[end] - first[end] for end in at_rest))

    better, worse = (
        min(max(getattr(rest.odds, side) + getattr(after.odds, side) - getattr(before.odds, side), 0.0), 1.0)
        for side in ("better", "worse")
    )
    return Paired(rest.base, band("scenario"), band("difference"), Odds(better, min(worse, 1.0 - better)))


def totals_in_turn(base: BaseYear, scenarios: Iterable[Scenario], ids: Sequence[str]) -> Iterator[np.ndarray]:
    """The totals of one scenario after the other, (measures, draws) each, in the order given.

    Each comes as soon as it is there, for callers that keep less than all draws, show progress or may stop early.
    Several are computed at once, on threads.
    """
    staff_of: dict[Hashable, Staff] = {}
    with ThreadPoolExecutor(min(MOST_AT_ONCE, os.cpu_count() or 1)) as threads:
        # Each in the caller's context: NumPy's errstate is part of that.
        works = ((copy_context(), scenario) for scenario in scenarios)
        try:
            yield from threads.map(lambda work: work[0].run(_totals, base, work[1], ids, staff_of), works)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def _totals(base: BaseYear, scenario: Scenario, ids: Sequence[str], staff_of: dict[Hashable, Staff]) -> np.ndarray:
    """The totals of one scenario, (measures, draws)."""
    baseline, plan = base.baseline, settings(scenario.levers, base.baseline)
    staff = _staff(base, plan, staff_of)
    result = year(baseline, base.assumed, base.closure, plan, base.reading, staff=staff)
    path = months(base.assumed, base.closure, base.year, result, plan) if FROM_MONTHS & set(ids) else None
    parts = measure_parts(baseline, base.assumed, base.closure, result, path, ids)
    return np.stack([total_of(*parts[id]) for id in ids])


def _staff(base: BaseYear, plan: Settings, staff_of: dict[Hashable, Staff]) -> Staff:
    """The staff under the settings, remembered in `staff_of`.

    Threads may meet here: each has its own reference, whatever another one drops.
    """
    key = tuple(frozen(getattr(plan, name)) for name in STAFFING)
    staff = staff_of.get(key)
    if staff is None:
        staff = staffing(base.baseline, base.assumed, plan, base.closure.work.ground.seats)
        if len(staff_of) >= STAFF_KEPT:
            staff_of.clear()
        staff_of[key] = staff
    return staff


def total_of(amount: np.ndarray, over: np.ndarray | None) -> np.ndarray:
    """A measure added up over the pools, (draws,); a ratio is 0 where its denominator is."""
    total = over_pools(amount)
    if over is None:
        return total
    whole = over_pools(over)
    return np.divide(total, whole, out=np.zeros_like(total), where=whole > 0)

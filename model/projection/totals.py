"""Many scenarios on one base year, a few totals of each: what attribution, searches and differences of one are made of.

A step (`project.against`) gives every measure of every place with bands; this gives only what is asked, draw by draw.
"""

import os
from collections.abc import Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import numpy as np

from model.force.staff import STAFFING, Staff, staffing
from model.projection.base_year import BaseYear
from model.scenario.decisions import frozen
from model.scenario.scenario import Scenario
from model.scenario.settings import Settings, settings
from model.year.measures import FROM_MONTHS, measure_parts
from model.year.months import months
from model.year.year import year

MOST_AT_ONCE = 4

STAFF_KEPT = 32
"""Ways to seat the force that are kept: scenarios that follow each other often share one. Of 4,096 draws and 29 pools
one takes 5 MB."""


def unmoved(scenario: Scenario) -> Scenario:
    """The base year a scenario stands on, seen as far as the scenario is."""
    return scenario.with_decisions(
        levers={id: value for id, value in scenario.levers.items() if id == "horizon_months"}
    )


def totals(base: BaseYear, scenarios: Iterable[Scenario], ids: Sequence[str]) -> np.ndarray:
    """The whole force's measures `ids`, in that order, in every kept draw: (scenarios, measures, draws).

    >>> from model.project import base_year_of, baseline_of
    >>> plan = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
    >>> base = base_year_of(plan, baseline_of(plan), draws=512)
    >>> before, after = totals(base, [Scenario(), plan], ["staff", "visits"])
    >>> np.median(after - before, axis=1).round(-2).tolist()
    [0.0, 1300.0]
    """
    found = list(totals_in_turn(base, scenarios, ids))
    return np.stack(found) if found else np.empty((0, len(ids), base.draws.kept))


def totals_in_turn(base: BaseYear, scenarios: Iterable[Scenario], ids: Sequence[str]) -> Iterator[np.ndarray]:
    """`totals` of one scenario after the other, (measures, draws) each, in the order given and as soon as it is there:
    for who keeps less than all draws, shows progress or may stop early. NumPy lets several be computed at once."""
    kept: dict[Hashable, Staff] = {}
    with ThreadPoolExecutor(min(MOST_AT_ONCE, os.cpu_count() or 1)) as threads:
        # Each in the caller's context: NumPy's errstate is part of that.
        works = ((copy_context(), scenario) for scenario in scenarios)
        try:
            yield from threads.map(lambda work: work[0].run(_totals, base, work[1], ids, kept), works)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def _totals(base: BaseYear, scenario: Scenario, ids: Sequence[str], kept: dict[Hashable, Staff]) -> np.ndarray:
    baseline, chosen = base.baseline, settings(scenario.levers, base.baseline)
    staff = _staff(base, chosen, kept)
    result = year(baseline, base.assumed, base.closure, chosen, base.reading, staff=staff)
    path = months(base.assumed, base.closure, base.year, result, chosen) if FROM_MONTHS & set(ids) else None
    parts = measure_parts(baseline, base.assumed, base.closure, result, path, ids)
    return np.stack([_total(*parts[id]) for id in ids])


def _staff(base: BaseYear, chosen: Settings, kept: dict[Hashable, Staff]) -> Staff:
    """The staff under the settings, from those `kept` or new and kept from now on. Threads may meet here: each holds
    what it found, whatever another drops."""
    seated = tuple(frozen(getattr(chosen, name)) for name in STAFFING)
    staff = kept.get(seated)
    if staff is None:
        staff = staffing(base.baseline, base.assumed, chosen, base.closure.work.ground.seats)
        if len(kept) >= STAFF_KEPT:
            kept.clear()
        kept[seated] = staff
    return staff


def _total(amount: np.ndarray, over: np.ndarray | None) -> np.ndarray:
    total = amount.sum(axis=1)
    if over is None:
        return total
    whole = over.sum(axis=1)
    return np.divide(total, whole, out=np.zeros_like(total), where=whole > 0)

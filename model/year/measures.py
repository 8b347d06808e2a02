"""The measures: their ids, and how each adds up over the pools (method, section 13)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import CITY, TIERS, Baseline, Pools
from model.evidence.draws import Assumed
from model.evidence.pools import over_pools
from model.year.closure import Closure
from model.year.months import Months
from model.year.year import Year, minimum_visits, problems_found, required_officers, visit_room, visits_owed_and_made


@dataclass(frozen=True)
class Measure:
    """One measure, under the id that files, tests and exports use.

    `better` is +1 where more is better, -1 where less is, 0 where neither. `of_place` marks a denominator that belongs
    to the place, not to a tier: every tier is then set against the whole place. `is_load` marks a share that may be
    above one.
    """

    id: str
    unit: str
    better: int
    of_place: bool = False
    is_load: bool = False


MEASURES = (
    Measure("staff", "people", 0),
    Measure("frontline", "people", 0),
    Measure("crews", "crews", 1),
    Measure("field_days", "person-days a year", 1),
    Measure("visits", "visits a year", 1),
    Measure("visit_capacity", "visits a year", 1),
    Measure("visit_coverage", "visits per unit a year", 1, of_place=True),
    Measure("legal_minimum", "visits a year", 0),
    Measure("duty_met", "share", 1),
    Measure("problems", "problems a year", 1),
    Measure("cases_filed", "cases a year", 0),
    Measure("case_capacity", "cases a year", 1),
    Measure("cases_decided", "cases a year", 1),
    Measure("on_time_share", "share", 1),
    Measure("backlog_end", "cases", -1),
    Measure("review_load", "share", -1, is_load=True),
    Measure("utilisation", "share", -1, is_load=True),
    Measure("wisn_ratio", "ratio", 1),
)

MEASURE: Mapping[str, Measure] = {measure.id: measure for measure in MEASURES}
"""The measures by id, in the order of `MEASURES`."""

HEADLINES = ("visits", "case_capacity", "on_time_share", "duty_met")
"""Ids of the measures that a planner looks at first."""

FROM_MONTHS = frozenset({"backlog_end"})
"""Ids of the measures that need the months; a year alone gives all others."""

Parts = tuple[np.ndarray, np.ndarray | None]
"""A measure by pool, (draws, pools): its amount, or numerator and denominator of a ratio."""


def measure_parts(
    baseline: Baseline,
    assumed: Assumed,
    closure: Closure,
    result: Year,
    path: Months | None,
    ids: Collection[str] | None = None,
) -> dict[str, Parts]:
    """Every measure, or those of `ids`, by pool, in the order of `MEASURES`.

    The load of legal review is that met by a file, so that reviewers whom few files reach do not hide a queue
    elsewhere; where there is no reviewer, the files themselves. ValueError for a measure of `FROM_MONTHS` without
    `path`.
    """
    work, plan, review = result.work, result.budget, result.review
    parts: dict[str, Callable[[], Parts]] = {
        "staff": lambda: (work.staff.people, None),
        "frontline": lambda: (work.staff.frontline, None),
        "crews": lambda: (work.crews, None),
        "field_days": lambda: (plan.field_days, None),
        "visits": lambda: (plan.visits, None),
        "visit_capacity": lambda: (visit_room(result), None),
        "visit_coverage": lambda: (plan.visits + work.room.replaced, _units(result)),
        "legal_minimum": lambda: (minimum_visits(result), None),
        "duty_met": lambda: (visits_owed_and_made(result), minimum_visits(result)),
        "problems": lambda: (problems_found(result, assumed, closure.flow), None),
        "cases_filed": lambda: (result.led, None),
        "case_capacity": lambda: (result.case_room, None),
        "cases_decided": lambda: (result.decided, None),
        "on_time_share": lambda: (result.led * result.on_time, result.led),
        "backlog_end": lambda: (_needed(path).backlog_end, None),
        "review_load": lambda: (np.square(review.arrivals) / np.maximum(review.capacity, 1.0), review.arrivals),
        "utilisation": lambda: (work.mandatory_days + plan.case_demand, np.maximum(plan.field_days, 1.0)),
        "wisn_ratio": lambda: (work.staff.frontline, required_officers(result, closure.flow.other_duties)),
    }
    return {measure.id: parts[measure.id]() for measure in MEASURES if ids is None or measure.id in ids}


def _needed(path: Months | None) -> Months:
    """The months, which a measure needs; ValueError for None."""
    if path is None:
        raise ValueError(f"the months are needed for {', '.join(sorted(FROM_MONTHS))}")
    return path


def _units(result: Year) -> np.ndarray:
    """Regulated units by pool, (draws, pools), all of a place with its counties."""
    units = np.zeros_like(result.budget.visits)
    units[:, result.work.room.pools.slices[CITY]] = result.work.room.units
    return units


def scopes(baseline: Baseline) -> list[str]:
    """The scopes of a measure, in the order of `over_scopes`: "total", the tiers, the prefectures."""
    return ["total", *TIERS, *(p.id for p in baseline.prefectures)]


def over_scopes(parts: Mapping[str, Parts], pools: Pools, *, by_place: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Measures added up over their pools: values (measures, scopes, draws) and meaning (measures, scopes).

    Without `by_place` the scopes are the first ones only, the total and the tiers.

    A ratio is the sum of its numerators over that of its denominators; it has no meaning where the denominator is 0 in
    all draws. The measures stand in the order of `parts`.
    """
    _, cities, counties = pools.slices
    places = cities.stop - cities.start if by_place else 0
    shape = (4 + places, len(next(iter(parts.values()))[0]))

    def add_up(amount: np.ndarray, out: np.ndarray) -> None:
        """Write the sums of an amount (draws, pools) over each scope, (scopes, draws)."""
        for tier, where in enumerate(pools.slices, start=1):
            over_pools(amount[:, where], out[tier])
        out[1:4].sum(axis=0, out=out[0])
        if places:
            out[4:] = amount[:, cities].T
            out[4:][pools.with_counties] += amount[:, counties].T

    values, whole = np.empty((len(parts), *shape)), np.empty(shape)
    meaning = np.ones(values.shape[:2], bool)
    for k, (id, (amount, over)) in enumerate(parts.items()):
        add_up(amount, values[k])
        if over is not None:
            add_up(over, whole)
            if MEASURE[id].of_place:
                whole[1:4] = whole[0]
            meaning[k] = (whole > 0).any(axis=1)
            values[k] = np.divide(values[k], whole, out=np.zeros(shape), where=whole > 0)
    return values, meaning

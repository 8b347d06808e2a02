"""The measures (method, section 13): ids that files, tests and exports use, and how each adds up over pools."""

from dataclasses import dataclass

import numpy as np

from model.baseline import TIERS, Baseline, Pools
from model.closure import Closure
from model.draws import Assumed
from model.months import Months
from model.year import Year, minimum_visits, problems_found, required_officers, visit_room, visits_owed_and_made


@dataclass(frozen=True)
class Measure:
    """`better` is +1 where more is better, -1 where less is, 0 where neither. `of_place` marks a denominator that
    belongs to the place, not to a tier: every tier is then set against the whole place."""

    id: str
    unit: str
    better: int
    of_place: bool = False


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
    Measure("review_load", "ratio", -1),
    Measure("utilisation", "share", -1),
    Measure("wisn_ratio", "ratio", 1),
)

Parts = tuple[np.ndarray, np.ndarray | None]
"""A measure by pool, (draws, pools): its amount, or numerator and denominator of a ratio."""


def measure_parts(
    baseline: Baseline, assumed: Assumed, closure: Closure, result: Year, path: Months
) -> dict[str, Parts]:
    """Every measure by pool, in the order of `MEASURES`. The load of legal review is that met by a file, so that
    reviewers whom few files reach do not hide a queue elsewhere; where there is no reviewer, the files themselves."""
    work, plan = result.work, result.budget
    _, _, counties = baseline.pools.slices
    units = np.zeros(plan.visits.shape)
    units[:, counties] = assumed["regulated_units"] * baseline.pools.need[counties]
    owed = minimum_visits(result)
    arrivals = result.review.arrivals
    parts: dict[str, Parts] = {
        "staff": (work.staff.people, None),
        "frontline": (work.staff.frontline, None),
        "crews": (work.crews, None),
        "field_days": (plan.field_days, None),
        "visits": (plan.visits, None),
        "visit_capacity": (visit_room(result), None),
        "visit_coverage": (plan.visits, units),
        "legal_minimum": (owed, None),
        "duty_met": (visits_owed_and_made(result), owed),
        "problems": (problems_found(result, assumed), None),
        "cases_filed": (result.led, None),
        "case_capacity": (result.case_room, None),
        "cases_decided": (result.decided, None),
        "on_time_share": (result.led * result.on_time, result.led),
        "backlog_end": (path.backlog_end, None),
        "review_load": (arrivals * arrivals / np.maximum(result.review.capacity, 1.0), arrivals),
        "utilisation": (work.mandatory_days + plan.case_demand, np.maximum(plan.field_days, 1.0)),
        "wisn_ratio": (work.staff.frontline, required_officers(result, closure.flow.other_duties)),
    }
    return {measure.id: parts[measure.id] for measure in MEASURES}


def scopes(baseline: Baseline) -> list[str]:
    """The places a measure is given for, in the order of the rows of `over_scopes`: total, the tiers, the
    prefectures."""
    return ["total", *TIERS, *(p.id for p in baseline.prefectures)]


def over_scopes(parts: dict[str, Parts], pools: Pools) -> tuple[np.ndarray, np.ndarray]:
    """Add the pools up: values (measures, scopes, draws), and whether a measure has a meaning there (measures, scopes).

    A ratio is the sum of its numerators over that of its denominators; it has no meaning where the denominator is 0 in
    all draws.
    """
    _, cities, counties = pools.slices
    shape = (4 + cities.stop - cities.start, len(next(iter(parts.values()))[0]))

    def add_up(amount: np.ndarray, out: np.ndarray) -> np.ndarray:
        by_pool = np.ascontiguousarray(amount.T)
        for tier, where in enumerate(pools.slices, start=1):
            by_pool[where].sum(axis=0, out=out[tier])
        out[1:4].sum(axis=0, out=out[0])
        return np.add(by_pool[cities], by_pool[counties], out=out[4:])

    values, whole = np.empty((len(MEASURES), *shape)), np.empty(shape)
    meaning = np.ones(values.shape[:2], bool)
    for k, (measure, (amount, over)) in enumerate(zip(MEASURES, parts.values(), strict=True)):
        add_up(amount, values[k])
        if over is not None:
            add_up(over, whole)
            if measure.of_place:
                whole[1:4] = whole[0]
            meaning[k] = (whole > 0).any(axis=1)
            values[k] = np.divide(values[k], whole, out=np.zeros(shape), where=whole > 0)
    return values, meaning

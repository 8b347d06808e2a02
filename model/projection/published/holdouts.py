"""Hold-outs: published figures that no range was drawn from, predicted from the base year.

They say how good the model is where nobody tuned it (method, section 10).
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np

from model.evidence.baseline import CITY, COUNTY, Baseline
from model.evidence.draws import Assumed
from model.evidence.figures import Figure
from model.force.visits import random_minimum
from model.projection.results import Holdout, same_in_print
from model.projection.statistics import band
from model.year.closure import Closure
from model.year.year import Year

Predictor = Callable[[Baseline, Assumed, Closure, Year], np.ndarray]
"""A quantity of the model that a published figure is set beside, (draws, 1)."""


def holdouts(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> tuple[Holdout, ...]:
    """Every benchmark marked `hold-out` that the model can predict, in the order of the file."""
    rows = []
    for figure, values in predictions("hold-out", QUANTITIES, baseline, assumed, closure, base):
        predicted, observed = band(values), float(figure.value)
        slack = 1e-9 * abs(observed)
        is_hit = predicted.p10 - slack <= observed <= predicted.p90 + slack
        is_point = predicted.p90 - predicted.p10 <= slack
        is_same = is_point and same_in_print(observed, predicted.p50)
        rows.append(Holdout(figure.id, observed, predicted, is_hit or is_same))
    return tuple(rows)


def predictions(
    use: str, quantities: Mapping[str, Predictor], baseline: Baseline, assumed: Assumed, closure: Closure, base: Year
) -> Iterator[tuple[Figure, np.ndarray]]:
    """Every benchmark of a use with its prediction (draws,), where there is one, in the file's order.

    It is the quantity that the benchmark `tests`, times the benchmark that is its `scale`, where it has one.
    """
    for figure in baseline.benchmarks.values():
        if figure.use == use and figure.tests in quantities:
            values = quantities[figure.tests](baseline, assumed, closure, base)
            if figure.scale:
                values = values * float(baseline.benchmarks[figure.scale].value)
            yield figure, np.broadcast_to(values, base.budget.filed.shape)[:, 0]


def as_drawn(id: str) -> Predictor:
    """A predictor that gives an assumption as it is drawn."""
    return lambda baseline, assumed, closure, base: assumed[id]


def _cases_a_year(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Cases of another year: the yearly rate of the base year, unchanged."""
    return base.budget.filed


def _visit_filed(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Cases that a visit brings, but for those of off-site checks and complaints."""
    return closure.flow.visit_filed


def _frontline_share(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    return _frontline(baseline, base) / base.work.staff.people.sum(axis=1, keepdims=True)


def _random_visits_an_officer(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Random checks a year that an officer owes."""
    return base.work.random_minimum.sum(axis=1, keepdims=True) / _frontline(baseline, base)


def _frontline(baseline: Baseline, base: Year) -> np.ndarray | float:
    """Officers of the force, as reported where they are."""
    if baseline.gives("frontline_total"):
        return baseline.reported("frontline_total")
    return base.work.staff.frontline.sum(axis=1, keepdims=True)


def _general_checks(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Checks of general units that an officer of city or county owes a year by the random-check rule."""
    _, cities, counties = baseline.pools.slices
    officers = {
        tier: base.work.staff.frontline[:, where].sum(axis=1, keepdims=True)
        for tier, where in ((CITY, cities), (COUNTY, counties))
    }
    owed = random_minimum(0.0, officers[CITY], "city", base.work.rules) + random_minimum(
        0.0, officers[COUNTY], "county", base.work.rules
    )
    return owed / (officers[CITY] + officers[COUNTY])


def _largest_share(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Share of complaint work of the prefecture that has most of it."""
    most = int(np.argmax(baseline.share_of("letters" if baseline.has("letters") else "population")))
    return base.work.local @ baseline.pools.of_prefecture[:, [most]]


def _cases_per_visit(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """All cases of a year over its visits."""
    return base.budget.filed / base.budget.visits.sum(axis=1, keepdims=True)


QUANTITIES: Mapping[str, Predictor] = MappingProxyType(
    {
        "cases_a_year": _cases_a_year,
        "visit_filed": _visit_filed,
        "frontline_share": _frontline_share,
        "general_checks_an_officer": _general_checks,
        "complaint_filed": as_drawn("complaint_filed"),
        "largest_complaint_share": _largest_share,
        "random_visits_an_officer": _random_visits_an_officer,
        "hit_random": as_drawn("hit_random"),
        "cases_per_visit": _cases_per_visit,
        "officers_per_visit": as_drawn("officers_per_visit"),
    }
)
"""The quantities that hold-outs test, by the name in the column `tests` of `benchmarks.csv`."""

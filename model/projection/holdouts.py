"""Hold-outs: published figures that the closure does not use, predicted from the base year.

They say how good the model is where nobody tuned it (method, section 10).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from model.evidence.baseline import CITY, COUNTY, Baseline
from model.evidence.draws import Assumed
from model.force.visits import random_minimum
from model.projection.results import Holdout
from model.projection.statistics import band
from model.year.closure import Closure
from model.year.year import Year


def holdouts(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> tuple[Holdout, ...]:
    """Every benchmark marked `hold-out` that the model can predict, in the order of the file."""
    rows = []
    for figure in baseline.benchmarks.values():
        if figure.use == "hold-out" and figure.id in PREDICTORS:
            predicted = band(
                np.broadcast_to(PREDICTORS[figure.id](baseline, assumed, closure, base), base.budget.filed.shape)[:, 0]
            )
            observed = float(figure.value)
            slack = 1e-9 * abs(observed)
            rows.append(
                Holdout(figure.id, observed, predicted, predicted.p10 - slack <= observed <= predicted.p90 + slack)
            )
    return tuple(rows)


def _benchmark(baseline: Baseline, id: str) -> float:
    """The value of a benchmark, in its unit."""
    return float(baseline.benchmarks[id].value)


def _cases_next_year(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Cases of the next year: the yearly rate of the window, unchanged."""
    return base.budget.filed


def _campaign_cases(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Cases of a campaign of known size at the base year's cases per visit."""
    return closure.flow.visit_filed * _benchmark(baseline, "hunan_onsite_campaign_visits")


def _registered_officers(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """The nation's registered officers: its staff at this baseline's frontline share."""
    share = baseline.reported("frontline_total") / baseline.reported("staff_total")
    return share * _benchmark(baseline, "nation_staff") * np.ones_like(base.budget.filed)


def _random_visits(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """The nation's random visits a year: those of an officer here, times its registered officers."""
    visits = base.budget.visits.sum(axis=1, keepdims=True) * (1 - base.budget.targeted)
    return visits / baseline.reported("frontline_total") * _benchmark(baseline, "nation_registered_officers")


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


def _assumed(id: str) -> Callable[..., np.ndarray]:
    """A predictor that gives an assumption as it is drawn."""
    return lambda baseline, assumed, closure, base: assumed[id]


PREDICTORS: Mapping[str, Callable[[Baseline, Assumed, Closure, Year], np.ndarray]] = MappingProxyType(
    {
        "hunan_cases_2021": _cases_next_year,
        "hunan_onsite_campaign_cases": _campaign_cases,
        "nation_registered_officers": _registered_officers,
        "nation_random_visits": _random_visits,
        "nation_general_checks_per_officer": _general_checks,
        "nation_random_hit": _assumed("hit_random"),
        "nation_offsite_filed": _assumed("offsite_filed"),
    }
)

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
from model.projection.results import Holdout
from model.projection.statistics import band
from model.year.closure import Closure
from model.year.year import Year

Predictor = Callable[[Baseline, Assumed, Closure, Year], np.ndarray]
"""The model's quantity for a published figure, in its unit, (draws, 1)."""


def holdouts(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> tuple[Holdout, ...]:
    """Every benchmark marked `hold-out` that the model can predict, in the order of the file."""
    rows = []
    for figure, values in predictions("hold-out", PREDICTORS, baseline, assumed, closure, base):
        predicted, observed = band(values), float(figure.value)
        slack = 1e-9 * abs(observed)
        rows.append(Holdout(figure.id, observed, predicted, predicted.p10 - slack <= observed <= predicted.p90 + slack))
    return tuple(rows)


def predictions(
    use: str, predictors: Mapping[str, Predictor], baseline: Baseline, assumed: Assumed, closure: Closure, base: Year
) -> Iterator[tuple[Figure, np.ndarray]]:
    """Every benchmark of a use with its prediction (draws,), where there is one, in the file's order."""
    for figure in baseline.benchmarks.values():
        if figure.use == use and figure.id in predictors:
            values = predictors[figure.id](baseline, assumed, closure, base)
            yield figure, np.broadcast_to(values, base.budget.filed.shape)[:, 0]


def benchmark(baseline: Baseline, id: str) -> float:
    """The value of a benchmark, in its unit."""
    return float(baseline.benchmarks[id].value)


def _cases_next_year(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Cases of the next year: the yearly rate of the window, unchanged."""
    return base.budget.filed


def _campaign_cases(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """Cases of a campaign of known size at the base year's cases per visit."""
    return closure.flow.visit_filed * benchmark(baseline, "hunan_onsite_campaign_visits")


def _registered_officers(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """The nation's registered officers: its staff at this baseline's frontline share."""
    share = baseline.reported("frontline_total") / baseline.reported("staff_total")
    return share * benchmark(baseline, "nation_staff") * np.ones_like(base.budget.filed)


def random_visits_of(register: str) -> Predictor:
    """Random checks a year that an officer here owes, times the officers of a national register."""

    def random_visits(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
        owed = base.work.random_minimum.sum(axis=1, keepdims=True)
        return owed / baseline.reported("frontline_total") * benchmark(baseline, register)

    return random_visits


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
    """Share of complaint work of the prefecture that sent most letters."""
    most = int(np.argmax([prefecture.letters for prefecture in baseline.prefectures]))
    return base.work.local @ baseline.pools.of_prefecture[:, [most]]


def cases_per_visit(baseline: Baseline, assumed: Assumed, closure: Closure, base: Year) -> np.ndarray:
    """All cases of a year over its visits."""
    return base.budget.filed / base.budget.visits.sum(axis=1, keepdims=True)


def as_drawn(id: str) -> Predictor:
    """A predictor that gives an assumption as it is drawn."""
    return lambda baseline, assumed, closure, base: assumed[id]


PREDICTORS: Mapping[str, Predictor] = MappingProxyType(
    {
        "hunan_cases_2021": _cases_next_year,
        "hunan_onsite_campaign_cases": _campaign_cases,
        "nation_registered_officers": _registered_officers,
        "nation_general_checks_per_officer": _general_checks,
        "hunan_letters_filed_2023": as_drawn("complaint_filed"),
        "hunan_letters_largest_2021": _largest_share,
        "hunan_letters_largest_2024": _largest_share,
        "nation_random_visits_2017": random_visits_of("nation_registered_officers_2017"),
        "nation_random_hit_2017": as_drawn("hit_random"),
        "guangdong_cases_per_visit": cases_per_visit,
        "zhejiang_cases_per_visit": cases_per_visit,
        "zhejiang_officers_per_visit": as_drawn("officers_per_visit"),
    }
)

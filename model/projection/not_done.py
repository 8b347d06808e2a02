"""The work that will not be done: the task, the pool, how likely and by how much, by year and quarter."""

from collections.abc import Iterable, Iterator

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.draws import Assumed
from model.projection.results import Band, QuarterShortfall, Shortfall
from model.projection.statistics import percentiles
from model.year.quarters import QUARTERS, SWING, Rates, could_fall_short, quarter, rates, visits_missing
from model.year.year import Year, minimum_visits, visits_owed_and_made

LEAST_PROBABILITY = 0.05
"""A task that falls short in fewer than 5 draws of 100 is not listed."""

ROUNDING = 1e-6
"""A smaller amount is rounding error; in visits, person-days or files."""


def not_done(baseline: Baseline, plan: Year) -> tuple[Shortfall, ...]:
    """The work missing in a year, the likeliest first."""
    missing = {
        ("legal minimum", "visits a year"): minimum_visits(plan) - visits_owed_and_made(plan),
        ("mandatory work", "person-days a year"): plan.work.mandatory_days - plan.budget.field_days,
        ("case decisions", "cases a year"): plan.led - plan.decided,
    }
    rows = []
    for (what, unit), amount in missing.items():
        for p, band, probability in _listed(amount):
            rows.append(Shortfall(what, unit, *baseline.pool_names[p], band, probability))
    return tuple(sorted(rows, key=lambda row: -row.probability))


def not_done_by_quarter(baseline: Baseline, plan: Year, assumed: Assumed) -> tuple[QuarterShortfall, ...]:
    """The work missing in each quarter of a year with the plan fully in place, the likeliest first."""
    year = rates(plan, baseline.pools, assumed)
    draw, pool = np.nonzero(could_fall_short(year))
    short = Rates(**{name: values[draw, pool] for name, values in vars(year).items()})
    parts = tuple(quarter(short, swing) for swing in SWING)
    missing: dict[tuple[str, str], Iterable[np.ndarray]] = {
        ("legal minimum", "visits a quarter"): visits_missing(short, parts),
        ("mandatory work", "person-days a quarter"): [part.mandatory_left for part in parts],
        ("case decisions", "cases a quarter"): [part.files_left for part in parts],
    }
    rows = []
    for (what, unit), amounts in missing.items():
        for k, amount in zip(QUARTERS, amounts, strict=True):
            everywhere = np.zeros(plan.led.shape)
            everywhere[draw, pool] = amount
            for p, band, probability in _listed(everywhere):
                rows.append(QuarterShortfall(what, unit, *baseline.pool_names[p], band, probability, k))
    return tuple(sorted(rows, key=lambda row: -row.probability))


def _listed(amount: np.ndarray) -> Iterator[tuple[int, Band, float]]:
    """The pools where an amount, (draws, pools), is missing in enough draws: pool, band, probability."""
    probability = (amount > ROUNDING).mean(axis=0)
    listed = np.flatnonzero(probability >= LEAST_PROBABILITY)
    by_pool = amount.T[listed]
    bands = percentiles(np.where(by_pool > ROUNDING, by_pool, 0.0)).T.tolist()
    for p, band, likely in zip(listed.tolist(), bands, probability[listed].tolist(), strict=True):
        yield p, Band(*band), likely

"""A scenario projected: base year and plan on the same draws, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from model.baseline import TIERS, Baseline, shipped_baseline, with_staff_list
from model.closure import Closure, close
from model.draws import Assumed, central, draw
from model.evidence import Assumption
from model.holdouts import holdouts
from model.levers import settings
from model.measures import MEASURES, measure_parts, over_scopes, scopes
from model.months import Months, months
from model.results import (
    Band,
    BandSeries,
    Bottleneck,
    DrawsCount,
    Holdout,
    MeasureResult,
    MonthsResult,
    Paired,
    Projection,
    Shortfall,
    TooFewDraws,
)
from model.scenario import Scenario
from model.uncertainty import LEAST_DRAWS, count, paired_difference, percentiles, ranks, rests_on
from model.version import MODEL_VERSION
from model.year import CONSTRAINTS, Year, constraint, held_by_review, minimum_visits, visits_owed_and_made, year

LEAST_PROBABILITY = 0.05
"""What fails in fewer than 5 draws of 100 is not listed as not done."""


@dataclass(frozen=True, eq=False)
class BaseYear:
    """The base year of one baseline, reading and set of assumptions, closed, filtered and computed once for all
    scenarios on it. `values` (measures, scopes, draws)."""

    baseline: Baseline
    reading: Mapping[str, str]
    seed: int
    draws: DrawsCount
    assumed: Assumed
    closure: Closure
    year: Year
    holdouts: tuple[Holdout, ...]
    rank_ids: list[str]
    ranks: np.ndarray


def project(scenario: Scenario, *, baseline: Baseline | None = None, draws: int = 4096, seed: int = 1) -> Projection:
    """Project a scenario against its base year on common draws.

    `baseline` defaults to `baseline_of(scenario)`; `draws` are made before the plausibility filter. Same
    scenario, draws and seed: same result. Raises TooFewDraws where fewer than 200 draws give a plausible base year,
    KeyError for an unknown baseline or lever. Check a scenario that came from a file first (`scenario_file`).
    """
    return against(base_year_of(scenario, baseline or baseline_of(scenario), draws, seed), scenario)


def baseline_of(scenario: Scenario) -> Baseline:
    """The shipped baseline a scenario names, with the scenario's staff list if it has one. KeyError for an unknown
    one."""
    baseline = shipped_baseline(scenario.baseline)
    return with_staff_list(baseline, frozenset(scenario.staff_list.items())) if scenario.staff_list else baseline


def base_year_of(scenario: Scenario, baseline: Baseline, draws: int = 4096, seed: int = 1) -> BaseYear:
    """The base year a scenario stands on: the baseline, its changed assumptions and its reading of the report."""
    return base_year(
        baseline, frozenset(scenario.assumptions.items()), frozenset(scenario.reading.items()), draws, seed
    )


@lru_cache(maxsize=8)
def base_year(baseline: Baseline, changed: frozenset, reading: frozenset, draws: int = 4096, seed: int = 1) -> BaseYear:
    """The base year, kept for the scenarios to come. `changed` holds (id, ChangedAssumption), `reading` (key,
    choice)."""
    assumptions = _changed(baseline.assumptions, dict(changed))
    drawn = draw(assumptions, draws, seed)
    closure = close(baseline, assumptions, drawn, dict(reading))
    kept = np.logical_and.reduce(list(closure.passes.values()))
    counted = count(kept)
    if counted.effective < LEAST_DRAWS:
        raise TooFewDraws(
            counted, {id: int((~passes).sum()) for id, passes in closure.passes.items() if not passes.all()}
        )
    return _closed(
        baseline, assumptions, {id: values[kept] for id, values in drawn.items()}, dict(reading), seed, counted
    )


@lru_cache(maxsize=8)
def central_year(baseline: Baseline, changed: frozenset, reading: frozenset) -> BaseYear:
    """The base year in the central case: the one draw with every assumption at its mid, plausible or not (its closure
    says in `passes`). `changed` and `reading` as of `base_year`."""
    assumptions = _changed(baseline.assumptions, dict(changed))
    return _closed(baseline, assumptions, central(assumptions), dict(reading), 0, DrawsCount(1, 1, 1))


def _closed(
    baseline: Baseline,
    assumptions: Mapping[str, Assumption],
    assumed: Assumed,
    reading: Mapping[str, str],
    seed: int,
    counted: DrawsCount,
) -> BaseYear:
    closure = close(baseline, assumptions, assumed, reading)
    result = year(baseline, assumed, closure, settings({}, baseline), reading)
    held_out = holdouts(baseline, assumed, closure, result)
    return BaseYear(baseline, reading, seed, counted, assumed, closure, result, held_out, *ranks(assumed))


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A scenario computed draw by draw. `values` (measures, scopes, draws) and `meaning` (measures, scopes) as of
    `over_scopes`."""

    scenario: Scenario
    year: Year
    months: Months
    values: np.ndarray
    meaning: np.ndarray


def evaluate(base: BaseYear, scenario: Scenario) -> Evaluation:
    """Compute a scenario in every kept draw of a base year."""
    baseline, chosen = base.baseline, settings(scenario.levers, base.baseline)
    result = year(baseline, base.assumed, base.closure, chosen, base.reading)
    path = months(base.assumed, base.closure, base.year, result, chosen)
    parts = measure_parts(baseline, base.assumed, base.closure, result, path)
    return Evaluation(scenario, result, path, *over_scopes(parts, baseline.pools))


def against(base: BaseYear, scenario: Scenario) -> Projection:
    """Project a scenario on a base year already computed; the step a slider takes."""
    return summarise(base, evaluate(base, scenario))


def summarise(base: BaseYear, plan: Evaluation) -> Projection:
    """What the draws of a scenario say, beside those of the base year."""
    chosen = settings(plan.scenario.levers, base.baseline)
    unmoved = _unmoved(base, int(chosen["horizon_months"]))
    return Projection(
        scenario=plan.scenario,
        baseline=base.baseline.id,
        rules=str(chosen["rules"]),
        model_version=MODEL_VERSION,
        seed=base.seed,
        draws=base.draws,
        measures=_measures(base, unmoved, plan),
        months=_months(unmoved.plan.months, plan.months),
        bottlenecks=_bottlenecks(base.baseline, base.year, plan.year),
        not_done=_not_done(base.baseline, plan.year),
        holdouts=base.holdouts,
    )


@dataclass(frozen=True, eq=False)
class _Unmoved:
    """The base year walked through the same months: the `bands` of its values (3, measures, scopes) and their
    largest amounts, `size` (measures, scopes, 1)."""

    plan: Evaluation
    bands: np.ndarray
    size: np.ndarray


@lru_cache(maxsize=16)
def _unmoved(base: BaseYear, horizon: int) -> _Unmoved:
    plan = evaluate(base, Scenario(levers={"horizon_months": float(horizon)}))
    return _Unmoved(plan, percentiles(plan.values), np.maximum(np.abs(plan.values).max(axis=-1, keepdims=True), 1e-3))


def _changed(assumptions: Mapping[str, Assumption], changed: Mapping) -> dict[str, Assumption]:
    return {
        id: replace(a, low=changed[id].low, mid=changed[id].mid, high=changed[id].high) if id in changed else a
        for id, a in assumptions.items()
    }


def _measures(base: BaseYear, unmoved: _Unmoved, plan: Evaluation) -> dict[str, MeasureResult]:
    values = plan.values
    difference = paired_difference(values, unmoved.plan.values, unmoved.size)
    higher, lower = (difference > 0).mean(axis=-1), (difference < 0).mean(axis=-1)
    # To the ninth decimal, so that sums over pools read as the whole numbers they are.
    bands = np.round(np.stack([unmoved.bands, percentiles(values), percentiles(difference)]), 9)
    names = scopes(base.baseline)
    totals = np.where(np.ptp(difference[:, 0], axis=1, keepdims=True) > 0, difference[:, 0], values[:, 0])
    rest = rests_on(base.rank_ids, base.ranks, totals)
    results = {}
    for k, measure in enumerate(MEASURES):
        better, worse = (lower[k], higher[k]) if measure.better < 0 else (higher[k], lower[k])
        paired = {
            name: Paired(*(Band(*map(float, bands[i, :, k, s])) for i in range(3)), float(better[s]), float(worse[s]))
            for s, name in enumerate(names)
            if plan.meaning[k, s] or unmoved.plan.meaning[k, s]
        }
        results[measure.id] = MeasureResult(
            id=measure.id,
            unit=measure.unit,
            total=paired["total"],
            tiers={t: paired[t] for t in TIERS if t in paired},
            prefectures={p.id: paired[p.id] for p in base.baseline.prefectures if p.id in paired},
            rests_on=rest[k],
        )
    return results


def _months(base: Months, plan: Months) -> MonthsResult:
    def series(values: np.ndarray) -> BandSeries:
        return BandSeries(*percentiles(values))

    return MonthsResult(
        month=np.arange(1, len(plan.backlog) + 1),
        backlog={"base": series(base.backlog), "scenario": series(plan.backlog)},
        days_to_decision={"base": series(base.days), "scenario": series(plan.days)},
    )


def _bottlenecks(baseline: Baseline, base: Year, plan: Year) -> tuple[Bottleneck, ...]:
    shares = []
    for result in (base, plan):
        codes = constraint(result)
        shares.append(np.stack([(codes == k).mean(axis=0) for k in range(len(CONSTRAINTS))]))
    first = [share.argmax(axis=0) for share in shares]
    cases = [np.where(held_by_review(r).mean(axis=0) > 0.5, "legal review", "investigation") for r in (base, plan)]
    return tuple(
        Bottleneck(
            *baseline.pool_names[p],
            CONSTRAINTS[first[0][p]],
            float(shares[0][first[0][p], p]),
            CONSTRAINTS[first[1][p]],
            float(shares[1][first[1][p], p]),
            str(cases[0][p]),
            str(cases[1][p]),
        )
        for p in range(len(baseline.pools))
    )


def _not_done(baseline: Baseline, plan: Year) -> tuple[Shortfall, ...]:
    """What is missing in at least 5 draws of 100, likeliest first."""
    missing = {
        ("legal minimum", "visits a year"): minimum_visits(plan) - visits_owed_and_made(plan),
        ("mandatory work", "person-days a year"): plan.work.mandatory_days - plan.budget.field_days,
        ("case decisions", "cases a year"): plan.led - plan.decided,
    }
    rows = []
    for (what, unit), amount in missing.items():
        short = np.where(amount > 1e-6, amount, 0.0)
        probability = (short > 0).mean(axis=0)
        bands = percentiles(short.T)
        rows += [
            Shortfall(what, unit, *baseline.pool_names[p], Band(*map(float, bands[:, p])), float(probability[p]))
            for p in np.flatnonzero(probability >= LEAST_PROBABILITY)
        ]
    return tuple(sorted(rows, key=lambda row: -row.probability))

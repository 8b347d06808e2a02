"""A scenario projected: base year and plan on the same draws, and the figures of both."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.projection.base_year import BaseYear, base_year_of, baseline_of
from model.projection.not_done import not_done, not_done_by_quarter
from model.projection.results import (
    Band,
    BandSeries,
    Bottleneck,
    MeasureResult,
    MonthsResult,
    Paired,
    Projection,
)
from model.projection.statistics import largest_amount, odds, paired_difference, percentiles, rests_on
from model.scenario.scenario import Scenario
from model.scenario.settings import settings
from model.version import MODEL_VERSION
from model.year.kept import kept_with_owner
from model.year.measures import MEASURE, measure_parts, over_scopes, scopes
from model.year.months import Months, months
from model.year.year import CONSTRAINTS, Year, constraint, held_by_review, unmoved_year, year

OF_MERGING = "merge_release"
"""The assumption that only the merging of bodies brings in."""
AT_A_GLANCE = (
    "staff",
    "visits",
    "visit_capacity",
    "legal_minimum",
    "duty_met",
    "problems",
    "cases_filed",
    "case_capacity",
    "cases_decided",
    "on_time_share",
)
"""Ids of the measures that a planner sees while a handle moves: the headlines and what stands beside them."""


def project(scenario: Scenario, *, baseline: Baseline | None = None, draws: int = 4096, seed: int = 1) -> Projection:
    """Project a scenario against its base year on common draws.

    `baseline` is by default that of the scenario (`baseline_of`); `draws` counts those before the plausibility filter
    and are doubled where fewer than 200 of them are plausible, up to 4,096.
    Same scenario, draws and seed: same result. TooFewDraws where fewer than 200 draws give a plausible base year,
    WrongScenario for decisions that a file would be refused for, KeyError for a baseline that does not ship.
    """
    return against(base_year_of(scenario, baseline or baseline_of(scenario), draws, seed), scenario)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A scenario computed draw by draw.

    `values` (measures, scopes, draws) and `meaning` (measures, scopes) are those of `over_scopes`, `ids` the measures.
    """

    scenario: Scenario
    year: Year
    months: Months
    ids: tuple[str, ...]
    values: np.ndarray
    meaning: np.ndarray


def evaluate(
    base: BaseYear, scenario: Scenario, ids: Collection[str] = tuple(MEASURE), *, by_place: bool = True
) -> Evaluation:
    """Compute a scenario in every plausible draw of a base year.

    `ids` are the measures, all unless given; not `by_place` leaves out prefectures.
    """
    baseline, plan_settings = base.baseline, settings(scenario.levers, base.baseline)
    before = _base_year(base, plan_settings.horizon_months)
    result = year(baseline, base.assumed, base.closure, plan_settings, base.reading)
    path = months(base.assumed, base.closure, before, result, plan_settings)
    parts = measure_parts(baseline, base.assumed, base.closure, result, path, ids)
    return Evaluation(scenario, result, path, tuple(parts), *over_scopes(parts, baseline.pools, by_place=by_place))


@kept_with_owner(2)
def _base_year(base: BaseYear, horizon: float) -> Year:
    """The base year, its clock over so many months."""
    if horizon == settings({}, base.baseline).horizon_months:
        return base.year
    return unmoved_year(base.baseline, base.assumed, base.closure, base.reading, horizon)


def against(base: BaseYear, scenario: Scenario) -> Projection:
    """Project a scenario on a base year that is computed already."""
    return summarise(base, evaluate(base, scenario))


def glance(base: BaseYear, scenario: Scenario) -> Projection:
    """The step of a slider: the measures of `AT_A_GLANCE` alone, without prefectures and quarters."""
    return summarise(base, evaluate(base, scenario, AT_A_GLANCE, by_place=False), by_place=False)


def summarise(base: BaseYear, plan: Evaluation, *, by_place: bool = True) -> Projection:
    """The projection that the draws of a scenario and of its base year give."""
    plan_settings = settings(plan.scenario.levers, base.baseline)
    unmoved = _unmoved(base, int(plan_settings.horizon_months))
    return Projection(
        scenario=plan.scenario,
        baseline=base.baseline.id,
        rules=plan_settings.rules,
        model_version=MODEL_VERSION,
        seed=base.seed,
        draws=base.draws,
        measures=_measures(base, unmoved, plan),
        months=MonthsResult(
            month=np.arange(1, len(plan.months.backlog) + 1),
            backlog={"base": unmoved.backlog, "scenario": _series(plan.months.backlog)},
            days_to_decision={"base": unmoved.days_to_decision, "scenario": _series(plan.months.days)},
        ),
        bottlenecks=_bottlenecks(base.baseline, unmoved.binds, _binding(plan.year)),
        not_done=not_done(base.baseline, plan.year),
        not_done_by_quarter=not_done_by_quarter(base.baseline, plan.year, base.assumed) if by_place else (),
        holdouts=base.holdouts,
    )


@dataclass(frozen=True, eq=False)
class _Unmoved:
    """The base year projected over the same months as a scenario.

    `values` and `meaning` are those of an `Evaluation`, `bands` those of the values, (measures, 3, scopes), `size`
    their largest amounts, (measures, scopes, 1).
    """

    values: np.ndarray
    meaning: np.ndarray
    bands: np.ndarray
    size: np.ndarray
    binds: "_Binding"
    backlog: BandSeries
    days_to_decision: BandSeries


@kept_with_owner(2)
def _unmoved(base: BaseYear, horizon: int) -> _Unmoved:
    """The base year projected over so many months."""
    plan = evaluate(base, Scenario(levers={"horizon_months": float(horizon)}))
    return _Unmoved(
        values=plan.values,
        meaning=plan.meaning,
        bands=np.stack([percentiles(values) for values in plan.values]),
        size=largest_amount(plan.values),
        binds=_binding(plan.year),
        backlog=_series(plan.months.backlog),
        days_to_decision=_series(plan.months.days),
    )


def _measures(base: BaseYear, unmoved: _Unmoved, plan: Evaluation) -> dict[str, MeasureResult]:
    """The measures computed by id, with the assumptions that the difference in their totals rests on."""
    here, results = plan.values.shape[1], {}
    names, place = scopes(base.baseline)[:here], list(MEASURE)
    outcomes = np.empty((len(plan.ids), base.draws.kept))
    for k, id in enumerate(plan.ids):
        values, still = plan.values[k], place.index(id)
        difference = paired_difference(values, unmoved.values[still, :here], unmoved.size[still, :here])
        outcomes[k] = difference[0] if np.ptp(difference[0]) > 0 else values[0]
        # To the ninth decimal, so that sums over pools read as the whole numbers they are.
        bands = np.round(np.stack([unmoved.bands[still, :, :here], percentiles(values), percentiles(difference)]), 9)
        rows = zip(np.moveaxis(bands, 2, 0).tolist(), odds(difference, MEASURE[id].better), strict=True)
        has_meaning = plan.meaning[k] | unmoved.meaning[still, :here]
        results[id] = {
            name: Paired(Band(*before), Band(*after), Band(*change), shares)
            for name, ((before, after, change), shares), means in zip(names, rows, has_meaning, strict=True)
            if means
        }
    moving = [k for k, id in enumerate(base.rank_ids) if id != OF_MERGING or _merges(plan.scenario, base.baseline)]
    rest = rests_on([base.rank_ids[k] for k in moving], base.ranks[moving], outcomes)
    return {
        id: MeasureResult(
            id=id,
            unit=MEASURE[id].unit,
            total=paired["total"],
            tiers={t: paired[t] for t in TIERS if t in paired},
            prefectures={p.id: paired[p.id] for p in base.baseline.prefectures if p.id in paired},
            rests_on=rest[k],
        )
        for k, (id, paired) in enumerate(results.items())
    }


def _merges(scenario: Scenario, baseline: Baseline) -> bool:
    """Whether a plan merges bodies, or parts some; else nothing rests on what that frees."""
    return settings(scenario.levers, baseline).merged_bodies != baseline.derived["bodies_merged"]


def _series(by_month: np.ndarray) -> BandSeries:
    """The band of every month, from values (months, draws)."""
    return BandSeries(*percentiles(by_month))


@dataclass(frozen=True, eq=False)
class _Binding:
    """The constraint that binds each pool first, its share of the draws, and the limit of its cases."""

    constraint: list[str]
    share: list[float]
    cases: list[str]


def _binding(result: Year) -> _Binding:
    """The commonest binding constraint of every pool over the draws."""
    codes = constraint(result)
    shares = np.stack([(codes == k).mean(axis=0) for k in range(len(CONSTRAINTS))])
    cases = np.where(held_by_review(result).mean(axis=0) > 0.5, "legal review", "investigation")
    return _Binding(
        [CONSTRAINTS[k] for k in shares.argmax(axis=0)], shares.max(axis=0).tolist(), [str(word) for word in cases]
    )


def _bottlenecks(baseline: Baseline, base: _Binding, plan: _Binding) -> tuple[Bottleneck, ...]:
    """The bottleneck of every pool, before and after."""
    rows = zip(base.constraint, base.share, plan.constraint, plan.share, base.cases, plan.cases, strict=True)
    return tuple(Bottleneck(*name, *row) for name, row in zip(baseline.pool_names, rows, strict=True))

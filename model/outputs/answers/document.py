"""Results as plain values for JSON: numbers as they are, ids in the place of words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption, Figure, RuleRow
from model.projection.base_year import BaseYear
from model.projection.results import BandSeries, DrawsCount, MeasureResult, Paired, Projection
from model.scenario.scenario import Scenario
from model.version import MODEL_VERSION


def written(document: Mapping[str, object]) -> str:
    """The document as JSON text, the same for the same content. ValueError for NaN or infinity."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def projection_document(projection: Projection) -> dict[str, object]:
    """A projection whole: every measure by total, tier and prefecture with its bands, months, what binds and what is
    not done, and the published figures it was held against."""
    return {
        **made_of(projection.scenario, projection.baseline, projection.rules, projection.draws, projection.seed),
        "measures": {id: _measure(measure) for id, measure in projection.measures.items()},
        "months": {
            "month": projection.months.month.tolist(),
            "backlog": _series(projection.months.backlog),
            "days_to_decision": _series(projection.months.days_to_decision),
        },
        "bottlenecks": [asdict(bottleneck) for bottleneck in projection.bottlenecks],
        **not_done_rows(projection),
        "holdouts": [
            {"id": holdout.id, "observed": holdout.observed, **asdict(holdout.predicted), "hit": holdout.hit}
            for holdout in projection.holdouts
        ],
    }


def made_of(scenario: Scenario, baseline: str, rules: str, draws: DrawsCount, seed: int) -> dict[str, object]:
    """What every document opens with: the scenario and what its figures stand on."""
    return {
        "scenario": scenario_document(scenario),
        "baseline": baseline,
        "rules": rules,
        "model_version": MODEL_VERSION,
        "seed": seed,
        "draws": asdict(draws),
    }


def made_on(scenario: Scenario, base: BaseYear) -> dict[str, object]:
    """The same, of a base year that a scenario stands on."""
    baseline = base.baseline
    return made_of(scenario, baseline.id, scenario.levers.get("rules", baseline.rules), base.draws, base.seed)


def not_done_document(projection: Projection) -> dict[str, object]:
    """What will not be done, in the year and in each of its quarters."""
    made = made_of(projection.scenario, projection.baseline, projection.rules, projection.draws, projection.seed)
    return {**made, **not_done_rows(projection)}


def not_done_rows(projection: Projection) -> dict[str, object]:
    """The rows of what is not done, under the names that every document gives them."""
    return {
        "not_done": [asdict(shortfall) for shortfall in projection.not_done],
        "not_done_by_quarter": [asdict(shortfall) for shortfall in projection.not_done_by_quarter],
    }


def scenario_document(scenario: Scenario) -> dict[str, object]:
    """A scenario's content; a staff list by tier and prefecture, the province's under its tier alone."""
    seats: dict[str, object] = {}
    for (tier, prefecture), heads in scenario.staff_list.items():
        entry = dict(zip(("people", "frontline"), heads, strict=True))
        seats = {**seats, tier: {**seats.get(tier, {}), prefecture: entry} if prefecture else entry}
    return {
        "name": dict(scenario.name),
        "note": dict(scenario.note),
        "reason": dict(scenario.reason),
        "author": scenario.author,
        "levers": {id: dict(v) if isinstance(v, Mapping) else v for id, v in scenario.levers.items()},
        "assumptions": {id: asdict(changed) for id, changed in scenario.assumptions.items()},
        "reading": dict(scenario.reading),
        "staff_list": seats,
    }


def evidence_document(baseline: Baseline, rules: Iterable[RuleRow]) -> dict[str, object]:
    """Every figure the baseline and the rules stand on, each with value or range, unit, mark and source."""
    figures = [*baseline.report.values(), *baseline.benchmarks.values(), *rules, *baseline.assumptions.values()]
    return {"baseline": baseline.id, "figures": [_figure(figure) for figure in figures]}


def _figure(figure: Figure | RuleRow | Assumption) -> dict[str, object]:
    common = {"id": figure.id, "label": figure.label, "mark": figure.mark, "unit": figure.unit}
    if isinstance(figure, Assumption):
        range_ = {"low": figure.low, "mid": figure.mid, "high": figure.high}
        return {**common, **range_, "closed": figure.closed, "source": figure.basis}
    told = {"value": figure.value, "source": figure.source, "certainty": figure.certainty}
    if isinstance(figure, RuleRow):
        days = {"in_force_from": figure.in_force_from, "in_force_to": figure.in_force_to}
        return {**common, **told, **{name: day.isoformat() for name, day in days.items() if day}}
    return {**common, **told, "window": figure.window, "use": figure.use}


def _measure(measure: MeasureResult) -> dict[str, object]:
    return {
        "unit": measure.unit,
        "total": paired_document(measure.total),
        **{tier: paired_document(paired) for tier, paired in measure.tiers.items()},
        "prefectures": {id: paired_document(paired) for id, paired in measure.prefectures.items()},
        "rests_on": [{"id": id, "rank_correlation": correlation} for id, correlation in measure.rests_on],
    }


def paired_document(paired: Paired) -> dict[str, object]:
    """Bands of base year, scenario and paired difference, and the share of draws in which the scenario is better."""
    return {
        "base": asdict(paired.base),
        "scenario": asdict(paired.scenario),
        "difference": asdict(paired.difference),
        "better": paired.better,
        "worse": paired.worse,
    }


def _series(plans: Mapping[str, BandSeries]) -> dict[str, object]:
    return {plan: {name: values.tolist() for name, values in vars(series).items()} for plan, series in plans.items()}

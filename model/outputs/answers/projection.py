"""A projection as the command line prints it and as a JSON document."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from model.evidence.baseline import Baseline
from model.evidence.tier_names import tiers_in
from model.outputs.answers.answer_table import Banded, Cell, Figure, OddsCell, Table, clause_in_words, lines, plain_text
from model.outputs.answers.document import paired_document
from model.outputs.evidence import not_reported
from model.outputs.phrasing.numbers import amount, count, percent, span, unit_word
from model.outputs.phrasing.sentences import measure_with_limits, missing_amount, missing_span, place, plan_in_words
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import BaseYear
from model.projection.project import evaluate
from model.projection.representative_case import representative_base, representative_case
from model.projection.results import BandSeries, DrawsCount, Holdout, MeasureResult, Paired, Projection
from model.projection.totals import unmoved
from model.scenario.scenario import Scenario, in_language
from model.version import MODEL_VERSION
from model.year.measures import MEASURES, scopes

TABLE_MEASURES = (
    "visits",
    "visit_capacity",
    "duty_met",
    "case_capacity",
    "cases_filed",
    "cases_decided",
    "on_time_share",
    "backlog_end",
)
"""The measures that the command line prints, which has room for more than the headline figures of a page."""
MOST_SHORTFALLS = 12


def in_terminal(projection: Projection, baseline: Baseline, language: str) -> str:
    """The measures beside the base year, what binds, what is not done, and the model's limits."""
    return plain_text(
        language,
        heading(projection.scenario, projection, baseline, language),
        lines(clause_in_words(clause, language) for clause in plan_in_words(projection, baseline, language)),
        table(projection, language),
        text("plan.how_to_read", language),
        _not_done(projection, baseline, language),
        _holdouts(projection.holdouts, baseline, language),
        limits(baseline, language),
    )


def heading(scenario: Scenario, basis: Projection | BaseYear, baseline: Baseline, language: str) -> str:
    """A scenario's name, and the projection or base year that its figures stand on."""
    return title(scenario, baseline, basis.seed, basis.draws, language)


def title(scenario: Scenario, baseline: Baseline, seed: int, draws: DrawsCount, language: str) -> str:
    """A scenario's name, and the baseline, rules, version, seed and draws that its figures stand on."""
    name = in_language(scenario.name, language) or text("plan.untitled", language)
    about = text(
        "command_line.about",
        language,
        baseline=baseline.name[language],
        rules=text(f"plan.choice_rules_{scenario.levers.get('rules', baseline.rules)}", language),
        version=MODEL_VERSION,
        seed=seed,
        drawn=count(draws.drawn),
        kept=count(draws.kept),
        effective=count(draws.effective),
    )
    return f"{name}\n{about}"


def limits(baseline: Baseline, language: str) -> str:
    """What the model leaves out, without which no answer should be read."""
    left_out = not_reported.limits(baseline, language)
    return f"{text('plan.limits_title', language)}{text('problems.where_end', language)}{left_out}"


def table(projection: Projection, language: str) -> Table:
    """A row a measure and tier: base year, plan, change, and the plan's odds."""
    heads = ("measure", "unit", "where", "base", "scenario", "change")
    rows: list[tuple[Cell, ...]] = []
    for id in TABLE_MEASURES:
        measure = projection.measures[id]
        name = measure_with_limits(id, projection.scenario, language)
        names = (name, unit_word(measure.unit, language))
        rows.append((*names, text("terms.total", language), *_figures(measure, measure.total)))
        tiers = {tier: measure.tiers[tier] for tier in tiers_in(language) if tier in measure.tiers}
        for tier, paired in tiers.items():
            rows.append(("", "", text(f"terms.tier_{tier}", language), *_figures(measure, paired)))
    words = (*(text(f"command_line.column_{head}", language) for head in heads), text("odds.head", language))
    return Table(words, tuple(rows))


def _figures(measure: MeasureResult, paired: Paired) -> tuple[Cell, ...]:
    plan, change = Banded(paired.scenario, measure.unit), Banded(paired.difference, measure.unit, signed=True)
    return Figure(paired.base.p50, measure.unit), plan, change, OddsCell(paired.odds)


def _not_done(projection: Projection, baseline: Baseline, language: str) -> str:
    """The likeliest shortfalls of the year."""
    likeliest = sorted(projection.not_done, key=lambda row: -row.probability)
    heads = tuple(text(f"command_line.column_{head}", language) for head in ("not_done", "where", "missing", "chance"))
    rows = tuple(
        (
            text(f"plan.missing_{row.what.replace(' ', '_')}", language),
            place(row.tier, row.prefecture, baseline, language),
            missing_span(row, language) if missing_amount(row, language) else text("decide.none", language),
            percent(row.probability),
        )
        for row in likeliest[:MOST_SHORTFALLS]
    )
    return first_rows(Table(heads, rows, right=frozenset({2, 3})), len(likeliest), language)


def first_rows(table: Table, count: int, language: str) -> str:
    """The table as plain text, and how many rows of `count` it leaves out."""
    more = count - len(table.rows)
    rest = [text("command_line.and_more", language, count=more)] if more > 0 else []
    return "\n".join([table.to_text(language), *rest])


def _holdouts(holdouts: Iterable[Holdout], baseline: Baseline, language: str) -> Table:
    """The published figures that the projection was held against."""
    rows: list[tuple[Cell, ...]] = []
    for holdout in holdouts:
        figure = baseline.benchmarks[holdout.id]
        result = text("plan.holdout_hit" if holdout.hit else "plan.holdout_missed", language)
        observed = amount(holdout.observed, figure.unit)
        rows.append((figure.label[language], observed, span(holdout.predicted, figure.unit, language), result))
    heads = tuple(text(f"plan.holdout_{head}", language) for head in ("what", "observed", "predicted", "result"))
    return Table(heads, tuple(rows), title=text("plan.holdout_title", language), right=frozenset({1, 2}))


def document(projection: Projection, base: BaseYear) -> dict[str, object]:
    """The figures over the draws, and apart from them, under its name, the representative case."""
    return {**figures(projection), "representative": _representative(projection.scenario, base)}


def figures(projection: Projection) -> dict[str, object]:
    """The projection over the draws: measures by place, months, what binds, what is not done, holdouts."""
    return {
        "measures": {id: _measure(measure) for id, measure in projection.measures.items()},
        "months": {
            "month": projection.months.month.tolist(),
            "backlog": _series(projection.months.backlog),
            "days_to_decision": _series(projection.months.days_to_decision),
        },
        "bottlenecks": [asdict(bottleneck) for bottleneck in projection.bottlenecks],
        **shortfalls(projection),
        "holdouts": [
            {"id": holdout.id, "observed": holdout.observed, **asdict(holdout.predicted), "hit": holdout.hit}
            for holdout in projection.holdouts
        ],
    }


def _representative(scenario: Scenario, base: BaseYear) -> dict[str, object]:
    """Base year and plan in the representative case, by measure and place, where a measure has a meaning."""
    plan = representative_case(base, scenario)
    still = evaluate(representative_base(base, scenario), unmoved(scenario))
    names = scopes(base.baseline)
    values = {
        measure.id: {
            name: {"base": still.values[k, s, 0].item(), "scenario": plan.values[k, s, 0].item()}
            for s, name in enumerate(names)
            if still.meaning[k, s] or plan.meaning[k, s]
        }
        for k, measure in enumerate(MEASURES)
    }
    about = {language: text("decide.representative", language) for language in LANGUAGES}
    return {"about": about, "measures": values}


def shortfalls(projection: Projection) -> dict[str, object]:
    """The rows of what is not done, under the names that every document gives them."""
    return {
        "not_done": [asdict(shortfall) for shortfall in projection.not_done],
        "not_done_by_quarter": [asdict(shortfall) for shortfall in projection.not_done_by_quarter],
    }


def _measure(measure: MeasureResult) -> dict[str, object]:
    return {
        "unit": measure.unit,
        "total": paired_document(measure.total),
        **{tier: paired_document(paired) for tier, paired in measure.tiers.items()},
        "prefectures": {id: paired_document(paired) for id, paired in measure.prefectures.items()},
        "rests_on": [{"id": id, "rank_correlation": correlation} for id, correlation in measure.rests_on],
    }


def _series(plans: Mapping[str, BandSeries]) -> dict[str, object]:
    return {plan: {name: values.tolist() for name, values in vars(series).items()} for plan, series in plans.items()}

"""What the command line prints: a projection, the evidence and the levers as plain text."""

from collections.abc import Iterable

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption, Figure, RuleRow
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import MINUS, amount, bare_setting, change, change_span, percent, span, unit_word
from model.outputs.phrasing.problems import toml_number
from model.outputs.phrasing.sentences import of_hundred, place, plan_in_words
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import text
from model.projection.base_year import BaseYear
from model.projection.results import DrawsCount, Holdout, MeasureResult, Paired, Projection
from model.scenario.levers import Lever, levers
from model.scenario.scenario import Scenario, in_language
from model.version import MODEL_VERSION

HEADLINES = (
    "visits",
    "visit_capacity",
    "duty_met",
    "case_capacity",
    "cases_filed",
    "cases_decided",
    "on_time_share",
    "backlog_end",
)
MOST_SHORTFALLS = 12


def printed_projection(projection: Projection, baseline: Baseline, language: str) -> str:
    """The headline measures by total and tier beside the base year, what binds, what is not done, what to mind."""
    parts = [
        heading(projection.scenario, projection, baseline, language),
        "\n".join(said(clause.head, clause.body, language) for clause in plan_in_words(projection, baseline, language)),
        _headlines(projection, language),
        text("plan.how_to_read", language),
        _not_done(projection, baseline, language),
        _holdouts(projection.holdouts, baseline, language),
        said(text("plan.limits_title", language), text("plan.limits", language), language),
    ]
    # Not every terminal has the typographic minus, and a lost sign would be a wrong number.
    return "\n\n".join(part for part in parts if part).replace(MINUS, "-")


def printed_levers(baseline: Baseline, language: str) -> str:
    """Every lever with meaning, base, bounds and unit; in a file the keys are the ids."""
    heads = ("id", "meaning", "base", "bounds", "unit")
    rows = [tuple(text(f"command_line.column_{head}", language) for head in heads)]
    return text_table([*rows, *(_lever(lever, language) for lever in levers(baseline).values())], frozenset({2, 3}))


def printed_evidence(baseline: Baseline, rules: Iterable[RuleRow], language: str) -> str:
    """Every figure with value or range, unit and mark, and its source in the line below."""
    figures = [*baseline.report.values(), *baseline.benchmarks.values(), *rules, *baseline.assumptions.values()]
    heads = tuple(text(f"command_line.column_{head}", language) for head in ("id", "mark", "value", "unit", "meaning"))
    head, line, *rows = text_table([heads, *(_figure(figure, language) for figure in figures)]).split("\n")
    sources = [figure.basis if isinstance(figure, Assumption) else figure.source for figure in figures]
    told = [f"{row}\n    {source[language]}" for row, source in zip(rows, sources, strict=True)]
    return "\n".join([head, line, *told])


def said(head: str, body: str, language: str) -> str:
    """What is said under a head of one word, in a line."""
    return f"{head}{text('problems.where_end', language)}{body}"


def heading(scenario: Scenario, stand: Projection | BaseYear, baseline: Baseline, language: str) -> str:
    """A scenario by name, and what its figures stand on."""
    return title(scenario, baseline, stand.seed, stand.draws, language)


def title(scenario: Scenario, baseline: Baseline, seed: int, draws: DrawsCount, language: str) -> str:
    """A scenario's name, and what its figures stand on."""
    name = in_language(scenario.name, language) or text("plan.untitled", language)
    about = text(
        "command_line.about",
        language,
        baseline=baseline.name[language],
        rules=text(f"plan.choice_rules_{scenario.levers.get('rules', baseline.rules)}", language),
        version=MODEL_VERSION,
        seed=seed,
        drawn=draws.drawn,
        kept=draws.kept,
        effective=draws.effective,
    )
    return f"{name}\n{about}"


def _headlines(projection: Projection, language: str) -> str:
    heads = ("measure", "unit", "where", "base", "scenario", "band", "change", "change_band", "better")
    rows = [tuple(text(f"command_line.column_{head}", language) for head in heads)]
    for id in HEADLINES:
        measure = projection.measures[id]
        rows.append(_headline(measure, measure.total, text("terms.total", language), True, language))
        for tier, paired in measure.tiers.items():
            rows.append(_headline(measure, paired, text(f"terms.tier_{tier}", language), False, language))
    return text_table(rows, frozenset({3, 4, 5, 6, 7, 8}))


def _headline(measure: MeasureResult, paired: Paired, where: str, is_first: bool, language: str) -> tuple[str, ...]:
    unit = measure.unit
    return (
        text(f"terms.measure_{measure.id}", language) if is_first else "",
        unit_word(unit, language) if is_first else "",
        where,
        amount(paired.base.p50, unit),
        amount(paired.scenario.p50, unit),
        span(paired.scenario, unit, language),
        change(paired.difference.p50, unit),
        change_span(paired.difference, unit, language),
        text("command_line.of_hundred", language, n=of_hundred(paired.better)),
    )


def _not_done(projection: Projection, baseline: Baseline, language: str) -> str:
    if not projection.not_done:
        return ""
    rows = sorted(projection.not_done, key=lambda row: -row.probability)
    heads = tuple(text(f"command_line.column_{head}", language) for head in ("not_done", "where", "missing", "chance"))
    table = [
        (
            text(f"plan.missing_{row.what.replace(' ', '_')}", language),
            place(row.tier, row.prefecture, baseline, language),
            f"{span(row.amount, row.unit, language)} {unit_word(row.unit, language)}",
            percent(row.probability),
        )
        for row in rows[:MOST_SHORTFALLS]
    ]
    more = len(rows) - len(table)
    return text_table([heads, *table], frozenset({2, 3})) + (
        "\n" + text("command_line.and_more", language, count=more) if more > 0 else ""
    )


def _holdouts(holdouts: Iterable[Holdout], baseline: Baseline, language: str) -> str:
    rows = [tuple(text(f"plan.holdout_{head}", language) for head in ("what", "observed", "predicted", "result"))]
    for holdout in holdouts:
        figure = baseline.benchmarks[holdout.id]
        predicted = span(holdout.predicted, figure.unit, language)
        result = text("plan.holdout_hit" if holdout.hit else "plan.holdout_missed", language)
        rows.append((figure.label[language], amount(holdout.observed, figure.unit), predicted, result))
    return f"{text('plan.holdout_title', language)}\n{text_table(rows, frozenset({1, 2}))}"


def _lever(lever: Lever, language: str) -> tuple[str, ...]:
    if lever.kind == "moves":
        base, bounds = bare_setting(lever, lever.base, language), text("moves.bounds", language)
    elif lever.low is None:
        base, bounds = lever.base, " | ".join(lever.choices)
    else:
        base = toml_number(lever.base)
        bounds = text("problems.range", language, low=toml_number(lever.low), high=toml_number(lever.high))
    return (lever.id, lever.label[language], base, bounds, word("unit", lever.unit, language))


def _figure(figure: Figure | RuleRow | Assumption, language: str) -> tuple[str, ...]:
    if isinstance(figure, Assumption):
        value = " / ".join(toml_number(number) for number in (figure.low, figure.mid, figure.high))
    else:
        value = toml_number(figure.value) if isinstance(figure.value, float) else word("value", figure.value, language)
    mark, unit = (word(kind, written, language) for kind, written in (("mark", figure.mark), ("unit", figure.unit)))
    return (figure.id, mark, value, unit, figure.label[language])

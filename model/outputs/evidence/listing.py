"""The figures and the levers as the command line lists them, and the figures as a JSON document."""

from collections.abc import Iterable, Mapping

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption, Figure, RuleRow
from model.outputs.phrasing.evidence_terms import unit_held, word
from model.outputs.phrasing.numbers import bare_setting
from model.outputs.phrasing.problems import toml_number
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import text
from model.scenario.levers import Lever, levers

Row = Figure | RuleRow | Assumption


def levers_listing(baseline: Baseline, language: str) -> str:
    """Every lever with meaning, base, bounds and unit; the ids are the keys of a file."""
    heads = ("id", "meaning", "base", "bounds", "unit")
    rows = [tuple(text(f"command_line.column_{head}", language) for head in heads)]
    return text_table([*rows, *(_lever(lever, language) for lever in levers(baseline).values())], frozenset({2, 3}))


def evidence_listing(baseline: Baseline, rules: Iterable[RuleRow], language: str) -> str:
    """Every figure with value or range, unit and mark, and its source in the line below."""
    figures = _figures(baseline, rules)
    heads = tuple(text(f"command_line.column_{head}", language) for head in ("id", "mark", "value", "unit", "meaning"))
    head, line, *rows = text_table([heads, *(_cells(figure, language) for figure in figures)]).split("\n")
    sources = [figure.basis if isinstance(figure, Assumption) else figure.source for figure in figures]
    with_sources = [f"{row}\n    {source[language]}" for row, source in zip(rows, sources, strict=True)]
    return "\n".join([head, line, *with_sources])


def document(baseline: Baseline, rules: Iterable[RuleRow]) -> dict[str, object]:
    """Every figure the baseline and the rules stand on, each with value or range, unit, mark and source."""
    return {"baseline": baseline.id, "figures": [_entry(figure) for figure in _figures(baseline, rules)]}


def levers_document(baseline: Baseline) -> dict[str, object]:
    """Every lever with base, bounds, unit, label and help in both languages, as plain values."""
    return {"baseline": baseline.id, "levers": [_lever_entry(lever) for lever in levers(baseline).values()]}


def _lever_entry(lever: Lever) -> dict[str, object]:
    base = dict(lever.base) if isinstance(lever.base, Mapping) else lever.base
    bounds = {"low": lever.low, "high": lever.high, "step": lever.step, "choices": list(lever.choices)}
    needs = {"id": lever.needs[0], "value": lever.needs[1]} if lever.needs else None
    words = {"label": dict(lever.label), "help": dict(lever.help)}
    names = {"id": lever.id, "group": lever.group, "kind": lever.kind, "unit": lever.unit}
    return {**names, "base": base, **bounds, "needs": needs, **words}


def _figures(baseline: Baseline, rules: Iterable[RuleRow]) -> list[Row]:
    return [*baseline.report.values(), *baseline.benchmarks.values(), *rules, *baseline.assumptions.values()]


def _entry(figure: Row) -> dict[str, object]:
    common = {"id": figure.id, "label": figure.label, "mark": figure.mark, "unit": figure.unit}
    if isinstance(figure, Assumption):
        range_ = {"low": figure.low, "mid": figure.mid, "high": figure.high}
        return {**common, **range_, "closed": figure.closed, "source": figure.basis}
    more = {"value": figure.value, "source": figure.source, "certainty": figure.certainty}
    if isinstance(figure, RuleRow):
        days = {"in_force_from": figure.in_force_from, "in_force_to": figure.in_force_to}
        return {**common, **more, **{name: day.isoformat() for name, day in days.items() if day}}
    return {**common, **more, "window": figure.window, "use": figure.use}


def _lever(lever: Lever, language: str) -> tuple[str, ...]:
    ends = [toml_number(end) for end in (lever.low, lever.high) if end is not None]
    base = toml_number(lever.base) if isinstance(lever.base, float) else bare_setting(lever, lever.base, language)
    if lever.kind == "moves":
        bounds = text("moves.bounds", language)
    elif ends:
        bounds = text("problems.range", language, low=ends[0], high=ends[1])
    else:
        base, bounds = str(lever.base), " | ".join(lever.choices)
    return (lever.id, lever.label[language], base, bounds, word("unit", lever.unit, language))


def _cells(figure: Row, language: str) -> tuple[str, ...]:
    if isinstance(figure, Assumption):
        value = " / ".join(toml_number(number) for number in (figure.low, figure.mid, figure.high))
    else:
        value = toml_number(figure.value) if isinstance(figure.value, float) else word("value", figure.value, language)
    return (
        figure.id,
        word("mark", figure.mark, language),
        value,
        unit_held(figure.unit, language),
        figure.label[language],
    )

"""The presenter's notes: every figure with its band, and the assumptions behind it with range and reason."""

from collections.abc import Iterable, Mapping

from model.evidence.baseline import Baseline
from model.evidence.figures import Figure
from model.outputs.compare.comparison import BETTER, measure_name
from model.outputs.evidence.evidence_table import quotation, range_of
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import amount, change, change_span, change_unit, span, unit_word, with_unit
from model.outputs.phrasing.sentences import of_hundred
from model.outputs.words import text
from model.projection.results import Projection
from model.scenario.scenario import ChangedAssumption

INNER = str.maketrans("“”", "‘’")
MOST_ASSUMPTIONS = 3
"""Assumptions told for a measure."""


def measure_notes(ids: Iterable[str], projection: Projection, baseline: Baseline, language: str) -> tuple[str, ...]:
    """A line for each measure's total, then the assumptions these measures rest on most, each once."""
    ids = list(ids)
    said = [_measure(id, projection, language) for id in ids]
    assumptions = dict.fromkeys(one for id in ids for one, _ in projection.measures[id].rests_on[:MOST_ASSUMPTIONS])
    if not assumptions:
        return (*said, text("story.note_rests_none", language))
    changed = projection.scenario.assumptions
    told = [assumption_note(id, baseline, changed, language) for id in assumptions]
    return (*said, text("story.note_rests", language), *told)


def _measure(id: str, projection: Projection, language: str) -> str:
    measure, unit = projection.measures[id], projection.measures[id].unit
    total = measure.total

    def whole(value: float) -> str:
        return with_unit(amount(value, unit), unit_word(unit, language), language)

    name = measure_name(id, [projection], language)
    base = {"measure": name, "base": whole(total.base.p50), "base_span": span(total.base, unit, language)}
    if not projection.scenario.levers:
        return text("story.note_measure_base", language, **base)
    return text(
        "story.note_measure" if BETTER[id] else "story.note_measure_plain",
        language,
        **base,
        plan=whole(total.scenario.p50),
        plan_span=span(total.scenario, unit, language),
        change=with_unit(change(total.difference.p50, unit), change_unit(unit, language), language),
        change_span=change_span(total.difference, unit, language),
        better=of_hundred(total.better),
        worse=of_hundred(total.worse),
    )


def assumption_note(id: str, baseline: Baseline, changed: Mapping[str, ChangedAssumption], language: str) -> str:
    """An assumption with its range and the reason for it, or for what a plan puts in its place."""
    one = baseline.assumptions[id]
    said = {"label": one.label[language], "range": range_with_unit(id, baseline, changed, language)}
    if id in changed:
        return text("story.note_changed", language, **said, reason=changed[id].reason)
    return text("story.note_assumption", language, **said, basis=one.basis[language].rstrip("。."))


def range_with_unit(id: str, baseline: Baseline, changed: Mapping[str, ChangedAssumption], language: str) -> str:
    """Low, mid and high as they hold in a plan, with their unit."""
    one = baseline.assumptions[id]
    written = range_of(changed.get(id, one), one.unit, one.closed, language)
    unit = "" if "%" in written else word("unit", one.unit, language)
    return with_unit(written, unit, language)


def quote(figure: Figure, baseline: Baseline) -> str:
    """The report's sentence, to stand in quotation marks itself."""
    return quotation(figure, baseline).translate(INNER)


def reported_notes(ids: Iterable[str], baseline: Baseline, language: str) -> tuple[str, ...]:
    """The report's figures beside the sentence they stand in, with its window."""
    return tuple(
        text(
            "story.note_reported",
            language,
            label=figure.label[language],
            value=with_unit(f"{figure.value:,.10g}", word("unit", figure.unit, language), language),
            quote=quote(figure, baseline),
            window=word("window", figure.window, language),
        )
        for figure in (baseline.report[id] for id in ids)
    )

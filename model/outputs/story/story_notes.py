"""The presenter's notes: each figure with its band, and the assumptions behind it."""

from collections.abc import Iterable, Mapping

from model.evidence.baseline import Baseline
from model.evidence.figures import Figure
from model.outputs.compare.comparison import measure_name
from model.outputs.evidence.evidence_table import in_unit, range_of
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import amount, change, change_span, span, unit_beside, with_unit
from model.outputs.phrasing.odds import odds_in_words
from model.outputs.words import text
from model.projection.results import Projection
from model.scenario.scenario import ChangedAssumption
from model.year.measures import MEASURE

INNER_QUOTES = str.maketrans("“”", "‘’")
MOST_ASSUMPTIONS = 3
"""Most assumptions named for a measure."""


def measure_notes(ids: Iterable[str], projection: Projection, baseline: Baseline, language: str) -> tuple[str, ...]:
    """A line for each measure's total, then the assumptions that these measures rest on most, each once."""
    ids = list(ids)
    totals = [_measure_note(id, projection, language) for id in ids]
    assumptions = dict.fromkeys(one for id in ids for one, _ in projection.measures[id].rests_on[:MOST_ASSUMPTIONS])
    if not assumptions:
        return (*totals, text("story.note_rests_none", language))
    changed = projection.scenario.assumptions
    notes = [assumption_note(id, baseline, changed, language) for id in assumptions]
    return (*totals, text("story.note_rests", language), *notes)


def _measure_note(id: str, projection: Projection, language: str) -> str:
    total, unit = projection.measures[id].total, projection.measures[id].unit
    base = {
        "measure": measure_name(id, [projection], language),
        "base": amount_with_unit(total.base.p50, unit, language),
        "base_span": span(total.base, unit, language),
    }
    if not projection.scenario.levers:
        return text("story.note_measure_base", language, **base)
    return text(
        "story.note_measure",
        language,
        **base,
        plan=amount_with_unit(total.scenario.p50, unit, language),
        plan_span=span(total.scenario, unit, language),
        change=change_with_unit(total.difference.p50, unit, language),
        change_span=change_span(total.difference, unit, language),
        odds=odds_in_words(total.odds, language, better=MEASURE[id].better),
    )


def amount_with_unit(value: float, unit: str, language: str) -> str:
    """A measure's value with its unit.

    >>> amount_with_unit(1.8561, "ratio", "en"), amount_with_unit(1132.0, "cases", "en")
    ('1.86', '1,132 cases')
    """
    return with_unit(amount(value, unit), unit_beside(unit, language), language)


def change_with_unit(value: float, unit: str, language: str) -> str:
    """A difference with its sign and its unit, of shares in percentage points.

    >>> change_with_unit(0.22, "ratio", "en"), change_with_unit(-0.013, "share", "en")
    ('+0.22', '−1.3 points')
    """
    return with_unit(change(value, unit), unit_beside(unit, language, signed=True), language)


def assumption_note(id: str, baseline: Baseline, changed: Mapping[str, ChangedAssumption], language: str) -> str:
    """An assumption with its range and its basis, as they hold in a plan."""
    label, range_ = baseline.assumptions[id].label[language], range_with_unit(id, baseline, changed, language)
    if id in changed:
        return text("story.note_changed", language, label=label, range=range_, reason=changed[id].reason)
    note = "number" if baseline.assumptions[id].is_known else "assumption"
    return text(f"story.note_{note}", language, label=label, range=range_, basis=basis(id, baseline, changed, language))


def basis(id: str, baseline: Baseline, changed: Mapping[str, ChangedAssumption], language: str) -> str:
    """The basis of an assumption, or the reason for its change, without its full stop."""
    return (changed[id].reason if id in changed else baseline.assumptions[id].basis[language]).rstrip("。.")


def range_with_unit(
    id: str, baseline: Baseline, changed: Mapping[str, ChangedAssumption], language: str, words: str = "range"
) -> str:
    """Low, mid and high of an assumption as they hold in a plan, with unit; `words` as of `range_of`."""
    one = baseline.assumptions[id]
    return in_unit(range_of(changed.get(id, one), one.unit, one.closed, language, words), one.unit, language)


def quote(figure: Figure) -> str:
    """The report's sentence with inner quotation marks, to stand in outer ones."""
    return figure.quote.translate(INNER_QUOTES)


def reported_notes(ids: Iterable[str], baseline: Baseline, language: str) -> tuple[str, ...]:
    """A note for each of the report's figures: value, window, and sentence or, typed in, source."""
    return tuple(
        text(
            "story.note_reported" if figure.quote else "story.note_typed",
            language,
            label=figure.label[language],
            value=with_unit(f"{figure.value:,.10g}", word("unit", figure.unit, language), language),
            quote=quote(figure),
            source=figure.source[language],
            window=word("window", figure.window, language),
        )
        for figure in (baseline.report[id] for id in ids)
    )

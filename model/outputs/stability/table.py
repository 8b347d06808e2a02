"""A plan's stability as a table of a measure, as plain text for a terminal, and as a document."""

from collections.abc import Sequence
from dataclasses import asdict

from model.outputs.answers.answer_table import (
    Banded,
    Cell,
    OddsCell,
    Table,
    capital,
    clause_in_words,
    lines,
    plain_text,
    unit_head,
)
from model.outputs.answers.document import paired_document
from model.outputs.answers.projection import heading
from model.outputs.phrasing.numbers import change, from_to
from model.outputs.phrasing.table import Table as Text
from model.outputs.stability.sentence import clauses, notes, row_name, sentence, untried_row
from model.outputs.words import text
from model.projection.base_year import BaseYear
from model.projection.results import Paired
from model.projection.stability import Row, Stability, direction
from model.scenario.scenario import Scenario
from model.year.measures import MEASURE

READINGS_OF_REPORT = ("staff", "special_cases")
"""The kinds that share a row where rows are few."""
WORST_FIRST = ("turns", "gone", "moves", "even", "same", "holds")
EVEN = 0.6
"""The part of the draws that differ which one direction must have at least."""


def table(answer: Stability, id: str, language: str) -> Table:
    """Change of one measure with band, odds and verdict, a row an alternative; as drawn first."""
    unit = MEASURE[id].unit
    case, change_head, verdict_head = (
        text(f"stability.column_{one}", language) for one in ("case", "change", "verdict")
    )
    heads = case, unit_head(change_head, unit, language, signed=True), text("odds.head", language), verdict_head
    drawn = text("stability.kind_drawn", language)
    rows = [_cells(drawn, answer.drawn[id], unit, text("stability.verdict_drawn", language))]
    for row in answer.rows:
        name = row_name(row.alternative, language)
        if row.changes:
            rows.append(
                _cells(name, row.changes[id], unit, text(f"stability.verdict_{verdict(answer, row, id)}", language))
            )
        else:
            rows.append((name, "", "", untried_row(row, language)))
    title = text("stability.title_measure", language, measure=text(f"terms.measure_{id}", language))
    return Table(heads, tuple(rows), title=title, file=text("stability.file", language))


def _cells(name: str, change: Paired, unit: str, verdict: str) -> tuple[Cell, ...]:
    return name, Banded(change.difference, unit, signed=True), OddsCell(change.odds), verdict


def verdict(answer: Stability, row: Row, id: str) -> str:
    """What becomes of a measure's direction in a row.

    `gone` where nothing changes any more, `even` where neither direction has most of the draws that differ, `turns`, or
    `moves` where only as drawn nothing changes; else `holds`, in place of which `same` where most alternatives were not
    tried.
    """
    drawn, now = (direction(one[id], id) for one in (answer.drawn, row.changes))
    odds = row.changes[id].odds
    if now and max(odds.better, odds.worse) < EVEN * (odds.better + odds.worse):
        return "even"
    if drawn != now:
        return "moves" if not drawn else "turns" if now else "gone"
    return "holds" if answer.is_mostly_tried else "same"


def overview(answer: Stability, language: str) -> Text:
    """The median change of every measure in every row, marked where the direction does not hold."""
    names = {id: text(f"terms.measure_{id}", language) for id in answer.drawn}
    heads = (unit_head(name, MEASURE[id].unit, language, signed=True) for id, name in names.items())
    drawn = (text("stability.kind_drawn", language), *(_median(one, id) for id, one in answer.drawn.items()))
    others = (
        (row_name(row.alternative, language), *(_marked(answer, row, id, language) for id in names))
        for row in answer.rows
    )
    return Text(tuple(map(capital, (text("stability.column_case", language), *heads))), (drawn, *others))


def _median(total: Paired, id: str) -> str:
    return change(total.difference.p50, MEASURE[id].unit)


def _marked(answer: Stability, row: Row, id: str, language: str) -> str:
    """A median with what becomes of its direction, where that is not the one as drawn."""
    if not row.changes:
        return untried_row(row, language)
    median, what = _median(row.changes[id], id), verdict(answer, row, id)
    if what in ("holds", "same"):
        return median
    return text("stability.marked", language, change=median, verdict=text(f"stability.verdict_{what}", language))


def by_kind(answer: Stability, id: str, language: str) -> tuple[tuple[str, str, str], ...]:
    """Name, lowest to highest median change and worst verdict, a row a kind of alternative.

    The verdict of a kind of which not all was tried says so.
    """
    unit, drawn = MEASURE[id].unit, answer.drawn[id].difference.p50
    rows = [(text("stability.kind_drawn", language), change(drawn, unit), text("stability.verdict_drawn", language))]
    groups: dict[str, list[Row]] = {}
    for row in answer.rows:
        kind = row.alternative.kind
        groups.setdefault("readings" if kind in READINGS_OF_REPORT else kind, []).append(row)
    for kind, cases in groups.items():
        medians = [row.changes[id].difference.p50 for row in cases if row.changes]
        low, high = (change(end, unit) for end in (min(medians, default=0.0), max(medians, default=0.0)))
        span = from_to(low, high, language) if medians else ""
        rows.append((text(f"stability.kind_{kind}", language), span, _worst(answer, cases, id, language)))
    return tuple(rows)


def _worst(answer: Stability, cases: Sequence[Row], id: str, language: str) -> str:
    """The worst verdict of some alternatives, and that not all of them were tried where that is so."""
    verdicts = [verdict(answer, row, id) for row in cases if row.changes]
    if not verdicts:
        return text("stability.verdict_untried", language)
    worst = next(one for one in WORST_FIRST if one in verdicts)
    is_some = len(verdicts) < len(cases)
    said = text(f"stability.verdict_{'same' if is_some and worst == 'holds' else worst}", language)
    return text("stability.verdict_tried", language, verdict=said) if is_some else said


def span_head(id: str, language: str) -> str:
    """The head of the column of spans in `by_kind`."""
    return capital(unit_head(text("stability.column_span", language), MEASURE[id].unit, language, signed=True))


def in_terminal(answer: Stability, scenario: Scenario, base: BaseYear, language: str) -> str:
    """The answer as plain text, with a table for each measure that changes somewhere."""
    top = heading(scenario, base, base.baseline, language), capital(sentence(answer, scenario, base.baseline, language))
    if answer.headline is None:
        return plain_text(language, *top)
    by_measure = (clause_in_words(clause, language) for clause in clauses(answer, language))
    moving = [id for id in answer.drawn if direction(answer.drawn[id], id) or answer.turns(id)]
    tables = (table(answer, id, language) for id in moving)
    return plain_text(language, *top, lines(by_measure), *tables, lines(notes(answer, language)))


def document(answer: Stability, scenario: Scenario, base: BaseYear) -> dict[str, object]:
    """The changes as plain values, with the sentence in both languages."""
    return {
        "sentence": {language: sentence(answer, scenario, base.baseline, language) for language in ("zh", "en")},
        "headline": answer.headline or "",
        "alternative_draws": answer.draws,
        "most_alternative_draws": answer.most_draws,
        "alternatives": len(answer.rows),
        "alternatives_tried": len(answer.tried),
        "price_in_officers": answer.price,
        "measures": {
            id: {
                "unit": MEASURE[id].unit,
                "holds": answer.holds(id),
                "break_even": asdict(answer.break_even[id]) if id in answer.break_even else None,
                "drawn": paired_document(answer.drawn[id]),
                "alternatives": [_row(answer, row, id) for row in answer.rows],
            }
            for id in answer.drawn
        },
    }


def _row(answer: Stability, row: Row, id: str) -> dict[str, object]:
    one = row.alternative
    named: dict[str, object] = {"kind": one.kind, "case": one.name, "fixed": dict(one.fixed), "kept": row.kept}
    if not row.changes:
        return {**named, "verdict": "too_few_draws" if row.kept else "no_draws"}
    return {**named, "verdict": verdict(answer, row, id), **paired_document(row.changes[id])}

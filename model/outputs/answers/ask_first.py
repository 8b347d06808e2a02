"""Ask first (最需核实的数据): what to find out first, and what that would gain, in words and a table."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption
from model.outputs.answers.answer_table import Cell, Figure, Table, clause_in_words, lines, plain_text
from model.outputs.answers.projection import first_rows, heading
from model.outputs.evidence.evidence_table import PERCENT_UNITS, range_of
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import (
    amount,
    change,
    change_unit,
    column_unit,
    percent,
    unit_beside,
    with_unit,
)
from model.outputs.phrasing.sentences import Clause
from model.outputs.words import text
from model.projection.base_year import BaseYear
from model.projection.unknowns.ask_first import Inquiry, Outcome, Unknown
from model.scenario.scenario import Scenario
from model.year.measures import MEASURE

ROWS_IN_TERMINAL = 12


def clauses(inquiry: Inquiry, baseline: Baseline, language: str) -> tuple[Clause, ...]:
    """What to ask for first, then a sentence a measure: its band now, what narrows it most and to what."""
    varying = sum(answer.p10 != answer.p90 for answer in inquiry.outcomes)
    if first := inquiry.first():
        advice = text("ask_first.first", language, **_unknown_in_words(first, baseline, language), answers=varying)
    else:
        advice = text("ask_first.none", language)
    return (
        Clause(text("ask_first.advice", language), advice),
        *(
            Clause(answer_name(answer, language), _answer(answer, inquiry.first(answer.id), baseline, language))
            for answer in inquiry.outcomes
        ),
    )


def answer_name(answer: Outcome, language: str) -> str:
    """What is asked about: a measure's change, or the measure itself."""
    kind = "change" if answer.is_change else "value"
    return text(f"ask_first.{kind}", language, measure=text(f"terms.measure_{answer.id}", language))


def unit(answer: Outcome, language: str) -> str:
    """The unit of what is asked about; % for a share."""
    return (change_unit if answer.is_change else column_unit)(MEASURE[answer.id].unit, language)


def _answer(answer: Outcome, first: Unknown | None, baseline: Baseline, language: str) -> str:
    unit, width = MEASURE[answer.id].unit, answer.p90 - answer.p10
    written = change if answer.is_change else amount
    if width == 0:
        return text("ask_first.answer_point", language)
    ends = {end: written(value, unit) for end, value in (("low", answer.p10), ("high", answer.p90))}
    span = with_unit(
        text("plan.span", language, **ends), unit_beside(unit, language, signed=answer.is_change), language
    )
    if first is None:
        return text("ask_first.answer_none", language, span=span)
    widths = {
        name: with_unit(change(value, unit).lstrip("+"), unit_beside(unit, language, signed=True), language)
        for name, value in (("width", width), ("left", width * (1 - first.narrowing)))
    }
    return text("ask_first.answer", language, span=span, **widths, **_unknown_in_words(first, baseline, language))


def _unknown_in_words(unknown: Unknown, baseline: Baseline, language: str) -> dict[str, str]:
    assumption = baseline.assumptions[unknown.id]
    return {
        "label": assumption.label[language],
        "how": how_to_know(assumption, language),
        "gain": percent(unknown.narrowing, 0),
    }


def how_to_know(assumption: Assumption, language: str) -> str:
    """Where the true value can come from."""
    return text(f"ask_first.known_from_{assumption.known_from}", language)


def range_in_words(assumption: Assumption, language: str) -> str:
    """What an assumption is drawn from, with its unit."""
    unit = "" if assumption.unit in PERCENT_UNITS else word("unit", assumption.unit, language)
    return with_unit(range_of(assumption, assumption.unit, True, language), unit, language)


def table(inquiry: Inquiry, assumptions: Mapping[str, Assumption], language: str) -> Table:
    """All assumptions that are not known, most narrowing first; what is not beyond doubt is left out."""
    heads = [text(f"ask_first.column_{head}", language) for head in ("assumption", "how", "range", "overall")]
    heads += [answer_name(answer, language) for answer in inquiry.outcomes]
    heads += [text(f"ask_first.column_{head}", language) for head in ("first", "total")]
    of_measure = [{row.id: row for row in inquiry.unknowns[answer.id]} for answer in inquiry.outcomes]
    rows = []
    for unknown in inquiry.overall:
        one = assumptions[unknown.id]
        cells: list[Cell] = [one.label[language], how_to_know(one, language), range_in_words(one, language)]
        cells += [_narrowing(row) for row in (unknown, *(rows[unknown.id] for rows in of_measure))]
        cells += [Figure(index, "ratio") for index in (unknown.first, unknown.total)]
        rows.append(tuple(cells))
    title = text("ask_first.all", language, count=len(rows))
    return Table(tuple(heads), tuple(rows), title=title, file=text("ask_first.file", language))


def _narrowing(row: Unknown) -> Figure:
    return Figure(row.narrowing if row.is_sure else None, "share")


def notes(inquiry: Inquiry, language: str) -> tuple[str, ...]:
    """How to read narrowing and Sobol's indices."""
    chance = percent(inquiry.overall[0].chance if inquiry.overall else 0.0)
    implausible = percent(inquiry.implausible, 0)
    return (text("ask_first.how_to_read", language, chance=chance, implausible=implausible),)


def in_terminal(inquiry: Inquiry, scenario: Scenario, base: BaseYear, language: str) -> str:
    """The answer as plain text."""
    whole = table(inquiry, base.assumptions, language)
    return plain_text(
        language,
        heading(scenario, base, base.baseline, language),
        lines(clause_in_words(clause, language) for clause in clauses(inquiry, base.baseline, language)),
        first_rows(replace(whole, rows=whole.rows[:ROWS_IN_TERMINAL]), len(whole.rows), language),
        lines(notes(inquiry, language)),
    )


def document(inquiry: Inquiry) -> dict[str, object]:
    """The same as plain values; an assumption without a prior has no Sobol index."""
    first = inquiry.first()
    return {
        "ask_first": first.id if first else "",
        "implausible_share": inquiry.implausible,
        "overall": [_unknown(row) for row in inquiry.overall],
        "measures": {
            answer.id: {
                "unit": MEASURE[answer.id].unit,
                "of": "change" if answer.is_change else "value",
                "band": {"p10": answer.p10, "p50": answer.p50, "p90": answer.p90},
                "assumptions": [_unknown(row) for row in inquiry.unknowns[answer.id]],
            }
            for answer in inquiry.outcomes
        },
    }


def _unknown(row: Unknown) -> dict[str, object]:
    return {name: value for name, value in asdict(row).items() if value is not None}

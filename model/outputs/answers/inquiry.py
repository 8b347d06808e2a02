"""Ask this first, for people: what to ask the province for, what it would gain, in sentences, a table, plain values."""

from dataclasses import asdict

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption
from model.outputs.answers.document import made_on
from model.outputs.answers.printed import heading, said
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import MINUS, amount, change, change_unit, percent, unit_word, with_unit
from model.outputs.phrasing.problems import toml_number
from model.outputs.phrasing.sentences import Clause
from model.outputs.phrasing.text_table import text_table
from model.outputs.words import text
from model.projection.ask_first import Answer, Inquiry, Unknown
from model.projection.base_year import BaseYear
from model.scenario.scenario import Scenario
from model.year.measures import MEASURES

UNITS = {measure.id: measure.unit for measure in MEASURES}
MOST_ROWS = 12


def inquiry_in_words(inquiry: Inquiry, baseline: Baseline, language: str) -> tuple[Clause, ...]:
    """What to ask for first, then a sentence a measure: its band now, what narrows it most and to what."""
    varying = sum(answer.p10 != answer.p90 for answer in inquiry.answers)
    if first := inquiry.first():
        advice = text("ask.first", language, **_asked(first, baseline, language), answers=varying)
    else:
        advice = text("ask.none", language)
    clauses = [Clause(text("ask.advice", language), advice)]
    for answer in inquiry.answers:
        first = inquiry.first(answer.id)
        clauses.append(Clause(answer_name(answer, language), _answer(answer, first, baseline, language)))
    return tuple(clauses)


def answer_name(answer: Answer, language: str) -> str:
    """What is asked about: a measure's change, or the measure itself."""
    kind = "change" if answer.is_change else "value"
    return text(f"ask.{kind}", language, measure=text(f"terms.measure_{answer.id}", language))


def _answer(answer: Answer, first: Unknown | None, baseline: Baseline, language: str) -> str:
    unit, width = UNITS[answer.id], answer.p90 - answer.p10
    written, its_unit = (change, change_unit) if answer.is_change else (amount, unit_word)
    if width == 0:
        return text("ask.answer_point", language)
    ends = {end: written(value, unit) for end, value in (("low", answer.p10), ("high", answer.p90))}
    span = with_unit(text("plan.span", language, **ends), its_unit(unit, language), language)
    if first is None:
        return text("ask.answer_none", language, span=span)
    widths = {
        name: with_unit(change(value, unit).lstrip("+"), change_unit(unit, language), language)
        for name, value in (("width", width), ("left", width * (1 - first.narrowing)))
    }
    return text("ask.answer", language, span=span, **widths, **_asked(first, baseline, language))


def _asked(first: Unknown, baseline: Baseline, language: str) -> dict[str, str]:
    assumption = baseline.assumptions[first.id]
    return {
        "label": assumption.label[language],
        "how": how_to_know(assumption, language),
        "gain": percent(first.narrowing, 0),
    }


def how_to_know(assumption: Assumption, language: str) -> str:
    """Where the true value can come from."""
    return text(f"ask.known_from_{assumption.known_from}", language)


def printed_inquiry(inquiry: Inquiry, scenario: Scenario, base: BaseYear, language: str) -> str:
    """Sentences, the assumptions that would narrow most, and how to read them."""
    clauses = inquiry_in_words(inquiry, base.baseline, language)
    chance = inquiry.overall[0].chance if inquiry.overall else 0.0
    parts = [
        heading(scenario, base, base.baseline, language),
        "\n".join(said(clause.head, clause.body, language) for clause in clauses),
        _table(inquiry, base, language),
        text("ask.how_to_read", language, chance=percent(chance), implausible=percent(inquiry.implausible, 0)),
    ]
    return "\n\n".join(parts).replace(MINUS, "-")


def _table(inquiry: Inquiry, base: BaseYear, language: str) -> str:
    heads = [text(f"ask.column_{head}", language) for head in ("assumption", "how", "range", "overall")]
    heads += [text(f"terms.measure_{answer.id}", language) for answer in inquiry.answers]
    heads += [text(f"ask.column_{head}", language) for head in ("first", "total")]
    of_measure = {id: {row.id: row for row in rows} for id, rows in inquiry.unknowns.items()}
    rows = [heads]
    for unknown in inquiry.overall[:MOST_ROWS]:
        assumption = base.assumptions[unknown.id]
        narrower = [unknown, *(rows[unknown.id] for rows in of_measure.values())]
        rows.append(
            [
                assumption.label[language],
                how_to_know(assumption, language),
                _range(assumption, language),
                *(percent(row.narrowing, 0) if row.is_sure else text("ask.not_sure", language) for row in narrower),
                *("" if index is None else f"{index:.2f}" for index in (unknown.first, unknown.total)),
            ]
        )
    return text_table(rows, frozenset(range(3, len(heads))))


def _range(assumption: Assumption, language: str) -> str:
    ends = {end: toml_number(getattr(assumption, end)) for end in ("low", "high")}
    return with_unit(text("plan.span", language, **ends), word("unit", assumption.unit, language), language)


def inquiry_document(inquiry: Inquiry, scenario: Scenario, base: BaseYear) -> dict[str, object]:
    """The same as plain values; an assumption without a prior has no Sobol index."""
    first = inquiry.first()
    return {
        **made_on(scenario, base),
        "ask_first": first.id if first else "",
        "implausible_share": inquiry.implausible,
        "overall": [_unknown(row) for row in inquiry.overall],
        "measures": {
            answer.id: {
                "unit": UNITS[answer.id],
                "of": "change" if answer.is_change else "value",
                "band": {"p10": answer.p10, "p50": answer.p50, "p90": answer.p90},
                "assumptions": [_unknown(row) for row in inquiry.unknowns[answer.id]],
            }
            for answer in inquiry.answers
        },
    }


def _unknown(row: Unknown) -> dict[str, object]:
    return {name: value for name, value in asdict(row).items() if value is not None}

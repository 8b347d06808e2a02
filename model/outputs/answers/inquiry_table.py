"""Ask this first as a table: a row an assumption, with its range, how to know it and what that would do."""

from collections.abc import Mapping

from model.evidence.figures import Assumption
from model.outputs.answers.answer_table import Cell, Figure, Table
from model.outputs.answers.inquiry import answer_name, how_to_know
from model.outputs.evidence.evidence_table import PERCENT_UNITS, range_of
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.numbers import with_unit
from model.outputs.words import text
from model.projection.ask_first import Inquiry, Unknown


def table(inquiry: Inquiry, assumptions: Mapping[str, Assumption], language: str) -> Table:
    """All assumptions that are not known, most narrowing first; what is not beyond doubt is left out."""
    heads = [text(f"ask.column_{head}", language) for head in ("assumption", "how", "range", "overall")]
    heads += [answer_name(answer, language) for answer in inquiry.answers]
    heads += [text(f"ask.column_{head}", language) for head in ("first", "total")]
    of_measure = [{row.id: row for row in inquiry.unknowns[answer.id]} for answer in inquiry.answers]
    rows = []
    for unknown in inquiry.overall:
        one = assumptions[unknown.id]
        cells: list[Cell] = [one.label[language], how_to_know(one, language), range_in_words(one, language)]
        cells += [_sure(row) for row in (unknown, *(rows[unknown.id] for rows in of_measure))]
        cells += [Figure(index, "ratio") for index in (unknown.first, unknown.total)]
        rows.append(tuple(cells))
    return Table(tuple(heads), tuple(rows))


def range_in_words(one: Assumption, language: str) -> str:
    """What an assumption is drawn from, with its unit."""
    unit = "" if one.unit in PERCENT_UNITS else word("unit", one.unit, language)
    return with_unit(range_of(one, one.unit, True, language), unit, language)


def _sure(row: Unknown) -> Figure:
    return Figure(row.narrowing if row.is_sure else None, "share")

"""A comparison as a file for a spreadsheet, a row a measure and scenario."""

from collections.abc import Sequence
from datetime import date

from model.outputs.compare.comparison import LETTERS, measure_name
from model.outputs.phrasing import spreadsheet_text
from model.outputs.phrasing.numbers import change_unit, column_unit
from model.outputs.phrasing.odds import ODDS, counts
from model.outputs.phrasing.provenance import provenance
from model.outputs.words import text
from model.projection.comparison import Comparison
from model.projection.results import Band
from model.year.measures import MEASURE

DIFFERENCE = ("difference", "difference_low", "difference_high")
WORDS = ("measure", "unit", "letter", "scenario", "reference", "difference_unit")
"""The columns that hold words."""
DUEL = (*DIFFERENCE, "difference_unit", *ODDS)
"""The columns that the scenario compared with leaves empty."""


def to_csv(comparison: Comparison, names: Sequence[str], reference: int, day: date, language: str) -> bytes:
    """The comparison as comma-separated text.

    `names` stand in the order of the comparison; `reference` is the place of the scenario compared with. Shares are
    in percent.
    """
    rows = [row(id, place, comparison, names, reference, language) for id in MEASURE for place in range(len(names))]
    heads = [text(f"compare.column_{key}", language) for key in rows[0]]
    origin = provenance(comparison.projections[0], day).columns(language)
    return spreadsheet_text.to_csv([heads, *(one.values() for one in rows)], origin)


def row(
    id: str, place: int, comparison: Comparison, names: Sequence[str], reference: int, language: str
) -> dict[str, str | float]:
    """A measure of the plan at a place, by column; of the reference, what sets it beside itself is empty."""
    result = comparison.projections[place].measures[id]
    duels = comparison.duels[id]["total"]
    cells: dict[str, str | float] = {
        "measure": measure_name(id, comparison.projections, language),
        "unit": column_unit(result.unit, language),
        "letter": LETTERS[place],
        "scenario": names[place],
        **_band(("median", "low", "high"), result.total.scenario, result.unit),
        "reference": LETTERS[reference],
        **dict.fromkeys(DUEL, ""),
    }
    if place != reference:
        duel = duels[place, reference]
        cells |= _band(DIFFERENCE, duel.difference, result.unit)
        cells["difference_unit"] = change_unit(result.unit, language)
        cells |= dict(zip(ODDS, counts(duel.odds), strict=True))
    return cells


def _band(columns: tuple[str, ...], band: Band, unit: str) -> dict[str, float]:
    """Median, low and high end by their columns."""
    ends = (band.p50, band.p10, band.p90)
    return {column: spreadsheet_text.number(end, unit) for column, end in zip(columns, ends, strict=True)}

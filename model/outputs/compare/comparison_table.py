"""A comparison as a file for a spreadsheet: a row a measure and scenario, and in each row how it was made."""

from model.outputs.compare.comparison import LETTERS, measure_name
from model.outputs.phrasing import spreadsheet_text
from model.outputs.phrasing.numbers import SHARE_UNITS, change_unit, unit_word
from model.outputs.phrasing.sentences import of_hundred
from model.outputs.words import text
from model.projection.comparison import Comparison
from model.projection.results import Band
from model.year.measures import MEASURES


def to_csv(comparison: Comparison, names: list[str], reference: int, date: str, language: str) -> bytes:
    """`names` of the scenarios, in the order of the comparison; shares are written in percent."""
    rows = [
        _row(measure.id, place, comparison, names, reference, date, language)
        for measure in MEASURES
        for place in range(len(names))
    ]
    heads = [text(f"compare.column_{key}", language) for key in rows[0]]
    return spreadsheet_text.to_csv([heads, *(row.values() for row in rows)])


def _row(
    measure: str, place: int, comparison: Comparison, names: list[str], reference: int, date: str, language: str
) -> dict[str, object]:
    projection = comparison.projections[place]
    result = projection.measures[measure]
    row: dict[str, object] = {
        "measure": measure_name(measure, comparison.projections, language),
        "unit": unit_word(result.unit, language) or "%",
        "letter": LETTERS[place],
        "scenario": names[place],
        **_band("median", "low", "high", result.total.scenario, result.unit),
        "reference": LETTERS[reference],
        **dict.fromkeys(("difference", "difference_low", "difference_high", "difference_unit", "wins", "losses"), ""),
    }
    duels = comparison.duels[measure]["total"]
    if place != reference:
        ahead, behind = duels[place, reference], duels[reference, place]
        row |= _band("difference", "difference_low", "difference_high", ahead.difference, result.unit)
        row |= {
            "difference_unit": change_unit(result.unit, language),
            "wins": of_hundred(ahead.beats),
            "losses": of_hundred(behind.beats),
        }
    return row | {
        "kept": projection.draws.kept,
        "drawn": projection.draws.drawn,
        "seed": projection.seed,
        "version": projection.model_version,
        "date": date,
    }


def _band(middle: str, low: str, high: str, band: Band, unit: str) -> dict[str, float]:
    scale = 100 if unit in SHARE_UNITS else 1
    return {
        name: round(value * scale, 4) + 0.0 for name, value in ((middle, band.p50), (low, band.p10), (high, band.p90))
    }

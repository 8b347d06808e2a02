"""A comparison as a file for a spreadsheet: a row a measure and scenario, and in each row how it was made."""

import pandas as pd

from model.comparison import Comparison
from model.measures import MEASURES
from model.outputs.comparison import LETTERS, measure_name
from model.outputs.numbers import SHARE_UNITS, change_unit, unit_word
from model.outputs.sentences import of_hundred
from model.outputs.words import text
from model.results import Band

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet take a text for a formula, wide forms included."""


def to_csv(comparison: Comparison, names: list[str], reference: int, date: str, language: str) -> bytes:
    """UTF-8 with a mark, so that a spreadsheet reads Chinese. `names` of the scenarios, in the order of the comparison;
    shares are written in percent."""
    rows = [
        _row(measure.id, place, comparison, names, reference, date, language)
        for measure in MEASURES
        for place in range(len(names))
    ]
    columns = {key: text(f"compare.column_{key}", language) for key in rows[0]}
    return pd.DataFrame(rows).rename(columns=columns).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _row(
    measure: str, place: int, comparison: Comparison, names: list[str], reference: int, date: str, language: str
) -> dict[str, object]:
    projection = comparison.projections[place]
    result = projection.measures[measure]
    row: dict[str, object] = {
        "measure": measure_name(measure, comparison.projections, language),
        "unit": unit_word(result.unit, language) or "%",
        "letter": LETTERS[place],
        "scenario": plain(names[place]),
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


def plain(said: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before one that begins like it.

    >>> plain("=1+1"), plain(" @SUM(A1)"), plain("下沉到县"), plain("")
    ("'=1+1", "' @SUM(A1)", '下沉到县', '')
    """
    return f"'{said}" if said.lstrip(" ").startswith(FORMULA) else said

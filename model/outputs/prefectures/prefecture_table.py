"""The prefectures as a table to sort, and as a file for a spreadsheet."""

from collections.abc import Mapping

import pandas as pd

from model.evidence.baseline import Baseline
from model.outputs.phrasing import spreadsheet_text
from model.outputs.phrasing.numbers import SHARE_UNITS, span, unit_word
from model.outputs.prefectures.prefecture_card import constraint, joined, missing_in_words
from model.outputs.words import text
from model.projection.results import Paired, Projection
from model.year.measures import MEASURE

DECIMALS: Mapping[str, int] = {"share": 1, "visits per unit a year": 2}
"""Decimals of a column by its unit, none for the others; shares are in percent."""


FIGURES = (
    ("staff_base", "staff", "base"),
    ("staff", "staff", "plan"),
    ("staff_change", "staff", "change"),
    ("frontline", "frontline", "plan"),
    ("visits", "visits", "plan"),
    ("visits_band", "visits", "band"),
    ("visits_change", "visits", "change"),
    ("coverage", "visit_coverage", "plan"),
    ("on_time", "on_time_share", "plan"),
    ("duty_met", "duty_met", "plan"),
)
"""Columns made of a measure: their id, the measure, and what of it."""

NEED_AFTER = "frontline"
OF_A_PLAN = ("staff_base", "staff_change", "visits_change")
"""Columns that only a plan with decisions has."""


def frame(projection: Projection, baseline: Baseline, language: str) -> pd.DataFrame:
    """A row a prefecture, a column an id of `heading`; numbers where numbers are sorted, shares in percent."""
    figures = [figure for figure in FIGURES if projection.scenario.levers or figure[0] not in OF_A_PLAN]
    rows = []
    for k, prefecture in enumerate(baseline.prefectures):
        row: dict[str, object] = {"prefecture": prefecture.short[language]}
        for column, measure, part in figures:
            result = projection.measures[measure]
            row[column] = _cell(result.prefectures[prefecture.id], part, result.unit, language)
            if column == NEED_AFTER:
                row["need"] = round(float(baseline.need[k]) * 100, 1)
        row["bottleneck"] = bottleneck(projection, prefecture.id, language)
        row["missing"] = missing(projection, prefecture.id, language)
        rows.append(row)
    return pd.DataFrame(rows)


def _cell(paired: Paired, part: str, unit: str, language: str) -> float | str:
    if part == "band":
        return span(paired.scenario, unit, language)
    value = {"base": paired.base, "plan": paired.scenario, "change": paired.difference}[part].p50
    return round(value * 100 if unit in SHARE_UNITS else value, _decimals(part, unit)) + 0.0


def bottleneck(projection: Projection, id: str, language: str) -> str:
    """What binds in a prefecture, once where it is the same at both tiers."""
    pools = [pool for pool in projection.bottlenecks if pool.prefecture == id]
    if len({pool.scenario for pool in pools}) == 1:
        return constraint(pools[0].scenario, language)
    return joined(
        (
            text(
                "prefectures.binds_at",
                language,
                tier=text(f"prefectures.at_{pool.tier}", language),
                constraint=constraint(pool.scenario, language),
            )
            for pool in pools
        ),
        language,
    )


def missing(projection: Projection, id: str, language: str) -> str:
    """What is not done in a prefecture and in how many draws; empty where nothing is missing."""
    rows = [row for row in projection.not_done if row.prefecture == id]
    return joined((missing_in_words(row, language, amounts=False) for row in rows), language)


def heading(column: str, language: str) -> str:
    """A column's name with its unit."""
    name = text(f"prefectures.column_{column}", language)
    unit = column_unit(column, language)
    return text("prefectures.heading_unit", language, name=name, unit=unit) if unit else name


def column_unit(column: str, language: str) -> str:
    if column == "need":
        return "%"
    measures = {id: measure for id, measure, _ in FIGURES}
    if column not in measures:
        return ""
    return unit_word(MEASURE[measures[column]].unit, language) or "%"


def decimals(column: str) -> int | None:
    """Decimals of a column of numbers; None for one of words."""
    if column == "need":
        return 1
    part = next(((measure, part) for id, measure, part in FIGURES if id == column), None)
    return None if part is None or part[1] == "band" else _decimals(part[1], MEASURE[part[0]].unit)


def _decimals(part: str, unit: str) -> int:
    """Few people move in one prefecture: a change of people keeps a decimal."""
    return 1 if part == "change" and unit == "people" else DECIMALS.get(unit, 0)


def to_csv(projection: Projection, baseline: Baseline, name: str, date: str, language: str) -> bytes:
    """The table as a file for a spreadsheet; every row says which plan it is of and how it was made."""
    table = frame(projection, baseline, language)
    draws = projection.draws
    made = {
        "scenario": name,
        "drawn": draws.drawn,
        "kept": draws.kept,
        "seed": projection.seed,
        "version": projection.model_version,
        "date": date,
    }
    heads = [heading(column, language) for column in [*table.columns, *made]]
    return spreadsheet_text.to_csv([heads, *([*row, *made.values()] for row in table.itertuples(index=False))])

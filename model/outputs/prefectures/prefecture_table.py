"""The prefectures as a table to sort, and as a file for a spreadsheet."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from model.evidence.baseline import Baseline
from model.outputs.phrasing import spreadsheet_text
from model.outputs.phrasing.numbers import amount, change, change_with_points, column_unit, count, percent, span
from model.outputs.phrasing.provenance import provenance
from model.outputs.phrasing.sentences import constraint_name, limits_apart, semicolons
from model.outputs.prefectures.prefecture_card import missing_in_words
from model.outputs.words import text
from model.projection.results import Paired, Projection
from model.scenario.scenario import Scenario
from model.year.measures import MEASURE

DECIMALS: Mapping[str, int] = {"share": 1, "visits per unit a year": 2}
"""Decimals of a column of the file by its unit, none for the others; shares are in percent."""
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
"""Columns of the file that are made of a measure: their id, the measure, and its part."""
MEASURE_AND_PART = {column: (measure, part) for column, measure, part in FIGURES}
CHANGES = {column: partial(change, unit=MEASURE[measure].unit) for column, measure, part in FIGURES if part == "change"}
"""How each column of changes is written, with its sign."""
APART = 0.005
"""From where on the average of the prefectures' shares is told from the share of the whole."""
NEED_AFTER = "frontline"
"""The column after which the share of need stands."""
OF_A_PLAN = ("staff_base", "staff_change", "visits_change")
"""Columns that only a plan with decisions has."""
PARTS = ("base", "plan", "change", "band")
"""What is shown of a measure, as on the card of a prefecture; without decisions the base year and its band."""


def of_measure(projection: Projection, baseline: Baseline, measure: str, language: str) -> pd.DataFrame:
    """The measure for every prefecture, numbers as they are, with people, share of need and what binds."""
    decided = bool(projection.scenario.levers)
    staff, result = projection.measures["staff"].prefectures, projection.measures[measure]
    rows = []
    for share, prefecture in zip(baseline.need, baseline.prefectures, strict=True):
        people, paired = staff[prefecture.id], result.prefectures[prefecture.id]
        row: dict[str, object] = {"prefecture": prefecture.short[language], "need": share}
        if measure != "staff":
            row["staff"] = people.scenario.p50
            row |= {"staff_change": people.difference.p50} if decided else {}
        row["base"] = paired.base.p50
        row |= {"plan": paired.scenario.p50, "change": paired.difference.p50} if decided else {}
        row["band"] = span(paired.scenario, result.unit, language)
        rows.append({**row, "bottleneck": bottleneck(projection, prefecture.id, language)})
    return pd.DataFrame(rows)


def heading_of_measure(column: str, language: str) -> str:
    """The name of a column of `of_measure`, whose unit stands in the title or beside the number."""
    named = "card" if column in PARTS else "column" if column in ("prefecture", "bottleneck") else "shown"
    return text(f"prefectures.{named}_{column}", language)


def writers(measure: str, language: str) -> Mapping[str, Callable[[Any], str]]:
    """How the numbers of `of_measure` are written, by column, as on the card of a prefecture."""
    unit = MEASURE[measure].unit
    whole = partial(amount, unit=unit)
    return {
        "need": percent,
        "staff": count,
        "staff_change": partial(change, unit="people"),
        "base": whole,
        "plan": whole,
        "change": partial(change_with_points, unit=unit, language=language),
    }


def frame(projection: Projection, baseline: Baseline, language: str) -> pd.DataFrame:
    """The table of the file, a row a prefecture and a column an id of `heading`, with shares in percent."""
    shown = [figure for figure in FIGURES if projection.scenario.levers or figure[0] not in OF_A_PLAN]
    rows = []
    for k, prefecture in enumerate(baseline.prefectures):
        row: dict[str, object] = {"prefecture": prefecture.short[language]}
        for column, measure, part in shown:
            result = projection.measures[measure]
            row[column] = _cell(result.prefectures[prefecture.id], part, result.unit, language)
            if column == NEED_AFTER:
                row["need"] = spreadsheet_text.number(baseline.need[k], "share", 1)
        row["bottleneck"] = bottleneck(projection, prefecture.id, language)
        row["missing"] = missing(projection, prefecture.id, language)
        rows.append(row)
    return pd.DataFrame(rows)


def _cell(paired: Paired, part: str, unit: str, language: str) -> float | str:
    if part == "band":
        return span(paired.scenario, unit, language)
    value = {"base": paired.base, "plan": paired.scenario, "change": paired.difference}[part].p50
    return spreadsheet_text.number(value, unit, DECIMALS.get(unit, 0))


def bottleneck(projection: Projection, id: str, language: str) -> str:
    """What binds in a prefecture, once where it is the same at both tiers."""
    pools = [pool for pool in projection.bottlenecks if pool.prefecture == id]
    if len({pool.scenario for pool in pools}) == 1:
        return constraint_name(pools[0].scenario, language)
    return semicolons(
        (
            text(
                "prefectures.binds_at",
                language,
                tier=text(f"prefectures.at_{pool.tier}", language),
                constraint=constraint_name(pool.scenario, language),
            )
            for pool in pools
        ),
        language,
    )


def missing(projection: Projection, id: str, language: str) -> str:
    """What may not be done in a prefecture and in how many draws; empty where nothing is missing."""
    rows = [row for row in projection.not_done if row.prefecture == id]
    return semicolons((missing_in_words(row, language, amounts=False) for row in rows), language)


def average_note(projection: Projection, language: str) -> str:
    """That the shares in time do not average to that of the whole, where they do not; else empty."""
    shares, filed = (projection.measures[id] for id in ("on_time_share", "cases_filed"))
    cases = {id: filed.prefectures[id].scenario.p50 for id in shares.prefectures}
    average = sum(shares.prefectures[id].scenario.p50 * of for id, of in cases.items()) / max(sum(cases.values()), 1e-9)
    whole = shares.total.scenario.p50
    if not cases or abs(average - whole) < APART:
        return ""
    return text("prefectures.average_note", language, average=percent(average), whole=percent(whole))


def heading(column: str, language: str, scenario: Scenario | None = None) -> str:
    """The name of a column of the file, its unit, and the limits of the share in time if they differ."""
    name = text(f"prefectures.column_{column}", language)
    if column == "need":
        unit = "%"
    elif column in MEASURE_AND_PART:
        measure = MEASURE_AND_PART[column][0]
        unit = column_unit(MEASURE[measure].unit, language)
        unit = unit_by_limits(unit, measure, scenario, language) if scenario else unit
    else:
        return name
    return text("prefectures.heading_unit", language, name=name, unit=unit)


def unit_by_limits(unit: str, measure: str, scenario: Scenario, language: str) -> str:
    """A measure's unit, of the share in time with the limits of base year and plan if they differ."""
    limits = limits_apart(measure, scenario, language)
    return text("prefectures.unit_by_limits", language, unit=unit, limits=limits) if limits else unit


def decimals(column: str) -> int | None:
    """Decimals of a column of numbers; None for a column of words."""
    if column == "need":
        return 1
    measure, part = MEASURE_AND_PART.get(column, ("", "band"))
    return None if part == "band" else DECIMALS.get(MEASURE[measure].unit, 0)


def to_csv(projection: Projection, baseline: Baseline, name: str, day: date, language: str) -> bytes:
    """The table as a file, with codes of places and bands in two columns of numbers.

    Every row says of which plan it is, by `name`, and how it was made.
    """
    table = frame(projection, baseline, language)
    heads: dict[str, list] = {text("csv.code", language): [p.code for p in baseline.prefectures]}
    for column in table.columns:
        called = heading(column, language, projection.scenario)
        if MEASURE_AND_PART.get(column, ("", ""))[1] != "band":
            heads[called] = table[column].to_list()
            continue
        result = projection.measures[MEASURE_AND_PART[column][0]]
        unit, bands = result.unit, [result.prefectures[p.id].scenario for p in baseline.prefectures]
        for end in ("p10", "p90"):
            values = [spreadsheet_text.number(getattr(band, end), unit, DECIMALS.get(unit, 0)) for band in bands]
            heads[text(f"prefectures.{end}_of", language, column=called)] = values
    origin = provenance(projection, day, name).columns(language)
    return spreadsheet_text.to_csv([list(heads), *zip(*heads.values(), strict=True)], origin)

"""The charts of a plan: people, visits and cases by tier, backlog and days by month."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

import altair as alt
import numpy as np
import pandas as pd

from model.evidence.tier_names import tiers_in
from model.force.people import PeopleByTier
from model.outputs.charts.palette import BASE, INK, MINIMUM, SCENARIO
from model.outputs.charts.specification import FONT, SOURCE, WHOLE, Spec, axis, plain_specification
from model.outputs.phrasing.numbers import amount
from model.outputs.words import text
from model.projection.results import Band, BandSeries, Projection

FRAMES = {"people": ("people",), "visits": ("visits",), "cases": ("cases",), "months": ("backlog", "days")}
"""The charts by the frame they stand in, with one title, table and caption."""
PLANS = ("base", "scenario")
"""The base year and the plan, as the data names them."""
HEIGHT = 232
"""Pixels of a frame."""
LEAST_SPAN = {"backlog": 20, "days": 100}
"""Least span of an axis over the months, files and days: a fraction of a file is no mountain."""
STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Where an axis may end, for each power of ten."""
ROOM = {"people": 1.3, "visits": 1.35, "cases": 1.6, "backlog": 1.0, "days": 1.0}
"""How many times as far as the figures an axis reaches: the figure of a bar stands behind it."""
EVERY_MONTH = 36
"""Months of the longest horizon that shows every month; a longer one shows every second."""
Cells = dict[str, str | float]
"""The fields of a row beside its tier and plan."""


@lru_cache(typed=True)
def spec(name: str, language: str, theme: str, height: int = HEIGHT) -> Spec:
    """The constant specification of a chart on a `light` or `dark` page.

    `height` is of its frame, in pixels. KeyError for a name that is no chart.
    """
    return _BUILDERS[name](language, INK[theme], height)


def data(name: str, projection: Projection, people: PeopleByTier, language: str) -> pd.DataFrame:
    """The rows of a chart, under 200, one a tier and plan or one a month and plan.

    `reach` is where the axis of amounts ends; it stays while a plan moves within it. `people` as of
    `people_by_tier`. KeyError for a name that is no chart.
    """
    months, plans = projection.months, plans_of(projection)
    if name in ("backlog", "days"):
        series = months.backlog if name == "backlog" else months.days_to_decision
        return _months(name, series, months.month, plans)
    cells: Mapping[str, Callable[[Projection, str, str, str], Cells]] = {
        "people": partial(_people_cells, people),
        "visits": _visits_cells,
        "cases": _cases_cells,
    }
    rows: list[Cells] = [
        {"tier": text(f"terms.tier_{tier}", language), "plan": plan, **cells[name](projection, tier, plan, language)}
        for tier in people
        for plan in plans
    ]
    end = axis_end(ROOM[name] * max(float(row["high"]) for row in rows))
    return pd.DataFrame({**row, "reach": end} for row in rows)


def axis_end(amount: float) -> float:
    """The end of an axis for an amount: the next of STEPS at any power of ten, so that it changes rarely.

    >>> axis_end(2239.0), axis_end(2470.0), axis_end(2990.0), axis_end(0.4)
    (2500.0, 2500.0, 3000.0, 1.0)
    """
    power = 10.0 ** math.floor(math.log10(max(amount, 1.0)))
    return next(step * power for step in STEPS if step * power >= amount * (1 - 1e-12))


def plans_of(projection: Projection) -> tuple[str, ...]:
    """The plans that charts and tables of a projection show: the base year alone where nothing is decided."""
    return PLANS if projection.scenario.levers else PLANS[:1]


def tier_band(projection: Projection, measure: str, tier: str, plan: str) -> Band:
    """The band of a measure at a tier, in the base year or under the plan."""
    paired = projection.measures[measure].tiers[tier]
    return paired.base if plan == "base" else paired.scenario


def _people_cells(people: PeopleByTier, projection: Projection, tier: str, plan: str, _: str) -> Cells:
    """The number set, and the band of what the tier may really have."""
    band, number = tier_band(projection, "staff", tier, plan), people[tier][PLANS.index(plan)]
    return {"value": number, "low": band.p10, "high": band.p90, "label": amount(number, "people")}


def _visits_cells(projection: Projection, tier: str, plan: str, _: str) -> Cells:
    """The visits with their band, and the legal minimum."""
    band = tier_band(projection, "visits", tier, plan)
    return {
        "value": band.p50,
        "low": band.p10,
        "high": band.p90,
        "minimum": tier_band(projection, "legal_minimum", tier, plan).p50,
        "label": amount(band.p50, projection.measures["visits"].unit),
    }


def _cases_cells(projection: Projection, tier: str, plan: str, language: str) -> Cells:
    """The cases filed, and the capacity with its band."""
    filed = tier_band(projection, "cases_filed", tier, plan).p50
    room = tier_band(projection, "case_capacity", tier, plan)
    written = {
        "filed": amount(filed, projection.measures["cases_filed"].unit),
        "capacity": amount(room.p50, projection.measures["case_capacity"].unit),
    }
    return {
        "filed": filed,
        "capacity": room.p50,
        "low": room.p10,
        "high": room.p90,
        "label": text("charts.filed_of_capacity", language, **written),
    }


def _months(name: str, series: Mapping[str, BandSeries], month: np.ndarray, plans: Sequence[str]) -> pd.DataFrame:
    """A row a month and plan with the band."""
    shown = np.arange(0, len(month), 1 if len(month) <= EVERY_MONTH else 2)
    bands = {p: np.concatenate([getattr(series[plan], p)[shown] for plan in plans]) for p in ("p10", "p50", "p90")}
    return pd.DataFrame(
        {
            "month": np.tile(month[shown], len(plans)),
            "plan": np.repeat(plans, len(shown)),
            **bands,
            "reach": axis_end(max(ROOM[name] * float(bands["p90"].max()), LEAST_SPAN[name])),
        }
    )


# Specifications.


def _colour() -> alt.Color:
    return alt.Color("plan:N", scale=alt.Scale(domain=list(PLANS), range=[BASE, SCENARIO]), legend=None)


def _rows(language: str) -> alt.Chart:
    """A chart with a row a tier and in it a row a plan."""
    names = [text(f"terms.tier_{tier}", language) for tier in tiers_in(language)]
    words = alt.Axis(title=None, ticks=False, domain=False, labelFontSize=FONT, labelPadding=8)
    scale = alt.Scale(domain=names, paddingInner=0.28, paddingOuter=0.1)
    return alt.Chart(SOURCE).encode(
        y=alt.Y("tier:N", sort=names, axis=words, scale=scale), yOffset=alt.YOffset("plan:N", sort=list(PLANS))
    )


def _amount(field: str, title: str) -> alt.X:
    few = axis(title, tickCount=3, format=WHOLE, labelOverlap="greedy")  # Else the first and the last alone.
    return alt.X(f"{field}:Q", axis=few, scale=alt.Scale(zero=True, nice=False))


def _tooltips(head: alt.Tooltip, language: str, **fields: str) -> list[alt.Tooltip]:
    """A tooltip with whole numbers; `fields` gives the word of each field."""
    return [head] + [
        alt.Tooltip(f"{field}:Q", title=text(f"charts.column_{word}", language), format=WHOLE)
        for field, word in fields.items()
    ]


def _tier_tooltips(language: str, **fields: str) -> list[alt.Tooltip]:
    return _tooltips(alt.Tooltip("tier:N", title=text("charts.column_tier", language)), language, **fields)


def _band_and_label(rows: alt.Chart, ink: str, font: int = FONT) -> tuple[alt.Chart, alt.Chart]:
    """The band of every bar as a thin line, and its figure behind it."""
    band = rows.mark_rule(strokeWidth=1.6, color=ink).encode(x="low:Q", x2="high:Q")
    return band, rows.mark_text(align="left", dx=6, fontSize=font, color=ink).encode(x="high:Q", text="label:N")


def _end(**channel: str) -> alt.Chart:
    """An unseen mark at the end of the axis, which so ends there."""
    return alt.Chart(SOURCE).mark_point(opacity=0).encode(**channel)


def _bars(language: str, ink: str, height: int, title: str, tooltips: list[alt.Tooltip], *extra: alt.Chart) -> Spec:
    """Bars with bands and figures, and `extra` layers between them."""
    rows = _rows(language)
    bars = rows.mark_bar(cornerRadiusEnd=2).encode(
        x=_amount("value", text(f"charts.{title}", language)), color=_colour(), tooltip=tooltips
    )
    band, label = _band_and_label(rows, ink)
    return plain_specification(alt.layer(bars, band, *extra, label, _end(x="reach:Q")), height, ink)


def _people(language: str, ink: str, height: int) -> Spec:
    return _bars(language, ink, height, "people_axis", _tier_tooltips(language, value="people", low="low", high="high"))


def _visits(language: str, ink: str, height: int) -> Spec:
    minimum = _rows(language).mark_tick(color=MINIMUM, thickness=3, opacity=1).encode(x="minimum:Q")
    tooltips = _tier_tooltips(language, value="middle", low="low", high="high", minimum="minimum")
    return _bars(language, ink, height, "visits_axis", tooltips, minimum)


def _cases(language: str, ink: str, height: int) -> Spec:
    rows = _rows(language)
    tooltips = _tier_tooltips(language, filed="filed", capacity="capacity", low="low", high="high")
    room = rows.mark_bar(opacity=0.32, cornerRadiusEnd=2).encode(
        x=_amount("capacity", text("charts.cases_axis", language)), color=_colour(), tooltip=tooltips
    )
    filed = rows.mark_bar(size=9).encode(x="filed:Q", color=_colour(), tooltip=tooltips)
    layers = (room, filed, *_band_and_label(rows, ink, FONT - 2), _end(x="reach:Q"))
    return plain_specification(alt.layer(*layers), height, ink)


def _month_by_month(field: str, language: str, ink: str, height: int) -> Spec:
    """Lines over the months; the backlog above shares the months' axis of the days below."""
    above = field == "backlog"
    title = None if above else text("charts.month_axis", language)
    month = alt.X("month:Q", axis=axis(title, labels=not above, grid=False, tickCount=6))
    head = alt.Tooltip("month:Q", title=text("charts.column_month", language))
    chart = alt.Chart(SOURCE).encode(x=month, color=_colour())
    value = axis(None, tickCount=3, format=WHOLE, minExtent=44, maxExtent=44)
    scale = alt.Scale(zero=True, nice=False)
    band = chart.mark_area(opacity=0.28).encode(y=alt.Y("p10:Q", axis=value, scale=scale), y2="p90:Q")
    line = chart.mark_line(strokeWidth=2.5).encode(
        y="p50:Q", tooltip=_tooltips(head, language, p50="middle", p10="low", p90="high")
    )
    name = alt.Title(
        text(f"charts.{field}_axis", language),
        anchor="start",
        fontSize=FONT - 1,
        fontWeight="normal",
        color=ink,
        offset=4,
    )
    layers = alt.layer(band, line, _end(y="reach:Q")).properties(title=name)
    return plain_specification(layers, height // 2 + (-16 if above else 12), ink)


_BUILDERS: Mapping[str, Callable[[str, str, int], Spec]] = {
    "people": _people,
    "visits": _visits,
    "cases": _cases,
    "backlog": partial(_month_by_month, "backlog"),
    "days": partial(_month_by_month, "days"),
}

"""The charts of a plan, for the screen and the back of a room.

A specification is built once for a language and a theme and never changes; a step sends only data (`data`). No number
of a projection stands in a specification, so a chart is updated in place.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

import altair as alt
import numpy as np
import pandas as pd

from model.evidence.baseline import TIERS
from model.outputs.charts.palette import BASE, INK, MINIMUM, SCENARIO
from model.outputs.phrasing.numbers import amount
from model.outputs.words import text
from model.projection.results import Band, BandSeries, Paired, Projection

FRAMES = {"people": ("people",), "visits": ("visits",), "cases": ("cases",), "months": ("backlog", "days")}
"""The charts by the frame they stand in, with one title, table and caption."""
PLANS = ("base", "scenario")
HEIGHT = 232
FONT = 14
"""Pixels: what can be read from the back of a room."""
SIZES = {"labelFontSize": FONT - 1, "titleFontSize": FONT - 1, "titlePadding": 6}

LEAST_SPAN = {"backlog": 20, "days": 100}
"""What an axis over the months spans at least, files and days: a fraction of a file is no mountain."""

SOURCE = alt.NamedData("source")


@lru_cache
def spec(name: str, language: str, theme: str) -> dict:
    """The constant specification of a chart on a `light` or `dark` page; never change what it returns."""
    return _BUILDERS[name](language, INK[theme])


def data(name: str, projection: Projection, people: Mapping[str, tuple[float, float]], language: str) -> pd.DataFrame:
    """The rows of a chart, under 200. `people` is base and plan by tier, as the planner set them."""
    both = bool(projection.scenario.levers)
    if name == "people":
        return people_rows(projection, people, language, both)
    months = projection.months
    if name in ("backlog", "days"):
        return months_rows(months.backlog if name == "backlog" else months.days_to_decision, months.month, both)
    return (visits_rows if name == "visits" else cases_rows)(projection, language, both)


def people_rows(
    projection: Projection, people: Mapping[str, tuple[float, float]], language: str, both: bool
) -> pd.DataFrame:
    """A row a tier and plan: the number set, and the band of what the tier may really have."""
    tiers = projection.measures["staff"].tiers
    return pd.DataFrame(
        {
            "tier": text(f"terms.tier_{tier}", language),
            "plan": plan,
            "value": people[tier][k],
            "low": _band(tiers[tier], plan).p10,
            "high": _band(tiers[tier], plan).p90,
            "label": amount(people[tier][k], "people"),
        }
        for tier in TIERS
        for k, plan in enumerate(PLANS[: 1 + both])
    )


def visits_rows(projection: Projection, language: str, both: bool) -> pd.DataFrame:
    visits, owed = projection.measures["visits"], projection.measures["legal_minimum"]
    return pd.DataFrame(
        {
            "tier": text(f"terms.tier_{tier}", language),
            "plan": plan,
            "value": _band(visits.tiers[tier], plan).p50,
            "low": _band(visits.tiers[tier], plan).p10,
            "high": _band(visits.tiers[tier], plan).p90,
            "minimum": _band(owed.tiers[tier], plan).p50,
            "label": amount(_band(visits.tiers[tier], plan).p50, visits.unit),
        }
        for tier in TIERS
        for plan in PLANS[: 1 + both]
    )


def cases_rows(projection: Projection, language: str, both: bool) -> pd.DataFrame:
    filed, room = projection.measures["cases_filed"], projection.measures["case_capacity"]
    return pd.DataFrame(
        {
            "tier": text(f"terms.tier_{tier}", language),
            "plan": plan,
            "filed": _band(filed.tiers[tier], plan).p50,
            "capacity": _band(room.tiers[tier], plan).p50,
            "low": _band(room.tiers[tier], plan).p10,
            "high": _band(room.tiers[tier], plan).p90,
            "label": text(
                "charts.filed_of_capacity",
                language,
                filed=amount(_band(filed.tiers[tier], plan).p50, filed.unit),
                capacity=amount(_band(room.tiers[tier], plan).p50, room.unit),
            ),
        }
        for tier in TIERS
        for plan in PLANS[: 1 + both]
    )


def months_rows(series: Mapping[str, BandSeries], month: np.ndarray, both: bool) -> pd.DataFrame:
    """A row a month and plan; every second month of a long horizon."""
    chosen = np.arange(0, len(month), 1 if len(month) <= 36 else 2)
    return pd.concat(
        pd.DataFrame(
            {
                "month": month[chosen],
                "plan": plan,
                **{p: getattr(series[plan], p)[chosen] for p in ("p10", "p50", "p90")},
            }
        )
        for plan in PLANS[: 1 + both]
    )


def _band(paired: Paired, plan: str) -> Band:
    return getattr(paired, plan)


# Specifications.


def _colour() -> alt.Color:
    return alt.Color("plan:N", scale=alt.Scale(domain=list(PLANS), range=[BASE, SCENARIO]), legend=None)


def _tier(language: str) -> alt.Y:
    names = [text(f"terms.tier_{tier}", language) for tier in TIERS]
    axis = alt.Axis(title=None, ticks=False, domain=False, labelFontSize=FONT, labelPadding=8)
    return alt.Y("tier:N", sort=names, axis=axis, scale=alt.Scale(domain=names, paddingInner=0.28, paddingOuter=0.1))


def _amount(field: str, title: str) -> alt.X:
    axis = alt.Axis(title=title, tickCount=4, format=",.0f", **SIZES)
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(zero=True, nice=True))


def _plan_offset() -> alt.YOffset:
    return alt.YOffset("plan:N", sort=list(PLANS))


def _tooltips(language: str, **fields: str) -> list[alt.Tooltip]:
    named = [alt.Tooltip("tier:N", title=text("charts.column_tier", language))]
    return named + [
        alt.Tooltip(f"{field}:Q", title=text(f"charts.column_{word}", language), format=",.0f")
        for field, word in fields.items()
    ]


def _bars_with_band(language: str, ink: str, axis: str, extra: list[alt.Chart], tooltips: list[alt.Tooltip]) -> dict:
    base = alt.Chart(SOURCE).encode(y=_tier(language), yOffset=_plan_offset())
    bars = base.mark_bar(cornerRadiusEnd=2).encode(
        x=_amount("value", text(f"charts.{axis}", language)), color=_colour(), tooltip=tooltips
    )
    band = base.mark_rule(strokeWidth=1.6, color=ink).encode(x="low:Q", x2="high:Q")
    label = base.mark_text(align="left", dx=6, fontSize=FONT, color=ink).encode(x="high:Q", text="label:N")
    return _finished(alt.layer(bars, band, *extra, label), ink)


def _people(language: str, ink: str) -> dict:
    return _bars_with_band(
        language, ink, "people_axis", [], _tooltips(language, value="people", low="low", high="high")
    )


def _visits(language: str, ink: str) -> dict:
    minimum = (
        alt.Chart(SOURCE)
        .mark_tick(color=MINIMUM, thickness=3, opacity=1)
        .encode(y=_tier(language), yOffset=_plan_offset(), x="minimum:Q")
    )
    tooltips = _tooltips(language, value="middle", low="low", high="high", minimum="minimum")
    return _bars_with_band(language, ink, "visits_axis", [minimum], tooltips)


def _cases(language: str, ink: str) -> dict:
    base = alt.Chart(SOURCE).encode(y=_tier(language), yOffset=_plan_offset())
    tooltips = _tooltips(language, filed="filed", capacity="capacity", low="low", high="high")
    room = base.mark_bar(opacity=0.32, cornerRadiusEnd=2).encode(
        x=_amount("capacity", text("charts.cases_axis", language)), color=_colour(), tooltip=tooltips
    )
    filed = base.mark_bar(size=9).encode(x="filed:Q", color=_colour(), tooltip=tooltips)
    band = base.mark_rule(strokeWidth=1.6, color=ink).encode(x="low:Q", x2="high:Q")
    label = base.mark_text(align="left", dx=6, fontSize=FONT, color=ink).encode(x="high:Q", text="label:N")
    return _finished(alt.layer(room, filed, band, label), ink)


def _month_by_month(field: str, language: str, ink: str) -> dict:
    """Lines over the months; the backlog above shares the months' axis of the days below."""
    above = field == "backlog"
    title = None if above else text("charts.month_axis", language)
    month = alt.X("month:Q", axis=alt.Axis(title=title, labels=not above, grid=False, tickCount=6, **SIZES))
    value = alt.Axis(title=None, tickCount=3, format=",.0f", minExtent=44, maxExtent=44, **SIZES)
    tooltips = [alt.Tooltip("month:Q", title=text("charts.column_month", language))] + [
        alt.Tooltip(f"{p}:Q", title=text(f"charts.column_{word}", language), format=",.0f")
        for p, word in (("p50", "middle"), ("p10", "low"), ("p90", "high"))
    ]
    chart = alt.Chart(SOURCE).encode(x=month, color=_colour())
    scale = alt.Scale(domain=alt.DomainUnionWith(unionWith=[0, LEAST_SPAN[field]]))
    band = chart.mark_area(opacity=0.28).encode(y=alt.Y("p10:Q", axis=value, scale=scale), y2="p90:Q")
    line = chart.mark_line(strokeWidth=2.5).encode(y="p50:Q", tooltip=tooltips)
    head = alt.Title(
        text(f"charts.{field}_axis", language),
        anchor="start",
        fontSize=FONT - 1,
        fontWeight="normal",
        color=ink,
        offset=4,
    )
    return _finished(alt.layer(band, line).properties(title=head), ink, HEIGHT // 2 - (16 if above else -12))


def _finished(chart: alt.TopLevelMixin, ink: str, height: int = HEIGHT) -> dict:
    """The dictionary that Streamlit is given: data left out, drawn on a canvas, few lines."""
    axis = {"domain": False, "ticks": False, "labelColor": ink, "titleColor": ink, "titleFontWeight": "normal"}
    written = chart.configure_view(stroke=None).configure_axis(**axis).to_dict(validate=False)
    written.pop("$schema")
    written.pop("data")
    written["height"] = height
    written["padding"] = {"left": 0, "right": 4, "top": 2, "bottom": 2}
    written["usermeta"] = {"embedOptions": {"renderer": "canvas", "actions": False}}
    return written


_BUILDERS: Mapping[str, Callable[[str, str], dict]] = {
    "people": _people,
    "visits": _visits,
    "cases": _cases,
    "backlog": partial(_month_by_month, "backlog"),
    "days": partial(_month_by_month, "days"),
}

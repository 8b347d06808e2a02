"""The inspection plan's months as a chart: visits by tier, one bar a month. As in `charts`, the specification is
constant."""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.evidence.baseline import TIERS
from model.outputs.charts.palette import INK
from model.outputs.charts.palette import TIERS as TIER_COLOURS
from model.outputs.charts.plan_charts import FONT, SIZES, SOURCE
from model.outputs.words import text
from model.schedule.inspection_plan import InspectionPlan

HEIGHT = 190


@lru_cache
def spec(language: str, theme: str) -> dict:
    """The specification on a `light` or `dark` page; never change what it returns."""
    ink = INK[theme]
    names = {tier: text(f"terms.tier_{tier}", language) for tier in TIERS}
    months = text("inspection.months", language).split()
    key = alt.Legend(title=None, orient="top", labelFontSize=FONT - 1, labelColor=ink, symbolType="square")
    bars = (
        alt.Chart(SOURCE)
        .mark_bar()
        .encode(
            x=alt.X("month:N", sort=months, axis=alt.Axis(title=None, labelAngle=0, **SIZES)),
            y=alt.Y("sum(visits):Q", axis=alt.Axis(title=None, tickCount=4, format=",.0f", **SIZES)),
            color=alt.Color(
                "tier:N",
                scale=alt.Scale(domain=[*names.values()], range=[TIER_COLOURS[tier] for tier in names]),
                legend=key,
            ),
            order="order:Q",
            tooltip=[
                alt.Tooltip("month:N", title=text("inspection.column_month", language)),
                alt.Tooltip("tier:N", title=text("inspection.column_tier", language)),
                alt.Tooltip("visits:Q", title=text("inspection.chart_axis", language), format=",.0f"),
            ],
        )
    )
    axis = {"domain": False, "ticks": False, "labelColor": ink, "titleColor": ink, "titleFontWeight": "normal"}
    written = bars.configure_view(stroke=None).configure_axis(**axis).to_dict(validate=False)
    written = {key: value for key, value in written.items() if key not in ("$schema", "data")}
    return written | {
        "height": HEIGHT,
        "padding": {"left": 0, "right": 4, "top": 2, "bottom": 2},
        "usermeta": {"embedOptions": {"renderer": "canvas", "actions": False}},
    }


def data(plan: InspectionPlan, language: str) -> pd.DataFrame:
    """A row a month and tier: visits of all classes."""
    months = text("inspection.months", language).split()
    visits = {
        tier: plan.visits[[p for p, (own, _) in enumerate(plan.pools) if own == tier]].sum(axis=(0, 1))
        for tier in TIERS
    }
    return pd.DataFrame(
        {"month": month, "tier": text(f"terms.tier_{tier}", language), "visits": int(visits[tier][k]), "order": order}
        for k, month in enumerate(months)
        for order, tier in enumerate(TIERS)
    )

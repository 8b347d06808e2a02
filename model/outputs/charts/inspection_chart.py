"""The months of the inspection plan as a chart: visits by tier, one bar a month."""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.evidence.tier_names import tiers_in
from model.outputs.charts.palette import INK
from model.outputs.charts.palette import TIERS as TIER_COLOURS
from model.outputs.charts.specification import FONT, SOURCE, WHOLE, Spec, axis, plain_specification
from model.outputs.words import text
from model.schedule.inspection_plan import InspectionPlan

HEIGHT = 190
"""Pixels of the chart."""


@lru_cache(typed=True)
def spec(language: str, theme: str) -> Spec:
    """The constant specification on a `light` or `dark` page."""
    ink = INK[theme]
    names = {tier: text(f"terms.tier_{tier}", language) for tier in tiers_in(language)}
    months = text("inspection.months", language).split()
    key = alt.Legend(title=None, orient="top", labelFontSize=FONT - 1, labelColor=ink, symbolType="square")
    bars = (
        alt.Chart(SOURCE)
        .mark_bar()
        .encode(
            x=alt.X("month:N", sort=months, axis=axis(None, labelAngle=0)),
            y=alt.Y("sum(visits):Q", axis=axis(None, tickCount=4, format=WHOLE)),
            color=alt.Color(
                "tier:N",
                scale=alt.Scale(domain=[*names.values()], range=[TIER_COLOURS[tier] for tier in names]),
                legend=key,
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("month:N", title=text("inspection.column_month", language)),
                alt.Tooltip("tier:N", title=text("inspection.column_tier", language)),
                alt.Tooltip("visits:Q", title=text("inspection.chart_axis", language), format=WHOLE),
            ],
        )
    )
    return plain_specification(bars, HEIGHT, ink)


def data(plan: InspectionPlan, language: str) -> pd.DataFrame:
    """The rows of the chart, one a month and tier: visits of all classes."""
    months = text("inspection.months", language).split()
    visits = {
        tier: plan.visits[[p for p, (own, _) in enumerate(plan.pools) if own == tier]].sum(axis=(0, 1))
        for tier in tiers_in(language)
    }
    return pd.DataFrame(
        {"month": month, "tier": text(f"terms.tier_{tier}", language), "visits": int(visits[tier][k]), "order": order}
        for k, month in enumerate(months)
        for order, tier in enumerate(visits)
    )

"""Small multiples of a comparison: a measure a chart, a scenario a row, dot and band on one scale.

As in `charts`, a specification is constant; only its height follows the number of rows.
"""

from collections.abc import Sequence
from functools import lru_cache

import altair as alt
import pandas as pd

from model.outputs.charts.palette import BASE, INK, QUIET_INK, SCENARIO
from model.outputs.charts.row_chart import finished, names_axis
from model.outputs.phrasing.numbers import SHARE_UNITS, amount
from model.outputs.words import text
from model.projection.comparison import Comparison

MEASURES = ("visits", "case_capacity", "on_time_share", "duty_met", "problems", "review_load")
KINDS = {"base": (BASE, "circle"), "scenario": (SCENARIO, "circle"), "current": (SCENARIO, "diamond")}
"""Colour and shape; the current plan is told by its shape, not by a colour of its own."""
FONT = 13
ROW = 27
"""Pixels: a scenario's row."""
NAME_WIDTH = 138


@lru_cache
def spec(shares: bool, rows: int, language: str, theme: str) -> dict:
    """The constant specification for a measure in percent or a plain one, on a `light` or `dark` page; never change
    what it returns."""
    ink, quiet = INK[theme], QUIET_INK[theme]
    written = ".0%" if shares else ",~r"
    tooltips = [alt.Tooltip("name:N", title=text("compare.column_scenario", language))] + [
        alt.Tooltip(f"{field}:N", title=text(f"compare.column_{word}", language))
        for field, word in (("label", "middle"), ("low_label", "band_low"), ("high_label", "band_high"))
    ]
    x_axis = alt.Axis(title=None, tickCount=4, format=written, labelFontSize=FONT - 1, labelPadding=5, grid=True)
    x = alt.X("low:Q", axis=x_axis, scale=alt.Scale(zero=shares, nice=True))
    colour = alt.Color("kind:N", scale=_scale(0), legend=None)
    rows_of = alt.Chart(alt.NamedData("source")).encode(y=names_axis(NAME_WIDTH, FONT), tooltip=tooltips)
    reference = (
        alt.Chart(alt.NamedData("source"))
        .mark_rule(strokeDash=[4, 3], strokeWidth=1.4, color=quiet)
        .encode(x="min(reference):Q")
    )
    band = rows_of.mark_rule(strokeWidth=5, opacity=0.6, strokeCap="round").encode(x=x, x2="high:Q", color=colour)
    dot = rows_of.mark_point(filled=True, size=110, opacity=1).encode(
        x="value:Q", color=colour, shape=alt.Shape("kind:N", scale=_scale(1), legend=None)
    )
    figure = rows_of.mark_text(align="left", dx=8, fontSize=FONT, color=ink).encode(
        x=alt.value("width"), text="label:N"
    )
    return finished(alt.layer(reference, band, dot, figure), rows, ink, quiet, ROW)


def data(
    measure: str, comparison: Comparison, names: Sequence[str], kinds: Sequence[str], reference: int
) -> pd.DataFrame:
    """A row a scenario, in the order given. `names` tell the rows apart; `kinds` are words of KINDS."""
    results = [projection.measures[measure] for projection in comparison.projections]
    unit, bands = results[0].unit, [result.total.scenario for result in results]
    return pd.DataFrame(
        {
            "order": order,
            "name": names[order],
            "kind": kinds[order],
            "value": band.p50,
            "low": band.p10,
            "high": band.p90,
            "label": amount(band.p50, unit),
            "low_label": amount(band.p10, unit),
            "high_label": amount(band.p90, unit),
            "reference": bands[reference].p50,
        }
        for order, band in enumerate(bands)
    )


def in_percent(measure: str, comparison: Comparison) -> bool:
    return comparison.projections[0].measures[measure].unit in SHARE_UNITS


def _scale(what: int) -> alt.Scale:
    return alt.Scale(domain=list(KINDS), range=[look[what] for look in KINDS.values()])

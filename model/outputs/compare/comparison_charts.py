"""The small charts of a comparison: a measure a chart, a scenario a row, dot and band on one scale."""

from collections.abc import Sequence
from functools import lru_cache

import altair as alt
import pandas as pd

from model.outputs.charts.palette import BASE, INK, QUIET_INK, SCENARIO
from model.outputs.charts.row_chart import band_and_dot, figure, finished, names_axis, value_axis
from model.outputs.charts.specification import SOURCE, Spec
from model.outputs.phrasing.numbers import SHARE_UNITS, amount, ends
from model.outputs.words import text
from model.projection.comparison import Comparison
from model.year.measures import MEASURE

MEASURES = ("visits", "case_capacity", "on_time_share", "duty_met", "problems", "review_load")
KINDS = {"base": (BASE, "circle"), "scenario": (SCENARIO, "circle"), "current": (SCENARIO, "diamond")}
"""Colour and shape; only its shape tells the current plan from the others."""
FONT, ROW, NAME_WIDTH = 13, 27, 138
"""Pixels: the type, a scenario's row, and the names at the left."""


@lru_cache(typed=True)
def spec(shares: bool, rows: int, language: str, theme: str) -> Spec:
    """The constant specification for `shares` or plain numbers, on a `light` or `dark` page.

    Only the height follows the number of `rows`.
    """
    ink, quiet = INK[theme], QUIET_INK[theme]
    tooltips = [alt.Tooltip("name:N", title=text("compare.column_scenario", language))] + [
        alt.Tooltip(f"{field}:N", title=text(f"compare.column_{word}", language))
        for field, word in (("label", "middle"), ("low_label", "band_low"), ("high_label", "band_high"))
    ]
    low = value_axis("low", zero=shares, font=FONT, written=".0%" if shares else ",~r")
    scenarios = alt.Chart(SOURCE).encode(y=names_axis(NAME_WIDTH, FONT), tooltip=tooltips)
    dashed = alt.Chart(SOURCE).mark_rule(strokeDash=[4, 3], strokeWidth=1.4, color=quiet)
    band, dot = band_and_dot(scenarios, low, alt.Color("kind:N", scale=_scale(0), legend=None))
    dot = dot.encode(shape=alt.Shape("kind:N", scale=_scale(1), legend=None))
    layers = (dashed.encode(x="min(reference):Q"), band, dot, figure(scenarios, ink, FONT))
    return finished(alt.layer(*layers), rows, ink, quiet, ROW)


def data(
    measure: str, comparison: Comparison, names: Sequence[str], kinds: Sequence[str], reference: int
) -> pd.DataFrame:
    """The rows of a chart, one a scenario in the order given.

    `names` tell the rows apart, `kinds` are words of KINDS, `reference` is the place of the scenario compared with.
    """
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
            **dict(zip(("low_label", "high_label"), ends(band, unit, amount), strict=True)),
            "reference": bands[reference].p50,
        }
        for order, band in enumerate(bands)
    )


def in_percent(measure: str) -> bool:
    """Whether a measure is drawn in percent."""
    return MEASURE[measure].unit in SHARE_UNITS


def _scale(what: int) -> alt.Scale:
    """The colours (0) or the shapes (1) of KINDS."""
    return alt.Scale(domain=list(KINDS), range=[look[what] for look in KINDS.values()])

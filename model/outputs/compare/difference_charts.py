"""The charts of the Compare page: paired differences about zero, a colour a scenario."""

from collections.abc import Sequence
from functools import lru_cache

import altair as alt
import pandas as pd

from model.outputs.charts.palette import BASE, INK, PLANS, QUIET_INK
from model.outputs.charts.row_chart import band_and_dot, figure, finished, names_axis, value_axis
from model.outputs.charts.specification import SOURCE, Spec
from model.outputs.phrasing.numbers import change, ends, in_percent
from model.outputs.phrasing.typesetting import ems
from model.outputs.words import text
from model.projection.comparison import Comparison

FONT, ROW = 13, 27
"""Pixels: the type, and a scenario's row."""
NAME_WIDTHS = range(110, 261, 30)
"""Pixels for the names at the left, of which a comparison takes what its longest name needs."""


def colours(kinds: Sequence[str]) -> list[str]:
    """The colour of each scenario by its place; `kinds` are words of `comparison_charts.KINDS`.

    >>> colours(["base", "scenario", "current"]) == [BASE, *PLANS[:2]]
    True
    """
    free = iter((*PLANS, BASE))
    return [BASE if kind == "base" else next(free) for kind in kinds]


def name_width(names: Sequence[str]) -> int:
    """The room for the names at the left.

    >>> name_width(["B 未命名方案"]), name_width(["B Sink people to the counties"]), name_width(["W" * 60])
    (110, 230, 260)
    """
    needed = max(map(ems, names)) * FONT + 8
    return next((width for width in NAME_WIDTHS if width >= needed), NAME_WIDTHS[-1])


@lru_cache(typed=True)
def spec(rows: int, width: int, language: str, theme: str) -> Spec:
    """The constant specification on a `light` or `dark` page.

    Only the height follows the number of `rows`, and the room of the names is `width`.
    """
    ink, quiet = INK[theme], QUIET_INK[theme]
    tooltips = [alt.Tooltip("name:N", title=text("compare.column_scenario", language))] + [
        alt.Tooltip(f"{field}:N", title=text(f"compare.column_{word}", language))
        for field, word in (("label", "difference"), ("low_label", "band_low"), ("high_label", "band_high"))
    ]
    scenarios = alt.Chart(SOURCE).encode(y=names_axis(width, FONT), tooltip=tooltips)
    zero = alt.Chart(SOURCE).mark_rule(strokeWidth=1.4, color=ink).encode(x=alt.datum(0))
    band, dot = band_and_dot(scenarios, value_axis("low", font=FONT), alt.Color("colour:N", scale=None))
    return finished(alt.layer(band, zero, dot, figure(scenarios, ink, FONT)), rows, ink, quiet, ROW)


def data(
    measure: str, comparison: Comparison, names: Sequence[str], kinds: Sequence[str], reference: int
) -> pd.DataFrame:
    """A row a scenario with its difference from the one at the place `reference`, which has none.

    `names` tell the rows apart. Shares are in percentage points.
    """
    unit, duels = comparison.projections[0].measures[measure].unit, comparison.duels[measure]["total"]
    paints = colours(kinds)
    bands = {place: duels[place, reference].difference for place in range(len(names)) if place != reference}
    return pd.DataFrame(
        {
            "order": place,
            "name": names[place],
            "colour": paints[place],
            "value": in_percent(band.p50, unit),
            "low": in_percent(band.p10, unit),
            "high": in_percent(band.p90, unit),
            "label": change(band.p50, unit),
            **dict(zip(("low_label", "high_label"), ends(band, unit, change), strict=True)),
        }
        for place, band in bands.items()
    )

"""The chart of a plan's stability: median and band of the change about zero, a row an alternative."""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.outputs.charts.palette import BASE, INK, MINIMUM, QUIET_INK, SCENARIO
from model.outputs.charts.row_chart import band_and_dot, figure, finished, names_axis, value_axis
from model.outputs.charts.specification import SOURCE, Spec
from model.outputs.phrasing.numbers import change, in_percent
from model.outputs.stability.sentence import row_name
from model.outputs.words import text
from model.projection.results import Band
from model.projection.stability import Stability
from model.year.measures import MEASURE

COLOURS = {"drawn": BASE, "holds": SCENARIO, "turns": MINIMUM}
NAME_WIDTH, ROW = 390, 25


def data(answer: Stability, id: str, language: str) -> pd.DataFrame:
    """A row an alternative, as drawn first; shares in percentage points."""
    bands = [(text("stability.kind_drawn", language), "drawn", answer.drawn[id].difference)]
    for row in answer.rows:
        if row.changes:
            kind = "turns" if row in answer.turns(id) else "holds"
            bands.append((row_name(row.alternative, language), kind, row.changes[id].difference))
    return pd.DataFrame(_row(order, *row, id) for order, row in enumerate(bands))


def _row(order: int, name: str, kind: str, band: Band, id: str) -> dict[str, object]:
    unit = MEASURE[id].unit
    low, value, high = (in_percent(end, unit) for end in (band.p10, band.p50, band.p90))
    label = change(band.p50, unit)
    return {"order": order, "name": name, "kind": kind, "low": low, "value": value, "high": high, "label": label}


@lru_cache(typed=True)
def spec(rows: int, language: str, theme: str) -> Spec:
    """The constant specification on a `light` or `dark` page; never change what it returns."""
    ink, tooltips = INK[theme], {"name": "column_case", "label": "column_change"}
    shown = [alt.Tooltip(f"{field}:N", title=text(f"stability.{title}", language)) for field, title in tooltips.items()]
    colour = alt.Color("kind:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None)
    base = alt.Chart(SOURCE).encode(y=names_axis(NAME_WIDTH), tooltip=shown)
    zero = alt.Chart(SOURCE).mark_rule(color=ink, strokeWidth=1.2).encode(x=alt.datum(0))
    marks = [zero, *band_and_dot(base, value_axis("low"), colour), figure(base, ink)]
    return finished(alt.LayerChart(layer=marks), rows, ink, QUIET_INK[theme], ROW)

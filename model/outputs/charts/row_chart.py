"""What the charts of a row an item share: names at the left, figures in a column at the right, one scale between."""

import altair as alt

FONT = 14
ROW, AXIS = 29, 34
"""Pixels: a row, and the axis under the rows."""
NAME_WIDTH = 196
SOURCE = alt.NamedData("source")


def names_axis(width: int = NAME_WIDTH, font: int = FONT) -> alt.Y:
    axis = alt.Axis(
        title=None,
        labelAlign="left",
        labelPadding=width,
        labelLimit=width - 8,
        labelFontSize=font,
        labelOverlap=False,
    )
    order = alt.EncodingSortField(field="order", order="ascending")
    return alt.Y("name:N", sort=order, axis=axis, scale=alt.Scale(type="band"))


def value_axis(field: str, *, zero: bool = True) -> alt.X:
    axis = alt.Axis(title=None, tickCount=4, format=",~r", labelFontSize=FONT - 1, labelPadding=5, grid=True)
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(zero=zero, nice=True), stack=None)


def height(rows: int, row: int = ROW) -> int:
    """Of a whole chart, in pixels."""
    return row * rows + AXIS


def finished(chart: alt.LayerChart, rows: int, ink: str, quiet: str, row: int = ROW) -> dict:
    """The dictionary that Streamlit is given: data left out, drawn on a canvas, few lines, room for the figures."""
    written = (
        chart.configure_view(stroke=None)
        .configure_axis(domain=False, ticks=False, labelFlush=False, labelColor=ink, gridColor=quiet, gridOpacity=0.22)
        .configure_axisY(grid=False)
        .to_dict(validate=False)
    )
    written.pop("$schema")
    written.pop("data", None)
    written["height"] = height(rows, row)
    written["padding"] = {"left": 0, "right": 8, "top": 4, "bottom": 0}
    written["usermeta"] = {"embedOptions": {"renderer": "canvas", "actions": False}}
    return written

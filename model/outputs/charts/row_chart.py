"""Charts with a row an item: names at the left, figures in a column at the right, one scale between."""

import altair as alt

from model.outputs.charts.specification import FONT, Spec, specification

ROW, AXIS, TITLE = 29, 34, 17
"""Pixels: a row, the axis under the rows, and its title."""
NAME_WIDTH = 196
"""Pixels for the names."""


def names_axis(width: int = NAME_WIDTH, font: int = FONT) -> alt.Y:
    """The axis of names, `width` pixels wide, in the order of the field `order`."""
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


def value_axis(
    field: str, *, title: str | None = None, zero: bool = True, font: int = FONT, written: str = ",~r"
) -> alt.X:
    """The axis of numbers, written in the D3 format `written`; `zero` where it must begin there."""
    axis = alt.Axis(
        title=title,
        titleFontSize=font - 1,
        titlePadding=6,
        tickCount=4,
        format=written,
        labelFontSize=font - 1,
        labelPadding=5,
        grid=True,
    )
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(zero=zero, nice=True), stack=None)


def band_and_dot(rows: alt.Chart, low: alt.X | str, colour: alt.Color) -> list[alt.Chart]:
    """The band of every row from the axis `low` to the field `high`, and the median `value` on it."""
    band = rows.mark_rule(strokeWidth=5, opacity=0.6, strokeCap="round").encode(x=low, x2="high:Q", color=colour)
    return [band, rows.mark_point(filled=True, size=110, opacity=1).encode(x="value:Q", color=colour)]


def figure(rows: alt.Chart, ink: str, font: int = FONT) -> alt.Chart:
    """The figure of every row, the field `label`, in the column at the right."""
    return rows.mark_text(align="left", dx=8, fontSize=font, color=ink).encode(x=alt.value("width"), text="label:N")


def height(rows: int, row: int = ROW) -> int:
    """Height of a whole chart in pixels."""
    return row * rows + AXIS


def finished(
    chart: alt.Chart | alt.LayerChart | alt.FacetChart,
    rows: int,
    ink: str,
    quiet: str,
    row: int = ROW,
    *,
    titled: bool = False,
) -> Spec:
    """The specification of a chart with so many rows, with room for the figures; `quiet` colours the grid.

    `titled` where the axis of numbers has a title, which needs room of its own.
    """
    configured = chart.configure_axis(
        domain=False,
        ticks=False,
        labelFlush=False,
        labelColor=ink,
        titleColor=ink,
        titleFontWeight="normal",
        gridColor=quiet,
        gridOpacity=0.22,
    ).configure_axisY(grid=False)
    return specification(configured, height(rows, row) + titled * TITLE, left=0, right=8, top=4, bottom=0)

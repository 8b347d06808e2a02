"""What the charts' specifications share: constant Vega-Lite for one language and theme, without data.

A specification never changes, so that a step sends only data and a chart is updated in place. No number of a
projection stands in one.
"""

from typing import Any

import altair as alt

Spec = dict[str, Any]
"""A Vega-Lite specification as JSON; whoever gets one from a cache must not change it."""

SOURCE = alt.NamedData("source")
"""The data that a page puts in."""
FONT = 14
"""Pixels: what can be read from the back of a room."""
WHOLE = ",.0f"
"""The D3 format of whole numbers."""


def specification(chart: alt.Chart | alt.LayerChart | alt.FacetChart, height: int, **padding: int) -> Spec:
    """The chart as a specification without data, drawn on a canvas.

    Height and `padding` by side are in pixels.
    """
    spec: Spec = chart.configure_view(stroke=None).to_dict(validate=False)
    spec.pop("$schema")
    spec.pop("data", None)
    return spec | {
        "height": height,
        **({"padding": padding} if padding else {}),
        "usermeta": {"embedOptions": {"renderer": "canvas", "actions": False}},
    }


def plain_specification(chart: alt.Chart | alt.LayerChart | alt.FacetChart, height: int, ink: str) -> Spec:
    """The same with axes that show only their words, in the colour `ink`."""
    configured = chart.configure_axis(
        domain=False, ticks=False, labelColor=ink, titleColor=ink, titleFontWeight="normal"
    )
    return specification(configured, height, left=0, right=4, top=2, bottom=2)


def axis(title: str | None, **more: Any) -> alt.Axis:
    """An axis with words of the usual size; `more` as `alt.Axis` takes it."""
    return alt.Axis(title=title, labelFontSize=FONT - 1, titleFontSize=FONT - 1, titlePadding=6, **more)

"""The chart of the trade-off: visits against cases decided in time.

A plan is a dot, larger where more people move.
"""

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from model.outputs.answers.frontier import AXES, figures
from model.outputs.answers.objective_terms import UNITS
from model.outputs.charts.palette import INK, MINIMUM, QUIET_INK, SCENARIO
from model.outputs.charts.specification import FONT, SOURCE, Spec, specification
from model.outputs.phrasing.numbers import amount
from model.outputs.words import text
from model.search.frontier import Frontier

OWN, FOUND, CHOSEN = "own", "found", "chosen"
PICK = "pick"
"""The name of the selection that a click on a dot makes; it holds `order`."""
HEIGHT = 330
OWN_SIZE = 210
ROOM = 0.25
"""How far from the frontier the own plan may be drawn, as a part of the frontier's span on that axis.

A plan further away stands at that edge, which is said, and does not flatten the others.
"""
LEAST_SPAN = 0.002
"""Least span of an axis as a part of its values, where all plans bring nearly the same."""


def data(frontier: Frontier, chosen: int, language: str) -> pd.DataFrame:
    """A row a plan in the order of the frontier's points, the one chosen marked; the own plan last.

    `at_visits` and `at_on_time` say where a dot is drawn, `far` says what belongs further out.
    """
    pairs = [{axis: figures(point, axis) for axis in AXES} for point in frontier.points]
    plans = [
        (point.plan.moved, {axis: both[axis].scenario.p50 for axis in AXES})
        for point, both in zip(frontier.points, pairs, strict=True)
    ]
    plans.append((frontier.own.moved, {axis: pairs[0][axis].base.p50 for axis in AXES}))
    kinds = [CHOSEN if order == chosen else FOUND for order in range(len(frontier.points))] + [OWN]
    edges = {axis: _edges([brings[axis] for _, brings in plans[:-1]]) for axis in AXES}
    rows = []
    for order, (kind, (moved, brings)) in enumerate(zip(kinds, plans, strict=True)):
        at = {axis: float(np.clip(brings[axis], *edges[axis])) for axis in AXES}
        written = {axis: amount(brings[axis], UNITS[axis]) for axis in AXES}
        rows.append(
            {
                "order": order,
                "kind": kind,
                "moved": moved,
                **brings,
                **{f"{axis}_label": written[axis] for axis in AXES},
                **{f"at_{axis}": at[axis] for axis in AXES},
                "far": text("frontier.far", language, **written) if at != brings else "",
                "name": text(f"frontier.dot_{kind}", language),
            }
        )
    return pd.DataFrame(rows)


def _edges(values: list[float]) -> tuple[float, float]:
    """The ends of an axis that shows the plans of the frontier and a little beyond."""
    low, high = min(values), max(values)
    room = ROOM * max(high - low, LEAST_SPAN * abs(high))
    return low - room, high + room


@lru_cache(typed=True)
def spec(language: str, theme: str) -> Spec:
    """The constant specification on a `light` or `dark` page; never change what it returns."""
    ink, quiet = INK[theme], QUIET_INK[theme]
    tooltips = [
        alt.Tooltip("name:N", title=text("frontier.dot", language)),
        alt.Tooltip("moved:Q", title=text("moves.people_moved", language), format=",.0f"),
        alt.Tooltip("visits_label:N", title=text("frontier.axis_visits", language)),
        alt.Tooltip("on_time_label:N", title=text("frontier.axis_on_time", language)),
    ]
    pick = alt.selection_point(name=PICK, fields=["order"], on="click", clear=False)
    base = alt.Chart(SOURCE).encode(
        x=alt.X("at_visits:Q", **_axis("visits", language)),
        y=alt.Y("at_on_time:Q", **_axis("on_time", language)),
        tooltip=tooltips,
    )
    colour = alt.Color("kind:N", scale=alt.Scale(domain=[FOUND, CHOSEN], range=[SCENARIO, ink]), legend=None)
    size = alt.Size(
        "moved:Q",
        scale=alt.Scale(range=[60, 520], zero=True),
        legend=alt.Legend(
            title=text("moves.people_moved", language),
            orient="right",
            tickCount=4,
            symbolFillColor=SCENARIO,
            symbolStrokeWidth=0,
        ),
    )
    others = base.transform_filter(alt.datum.kind != OWN).mark_point(filled=True, opacity=0.85, shape="circle")
    own = base.transform_filter(alt.datum.kind == OWN).mark_point(
        filled=True, opacity=1, shape="diamond", size=OWN_SIZE, color=MINIMUM
    )
    dots = alt.layer(others.encode(color=colour, size=size).add_params(pick), own)
    configured = dots.configure_axis(
        domain=False, ticks=False, labelColor=ink, titleColor=ink, gridColor=quiet, gridOpacity=0.22
    ).configure_legend(labelColor=ink, titleColor=ink, labelFontSize=FONT - 1, titleFontSize=FONT - 1)
    return specification(configured, HEIGHT)


def _axis(field: str, language: str) -> dict[str, Any]:
    """Axis and scale of one of the two figures."""
    axis = alt.Axis(
        title=text(f"frontier.axis_{field}", language),
        titleFontWeight="normal",
        titleFontSize=FONT,
        labelFontSize=FONT - 1,
        tickCount=6,
        format=",~r",
    )
    return {"axis": axis, "scale": alt.Scale(zero=False, nice=True, padding=18)}

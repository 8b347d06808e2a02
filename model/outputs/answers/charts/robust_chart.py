"""The safe plan, drawn: a row a plan, its band and median, and the mean of its worst draws.

As in `charts`, a specification is constant; only its height follows the number of rows.
"""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.outputs.answers.best_plan import goal_unit, goal_value
from model.outputs.answers.robust_table import name_of, shown
from model.outputs.charts.palette import BASE, INK, MINIMUM, QUIET_INK, SCENARIO
from model.outputs.charts.row_chart import SOURCE, finished, names_axis, value_axis
from model.outputs.phrasing.numbers import SHARE_UNITS
from model.outputs.words import text
from model.search.robust import Robust

COLOURS = {"layout": BASE, "own": BASE, "central": SCENARIO, "robust": SCENARIO}


def data(found: Robust, language: str) -> pd.DataFrame:
    """A row a plan; shares in percent. The label is the mean of the worst draws."""
    unit = goal_unit(found.objective)
    scale = 100 if unit in SHARE_UNITS else 1
    return pd.DataFrame(
        {
            "order": order,
            "name": name_of(name, found, language),
            "plan": name,
            "low": outlook.goal.p10 * scale,
            "value": outlook.goal.p50 * scale,
            "high": outlook.goal.p90 * scale,
            "worst": outlook.worst * scale,
            "label": goal_value(outlook.worst, unit),
            "middle": goal_value(outlook.goal.p50, unit),
        }
        for order, (name, outlook) in enumerate(shown(found))
    )


@lru_cache
def spec(rows: int, language: str, theme: str) -> dict:
    """The constant specification on a `light` or `dark` page; never change what it returns."""
    ink, quiet = INK[theme], QUIET_INK[theme]
    tooltips = [
        alt.Tooltip("name:N", title=text("decide.column_plan", language)),
        alt.Tooltip("middle:N", title=text("compare.column_middle", language)),
        alt.Tooltip("label:N", title=text("decide.key_worst", language)),
    ]
    base = alt.Chart(SOURCE).encode(y=names_axis(), tooltip=tooltips)
    colour = alt.Color("plan:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None)
    x = value_axis("worst", zero=False)
    band = base.mark_rule(strokeWidth=5, opacity=0.6, strokeCap="round").encode(x="low:Q", x2="high:Q", color=colour)
    dot = base.mark_point(filled=True, size=110, opacity=1).encode(x="value:Q", color=colour)
    worst = base.mark_tick(thickness=4, size=20, opacity=1, color=MINIMUM).encode(x=x)
    label = base.mark_text(align="left", dx=8, fontSize=14, color=ink).encode(x=alt.value("width"), text="label:N")
    return finished(alt.layer(worst, band, dot, label), rows, ink, quiet)

"""The chart of the safe plan: a row a plan, its band and median, and the mean of its worst draws."""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.outputs.answers.charts import answer_rows
from model.outputs.answers.objective_terms import scale, unit_of, value
from model.outputs.answers.robust import goal_of, plan_name, plans
from model.outputs.charts.palette import BASE, MINIMUM, SCENARIO
from model.outputs.charts.row_chart import band_and_dot, value_axis
from model.outputs.words import text
from model.search.robust import Robust

COLOURS = {"layout": BASE, "own": BASE, "representative": SCENARIO, "robust": SCENARIO}


def data(answer: Robust, language: str) -> pd.DataFrame:
    """A row a plan; shares in percent.

    The label is the mean of the worst draws.
    """
    unit = unit_of(answer.objective)
    factor = scale(unit)
    return pd.DataFrame(
        {
            "order": order,
            "name": plan_name(name, answer, language),
            "plan": name,
            "low": goal.p10 * factor,
            "value": goal.p50 * factor,
            "high": goal.p90 * factor,
            "worst": outlook.worst * factor,
            "label": value(outlook.worst, unit),
            "middle": value(goal.p50, unit),
        }
        for order, (name, outlook) in enumerate(plans(answer))
        for goal in [goal_of(outlook, answer)]
    )


@lru_cache(typed=True)
def spec(rows: int, language: str, theme: str) -> dict:
    """The constant specification on a `light` or `dark` page; never change what it returns."""

    def marks(base: alt.Chart, ink: str) -> answer_rows.Marks:
        worst = base.mark_tick(thickness=4, size=20, opacity=1, color=MINIMUM).encode(x=value_axis("worst", zero=False))
        return [worst, *band_and_dot(base, "low:Q", answer_rows.colour("plan", COLOURS))]

    tooltips = {
        "name": text("robust.column_plan", language),
        "middle": text("robust.column_median", language),
        "label": text("robust.key_worst", language),
    }
    return answer_rows.spec(marks, rows, theme, tooltips=tooltips)

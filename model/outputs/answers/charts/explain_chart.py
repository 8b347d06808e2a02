"""The chart of what did it: the parts of the decisions laid end to end add up to the change."""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.evidence.baseline import Baseline
from model.outputs.answers.charts import answer_rows
from model.outputs.answers.explain import decision_name
from model.outputs.charts.palette import BASE, MINIMUM, SCENARIO
from model.outputs.charts.row_chart import value_axis
from model.outputs.phrasing.numbers import SHARE_UNITS, change
from model.outputs.words import text
from model.projection.explain import Explanation
from model.year.measures import MEASURE

COLOURS = {"better": SCENARIO, "worse": MINIMUM, "whole": BASE}


def data(explanation: Explanation, id: str, baseline: Baseline, language: str) -> pd.DataFrame:
    """A row a decision and one for the whole change; shares in percentage points.

    Each part starts where the one before ended.
    """
    unit, better = MEASURE[id].unit, MEASURE[id].better or 1
    scale = 100 if unit in SHARE_UNITS else 1
    rows, end = [], 0.0
    for decision, share, error in zip(
        explanation.decisions, explanation.shares[id], explanation.errors[id], strict=True
    ):
        start, end = end, end + share
        written = change(share, unit)
        if not explanation.exact:
            written = text("explain.part_with_error", language, change=written, error=change(error, unit).lstrip("+"))
        kind = "better" if share * better >= 0 else "worse"
        rows.append((decision_name(decision, baseline, language), start, end, kind, written))
    whole = explanation.change[id]
    rows.append((text("explain.whole", language), 0.0, whole, "whole", change(whole, unit)))
    frame = pd.DataFrame(rows, columns=["name", "start", "end", "kind", "label"])
    frame[["start", "end"]] *= scale
    return frame.assign(order=range(len(frame)))


@lru_cache(typed=True)
def spec(rows: int, language: str, theme: str) -> dict:
    """The constant specification on a `light` or `dark` page; never change what it returns."""

    def marks(base: alt.Chart, ink: str) -> answer_rows.Marks:
        colour = answer_rows.colour("kind", COLOURS)
        title = text("explain.axis", language)
        return [
            base.mark_bar(height=15).encode(x=value_axis("start", title=title), x2="end:Q", color=colour),
            answer_rows.zero_line(ink),
        ]

    tooltips = {"name": text("explain.column_decision", language), "label": text("explain.column_part", language)}
    return answer_rows.spec(marks, rows, theme, tooltips=tooltips, titled=True)

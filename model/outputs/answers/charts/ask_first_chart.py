"""The chart of ask first: the band of an answer now, and in it the band with an assumption known."""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.evidence.baseline import Baseline
from model.outputs.answers.charts import answer_rows
from model.outputs.charts.palette import BASE, SCENARIO
from model.outputs.charts.row_chart import value_axis
from model.outputs.phrasing.numbers import SHARE_UNITS, percent
from model.outputs.words import text
from model.projection.unknowns.ask_first import Inquiry, Unknown
from model.year.measures import MEASURE

OVERALL = "overall"
MOST_ROWS = 10
NAME_WIDTH = 250


def unknowns(inquiry: Inquiry, id: str) -> list[Unknown]:
    """The assumptions whose narrowing is beyond doubt, for a measure or for all together."""
    rows = inquiry.overall if id == OVERALL else inquiry.unknowns[id]
    return [row for row in rows if row.is_sure][:MOST_ROWS]


def data(inquiry: Inquiry, id: str, baseline: Baseline, language: str) -> pd.DataFrame:
    """A row an assumption: the band now (`low`, `high`) and what it would be on average (`left`, `right`).

    Both lie about the same middle. Of all answers together: parts of the width now, in percent. Shares in percent too.
    """
    if id == OVERALL:
        low, middle, high = 0.0, 0.0, 100.0
    else:
        answer = next(answer for answer in inquiry.outcomes if answer.id == id)
        scale = 100 if MEASURE[id].unit in SHARE_UNITS else 1
        low, middle, high = (end * scale for end in (answer.p10, answer.p50, answer.p90))
    return pd.DataFrame(
        {
            "order": order,
            "name": baseline.assumptions[row.id].label[language],
            "low": low,
            "high": high,
            "left": middle - (middle - low) * (1 - row.narrowing),
            "right": middle + (high - middle) * (1 - row.narrowing),
            "label": text("ask_first.narrower", language, share=percent(row.narrowing, 0)),
        }
        for order, row in enumerate(unknowns(inquiry, id))
    )


@lru_cache(typed=True)
def spec(rows: int, language: str, theme: str) -> dict:
    """The constant specification on a `light` or `dark` page; never change what it returns."""

    def marks(base: alt.Chart, ink: str) -> answer_rows.Marks:
        now = base.mark_bar(height=17, color=BASE, opacity=0.45).encode(x=value_axis("low", zero=False), x2="high:Q")
        known = base.mark_bar(height=9, color=SCENARIO).encode(x="left:Q", x2="right:Q")
        return [now, known]

    tooltips = {"name": text("ask_first.column_assumption", language), "label": text("ask_first.gain", language)}
    return answer_rows.spec(marks, rows, theme, tooltips=tooltips, name_width=NAME_WIDTH)

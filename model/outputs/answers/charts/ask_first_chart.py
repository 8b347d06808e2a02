"""Ask this first, drawn: for each assumption the band of an answer now, and in it the band once it were known.

As in `charts`, a specification is constant; only its height follows the number of rows.
"""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.evidence.baseline import Baseline
from model.outputs.charts.palette import BASE, INK, QUIET_INK, SCENARIO
from model.outputs.charts.row_chart import SOURCE, finished, names_axis, value_axis
from model.outputs.phrasing.numbers import SHARE_UNITS, percent
from model.outputs.words import text
from model.projection.ask_first import Inquiry, Unknown
from model.year.measures import MEASURES

OVERALL = "overall"
MOST_ROWS = 10
NAME_WIDTH = 250
UNITS = {measure.id: measure.unit for measure in MEASURES}


def unknowns(inquiry: Inquiry, id: str) -> list[Unknown]:
    """The assumptions worth drawing for a measure or for all together: those whose narrowing is beyond doubt."""
    found = inquiry.overall if id == OVERALL else inquiry.unknowns[id]
    return [row for row in found if row.is_sure][:MOST_ROWS]


def data(inquiry: Inquiry, id: str, baseline: Baseline, language: str) -> pd.DataFrame:
    """A row an assumption: the band now (`low`, `high`) and what it would be (`left`, `right`), on average, about the
    same middle. Of all answers together: parts of the width now, in percent. Shares in percent too."""
    if id == OVERALL:
        low, middle, high = 0.0, 0.0, 100.0
    else:
        answer = next(answer for answer in inquiry.answers if answer.id == id)
        scale = 100 if UNITS[id] in SHARE_UNITS else 1
        low, middle, high = (end * scale for end in (answer.p10, answer.p50, answer.p90))
    return pd.DataFrame(
        {
            "order": order,
            "name": baseline.assumptions[row.id].label[language],
            "low": low,
            "high": high,
            "left": middle - (middle - low) * (1 - row.narrowing),
            "right": middle + (high - middle) * (1 - row.narrowing),
            "label": text("decide.first_narrower", language, share=percent(row.narrowing, 0)),
        }
        for order, row in enumerate(unknowns(inquiry, id))
    )


@lru_cache
def spec(rows: int, language: str, theme: str) -> dict:
    """The constant specification on a `light` or `dark` page; never change what it returns."""
    ink, quiet = INK[theme], QUIET_INK[theme]
    tooltips = [
        alt.Tooltip("name:N", title=text("ask.column_assumption", language)),
        alt.Tooltip("label:N", title=text("decide.first_gain", language)),
    ]
    base = alt.Chart(SOURCE).encode(y=names_axis(NAME_WIDTH), tooltip=tooltips)
    now = base.mark_bar(height=17, color=BASE, opacity=0.45).encode(x=value_axis("low", zero=False), x2="high:Q")
    known = base.mark_bar(height=9, color=SCENARIO).encode(x="left:Q", x2="right:Q")
    label = base.mark_text(align="left", dx=8, fontSize=14, color=ink).encode(x=alt.value("width"), text="label:N")
    return finished(alt.layer(now, known, label), rows, ink, quiet)

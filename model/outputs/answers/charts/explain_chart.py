"""What did it, drawn: the decisions' parts in one measure laid end to end, so that they visibly add up to the change.

As in `charts`, a specification is constant; only its height follows the number of rows.
"""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.evidence.baseline import Baseline
from model.outputs.answers.explanation import decision_name
from model.outputs.charts.palette import BASE, INK, MINIMUM, QUIET_INK, SCENARIO
from model.outputs.charts.row_chart import SOURCE, finished, names_axis, value_axis
from model.outputs.phrasing.numbers import SHARE_UNITS, change
from model.outputs.words import text
from model.projection.explain import Explanation
from model.year.measures import MEASURES

COLOURS = {"better": SCENARIO, "worse": MINIMUM, "whole": BASE}
MEASURE = {measure.id: measure for measure in MEASURES}


def data(explanation: Explanation, id: str, baseline: Baseline, language: str) -> pd.DataFrame:
    """A row a decision and one for the whole change; shares in percentage points. Each part starts where the one before
    ended."""
    unit, better = MEASURE[id].unit, MEASURE[id].better or 1
    scale = 100 if unit in SHARE_UNITS else 1
    rows, end = [], 0.0
    for decision, share, error in zip(
        explanation.decisions, explanation.shares[id], explanation.errors[id], strict=True
    ):
        start, end = end, end + share
        written = change(share, unit)
        if not explanation.exact:
            written = text("decide.credit_error", language, change=written, error=change(error, unit).lstrip("+"))
        kind = "better" if share * better >= 0 else "worse"
        rows.append((decision_name(decision, baseline, language), start, end, kind, written))
    whole = explanation.change[id]
    rows.append((text("decide.credit_whole", language), 0.0, whole, "whole", change(whole, unit)))
    frame = pd.DataFrame(rows, columns=["name", "start", "end", "kind", "label"])
    frame[["start", "end"]] *= scale
    return frame.assign(order=range(len(frame)))


@lru_cache
def spec(rows: int, language: str, theme: str) -> dict:
    """The constant specification on a `light` or `dark` page; never change what it returns."""
    ink, quiet = INK[theme], QUIET_INK[theme]
    tooltips = [
        alt.Tooltip("name:N", title=text("explain.column_decision", language)),
        alt.Tooltip("label:N", title=text("explain.column_part", language)),
    ]
    base = alt.Chart(SOURCE).encode(y=names_axis(), tooltip=tooltips)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None)
    bars = base.mark_bar(height=15).encode(x=value_axis("start"), x2="end:Q", color=colour)
    nothing = alt.Chart(SOURCE).mark_rule(color=ink, strokeWidth=1.2).encode(x=alt.datum(0))
    label = base.mark_text(align="left", dx=8, fontSize=14, color=ink).encode(x=alt.value("width"), text="label:N")
    return finished(alt.layer(bars, nothing, label), rows, ink, quiet)

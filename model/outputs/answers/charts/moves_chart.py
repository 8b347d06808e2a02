"""Who moves, by tier: people added to the right, people taken to the left, and from how many to how many."""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.evidence.baseline import TIERS
from model.outputs.answers.moves import Added, by_tier
from model.outputs.charts.palette import INK, MINIMUM, QUIET_INK, SCENARIO
from model.outputs.charts.row_chart import SOURCE, finished, names_axis, value_axis
from model.outputs.phrasing.numbers import change, count
from model.outputs.words import text

NAME_WIDTH = 76


def data(people: Added, base: dict[str, float], language: str) -> pd.DataFrame:
    """A row a tier; `base` are its people in the base year."""
    return pd.DataFrame(
        {
            "order": order,
            "name": text(f"terms.tier_{tier}", language),
            "value": n,
            "kind": "into" if n >= 0 else "out",
            "label": text(
                "decide.moves_from_to",
                language,
                change=change(n, "people"),
                before=count(base[tier]),
                after=count(base[tier] + n),
            ),
        }
        for order, (tier, n) in enumerate(by_tier(people).items())
    )


@lru_cache
def spec(language: str, theme: str) -> dict:
    """The constant specification on a `light` or `dark` page; never change what it returns."""
    ink, quiet = INK[theme], QUIET_INK[theme]
    tooltips = [
        alt.Tooltip("name:N", title=text("charts.column_tier", language)),
        alt.Tooltip("label:N", title=text("charts.column_people", language)),
    ]
    base = alt.Chart(SOURCE).encode(y=names_axis(NAME_WIDTH), tooltip=tooltips)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["into", "out"], range=[SCENARIO, MINIMUM]), legend=None)
    bars = base.mark_bar(height=15).encode(x=value_axis("value"), color=colour)
    nothing = alt.Chart(SOURCE).mark_rule(color=ink, strokeWidth=1.2).encode(x=alt.datum(0))
    label = base.mark_text(align="left", dx=8, fontSize=14, color=ink).encode(x=alt.value("width"), text="label:N")
    return finished(alt.layer(bars, nothing, label), len(TIERS), ink, quiet)

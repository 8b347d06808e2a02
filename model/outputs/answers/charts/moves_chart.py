"""The chart of who moves, by tier: people added to the right, people taken to the left."""

from collections.abc import Mapping
from functools import lru_cache

import altair as alt
import pandas as pd

from model.evidence.baseline import TIERS
from model.outputs.answers.charts import answer_rows
from model.outputs.answers.moves import Added, by_tier
from model.outputs.charts.palette import MINIMUM, SCENARIO
from model.outputs.charts.row_chart import value_axis
from model.outputs.phrasing.numbers import change, count
from model.outputs.words import text

NAME_WIDTH = 76


def data(people: Added, base: Mapping[str, float], language: str) -> pd.DataFrame:
    """A row a tier; `base` are its people in the base year."""
    return pd.DataFrame(
        {
            "order": order,
            "name": text(f"terms.tier_{tier}", language),
            "value": n,
            "kind": "into" if n >= 0 else "out",
            "label": text(
                "moves.from_to",
                language,
                change=change(n, "people"),
                before=count(base[tier]),
                after=count(base[tier] + n),
            ),
        }
        for order, (tier, n) in enumerate(by_tier(people).items())
        if tier in base
    )


@lru_cache(typed=True)
def spec(language: str, theme: str) -> dict:
    """The constant specification on a `light` or `dark` page; never change what it returns."""

    def marks(base: alt.Chart, ink: str) -> answer_rows.Marks:
        colour = answer_rows.colour("kind", {"into": SCENARIO, "out": MINIMUM})
        return [base.mark_bar(height=15).encode(x=value_axis("value"), color=colour), answer_rows.zero_line(ink)]

    tooltips = {"name": text("charts.column_tier", language), "label": text("charts.column_people", language)}
    return answer_rows.spec(marks, len(TIERS), theme, tooltips=tooltips, name_width=NAME_WIDTH)

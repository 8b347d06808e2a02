"""What one more person is worth, drawn: a row a tier, then the prefectures' pools where he is worth most, each with its
band.

As in `charts`, a specification is constant; only its height follows the number of rows.
"""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.evidence.baseline import TIERS, Baseline
from model.outputs.answers.answer_table import Rate
from model.outputs.answers.worth_table import people, pools, scaled, where
from model.outputs.charts.palette import INK, QUIET_INK
from model.outputs.charts.palette import TIERS as TIER_COLOURS
from model.outputs.charts.row_chart import SOURCE, finished, names_axis, value_axis
from model.outputs.words import text
from model.search.worth import Worth

MOST_POOLS = 8
NAME_WIDTH = 160
ROWS = len(TIERS) + MOST_POOLS


def data(worth: Worth, criterion: str, baseline: Baseline, language: str) -> pd.DataFrame:
    rows = [*people(worth), *pools(worth, criterion)[:MOST_POOLS]]
    bands = [scaled(row.gains[criterion].over_draws, criterion) for row in rows]
    return pd.DataFrame(
        {
            "order": order,
            "name": where(row, baseline, language),
            "tier": row.unit.tier,
            "value": band.p50,
            "low": band.p10,
            "high": band.p90,
            "label": Rate(band.p50).written(language),
        }
        for order, (row, band) in enumerate(zip(rows, bands, strict=True))
    )


@lru_cache
def spec(rows: int, language: str, theme: str) -> dict:
    """The constant specification on a `light` or `dark` page; never change what it returns."""
    ink, quiet = INK[theme], QUIET_INK[theme]
    tooltips = [
        alt.Tooltip("name:N", title=text("decide.column_more", language)),
        alt.Tooltip("label:N", title=text("compare.column_middle", language)),
    ]
    base = alt.Chart(SOURCE).encode(y=names_axis(NAME_WIDTH), tooltip=tooltips)
    colour = alt.Color("tier:N", scale=alt.Scale(domain=list(TIERS), range=list(TIER_COLOURS.values())), legend=None)
    band = base.mark_rule(strokeWidth=5, opacity=0.6, strokeCap="round").encode(
        x=value_axis("low"), x2="high:Q", color=colour
    )
    dot = base.mark_point(filled=True, size=110, opacity=1).encode(x="value:Q", color=colour)
    label = base.mark_text(align="left", dx=8, fontSize=14, color=ink).encode(x=alt.value("width"), text="label:N")
    return finished(alt.layer(band, dot, label), rows, ink, quiet)

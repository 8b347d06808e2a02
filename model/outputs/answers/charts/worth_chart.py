"""The chart of worth: one more person at each tier and in the best pools, each with its band."""

from functools import lru_cache

import altair as alt
import pandas as pd

from model.evidence.baseline import TIERS, Baseline
from model.outputs.answers.answer_table import Rate
from model.outputs.answers.charts import answer_rows
from model.outputs.answers.worth import people, pools, scaled, where
from model.outputs.charts.palette import TIERS as TIER_COLOURS
from model.outputs.charts.row_chart import band_and_dot, value_axis
from model.outputs.words import text
from model.search.worth import Worth

MOST_POOLS = 8
NAME_WIDTH = 184
ROWS = len(TIERS) + MOST_POOLS


def data(worth: Worth, criterion: str, baseline: Baseline, language: str) -> pd.DataFrame:
    """A row a tier, then a row a pool; shares in percentage points."""
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


@lru_cache(typed=True)
def spec(rows: int, language: str, theme: str) -> dict:
    """The constant specification on a `light` or `dark` page; never change what it returns."""

    def marks(base: alt.Chart, ink: str) -> answer_rows.Marks:
        return band_and_dot(base, value_axis("low"), answer_rows.colour("tier", TIER_COLOURS))

    tooltips = {"name": text("worth.column_more", language), "label": text("compare.key_median", language)}
    return answer_rows.spec(marks, rows, theme, tooltips=tooltips, name_width=NAME_WIDTH)

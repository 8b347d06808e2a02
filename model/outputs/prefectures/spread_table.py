"""A planner's own table of where people go, a weight a prefecture."""

from collections.abc import Mapping

import pandas as pd

from model.evidence.baseline import Baseline
from model.files.scenario_file import MOST_WEIGHT
from model.outputs.words import text
from model.scenario.levers import Value


def frame(spread: Value, baseline: Baseline, language: str) -> pd.DataFrame:
    """The table to fill in, a row a prefecture: name, weight, share of need in percent.

    The rows stand in the order of the baseline. The weights are those of `spread` where it is a table, else the shares
    of need to start from.
    """
    need = [round(float(share) * 100, 1) for share in baseline.need]
    in_use = spread if isinstance(spread, Mapping) else None
    return pd.DataFrame(
        {
            "prefecture": [p.short[language] for p in baseline.prefectures],
            "weight": [float(in_use.get(p.id, 0.0)) for p in baseline.prefectures] if in_use else need,
            "need": need,
        }
    )


def read(weights: list[float | None], baseline: Baseline, language: str) -> tuple[dict[str, float] | None, list[str]]:
    """The weights above 0 by prefecture id and no problems, or None and every problem as a sentence.

    `weights` stand in the order of the baseline; None and NaN, which an empty cell gives, count as 0.
    """
    by_id = {p.id: 0.0 if w is None or w != w else float(w) for p, w in zip(baseline.prefectures, weights, strict=True)}
    problems = [
        text(
            "prefectures.weight_out_of_bounds",
            language,
            prefecture=p.short[language],
            given=f"{by_id[p.id]:g}",
            most=f"{MOST_WEIGHT:,.0f}",
        )
        for p in baseline.prefectures
        if not 0 <= by_id[p.id] <= MOST_WEIGHT
    ]
    if not problems and not any(by_id.values()):
        problems = [text("prefectures.weight_all_zero", language)]
    return (None, problems) if problems else ({id: weight for id, weight in by_id.items() if weight}, [])

"""The charts of a plan as tables: the same figures, written out."""

from collections.abc import Mapping

import pandas as pd

from model.evidence.baseline import TIERS
from model.outputs.charts.plan_charts import PLANS
from model.outputs.phrasing.numbers import amount, count, span
from model.outputs.words import text
from model.projection.results import Projection


def table(name: str, projection: Projection, people: Mapping[str, tuple[float, float]], language: str) -> pd.DataFrame:
    """A chart's figures, a row a tier and plan (or a month), every cell as it is read. `people` as in `charts.data`."""
    plans = PLANS[: 1 + bool(projection.scenario.levers)]
    if name == "months":
        return _months(projection, plans, language)
    rows = [
        {
            _column("tier", language): text(f"terms.tier_{tier}", language),
            _column("year", language): text(f"charts.key_{plan}", language),
            **_cells(name, projection, tier, plan, people, language),
        }
        for tier in TIERS
        for plan in plans
    ]
    return pd.DataFrame(rows)


def _cells(
    name: str,
    projection: Projection,
    tier: str,
    plan: str,
    people: Mapping[str, tuple[float, float]],
    language: str,
) -> dict[str, str]:
    def band(id: str):
        return getattr(projection.measures[id].tiers[tier], plan)

    def middle(id: str) -> str:
        return amount(band(id).p50, projection.measures[id].unit)

    def around(id: str) -> str:
        return span(band(id), projection.measures[id].unit, language)

    cells = {
        "people": {"people": lambda: count(people[tier][PLANS.index(plan)]), "band": lambda: around("staff")},
        "visits": {
            "middle": lambda: middle("visits"),
            "band": lambda: around("visits"),
            "minimum": lambda: middle("legal_minimum"),
        },
        "cases": {
            "filed": lambda: middle("cases_filed"),
            "capacity": lambda: middle("case_capacity"),
            "capacity_band": lambda: around("case_capacity"),
        },
    }
    return {_column(word, language): cell() for word, cell in cells[name].items()}


def _months(projection: Projection, plans: tuple[str, ...], language: str) -> pd.DataFrame:
    months = projection.months
    columns: dict[str, list] = {_column("month", language): [int(month) for month in months.month]}
    for plan in plans:
        whose = text(f"charts.key_{plan}", language)
        for word, series in (("backlog", months.backlog[plan]), ("days", months.days_to_decision[plan])):
            head = text("charts.column_of", language, what=text(f"charts.column_{word}", language), whose=whose)
            bands = zip(series.p50, series.p10, series.p90, strict=True)
            columns[head] = [f"{count(p50)} ({count(p10)}–{count(p90)})" for p50, p10, p90 in bands]
    return pd.DataFrame(columns)


def _column(word: str, language: str) -> str:
    return text(f"charts.column_{word}", language)

"""The charts of a plan as tables: the same figures, written out."""

import pandas as pd

from model.force.people import PeopleByTier
from model.outputs.charts.plan_charts import PLANS, plans_of, tier_band
from model.outputs.phrasing.numbers import amount, count, span, unit_word
from model.outputs.words import text
from model.projection.results import Projection


def table(name: str, projection: Projection, people: PeopleByTier, language: str) -> pd.DataFrame:
    """The figures of a frame (`plan_charts.FRAMES`) as text, one row a tier and plan, or one a month.

    `people` as of `people_by_tier`. KeyError for a name that is no frame.
    """
    if name == "months":
        return _months(projection, language)
    return pd.DataFrame(
        {
            _column("tier", language): text(f"terms.tier_{tier}", language),
            _column("year", language): text(f"charts.key_{plan}", language),
            **_cells(name, projection, tier, plan, people, language),
        }
        for tier in people
        for plan in plans_of(projection)
    )


def _cells(
    name: str, projection: Projection, tier: str, plan: str, people: PeopleByTier, language: str
) -> dict[str, str]:
    def middle(id: str) -> str:
        return amount(tier_band(projection, id, tier, plan).p50, projection.measures[id].unit)

    def around(id: str) -> str:
        return span(tier_band(projection, id, tier, plan), projection.measures[id].unit, language)

    cells = {
        "people": {"people": count(people[tier][PLANS.index(plan)]), "band": around("staff")},
        "visits": {"middle": middle("visits"), "band": around("visits"), "minimum": middle("legal_minimum")},
        "cases": {
            "filed": middle("cases_filed"),
            "capacity": middle("case_capacity"),
            "capacity_band": around("case_capacity"),
        },
    }
    unit = {"visits": "visits a year", "cases": "cases a year"}.get(name, "")
    return {_column(word, language, "" if word.endswith("band") else unit): cell for word, cell in cells[name].items()}


def _months(projection: Projection, language: str) -> pd.DataFrame:
    months = projection.months
    columns: dict[str, list] = {_column("month", language): [int(month) for month in months.month]}
    for plan in plans_of(projection):
        whose = text(f"charts.key_{plan}", language)
        backlog, days = ("backlog", "cases", months.backlog[plan]), ("days", "", months.days_to_decision[plan])
        for word, unit, series in (backlog, days):
            head = text("charts.column_of", language, what=_column(word, language, unit), whose=whose)
            bands = zip(series.p50, series.p10, series.p90, strict=True)
            columns[head] = [f"{count(p50)} ({count(p10)}–{count(p90)})" for p50, p10, p90 in bands]
    return pd.DataFrame(columns)


def _column(word: str, language: str, unit: str = "") -> str:
    """The head of a column, with the unit of its figures where one is given."""
    head = text(f"charts.column_{word}", language)
    return text("charts.column_in_unit", language, name=head, unit=unit_word(unit, language)) if unit else head

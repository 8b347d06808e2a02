"""The rules in force, as dated data (`rules.csv`): what the law asks and what it limits."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from model.evidence import figures

READ_ON = {"2016": date(2016, 6, 30), "2021": date(2021, 10, 25), "2025": date(2025, 12, 31)}
"""The day on which each version of the rules is read."""


@dataclass(frozen=True)
class Rules:
    """The rules on a day: rates a year or a quarter, days, and the tier that decides.

    `visit_cap` is visits a firm and year, `inf` where there is no cap.
    """

    working_days: float
    decision_days: float
    extension_days: float
    deciding_tier: str
    visit_cap: float
    territorial: bool
    city_key_units_a_quarter: float
    county_key_units_a_quarter: float
    city_general_units_an_officer: float
    county_general_units_an_officer: float
    officers_per_visit_min: float


@lru_cache
def rules_of(version: str) -> Rules:
    """The rules of "2016", "2021" or "2025".

    KeyError for another version.
    """
    return rules_on(READ_ON[version])


def rules_on(day: date) -> Rules:
    """The rules in force on a day; where two rows of a rule are, the later one.

    Versions of a rule have one id and may end in the year from which they hold.

    >>> [rules_on(date(year, 12, 31)).deciding_tier for year in (2016, 2021, 2025)]
    ['county', 'city', 'county']
    """
    rows = [
        row
        for row in figures.read_rules(figures.FOLDER / "rules.csv")
        if row.in_force_from <= day and (row.in_force_to is None or day <= row.in_force_to)
    ]
    value = {re.sub(r"_\d{4}$", "", row.id): row.value for row in rows}
    return Rules(
        working_days=float(value["working_days"]),
        decision_days=float(value["decision_days"]),
        extension_days=float(value.get("decision_extension_days", 0)),
        deciding_tier=value["deciding_level"],
        visit_cap=float(value.get("visit_cap_per_firm", "inf")),
        territorial="territorial_only" in value,
        city_key_units_a_quarter=float(value["random_key_city"]),
        county_key_units_a_quarter=float(value["random_key_county"]),
        city_general_units_an_officer=float(value["random_general_city"]),
        county_general_units_an_officer=float(value["random_general_county"]),
        officers_per_visit_min=float(value["officers_per_visit_min"]),
    )

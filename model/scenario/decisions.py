"""What a planner decides: levers moved, ranges changed, how the report is read, and who sits where."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from model.evidence.baseline import Baseline
from model.scenario.levers import Value

READINGS = {
    "staff": ("people", "posts"),
    "special_cases": ("inside", "outside"),
    "need": ("drawn", "population", "letters", "area", "gdp"),
}
"""How the report may be read where it does not say; the first reading is the usual one."""

SPECIAL_CASES = ("cases_daily_fine", "cases_restrict_halt", "cases_seizure", "cases_detention", "cases_crime")
"""Figures of the report for the five special kinds of cases (五类案件).

They are fines by the day, restriction or halt of production, sealing and seizure, detention, and crime.
"""


def readings(baseline: Baseline) -> dict[str, tuple[str, ...]]:
    """The readings that a baseline allows, by what it gives: letters, GDP, special kinds apart."""
    lacking = {figure for figure in ("letters", "gdp") if not baseline.has(figure)}
    if not baseline.knows("cases_total", *SPECIAL_CASES):
        lacking.add("outside")
    return {name: tuple(choice for choice in choices if choice not in lacking) for name, choices in READINGS.items()}


StaffList = Mapping[tuple[str, str], tuple[int, int]]
"""People and frontline officers by (tier, prefecture id) for every pool; the province's prefecture is ""."""


@dataclass(frozen=True)
class ChangedAssumption:
    """The range that replaces the baseline's for one assumption, in its unit, with the reason for it."""

    low: float
    mid: float
    high: float
    reason: str = ""


@dataclass(frozen=True)
class Decisions:
    """All that a scenario's projection depends on, as one hashable value.

    `levers` maps lever ids (`staff.change.city`, `rules`) to values within their bounds; a lever left out stands at its
    base. `assumptions` are the changed ranges by id. `reading` holds choices of READINGS; a question left out is read
    the usual way. `staff_list` says who sits where; empty where nobody knows.
    """

    levers: Mapping[str, Value] = field(default_factory=dict)
    assumptions: Mapping[str, ChangedAssumption] = field(default_factory=dict)
    reading: Mapping[str, str] = field(default_factory=dict)
    staff_list: StaffList = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(tuple(frozen(getattr(self, one.name)) for one in fields(self)))

    @property
    def footing(self) -> "Decisions":
        """The decisions that make a base year: all but the levers."""
        return replace(self, levers={})

    @property
    def tree(self) -> dict[str, Any]:
        """The decisions as a scenario file has them: tables in tables, plain values, and a dash for a reason."""
        at: dict[tuple[str, ...], object] = {
            ("staff_list", *filter(None, pool)): [*map(_plain, heads)] for pool, heads in self.staff_list.items()
        }
        at |= {("reading", name): choice for name, choice in self.reading.items()}
        at |= {("assumptions", id): {**vars(one), "reason": "-"} for id, one in self.assumptions.items()}
        for id, value in self.levers.items():
            parts = value if isinstance(value, Mapping) else {}
            at |= {(*id.split("."), *name.split(".")): one for name, one in parts.items()}
            at |= {} if parts else {tuple(id.split(".")): value}
        return _nested(at)


def _nested(at: Mapping[tuple[str, ...], object]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for key, value in at.items():
        table = tree
        for part in key[:-1]:
            table = table.setdefault(part, {})
        table[key[-1]] = _plain(value)
    return tree


def _plain(value: object) -> object:
    """The value as a file reads it: NumPy's numbers as Python's, whole ones without a point."""
    plain = value.item() if isinstance(value, np.generic) else value
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain


def frozen(value: object) -> Hashable:
    """A hashable value that is equal where the original is; a mapping becomes the set of its items.

    >>> frozen({"a": {"b": 1.0}}) == frozen({"a": {"b": 1}})
    True
    """
    if isinstance(value, Mapping):
        return frozenset((key, frozen(one)) for key, one in value.items())
    if isinstance(value, list):
        return tuple(map(frozen, value))
    assert isinstance(value, Hashable)
    return value

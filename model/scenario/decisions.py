"""What a planner decides: levers moved, ranges changed, how the report is read, and who sits where."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields, replace

from model.evidence.baseline import Baseline
from model.scenario.levers import Value

READINGS = {
    "staff": ("people", "posts"),
    "special_cases": ("inside", "outside"),
    "need": ("drawn", "population", "letters", "area", "gdp"),
}
"""How the report may be read where it does not say; the first reading is the usual one."""


def readings(baseline: Baseline) -> dict[str, tuple[str, ...]]:
    """The readings that a baseline allows: need by GDP only where it gives the GDP."""
    return {
        name: tuple(choice for choice in choices if choice != "gdp" or baseline.has_gdp)
        for name, choices in READINGS.items()
    }


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


def frozen(value: object) -> Hashable:
    """A hashable value that is equal where the original is; a mapping becomes the set of its items.

    >>> frozen({"a": {"b": 1.0}}) == frozen({"a": {"b": 1}})
    True
    """
    if isinstance(value, Mapping):
        return frozenset((key, frozen(one)) for key, one in value.items())
    assert isinstance(value, Hashable)
    return value

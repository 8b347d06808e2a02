"""A scenario: the levers that differ from the base year, the assumptions that were changed, and who says why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from model.scenario.levers import Value

SCHEMA = 1


@dataclass(frozen=True)
class ChangedAssumption:
    """A range somebody put in the place of ours, with the reason."""

    low: float
    mid: float
    high: float
    reason: str = ""


@dataclass(frozen=True)
class Scenario:
    """What a planner decides. Levers and assumptions left out are as in the base year.

    `name`, `note` and `reason` are by language ("zh", "en"); one language alone serves both (see `words`). `levers`
    maps lever ids (`staff.change.city`, `targeted_share`, `rules`, ...) to values within their bounds. `reading` says
    how the report is read where it does not say: `staff` is "people" or "posts", `special_cases` "inside" or "outside"
    the 7,385. `staff_list` gives people and frontline officers by (tier, prefecture id) where somebody knows who sits
    where (every pool, adding up to the report's totals); the province's prefecture is "". A Scenario is a value: two
    with the same content give the same projection.
    """

    name: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    reason: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    baseline: str = "hunan-2021"
    levers: Mapping[str, Value] = field(default_factory=dict)
    assumptions: Mapping[str, ChangedAssumption] = field(default_factory=dict)
    reading: Mapping[str, str] = field(default_factory=dict)
    staff_list: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def with_levers(self, **changed: Value) -> "Scenario":
        """A copy with these levers set; dots in ids are written as double underscores."""
        return replace(self, levers={**self.levers, **{k.replace("__", "."): v for k, v in changed.items()}})


READINGS = {"staff": ("people", "posts"), "special_cases": ("inside", "outside")}


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in the language, else in the other one, else empty."""
    return texts.get(language) or next((text for text in texts.values() if text), "")

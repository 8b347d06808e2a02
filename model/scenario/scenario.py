"""A scenario: what a planner decides, with its name, its reasons and its author."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from model.scenario.decisions import READINGS, ChangedAssumption, Decisions, StaffList, frozen
from model.scenario.levers import Value

__all__ = ["READINGS", "SCHEMA", "ChangedAssumption", "Decisions", "Scenario", "StaffList", "in_language"]

SCHEMA = 1
Texts = Mapping[str, str]
"""A text by language, "zh" and "en"; one language alone serves both (`in_language`)."""


@dataclass(frozen=True, init=False)
class Scenario:
    """Decisions on a base year, with their texts.

    Two scenarios with the same base year and decisions give the same projection. `Scenario(levers={...})` takes the
    parts of `decisions` by name, `dataclasses.replace` too; a part given by name replaces that of `decisions`.
    """

    name: Texts = field(default_factory=dict)
    note: Texts = field(default_factory=dict)
    reason: Texts = field(default_factory=dict)
    author: str = ""
    baseline: str = "hunan-2021"
    decisions: Decisions = field(default_factory=Decisions)

    def __init__(
        self,
        name: Texts | None = None,
        note: Texts | None = None,
        reason: Texts | None = None,
        author: str = "",
        baseline: str = "hunan-2021",
        decisions: Decisions | None = None,
        **parts: Any,
    ):
        """Take texts, base year and decisions; TypeError for a part that Decisions does not have."""
        given = (name or {}, note or {}, reason or {}, author, baseline, replace(decisions or Decisions(), **parts))
        for one, value in zip(fields(self), given, strict=True):
            object.__setattr__(self, one.name, value)

    def __hash__(self) -> int:
        return hash(tuple(frozen(getattr(self, one.name)) for one in fields(self)))

    def __repr__(self) -> str:
        """Its name and what differs from the base year, as it is written; the longer texts are left out.

        >>> Scenario(levers={"other_duties_cut": 0.1})
        Scenario(levers={'other_duties_cut': 0.1})
        """
        own = {} if self.baseline == Scenario().baseline else {"baseline": self.baseline}
        parts = {"name": self.name, **own, **vars(self.decisions)}
        told = (f"{name}={part!r}" for name, part in parts.items() if part)
        return f"Scenario({', '.join(told)})"

    @property
    def levers(self) -> Mapping[str, Value]:
        return self.decisions.levers

    @property
    def assumptions(self) -> Mapping[str, ChangedAssumption]:
        return self.decisions.assumptions

    @property
    def reading(self) -> Mapping[str, str]:
        return self.decisions.reading

    @property
    def staff_list(self) -> StaffList:
        return self.decisions.staff_list

    @property
    def without_texts(self) -> "Scenario":
        """The same decisions on the same base year, without name, note, reason and author."""
        return Scenario(baseline=self.baseline, decisions=self.decisions)

    def with_decisions(
        self,
        *,
        levers: Mapping[str, Value] | None = None,
        assumptions: Mapping[str, ChangedAssumption] | None = None,
        reading: Mapping[str, str] | None = None,
        staff_list: StaffList | None = None,
    ) -> "Scenario":
        """A copy of the scenario with these parts of its decisions replaced; a part left out stays."""
        given = {"levers": levers, "assumptions": assumptions, "reading": reading, "staff_list": staff_list}
        parts: dict[str, Any] = {name: part for name, part in given.items() if part is not None}
        return replace(self, decisions=replace(self.decisions, **parts))


def in_language(texts: Texts, language: str) -> str:
    """The text in the language, else in the other one, else empty."""
    return texts.get(language) or next((text for text in texts.values() if text), "")

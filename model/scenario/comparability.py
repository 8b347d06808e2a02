"""Which scenarios can be compared: those with the same base year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from model.scenario.scenario import Scenario

PLAN, BASE = "_plan", "_base"
"""Keys that no file of a library has: the plan being worked on, and the base year of the others."""
HORIZON = "horizon_months"
"""The lever of the months that a plan looks ahead: decisions in time are those of cases filed within them."""
MOST = 6
"""How many scenarios one comparison takes."""
BASE_YEAR_FIELDS = ("baseline", "assumptions", "reading", "staff_list")
"""What makes a base year; `model.projection.comparison.compare` refuses scenarios that differ in one of these."""


class Candidate(NamedTuple):
    """A scenario chosen for a comparison, by the stem of its file, or PLAN or BASE."""

    key: str
    scenario: Scenario


@dataclass(frozen=True)
class ComparisonSet:
    """Candidates with one base year, in the order chosen, and those left out.

    `left_out` has each other candidate with the BASE_YEAR_FIELDS that differ. `base_added` says that the base year was
    not chosen, but is there because one scenario alone was.
    """

    candidates: tuple[Candidate, ...]
    left_out: tuple[tuple[Candidate, tuple[str, ...]], ...]
    base_added: bool


def comparison_set(chosen: Mapping[str, Scenario] | Sequence[tuple[str, Scenario]]) -> ComparisonSet | None:
    """The largest group of scenarios with one base year; of two groups alike, the one chosen first.

    None if only the base year is chosen, or nothing.
    """
    candidates = [Candidate(key, scenario) for key, scenario in dict(chosen).items()]
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        if candidate.key != BASE:
            own = next((group for group in groups if not differing(candidate.scenario, group[0].scenario)), None)
            groups.append([candidate]) if own is None else own.append(candidate)
    if not groups:
        return None
    largest = max(groups, key=len)
    first = largest[0].scenario
    base = Candidate(BASE, _base_year_of([one.scenario for one in largest]))
    comparable = [base if one.key == BASE else one for one in candidates if one.key == BASE or one in largest]
    left_out = [(one, differing(one.scenario, first)) for one in candidates if one.key != BASE and one not in largest]
    alone = len(comparable) == 1
    return ComparisonSet(tuple([base, *comparable] if alone else comparable), tuple(left_out), alone)


def _base_year_of(plans: Sequence[Scenario]) -> Scenario:
    """The base year of some plans, over their months where they all look as far ahead."""
    first = plans[0]
    base = Scenario(baseline=first.baseline, decisions=first.decisions.footing)
    months = {plan.levers.get(HORIZON) for plan in plans}
    if len(months) > 1 or None in months:
        return base
    return base.with_decisions(levers={HORIZON: first.levers[HORIZON]})


def differing(one: Scenario, other: Scenario) -> tuple[str, ...]:
    """The BASE_YEAR_FIELDS in which two scenarios differ."""
    return tuple(field for field in BASE_YEAR_FIELDS if getattr(one, field) != getattr(other, field))

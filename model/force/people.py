"""People by tier as the planner sets them: the force before and after the decisions of a scenario."""

from collections.abc import Mapping

from model.evidence.baseline import TIERS, Baseline
from model.scenario.scenario import Scenario

PeopleByTier = Mapping[str, tuple[float, float]]
"""People of each tier in the base year and under the plan."""


def people_by_tier(scenario: Scenario, baseline: Baseline) -> dict[str, tuple[float, float]]:
    """People of each tier in the base year and under the plan, in the order of TIERS.

    Everybody is counted whom the plan puts at a tier: those of the base year, those moved there or away, those in new
    posts, and at the counties those who come from prior approvals. Officers and desk staff count alike.
    """
    joined, changes = {TIERS[-1]: _people(scenario, "from_approvals")}, tier_changes(scenario)
    return {
        tier: (people, people + changes[tier] + joined.get(tier, 0.0))
        for tier, people in base_people(scenario, baseline).items()
    }


def tier_changes(scenario: Scenario) -> dict[str, float]:
    """People whom the scenario adds to each tier or takes from it, by moves and new posts."""
    return {tier: _people(scenario, f"staff.change.{tier}") for tier in TIERS}


def base_people(scenario: Scenario, baseline: Baseline) -> dict[str, int]:
    """People of each tier in the base year: the staff list's, else the middle of the assumptions.

    The counties take what is left of the reported total.
    """
    *first, last = TIERS
    assumed = {} if scenario.staff_list else scenario.assumptions
    people = {
        tier: round(assumed[id].mid if id in assumed else baseline.derived[id])
        for tier in first
        for id in [f"staff_{tier}"]
    }
    return people | {last: round(baseline.reported("staff_total")) - sum(people.values())}


def unmoved_people(scenario: Scenario, baseline: Baseline) -> dict[str, int]:
    """People of each tier with what the scenario decides but its moves between tiers and its new posts."""
    changes = tier_changes(scenario)
    return {tier: round(plan - changes[tier]) for tier, (_, plan) in people_by_tier(scenario, baseline).items()}


def _people(scenario: Scenario, lever: str) -> float:
    value = scenario.levers.get(lever, 0.0)
    if not isinstance(value, int | float):
        raise TypeError(f"{lever} is no number: {value!r}")
    return float(value)

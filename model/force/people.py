"""People by tier as the planner sets them: the force before and after the decisions of a scenario."""

from collections.abc import Mapping

from model.evidence.baseline import COUNTY, TIERS, Baseline
from model.scenario.scenario import Scenario
from model.scenario.settings import settings

PeopleByTier = Mapping[str, tuple[float, float]]
"""People of each tier in the base year and under the plan."""


def people_by_tier(scenario: Scenario, baseline: Baseline) -> dict[str, tuple[float, float]]:
    """People of each tier that has bodies, in the base year and under the plan, in the order of TIERS.

    The plan's people of a tier are those of the base year, those moved there or away, those in new posts, and at the
    counties those who come from prior approvals. Officers and desk staff count alike.
    """
    joined = {TIERS[COUNTY]: settings(scenario.levers, baseline).from_approvals}
    changes = tier_changes(scenario, baseline)
    return {
        tier: (people, people + changes[tier] + joined.get(tier, 0.0))
        for tier, people in base_people(scenario, baseline).items()
        if tier in baseline.tiers
    }


def tier_changes(scenario: Scenario, baseline: Baseline) -> dict[str, float]:
    """People whom the scenario adds to each tier or takes from it, by moves and new posts."""
    return settings(scenario.levers, baseline).staff_change._asdict()


def base_people(scenario: Scenario, baseline: Baseline) -> dict[str, int]:
    """People of each tier in the base year: the staff list's, else the mids of the assumptions.

    A closed tier takes what is left of the reported total.
    """
    assumed = {} if scenario.staff_list else scenario.assumptions
    people = {
        tier: round(assumed[id].mid if id in assumed else baseline.derived[id])
        for tier in TIERS
        for id in [f"staff_{tier}"]
    }
    if (rest := baseline.closed("staff")) is not None:
        others = sum(people.values()) - people[TIERS[rest]]
        total = assumed["staff_total"].mid if "staff_total" in assumed else baseline.reported("staff_total")
        people[TIERS[rest]] = round(total) - others
    return people


def unmoved_people(scenario: Scenario, baseline: Baseline) -> dict[str, int]:
    """People of each tier under the scenario without its moves between tiers and its new posts."""
    changes = tier_changes(scenario, baseline)
    return {tier: round(plan - changes[tier]) for tier, (_, plan) in people_by_tier(scenario, baseline).items()}

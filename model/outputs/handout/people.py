"""The people of a plan by tier, before and after, as the planner set them: the bar of the whole force."""

from collections.abc import Mapping

from model.evidence.baseline import TIERS, Baseline
from model.scenario.scenario import Scenario


def people_by_tier(scenario: Scenario, baseline: Baseline) -> dict[str, tuple[float, float]]:
    """Base year and plan by tier; people who come from prior approvals join the counties."""
    joined: Mapping[str, float] = {TIERS[-1]: float(scenario.levers.get("from_approvals", 0))}
    return {
        tier: (people, people + float(scenario.levers.get(f"staff.change.{tier}", 0)) + joined.get(tier, 0.0))
        for tier, people in base_people(scenario, baseline).items()
    }


def base_people(scenario: Scenario, baseline: Baseline) -> dict[str, int]:
    """People by tier in the base year: the staff list's, or the middle of what is assumed, closed on the last tier."""
    *first, last = TIERS
    assumed = {} if scenario.staff_list else scenario.assumptions
    people = {
        tier: round(assumed[id].mid if id in assumed else baseline.derived[id])
        for tier in first
        for id in [f"staff_{tier}"]
    }
    return people | {last: round(baseline.reported("staff_total")) - sum(people.values())}

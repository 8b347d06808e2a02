"""The steps between decisions and figures, and a year with some of them as in the base year."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.baseline import TIERS, Pools
from model.projection.base_year import BaseYear
from model.scenario.scenario import Scenario
from model.scenario.settings import Settings, settings
from model.year.year import Year, year

AMOUNTS: Mapping[str, Callable[[Year], np.ndarray]] = {
    "review": lambda result: result.review.capacity,
    "time": lambda result: result.budget.field_days,
    "duty": lambda result: result.work.mandatory_days,
    "pairing": lambda result: result.work.crews,
    "files": lambda result: result.led,
}
"""What a step gives or takes in a year, (draws, pools), by the id of the step.

Files that legal review can pass, field days, days of mandatory work, crews that can form, cases filed.
"""
GIVES = {"review": 1, "time": 1, "duty": -1, "pairing": 1, "files": -1}
"""Whether more of a step lets more be done, or less."""
WHOLE = "files"
"""The step that no tier has to itself: all tiers file from one stream."""


@dataclass(frozen=True)
class Step:
    """A step of one tier, or of all tiers where `tier` is empty."""

    id: str
    tier: str = ""

    def of_pools(self, pools: Pools) -> np.ndarray:
        """The pools of the step, (1, pools)."""
        return (pools.tier == TIERS.index(self.tier) if self.tier else np.ones(len(pools), bool))[None]

    def amount(self, result: Year, pools: Pools) -> np.ndarray:
        """What the step gives or takes in a year, (draws,)."""
        return np.where(self.of_pools(pools), AMOUNTS[self.id](result), 0.0).sum(axis=1)


def plan_year(base: BaseYear, scenario: Scenario) -> Year:
    """The year of a scenario in every draw of its base year."""
    return year(base.baseline, base.assumed, base.closure, settings(scenario.levers, base.baseline), base.reading)


def year_with_steps(base: BaseYear, plan: Settings, after: Year, before: Year, steps: Sequence[Step]) -> Year:
    """The year `after` a plan, but for some steps, which stay as they were in the year `before`.

    There are as many reviewers and officers as pass as many files and give as many field days as before; days that
    mandatory work takes beyond those before are given back.
    """
    pools, staff, filed = base.baseline.pools, after.work.staff, None
    days = np.zeros_like(after.budget.field_days)
    for step in steps:
        here = step.of_pools(pools)
        if step.id == "review":
            reviewers = before.review.reviewers * before.review.rate / after.review.rate / after.work.filled
            staff = replace(staff, reviewers=np.where(here, reviewers, staff.reviewers))
        elif step.id == "pairing":
            was = before.work.staff
            frontline, bodies = np.where(here, was.frontline, staff.frontline), np.where(here, was.bodies, staff.bodies)
            staff = replace(staff, frontline=frontline, bodies=bodies)
        elif step.id == WHOLE:
            filed = before.budget.filed
        else:
            gained = AMOUNTS[step.id](after) - AMOUNTS[step.id](before)
            days += here * gained * (1 if step.id == "duty" else -1)
    if days.any():
        a_head = np.maximum(after.work.days_per_officer(base.closure.flow.other_duties), 1e-9)
        officers = staff.working_officers + days / a_head
        staff = replace(staff, base_officers=officers, moved=0 * officers, new=0 * officers, lost=0 * officers)
    return year(base.baseline, base.assumed, base.closure, plan, base.reading, staff=staff, filed=filed)

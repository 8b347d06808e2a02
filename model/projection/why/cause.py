"""What makes the change: the steps without which it is gone (method, section 14).

The year of the plan is computed again with one step, of one tier or of all, as in the base year: legal review, field
time, mandatory work, pairing, cases filed. A step makes a change where the change is then gone in nine of ten draws
that have it. Only steps that moved the way of the change are tried, one before several; where none makes it, nothing is
said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from model.evidence.baseline import TIERS
from model.force.people import people_by_tier
from model.projection.base_year import BaseYear
from model.projection.explain import Decision, decisions
from model.projection.progress import Progress, Tick, unheard
from model.projection.results import Paired, Projection
from model.projection.stability import direction
from model.projection.statistics import largest_amount, paired_difference
from model.projection.totals import total_of, unmoved
from model.projection.why.step import AMOUNTS, GIVES, WHOLE, Step, plan_year, year_with_steps
from model.scenario.scenario import Scenario
from model.scenario.settings import settings
from model.year.measures import HEADLINES, measure_parts
from model.year.year import Year

CONFIRMED = 0.9
"""The share of the draws with a change in which it must be gone."""
LEFT = 0.1
"""The part of a change up to which it counts as gone."""
MOST_STEPS = 3
"""Most steps that make a change together."""
TOTAL = "total"
AGAINST_PEOPLE = ("case_capacity", "visits", "on_time_share")
"""The measures that are looked at where a tier gets people and yet does less."""


@dataclass(frozen=True)
class Cause:
    """A change of one measure and the steps that make it.

    `scope` is "total" or a tier, one that gets people and yet does less. `change` is the figure of the projection.
    `steps` are given with 1 where they give or take more than in the base year, -1 for less. `decision` is the one
    without which the change is gone, None where no single one is. `share` is the share of draws that confirm.
    """

    measure: str
    scope: str
    change: float
    steps: tuple[tuple[Step, int], ...]
    decision: Decision | None
    share: float


def causes(base: BaseYear, projection: Projection, after: Year, tick: Tick = unheard) -> tuple[Cause, ...]:
    """The confirmed causes of a plan's changes, the one to tell first at the beginning.

    First those of tiers that get people and yet do less, then losses of the headline figures, then gains; what no step
    makes is left out. `after` is the plan's year (`plan_year`). `tick` gets the share of the work
    that is done, and may raise to stop.
    """
    progress, subjects = Progress(tick), list(_subjects(projection, base))
    trial = _Trial(base, projection.scenario, after, progress) if subjects else None
    progress.part(1.0)
    return tuple(answer for subject in progress.each(subjects, steps=9) if trial and (answer := trial.cause(*subject)))


def _subjects(projection: Projection, base: BaseYear) -> Iterator[tuple[str, str, float]]:
    """The changes to look for causes of: measure, scope, and the figure of the change."""
    people = people_by_tier(projection.scenario, base.baseline)
    measures = projection.measures

    def moved(scopes: Mapping[str, Paired], id: str, ways: Sequence[int]) -> Iterator[tuple[str, str, float]]:
        for scope, paired in scopes.items():
            if direction(paired, id) in ways:
                yield id, scope, paired.difference.p50

    more = [tier for tier, (before, after) in people.items() if after > before]
    for id in AGAINST_PEOPLE:
        tiers = measures[id].tiers
        yield from moved({tier: tiers[tier] for tier in more if tier in tiers}, id, (-1,))
    for way in (-1, 1):
        for id in HEADLINES:
            yield from moved({TOTAL: measures[id].total}, id, (way,))


class _Trial:
    """The years that a plan is tried in, each computed once."""

    def __init__(self, base: BaseYear, scenario: Scenario, after: Year, progress: Progress):
        self.base, self.scenario, self.progress = base, scenario, progress
        self.before, self.after = plan_year(base, unmoved(scenario)), after
        self.was, self.now = self._values(self.before), self._values(self.after)
        self.moved = {
            step: way
            for tier in (*TIERS, "")
            for id in AMOUNTS
            if not (tier and id == WHOLE)
            for step in [Step(id, tier)]
            if (way := self._way(step, self.before))
        }
        self.known: dict[tuple[Step, ...], Mapping[tuple[str, str], np.ndarray]] = {}
        self.without: dict[Decision, Year] = {}

    def cause(self, id: str, scope: str, change: float) -> Cause | None:
        """The steps that make a change, the fewest and the surest; None where none do."""
        for candidates in self._candidates(np.sign(change)):
            shares = {steps: self._gone(id, scope, change, self._with_steps(steps)) for steps in candidates}
            best = max(shares, key=lambda steps: shares[steps], default=())
            if best and shares[best] >= CONFIRMED:
                steps = tuple((step, self.moved[step]) for step in best)
                return Cause(id, scope, change, steps, self._decision(id, scope, change, best), shares[best])
        return None

    def _candidates(self, way: int) -> Iterator[list[tuple[Step, ...]]]:
        """Steps that moved this way, to try together: fewer first, those of one tier before those of all."""
        moved = [step for step, moved in self.moved.items() if moved * GIVES[step.id] == way]
        by_tier = [[step for step in moved if step.tier == tier] for tier in (*TIERS, "")]
        for count in range(1, MOST_STEPS + 1):
            yield [steps for tier in by_tier[:-1] for steps in combinations(tier, count)]
            yield list(combinations(by_tier[-1], count))

    def _decision(self, id: str, scope: str, change: float, steps: Sequence[Step]) -> Decision | None:
        """The decision without which the change is gone, and which moves all of its steps."""
        all_decisions = decisions(self.scenario, self.base.baseline)
        if len(all_decisions) == 1:
            return all_decisions[0]
        for decision in all_decisions:
            if decision not in self.without:
                left = {one: value for one, value in self.scenario.levers.items() if one not in decision}
                self.without[decision] = plan_year(self.base, self.scenario.with_decisions(levers=left))
            year_without = self.without[decision]
            moves = all(self._way(step, year_without) == self.moved[step] for step in steps)
            if moves and self._gone(id, scope, change, self._values(year_without)) >= CONFIRMED:
                return decision
        return None

    def _gone(self, id: str, scope: str, change: float, values: Mapping[tuple[str, str], np.ndarray]) -> float:
        """The share of the draws with a change in which other values do not have it, or too few have it."""
        before, way = self.was[id, scope], np.sign(change)
        size = largest_amount(before)
        has, left = (way * paired_difference(after, before, size) for after in (self.now[id, scope], values[id, scope]))
        there = has > 0
        return float((left <= LEFT * has)[there].mean()) if there.mean() >= 0.5 else 0.0

    def _way(self, step: Step, before: Year) -> int:
        """1 where a step gives or takes more in nearly all draws than in another year, -1 for less, else 0."""
        pools = self.base.baseline.pools
        was, now = step.amount(before, pools), step.amount(self.after, pools)
        difference = paired_difference(now, was, largest_amount(was))
        return next((way for way in (1, -1) if (way * difference > 0).mean() >= CONFIRMED), 0)

    def _with_steps(self, steps: tuple[Step, ...]) -> Mapping[tuple[str, str], np.ndarray]:
        if steps not in self.known:
            self.progress.step()
            plan = settings(self.scenario.levers, self.base.baseline)
            self.known[steps] = self._values(year_with_steps(self.base, plan, self.after, self.before, steps))
        return self.known[steps]

    def _values(self, result: Year) -> dict[tuple[str, str], np.ndarray]:
        """The headline figures, (draws,), by measure and scope."""
        base, pools = self.base, self.base.baseline.pools
        parts = measure_parts(base.baseline, base.assumed, base.closure, result, None, HEADLINES)
        where = {TOTAL: slice(None), **dict(zip(TIERS, pools.slices, strict=True))}
        return {
            (id, scope): total_of(amount[:, here], None if over is None else over[:, here])
            for id, (amount, over) in parts.items()
            for scope, here in where.items()
        }

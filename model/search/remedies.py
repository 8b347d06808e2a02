"""What would help where moving people alone does not make targets hold: how far another lever would have to go."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.scenario.levers import Lever, Value, levers, with_needs
from model.scenario.scenario import Scenario

MOST_REMEDIES = 6
TIER_POSTS = tuple(f"staff.change.{tier}" for tier in TIERS)
CASE_POLICIES = tuple(f"case_policy.{tier}" for tier in TIERS)
NOT_TRIED = ("staff.new_posts", *TIER_POSTS, "phase_months", "horizon_months", *CASE_POLICIES)
"""Levers of people; months of a change or of the outlook, which help nobody; and what only takes time from files to
give it to visits."""
NOT_LOWERED = ("training_days", "targeted_share", "offsite_checks")
"""Levers of what the law asks of everybody, and of what finds cases: fewer files are decided sooner, but that is no
help."""

Miss = Callable[[Mapping[str, Value]], float]
"""What is missing under levers, a part of the targets; 0 or less where they hold, infinite where limits do not."""


@dataclass(frozen=True)
class Remedy:
    """A lever that helps beside the people moved, from `before` to `after`, in a `scenario` with both.

    The id `staff.change.<tier>` means so many new posts at that tier. `missing` is the part of the gap that the remedy
    leaves, 0 where it is enough.
    """

    id: str
    before: Value
    after: Value
    scenario: Scenario
    missing: float


@dataclass(frozen=True)
class _Way:
    """A lever and the values it may take, the nearest first; `levers` gives all levers that go with a value."""

    id: str
    before: Value
    values: tuple[Value, ...]
    levers: Callable[[Value], Mapping[str, Value]]


def remedies(scenario: Scenario, baseline: Baseline, miss: Miss) -> tuple[Remedy, ...]:
    """What would make the targets hold under a scenario, one lever at a time, each by as little as will do.

    Those come first that go the least part of their way. Where none will do, the levers that leave least missing.
    """
    start = miss(scenario.levers)
    if start == float("inf"):
        return ()
    by_part = []
    for way in _ways(scenario.levers, baseline):
        if not way.values:
            continue
        step = _least(way, miss)
        after = way.values[step]
        changed = scenario.with_decisions(levers=dict(way.levers(after)))
        missing = miss(changed.levers)
        if missing < start:
            part = (step + 1) / len(way.values)
            by_part.append((part, Remedy(way.id, way.before, after, changed, max(missing, 0.0) / start)))
    enough = [remedy for _, remedy in sorted(by_part, key=lambda one: one[0]) if not remedy.missing]
    nearest = sorted((remedy for _, remedy in by_part), key=lambda remedy: remedy.missing)
    return tuple(_posts_at_one_tier(enough or nearest)[:MOST_REMEDIES])


def _posts_at_one_tier(in_order: list[Remedy]) -> list[Remedy]:
    """The remedies without those that ask for new posts at another tier than the first of them does."""
    posts = [remedy for remedy in in_order if remedy.id in TIER_POSTS]
    return [remedy for remedy in in_order if remedy not in posts[1:]]


def _least(way: _Way, miss: Miss) -> int:
    """Index of the first value from which on the targets hold, by halving; the last where they do not hold there."""

    def misses(step: int) -> float:
        return miss(way.levers(way.values[step]))

    low, high = -1, len(way.values) - 1
    if misses(high) > 0:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if misses(middle) <= 0 else (middle, high)
    return high


def _ways(chosen: Mapping[str, Value], baseline: Baseline) -> Iterator[_Way]:
    """All levers that may help, one after another, with the values between now and their bounds."""
    table = levers(baseline)
    yield from (_new_posts(tier, chosen, baseline, table) for tier in TIERS)
    for id, lever in table.items():
        if lever.low is not None and id not in NOT_TRIED:
            now = float(chosen.get(id, lever.base))
            for end in (lever.high, lever.low):
                if end > now or (end < now and id not in NOT_LOWERED):
                    yield _Way(id, now, _between(now, end, lever), lambda value, id=id: {**chosen, id: value})
    if chosen.get("rules", baseline.rules) == "2021":
        yield _Way("rules", "2021", ("2025",), lambda value: {**chosen, "rules": value})
    limit = str(chosen.get("decision_limit", table["decision_limit"].base))
    longer = tuple(choice for choice in table["decision_limit"].choices if float(choice) > float(limit))
    yield _Way("decision_limit", limit, longer, lambda value: with_needs({**chosen, "decision_limit": value}, baseline))


def _new_posts(tier: str, chosen: Mapping[str, Value], baseline: Baseline, table: Mapping[str, Lever]) -> _Way:
    """New posts at a tier, as many as the lever and the size of the whole system allow."""
    id, posts = f"staff.change.{tier}", float(chosen.get("staff.new_posts", 0.0))
    lever, now = table["staff.new_posts"], float(chosen.get(id, 0.0))
    force = baseline.reported("staff_total") + posts + float(chosen.get("from_approvals", 0.0))
    most = int(min(lever.high - posts, baseline.derived["system_staff_most"] - force))

    def with_posts(more: float) -> Mapping[str, Value]:
        return {**chosen, "staff.new_posts": posts + more, id: now + more}

    return _Way(id, 0.0, tuple(float(more) for more in range(1, most + 1)), with_posts)


def _between(now: float, end: float, lever: Lever) -> tuple[float, ...]:
    """The values a lever takes on its way from `now` to a bound, which is the last."""
    steps = int(np.ceil(abs(end - now) / lever.step - 1e-9))
    towards = np.sign(end - now) * lever.step
    return (*(round(float(now + towards * step), 9) for step in range(1, steps)), float(end))

"""What would help where moving people does not make targets hold: how far another lever must go."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.scenario.levers import Value, levers, with_needs
from model.scenario.scenario import Scenario

MOST_REMEDIES = 6
LEAST_HELP = 0.01
"""Least part of the gap that a remedy closes."""
TIER_POSTS = tuple(f"staff.change.{tier}" for tier in TIERS)
CASE_POLICIES = tuple(f"case_policy.{tier}" for tier in TIERS)
NOT_TRIED = ("staff.new_posts", *TIER_POSTS, "phase_months", "horizon_months", *CASE_POLICIES)
"""Levers of people, of months that only shift the outlook, and of time that visits take from files."""
NOT_LOWERED = ("training_days", "targeted_share", "offsite_checks")
"""Levers of what the law asks and of what finds cases: deciding fewer files sooner is no help."""

Miss = Callable[[Mapping[str, Value]], float]
"""What is missing of the targets under levers: 0 or less if they hold, infinite if a limit breaks."""
Lasts = Callable[[Scenario], bool]
"""Whether the targets hold as a plan's own page judges it, in the representative case of that plan."""


@dataclass(frozen=True)
class Remedy:
    """A lever that helps beside the people moved, from `before` to `after`, in a `scenario` with both.

    The id `staff.change.<tier>` means so many new posts at that tier. `missing` is the part of the gap that the remedy
    leaves, 0 where it is enough. `alone` is the scenario with the remedy and without the people moved, where that is
    enough too; else None. `reached` is what each target comes to once it is adopted, as surely as was asked, `share`
    the share of draws in which all targets then hold.
    """

    id: str
    before: Value
    after: Value
    scenario: Scenario
    missing: float
    alone: Scenario | None = None
    reached: tuple[float, ...] = ()
    share: float = 0.0

    @property
    def adopted(self) -> Scenario:
        """The plan that the remedy is adopted as."""
        return self.alone or self.scenario


@dataclass(frozen=True)
class _Way:
    """A lever and the values it may take, nearest first; `levers` gives all levers that go with one.

    `without` are, where they differ from the scenario's, the levers that the values need: these may help alone.
    """

    id: str
    before: Value
    values: tuple[Value, ...]
    levers: Callable[[Value], Mapping[str, Value]]
    without: Mapping[str, Value] | None = None


def remedies(scenario: Scenario, own: Scenario, baseline: Baseline, miss: Miss, lasts: Lasts) -> tuple[Remedy, ...]:
    """What would make the targets hold under a scenario: one lever each, by as little as will do.

    Each is enough as asked and as its own page judges it once adopted. Those come first that are enough under `own`
    too, the scenario before people were moved, then those that go the least part of their way. Where none will do, the
    levers that leave least missing.
    """
    start = miss(scenario.levers)
    if start == float("inf"):
        return ()
    by_part, ways = [], {}
    for way in _ways(scenario.levers, baseline):
        if not way.values:
            continue
        step = _least(way, miss)
        after = way.values[step]
        changed = scenario.with_decisions(levers=dict(way.levers(after)))
        missing = max(miss(changed.levers), 0.0)
        without = start if way.without is None else max(miss(way.without), 0.0)
        if missing < without - LEAST_HELP * start:
            part = (step + 1) / len(way.values)
            by_part.append((part, Remedy(way.id, way.before, after, changed, missing / start)))
            ways[way.id, after] = way
    enough = [remedy for _, remedy in sorted(by_part, key=lambda one: one[0]) if not remedy.missing]
    tried = _posts_at_one_tier(enough)[:MOST_REMEDIES]
    shown = (_lasting(one, ways[one.id, one.after], scenario, lasts) for one in tried)
    if lasting := [_alone(one, own, baseline, miss, lasts) for one in shown if one]:
        return tuple(sorted(lasting, key=lambda one: one.alone is None))
    nearest = sorted((one for _, one in by_part if one.missing), key=lambda remedy: remedy.missing)
    return tuple(_posts_at_one_tier(nearest)[:MOST_REMEDIES])


def _lasting(remedy: Remedy, way: _Way, scenario: Scenario, lasts: Lasts) -> Remedy | None:
    """The remedy by so much more that the targets hold once it is adopted; None where no value does."""
    if lasts(remedy.scenario):
        return remedy
    further = way.values[way.values.index(remedy.after) :]

    def adopted(step: int) -> Scenario:
        return scenario.with_decisions(levers=dict(way.levers(further[step])))

    step = _first(len(further), lambda step: lasts(adopted(step)))
    return None if step is None else replace(remedy, after=further[step], scenario=adopted(step))


def _alone(remedy: Remedy, own: Scenario, baseline: Baseline, miss: Miss, lasts: Lasts) -> Remedy:
    """The remedy with the scenario that has it and the own people, where that is enough."""
    if remedy.id in TIER_POSTS:
        posts = (remedy.id, "staff.new_posts")
        chosen = {**own.levers, **{id: _number(own.levers.get(id, 0.0)) + _number(remedy.after) for id in posts}}
    else:
        chosen = with_needs({**own.levers, remedy.id: remedy.after}, baseline)
    alone = own.with_decisions(levers=dict(chosen))
    return replace(remedy, alone=alone) if miss(chosen) <= 0 and lasts(alone) else remedy


def _posts_at_one_tier(in_order: list[Remedy]) -> list[Remedy]:
    """The remedies without those that ask for new posts at another tier than the first of them does."""
    posts = [remedy for remedy in in_order if remedy.id in TIER_POSTS]
    return [remedy for remedy in in_order if remedy not in posts[1:]]


def _least(way: _Way, miss: Miss) -> int:
    """Index of the first value from which on the targets hold; of the last if not even there."""
    step = _first(len(way.values), lambda step: miss(way.levers(way.values[step])) <= 0)
    return len(way.values) - 1 if step is None else step


def _first(steps: int, holds: Callable[[int], bool]) -> int | None:
    """The first of so many steps from which on it holds, by halving; None if not even at the last."""
    low, high = -1, steps - 1
    if not holds(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _ways(chosen: Mapping[str, Value], baseline: Baseline) -> Iterator[_Way]:
    """All levers that may help, one after another, with the values between now and their bounds."""
    table = levers(baseline)
    yield from (_new_posts(tier, chosen, baseline) for tier in TIERS)
    for id, lever in table.items():
        if id in NOT_TRIED or lever.low is None or lever.high is None or lever.step is None:
            continue
        now = _number(chosen.get(id, lever.base))
        for end in (lever.high, lever.low):
            if end > now or (end < now and id not in NOT_LOWERED):
                yield _Way(id, now, _between(now, end, lever.step), partial(_with_lever, chosen, id))
    rules = str(chosen.get("rules", baseline.rules))
    if later := tuple(version for version in table["rules"].choices if version > rules):
        yield _Way("rules", rules, later, partial(_with_lever, chosen, "rules"))
    limit = str(chosen.get("decision_limit", table["decision_limit"].base))
    longer = tuple(choice for choice in table["decision_limit"].choices if float(choice) > float(limit))

    def with_limit(value: Value) -> Mapping[str, Value]:
        return with_needs({**chosen, "decision_limit": value}, baseline)

    if longer:
        without = {id: value for id, value in with_limit(longer[0]).items() if id != "decision_limit"}
        yield _Way("decision_limit", limit, longer, with_limit, without)


def _new_posts(tier: str, chosen: Mapping[str, Value], baseline: Baseline) -> _Way:
    """New posts at a tier, as many as the lever and the size of the whole system allow."""
    id, lever = f"staff.change.{tier}", levers(baseline)["staff.new_posts"]
    posts, from_approvals, now = (_number(chosen.get(one, 0.0)) for one in ("staff.new_posts", "from_approvals", id))
    force = baseline.staff_total + posts + from_approvals
    most = int(min(_number(lever.high) - posts, baseline.derived["system_staff_most"] - force))

    def with_posts(more: Value) -> Mapping[str, Value]:
        return {**chosen, "staff.new_posts": posts + _number(more), id: now + _number(more)}

    return _Way(id, 0.0, tuple(float(more) for more in range(1, most + 1)), with_posts)


def _with_lever(chosen: Mapping[str, Value], id: str, value: Value) -> Mapping[str, Value]:
    return {**chosen, id: value}


def _number(value: Value | None) -> float:
    """The value of a lever that is a number.

    TypeError for a table or none.
    """
    if value is None or isinstance(value, Mapping):
        raise TypeError(f"not a number: {value}")
    return float(value)


def _between(now: float, end: float, size: float) -> tuple[float, ...]:
    """The values a lever takes on its way from `now` to a bound, which is the last, in steps of a size."""
    steps = int(np.ceil(abs(end - now) / size - 1e-9))
    towards = np.sign(end - now) * size
    return (*(round(float(now + towards * step), 9) for step in range(1, steps)), float(end))

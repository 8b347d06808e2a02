"""The frontier of visits, cases decided in time and people moved (method, section 14)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from model.evidence.baseline import Baseline
from model.force.staff import people_moved
from model.projection.progress import USUAL_STEPS, Progress, Tick, unheard
from model.projection.project import evaluate
from model.projection.results import DrawsCount, PairedPlans
from model.projection.statistics import paired_plans
from model.projection.totals import unmoved
from model.scenario.scenario import Scenario
from model.search.aims.draw_sample import all_draws
from model.search.aims.limits import Limits
from model.search.aims.objective import Criteria, Objective, counted_by, criteria
from model.search.engine.aim_search import in_whole
from model.search.engine.opening import open_search
from model.search.engine.plan_limits import PlanLimits, wide_enough
from model.search.engine.plan_search import PlanSearch
from model.search.engine.staffing_plan import Refusal, StaffingPlan, change_of, staffing_plan
from model.search.programme.linear_programme import Conflict, Solution
from model.search.programme.response import Case

LEVELS, ALONG = 5, 4
"""Numbers of people moved, and plans for each of them, from most visits to most cases decided in time."""
SAME = 1e-3
"""Part by which visits or cases must differ to tell plans apart; whole people leave as much open."""
LEAST_PROGRAMMES, MOST_PROGRAMMES = 2, 4
"""Programmes that are asked for one plan, each around the last one's, until two say the same."""
NEAR_ENOUGH = 12.0
"""People in all by which two plans may differ and count as the same."""
AXES = ("visits", "on_time")
HAIR = 0.05
"""Weight of the other criterion where one is wanted most: it decides between plans that are alike."""


@dataclass(frozen=True)
class FrontierPoint:
    """A plan that no other, nor the own one, beats in visits, cases decided in time and people moved.

    By criterion (`Objective`): `representative` in the representative case, `over_draws` beside the scenario's own plan
    (base).
    """

    plan: StaffingPlan
    representative: Mapping[str, float]
    over_draws: Mapping[str, PairedPlans]


@dataclass(frozen=True)
class OwnPlace:
    """Where the scenario's own plan stands, and what moving no more people could bring beyond it.

    `more_visits` without deciding fewer cases in time, by the plan `with_visits`; `more_on_time` without visiting less,
    by `with_on_time`. 0 and no plan where that is less than a part `SAME`.
    """

    moved: float
    representative: Mapping[str, float]
    more_visits: float
    more_on_time: float
    with_visits: StaffingPlan | None
    with_on_time: StaffingPlan | None

    @property
    def is_on_frontier(self) -> bool:
        """Whether nothing better was found for as many people."""
        return self.with_visits is None and self.with_on_time is None


@dataclass(frozen=True)
class Frontier:
    """Points by people moved, then by visits, and where the scenario's own plan stands.

    The own plan is a point too where nothing beats it. `dropped` counts plans that were found and beaten by others.
    `is_stopped`: the time for the search was over, and these are the plans found until then.
    """

    points: tuple[FrontierPoint, ...]
    own: OwnPlace
    dropped: int
    limits: Limits
    draws: DrawsCount
    seed: int
    is_stopped: bool = False


def frontier(
    scenario: Scenario,
    limits: Limits | None = None,
    *,
    baseline: Baseline | None = None,
    draws: int = 512,
    seed: int = 1,
    tick: Tick = unheard,
) -> Frontier | Refusal:
    """The frontier under the scenario's other levers, in whole people and judged by the full model.

    `limits.most_moved` is where it ends; without, it ends where moving more brings no more. `draws` are made before the
    plausibility filter. Raises TooFewDraws as `project` does; `tick` may raise to stop.
    """
    opening = open_search(scenario, baseline, draws, seed, Progress(tick))
    if opening.refusal:
        return opening.refusal
    base, case, own = opening.base, opening.case, opening.own
    sweep = _Sweep(case, wide_enough(limits or Limits(), case, own), own)
    changes = sweep.changes()
    if isinstance(changes, Refusal):
        return changes
    place = _own_place(scenario, sweep)
    beside = [change_of(plan.moves, base.baseline)[None] for plan in (place.with_visits, place.with_on_time) if plan]
    changes, best, representative = _unbeaten_plans(np.unique(np.concatenate([changes, *beside]), axis=0), sweep)
    start, before = (
        criteria(evaluate(base, one).year, base.assumed, case.pools) for one in (unmoved(scenario), scenario)
    )
    sample = all_draws(base, case.settings)
    case.progress.part(1.0)
    over_draws = [sample.criteria(change) for change in case.progress.each(list(changes[best]))]
    points = (
        FrontierPoint(
            staffing_plan(scenario, case, changes[p]),
            {name: float(values[p]) for name, values in representative.items()},
            {name: paired_plans(start[name], before[name], values[:, 0], better=1) for name, values in here.items()},
        )
        for p, here in zip(best, over_draws, strict=True)
    )
    return Frontier(
        points=tuple(sorted(points, key=lambda point: (point.plan.moved, point.representative["visits"]))),
        own=place,
        dropped=len(changes) - len(best),
        limits=sweep.limits,
        draws=base.draws,
        seed=seed,
        is_stopped=case.progress.is_late,
    )


@dataclass(frozen=True, eq=False)
class _Sweep:
    """Searches along the frontier of one case; `own` is the scenario's own change of people, (pools,)."""

    case: Case
    limits: Limits
    own: np.ndarray

    @cached_property
    def weights(self) -> dict[str, float]:
        """Weights that make criteria count alike, though the own plan, which counts them, may have none."""
        own, nobody = (self.case.criteria(change[None]) for change in (self.own, np.zeros(len(self.own))))
        here = {name: counted_by(float(own[name][0])) for name in AXES}
        return {name: here[name] / max(here[name], float(nobody[name][0])) for name in AXES}

    def search(self, most: str, most_moved: float | None = None, **least: float) -> PlanSearch:
        """A search for the most of one criterion, with least values of others."""
        moved = self.limits.most_moved if most_moved is None else most_moved
        limits = replace(self.limits, most_moved=moved, least={**self.limits.least, **least})
        weights = {name: weight * (1.0 if name == most else HAIR) for name, weight in self.weights.items()}
        return PlanSearch(self.case, Objective(weights), limits, self.own)

    def changes(self) -> np.ndarray | Refusal:
        """Changes of whole people, (plans, pools), at every level of people moved.

        At each level those with the most visits, with the most cases in time, and some between.
        """
        posts, progress = self.case.settings.staff_new_posts, self.case.progress
        nobody = self.own if posts else np.zeros(len(self.own))
        progress.part(0.05)
        ends = []
        for search in map(self.search, progress.each(AXES)):
            end = _best_change(search, search.start())
            if isinstance(end, Refusal):
                return end
            ends.append(end)
        changes = [] if posts else [nobody]
        levels = np.unique(np.ceil(people_moved(np.stack(ends)).max() * np.arange(1, LEVELS + 1) / LEVELS))
        progress.part(0.45)
        for moved in progress.each(levels.tolist(), steps=ALONG * USUAL_STEPS):
            if progress.is_late:
                break
            parts = [min(1.0, moved / max(float(people_moved(end)), 1.0)) for end in ends]
            near = [nobody + part * (end - nobody) for part, end in zip(parts, ends, strict=True)]
            changes += self._level(moved, near)
        return np.stack(changes or ends)

    def _level(self, moved: float, near: list[np.ndarray]) -> list[np.ndarray]:
        """The changes of one level, from most visits to most cases in time, evenly by cases."""
        by_axis = [_best_change(self.search(most, moved), at) for most, at in zip(AXES, near, strict=True)]
        ends = [end for end in by_axis if not isinstance(end, Refusal)]
        if len(ends) < len(AXES):
            return ends
        fewest, most = self.case.criteria(np.stack(ends))["on_time"]
        between = []
        for part in np.arange(1, ALONG - 1) / (ALONG - 1):
            if self.case.progress.is_late:
                break
            at, least = ends[0] + part * (ends[1] - ends[0]), fewest + part * (most - fewest)
            change = _best_change(self.search("visits", moved, on_time=float(least)), at)
            if not isinstance(change, Refusal):
                between.append(self._more_in_time(moved, change))
        return [*ends, *between]

    def _more_in_time(self, moved: float, change: np.ndarray) -> np.ndarray:
        """The change, or one with as many visits and more cases in time."""
        visits = float(self.case.criteria(change[None])["visits"][0])
        search = self.search("on_time", moved, visits=visits)
        return search.moves.refined(_best_beside(search, change))


def _best_change(search: PlanSearch, start: np.ndarray) -> np.ndarray | Refusal:
    """The change of whole people by programmes around one plan after another, then by local moves."""
    at = start
    for count in range(1, MOST_PROGRAMMES + 1):
        programme = search.programme(at)
        answer = programme.best()
        if isinstance(answer, Conflict):
            return Refusal(programme.missed(answer))
        if not isinstance(answer, Solution):
            break
        at, last = programme.change(answer), at
        if count >= LEAST_PROGRAMMES and np.abs(at - last).sum() < NEAR_ENOUGH:
            break
        if search.case.progress.is_late:
            break
    return search.moves.improved(in_whole(at))


def _best_beside(search: PlanSearch, own: np.ndarray) -> np.ndarray:
    """The same, or the own change improved where that is better or nothing else keeps the limits."""
    best, improved_own = _best_change(search, own), search.moves.improved(in_whole(own))
    return improved_own if isinstance(best, Refusal) else min(best, improved_own, key=search.moves.cost)


def _own_place(scenario: Scenario, sweep: _Sweep) -> OwnPlace:
    """What moving no more people than the scenario's own plan could bring beyond it."""
    case, own = sweep.case, sweep.own
    moved = round(float(people_moved(own)), 6)
    here = {name: float(values[0]) for name, values in case.criteria(own[None]).items()}
    more = dict.fromkeys(AXES, 0.0)
    plans: dict[str, StaffingPlan | None] = dict.fromkeys(AXES)
    case.progress.part(0.5)
    for most, other in case.progress.each((AXES, AXES[::-1])):
        change = _best_beside(sweep.search(most, moved, **{other: here[other]}), own)
        gained = float(case.criteria(change[None])[most][0]) - here[most]
        if gained >= SAME * here[most]:
            more[most], plans[most] = gained, staffing_plan(scenario, case, change)
    return OwnPlace(moved, here, more["visits"], more["on_time"], plans["visits"], plans["on_time"])


def _unbeaten_plans(changes: np.ndarray, sweep: _Sweep) -> tuple[np.ndarray, np.ndarray, Criteria]:
    """The plans that break the limits least, those of them that nothing beats, and their criteria.

    Changes (plans, pools), last the own one where it breaks no more, moves whole people and nothing beats it; indices
    into them; criteria of all of them.
    """
    limits, own = PlanLimits(sweep.case, sweep.limits), sweep.own[None]
    broken, own_broken = limits.broken(changes), limits.broken(own)
    changes = changes[broken <= broken.min()]
    with_own = np.concatenate([changes, own[own_broken <= broken.min()]])
    representative = sweep.case.criteria(with_own)
    best = _unbeaten(np.stack([representative["visits"], representative["on_time"], -people_moved(with_own)]))
    is_own_found = (changes == own).all(axis=1).any() or (own != np.round(own)).any()
    if len(changes) in best and not is_own_found:
        return with_own, best, representative
    return changes, best[best < len(changes)], representative


def _unbeaten(gains: np.ndarray) -> np.ndarray:
    """The columns of gains (gains, plans) that no other beats with as much of every gain and more of one."""
    at_least = (gains[:, :, None] >= gains[:, None]).all(axis=0)
    beaten = (at_least & (gains[:, :, None] > gains[:, None]).any(axis=0)).any(axis=0)
    return np.flatnonzero(~beaten)

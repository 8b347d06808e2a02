"""The frontier: what visits, cases decided in time and people moved can be had together (method, section 14)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from model.evidence.baseline import Baseline
from model.projection.base_year import base_year_of, baseline_of
from model.projection.central_case import central_base
from model.projection.progress import USUAL_STEPS, Progress, Tick, unheard
from model.projection.project import evaluate
from model.projection.results import DrawsCount, Paired
from model.projection.statistics import paired
from model.scenario.scenario import Scenario
from model.search.aims.draw_sample import all_draws
from model.search.aims.limits import Limits
from model.search.aims.objective import Objective, counted_by, criteria
from model.search.engine.local_moves import LocalMoves, in_whole
from model.search.engine.staffing_plan import Refusal, StaffingPlan, people_of, staffing_plan, wide_enough
from model.search.engine.successive_programmes import LEAST_GAIN, PlanSearch
from model.search.programme.linear_programme import Conflict
from model.search.programme.response import Case, open_case
from model.search.programme.staffing_programme import moved_by

LEVELS, ALONG = 5, 4
"""Numbers of people moved, and plans for each: from most visits to most cases decided in time."""
SAME = 1e-3
"""Plans whose visits and cases differ by less than this part are not told apart: programmes and whole people leave that
much open."""
LEAST_ASKED, MOST_ASKED = 2, 4
"""Programmes that are asked for one plan, each around the last one's, until two say the same."""
NEAR_ENOUGH = 12.0
"""People in all by which two plans may differ and say the same."""
AXES = ("visits", "on_time")
MOST_MOVES = 8
"""Moves of one person by which a plan is mended."""
HAIR = 0.05
"""What the other criterion weighs where one is wanted most: it decides between plans that are alike."""


@dataclass(frozen=True)
class FrontierPoint:
    """A plan that neither another found nor the own one beats in visits, in cases decided in time and in people moved
    at once. By criterion: `central` in the central case, `over_draws` over the draws beside the scenario's own
    plan (base)."""

    plan: StaffingPlan
    central: Mapping[str, float]
    over_draws: Mapping[str, Paired]


@dataclass(frozen=True)
class OwnPlace:
    """Where the scenario's own plan stands. Moving no more people, `more_visits` would be possible without deciding
    fewer cases in time, by the plan `with_visits`; `more_on_time` without visiting less, by `with_on_time`; 0 and no
    plan where that is less than `SAME`."""

    moved: float
    central: Mapping[str, float]
    more_visits: float
    more_on_time: float
    with_visits: StaffingPlan | None
    with_on_time: StaffingPlan | None

    @property
    def is_on_frontier(self) -> bool:
        return self.with_visits is None and self.with_on_time is None


@dataclass(frozen=True)
class Frontier:
    """Points by people moved, then by visits, and the scenario's own plan among them. `dropped` plans were found and
    beaten by others."""

    points: tuple[FrontierPoint, ...]
    own: OwnPlace
    dropped: int
    limits: Limits
    draws: DrawsCount
    seed: int


def frontier(
    scenario: Scenario,
    limits: Limits | None = None,
    *,
    baseline: Baseline | None = None,
    draws: int = 512,
    seed: int = 1,
    tick: Tick = unheard,
) -> Frontier | Refusal:
    """The frontier under the scenario's other levers, each point in whole people and judged by the full model.

    `limits.most_moved` is where it ends; without, where moving more brings no more. Raises TooFewDraws as `project`
    does; `tick` may raise to stop.
    """
    baseline = baseline or baseline_of(scenario)
    base = base_year_of(scenario, baseline, draws, seed)
    progress = Progress(tick)
    case, own = open_case(central_base(scenario, baseline), scenario, progress)
    if conditions := tuple(id for id, passes in case.base.closure.passes.items() if not passes.all()):
        return Refusal(conditions=conditions)
    sweep = _Sweep(case, wide_enough(limits or Limits(), case, own), own)
    found = sweep.plans()
    if isinstance(found, Refusal):
        return found
    place = _own_place(scenario, sweep)
    beside = [people_of(plan.moves, baseline) for plan in (place.with_visits, place.with_on_time) if plan]
    plans = np.unique(np.concatenate([found, *(plan[None] for plan in beside)]), axis=0)
    broken, own_broken = (LocalMoves(case, sweep.limits, None).broken(some) for some in (plans, own[None]))
    plans = plans[broken <= broken.min()]
    with_own = np.concatenate([plans, own[None][own_broken <= broken.min()]])
    central = case.criteria(with_own)
    best = _unbeaten(np.stack([central["visits"], central["on_time"], -moved_by(with_own)]))
    best = best[best < len(plans)]
    before = criteria(evaluate(base, scenario).year, base.assumed, baseline.pools)
    panel = all_draws(base, case.settings)
    progress.part(1.0)
    drawn = [panel.criteria(plan) for plan in progress.each(plans[best])]
    points = (
        FrontierPoint(
            staffing_plan(scenario, case, plans[p]),
            {name: float(values[p]) for name, values in central.items()},
            {name: paired(before[name], values[:, 0], better=1) for name, values in here.items()},
        )
        for p, here in zip(best, drawn, strict=True)
    )
    return Frontier(
        points=tuple(sorted(points, key=lambda point: (point.plan.moved, point.central["visits"]))),
        own=place,
        dropped=len(plans) - len(best),
        limits=sweep.limits,
        draws=base.draws,
        seed=seed,
    )


@dataclass(frozen=True, eq=False)
class _Most:
    """The aim of one point: the most by a search, within whose limits it is mended."""

    search: PlanSearch

    def near(self, plan: np.ndarray) -> "_Most":
        return self

    def answers(self, plans: np.ndarray, around: np.ndarray | None = None) -> np.ndarray:
        found = self.search.case.criteria(plans)
        return np.stack([found[name] for name in AXES])

    def cost(self, answers: np.ndarray, plans: np.ndarray) -> np.ndarray:
        worth = self.search.goal.worth(dict(zip(AXES, answers, strict=True)), self.search.against)
        return LEAST_GAIN * moved_by(plans) - worth


@dataclass(frozen=True, eq=False)
class _Sweep:
    """Searches along the frontier of one case."""

    case: Case
    limits: Limits
    own: np.ndarray

    @cached_property
    def weights(self) -> dict[str, float]:
        """What makes criteria count alike: a goal counts them by the own plan, which may decide no case in time."""
        own, nobody = (self.case.criteria(plan[None]) for plan in (self.own, np.zeros(len(self.own))))
        here = {name: counted_by(float(own[name][0])) for name in AXES}
        return {name: here[name] / max(here[name], float(nobody[name][0])) for name in AXES}

    def search(self, most: str, most_moved: float | None = None, **least: float) -> PlanSearch:
        """For the most of one criterion and, that given, of the other."""
        moved = self.limits.most_moved if most_moved is None else most_moved
        limits = replace(self.limits, most_moved=moved, least={**self.limits.least, **least})
        goal = Objective({name: weight * (1.0 if name == most else HAIR) for name, weight in self.weights.items()})
        return PlanSearch(self.case, goal, limits, self.own)

    def plans(self) -> np.ndarray | Refusal:
        """Plans in whole people, (plans, pools): at every level of people moved those with the most visits, with the
        most cases in time, and some between."""
        nobody = self.own if self.case.settings.staff_new_posts else np.zeros(len(self.own))
        progress = self.case.progress
        progress.part(0.05)
        ends = [_plan(search, search.start()) for search in map(self.search, progress.each(AXES))]
        if refusal := next((end for end in ends if isinstance(end, Refusal)), None):
            return refusal
        found = [] if self.case.settings.staff_new_posts else [nobody]
        levels = np.unique(np.ceil(moved_by(np.stack(ends)).max() * np.arange(1, LEVELS + 1) / LEVELS))
        progress.part(0.45)
        for moved in progress.each(levels, steps=ALONG * USUAL_STEPS):
            parts = [min(1.0, moved / max(moved_by(end[None])[0], 1.0)) for end in ends]
            near = [nobody + part * (end - nobody) for part, end in zip(parts, ends, strict=True)]
            found += self._level(float(moved), near)
        return np.stack(found)

    def _level(self, moved: float, near: list[np.ndarray]) -> list[np.ndarray]:
        """From most visits to most cases in time, evenly by cases."""
        ends = [_plan(self.search(most, moved), at) for most, at in zip(AXES, near, strict=True)]
        if any(isinstance(end, Refusal) for end in ends):
            return [end for end in ends if not isinstance(end, Refusal)]
        fewest, most = self.case.criteria(np.stack(ends))["on_time"]
        between = []
        for part in np.arange(1, ALONG - 1) / (ALONG - 1):
            at, least = ends[0] + part * (ends[1] - ends[0]), fewest + part * (most - fewest)
            between.append(_plan(self.search("visits", moved, on_time=float(least)), at))
        return [*ends, *(plan for plan in between if not isinstance(plan, Refusal))]


def _plan(search: PlanSearch, at: np.ndarray, *beside: np.ndarray) -> np.ndarray | Refusal:
    """The plan in whole people of programmes asked around one plan after another, mended; or a better one mended from
    others `beside` it. A refusal where nothing keeps the limits and none stands beside."""
    for count in range(1, MOST_ASKED + 1):
        asked = search.ask(at)
        found = asked.plan()
        if isinstance(found, Conflict) and not beside:
            return Refusal(search.missed(asked, found))
        if isinstance(found, Conflict):
            at = beside[0]
            break
        at, last = asked.people(found), at
        if count >= LEAST_ASKED and np.abs(at - last).sum() < NEAR_ENOUGH:
            break
    mending = LocalMoves(search.case, search.limits, _Most(search), MOST_MOVES)
    return min((mending.refined(in_whole(plan)) for plan in (at, *beside)), key=mending.cost)


def _own_place(scenario: Scenario, sweep: _Sweep) -> OwnPlace:
    """What moving no more people than the scenario's own plan could bring beyond it."""
    case, own = sweep.case, sweep.own
    moved = float(moved_by(own[None])[0])
    here = {name: float(values[0]) for name, values in case.criteria(own[None]).items()}
    more, by = dict.fromkeys(AXES, 0.0), dict.fromkeys(AXES)
    case.progress.part(0.5)
    for most, other in case.progress.each((AXES, AXES[::-1])):
        plan = _plan(sweep.search(most, moved, **{other: here[other]}), own, own)
        gained = float(case.criteria(plan[None])[most][0]) - here[most]
        if gained >= SAME * here[most]:
            more[most], by[most] = gained, staffing_plan(scenario, case, plan)
    return OwnPlace(moved, here, more["visits"], more["on_time"], by["visits"], by["on_time"])


def _unbeaten(gains: np.ndarray) -> np.ndarray:
    """Of columns (gains, plans) those that no other beats: as much of every gain, and more of one."""
    at_least = (gains[:, :, None] >= gains[:, None]).all(axis=0)
    beaten = (at_least & (gains[:, :, None] > gains[:, None]).any(axis=0)).any(axis=0)
    return np.flatnonzero(~beaten)

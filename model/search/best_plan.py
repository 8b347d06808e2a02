"""The best plan for an objective, in whole people, and what the full model says (method, section 14)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.baseline import Baseline
from model.force.staff import people_moved
from model.projection.progress import Progress, Tick, unheard
from model.projection.project import Evaluation, evaluate
from model.projection.results import DrawsCount, PairedPlans
from model.projection.statistics import paired_plans
from model.projection.totals import unmoved
from model.scenario.scenario import Scenario
from model.search.aims.limits import LimitAmount, Limits, default_most_moved
from model.search.aims.objective import Objective, criteria
from model.search.engine.best_change import best_change
from model.search.engine.opening import Opening, open_search
from model.search.engine.plan_limits import wide_enough
from model.search.engine.plan_search import PlanSearch
from model.search.engine.staffing_plan import Refusal, StaffingPlan, staffing_plan
from model.search.engine.whole_plans import rounded
from model.search.programme.linear_programme import Conflict, Solution, Unsolved
from model.year.measures import MEASURES

BEYOND = 0.05
"""Part of the people moved by which the own plan may be beyond limits: pools have another person or two in the
representative case of another plan, so that a plan found here, once adopted, may be beyond those of their share."""

SAME = 1e-9
"""Part of what a plan is worth by which another may differ and be worth the same."""


@dataclass(frozen=True)
class BestPlan:
    """The best plan that was found, beside the scenario's own.

    In the representative case: `promise` is what the programme says of the plan, `bound` what no plan can beat there,
    `representative` what the full model says of it, `own` of the scenario's own plan, in which `own_moved` people move.
    Over the draws, own plan (base) and this one: `over_draws` by the objective, `measures` by total. `is_between`: the
    full model likes the programme's plan less than the own one, so this is a plan between the two. `binding` are the
    limits that hold the objective back. `is_stopped`: the time for the search was over, and this is the best until
    then; `bound` is None where the solver had none.
    """

    plan: StaffingPlan
    objective: Objective
    limits: Limits
    promise: float
    bound: float | None
    representative: float
    own: float
    own_moved: int
    is_between: bool
    over_draws: PairedPlans
    measures: Mapping[str, PairedPlans]
    binding: tuple[LimitAmount, ...]
    draws: DrawsCount
    seed: int
    is_stopped: bool = False

    @property
    def gap(self) -> float | None:
        """What is lost against the bound by whole people and by moving nobody for next to nothing."""
        return None if self.bound is None else self.bound - self.promise

    @property
    def saves_moves(self) -> bool:
        """Whether fewer people bring the same in the representative case, and no more draws are worse."""
        odds, fewer = self.over_draws.odds, self.plan.moved < self.own_moved
        return fewer and abs(self.representative - self.own) <= SAME * abs(self.own) and odds.better >= odds.worse

    @property
    def beats_own(self) -> bool:
        """Whether the plan saves moves, or beats the own one in the representative case and most draws."""
        odds = self.over_draws.odds
        return self.saves_moves or (self.representative > self.own and odds.better > odds.worse)


def best_plan(
    scenario: Scenario,
    objective: Objective,
    limits: Limits | None = None,
    *,
    baseline: Baseline | None = None,
    whole: bool = False,
    draws: int = 512,
    seed: int = 1,
    tick: Tick = unheard,
) -> BestPlan | Refusal:
    """The best plan for an objective under the scenario's other levers, which stay as they are.

    Its people are whole: the programme's rounded, or with `whole` the best of all whole ones to a part in a million.
    It is the own plan where the one found is worse in more draws than it is better.
    Without `limits` as many may move as in the scenario's own plan, or a default share where that moves none. `draws`
    are made before the plausibility filter. Raises TooFewDraws as `project` does; `tick` may raise to stop.
    """
    progress = Progress(tick)
    opening = open_search(scenario, baseline, draws, seed, progress)
    if opening.refusal:
        return opening.refusal
    search = PlanSearch(opening.case, objective, limits or _default_limits(opening), opening.own)
    progress.part(0.65, steps=40)
    best = best_change(search, exact=whole)
    if best is None:
        return Refusal(search.conflict())
    change, is_between = search.not_worse(best)
    progress.part(0.95)
    found = _judged(scenario, opening, search, change, progress)
    own = rounded(search.own)
    if not (found.beats_own or np.array_equal(change, own)) and _keeps_limits(own, search):
        found, is_between = _judged(scenario, opening, search, own, progress), False
    progress.done()
    return replace(found, is_between=is_between, is_stopped=progress.is_late)


def _keeps_limits(own: np.ndarray, search: PlanSearch) -> bool:
    """Whether the own plan keeps the limits, give or take `BEYOND`."""
    return float(search.within.broken(own[None])[0]) <= BEYOND * float(people_moved(own[None])[0])


def _judged(
    scenario: Scenario, opening: Opening, search: PlanSearch, change: np.ndarray, progress: Progress
) -> BestPlan:
    """A change of people by pool as the best plan, judged in the representative case and over the draws."""
    objective, plan = search.objective, staffing_plan(scenario, opening.case, change)
    own_moved = round(float(people_moved(opening.own[None])[0]))
    if np.array_equal(change, rounded(opening.own)):
        # As it was written: its people are spread anew in every draw, not held to whole ones.
        plan = replace(plan, scenario=scenario, moved=float(own_moved))
    base, pools = opening.base, opening.case.pools
    years = [evaluate(base, one) for one in progress.each((unmoved(scenario), scenario, plan.scenario))]
    progress.part(1.0, steps=5)
    base_worth, own_worth, worth = (
        objective.worth(criteria(one.year, base.assumed, pools), search.full_model.against) for one in years
    )
    representative, own = search.full_model.plain_worths(np.stack([change, opening.own])).tolist()
    most = search.programme(change).most()
    promise, bound = _promise(search, change, representative, most)
    return BestPlan(
        plan=plan,
        objective=objective,
        limits=search.limits,
        promise=promise,
        bound=bound,
        representative=representative,
        own=own,
        own_moved=own_moved,
        is_between=False,
        over_draws=paired_plans(base_worth, own_worth, worth, better=1),
        measures=_measures(*years),
        binding=search.programme(change).binding(most) if isinstance(most, Solution) else (),
        draws=base.draws,
        seed=base.seed,
    )


def _measures(start: Evaluation, before: Evaluation, after: Evaluation) -> dict[str, PairedPlans]:
    """Every measure of the whole force under two plans, from the base year."""
    return {
        measure.id: paired_plans(start.values[k, 0], before.values[k, 0], after.values[k, 0], measure.better)
        for k, measure in enumerate(MEASURES)
    }


def _promise(
    search: PlanSearch, change: np.ndarray, representative: float, most: Solution | Conflict | Unsolved
) -> tuple[float, float | None]:
    """What the programme says a plan is worth, and what no plan can beat.

    `representative` is what the full model says of the plan, `most` the programme's answer without whole people. Where
    the full model has judged all plans, no plan beats this one by more than the best of them does.
    """
    programme = search.programme(change)
    answer = programme.at(change)
    # Rounding may leave a plan a hair outside its programme, which then says nothing of it.
    promise = programme.worth(answer) if isinstance(answer, Solution) else representative
    if isinstance(most, Unsolved):
        return promise, None
    bound = programme.worth(most) if isinstance(most, Solution) else promise
    if search.every is not None:
        bound = max(bound, promise + search.every[1].max() - search.full_model.worth(change))
    return promise, max(bound, promise)


def _default_limits(opening: Opening) -> Limits:
    """The limits where a planner names none; the own plan keeps them, as it does in every other search."""
    people = float(opening.case.seats.people.sum())
    usual = Limits(most_moved=default_most_moved(float(people_moved(opening.own)), people))
    return wide_enough(usual, opening.case, opening.own)

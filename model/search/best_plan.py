"""The best plan for a goal, in whole people, and the full model's own word on it (method, section 14)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Baseline
from model.projection.base_year import base_year_of, baseline_of
from model.projection.central_case import central_base
from model.projection.progress import Progress, Tick, unheard
from model.projection.project import evaluate
from model.projection.results import DrawsCount, Paired
from model.projection.statistics import paired
from model.scenario.scenario import Scenario
from model.search.aims.limits import LimitAmount, Limits, default_most_moved
from model.search.aims.objective import Objective, criteria
from model.search.engine.staffing_plan import Refusal, StaffingPlan, staffing_plan
from model.search.engine.successive_programmes import PlanSearch
from model.search.programme.linear_programme import Conflict, Solution
from model.search.programme.response import Case, open_case
from model.search.programme.staffing_programme import moved_by
from model.year.measures import MEASURES


@dataclass(frozen=True)
class BestPlan:
    """The best plan found, as a scenario, beside the scenario's own plan.

    `promise` is what the programme says of it and `bound` what no plan can beat there; `central` what the full model
    says of it in the central case, `own` of the scenario's own plan. Over the draws, own plan (base) and this one:
    `over_draws` by the goal, `measures` by total. `is_between`: the full model liked the programme's own plan less than
    the scenario's, so a plan between the two was taken.
    """

    plan: StaffingPlan
    objective: Objective
    limits: Limits
    promise: float
    bound: float
    central: float
    own: float
    is_between: bool
    over_draws: Paired
    measures: Mapping[str, Paired]
    binding: tuple[LimitAmount, ...]
    draws: DrawsCount
    seed: int

    @property
    def gap(self) -> float:
        """What whole people, none of them moved for next to nothing, may cost against the bound."""
        return self.bound - self.promise

    @property
    def beats_own(self) -> bool:
        return self.central > self.own


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
    """The best plan for a goal under the scenario's other levers, which stay as they are.

    Its people are whole: those nearest to the programme's plan, or with `whole` the best of all whole ones to a part in
    a million. Without `limits` it may move as many people as the scenario's own plan does; where that moves none, a
    twentieth of the force. Raises TooFewDraws as `project` does; `tick` may raise to stop.
    """
    baseline = baseline or baseline_of(scenario)
    base = base_year_of(scenario, baseline, draws, seed)
    progress = Progress(tick)
    case, own = open_case(central_base(scenario, baseline), scenario, progress)
    if conditions := tuple(id for id, passes in case.base.closure.passes.items() if not passes.all()):
        return Refusal(conditions=conditions)
    search = PlanSearch(case, objective, limits or _default_limits(case, own), own)
    progress.part(0.65, steps=40)
    found = search.found(exact=whole)
    if isinstance(found, Conflict):
        asked = search.ask(search.start())
        relaxed = asked.plan()
        return Refusal(search.missed(asked, relaxed) if isinstance(relaxed, Conflict) else ())
    people, is_between = search.not_worse(found)
    plan = staffing_plan(scenario, case, people)
    progress.part(0.95)
    before, after = (evaluate(base, one) for one in progress.each((scenario, plan.scenario)))
    progress.part(1.0, steps=5)
    by_goal = [objective.worth(criteria(p.year, base.assumed, baseline.pools), search.against) for p in (before, after)]
    asked, (central, of_own) = search.ask(people), search.really(np.stack([people, own]))
    most = asked.most()
    promise, bound = _promise(search, people, central, most)
    progress.done()
    return BestPlan(
        plan=plan,
        objective=objective,
        limits=search.limits,
        promise=promise,
        bound=bound,
        central=central,
        own=of_own,
        is_between=is_between,
        over_draws=paired(*by_goal, better=1),
        measures={
            measure.id: paired(before.values[k, 0], after.values[k, 0], measure.better)
            for k, measure in enumerate(MEASURES)
        },
        binding=search.binding(asked, most) if isinstance(most, Solution) else (),
        draws=base.draws,
        seed=seed,
    )


def _promise(search: PlanSearch, people: np.ndarray, central: float, most: Solution | Conflict) -> tuple[float, float]:
    """What the programme says a plan is worth, `central` being what the full model does, and what nothing can beat
    there (`most`); where the full model has judged all plans, nothing beats it by more than the best of them does."""
    asked = search.ask(people)
    held = asked.held(people)
    # What rounding leaves a hair outside its programme, the programme says nothing of.
    promise = asked.worth(held) if isinstance(held, Solution) else central
    bound = asked.worth(most) if isinstance(most, Solution) else promise
    if search.every is not None:
        bound = max(bound, promise + search.every[1].max() - search.worth(people))
    return promise, max(bound, promise)


def _default_limits(case: Case, own: np.ndarray) -> Limits:
    """The limits where a planner names none; `own` is the scenario's own change of people, (pools,)."""
    return Limits(most_moved=default_most_moved(float(moved_by(own[None])[0]), float(case.seats.people.sum())))

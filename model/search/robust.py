"""The robust plan, best in the worst draws, beside the best of the case (method, section 14)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.baseline import Baseline
from model.force.staff import people_moved
from model.projection.base_year import BaseYear
from model.projection.progress import Progress, Tick, unheard
from model.projection.project import evaluate
from model.projection.results import Band, DrawsCount, Odds, PairedPlans
from model.projection.statistics import band, expected_shortfall, odds, paired_plans
from model.projection.totals import unmoved
from model.scenario.scenario import Scenario
from model.search.aims.draw_sample import all_draws
from model.search.aims.limits import Limits
from model.search.aims.objective import Criteria, Objective, criteria
from model.search.best_plan import BestPlan, best_plan
from model.search.engine.aim_search import AimSearch
from model.search.engine.opening import open_search
from model.search.engine.plan_search import PlanSearch
from model.search.engine.staffing_plan import Refusal, StaffingPlan, change_of, staffing_plan
from model.search.engine.worst_draws import WorstDraws
from model.search.programme.staffing_programme import LEAST_GAIN

USUAL_LEVEL = 0.9
"""Default part of the draws that is not among the worst."""
SAMPLE = 48
"""Draws that programmes ask."""
POINTS = 2
"""Numbers of people on either side of a plan at which programmes ask about each pool."""
OUTLOOKS = ("layout", "own", "representative", "robust")
ROUND = 1e-9
"""Part of the 2021 layout's worth below which a difference from it is rounding."""


@dataclass(frozen=True)
class Outlook:
    """A plan over all kept draws, by the objective and against the 2021 layout, in which nobody moves.

    `goal` is the band of the objective, `worst` its mean in the worst share 1 - level of the draws; `beside` is the
    objective under the layout (base) and under the plan. `regret` is the
    mean of what the plan falls short of the layout in the share 1 - level of the draws where it falls shortest (below
    0: ahead even there), `most_regret` the most in any draw. `against_layout` are the plan's odds against the
    layout.
    """

    goal: Band
    beside: PairedPlans
    worst: float
    regret: float
    most_regret: float
    against_layout: Odds


@dataclass(frozen=True)
class Robust:
    """The robust plan beside the best plan of the representative case, the own plan and the 2021 layout.

    `keeps_representative`: nothing was found that does better in the worst draws than the best plan of the case, so
    that is the robust one too. `own_moved` are the people that the scenario's own plan moves. `on_sample` is the mean
    in the worst draws of the sample that programmes ask, of the best plan of the case and of the robust one; `sample`
    counts its draws. `is_stopped`: the time for the search was over, and this is the best until then.
    """

    objective: Objective
    level: float
    limits: Limits
    representative: BestPlan
    plan: StaffingPlan
    keeps_representative: bool
    own_moved: float
    outlooks: Mapping[str, Outlook]
    on_sample: tuple[float, float]
    sample: int
    draws: DrawsCount
    seed: int
    is_stopped: bool = False


def robust(
    scenario: Scenario,
    objective: Objective,
    limits: Limits | None = None,
    *,
    level: float = USUAL_LEVEL,
    baseline: Baseline | None = None,
    draws: int = 512,
    seed: int = 1,
    tick: Tick = unheard,
) -> Robust | Refusal:
    """The plan that is worth most on the mean of the worst 1 - `level` of the draws, by an objective.

    Programmes ask a sample of the draws (`_worst_sample`); plans are then judged in all of them. `outlooks` are of
    `layout`, `own`, `representative` and `robust`. `limits` and `draws` as for `best_plan`. ValueError where `level` is
    not in [0, 1); raises TooFewDraws as `project` does; `tick` may raise to stop.
    """
    if not 0 <= level < 1:
        raise ValueError(f"level must be in the interval [0, 1), got {level}")
    progress = Progress(tick)
    progress.part(0.08)
    best = best_plan(scenario, objective, limits, baseline=baseline, draws=draws, seed=seed, tick=progress.reach)
    if isinstance(best, Refusal):
        return best
    progress.part(0.85)
    opening = open_search(scenario, baseline, draws, seed, progress)
    base, own = opening.base, opening.own
    search = PlanSearch(opening.case, objective, best.limits, own)
    every, against = all_draws(base, opening.case.settings), search.full_model.against
    aim = WorstDraws(every, objective.units(against), level, LEAST_GAIN * abs(best.representative), POINTS)

    representative = change_of(best.plan.moves, base.baseline)
    worst, level_of_sample = _worst_sample(aim.worth(aim.answers(representative[None]))[:, 0], level)
    aim_on_sample = replace(aim, sample=every.subset(worst), level=level_of_sample)
    answer = AimSearch(search, aim_on_sample).best(representative, own)
    changes = [np.zeros(len(own)), own, representative, representative if isinstance(answer, Refusal) else answer[0]]
    progress.part(1.0)
    answers = np.concatenate([aim.answers(change[None]) for change in progress.each(changes)], axis=1)
    short, worths = aim.shortfall(answers), aim.worth(answers)
    if keeps_representative := bool(short[3] >= short[2]):
        changes[3], worths[:, 3] = changes[2], worths[:, 2]
    # The own plan spreads people over bodies anew in every draw, as its levers say.
    start, worths[:, 1] = (_worths(one, base, objective, against) for one in (unmoved(scenario), scenario))
    on_sample = -aim_on_sample.shortfall(aim_on_sample.answers(np.stack(changes[2:])))
    return Robust(
        objective=objective,
        level=level,
        limits=best.limits,
        representative=best,
        plan=staffing_plan(scenario, opening.case, changes[3]),
        keeps_representative=keeps_representative,
        own_moved=float(people_moved(own)),
        outlooks={name: _outlook(worths[:, k], worths[:, 0], start, level) for k, name in enumerate(OUTLOOKS)},
        on_sample=(float(on_sample[0]), float(on_sample[1])),
        sample=len(worst),
        draws=base.draws,
        seed=seed,
        is_stopped=progress.is_late,
    )


def _worths(scenario: Scenario, base: BaseYear, objective: Objective, against: Criteria) -> np.ndarray:
    """What a scenario is worth in every draw, (draws,), with its people as its levers say."""
    return objective.worth(criteria(evaluate(base, scenario).year, base.assumed, base.baseline.pools), against)


def _worst_sample(worths: np.ndarray, level: float) -> tuple[np.ndarray, float]:
    """Indices of draws that stand for the worst ones, and the level at which their worst are those.

    Of twice as many draws as the tail has, the worst by `worths` (draws,), `SAMPLE` at most and evenly by rank.
    Better draws have no part in the aim.
    """
    count = min(int(np.ceil(2 * (1 - level) * len(worths) - 1e-9)), len(worths))
    worst = np.argsort(worths, kind="stable")[:count]
    size = min(SAMPLE, count)
    within = max(1 - (1 - level) * len(worths) / count, 0.0)
    return worst[((np.arange(size) + 0.5) * count / size).astype(int)], within


def _outlook(worths: np.ndarray, layout: np.ndarray, start: np.ndarray, level: float) -> Outlook:
    """The outlook of a plan from its worth, the layout's and the base year's in every draw, (draws,)."""
    behind = layout - worths
    behind[np.abs(behind) <= ROUND * np.abs(layout).max()] = 0.0
    return Outlook(
        goal=band(worths),
        beside=paired_plans(start, layout, worths, better=1),
        worst=-float(expected_shortfall(-worths, level)),
        regret=float(expected_shortfall(behind, level)),
        most_regret=float(behind.max()),
        against_layout=odds(-behind[None], better=1)[0],
    )

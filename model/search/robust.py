"""The robust plan: the best for a goal in the draws that go worst, beside the best of the central case (method, 14)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.baseline import Baseline
from model.projection.base_year import base_year_of, baseline_of
from model.projection.central_case import central_base
from model.projection.progress import Progress, Tick, unheard
from model.projection.project import evaluate
from model.projection.results import Band, DrawsCount
from model.projection.statistics import band, expected_shortfall
from model.scenario.scenario import Scenario
from model.search.aims.draw_sample import all_draws
from model.search.aims.limits import Limits
from model.search.aims.objective import Objective, criteria
from model.search.best_plan import BestPlan, best_plan
from model.search.engine.aim_search import AimSearch
from model.search.engine.staffing_plan import Refusal, StaffingPlan, people_of, staffing_plan
from model.search.engine.successive_programmes import LEAST_GAIN, PlanSearch
from model.search.engine.worst_draws import WorstDraws
from model.search.programme.response import open_case
from model.search.programme.staffing_programme import moved_by

USUAL_LEVEL = 0.9
SAMPLE = 48
"""Draws that programmes ask."""
POINTS = 2
"""Numbers of people on either side of a plan at which they ask about each pool."""
OUTLOOKS = ("layout", "own", "central", "robust")
ROUND = 1e-9


@dataclass(frozen=True)
class Outlook:
    """A plan over all kept draws: the `goal`, its mean in the draws that go `worst` (a share 1 - level), `regret`, the
    mean of what it falls short of the 2021 layout in the draws where it falls shortest (below 0: what it is ahead even
    there), `most_regret` in any draw, and the share of draws in which it is strictly better than that layout."""

    goal: Band
    worst: float
    regret: float
    most_regret: float
    beats_layout: float


@dataclass(frozen=True)
class Robust:
    """The robust plan beside the central case's best one, the scenario's own and the layout of 2021, in which nobody
    moves; all under the scenario's other levers. `keeps_central`: nothing was found that does better than the central
    plan where that does worst, so it is the robust one, too. `on_sample` is the mean in the worst draws of the sample,
    which programmes ask, of the central plan and of the robust one."""

    objective: Objective
    level: float
    limits: Limits
    central: BestPlan
    plan: StaffingPlan
    keeps_central: bool
    own_moved: float
    outlooks: Mapping[str, Outlook]
    on_sample: tuple[float, float]
    sample: int
    draws: DrawsCount
    seed: int


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
    """The plan that is worth most, by the goal, on the mean of the worst 1 - `level` of the kept draws.

    Programmes ask a sample (`_sample`); all plans are then judged in all kept draws: `outlooks` of `layout`, `own`,
    `central` and `robust`. ValueError where `level` is not in [0, 1); raises TooFewDraws as `project` does; `tick` may
    raise to stop.
    """
    if not 0 <= level < 1:
        raise ValueError(f"level must be in the interval [0, 1), got {level}")
    baseline = baseline or baseline_of(scenario)
    progress = Progress(tick)
    progress.part(0.08)
    best = best_plan(scenario, objective, limits, baseline=baseline, draws=draws, seed=seed, tick=progress.reach)
    if isinstance(best, Refusal):
        return best
    progress.part(0.85)
    base = base_year_of(scenario, baseline, draws, seed)
    case, own = open_case(central_base(scenario, baseline), scenario, progress)
    search = PlanSearch(case, objective, best.limits, own)
    every = all_draws(base, case.settings)
    aim = WorstDraws(every, objective.units(search.against), level, LEAST_GAIN * abs(best.central), POINTS)

    central = people_of(best.plan.moves, baseline)
    which, within = _sample(aim.worth(aim.answers(central[None]))[:, 0], level)
    sampled = replace(aim, panel=every.some(which), level=within)
    found = AimSearch(search, sampled).best(central, own)
    plans = np.stack([np.zeros(len(own)), own, central, central if isinstance(found, Refusal) else found[0]])
    progress.part(1.0)
    answers = np.concatenate([aim.answers(plan[None]) for plan in progress.each(plans)], axis=1)
    short, worths = aim.shortfall(answers), aim.worth(answers)
    if keeps_central := bool(short[3] >= short[2]):
        plans[3], worths[:, 3] = plans[2], worths[:, 2]
    # The own plan spreads over bodies in every draw as its levers say.
    own_year = evaluate(base, scenario).year
    worths[:, 1] = objective.worth(criteria(own_year, base.assumed, baseline.pools), search.against)
    return Robust(
        objective=objective,
        level=level,
        limits=best.limits,
        central=best,
        plan=staffing_plan(scenario, case, plans[3]),
        keeps_central=keeps_central,
        own_moved=float(moved_by(own[None])[0]),
        outlooks={name: _outlook(worths[:, k], worths[:, 0], level) for k, name in enumerate(OUTLOOKS)},
        on_sample=tuple((-sampled.shortfall(sampled.answers(plans[2:]))).tolist()),
        sample=len(which),
        draws=base.draws,
        seed=seed,
    )


def _sample(worths: np.ndarray, level: float) -> tuple[np.ndarray, float]:
    """Draws that stand for the worst ones, and the level at which their worst are those: of twice as many draws as the
    tail has, the worst by `worths` (draws,), `SAMPLE` evenly by rank. Better draws have no part in the aim."""
    count = min(int(np.ceil(2 * (1 - level) * len(worths) - 1e-9)), len(worths))
    worst = np.argsort(worths, kind="stable")[:count]
    taken = min(SAMPLE, count)
    within = max(1 - (1 - level) * len(worths) / count, 0.0)
    return worst[((np.arange(taken) + 0.5) * count / taken).astype(int)], within


def _outlook(worths: np.ndarray, layout: np.ndarray, level: float) -> Outlook:
    behind = layout - worths
    behind[np.abs(behind) <= ROUND * np.abs(layout).max()] = 0.0
    return Outlook(
        goal=band(worths),
        worst=-float(expected_shortfall(-worths, level)),
        regret=float(expected_shortfall(behind, level)),
        most_regret=float(behind.max()),
        beats_layout=float((behind < 0).mean()),
    )

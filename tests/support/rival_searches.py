"""Searches set against each other, and against moves made at random, to judge what each of them finds."""

from collections.abc import Iterator

import numpy as np

from model import Scenario, shipped_baseline
from model.force.staff import people_moved
from model.search.aims.draw_sample import all_draws
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES, criteria
from model.search.aims.target import Target
from model.search.engine.best_change import best_change
from model.search.engine.opening import open_search
from model.search.engine.plan_limits import PlanLimits
from model.search.engine.plan_search import PlanSearch
from model.search.engine.staffing_plan import change_of
from model.search.frontier import AXES, Frontier
from model.search.targets import plan_for_targets

HUNAN = shipped_baseline("hunan-2021")
PLANS_A_STEP = 200
PEOPLE = (1, 1, 1, 2, 3, 5, 8)
LITTLE = 0.1
"""Part of the largest gain of as many people moved under which a point's own gain is no measure."""
SEARCHES = {"visits": "visits", "problems": "visits", "on_time_share": "on_time"}
"""The best plan that is set against the plan for a target of each measure."""


def beaten_by_random_moves(found: Frontier, scenario: Scenario, steps: int, every: int = 1) -> Iterator[float]:
    """By what part of its gain moves at random beat each point in one axis, the other and people being kept."""
    case = open_search(scenario, HUNAN, 512, 1).case
    nobody = {axis: float(values[0]) for axis, values in case.criteria(np.zeros((1, len(HUNAN.pools)))).items()}
    for point in found.points[::every]:
        here, change = point.representative, change_of(point.plan.moves, HUNAN)
        for axis, other in (AXES, AXES[::-1]):
            limits = Limits(point.plan.moved, found.limits.pool_change, least={other: here[other]})
            best = _after_random_moves(PlanLimits(case, limits), axis, change, steps)
            level = [one.representative[axis] for one in found.points if one.plan.moved <= point.plan.moved]
            gain, usual = here[axis] - nobody[axis], max(level) - nobody[axis]
            yield (best - here[axis]) / max(gain, LITTLE * usual, 1.0)


def _after_random_moves(within: PlanLimits, axis: str, change: np.ndarray, steps: int) -> float:
    """The most of a criterion after steps of `PLANS_A_STEP` plans a move or two away, the best of each kept."""
    rng, case, pools = np.random.default_rng(1), within.case, len(change)
    best = float(case.criteria(change[None])[axis][0])
    for _ in range(steps):
        plans, rows = np.tile(change, (PLANS_A_STEP, 1)), np.arange(PLANS_A_STEP)
        for is_made in (np.ones(PLANS_A_STEP), rng.random(PLANS_A_STEP) < 0.6):
            sources, targets = rng.integers(0, pools, (2, PLANS_A_STEP))
            people = rng.choice(PEOPLE, PLANS_A_STEP) * is_made
            np.subtract.at(plans, (rows, sources), people)
            np.add.at(plans, (rows, targets), people)
        plans = plans[within.keep_people(plans)]
        if not len(plans):
            continue
        years = case.years(plans)
        of_years = criteria(years, case.base.assumed, case.pools)
        values = np.where(within.broken_by_year(years, of_years) == 0, of_years[axis], -np.inf)
        if values.max() > best:
            change, best = plans[values.argmax()], float(values.max())
    return best


def targets_beside_best_plan(scenario: Scenario, measure: str, most_moved: float) -> tuple[float, list[float | None]]:
    """People whom a best plan moves, and whom the plan for what it brings of a measure does.

    The second are under no limit and under that of the best plan; None where it is said to be out of reach.
    """
    opening = open_search(scenario, HUNAN, 512, 1)
    objective = OBJECTIVES[SEARCHES[measure]]
    best = best_change(PlanSearch(opening.case, objective, Limits(most_moved=most_moved), opening.own))
    sample = all_draws(opening.case.base, opening.case.settings)
    value = sample.values([Target(measure, "total", True, 0.0)], best)[0, 0, 0]
    target = Target(measure, "total", True, float(value) * (1 - 1e-9))
    answers = [plan_for_targets(scenario, [target], limits=limits) for limits in (None, Limits(most_moved=most_moved))]
    return float(people_moved(best)), [answer.plan.moved if answer.holds else None for answer in answers]

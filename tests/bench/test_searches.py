"""How long the searches beyond one best plan take, 29 pools, 512 draws: `pytest tests/bench`.

Machines are shared and noisy: quote ratios of one run (a search over a best plan), not single times.
"""

import pytest

from model import Scenario, shipped_baseline
from model.projection.base_year import base_year_of
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES
from model.search.aims.target import read_targets
from model.search.best_plan import best_plan
from model.search.frontier import frontier
from model.search.robust import robust
from model.search.targets import plan_for_targets

HUNAN = shipped_baseline("hunan-2021")
SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
TARGETS = {
    "reached": (["on_time_share>=0.78"], None),
    "reached, two": (["visits>=62500", "on_time_share>=0.77"], None),
    "out of reach": (["on_time_share>=0.9", "duty_met>=1"], None),
    "in draws": (["visit_coverage@changsha>=0.45"], 0.8),
    "out of reach in draws": (["on_time_share>=0.75", "visits>=63000"], 0.6),
}


@pytest.fixture(autouse=True)
def base_year_at_hand():
    base_year_of(SINK, HUNAN, 512)


def test_one_best_plan_to_compare_with(benchmark):
    benchmark(lambda: best_plan(SINK, OBJECTIVES["visits"], Limits(most_moved=100)))


def test_a_frontier(benchmark):
    found = benchmark.pedantic(lambda: frontier(SINK), rounds=3)
    benchmark.extra_info["points"] = len(found.points)


@pytest.mark.parametrize("name", list(TARGETS))
def test_a_plan_for_targets(benchmark, name):
    written, probability = TARGETS[name]
    targets, _ = read_targets(written, HUNAN)
    found = benchmark.pedantic(lambda: plan_for_targets(SINK, targets, probability=probability), rounds=2)
    benchmark.extra_info["people moved"] = found.plan.moved


@pytest.mark.parametrize("goal", list(OBJECTIVES))
def test_a_robust_plan(benchmark, goal):
    benchmark.pedantic(lambda: robust(SINK, OBJECTIVES[goal], Limits(most_moved=100)), rounds=2)

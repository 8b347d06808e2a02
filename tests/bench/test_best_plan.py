"""How long a plan takes: 29 pools, whole people, a made-up nation of 925 pools: `pytest tests/bench`.

Machines are shared and noisy: quote ratios of one run (a plan over a step), not single times.
"""

import pytest
from synthetic import Size, write_baseline

from model import Scenario, read_baseline, shipped_baseline
from model.projection.base_year import base_year_of
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES
from model.search.best_plan import best_plan
from model.search.worth import worth

SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0, "staff.spread": "need"})
NATION = Size(provinces=31, prefectures=447, county_level_units=2404)


@pytest.mark.parametrize("goal", list(OBJECTIVES))
@pytest.mark.parametrize("whole", [False, True], ids=["rounded", "whole"])
def test_a_plan_with_the_base_year_at_hand(benchmark, goal, whole):
    base_year_of(SINK, shipped_baseline("hunan-2021"), 512)
    found = benchmark(lambda: best_plan(SINK, OBJECTIVES[goal], Limits(most_moved=100), whole=whole))
    benchmark.extra_info["gap"] = found.gap


def test_what_one_more_is_worth(benchmark):
    base_year_of(SINK, shipped_baseline("hunan-2021"), 512)
    benchmark(lambda: worth(SINK))


@pytest.mark.parametrize("goal", list(OBJECTIVES))
def test_a_plan_for_a_nation(benchmark, goal, tmp_path):
    baseline = read_baseline(write_baseline(tmp_path / "nation", NATION))
    base_year_of(Scenario(), baseline, 512)
    benchmark.pedantic(lambda: best_plan(Scenario(), OBJECTIVES[goal], baseline=baseline), rounds=1)

"""How long a scenario step takes, 4,096 draws by 29 pools, all measures, 60 months: `pytest tests/bench`.

Machines are shared and noisy: quote ratios of one run (a step over a base year), not single times.
"""

import resource
import sys

from model.evidence.baseline import shipped_baseline
from model.projection.base_year import base_year_of
from model.projection.project import against
from model.projection.totals import totals
from model.scenario.scenario import Scenario

BASELINE = shipped_baseline("hunan-2021")


def moved(people: int) -> Scenario:
    return Scenario(levers={"staff.change.city": -float(people), "staff.change.county": float(people)})


def peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def test_a_step_with_the_base_year_at_hand(benchmark):
    base = base_year_of(Scenario(), BASELINE)
    against(base, moved(1))
    people = iter(range(1, 10_000))
    result = benchmark(lambda: against(base, moved(next(people))))
    benchmark.extra_info["kept draws"] = result.draws.kept
    benchmark.extra_info["peak memory, MB"] = round(peak_megabytes())


def test_the_totals_of_sixteen_plans(benchmark):
    """To be held against sixteen steps."""
    base = base_year_of(Scenario(), BASELINE)
    ids = ["visits", "case_capacity", "on_time_share", "duty_met"]
    totals(base, [moved(1)], ids)
    benchmark(lambda: totals(base, [moved(people) for people in range(16)], ids))


def test_a_base_year_from_nothing(benchmark):
    seeds = iter(range(1, 10_000))
    benchmark(lambda: base_year_of(Scenario(), BASELINE, 4096, next(seeds)))

"""What 200 plans take on two cores, on one, and in a plain loop: `pytest -n 0 -s tests/bench/test_sweep.py`.

Machines are shared and noisy: quote the ratios, of an otherwise idle machine.
"""

import time

from model import Scenario, project, shipped_baseline
from model.outputs.compare.sweep.executors import here, on_cores
from model.outputs.compare.sweep.grid import plans_on, read_axis
from model.outputs.compare.sweep.many_plans import sweep
from model.outputs.phrasing.coherence import coherent

HUNAN = shipped_baseline("hunan-2021")
ROUNDS = 2


def test_two_cores_beside_one_and_a_plain_loop():
    axes = [read_axis("staff.change.city=-190:0:10", HUNAN), read_axis("other_duties_cut=0:0.09:0.01", HUNAN)]
    plans = list(plans_on(Scenario(), axes, HUNAN))
    assert len(plans) == 200
    coherent(project(plans[0]))  # closes the base year
    ways = {
        "plain loop": lambda: [coherent(project(plan)) for plan in plans],
        "one core": lambda: sweep(plans, executor=here),
        "two cores": lambda: sweep(plans, executor=on_cores(2)),
    }
    taken = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, run in ways.items():
            started = time.perf_counter()
            run()
            taken[name] = min(taken[name], time.perf_counter() - started)
    for name, seconds in taken.items():
        print(f"{name:10} {seconds:6.1f} s  one core / this {taken['one core'] / seconds:.2f}")

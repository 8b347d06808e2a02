"""Forces small enough to try every plan, to judge what searches find."""

from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
from representative import case_base
from synthetic import Size, write_baseline

from model import Baseline, Scenario, TooFewDraws, read_baseline
from model.search.programme.response import Case, open_case

DRAWS = 1024
"""The draws of a small force, of which fewer are plausible than of a large one."""


@cache
def small_force(folder: Path, seed: int, people: float) -> Baseline:
    """A force of two prefectures, which are five pools; every other seed is under the rules of 2025."""
    rules = ("2021", "2025")[seed % 2]
    size = Size(provinces=1, prefectures=2, county_level_units=6 + seed % 3 * 4, people_factor=people, rules=rules)
    return read_baseline(write_baseline(folder / f"small-{seed}-{people}", size, seed))


def small_case(folder: Path, seed: int, people: float) -> tuple[Baseline, Case | None, np.ndarray]:
    """A small force, its representative case (None where not plausible) and the own change of people, (pools,)."""
    baseline = small_force(folder, seed, people)
    try:
        case, own = open_case(case_base(Scenario(), baseline, DRAWS), Scenario())
    except TooFewDraws:
        return baseline, None, np.zeros(len(baseline.pools))
    plausible = all(passes.all() for passes in case.base.closure.passes.values())
    return baseline, case if plausible else None, own


def every_plan(low: np.ndarray, high: np.ndarray, most: int) -> np.ndarray:
    """All ways of moving at most so many whole people, (plans, pools)."""
    ranges = [range(int(max(a, -most)), int(min(b, most)) + 1) for a, b in zip(low, high, strict=True)]
    plans = np.array([plan for plan in product(*ranges) if sum(plan) == 0], float)
    return plans[np.maximum(plans, 0).sum(axis=1) <= most]

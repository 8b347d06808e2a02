"""Nothing is made or lost: hundreds of plans at the ends of every lever, in every draw (method, sections 2 to 11)."""

from functools import cache

import numpy as np
import pytest
from random_scenarios import random_levers, random_reading
from soundness import assert_conserved, assert_possible
from thorough import IS_THOROUGH

from model import ChangedAssumption, Scenario, TooFewDraws, shipped_baseline
from model.projection.base_year import BaseYear, base_year_of, some_draws
from model.projection.project import evaluate

BASELINE = shipped_baseline("hunan-2021")
PLANS, BASE_YEARS, DRAWS = 1000, 40, 32
"""Plans, base years under them, and draws of each that are looked at by day; by night all that are plausible."""


@cache
def base_year(seed: int) -> BaseYear:
    """A base year under a random reading, three assumptions at one end of their range, in some of its draws."""
    rng = np.random.default_rng(seed)
    reading = random_reading(rng)
    pinned = {}
    for id in rng.choice(sorted(BASELINE.assumptions), 3 * (seed % 2), replace=False):
        end = float(rng.choice([BASELINE.assumptions[id].low, BASELINE.assumptions[id].high]))
        pinned[str(id)] = ChangedAssumption(end, end, end, "known exactly")
    try:
        base = base_year_of(Scenario(reading=reading, assumptions=pinned), BASELINE, 512)
    except TooFewDraws:
        base = base_year_of(Scenario(reading=reading), BASELINE, 512)
    if IS_THOROUGH:
        return base
    first = int(rng.integers(0, base.draws.kept - DRAWS))
    return some_draws(base, slice(first, first + DRAWS))


@pytest.mark.parametrize("part", range(10))
@np.errstate(all="raise", under="ignore")
def test_nothing_is_made_or_lost(part):
    for number in range(part, PLANS, 10):
        base = base_year(number % BASE_YEARS)
        plan = evaluate(base, Scenario(levers=random_levers(np.random.default_rng([number, 7]), BASELINE)))
        try:
            assert_possible(base, plan)
            assert_conserved(base, plan)
        except AssertionError as fault:
            raise AssertionError(f"plan {number}: {fault}; {dict(plan.scenario.levers)}") from fault

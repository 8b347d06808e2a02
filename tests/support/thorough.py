"""How much a run tries: a sample, for which engineers wait, or all, as `FRONTLINE_TESTS=thorough` asks by night."""

import os
import random
from collections.abc import Iterable
from itertools import product
from typing import TypeVar

Case = TypeVar("Case")
Other = TypeVar("Other")
IS_THOROUGH = os.environ.get("FRONTLINE_TESTS") == "thorough"
LEAST = 2


def tries(number: int) -> int:
    """How many examples a property is tried on: so many in a thorough run, else a sixth of them."""
    return number if IS_THOROUGH else max(round(number / 6), LEAST)


def some(cases: Iterable[Case], most: int) -> list[Case]:
    """All cases in a thorough run, else the first and others at random, always the same and in their order."""
    cases = list(cases)
    if IS_THOROUGH or len(cases) <= most:
        return cases
    chosen = random.Random(len(cases)).sample(range(1, len(cases)), most - 1)
    return [cases[k] for k in sorted([0, *chosen])]


def pairs(cases: Iterable[Case], others: Iterable[Other]) -> list[tuple[Case, Other]]:
    """Every case with every other one in a thorough run, else as few pairs as bring each of both once."""
    cases, others = list(cases), list(others)
    if IS_THOROUGH:
        return list(product(cases, others))
    return [(cases[k % len(cases)], others[k % len(others)]) for k in range(max(len(cases), len(others)))]

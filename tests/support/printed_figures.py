"""Plans whose printed figures are walked, and what it means that printed figures add up."""

import re

import numpy as np
from random_scenarios import random_levers
from thorough import some

from model import Scenario, shipped_baseline

BASELINE = shipped_baseline("hunan-2021")
PLANS = some(range(40), 12)


def scenario(k: int) -> Scenario:
    """The base year, 100 people moved, then plans drawn at random with most levers at their ends."""
    moved = [{}, {"staff.change.city": -100.0, "staff.change.county": 100.0}]
    return Scenario(levers=moved[k] if k < 2 else random_levers(np.random.default_rng(k), BASELINE, 0.4))


def number(written: str) -> float:
    """A printed number; `+` and both minus signs, thousands, percent."""
    (digits,) = re.findall(r"[-−+]?[\d,]+(?:\.\d+)?", written)
    return float(digits.replace("−", "-").replace(",", ""))


def assert_adds_up(base: str, after: str, change: str, where: str) -> None:
    lack = number(base) + number(change) - number(after)
    assert abs(lack) < 1e-6, f"{where}: {base} {change} is not {after}"

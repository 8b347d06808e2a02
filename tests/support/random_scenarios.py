"""Scenarios drawn at random with a seed, every lever in them, mostly at the ends of what it may be."""

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.force.seats import movable
from model.scenario.levers import Lever, Value, has_needs, levers
from model.scenario.scenario import READINGS

MOVES = ("staff.new_posts", *(f"staff.change.{tier}" for tier in TIERS))


def random_levers(rng: np.random.Generator, baseline: Baseline, share: float = 0.5) -> dict[str, Value]:
    """Each lever off its base by chance; with `share` near 1 nearly all at once."""
    table = levers(baseline)
    chosen = {}
    for id, lever in table.items():
        if id not in MOVES and rng.random() < share:
            chosen[id] = random_value(rng, lever, baseline)
    for id, lever in table.items():
        if id in chosen and not has_needs(lever, chosen, baseline):
            chosen[lever.needs[0]] = lever.needs[1]
    return chosen | (random_moves(rng, baseline) if rng.random() < share else {})


def random_value(rng: np.random.Generator, lever: Lever, baseline: Baseline) -> Value:
    """A value that a lever may have: one end, the other, or between."""
    if lever.kind == "spread" and rng.random() < 0.5:
        return {prefecture.id: float(rng.integers(0, 4)) for prefecture in baseline.prefectures} | {
            baseline.prefectures[0].id: 1.0
        }
    if lever.choices:
        return str(rng.choice(lever.choices))
    if lever.kind == "moves":
        some = rng.random(len(baseline.pools)) < 0.3
        people = np.where(rng.random(len(some)) < 0.5, -movable(baseline), rng.integers(1, 300, len(some)))
        return {key: float(n) for key, n, moves in zip(baseline.pool_keys, people, some, strict=True) if moves and n}
    value = rng.choice([lever.low, lever.high, rng.uniform(lever.low, lever.high)])
    return float(np.round(value)) if lever.kind == "whole" else float(value)


def random_moves(rng: np.random.Generator, baseline: Baseline) -> dict[str, float]:
    """New posts and changes of the three tiers within their bounds, which add up to the new posts."""
    table = levers(baseline)
    posts, province, city, county = (table[id] for id in MOVES)
    new = random_value(rng, posts, baseline)
    parts = []
    for tier, others in ((province, (city, county)), (city, (county,))):
        rest = new - sum(parts)
        low = max(tier.low, rest - sum(other.high for other in others))
        high = min(tier.high, rest - sum(other.low for other in others))
        parts.append(float(np.round(rng.choice([low, high, rng.uniform(low, high)]))))
    return dict(zip(MOVES, (new, *parts, new - sum(parts)), strict=True))


def random_reading(rng: np.random.Generator) -> dict[str, str]:
    """A word for each thing that the report leaves open."""
    return {name: str(rng.choice(words)) for name, words in READINGS.items()}

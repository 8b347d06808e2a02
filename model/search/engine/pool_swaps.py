"""Swaps: a few people go from one pool to another, each time where the full model likes it best."""

import numpy as np

from model.force.staff import people_moved
from model.search.engine.full_model import FullModel
from model.search.programme.staffing_programme import LEAST_GAIN, LEAST_WORTH

MOST_SWAPS, SWAPS_TRIED, PEOPLE_TRIED = 20, 60, (1, 2, 3, 5, 8, 13)
"""Swaps made, pairs of pools tried for each, and of how many people."""
MOST_POOL_YEARS = 4_000_000
"""Years of a pool asked of the full model before a large force is content with the swaps it has."""


def after_swaps(full_model: FullModel, change: np.ndarray) -> np.ndarray:
    """A change of whole people, (pools,), after swaps that gain by the full model, within its limits.

    A swap that moves more people must gain the least part of the objective that a move is made for.
    """
    pools, one, score = len(change), np.eye(len(change)), full_model.scores(change[None])[0]
    years = 2 * pools + SWAPS_TRIED * len(PEOPLE_TRIED)
    for _ in range(max(min(MOST_SWAPS, MOST_POOL_YEARS // (years * pools)), 1)):
        apart = full_model.year_scores(np.concatenate([change - one, change + one]))
        pairs = np.where(_may_swap(full_model, change), np.add.outer(apart[:pools], apart[pools:]), -np.inf)
        best = np.argsort(-pairs, axis=None)[:SWAPS_TRIED]
        best = best[np.isfinite(pairs.ravel()[best])]
        swaps = one[best % pools] - one[best // pools]
        changes = np.concatenate([change + heads * swaps for heads in PEOPLE_TRIED])
        scores = full_model.scores(changes)
        more = people_moved(changes) - people_moved(change)
        net = scores - full_model.unit * np.maximum(LEAST_GAIN * more, LEAST_WORTH)
        if not len(changes) or net.max() <= score:
            break
        k = int(net.argmax())
        change, score = changes[k], scores[k]
    return change


def _may_swap(full_model: FullModel, change: np.ndarray) -> np.ndarray:
    """Between which pools one person more may go, (from, to)."""
    low, high = full_model.within.bounds
    most = full_model.within.limits.most_moved
    ways = np.outer(change > low, change < high) & ~np.eye(len(change), dtype=bool)
    if most is not None and people_moved(change) >= most:
        ways &= ~np.outer(change <= 0, change >= 0)
    return ways

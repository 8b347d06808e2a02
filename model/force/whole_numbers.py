"""Whole numbers that add up: people, visits and crews come in ones, and their sums must hold."""

import numpy as np


def whole(parts: np.ndarray, total: int | None = None) -> np.ndarray:
    """Whole numbers near the parts that add up to `total`, by largest remainders.

    `total` is by default the sum of the parts, rounded. The parts may have any shape; the answer has the same one, as
    integers. Parts below 0 round as others do. Of equal remainders the first is rounded up.

    >>> whole(np.array([1.5, 2.2, 0.3])).tolist(), whole(np.array([1.5, 2.2, 0.3]), 3).tolist()
    ([2, 2, 0], [1, 2, 0])
    >>> whole(np.array([-1.5, 0.8, 0.7])).tolist()
    [-2, 1, 1]
    """
    flat = np.ravel(parts)
    numbers = np.floor(flat + 1e-9).astype(int)
    missing = (round(flat.sum()) if total is None else total) - numbers.sum()
    numbers[np.argsort(numbers - flat, kind="stable")[:missing]] += 1
    return numbers.reshape(np.shape(parts))


def shared(total: int, weights: np.ndarray) -> np.ndarray:
    """A whole number shared out in proportion to weights of any shape; evenly where all of them are 0.

    Whole weights that add up to the total or more are never exceeded.

    >>> shared(7, np.array([1, 1, 2])).tolist(), shared(3, np.zeros(2)).tolist()
    ([2, 2, 3], [2, 1])
    """
    weights = weights if weights.sum() > 0 else np.ones_like(weights)
    return whole(total * weights / weights.sum())


def paced(total: int, weights: np.ndarray, start: float) -> np.ndarray:
    """A whole number shared out over time by weights, never more than one ahead or behind.

    Evenly where all weights are 0. `start` in [0, 1) is the part of the first one that is due before the first period:
    series with few each, given different starts, do not all have them at the same time.

    >>> paced(3, np.ones(12), 0.0).tolist(), paced(3, np.ones(12), 0.5).tolist()
    ([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0])
    """
    weights = weights if weights.sum() > 0 else np.ones_like(weights)
    due = total * np.concatenate([[0.0], np.cumsum(weights) / weights.sum()]) + start
    return np.diff(np.floor(due + 1e-9).astype(int))

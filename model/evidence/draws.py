"""Draws of the assumptions: all unknowns together, the same numbers every time (method, section 2)."""

from collections.abc import Mapping

import numpy as np
from scipy.special import ndtri

from model.evidence.figures import Assumption

Quantity = float | np.ndarray
"""A number, or an array that broadcasts with the others: draws down, pools across."""

Assumed = Mapping[str, np.ndarray]
"""Values of the assumptions by id, each of shape (draws, 1): draws down, pools across."""


def triangular(uniform: np.ndarray, low: float, mid: float, high: float) -> np.ndarray:
    """Quantile of the triangular distribution at `uniform` in [0, 1]; the constant where low equals high.

    >>> [round(float(triangular(np.array(u), 0, 1, 4)), 3) for u in (0, 0.25, 1)]
    [0.0, 1.0, 4.0]
    """
    if high == low:
        return np.full_like(uniform, mid)
    turn = (mid - low) / (high - low)
    rising = low + np.sqrt(uniform * (high - low) * (mid - low))
    falling = high - np.sqrt((1 - uniform) * (high - low) * (high - mid))
    return np.where(uniform < turn, rising, falling)


def draw(assumptions: Mapping[str, Assumption], draws: int, seed: int) -> Assumed:
    """Scrambled Sobol draws of all assumptions that the base year does not close.

    Each assumption has a dimension of its own, in order of id: another range of one leaves the draws of the others as
    they were. Same ranges, `draws` and `seed`: same values.
    """
    from scipy.stats import qmc  # Half the time of a start, which those who draw nothing need not wait for.

    ids = sorted(id for id, assumption in assumptions.items() if not assumption.closed)
    sobol = qmc.Sobol(len(ids), scramble=True, rng=seed)
    uniform = sobol.random_base2(int(np.ceil(np.log2(draws))))[:draws]
    return {id: quantile(assumptions[id], uniform[:, [k]]) for k, id in enumerate(ids)}


def quantile(assumption: Assumption, uniform: np.ndarray) -> np.ndarray:
    """Values of an assumption at `uniform` in [0, 1], of any shape."""
    if assumption.is_normal:
        return ndtri(uniform)
    return triangular(uniform, assumption.low, assumption.mid, assumption.high)


def mids(assumptions: Mapping[str, Assumption]) -> Assumed:
    """One draw with every assumption at its mid, the closed ones left out.

    It is the likeliest value of each, and no middle of what follows from all.
    """
    return {id: np.array([[a.mid]]) for id, a in assumptions.items() if not a.closed}

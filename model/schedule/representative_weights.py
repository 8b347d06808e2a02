"""Weights of draws under which averages are medians, and so add up, which medians do not."""

import numpy as np

STEPS = 60
"""Newton's steps at most."""
EXACT = 1e-9
"""Distance from its target, in standard deviations, at which an average counts as met."""


def representative_weights(quantities: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The most even weights of draws, (draws,), under which the average of each quantity is its target.

    `quantities` are (quantities, draws), `targets` (quantities,). Weights are not negative and add up to 1; the most
    even ones have the least Kullback-Leibler divergence (Deville and Särndal 1992, case 2; Hainmueller 2012). Averages
    under them are one year: whatever adds up in every draw adds up in it. Quantities that hardly vary are passed over,
    and targets that only the least or the largest draws meet; of the others as many are met, in their order, as any
    weights can meet.

    >>> weights = representative_weights(np.array([[1.0, 2.0, 6.0]]), np.array([2.0]))
    >>> weights.round(3).tolist(), round(float(weights @ [1.0, 2.0, 6.0]), 9)
    ([0.498, 0.377, 0.125], 2.0)
    """
    spread = quantities.std(axis=1)
    slack = 1e-9 * np.maximum(np.abs(quantities).max(axis=1), 1e-12)
    inside = (quantities.min(axis=1) + slack < targets) & (targets < quantities.max(axis=1) - slack)
    within = np.flatnonzero((spread > slack) & inside)
    gaps = (quantities[within] - targets[within, None]) / spread[within, None]
    weights_met = (_tilted_weights(gaps[:count]) for count in range(len(gaps), -1, -1))
    return next(weights for weights in weights_met if weights is not None)


def _tilted_weights(gaps: np.ndarray) -> np.ndarray | None:
    """Weights (draws,) proportional to exp(tilt of gaps) under which all gaps (gaps, draws) average 0.

    Newton's steps on the convex dual, none longer than 1. None where no weights do.
    """
    tilt = np.zeros(len(gaps))
    for _ in range(STEPS):
        exponents = tilt @ gaps
        weights = np.exp(exponents - exponents.max())
        weights /= weights.sum()
        means = gaps @ weights
        if np.abs(means).max(initial=0.0) < EXACT:
            return weights
        curvature = (gaps * weights) @ gaps.T - np.outer(means, means)
        step = np.linalg.lstsq(curvature, means, rcond=None)[0]
        tilt -= step / max(1.0, float(np.linalg.norm(step)))
    return None

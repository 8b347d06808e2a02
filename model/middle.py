"""One year in the middle of the draws, whose parts add up: medians do not, averages do."""

import numpy as np

STEPS = 60
EXACT = 1e-9


def middle_weights(quantities: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Weights of the draws (draws,), none negative, that add up to 1 and make the average of each quantity (quantities,
    draws) its target (quantities,); of all such weights the most even (least Kullback-Leibler divergence: Deville and
    Särndal 1992, case 2; Hainmueller 2012).

    The averages under them are one year: whatever adds up in every draw adds up in it. Quantities that hardly vary are
    passed over. Where no weights meet all targets (one is the least any draw gives) only the first is met, and where
    that cannot be either, all draws weigh the same.

    >>> weights = middle_weights(np.array([[1.0, 2.0, 6.0]]), np.array([2.0]))
    >>> weights.round(3).tolist(), round(float(weights @ [1.0, 2.0, 6.0]), 9)
    ([0.498, 0.377, 0.125], 2.0)
    """
    size = np.maximum(np.abs(quantities).max(axis=1), 1e-12)
    for count in (len(quantities), 1):
        spread = quantities[:count].std(axis=1)
        varying = np.flatnonzero(spread > 1e-9 * size[:count])
        gaps = (quantities[varying] - targets[varying, None]) / spread[varying, None]
        weights = _tilted(gaps)
        if weights is not None:
            return weights
    return np.full(quantities.shape[1], 1 / quantities.shape[1])


def _tilted(gaps: np.ndarray) -> np.ndarray | None:
    """Weights proportional to exp(tilt of gaps) under which every gap (gaps, draws) averages 0, by Newton's steps on
    the convex dual, none longer than 1; None where there are none."""
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

"""A queue that starts empty: reflected Brownian motion in closed form (method, section 8)."""

import numpy as np
from scipy.special import ndtr

from model.evidence.draws import Quantity

LEAST_DRIFT = 1e-4
"""Drift that a queue just balanced is given: the closed forms divide by it."""

SETTLED = 12.0
"""Age (`queue_age`) from which a falling queue has forgotten its start but for the time that it took to settle."""

_LARGEST_EXPONENT = 700.0


def queue_age(drift: Quantity, variance: Quantity, time: Quantity) -> np.ndarray:
    """Age of the queue in its own time, drift^2 x time / variance; any shapes that broadcast."""
    return np.square(drift) * time / variance


def share_above(level: Quantity, drift: Quantity, variance: Quantity, time: Quantity) -> np.ndarray:
    """Share of a time in which the motion, from 0 and reflected there, stands above a level >= 0.

    `drift` is what comes less what can go, `variance` that of a unit of time. For a falling queue and a long time it is
    the exponential tail exp(2 drift level / variance). Any shapes that broadcast. The time's mean of the first passage
    (inverse Gaussian), which has the same law at any one time (Harrison, Brownian Motion and Stochastic Flow Systems,
    1985, 1.8).

    >>> [round(float(share_above(1.0, drift, 1.0, 1e4)), 3) for drift in (-1.0, 0.0, 1.0)]
    [0.135, 0.984, 1.0]
    """
    reach = np.sqrt(variance * time)
    way = np.where(np.abs(drift) < LEAST_DRIFT, LEAST_DRIFT, drift) * time
    directly = ndtr((way - level) / reach)
    reflected = np.exp(np.minimum(2 * way * level / reach**2, _LARGEST_EXPONENT)) * ndtr((-way - level) / reach)
    return directly + reflected - level / way * (directly - reflected)


def mean_beside_drift(drift: Quantity, variance: Quantity, time: Quantity) -> np.ndarray:
    """Mean of the motion over a time from 0, less what a growing queue grows steadily.

    A growing queue stands above its steady growth as a falling one of the same speed stands above 0, so the sign of
    `drift` does not matter; variance / (2 |drift|) after a long time. Any shapes that broadcast (Abate and Whitt,
    Transient behavior of regulated Brownian motion, 1987).

    >>> [round(float(mean_beside_drift(drift, 2.0, 1e4))) for drift in (-0.5, 0.5, 0.0)]
    [2, 2, 75]
    """
    speed = np.maximum(np.abs(drift), LEAST_DRIFT)
    age = queue_age(speed, variance, time)
    lost = np.full(age.shape, 0.5)
    young = age < SETTLED
    lost[young] = _lost_to_the_start(age[young])
    return variance / (2 * speed) * (1 - lost / age)


def idle_share(drift: Quantity, variance: Quantity, time: Quantity) -> np.ndarray:
    """Share of a time from 0 in which those who serve have nothing to do.

    A falling queue settles at -`drift`; a growing one leaves time only until it has grown. It is what the motion is
    pushed up by at 0 (its local time), the mean at the end less the drift. Any shapes that broadcast.

    >>> [round(float(idle_share(drift, 2.0, 1e4)), 4) for drift in (-0.5, 0.5, 0.0)]
    [0.5002, 0.0002, 0.0112]
    """
    speed = np.maximum(np.abs(drift), LEAST_DRIFT)
    age = queue_age(speed, variance, time)
    root, tail, bell = _normal(age)
    # The mean at the end over that after a long time, as the slope of what is lost to the start.
    mean = 1 - 2 * ((1 + age) * tail - root * bell / np.sqrt(2 * np.pi))
    return np.maximum(-np.asarray(drift), 0.0) + variance / (2 * speed * time) * mean


def _lost_to_the_start(age: np.ndarray) -> np.ndarray:
    """Integral over the age of 1 - mean / mean after a long time; 1/2 in the end."""
    root, tail, bell = _normal(age)
    density = bell / np.sqrt(2 * np.pi)
    return (2 * age + age**2) * tail + 0.5 - tail - (root + root**3) * density


def _normal(age: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Root of the age, the normal chance to be beyond it, and the density there but for its factor."""
    root = np.sqrt(age)
    return root, ndtr(-root), np.exp(-age / 2)

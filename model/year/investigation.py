"""Cases: how long investigation takes and whether the decision comes in time (method, section 8)."""

import numpy as np
from scipy.special import ndtr

from model.evidence.draws import Quantity

MOST_BUSY = 0.95
"""Above this committed share the mean time of a steady state says more of the formula than of the office; months
carry the backlog."""

NO_WAIT = 0.01
"""Calendar days: a shorter mean wait moves the share in time by less than a thousandth and is left out."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(10)
WAIT_NODES, WAIT_WEIGHTS = 1 - ((1 - _NODES) / 2) ** 2, _WEIGHTS * (1 - _NODES) / 2
"""Where, from 0 to 1, and with what weights `share_in_time` looks at the wait's tail. Squared, so that the nodes crowd
where the wait leaves little time and the share falls off steeply."""


def investigation_days(base_days: Quantity, base_busy: Quantity, busy: Quantity) -> np.ndarray:
    """Mean calendar days of investigation when officers carry several files at once (processor sharing): base days x (1
    - u0) / (1 - u).

    `busy` u is the committed share of field time, `base_busy` u0 the same in the base year. `inf` for u >= 1: no steady
    state, nor for u0 >= 1, in a base year that is not plausible.

    >>> [float(investigation_days(40, u0, u)) for u0, u in ((0.5, 0.5), (0.5, 0.75), (0.5, 1), (1, 0.5))]
    [40.0, 80.0, inf, inf]
    """
    spare, base_spare = 1 - np.asarray(busy, float), 1 - np.asarray(base_busy, float)
    steady = (spare > 0) & (base_spare > 0)
    return np.where(steady, np.asarray(base_days) * base_spare / np.where(steady, spare, 1.0), np.inf)


def share_in_time(
    days_left: Quantity, investigation_mean: Quantity, cv: Quantity, waits: Quantity, mean_wait: Quantity
) -> np.ndarray:
    """P(investigation + wait for review <= days left).

    Investigation is lognormal with the given mean and coefficient of variation; the wait is 0 with probability 1 -
    `waits`, else exponential, so that its mean over all files is `mean_wait`. `days_left` is the limit less the fixed
    steps. All in calendar days, any shapes that broadcast. 0 where a mean is infinite (no steady state).

    Integrates over the wait's survival by 10 Gauss-Legendre nodes; the test holds it to 1e-3 of the exact integral.
    """
    days_left, mean, mean_wait = (np.asarray(days, float) for days in (days_left, investigation_mean, mean_wait))
    variance = np.log1p(np.square(cv))
    spread = np.sqrt(variance)
    log_mean = np.log(np.where(np.isfinite(mean), mean, 1.0)) - variance / 2
    steady = np.isfinite(mean) & np.isfinite(mean_wait) & (days_left > 0)
    in_time = np.array(ndtr((np.log(np.maximum(days_left, 1e-12)) - log_mean) / spread) * steady)

    waiting = steady & (mean_wait > NO_WAIT)
    left, log_mean, spread, waits, mean_wait = (
        values[waiting] for values in np.broadcast_arrays(days_left, log_mean, spread, waits, mean_wait, waiting)[:5]
    )
    tail = mean_wait / waits
    reach = -np.expm1(-left / tail)
    after_wait = np.zeros(left.shape)
    scale, shift = 1 / spread, log_mean / spread
    for late, weight in zip(WAIT_NODES, WAIT_WEIGHTS, strict=True):
        remaining = left + tail * np.log1p(-late * reach)
        after_wait += weight * ndtr(np.log(remaining) * scale - shift)
    in_time[waiting] += waits * (reach * after_wait - in_time[waiting])
    return in_time

"""Days of investigation when officers carry several files at once (method, section 8)."""

import numpy as np

from model.evidence.draws import Quantity

MOST_BUSY = 0.95
"""Committed share of field time at which the mean days of a steady state are cut off.

Above it they say more of the formula than of the office; the months carry the backlog.
"""


def investigation_days(base_days: Quantity, base_busy: Quantity, busy: Quantity) -> np.ndarray:
    """Mean calendar days of investigation by processor sharing: base days x (1 - u0) / (1 - u).

    `busy` u is the committed share of field time, `base_busy` u0 the same in the base year. `inf` for u >= 1, where
    there is no steady state, and for u0 >= 1, a base year that is not plausible. Any shapes that broadcast.

    >>> [float(investigation_days(40, u0, u)) for u0, u in ((0.5, 0.5), (0.5, 0.75), (0.5, 1), (1, 0.5))]
    [40.0, 80.0, inf, inf]
    """
    spare, base_spare = 1 - np.asarray(busy, float), 1 - np.asarray(base_busy, float)
    steady = (spare > 0) & (base_spare > 0)
    return np.where(steady, np.asarray(base_days) * base_spare / np.where(steady, spare, 1.0), np.inf)

"""Days of investigation when officers carry several files at once (method, section 8)."""

import numpy as np
from scipy.special import ndtr

from model.evidence.draws import Quantity
from model.year.calm_start import mean_beside_drift

MOST_BUSY = 0.95
"""Committed share of a base year's field time above which a file alone is taken to need no fewer days."""

LEAST_GROWTH = 1e-6
"""Growth of a backlog, in files over files done, below which it is none: it divides."""


def investigation_days(base_days: Quantity, base_busy: Quantity, busy: Quantity, horizon: Quantity) -> np.ndarray:
    """Mean calendar days of investigation by processor sharing, of the files filed in a horizon of days.

    A file alone would take base days x (1 - u0). It shares its officers with the files that wait in a queue of load u
    which starts empty, u / (1 - u) of them after a long time. `busy` u is the committed share of field time,
    `base_busy` u0 the same in the base year. Above 1 the steady growth of the backlog is left out (`growing_share`).
    Any shapes that broadcast (Kleinrock, Queueing Systems II, 1976, 4.4; Abate and Whitt, 1987).

    >>> [round(float(investigation_days(40, 0.5, u, 1e6)), 1) for u in (0.5, 0.75)]
    [40.0, 80.0]
    >>> [round(float(investigation_days(40, 0.5, u, 1825)), 1) for u in (0.75, 0.99, 1, 1.01)]
    [73.2, 160.3, 165.5, 161.7]
    """
    alone = base_days * np.maximum(1 - np.asarray(base_busy, float), 1 - MOST_BUSY)

    def files(load: Quantity) -> np.ndarray:
        """Files at the officers' hands, with the one looked at."""
        return 1 + mean_beside_drift(np.asarray(load, float) - 1, 2 * np.maximum(load, 1e-9), horizon / alone)

    return base_days * files(busy) / files(base_busy)


def investigation_variance(base_cv: Quantity, base_busy: Quantity, busy: Quantity) -> np.ndarray:
    """Squared coefficient of variation of the days of investigation, which grows with the load.

    In the proportion of M/M/1 under processor sharing, (2 + u) / (2 - u), up to load 1 (Coffman, Muntz and Trotter,
    Waiting time distributions for processor-sharing systems, 1970). Any shapes that broadcast.

    >>> [round(float(investigation_variance(0.8, 0.5, u)), 3) for u in (0.0, 0.5, 1.0, 2.0)]
    [0.384, 0.64, 1.152, 1.152]
    """

    def spread(load: Quantity) -> np.ndarray:
        """Squared coefficient of variation of days where the effort is exponential."""
        load = np.minimum(load, 1.0)
        return (2 + load) / (2 - load)

    return np.square(base_cv) / spread(base_busy) * spread(busy)


def growing_share(
    days_left: Quantity, mean: Quantity, variance: Quantity, growth: Quantity, horizon: Quantity
) -> np.ndarray:
    """Share investigated in the days left where a backlog grows, over that where none does.

    `variance` is the squared coefficient of variation, `growth` files over those that there is time for, less 1: a file
    filed at t has growth x (1 + growth) x t days more in the mean; t runs over the horizon. 1 where nothing grows, and
    where there is no time at all, in which nothing is investigated anyway. Any shapes that broadcast.
    """
    share = np.ones(np.broadcast_shapes(*map(np.shape, (days_left, mean, variance, growth, horizon))))
    grows = np.broadcast_to((np.asarray(growth) > LEAST_GROWTH) & (np.asarray(days_left) > 0), share.shape)
    if not grows.any():
        return share
    left, first, variance, growth, horizon = (
        values[grows] for values in np.broadcast_arrays(days_left, mean, variance, growth, horizon)
    )
    more = growth * (1 + growth) * horizon
    spread = np.sqrt(np.log(1 + variance))

    def below(mean: np.ndarray) -> np.ndarray:
        """Integral of the share in time over the mean, from 0."""
        late = np.log(mean / left) / spread
        return mean * ndtr(spread / 2 - late) + left * (1 + variance) * ndtr(late - 1.5 * spread)

    at_once = ndtr(spread / 2 - np.log(first / left) / spread)
    share[grows] = np.maximum(below(first + more) - below(first), 0.0) / more / np.maximum(at_once, 1e-300)
    return share

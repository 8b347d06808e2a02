"""An office simulated file by file from an empty start, without the formulas of method section 8."""

import numpy as np


def lognormal(random: np.random.Generator, mean: float, cv: float, shape: tuple[int, ...]) -> np.ndarray:
    variance = np.log1p(cv**2)
    return random.lognormal(np.log(mean) - variance / 2, np.sqrt(variance), shape)


def share_in_time(
    load: float,
    reviewers: int,
    years: tuple[int, ...],
    *,
    offices: int,
    review: float = 3.0,
    review_cv: float = 0.8,
    investigation: float = 40.0,
    investigation_cv: float = 0.8,
    days: float = 65.0,
) -> list[float]:
    """Share of the files filed in so many years that are investigated and reviewed within so many days.

    Files are filed at random, investigated at once and side by side, then reviewed one by one in the order in which
    they come. Many offices run at once, a row each.
    """
    random = np.random.default_rng(20211025)
    rate, horizon = load * reviewers / review, 365 * max(years)
    many = int(rate * horizon + 6 * np.sqrt(rate * horizon)) + 10
    filed = np.cumsum(random.exponential(1 / rate, (offices, many)), axis=1)
    ready = filed + lognormal(random, investigation, investigation_cv, (offices, many))
    effort = lognormal(random, review, review_cv, (many, offices))
    order = np.argsort(ready, axis=1)
    in_order = np.take_along_axis(ready, order, axis=1)
    free, office, done = np.zeros((offices, reviewers)), np.arange(offices), np.empty((offices, many))
    for k in range(many):
        first = free.argmin(axis=1)
        end = np.maximum(in_order[:, k], free[office, first]) + effort[k]
        free[office, first] = done[:, k] = end
    decided = np.empty_like(done)
    np.put_along_axis(decided, order, done, axis=1)
    return [float((decided - filed <= days)[filed < 365 * one].mean()) for one in years]

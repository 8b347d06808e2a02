"""Own records in the base year, believed in part: lasting differences of pools (method, section 18)."""

from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.draws import Assumed
from model.evidence.records import Record

ENOUGH_RECORDS = 10
"""Records of a measure from which on the spread between pools is estimated from them."""


@dataclass(frozen=True, eq=False)
class Belief:
    """What the records of one measure make of the model's amounts.

    `gain` (draws, pools) is the amount that is believed over the model's own; 1 in pools that no record counts, of
    which the others are true in `is_counted` (pools,). `model` and `used` (records, draws) are the amounts of each
    record's pools, before and after.
    """

    records: tuple[Record, ...]
    gain: np.ndarray
    is_counted: np.ndarray
    model: np.ndarray
    used: np.ndarray


def lasting_difference(
    observed: np.ndarray, model: np.ndarray, between: np.ndarray, within: np.ndarray, chance: np.ndarray
) -> np.ndarray:
    """The lasting difference a of a pool in logs, given a year's count: a draw of its distribution.

    log(observed) = log(model) + a + e with a ~ N(0, between^2) and e ~ N(0, within^2), so that a given the count is
    normal with mean w log(observed / model) and variance w within^2, w = between^2 / (between^2 + within^2). `chance`
    is the standard normal number of the draw. Any shapes that broadcast.

    >>> case = np.array(1.5), np.array(1.0), np.array(0.25), np.array(0.1)
    >>> mean, above = (float(lasting_difference(*case, np.array(chance))) for chance in (0.0, 1.0))
    >>> round(mean, 6), round(above - mean, 6)
    (0.349539, 0.092848)
    """
    weight = np.square(between) / np.maximum(np.square(between) + np.square(within), 1e-300)
    return weight * np.log(observed / model) + np.sqrt(weight) * within * chance


def belief(measure: str, amounts: np.ndarray, baseline: Baseline, assumed: Assumed) -> Belief | None:
    """What the records of a measure make of the model's `amounts` a year; None without records.

    `amounts` are (draws, pools). From ten records on the spread between pools is the likeliest under each draw, else it
    is `pool_cv`.
    """
    records = tuple(record for record in baseline.records if record.measure == measure)
    if not records:
        return None
    counted = np.array([[record.counts(*pool) for pool in baseline.pool_names] for record in records], float)
    model = np.maximum(counted @ amounts.T, 1e-9)
    observed = np.array([record.a_year for record in records])[:, None]
    within, between = assumed["count_cv"].T, assumed["pool_cv"].T
    if len(records) >= ENOUGH_RECORDS:
        between = np.sqrt(np.maximum(np.square(np.log(observed / model)).mean(axis=0) - np.square(within), 0.0))
    chance = np.stack([_chance(record, assumed) for record in records])
    differences = lasting_difference(observed, model, between, within, chance)
    gain = np.exp(differences.T @ counted)
    return Belief(records, gain, counted.sum(axis=0) > 0, model, model * np.exp(differences))


def _chance(record: Record, assumed: Assumed) -> np.ndarray:
    """The chance in a record's count, (draws,)."""
    return assumed[record.chance][:, 0]


def shares_believed(shares: np.ndarray, cases: Belief | None) -> np.ndarray:
    """Shares of filed cases that each pool leads, (draws, pools), as the records of cases have it.

    What the counted pools leave goes to the others in the model's proportion, so that all add up to 1.
    """
    if cases is None:
        return shares
    wanted = shares * cases.gain
    counted = wanted * cases.is_counted
    others = shares * ~cases.is_counted
    left = 1 - counted.sum(axis=1, keepdims=True)
    rest = others.sum(axis=1, keepdims=True)
    fits = (left > 0) & (rest > 0)
    spread = counted + others * np.where(fits, left / np.maximum(rest, 1e-12), 1.0)
    return spread / spread.sum(axis=1, keepdims=True)

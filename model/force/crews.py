"""Crews under the two-officer rule (Administrative Penalty Law 2021, art. 42)."""

import numpy as np

from model.evidence.draws import Quantity

NOBODY = 1e-12
"""Pairs below this are none."""


def expected_crews(officers: Quantity, presence: Quantity) -> np.ndarray:
    """Crews of two that a body forms on an average day: E[floor(X / 2)], X ~ Bin(officers, presence).

    Exact for a whole number of officers; between whole numbers a straight line, the mean over bodies of both sizes.
    Fewer than two officers form no crew. `presence` in [0, 1]. Any shapes that broadcast (method, section 4).

    >>> [round(float(expected_crews(x, q)), 4) for x, q in [(11, 0.9), (5, 0.85), (2, 0.9), (1, 0.9)]]
    [4.6785, 1.833, 0.81, 0.0]
    """
    officers, presence = np.asarray(officers, float), np.asarray(presence, float)
    whole = np.floor(officers)
    # E[floor(X/2)] = (E[X] - P(X odd)) / 2 and P(X odd) = (1 - (1 - 2q)^x) / 2.
    swing = 1 - 2 * presence
    odd = whole > 2 * np.floor(whole / 2)
    power = np.exp(whole * np.log(np.maximum(np.abs(swing), 1e-300))) * np.where(odd, np.sign(swing), 1.0)
    below = (whole * presence - (1 - power) / 2) / 2
    above = ((whole + 1) * presence - (1 - power * swing) / 2) / 2
    return below + (officers - whole) * (above - below)


def pairing_efficiency(officers: Quantity, presence: Quantity, crews: np.ndarray | None = None) -> np.ndarray:
    """Share of officers present who find a partner, 0 to 1: E[crews] over half of those present.

    `crews` spares a caller who has them the expected crews. 0 where nobody is there.

    >>> round(float(pairing_efficiency(3, 0.9)), 2), float(pairing_efficiency(0, 0.9))
    (0.72, 0.0)
    """
    crews = expected_crews(officers, presence) if crews is None else crews
    pairs = np.asarray(officers, float) * presence / 2
    return np.clip(crews / np.maximum(pairs, NOBODY), 0.0, 1.0)

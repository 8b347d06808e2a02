"""Plans in whole people: all of them where they are few, and the one nearest to any other plan."""

import numpy as np

from model.force.staff import people_moved
from model.force.whole_numbers import whole

MOST_PLANS = 5_000
"""Most whole plans that are all judged: there are no more with few people moved or few pools."""
MOST_TRIED = 100_000
"""Plans of one more person moved, with equal ones among them, before they count as too many."""
ROUND = 1e-6


def every_plan(low: np.ndarray, high: np.ndarray, most: float | None) -> np.ndarray | None:
    """All ways of moving at most so many whole people between pools, (plans, pools).

    Each pool changes from `low` to `high`, (pools,). None where they are more than `MOST_PLANS`, or nothing limits how
    many may move.

    >>> every_plan(np.array([-1.0, -1.0]), np.array([0.0, 2.0]), 2).tolist()
    [[0.0, 0.0], [-1.0, 1.0]]
    """
    one, pools = np.eye(len(low)), len(low)
    if most is None or pools * (pools - 1) >= MOST_PLANS:
        return None
    ways = (one[:, None] - one)[~np.eye(pools, dtype=bool)]
    every = last = np.zeros((1, pools))
    for moved in range(1, int(most) + 1):
        if len(last) * len(ways) > MOST_TRIED:
            return None
        changes = (last[:, None] + ways).reshape(-1, pools)
        allowed = ((changes >= low) & (changes <= high)).all(axis=1) & (people_moved(changes) == moved)
        last = np.unique(changes[allowed], axis=0)
        every = np.concatenate([every, last])
        if not len(last) or len(every) > MOST_PLANS:
            break
    return every if len(every) <= MOST_PLANS else None


def rounded(change: np.ndarray) -> np.ndarray:
    """A change of people in whole numbers, (pools,).

    Those who come and those who leave each round to their sum. A sum that is not whole itself rounds down, so that no
    more people come or leave.

    >>> rounded(np.array([-1.5, -1.0, 1.6, 0.9])).tolist()
    [-1.0, -1.0, 1.0, 1.0]
    """
    come, leave = np.maximum(change, 0.0), np.maximum(-change, 0.0)
    in_whole, out_whole = (whole(heads, int(np.floor(heads.sum() + ROUND))) for heads in (come, leave))
    return (in_whole - out_whole).astype(float)

"""Plans in whole people: all of them where they are few, and the one nearest to a plan that is not whole."""

import numpy as np

from model.search.programme.staffing_programme import moved_by

MOST_PLANS = 5_000
"""Where there are no more whole plans than these (few people move, or there are few pools), each one is judged."""
MOST_TRIED = 100_000
"""Plans of one more person moved, equal ones among them, before they are called too many."""
ROUND = 1e-6


def every_plan(low: np.ndarray, high: np.ndarray, most: float | None) -> np.ndarray | None:
    """All ways of moving at most so many whole people from pool to pool, (plans, pools), when every pool may get from
    `low` to `high` (pools,); None where they are more than `MOST_PLANS`.

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
        plans = (last[:, None] + ways).reshape(-1, pools)
        plans = plans[((plans >= low) & (plans <= high)).all(axis=1) & (moved_by(plans) == moved)]
        last = np.unique(plans, axis=0)
        every = np.concatenate([every, last])
        if not len(last) or len(every) > MOST_PLANS:
            break
    return every if len(every) <= MOST_PLANS else None


def rounded(people: np.ndarray) -> np.ndarray:
    """Whole numbers: those who come and those who leave rounded each to their sum, down where that is not whole."""
    into, out = (_whole(np.maximum(sign * people, 0.0)) for sign in (1, -1))
    return into - out


def _whole(heads: np.ndarray) -> np.ndarray:
    """Whole numbers with the same sum: those with the largest remainders get one more."""
    whole = np.floor(heads + ROUND)
    more = int(np.floor((heads - whole).sum() + ROUND))
    whole[np.argsort(whole - heads)[:more]] += 1
    return whole

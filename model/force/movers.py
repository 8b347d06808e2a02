"""Who moves: the officers among the people who leave a pool for another (method, section 12)."""

from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import OFFICERS_A_BODY_KEEPS
from model.evidence.draws import Assumed
from model.scenario.settings import Settings

OWN_MIX = ("own", "reviewers_stay")
"""Choices of `staff.movers` under which people leave a pool in its own mix of officers and desk staff."""


@dataclass(frozen=True, eq=False)
class Movers:
    """How those who move are made up: a choice of `staff.movers` and a weight.

    The `weight` of the receiving tier's share against the pool's own is (draws or 1, 1).
    """

    choice: str
    weight: np.ndarray


def movers_of(settings: Settings, assumed: Assumed) -> Movers:
    """The movers under the settings; where the choice is open, their mix is drawn."""
    mixed = assumed["movers_mix"] if settings.staff_movers == "open" else np.ones((1, 1))
    return Movers(settings.staff_movers, mixed)


def officers_moving(
    moving: np.ndarray, people: np.ndarray, officers: np.ndarray, bodies: np.ndarray, toward: np.ndarray, movers: Movers
) -> np.ndarray:
    """Officers among the people who move out of each pool; all (draws, pools).

    `people`, `officers` and `bodies` are those of the pools before the moves, `toward` (draws or 1, 1) the frontline
    share where the movers come to. Nobody stays behind who is not there: two officers a body stay, but for the mix of
    the pool itself, and no more desk staff leave than there are.

    >>> one = {name: np.array([[value]]) for name, value in {"people": 40.0, "officers": 24.0, "bodies": 1.0}.items()}
    >>> [
    ...     officers_moving(np.array([[heads]]), **one, toward=0.7, movers=Movers(choice, np.ones((1, 1)))).item()
    ...     for choice in ("own", "receiving", "frontline")
    ...     for heads in (10.0, 30.0)
    ... ]
    [6.0, 18.0, 7.0, 21.0, 10.0, 22.0]
    """
    own = moving * (officers / np.maximum(people, 1e-9))
    if movers.choice in OWN_MIX:
        return own
    most = np.maximum(officers - OFFICERS_A_BODY_KEEPS * bodies, 0.0)
    if movers.choice == "frontline":
        return np.minimum(moving, most)
    as_there = np.clip(moving * toward, moving - (people - officers), most)
    return own + movers.weight * (as_there - own)

"""What a plan must keep to, and how much of a limit is worth or missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_SHARE_MOVED = 0.05
"""Default limit on people moved, as a share of the force."""

ONE_PERSON: Mapping[str, float] = {"investigation": 100.0, "legal review": 10.0, "legal minimum": 100.0}
"""Missing field days, files and visits that weigh as one person too many where limits contradict."""
TARGET_PART = 0.01
"""Missing part of a least value that weighs as much."""


def default_most_moved(own_moved: float, people: float) -> float:
    """Default limit on people moved: as many as the scenario moves itself, else a share of all `people`.

    >>> default_most_moved(99.9, 3000.0), default_most_moved(0.0, 3000.0)
    (100.0, 150.0)
    """
    return float(round(own_moved) or round(DEFAULT_SHARE_MOVED * people))


@dataclass(frozen=True)
class Limits:
    """What a plan must keep to.

    `most_moved`: most people who go from one pool to another (None: no limit). `pool_change`: largest part of its
    people by which a pool grows or shrinks, beyond its part of new or cut posts. `keeps_minimum`: no pool misses more
    of the legal minimum than under the scenario's own plan. `tiers`: fewest and most people added, by tier. `least`:
    least value of a criterion (`Objective`) or of `on_time_share`, by name.
    """

    most_moved: float | None = None
    pool_change: float = 0.25
    keeps_minimum: bool = True
    tiers: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    least: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class LimitAmount:
    """A limit at one place, with an amount.

    The amount is what one unit more of it would gain, or by how much it is missed. `what` is `posts`, `most moved`,
    `people of <tier>`, `pool change`, `spare people`, `investigation`, `legal review`, `legal minimum` or `least
    <criterion>`. `tier` and `prefecture` name the pool; both are empty for a limit of all.
    """

    what: str
    tier: str
    prefecture: str
    amount: float

"""Whether a base year closes: the work asked for against the time there is, and where to look first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.draws import draw, mids
from model.evidence.figures import Assumption
from model.projection.base_year import USUAL_DRAWS, with_changes
from model.projection.statistics import LEAST_DRAWS
from model.scenario.scenario import Scenario
from model.year.closure import close

MOST_CAUSES = 4
"""Figures named as likely causes."""
MOST_POOLS = 3
"""Pools named that lack time."""
KNOWN_OFF_BY = 0.25
"""Share by which a figure that is known is tried higher and lower: it may count something else."""
LEAST_GAIN = 0.02
"""Least part of the misfit that a figure must take away to be named."""


@dataclass(frozen=True)
class Closing:
    """How the figures of a base year fit together, over all draws of its ranges.

    `kept` of `drawn` draws are plausible; `refused` counts by condition those that it refuses, most first. The
    `work_over_time` is the median of the time that visits, cases and other known work ask for over all the time there
    is, before any other duties; `least_of_time` and `most_of_time` are the least and the most that they may take by the
    range of other duties, None where visits are a result. Where too few draws are plausible, `causes` are the figures
    that take most of the misfit away at one end of their range, 1 where they may be too high, -1 too low; and `pools`
    those that lack time most often, with the share of the draws.
    """

    drawn: int
    kept: int
    refused: Mapping[str, int]
    work_over_time: float
    least_of_time: float | None
    most_of_time: float | None
    causes: tuple[tuple[str, int], ...]
    pools: tuple[tuple[str, float], ...]

    @property
    def closes(self) -> bool:
        """Whether enough draws are plausible."""
        return self.kept >= LEAST_DRAWS

    @property
    def asks_too_little(self) -> bool:
        """Whether the known work takes less time than other duties could leave."""
        return self.least_of_time is not None and self.work_over_time < self.least_of_time


def closing(scenario: Scenario, baseline: Baseline, draws: int = USUAL_DRAWS, seed: int = 1) -> Closing:
    """How the figures fit together under the assumptions and the reading of a scenario."""
    assumptions = with_changes(baseline, scenario.assumptions)
    closed = close(baseline, assumptions, draw(assumptions, draws, seed), scenario.reading)
    kept, duties = int(closed.plausible.sum()), assumptions["other_duties_share"]
    lacking = (closed.busy > 1).mean(axis=0)
    most = np.argsort(-lacking)[:MOST_POOLS]
    return Closing(
        drawn=draws,
        kept=kept,
        refused=dict(sorted(closed.refusals.items(), key=lambda item: -item[1])),
        work_over_time=float(np.median(1 - closed.flow.other_duties)),
        least_of_time=1 - duties.high if duties.closed else None,
        most_of_time=1 - duties.low if duties.closed else None,
        causes=() if kept >= LEAST_DRAWS else _causes(baseline, assumptions, scenario.reading),
        pools=tuple((baseline.pool_keys[k], float(lacking[k])) for k in most if lacking[k] > 0),
    )


def _causes(
    baseline: Baseline, assumptions: Mapping[str, Assumption], reading: Mapping[str, str]
) -> tuple[tuple[str, int], ...]:
    """The figures that could take most of the misfit away, and the way each may be off."""

    def miss(tried: Mapping[str, Assumption]) -> float:
        """How far what follows is from the middle of its range, in half ranges beyond one, summed."""
        closed = close(baseline, tried, mids(tried), reading).closed
        off = [abs(float(value.mean()) - tried[id].mid) / _half(tried[id]) for id, value in closed.items()]
        return sum(max(one - 1, 0.0) for one in off)

    usual = miss(assumptions)
    gains = {
        (id, sign): usual - miss({**assumptions, id: replace(one, low=end, mid=end, high=end)})
        for id, one in assumptions.items()
        if _is_open(one)
        for sign, end in ((1, _end(one, -1)), (-1, _end(one, 1)))
    }
    best: dict[str, int] = {}
    for id, sign in sorted(gains, key=lambda cause: -gains[cause]):
        if gains[id, sign] > LEAST_GAIN * usual:
            best.setdefault(id, sign)
    return tuple(best.items())[:MOST_CAUSES]


def _is_open(one: Assumption) -> bool:
    """Whether a figure may be otherwise: a range, or a number that somebody counted here."""
    return (
        not one.closed and not one.is_normal and (one.low < one.high or (one.mark == "reported" and not one.inherited))
    )


def _end(one: Assumption, sign: int) -> float:
    """The low or the high end of a figure; of one that is known, somewhat lower or higher."""
    if one.low < one.high:
        return one.low if sign < 0 else one.high
    return one.mid * (1 + sign * KNOWN_OFF_BY)


def _half(one: Assumption) -> float:
    return max((one.high - one.low) / 2, 1e-9)

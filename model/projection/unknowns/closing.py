"""Whether a base year closes: the work asked for against the time there is, and where to look first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.draws import Assumed, draw, mids
from model.evidence.figures import Assumption
from model.projection.base_year import USUAL_DRAWS, with_changes
from model.projection.statistics import LEAST_DRAWS, ranks, rests_on
from model.scenario.scenario import Scenario
from model.year.closure import Closure, close

MOST_CAUSES, MOST_NUMBERS = 6, 2
"""Ranges named as likely causes, and after them single numbers."""
LEAST_LEVERAGE = 0.15
"""Least rank correlation with the strain of a draw with which a range is named."""
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
    range of other duties, None where visits are a result. Where too few draws are plausible, `causes` are the ranges
    that the strain of the draws rests on most, then the numbers known here that take most of the misfit away somewhat
    off, guesses first: 1 where they may be too high, -1 too low; and `pools` those that lack time most often, with the
    share of the draws.
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
    of_prior = draw(assumptions, draws, seed)
    closed = close(baseline, assumptions, of_prior, scenario.reading)
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
        causes=()
        if kept >= LEAST_DRAWS
        else (*_ranges(assumptions, of_prior, closed), *_numbers(baseline, assumptions, scenario.reading)),
        pools=tuple((baseline.pool_keys[k], float(lacking[k])) for k in most if lacking[k] > 0),
    )


def _ranges(assumptions: Mapping[str, Assumption], of_prior: Assumed, closure: Closure) -> Iterator[tuple[str, int]]:
    """The ranges that the strain of the draws rests on most, and the end of each that makes it."""
    ids, standardised = ranks(of_prior)
    strain = _miss(assumptions, closure) + np.maximum(closure.busy - 1, 0).max(axis=1)
    leverage = rests_on(ids, standardised, strain[None], most=len(ids))[0]
    real = [(id, one) for id, one in leverage if abs(one) >= LEAST_LEVERAGE and not assumptions[id].is_normal]
    return ((id, int(np.sign(one))) for id, one in real[:MOST_CAUSES])


def _miss(assumptions: Mapping[str, Assumption], closure: Closure) -> np.ndarray:
    """How far what follows is from the middle of its range, in half ranges beyond one, summed, (draws,)."""
    off = [abs(value - assumptions[id].mid) / _half(assumptions[id]) for id, value in closure.closed.items()]
    return sum((np.maximum(one - 1, 0)[:, 0] for one in off), np.zeros(len(closure.busy)))


def _numbers(
    baseline: Baseline, assumptions: Mapping[str, Assumption], reading: Mapping[str, str]
) -> tuple[tuple[str, int], ...]:
    """The single numbers that could take the misfit away, guesses first, and the way each may be off."""

    def miss(tried: Mapping[str, Assumption]) -> float:
        return float(_miss(tried, close(baseline, tried, mids(tried), reading)).mean())

    usual = miss(assumptions)
    # What ships has figures of the law too, which nobody guessed.
    doubted = ("reported", "assumed") if baseline.template else ("reported",)
    gains = {
        (id, sign): usual - miss({**assumptions, id: replace(one, low=end, mid=end, high=end)})
        for id, one in assumptions.items()
        if one.is_known and not one.inherited and one.mark in doubted
        for sign, end in ((1, one.mid * (1 - KNOWN_OFF_BY)), (-1, one.mid * (1 + KNOWN_OFF_BY)))
    }
    best: dict[str, int] = {}
    for id, sign in sorted(gains, key=lambda cause: (assumptions[cause[0]].mark == "reported", -gains[cause])):
        if gains[id, sign] > LEAST_GAIN * usual:
            best.setdefault(id, sign)
    return tuple(best.items())[:MOST_NUMBERS]


def _half(one: Assumption) -> float:
    return max((one.high - one.low) / 2, 1e-9)

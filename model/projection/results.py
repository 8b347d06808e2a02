"""The values of a projection: plain figures with bands, without the arrays behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Band:
    """The 10th, 50th and 90th percentile over the plausible draws."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Odds:
    """Shares of draws in which something is strictly better and strictly worse than something else.

    Higher and lower, for a measure with no better direction. The rest are the `same`; the three add up to 1.
    """

    better: float
    worse: float

    @property
    def same(self) -> float:
        """The share of draws that do not differ: none is rounding, so that all of two halves leave none."""
        return max(round(1 - self.better - self.worse, 12), 0.0)


@dataclass(frozen=True)
class Paired:
    """Base year and scenario on the same draws.

    `difference` is the band of the paired difference, not the difference of the bands; `odds` are the scenario's.
    """

    base: Band
    scenario: Band
    difference: Band
    odds: Odds


@dataclass(frozen=True)
class PairedPlans(Paired):
    """Two plans on the same draws: the first stands as `base`, the second as `scenario`.

    `base_year` is the median of the base year, `first_change` and `second_change` those of what the plans change.
    """

    base_year: float
    first_change: float
    second_change: float


@dataclass(frozen=True)
class MeasureResult:
    """One measure in all scopes (method, section 13).

    Tiers and prefectures where it has no meaning are left out, never None. `rests_on` are the assumptions that the
    paired difference of the total rests on most (the scenario's value, where nothing differs), as (id, rank
    correlation), strongest first.
    """

    id: str
    unit: str
    total: Paired
    tiers: Mapping[str, Paired]
    prefectures: Mapping[str, Paired]
    rests_on: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class BandSeries:
    """The band of every month; each array has shape (months,)."""

    p10: np.ndarray
    p50: np.ndarray
    p90: np.ndarray


@dataclass(frozen=True)
class MonthsResult:
    """The months from 1 to the horizon, for "base" and "scenario".

    `backlog` is files waiting, `days_to_decision` mean calendar days from filing to decision.
    """

    month: np.ndarray
    backlog: Mapping[str, BandSeries]
    days_to_decision: Mapping[str, BandSeries]


@dataclass(frozen=True)
class Bottleneck:
    """The constraint that binds first in a pool, the commonest over the draws, with its share of them.

    It is one of `CONSTRAINTS` of `model.year.year`. `prefecture` is empty for the province. `cases_base` and
    `cases_scenario` are the limit of the pool's case capacity in most draws: `investigation` or `legal review`.
    """

    tier: str
    prefecture: str
    base: str
    base_share: float
    scenario: str
    scenario_share: float
    cases_base: str
    cases_scenario: str


@dataclass(frozen=True)
class Shortfall:
    """Work of a year that a pool does not do: the band of the amount, and the share of draws with any.

    `what` is `legal minimum` (visits), `mandatory work` (person-days) or `case decisions` (files).
    """

    what: str
    unit: str
    tier: str
    prefecture: str
    amount: Band
    probability: float


@dataclass(frozen=True)
class QuarterShortfall(Shortfall):
    """Work of one quarter, 1 to 4, that a pool does not do with the plan fully in place."""

    quarter: int


@dataclass(frozen=True)
class Holdout:
    """A published figure that no range was drawn from, its predicted band, and whether it lies within."""

    id: str
    observed: float
    predicted: Band
    hit: bool


def same_in_print(one: float, other: float) -> bool:
    """Whether two numbers are the same in three significant digits.

    >>> same_in_print(0.0408, 7007 / 171732), same_in_print(2.36, 2.41)
    (True, False)
    """
    return f"{one:.3g}" == f"{other:.3g}"


@dataclass(frozen=True)
class RangeCheck:
    """A published figure beside the model's own band, and the ends that the kept draws reach."""

    id: str
    observed: float
    predicted: Band
    lowest: float
    highest: float

    @property
    def is_given(self) -> bool:
        """Whether the model's quantity is one number in all draws."""
        return self.highest - self.lowest <= 1e-9 * abs(self.highest)

    @property
    def is_own(self) -> bool:
        """Whether the base year gives the very figure, to the digits in which it is published."""
        return self.is_given and same_in_print(self.observed, self.predicted.p50)

    @property
    def result(self) -> str:
        """The place of the figure: `inside` the band, at the `edge` (some draw reaches it), or `outside`.

        `given` where the base year knows the quantity as one number, which no figure can be outside of.
        """
        if self.is_given:
            return "given"
        slack = 1e-9 * abs(self.observed)
        if self.predicted.p10 - slack <= self.observed <= self.predicted.p90 + slack:
            return "inside"
        return "edge" if self.lowest - slack <= self.observed <= self.highest + slack else "outside"


@dataclass(frozen=True)
class DrawsCount:
    """Draws of the prior, those with a plausible base year, and the effective sample size of these."""

    drawn: int
    kept: int
    effective: int


@dataclass(frozen=True)
class Projection:
    """A scenario against its base year, with how sure we are."""

    scenario: Scenario
    baseline: str
    rules: str
    model_version: str
    seed: int
    draws: DrawsCount
    measures: Mapping[str, MeasureResult]
    months: MonthsResult
    bottlenecks: tuple[Bottleneck, ...]
    not_done: tuple[Shortfall, ...]
    not_done_by_quarter: tuple[QuarterShortfall, ...]
    holdouts: tuple[Holdout, ...]

    def __repr__(self) -> str:
        """Name, base year, draws, and the medians of a few totals with their change, in one line."""
        name = next(iter(self.scenario.name.values()), "") or "unnamed"
        figures = ", ".join(f"{id} {_in_short(self.measures[id].total)}" for id in IN_SHORT)
        return f"<Projection {name!r} on {self.baseline}, {self.draws.kept} of {self.draws.drawn} draws: {figures}>"

    def to_frame(self) -> "pd.DataFrame":
        """A row a measure and scope ("total", a tier, a prefecture): unit, bands and odds.

        Medians are those of a scope's own draws. Pages print figures of which the scopes add up:
        `coherent(projection).to_frame()`, of `model.outputs.phrasing.coherence`.
        """
        import pandas as pd  # A third of a second, which those who need no table need not wait for.

        rows = {
            (id, scope): {"unit": measure.unit, **flat(paired)}
            for id, measure in self.measures.items()
            for scope, paired in {"total": measure.total, **measure.tiers, **measure.prefectures}.items()
        }
        index = pd.MultiIndex.from_tuples(rows, names=["measure", "scope"])
        return pd.DataFrame(list(rows.values()), index=index)


LARGEST_SHARE = 1.0
IN_SHORT = ("visits", "case_capacity", "on_time_share")
"""The measures that a projection in one line shows."""


def _in_short(total: Paired) -> str:
    """Median and median change: amounts whole, shares with three decimals."""
    decimals = 0 if total.base.p50 > LARGEST_SHARE else 3
    return f"{total.base.p50:,.{decimals}f} {total.difference.p50:+,.{decimals}f}"


def flat(paired: Paired) -> dict[str, float]:
    """Bands and odds of a pair, one number a name."""
    bands = {"base": paired.base, "scenario": paired.scenario, "difference": paired.difference}
    ends = {f"{name}_{end}": value for name, band in bands.items() for end, value in vars(band).items()}
    return {**ends, "better": paired.odds.better, "worse": paired.odds.worse, "same": paired.odds.same}


class TooFewDraws(ValueError):
    """Fewer than 200 draws give a plausible base year, too few for an honest interval.

    `refused` counts by condition the draws that it refuses, alone or with others.
    """

    def __init__(self, draws: DrawsCount, refused: Mapping[str, int]):
        super().__init__(f"{draws.kept} of {draws.drawn} draws give a plausible base year; 200 are needed")
        self.draws = draws
        self.refused = refused

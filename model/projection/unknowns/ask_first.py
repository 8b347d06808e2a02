"""Ask this first: the assumption whose true value would make an outcome surest (method, section 14).

Two views of one question. The narrowing looks at the plausible draws: how much closer the 10th and the 90th percentile
would move. Sobol's indices look at the prior, before any draw is refused: how much of the outcome's variance an
assumption makes alone and with the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.draws import Assumed, quantile
from model.projection.base_year import BaseYear
from model.projection.progress import Progress, Tick, unheard, until_late
from model.projection.sensitivity import narrowing, sobol
from model.projection.statistics import count, largest_amount, paired_difference, percentiles
from model.projection.totals import totals, unmoved
from model.scenario.scenario import Scenario
from model.year.closure import close
from model.year.measures import HEADLINES
from model.year.year import unmoved_year

SURE = 3.0
"""A narrowing counts from so many times what chance gives; the luckiest of fifty assumptions reaches two."""

RANDOM_DRAWS, PRIOR_DRAWS = 8192, 1024
AT_ONCE = 2**17
"""Draws of the prior times pools that are computed together: more take more memory, and longer for each."""


@dataclass(frozen=True)
class Outcome:
    """The band of a measure's change in the unit of the measure, or of its value where nothing changes it."""

    id: str
    is_change: bool
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Unknown:
    """The effect of knowing one assumption on the band of one outcome.

    `narrowing` is a share of the band's width, `chance` the standard deviation that chance alone gives it. `first` and
    `total` are Sobol's indices on the prior; None for an assumption that the base year closes, which has no prior.
    """

    id: str
    narrowing: float
    chance: float
    first: float | None
    total: float | None

    @property
    def is_sure(self) -> bool:
        """Whether the narrowing is beyond what chance gives."""
        return self.narrowing > SURE * self.chance


@dataclass(frozen=True)
class Inquiry:
    """All outcomes with the unknowns behind them, the most narrowing first.

    `unknowns` is by measure; `overall` has the mean narrowing over all outcomes that vary
    and that some unknown surely narrows, or else over all that vary. `implausible` is the share
    of the prior's draws that give no plausible base year.
    """

    outcomes: tuple[Outcome, ...]
    unknowns: Mapping[str, tuple[Unknown, ...]]
    overall: tuple[Unknown, ...]
    implausible: float

    def first(self, id: str = "") -> Unknown | None:
        """The unknown to ask for first, for one measure or for all: the one that surely narrows most.

        Of those that chance does not tell from it (often two sides of one fact) the one that narrows most overall; None
        where no narrowing is sure.
        """
        rows = self.unknowns[id] if id else self.overall
        rivals = {row.id: row for row in rows if row.is_sure and row.narrowing >= rows[0].narrowing - rows[0].chance}
        return next((rivals[row.id] for row in self.overall if row.id in rivals), None)


def ask(
    base: BaseYear,
    scenario: Scenario,
    ids: Sequence[str] = HEADLINES,
    *,
    draws: int = RANDOM_DRAWS,
    prior_draws: int = PRIOR_DRAWS,
    tick: Tick = unheard,
) -> Inquiry:
    """The assumptions to ask for first, for the changes that a scenario makes in the measures `ids`.

    The measures are the whole force's; one that nothing changes counts with its value. The narrowing takes `draws` of
    its own (not fewer than the base year's), made at random: those of a projection are spread too evenly for it.
    `prior_draws`, a power of two, is the size of the design behind Sobol's indices. Both repeat with the base year's
    seed. `tick` gets the share of the work that is done, and may raise to stop. OutOfTime where it answers that no time
    is left.
    """
    progress = Progress(until_late(tick))
    progress.part(0.2, steps=4)
    outcomes, is_change = _outcomes(base, scenario, ids)
    progress.step()
    generator = np.random.default_rng(base.seed)
    other = _plausible_base_year(base, generator.random((len(base.rank_ids), max(draws, base.draws.drawn))))
    progress.step()
    at_random = _outcomes_in(other, scenario, ids, is_change)
    values_of = {id: values[:, 0] for id, values in {**other.assumed, **other.closure.closed}.items()}
    unknowns = {id: values for id, values in values_of.items() if np.ptp(values) > 0}
    known = np.array(list(unknowns.values())).reshape(-1, other.draws.kept)
    narrowings = [narrowing(known, outcome, generator) for outcome in progress.each(list(at_random))]
    widths, chances = (np.array(part) for part in zip(*narrowings, strict=True))
    progress.part(1.0)
    first, total, implausible = _indices(base, scenario, ids, outcomes, is_change, prior_draws, progress.reach)
    progress.done()

    def rows(measures: np.ndarray) -> tuple[Unknown, ...]:
        """The unknowns for some of the outcomes together.

        The outcomes share their draws, so chance is taken to give their mean what it gives one of them on average, not
        less.
        """
        chance = float(chances[measures].mean())
        indices = [
            dict(zip(base.rank_ids, index[measures].mean(axis=0).tolist(), strict=True)) for index in (first, total)
        ]
        means = zip(unknowns, widths[measures].mean(axis=0).tolist(), strict=True)
        by_id = [Unknown(id, width, chance, *(index.get(id) for index in indices)) for id, width in means]
        return tuple(sorted(by_id, key=lambda row: -row.narrowing))

    varies = np.ptp(outcomes, axis=1) > 0
    # One that no assumption surely narrows, as where most draws are the same, would add its chance to the mean alone.
    told = varies & (widths > SURE * chances[:, None]).any(axis=1)
    counted = next(some for some in (told, varies, ~varies) if some.any())
    bands = np.moveaxis(percentiles(outcomes), 0, 1).tolist()
    return Inquiry(
        outcomes=tuple(Outcome(id, bool(does), *band) for id, does, band in zip(ids, is_change, bands, strict=True)),
        unknowns={id: rows(np.array([k])) for k, id in enumerate(ids)},
        overall=rows(np.flatnonzero(counted)),
        implausible=implausible,
    )


def _outcomes(base: BaseYear, scenario: Scenario, ids: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The change of each measure, or its value where nothing changes it, and which of the two it is.

    (measures, draws) and (measures,), over the base year's plausible draws.
    """
    before, after = totals(base, [unmoved(scenario), scenario], ids)
    change = paired_difference(after, before, largest_amount(before))
    is_change = np.ptp(change, axis=1) > 0
    return np.where(is_change[:, None], change, after), is_change


def _outcomes_in(base: BaseYear, scenario: Scenario, ids: Sequence[str], is_change: np.ndarray) -> np.ndarray:
    """The same outcomes in the draws of another base year, (measures, draws)."""
    before, after = totals(base, [unmoved(scenario), scenario], ids)
    return np.where(is_change[:, None], after - before, after)


def _indices(
    base: BaseYear,
    scenario: Scenario,
    ids: Sequence[str],
    outcomes: np.ndarray,
    is_change: np.ndarray,
    draws: int,
    tick: Tick,
) -> tuple[np.ndarray, np.ndarray, float]:
    """Sobol's first and total indices of the drawn assumptions, and the share of implausible draws.

    (measures, assumptions) each, in the order of the base year's `rank_ids`. Indices need independent inputs, and in
    the plausible draws they are not: so the whole prior counts. An implausible draw counts with the outcome that its
    formulas give, cut to the range of the plausible ones, so that impossible base years do not make the variance.
    """
    lowest, highest = outcomes.min(axis=1, keepdims=True), outcomes.max(axis=1, keepdims=True)
    plausible: list[np.ndarray] = []

    def outcomes_at(places: np.ndarray) -> np.ndarray:
        """The outcomes at places of the prior, (measures, draws)."""
        prior = _base_year_at(base, places)
        plausible.append(prior.closure.plausible)
        tick(min(sum(map(len, plausible)) / (draws * (len(base.rank_ids) + 2)), 1.0))
        return np.clip(np.nan_to_num(_outcomes_in(prior, scenario, ids, is_change), nan=0.0), lowest, highest)

    def in_parts(places: np.ndarray) -> np.ndarray:
        """The outcomes at many places, some at a time."""
        parts = np.array_split(places, -(-places.shape[1] * len(base.baseline.pools) // AT_ONCE), axis=1)
        return np.concatenate([outcomes_at(part) for part in parts], axis=1)

    with np.errstate(all="ignore"):
        first, total = sobol(in_parts, len(base.rank_ids), draws, base.seed)
    return first, total, 1 - float(np.concatenate(plausible).mean())


def _plausible_base_year(base: BaseYear, places: np.ndarray) -> BaseYear:
    """The base year of the plausible among other draws."""
    plausible = close(base.baseline, base.assumptions, _assumed_at(base, places), base.reading).plausible
    return replace(_base_year_at(base, places[:, plausible]), draws=count(plausible))


def _base_year_at(base: BaseYear, places: np.ndarray) -> BaseYear:
    """The base year of other draws, plausible or not; `places` as in `_assumed_at`."""
    assumed = _assumed_at(base, places)
    closure = close(base.baseline, base.assumptions, assumed, base.reading)
    start = unmoved_year(base.baseline, assumed, closure, base.reading)
    return replace(base, assumed=assumed, closure=closure, year=start)


def _assumed_at(base: BaseYear, places: np.ndarray) -> Assumed:
    """The assumptions at `places` (assumptions, draws), each a quantile in [0, 1] of its prior.

    Assumptions that do not vary keep their value.
    """
    fixed = {id: np.broadcast_to(values[0], (places.shape[1], 1)) for id, values in base.assumed.items()}
    ranges = [base.assumptions[id] for id in base.rank_ids]
    varying = {one.id: quantile(one, place)[:, None] for one, place in zip(ranges, places, strict=True)}
    return {**fixed, **varying}

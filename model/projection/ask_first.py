"""Ask this first: which assumption, if its true value were known, would make the answer surest.

Two views of one question. The narrowing looks at the draws that were kept: how much closer the 10th and the 90th
percentile would move. Sobol's indices look at the prior, before any draw was refused: how much of the answer's variance
an assumption makes alone and with the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.draws import Assumed, triangular
from model.projection.base_year import BaseYear
from model.projection.progress import Progress, Tick, unheard
from model.projection.sensitivity import narrowing, sobol
from model.projection.statistics import count, paired_difference, percentiles
from model.projection.totals import totals, unmoved
from model.scenario.scenario import Scenario
from model.scenario.settings import settings
from model.year.closure import Closure, close
from model.year.measures import HEADLINES
from model.year.year import year

SURE = 3.0
"""Times what chance alone gives, from which a narrowing counts: the luckiest of some fifty assumptions reaches two."""

RANDOM_DRAWS, PRIOR_DRAWS = 8192, 1024
AT_ONCE = 4096


@dataclass(frozen=True)
class Answer:
    """A measure's change, or its value where nothing changes it (`is_change`), as sure as it is now: its band."""

    id: str
    is_change: bool
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Unknown:
    """What knowing one assumption would do to one answer: `narrowing` of its band as a share of the width, with the
    standard deviation that `chance` alone gives it; Sobol's indices on the prior, None for what the base year closes,
    which has no prior."""

    id: str
    narrowing: float
    chance: float
    first: float | None
    total: float | None

    @property
    def is_sure(self) -> bool:
        return self.narrowing > SURE * self.chance


@dataclass(frozen=True)
class Inquiry:
    """`unknowns` by measure, and over all answers that vary the mean narrowing, `overall`; most first in each.
    `implausible` is the share of the prior's draws that give no plausible base year."""

    answers: tuple[Answer, ...]
    unknowns: Mapping[str, tuple[Unknown, ...]]
    overall: tuple[Unknown, ...]
    implausible: float

    def first(self, id: str = "") -> Unknown | None:
        """What to ask for first for one measure, or for all: what narrows most, beyond doubt. Of those that chance does
        not tell from it (two sides of one fact, often) the one that narrows most overall; None where nothing is beyond
        doubt."""
        rows = self.unknowns[id] if id else self.overall
        close = {row.id: row for row in rows if row.is_sure and row.narrowing >= rows[0].narrowing - rows[0].chance}
        return next((close[row.id] for row in self.overall if row.id in close), None)


def ask(
    base: BaseYear,
    scenario: Scenario,
    ids: Sequence[str] = HEADLINES,
    *,
    draws: int = RANDOM_DRAWS,
    prior_draws: int = PRIOR_DRAWS,
    tick: Tick = unheard,
) -> Inquiry:
    """What to ask for first, for the change that a scenario makes in the whole force's measures `ids`, or their values
    where it changes nothing.

    The narrowing takes `draws` of its own (not fewer than the base year's), made at random: those of a projection are
    spread too evenly for it. `prior_draws`, a power of two, is the size of the design behind Sobol's indices. Both
    repeat with the base year's seed. `tick` is told which share of the work is done, and may raise to stop.
    """
    progress = Progress(tick)
    progress.part(0.2, steps=4)
    answers, is_change = _answers(base, scenario, ids)
    progress.step()
    generator = np.random.default_rng(base.seed)
    kept = _kept(base, generator.random((len(base.rank_ids), max(draws, base.draws.drawn))))
    progress.step()
    at_random = _changes(kept, scenario, ids, is_change)
    drawn, closed = ({id: v[:, 0] for id, v in values.items()} for values in (kept.assumed, kept.closure.closed))
    unknown = {id: values for id, values in {**drawn, **closed}.items() if np.ptp(values) > 0}
    known = np.array(list(unknown.values())).reshape(-1, kept.draws.kept)
    found = [narrowing(known, answer, generator) for answer in progress.each(at_random)]
    widths, chances = (np.array(part) for part in zip(*found, strict=True))
    progress.part(1.0)
    first, total, implausible = _indices(base, scenario, ids, answers, is_change, prior_draws, progress.reach)
    progress.done()

    def rows(measures: np.ndarray) -> tuple[Unknown, ...]:
        """The unknowns for some of the answers together. The answers share their draws, so chance is taken to give the
        mean what it gives one on average, not less."""
        chance = float(chances[measures].mean())
        indices = [
            dict(zip(base.rank_ids, index[measures].mean(axis=0).tolist(), strict=True)) for index in (first, total)
        ]
        means = zip(unknown, widths[measures].mean(axis=0).tolist(), strict=True)
        made = [Unknown(id, width, chance, *(index.get(id) for index in indices)) for id, width in means]
        return tuple(sorted(made, key=lambda row: -row.narrowing))

    varies = np.ptp(answers, axis=1) > 0
    bands = np.moveaxis(percentiles(answers), 0, 1).tolist()
    return Inquiry(
        answers=tuple(Answer(id, bool(does), *band) for id, does, band in zip(ids, is_change, bands, strict=True)),
        unknowns={id: rows(np.array([k])) for k, id in enumerate(ids)},
        overall=rows(np.flatnonzero(varies if varies.any() else ~varies)),
        implausible=implausible,
    )


def _answers(base: BaseYear, scenario: Scenario, ids: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The change of each measure in every kept draw, or its value where nothing changes it, (measures, draws), and
    which of the two it is."""
    before, after = totals(base, [unmoved(scenario), scenario], ids)
    change = paired_difference(after, before, np.maximum(np.abs(before).max(axis=1, keepdims=True), 1e-3))
    is_change = np.ptp(change, axis=1) > 0
    return np.where(is_change[:, None], change, after), is_change


def _changes(base: BaseYear, scenario: Scenario, ids: Sequence[str], is_change: np.ndarray) -> np.ndarray:
    """The same answers in other draws, (measures, draws)."""
    before, after = totals(base, [unmoved(scenario), scenario], ids)
    return np.where(is_change[:, None], after - before, after)


def _indices(
    base: BaseYear,
    scenario: Scenario,
    ids: Sequence[str],
    answers: np.ndarray,
    is_change: np.ndarray,
    draws: int,
    tick: Tick,
) -> tuple[np.ndarray, np.ndarray, float]:
    """Sobol's first and total indices of the drawn assumptions, (measures, assumptions) each, in the order of the base
    year's `rank_ids`, and the share of implausible draws.

    Indices need independent inputs, and among kept draws they are not: so all of the prior counts. An implausible draw
    counts with the answer that its formulas give, cut to what the kept draws span, so that impossible base years do
    not make the variance.
    """
    lowest, highest = answers.min(axis=1, keepdims=True), answers.max(axis=1, keepdims=True)
    plausible: list[np.ndarray] = []

    def answer(places: np.ndarray) -> np.ndarray:
        prior = _base_year(base, places)
        plausible.append(_passes(prior.closure))
        tick(min(sum(map(len, plausible)) / (draws * (len(base.rank_ids) + 2)), 1.0))
        return np.clip(np.nan_to_num(_changes(prior, scenario, ids, is_change), nan=0.0), lowest, highest)

    def in_parts(places: np.ndarray) -> np.ndarray:
        parts = np.array_split(places, -(-places.shape[1] // AT_ONCE), axis=1)
        return np.concatenate([answer(part) for part in parts], axis=1)

    with np.errstate(all="ignore"):
        first, total = sobol(in_parts, len(base.rank_ids), draws, base.seed)
    return first, total, 1 - float(np.concatenate(plausible).mean())


def _kept(base: BaseYear, places: np.ndarray) -> BaseYear:
    """The base year of those other draws that are plausible."""
    closure = close(base.baseline, base.assumptions, _assumed(base, places), base.reading)
    kept = _passes(closure)
    return replace(_base_year(base, places[:, kept]), draws=count(kept))


def _base_year(base: BaseYear, places: np.ndarray) -> BaseYear:
    """The base year of other draws, plausible or not: `places` as of `_assumed`."""
    assumed = _assumed(base, places)
    closure = close(base.baseline, base.assumptions, assumed, base.reading)
    start = year(base.baseline, assumed, closure, settings({}, base.baseline), base.reading)
    return replace(base, assumed=assumed, closure=closure, year=start)


def _assumed(base: BaseYear, places: np.ndarray) -> Assumed:
    """The assumptions at `places` (assumptions, draws), each in [0, 1] of its prior; what is known stays known."""
    fixed = {id: np.broadcast_to(values[0], (places.shape[1], 1)) for id, values in base.assumed.items()}
    ranges = [base.assumptions[id] for id in base.rank_ids]
    drawn = {
        one.id: triangular(place, one.low, one.mid, one.high)[:, None]
        for one, place in zip(ranges, places, strict=True)
    }
    return {**fixed, **drawn}


def _passes(closure: Closure) -> np.ndarray:
    return np.logical_and.reduce(list(closure.passes.values()))

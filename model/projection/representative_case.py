"""The representative case: one draw that stands for all, to search plans in or follow them by steps.

Every assumption at its mid at once is not the middle of what follows from them. This case takes the values nearest to
the middle of their ranges at which the measures are their medians: those of the base year, of the change that a plan
makes, and of the answer to a move of people. Only the bands of `project` say how sure a figure is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares
from scipy.special import ndtr

from model.evidence.baseline import CITY, TIERS
from model.evidence.draws import Assumed, mids, quantile
from model.force.seats import IN_WHOLE_PEOPLE, movable
from model.projection.base_year import BaseYear, base_year_at, some_draws
from model.projection.project import Evaluation, evaluate
from model.projection.statistics import largest_amount, percentiles
from model.projection.totals import unmoved
from model.scenario.decisions import Decisions
from model.scenario.scenario import Scenario
from model.year.kept import kept_with_owner
from model.year.measures import HEADLINES, MEASURES

LAID_OUT = ("legal_minimum", "field_days", "crews", "frontline")
"""Measures beside the headlines whose totals an inspection plan is laid out from (`model.schedule`)."""
BY_TIER = ("visits", "case_capacity", "cases_decided")
"""Measures that are met tier by tier, too."""
BY_PREFECTURE = ("visits",)
"""Measures that are met prefecture by prefecture, too."""
MOVED = 0.1
"""Share of the people whom the cities can spare that moves to the counties, to see what moving people does."""
FARTHEST = 2.5
"""Most that a value may lie from the middle of its range, in normal scores."""
STEP, MOST_STEPS = 1e-4, 8
"""Step of the slopes, in normal scores, and the Gauss-Newton steps at most."""
DIGITS = 3
"""Digits of a normal score: in the eighth processors differ, and searches would find other plans."""


@dataclass(frozen=True)
class _Slack:
    """Parts of its 10 to 90 % band by which a median may be missed at the price of one normal score.

    Of headlines, of the measures `LAID_OUT`, of all others, and of parts of the force.
    """

    headline: float
    laid_out: float
    other: float
    part: float

    def by_scope(self, measure: str, places: int) -> list[float]:
        """The slack of a measure by scope, (scopes,), infinite where it is not looked at."""
        of_all = self.headline if measure in HEADLINES else self.laid_out if measure in LAID_OUT else self.other
        tier, place = (self.part if measure in looked_at else np.inf for looked_at in (BY_TIER, BY_PREFECTURE))
        return [of_all, *[tier] * len(TIERS), *[place] * places]


SLACKS = _Slack(0.002, 0.005, 0.05, 0.1), _Slack(0.01, 0.05, 0.05, 0.1)
"""The slack of the base year and of the change that the plan makes."""
SLACK_OF_MOVE = 0.02
"""The slack of the headlines' answer to the move of people."""


def representative_base(base: BaseYear, scenario: Scenario) -> BaseYear:
    """The base year in the one draw that stands for all of `base` when a scenario is planned on it.

    The unknowns are normal scores, one an assumption, 0 where it stands at the median of its range. Least squares weigh
    the scores against the distances of the measures from their medians (`SLACKS`). The change is the median of the
    paired change, so that base year and change add up to the plan. People of a tier have their likeliest number, which
    every page shows: they are whole. Where that draw is no plausible base year, the kept draw nearest to the medians
    stands for all. Equal arguments give the same object while it is among the last sixteen of its base year.
    """
    return _representative_base(base, scenario.decisions)


def representative_case(base: BaseYear, scenario: Scenario) -> Evaluation:
    """A scenario in its representative case; `values` is (measures, scopes, 1).

    >>> from model.projection.base_year import base_year_of, baseline_of
    >>> base = base_year_of(Scenario(), baseline_of(Scenario()), draws=512)
    >>> round(representative_case(base, Scenario()).values[0, 0].item())
    2359
    """
    return evaluate(representative_base(base, scenario), scenario)


@kept_with_owner(16)
def _representative_base(base: BaseYear, decisions: Decisions) -> BaseYear:
    scenarios = _scenarios(base, Scenario(baseline=base.baseline.id, decisions=decisions))
    over_draws = _quantities(base, scenarios)
    low, medians, high = percentiles(over_draws)
    varies = high - low > 1e-9 * largest_amount(over_draws)[:, 0]
    aimed = np.flatnonzero(varies & np.isfinite(parts := _slacks(len(base.baseline.prefectures))))
    medians, slack = medians[aimed], parts[aimed] * (high - low)[aimed]
    ids = [id for id in base.rank_ids if id not in IN_WHOLE_PEOPLE]

    def misses(scores: np.ndarray) -> np.ndarray:
        """Distances from the medians and from the middle, (rows, distances), at scores (rows, ids)."""
        quantities = _quantities(base_year_at(base, _assumed(base, ids, scores)), scenarios)[aimed]
        return np.concatenate([((quantities - medians[:, None]) / slack[:, None]).T, scores], axis=1)

    found = base_year_at(base, _assumed(base, ids, _least(misses, len(ids))[None]))
    if not found.closure.refusals:
        return found
    # Where few draws are plausible, the middle of the ranges may be none: the kept draw nearest to the medians is.
    far = np.square((over_draws[aimed] - medians[:, None]) / slack[:, None]).sum(axis=0)
    nearest = int(np.argmin(far))
    return some_draws(base, slice(nearest, nearest + 1))


def _scenarios(base: BaseYear, scenario: Scenario) -> Sequence[Scenario]:
    """The base year as a scenario, the scenario, and a move from the cities to the counties."""
    still = unmoved(scenario)
    cities = base.baseline.pools.slices[CITY]
    people = float(np.floor(MOVED * movable(base.baseline)[cities].sum()))
    moves = {"staff.change.city": -people, "staff.change.county": people}
    return still, scenario, still.with_decisions(levers={**still.levers, **moves})


def _quantities(base: BaseYear, scenarios: Sequence[Scenario]) -> np.ndarray:
    """What a draw is judged by, (quantities, draws).

    Measures of base year and of change in every scope, then the headlines' answer to the move.
    """
    still, plan, move = (evaluate(base, scenario).values for scenario in scenarios)
    answers = np.stack([(move - still)[k, 0] for k, measure in enumerate(MEASURES) if measure.id in HEADLINES])
    return np.concatenate([*still, *(plan - still), answers])


def _slacks(places: int) -> np.ndarray:
    """The slack of every quantity, as a part of its band, (quantities,)."""
    of_measures = [slack.by_scope(measure.id, places) for slack in SLACKS for measure in MEASURES]
    return np.concatenate([*of_measures, [SLACK_OF_MOVE] * len(HEADLINES)])


def _assumed(base: BaseYear, ids: Sequence[str], scores: np.ndarray) -> Assumed:
    """Values of all assumptions, a draw a row of scores (rows, ids); others have their likeliest value."""
    places = dict(zip(ids, ndtr(scores).T[..., None], strict=True))
    likeliest = mids({id: base.assumptions[id] for id in base.assumed})
    return {
        id: quantile(base.assumptions[id], places[id]) if id in places else np.broadcast_to(value, (len(scores), 1))
        for id, value in likeliest.items()
    }


def _least(misses: Callable[[np.ndarray], np.ndarray], count: int) -> np.ndarray:
    """The scores, (count,), with the least sum of squared misses; slopes are asked for all scores at once."""
    if not count:
        return np.zeros(0)
    beside = np.concatenate([np.zeros((1, count)), STEP * np.eye(count)])
    memory: dict[bytes, np.ndarray] = {}

    def around(scores: np.ndarray) -> np.ndarray:
        """The misses at the scores and a step beside them in each, (1 + count, distances)."""
        key = scores.tobytes()
        if key not in memory:
            memory[key] = misses(scores + beside)
        return memory[key]

    def at(scores: np.ndarray) -> np.ndarray:
        return around(scores)[0]

    def slopes(scores: np.ndarray) -> np.ndarray:
        return (around(scores)[1:] - at(scores)).T / STEP

    answer = least_squares(
        at,
        np.zeros(count),
        jac=slopes,
        bounds=(-FARTHEST, FARTHEST),
        ftol=1e-4,
        max_nfev=MOST_STEPS,
    )
    return np.round(answer.x, DIGITS)

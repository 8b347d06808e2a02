"""Why a plan changes the headline figures: its decisions' shares, what is behind them, the causes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import TIERS
from model.projection.base_year import BaseYear
from model.projection.explain import Decision, Explanation, explain
from model.projection.progress import Progress, Tick, unheard
from model.projection.results import Projection
from model.projection.statistics import largest_amount, paired_difference, rests_on
from model.projection.why.cause import Cause, causes
from model.projection.why.step import plan_year
from model.scenario.scenario import Scenario
from model.year.measures import HEADLINES, measure_parts
from model.year.year import Year

MOST_EXACT, PAIRS_OF_ORDERS = 6, 4
"""Most decisions whose shares are exact here, and the orders that are sampled of more: a reader waits for them."""
NOTHING = 1e-9
"""A part of a figure below which a tier has none."""


@dataclass(frozen=True)
class Behind:
    """The tier in which a decision changes a measure most, and the assumption that its part rests on most.

    Both are empty where it changes nothing.
    """

    tier: str = ""
    assumption: str = ""


@dataclass(frozen=True)
class Why:
    """The shares of the decisions, what is behind each of them, and the causes.

    `behind` is by measure, one for each decision; of `causes` the first is the one to tell.
    """

    explanation: Explanation
    behind: Mapping[str, tuple[Behind, ...]]
    causes: tuple[Cause, ...]


def why(base: BaseYear, projection: Projection, tick: Tick = unheard) -> Why:
    """Why a projected plan changes the headline figures on its base year.

    What is behind a decision is the change that the plan loses without it. `tick` gets the share of the work that is
    done, and may raise to stop.
    """
    scenario = projection.scenario.without_texts
    progress = Progress(tick)
    progress.part(0.4)
    after = plan_year(base, scenario)
    found = causes(base, projection, after, progress.reach)
    progress.part(0.8)
    shares = explain(base, scenario, most_exact=MOST_EXACT, pairs_of_orders=PAIRS_OF_ORDERS, tick=progress.reach)
    progress.part(1.0)
    whole = _by_tier(base, after)
    rows = [_behind(base, scenario, whole, one) for one in progress.each(shares.decisions)]
    progress.done()
    return Why(shares, {id: tuple(row[id] for row in rows) for id in HEADLINES}, found)


def _behind(
    base: BaseYear, scenario: Scenario, with_it: Mapping[str, np.ndarray], decision: Decision
) -> dict[str, Behind]:
    """What is behind one decision, by measure; `with_it` are the figures of the whole plan."""
    left = {id: value for id, value in scenario.levers.items() if id not in decision}
    without = _by_tier(base, plan_year(base, scenario.with_decisions(levers=left)))
    answers = {}
    for id in HEADLINES:
        by_tier = np.abs(np.median(with_it[id] - without[id], axis=0))
        after, before = with_it[id].sum(axis=1), without[id].sum(axis=1)
        total = paired_difference(after, before, largest_amount(before))
        first = rests_on(base.rank_ids, base.ranks, total[None], 1)[0]
        tier = TIERS[int(by_tier.argmax())] if by_tier.max() > NOTHING else ""
        answers[id] = Behind(tier, first[0][0] if first else "")
    return answers


def _by_tier(base: BaseYear, result: Year) -> dict[str, np.ndarray]:
    """The part of each tier in the headline figures of a year, (draws, 3); of a ratio in its numerator."""
    parts = measure_parts(base.baseline, base.assumed, base.closure, result, None, HEADLINES)
    of_tier = base.baseline.pools.of_tier
    return {
        id: amount @ of_tier / (1.0 if over is None else np.maximum(over.sum(axis=1, keepdims=True), 1e-9))
        for id, (amount, over) in parts.items()
    }

"""What did it: the part of each decision in the change of a measure (Shapley 1953).

The worth of some decisions is the change they make without the others: the median over the draws of the paired
difference from the base year, the figure that every page shows as the change. A decision's share is what it adds to
that, on average over all orders in which the decisions could be made, so the shares add up to the whole change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from model.evidence.baseline import Baseline
from model.projection.base_year import BaseYear
from model.projection.progress import Tick, unheard
from model.projection.statistics import paired_difference, percentiles
from model.projection.totals import totals_in_turn, unmoved
from model.scenario.levers import levers
from model.scenario.scenario import Scenario
from model.year.measures import FROM_MONTHS, HEADLINES

MOST_EXACT = 10
"""Decisions up to which all their sets are computed; above, orders are sampled."""

PAIRS_OF_ORDERS = 24

NEEDS = {"decision_limit": "rules"}
"""A decision without ground to stand on does nothing: a longer limit is lawful only under the later rules. What both
give together counts half to each (the conjunctive permission value, Gilles, Owen and van den Brink 1992)."""

MONTHLY = frozenset({"phase_months"})
"""Levers that move nothing but the months."""

Decision = tuple[str, ...]
"""The levers that are moved together: all that say who sits where are one decision, any other lever is one alone."""


@dataclass(frozen=True)
class Explanation:
    """`change` by measure; `shares` by measure, one a decision in the order of `decisions`, adding up to the change;
    `errors` their standard errors, 0 where all sets were computed (`exact`)."""

    decisions: tuple[Decision, ...]
    change: Mapping[str, float]
    shares: Mapping[str, tuple[float, ...]]
    errors: Mapping[str, tuple[float, ...]]
    exact: bool


def explain(
    base: BaseYear,
    scenario: Scenario,
    ids: Sequence[str] = HEADLINES,
    *,
    pairs_of_orders: int = PAIRS_OF_ORDERS,
    tick: Tick = unheard,
) -> Explanation:
    """The share of every decision of a scenario in the change of the whole force's measures `ids`.

    Exact up to `MOST_EXACT` decisions; above, the mean of sampled orders, each taken with its reverse, drawn with the
    seed of the base year. `tick` is told which share of the work is done, and may raise to stop.
    """
    found = decisions(scenario, base.baseline)
    game = _Game(base, scenario, found, tuple(ids), tick)
    if exact := len(found) <= MOST_EXACT:
        shares = _shares_of_all_sets(game)
        errors = np.zeros(shares.shape)
    else:
        shares, errors = _shares_of_orders(game, pairs_of_orders)
    return Explanation(
        decisions=found,
        change=dict(zip(ids, game.worth(np.array([(1 << len(found)) - 1]))[0].tolist(), strict=True)),
        shares={id: tuple(shares[:, k].tolist()) for k, id in enumerate(ids)},
        errors={id: tuple(errors[:, k].tolist()) for k, id in enumerate(ids)},
        exact=exact,
    )


def decisions(scenario: Scenario, baseline: Baseline) -> tuple[Decision, ...]:
    """The decisions of a scenario, in the order of the table of levers, whatever the order in the scenario. How far we
    look is none: base year and every set of decisions are seen as far as the scenario is."""
    moved = [
        id
        for id, lever in levers(baseline).items()
        if id in scenario.levers and scenario.levers[id] != lever.base and id not in unmoved(scenario).levers
    ]
    staff = tuple(id for id in moved if id.startswith("staff."))
    return tuple(([staff] if staff else []) + [(id,) for id in moved if id not in staff])


class _Game:
    """The worth of sets of decisions, each a number whose bit k says that decision k is made; computed once each."""

    def __init__(
        self,
        base: BaseYear,
        scenario: Scenario,
        found: Sequence[Decision],
        ids: tuple[str, ...],
        tick: Tick,
    ):
        self.base, self.scenario, self.decisions, self.ids, self.tick = base, scenario, found, ids, tick
        places = {id: k for k, decision in enumerate(found) for id in decision}
        self.needs = [(places[id], places[needed]) for id, needed in NEEDS.items() if {id, needed} <= places.keys()]
        idle = MONTHLY & places.keys() if not FROM_MONTHS & set(ids) else ()
        self.idle = sum(1 << places[id] for id in idle)
        self.known: dict[int, np.ndarray] = {}

    @property
    def size(self) -> int:
        return len(self.decisions)

    def worth(self, sets: np.ndarray) -> np.ndarray:
        """What the sets are worth, (sets, measures)."""
        effective = sets & ~self.idle
        for id, needed in self.needs:
            effective = np.where(effective >> needed & 1, effective, effective & ~(1 << id))
        self._compute([one for one in dict.fromkeys([0, *effective.tolist()]) if one not in self.known])
        return np.stack([self.known[one] for one in effective.tolist()])

    def _compute(self, sets: Sequence[int]) -> None:
        in_turn = totals_in_turn(self.base, map(self._with, sets), self.ids)
        for k, (one, values) in enumerate(zip(sets, in_turn, strict=True), start=1):
            if one == 0:
                self.before, self.size_before = values, np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-3)
            difference = paired_difference(values, self.before, self.size_before)
            # To the ninth decimal, as every figure of change: what does nothing then adds nothing.
            self.known[one] = np.round(percentiles(difference)[1], 9)
            self.tick(k / len(sets))

    def _with(self, made: int) -> Scenario:
        """The scenario with only the decisions that are made."""
        moved = [id for k, decision in enumerate(self.decisions) if made >> k & 1 for id in decision]
        held = unmoved(self.scenario).levers
        return self.scenario.with_decisions(levers={**held, **{id: self.scenario.levers[id] for id in moved}})


def _shares_of_all_sets(game: _Game) -> np.ndarray:
    """What each decision adds to the sets without it, weighted by the orders in which it meets them; (decisions,
    measures)."""
    n = game.size
    sets = np.arange(1 << n)
    worth = game.worth(sets)
    made = np.array([one.bit_count() for one in range(1 << n)])
    weight = np.array([factorial(k) * factorial(n - k - 1) / factorial(n) for k in range(n)])
    shares = np.zeros((n, len(game.ids)))
    for k in range(n):
        without = sets[sets >> k & 1 == 0]
        shares[k] = weight[made[without]] @ (worth[without | 1 << k] - worth[without])
    return shares


def _shares_of_orders(game: _Game, pairs: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard error of what each decision adds in sampled orders and their reverses; (decisions, measures)
    each."""
    generator = np.random.default_rng(game.base.seed)
    orders = [order for _ in range(pairs) for order in _both_ways(generator.permutation(game.size))]
    sets = np.array([np.concatenate([[0], np.cumsum(1 << order)]) for order in orders])
    worth = game.worth(sets.ravel()).reshape(*sets.shape, len(game.ids))
    added = np.zeros((len(orders), game.size, len(game.ids)))
    for row, order in enumerate(orders):
        added[row, order] = np.diff(worth[row], axis=0)
    of_pairs = added.reshape(pairs, 2, game.size, len(game.ids)).mean(axis=1)
    return of_pairs.mean(axis=0), of_pairs.std(axis=0, ddof=1) / np.sqrt(pairs)


def _both_ways(order: np.ndarray) -> Iterator[np.ndarray]:
    yield order
    yield order[::-1]

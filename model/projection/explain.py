"""The share of each decision in the change of a measure (Shapley 1953; method, section 14).

The worth of some decisions is the change they make without the others: the median over the draws of the paired
difference from the base year, the figure that every page shows as the change. A decision's share is the worth it adds,
on average over all orders in which the decisions could be taken, so the shares add up to the whole change.

A decision that needs another (`needs` in `levers.csv`: a longer limit is lawful only under the later rules) does
nothing without it; the change they make together counts half to each (the conjunctive permission value of Gilles, Owen
and van den Brink 1992).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from model.evidence.baseline import Baseline
from model.projection.base_year import BaseYear
from model.projection.progress import Tick, unheard, until_late
from model.projection.statistics import largest_amount, paired_difference, percentiles
from model.projection.totals import totals_in_turn, unmoved
from model.scenario.levers import levers
from model.scenario.scenario import Scenario
from model.year.measures import FROM_MONTHS, HEADLINES

MOST_EXACT = 10
"""Most decisions of which all sets are computed; of more, orders are sampled."""

PAIRS_OF_ORDERS = 24
"""Orders that are sampled, each with its reverse."""

MONTHLY, PHASED = frozenset({"phase_months"}), FROM_MONTHS | {"on_time_share"}
"""Ids of the levers that change only how a plan comes, and of the measures that go through its months."""

Decision = tuple[str, ...]
"""The levers moved together: those of who sits where are one decision, any other lever is one alone."""


@dataclass(frozen=True)
class Explanation:
    """The change of each measure and the share of each decision in it, in the unit of the measure.

    `shares` are by measure, one for each of `decisions`, and add up to the change; `errors` are their standard errors,
    0 where all sets of decisions were computed (`exact`).
    """

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
    most_exact: int = MOST_EXACT,
    pairs_of_orders: int = PAIRS_OF_ORDERS,
    tick: Tick = unheard,
) -> Explanation:
    """The share of every decision of a scenario in the change of the whole force's measures `ids`.

    Exact up to `most_exact` decisions; above, the mean of sampled orders, each taken with its reverse, drawn with the
    seed of the base year. `tick` gets the share of the work that is done, and may raise to stop. OutOfTime where it
    answers that no time is left.
    """
    all_decisions = decisions(scenario, base.baseline)
    game = _Game(base, scenario, all_decisions, tuple(ids), until_late(tick))
    if exact := len(all_decisions) <= most_exact:
        shares = _shares_of_all_sets(game)
        errors = np.zeros(shares.shape)
    else:
        shares, errors = _shares_of_orders(game, pairs_of_orders)
    return Explanation(
        decisions=all_decisions,
        change=dict(zip(ids, game.worth(np.array([(1 << len(all_decisions)) - 1]))[0].tolist(), strict=True)),
        shares={id: tuple(shares[:, k].tolist()) for k, id in enumerate(ids)},
        errors={id: tuple(errors[:, k].tolist()) for k, id in enumerate(ids)},
        exact=exact,
    )


def decisions(scenario: Scenario, baseline: Baseline) -> tuple[Decision, ...]:
    """The decisions of a scenario, in the order of the table of levers.

    The horizon is none of them: base year and every set of decisions are projected as far as the scenario is.
    """
    moved = [
        id
        for id, lever in levers(baseline).items()
        if id in scenario.levers and scenario.levers[id] != lever.base and id not in unmoved(scenario).levers
    ]
    staff = tuple(id for id in moved if id.startswith("staff."))
    return tuple(([staff] if staff else []) + [(id,) for id in moved if id not in staff])


class _Game:
    """The worth of sets of decisions, computed once for each set.

    A set is a number; its bit k says that decision k is in it.
    """

    def __init__(
        self,
        base: BaseYear,
        scenario: Scenario,
        decisions: Sequence[Decision],
        ids: tuple[str, ...],
        tick: Tick,
    ):
        self.base, self.scenario, self.decisions, self.ids, self.tick = base, scenario, decisions, ids, tick
        places = {id: k for k, decision in enumerate(decisions) for id in decision}
        needs = {id: lever.needs[0] for id, lever in levers(base.baseline).items() if lever.needs}
        self.needs = [(places[id], places[needed]) for id, needed in needs.items() if {id, needed} <= places.keys()]
        idle = MONTHLY & places.keys() if not PHASED & set(ids) else ()
        self.idle = sum(1 << places[id] for id in idle)
        self.known: dict[int, np.ndarray] = {}

    @property
    def size(self) -> int:
        """The number of decisions."""
        return len(self.decisions)

    def worth(self, sets: np.ndarray) -> np.ndarray:
        """The worth of each set, (sets, measures), in the unit of each measure."""
        effective = sets & ~self.idle
        for id, needed in self.needs:
            effective = np.where(effective >> needed & 1, effective, effective & ~(1 << id))
        self._compute([one for one in dict.fromkeys([0, *effective.tolist()]) if one not in self.known])
        return np.stack([self.known[one] for one in effective.tolist()])

    def _compute(self, sets: Sequence[int]) -> None:
        """Add the worth of some sets to `known`; the empty set comes first of all."""
        in_turn = totals_in_turn(self.base, map(self._with, sets), self.ids)
        for k, (one, values) in enumerate(zip(sets, in_turn, strict=True), start=1):
            if one == 0:
                self.before, self.size_before = values, largest_amount(values)
            difference = paired_difference(values, self.before, self.size_before)
            # To the ninth decimal, as every figure of change: a decision that does nothing then adds nothing.
            self.known[one] = np.round(percentiles(difference)[1], 9)
            self.tick(k / len(sets))

    def _with(self, members: int) -> Scenario:
        """The scenario with only the decisions of one set."""
        moved = [id for k, decision in enumerate(self.decisions) if members >> k & 1 for id in decision]
        unmoved_levers = unmoved(self.scenario).levers
        return self.scenario.with_decisions(levers={**unmoved_levers, **{id: self.scenario.levers[id] for id in moved}})


def _shares_of_all_sets(game: _Game) -> np.ndarray:
    """The worth that each decision adds to the sets without it, (decisions, measures).

    Each set is weighted by the share of orders in which it comes just before the decision.
    """
    n = game.size
    sets = np.arange(1 << n)
    worth = game.worth(sets)
    members = np.array([one.bit_count() for one in range(1 << n)])
    weight = np.array([factorial(k) * factorial(n - k - 1) / factorial(n) for k in range(n)])
    shares = np.zeros((n, len(game.ids)))
    for k in range(n):
        without = sets[sets >> k & 1 == 0]
        shares[k] = weight[members[without]] @ (worth[without | 1 << k] - worth[without])
    return shares


def _shares_of_orders(game: _Game, pairs: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard error of the worth that each decision adds, (decisions, measures) each.

    They are taken over sampled orders, each with its reverse.
    """
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
    """An order and its reverse."""
    yield order
    yield order[::-1]

"""Plans in whole people improved by moves between pools, each judged by the full model."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from model.search.engine.plan_limits import PlanLimits, sum_over
from model.search.programme.pool_curves import MOST_AT_ONCE
from model.search.programme.staffing_programme import LEAST_WORTH, ROUND
from model.year.year import Year

MOST_MOVES = 80
PEOPLE = (1, 2, 3, 5, 8, 13)
"""How many people go together in one move, in a case of one draw."""
ENDS, TRIED, TRIED_IN_DRAWS, JUDGED = 60, 40, 24, 4
"""Pools tried as ends of a move, moves tried between them in one draw or in many, and plans that all draws judge."""
REPAIRS, MOST_REPAIRED = 12, 6
"""Moves tried in pairs because they ease a limit that a good move breaks, and limits eased."""
MOST_PAIRED, PAIRS_WEIGHED, PAIRS_JUDGED = 1_200, 24_000, 400
"""Moves put beside each other when a plan is refined, pairs of them weighed by their people, and judged in full."""
MOST_POOL_YEARS = 8_000_000
"""Years of a pool asked of the full model before a large force is content with the moves it has."""
BROKEN = 1e8
"""Cost of a limit broken by one person too many: more than any aim is worth."""


class Aim(Protocol):
    """What plans are judged by: a cost, from the full model's answers.

    A plan is a change of people by pool; `changes` are (plans, pools). Answers are (quantities, plans), the higher the
    better.
    """

    @property
    def draws(self) -> int:
        """The number of draws in which plans are judged."""

    def near(self, change: np.ndarray) -> "Aim":
        """The same aim as far as it matters around a plan, cheaper to ask."""

    def answers(self, changes: np.ndarray, around: np.ndarray | None = None, years: Year | None = None) -> np.ndarray:
        """The full model's answers; `around` a plan people may come and go alone (`DrawSample`).

        `years` are those of the limits' own case, where they are known.
        """

    def cost(self, answers: np.ndarray, changes: np.ndarray) -> np.ndarray:
        """What plans with these answers cost, (plans,); the least is the best."""


@dataclass(frozen=True, eq=False)
class _Moves:
    """Moves of one person or two: `people` (moves, pools), and what each would change.

    If all pools answered apart, it adds so much to the aim's `answers`, (quantities, moves), and to how far the year is
    `over` its limits, (limits, moves).
    """

    people: np.ndarray
    answers: np.ndarray
    over: np.ndarray

    def some(self, which: np.ndarray) -> "_Moves":
        """Some of the moves, by index."""
        return _Moves(self.people[which], self.answers[:, which], self.over[:, which])

    def in_pairs(self) -> "_Moves":
        """Every two of the moves at once."""
        first, second = np.triu_indices(len(self.people), 1)
        answers, over = (of[:, first] + of[:, second] for of in (self.answers, self.over))
        return _Moves(self.people[first] + self.people[second], answers, over)


@dataclass(frozen=True, eq=False)
class _Around:
    """A plan, `change` (pools,), as an aim near it sees it.

    `answers` (quantities, 1) are the aim's, `over` (limits, 1) is how far its year is beyond the limits.
    """

    within: PlanLimits
    aim: Aim
    change: np.ndarray
    answers: np.ndarray
    over: np.ndarray

    def costs(self, moves: _Moves) -> tuple[np.ndarray, np.ndarray]:
        """What plans would cost after moves, (moves,), limits aside, and how far over limits they would be."""
        changes = self.change + moves.people
        over = self.within.over_in_all((self.over + moves.over).T, changes)
        return self.aim.cost(self.answers + moves.answers, changes), over

    def cheapest(self, moves: _Moves) -> np.ndarray:
        """Indices of the moves, those first that would cost least, limits and all."""
        costs, over = self.costs(moves)
        return np.argsort(costs + BROKEN * sum_over(over), kind="stable")

    def worth_combining(self, moves: _Moves) -> np.ndarray:
        """Indices of the moves that are cheapest, limits aside, and of those that mend them.

        They ease a limit that the cheapest break, and at the lowest price: the cost of so much air.
        """
        (costs, over), (now, over_now) = self.costs(moves), self.costs(_none(moves))
        best = np.argsort(costs, kind="stable")[:TRIED]
        breaks = (over[best] > ROUND).sum(axis=0) * (over_now[0] <= ROUND)
        limits = [limit for limit in np.argsort(-breaks, kind="stable")[:MOST_REPAIRED] if breaks[limit]]
        eased = over_now[:, limits] - over[:, limits]
        prices = np.where(eased > 0, (costs - now)[:, None] / np.maximum(eased, LEAST_WORTH), np.inf)
        return np.union1d(best, np.argsort(prices, axis=0, kind="stable")[:REPAIRS].ravel())

    def gaining_pairs(self, moves: _Moves) -> np.ndarray:
        """Indices of every two moves that gain at once and keep the limits of a year, (pairs, 2).

        Those come first that gain most. They are of four pools and each gains or eases a limit. Limits that no single
        move breaks are left aside.
        """
        gains = self.costs(_none(moves))[0] - self.costs(moves)[0]
        breaks = (self.over + moves.over > ROUND).any(axis=1)
        now, over = self.over[breaks], moves.over[breaks]
        helps = np.flatnonzero((gains > 0) | (over < 0).any(axis=0))
        helps = helps[np.argsort(-gains[helps], kind="stable")][:MOST_PAIRED]
        first, second = (helps[side] for side in np.triu_indices(len(helps), 1))
        good = gains[first] + gains[second] > LEAST_WORTH
        for limit, spare in zip(over, now[:, 0], strict=True):
            good &= spare + limit[first] + limit[second] <= ROUND
        first, second = first[good], second[good]
        ends = moves.people != 0
        apart = ~(ends[first] & ends[second]).any(axis=1)
        pairs = np.stack([first[apart], second[apart]], axis=1)
        return pairs[np.argsort(-gains[pairs].sum(axis=1), kind="stable")[:PAIRS_WEIGHED]]


@dataclass(frozen=True, eq=False)
class LocalMoves:
    """Moves of a few people between pools, by an aim and within limits of one case."""

    within: PlanLimits
    aim: Aim

    def improved(self, change: np.ndarray) -> np.ndarray:
        """The plan, (pools,), after one move after another, each the best that is tried, while one gains.

        Nobody is left moved for nothing: to take people back is a move as well.
        """
        draws = self.aim.near(change).draws
        years = draws * (2 * len(change) + (TRIED * len(PEOPLE) if draws == 1 else TRIED_IN_DRAWS))
        most = max(min(MOST_MOVES, MOST_POOL_YEARS // (years * len(change))), 1)
        return self._while_gaining(change, self._plans, most)

    def refined(self, change: np.ndarray) -> np.ndarray:
        """The plan, (pools,), improved further by moves of one person and by pairs of them, while one gains.

        The full model judges every move before it is put beside others: pools that answer together, as those do between
        which people go, do not mislead it. As `improved` in many draws or for a large force, where this takes too long.
        """
        change = self.improved(change)
        if len(change) > ENDS or self.aim.near(change).draws > 1:
            return change
        return self._while_gaining(change, lambda at: iter([self._beside(at)]), MOST_MOVES)

    def _while_gaining(
        self, change: np.ndarray, plans_from: Callable[[np.ndarray], Iterator[np.ndarray]], most: int
    ) -> np.ndarray:
        """The plan after so many steps at most, each to the best of the first plans there that gain."""
        cost = self.cost(change)
        for _ in range(most):
            if self.within.case.progress.is_late:
                break
            better = next((one for plans in plans_from(change) if (one := self._cheaper(plans, cost))), None)
            if better is None:
                break
            change, cost = better
        return change

    def cost(self, change: np.ndarray) -> float:
        """What one plan costs, (pools,)."""
        return float(self.costs(change[None])[0])

    def costs(self, changes: np.ndarray) -> np.ndarray:
        """What plans cost by the aim and by the limits they break, (plans,)."""
        return self._costs(self.aim, changes)

    def _costs(self, aim: Aim, changes: np.ndarray) -> np.ndarray:
        answers, over = self._asked(aim, changes)
        return aim.cost(answers, changes) + BROKEN * sum_over(self.within.over_in_all(over.T, changes))

    def _asked(self, aim: Aim, changes: np.ndarray, around: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """The aim's answers, (quantities, plans), and how far their years are over limits, (limits, plans)."""
        parts = []
        for part in np.array_split(changes, max(changes.size // MOST_AT_ONCE, 1)):
            years = self.within.case.years(part)
            parts.append((aim.answers(part, around, years), self.within.over_by_year(years).T))
        answers, over = zip(*parts, strict=True)
        return np.concatenate(answers, axis=1), np.concatenate(over, axis=1)

    def _cheaper(self, changes: np.ndarray, cost: float) -> tuple[np.ndarray, float] | None:
        """The plan that costs least and its cost, if that is less."""
        costs = self.costs(changes) if len(changes) else np.full(1, np.inf)
        k = int(costs.argmin())
        return (changes[k], float(costs[k])) if costs[k] < cost - LEAST_WORTH else None

    def _plans(self, change: np.ndarray) -> Iterator[np.ndarray]:
        """Plans, (plans, pools), that one move would make of one, then those that two moves would.

        Two at once are tried in one draw and no large force. They are those that would cost least if all pools answered
        apart.
        """
        here, moves = self._around(change)
        tried = TRIED if here.aim.draws == 1 else TRIED_IN_DRAWS
        takes_back = np.flatnonzero(moves.people @ np.sign(change) == -2)
        back = takes_back[here.cheapest(moves.some(takes_back))[: tried // 2]]
        yield self._best(here, moves.people[np.union1d(here.cheapest(moves)[:tried], back)])
        if len(change) > ENDS or here.aim.draws > 1:
            return
        pairs = moves.some(here.worth_combining(moves)).in_pairs()
        yield self._best(here, pairs.people[here.cheapest(pairs)[:tried]])

    def _beside(self, change: np.ndarray) -> np.ndarray:
        """The plan one person away that costs least, and those that two such moves would make."""
        here, moves = self._around(change)
        answers, over = self._asked(here.aim, change + moves.people)
        moves = _Moves(moves.people, answers - here.answers, over - here.over)
        pairs = moves.people[here.gaining_pairs(moves)].sum(axis=1)
        is_open = self.within.keep_people(change + pairs)
        return change + np.concatenate([moves.people[here.cheapest(moves)[:1]], pairs[is_open][:PAIRS_JUDGED]])

    def _around(self, change: np.ndarray) -> tuple[_Around, _Moves]:
        """A plan as the aim near it sees it, and all moves of one person from it."""
        aim, one, pools = self.aim.near(change), np.eye(len(change)), len(change)
        apart = np.concatenate([change[None], change - one, change + one])
        answers, over = self._asked(aim, apart, change)
        costs = aim.cost(answers, apart) + BROKEN * sum_over(self.within.over_in_all(over.T, apart))
        low, high = self.within.bounds
        froms, tos = (np.flatnonzero(is_open) for is_open in (change > low, change < high))
        froms, tos = froms[np.argsort(costs[1 + froms])[:ENDS]], tos[np.argsort(costs[1 + pools + tos])[:ENDS]]
        sources, targets = (way.ravel() for way in np.meshgrid(froms, tos, indexing="ij"))
        sources, targets = sources[sources != targets], targets[sources != targets]
        changed = (of[:, 1 + sources] + of[:, 1 + pools + targets] - 2 * of[:, :1] for of in (answers, over))
        here = _Around(self.within, aim, change, answers[:, :1], over[:, :1])
        return here, _Moves(one[targets] - one[sources], *changed)

    def _best(self, here: _Around, moves: np.ndarray) -> np.ndarray:
        """The plans after moves, (moves, pools), of several numbers of people; in many draws the cheapest."""
        if here.aim.draws > 1:
            changes = here.change + moves
            return changes[np.argsort(self._costs(here.aim, changes), kind="stable")[:JUDGED]] if len(moves) else moves
        # As many as bring back all who moved to a pool or from it, too.
        home = np.where(moves * here.change < 0, np.abs(here.change) / np.maximum(np.abs(moves), 1), np.inf).min(axis=1)
        every = np.floor(np.where(np.isfinite(home), home, 1.0))
        return np.concatenate([here.change + people * moves for people in (*PEOPLE, np.maximum(every, 1.0)[:, None])])


def _none(moves: _Moves) -> _Moves:
    """No move."""
    return _Moves(np.zeros((1, moves.people.shape[1])), *(np.zeros((len(of), 1)) for of in (moves.answers, moves.over)))

"""The search for an aim: one programme after another, then whole people (method, section 14)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from model.force.whole_numbers import whole
from model.search.engine.local_moves import Aim, LocalMoves
from model.search.engine.plan_search import PlanSearch
from model.search.engine.staffing_plan import Refusal
from model.search.programme.linear_programme import Conflict, Programme, Term, Unsolved
from model.search.programme.moves import Moves
from model.search.programme.pool_curves import Rows, curves_around, grid_around, lay_out
from model.search.programme.staffing_programme import LEAST_WORTH

MOST_PROGRAMMES = 5
PARTS = (1.0, 0.75, 0.5, 0.25, 0.1)
"""Parts of the way to a programme's plan that the full model judges."""
NEAR_ENOUGH = 0.5
"""People in all by which two plans may differ and count as the same."""


class ProgrammeAim(Aim, Protocol):
    """An aim that a programme can have."""

    @property
    def points(self) -> int:
        """Numbers of people, on either side of a plan, at which a programme asks about each pool."""

    def near(self, change: np.ndarray) -> "ProgrammeAim":
        """The same aim as far as it matters around a plan, cheaper to ask."""

    def gain(self, programme: Programme, who: Moves, rows: Rows) -> list[Term]:
        """Add the aim to a programme in which the answers are `rows`; returns what it gains."""


@dataclass(frozen=True, eq=False)
class AimSearch:
    """Plans for an aim within the limits of a plan search, which hold in its case, the representative one."""

    search: PlanSearch
    aim: ProgrammeAim

    @cached_property
    def moves(self) -> LocalMoves:
        """Moves of one person for this aim."""
        return LocalMoves(self.search.within, self.aim)

    def best(self, *starts: np.ndarray) -> tuple[np.ndarray, np.ndarray] | Refusal:
        """The best change of whole people, and the last programme's, which need not be whole; (pools,) each."""
        moves = self.moves
        at = min(starts, key=moves.cost)
        cost = moves.cost(at)
        there = at
        for _ in range(MOST_PROGRAMMES):
            answer = None if self.search.case.progress.is_late else self._by_programme(at)
            if isinstance(answer, Refusal):
                return answer
            if answer is None:
                break
            there = answer
            parts = np.stack([at + part * (there - at) for part in PARTS])
            costs = moves.costs(parts)
            k = int(costs.argmin())
            step, gained = np.abs(parts[k] - at).sum(), cost - costs[k]
            if gained <= LEAST_WORTH:
                break
            at, cost = parts[k], costs[k]
            if step < NEAR_ENOUGH:
                break
        return min([moves.improved(in_whole(at)), *map(in_whole, starts)], key=moves.cost), there

    def _by_programme(self, around: np.ndarray) -> np.ndarray | Refusal | None:
        """The change by the programme around another change, with this aim; None if it has no answer."""
        aim, staffing = self.aim.near(around), self.search.new_programme(around)
        who = staffing.moves
        at = np.clip(around, who.low, who.high)
        grid = grid_around(at, who.low, who.high, aim.points)
        curves = curves_around(lambda changes: aim.answers(changes, at), at, grid)
        rows = lay_out(staffing.programme, who, grid, curves)
        answer = staffing.programme.solve(aim.gain(staffing.programme, who, rows))
        if isinstance(answer, Unsolved):
            return None
        return Refusal(staffing.missed(answer)) if isinstance(answer, Conflict) else staffing.change(answer)


def in_whole(change: np.ndarray) -> np.ndarray:
    """A change of people in whole numbers with the same net sum, (pools,)."""
    return whole(change).astype(float)

"""The pursuit of an aim over plans: programmes asked around one plan after another, then whole people, mended; every
step judged by the full model (method, section 14)."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from model.search.engine.local_moves import LEAST_WORTH, Aim, LocalMoves, in_whole
from model.search.engine.staffing_plan import Refusal
from model.search.engine.successive_programmes import PlanSearch
from model.search.programme.linear_programme import Conflict, Programme, Term
from model.search.programme.pool_curves import Rows, ask, grid_around, lay_out
from model.search.programme.staffing_programme import Moves

MOST_ASKED = 5
PARTS = (1.0, 0.75, 0.5, 0.25, 0.1)
"""Of the way to a programme's plan, the parts that the full model judges."""
NEAR_ENOUGH = 0.5
"""People in all by which two plans may differ and count as the same."""


class ProgrammeAim(Aim, Protocol):
    """What plans are judged by and programmes can seek."""

    points: int
    """Numbers of people, on either side of a plan, at which a programme asks about each pool."""

    def near(self, plan: np.ndarray) -> "ProgrammeAim": ...

    def gain(self, programme: Programme, who: Moves, rows: Rows) -> list[Term]:
        """Add the aim to a programme in which the answers are `rows`; returns what it gains."""


@dataclass(frozen=True, eq=False)
class AimSearch:
    """Plans for an aim within the limits of a search, which hold in its case, the central one."""

    search: PlanSearch
    aim: Aim

    @cached_property
    def mending(self) -> LocalMoves:
        return LocalMoves(self.search.case, self.search.limits, self.aim)

    def best(self, *starts: np.ndarray) -> tuple[np.ndarray, np.ndarray] | Refusal:
        """The best plan found in whole people, and the last programme's own, which need not be whole."""
        mending = self.mending
        at = min(starts, key=mending.cost)
        cost = mending.cost(at)
        for _ in range(MOST_ASKED):
            there = self.ask(at)
            if isinstance(there, Refusal):
                return there
            parts = np.stack([at + part * (there - at) for part in PARTS])
            costs = mending.costs(parts)
            k = int(costs.argmin())
            step, gained = np.abs(parts[k] - at).sum(), cost - costs[k]
            if gained <= LEAST_WORTH:
                break
            at, cost = parts[k], costs[k]
            if step < NEAR_ENOUGH:
                break
        return min([mending.refined(in_whole(at)), *map(in_whole, starts)], key=mending.cost), there

    def ask(self, at: np.ndarray) -> np.ndarray | Refusal:
        """The plan of a programme asked around another one: the staffing problem's, with this aim."""
        # A programme of its own: searches keep theirs.
        aim, asked = self.aim.near(at), replace(self.search, asked={}).ask(at)
        who = asked.moves
        at = np.clip(at, who.low, who.high)
        grid = grid_around(at, who.low, who.high, aim.points)
        rows = lay_out(asked.programme, who, grid, ask(lambda plans: aim.answers(plans, at), at, grid))
        found = asked.programme.solve(aim.gain(asked.programme, who, rows))
        if isinstance(found, Conflict):
            return Refusal(self.search.missed(asked, found))
        return asked.people(found)

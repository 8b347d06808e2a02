"""What the full model says of plans: their worth by an objective, less what they break of limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.force.staff import people_moved
from model.search.aims.objective import Criteria, Objective, coverage, criteria, worths_by_place
from model.search.engine.plan_limits import PlanLimits
from model.search.programme.linear_programme import Programme, Term
from model.search.programme.moves import Moves
from model.search.programme.pool_curves import MOST_AT_ONCE, Rows
from model.search.programme.response import Case
from model.search.programme.staffing_programme import LEAST_GAIN
from model.year.year import Year

POINTS = 8
"""Numbers of people on either side of a plan at which a programme asks about each pool."""


@dataclass(frozen=True, eq=False)
class FullModel:
    """The full model in one case, asked by an objective.

    Changes of people are (plans, pools).

    `own` is the scenario's own change, (pools,); an objective of several criteria counts them by what they are there.
    """

    case: Case
    objective: Objective
    within: PlanLimits
    own: np.ndarray

    @cached_property
    def against(self) -> Criteria:
        """The criteria of the own plan, (1,) each."""
        return self.case.criteria(self.own[None])

    @cached_property
    def files(self) -> float | None:
        """Files a year of the own plan, with which the worst-off prefecture of any plan is judged.

        Otherwise people who do nothing elsewhere would help it, since fewer files come up. None where the objective
        does not look at it.
        """
        if not self.objective.weights.get("worst_off"):
            return None
        return float(self.case.years(self.own[None]).budget.filed[0, 0])

    @cached_property
    def unit(self) -> float:
        """The amount of the objective that parts of it are measured by: the own plan's."""
        return abs(self.worth(self.own)) or 1.0

    def worths(self, changes: np.ndarray) -> np.ndarray:
        """What plans are worth by the objective, the worst off with the own plan's `files`, (plans,)."""
        return np.concatenate([self._worth(of_year) for _, of_year in self._years(changes)])

    def worth(self, change: np.ndarray) -> float:
        """The same of one plan, (pools,)."""
        return float(self.worths(change[None])[0])

    def plain_worths(self, changes: np.ndarray) -> np.ndarray:
        """What plans are worth with their own files, (plans,)."""
        return self._worth(self.case.criteria(changes))

    def worths_within(self, changes: np.ndarray) -> np.ndarray:
        """What plans are worth, minus infinity where they break a limit, (plans,)."""
        worths = np.full(len(changes), -np.inf)
        if (keeps := self.within.keep_people(changes)).any():
            years = self._years(changes[keeps])
            by_part = [np.where(self.within.broken_by_year(*one) == 0, self._worth(one[1]), -np.inf) for one in years]
            worths[keeps] = np.concatenate(by_part)
        return worths

    @property
    def draws(self) -> int:
        """The case is one draw."""
        return 1

    @property
    def points(self) -> int:
        """Numbers of people, on either side of a plan, at which a programme asks about each pool."""
        return POINTS

    def near(self, change: np.ndarray) -> "FullModel":
        """The same: one case is cheap to ask."""
        return self

    def answers(self, changes: np.ndarray, around: np.ndarray | None = None, years: Year | None = None) -> np.ndarray:
        """What plans are worth if each prefecture were the worst-off one, (places, plans).

        The worst off is judged with `files`.
        """
        assumed, pools = self.case.base.assumed, self.case.pools

        def coverages() -> np.ndarray:
            return coverage(self.case.years(changes, self.files), pools)

        of_years = criteria(self.case.years(changes) if years is None else years, assumed, pools)
        return worths_by_place(self.objective.units(self.against), of_years, coverages)

    def cost(self, answers: np.ndarray, changes: np.ndarray) -> np.ndarray:
        """A hair for everybody who moves, less the worth as a part of the own plan's, (plans,)."""
        return LEAST_GAIN * people_moved(changes) - answers.min(axis=0) / self.unit

    def gain(self, programme: Programme, who: Moves, rows: Rows) -> list[Term]:
        """The worth by the worst-off prefecture, and a hair for all who move."""
        worth = programme.variables("worth", 1, low=-np.inf)
        programme.rows("worth", rows.term(), (np.repeat(worth, len(rows.now)), -1.0), low=-rows.below)
        hair = -LEAST_GAIN * self.unit / 2
        return [(worth, 1.0), (who.out, hair), (who.into, hair)]

    def _worth(self, of_year: Criteria) -> np.ndarray:
        return self.objective.worth(of_year, self.against)

    def _years(self, changes: np.ndarray) -> Iterator[tuple[Year, Criteria]]:
        """The years of plans, a part of the plans at a time, and their criteria, the worst off with `files`."""
        assumed, pools = self.case.base.assumed, self.case.pools
        for part in np.array_split(changes, max(changes.size // MOST_AT_ONCE, 1)):
            result = self.case.years(part)
            of_year = dict(criteria(result, assumed, pools))
            if self.files is not None:
                of_year["worst_off"] = criteria(self.case.years(part, self.files), assumed, pools)["worst_off"]
            yield result, of_year

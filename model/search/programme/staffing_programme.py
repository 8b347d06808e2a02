"""Where people should sit: the programme for an objective around a plan, and the limits that bind."""

from dataclasses import dataclass

import numpy as np

from model.search.aims.limits import LimitAmount, Limits
from model.search.aims.objective import Criteria, Objective
from model.search.programme.linear_programme import Conflict, Programme, Solution, Term, Unsolved
from model.search.programme.moves import Moves, moves
from model.search.programme.outcome import Outcome, outcome
from model.search.programme.response import Case, respond

POINTS = 13
"""Numbers of people, from fewest to most, at which the model is asked about a pool."""
LEAST_GAIN = 1e-5
"""Least part of the objective that moving one person must gain."""
LEAST_WORTH = 1e-9
"""Amounts below this are a solver's rounding."""
ROUND = 1e-6
"""Part of a person below which a number of people is rounding."""
WHOLE_GAP = 1e-6
"""Relative gap to which the best plan in whole people is searched for."""
EQUATIONS = ("posts", "field time", "in time", "mix", "credited", "files", "fewest visits")
"""Rows that say what follows from a plan, and so are no limits of it."""


@dataclass(frozen=True, eq=False)
class StaffingProgramme:
    """The programme for an objective around one plan of a case.

    `gain` and `constant` make up the objective. `inertia` costs a little for everybody who moves, so that nobody moves
    for next to nothing.
    """

    case: Case
    programme: Programme
    moves: Moves
    outcome: Outcome
    gain: list[Term]
    constant: float
    inertia: list[Term]

    def best(self, *, whole: bool = False, leaving: bool = False) -> Solution | Conflict | Unsolved:
        """The best plan, nobody moved for next to nothing; in whole people where `whole`.

        With `leaving`, pools rich in officers that nobody leaves yet may send people and get none.
        """
        within = {}
        if leaving:
            most_added = np.where(self.outcome.rich, 0.0, self.moves.high)
            within = {"credited": (0.0, -self.moves.low), "into": (0.0, most_added)}
        people = np.concatenate([self.moves.out, self.moves.into]) if whole else None
        return self.programme.solve([*self.gain, *self.inertia], whole=people, gap=WHOLE_GAP, within=within)

    def at(self, change: np.ndarray) -> Solution | Conflict | Unsolved:
        """The programme's answer with the people of every pool held at a change, (pools,)."""
        within = {"out": (np.maximum(-change, 0.0),) * 2, "into": (np.maximum(change, 0.0),) * 2}
        return self.programme.solve(self.gain, within=within)

    def most(self) -> Solution | Conflict | Unsolved:
        """The most of the objective that any plan can have, with duals."""
        return self.programme.solve(self.gain)

    def change(self, solution: Solution) -> np.ndarray:
        """People added to each pool, less those taken, (pools,)."""
        return solution.values["into"] - solution.values["out"]

    def worth(self, solution: Solution) -> float:
        """What the programme says a plan is worth by the objective."""
        values = np.concatenate(list(solution.values.values()))
        return self.constant + sum(float(np.sum(values[columns] * weights)) for columns, weights in self.gain)

    def binding(self, solution: Solution) -> tuple[LimitAmount, ...]:
        """The limits that hold the objective back, those first whose easing gains most."""
        worths = {name: np.abs(duals) for name, duals in solution.duals.items() if name not in EQUATIONS}
        amounts = [amount for name, worth in worths.items() for amount in self._by_pool(name, worth)]
        spare = np.floor(self.case.seats.spare[0])
        for name, bound in (("out", -self.moves.low), ("into", self.moves.high)):
            worth = np.where(solution.values[name] >= bound - ROUND, solution.reduced[name], 0.0)
            for p in np.flatnonzero(worth > LEAST_WORTH):
                what = "spare people" if name == "out" and bound[p] >= spare[p] else "pool change"
                amounts.append(LimitAmount(what, *self.case.base.baseline.pool_names[p], float(worth[p])))
        return _largest_first(amounts)

    def missed(self, conflict: Conflict) -> tuple[LimitAmount, ...]:
        """The limits that cannot be kept beside the others, those first that miss most."""
        excess = dict(conflict.excess)
        if "least on_time_share" in excess:  # its row counts files
            excess["least on_time_share"] = excess["least on_time_share"] / self.outcome.response.files
        return _largest_first([amount for name, over in excess.items() for amount in self._by_pool(name, over)])

    def _by_pool(self, name: str, amounts: np.ndarray) -> list[LimitAmount]:
        """The largest amount of each pool that has any; rows without pools are of all pools together."""
        pools = self.programme.labels.get(name)
        if pools is None:
            return [LimitAmount(name, "", "", float(amounts.max()))] if amounts.max() > LEAST_WORTH else []
        largest = np.zeros(len(self.case.pools))
        np.maximum.at(largest, pools, amounts)
        names = self.case.base.baseline.pool_names
        return [LimitAmount(name, *names[p], float(largest[p])) for p in np.flatnonzero(largest > LEAST_WORTH)]


def staffing_programme(
    case: Case,
    around: np.ndarray,
    objective: Objective,
    against: Criteria,
    limits: Limits,
    files: float | None = None,
) -> StaffingProgramme:
    """The programme around a change of people by pool, `around` (pools,), for an objective within limits.

    `against` are the criteria of the year that an objective of several is compared with, (1,) each. With `files`, the
    worst-off prefecture is judged with so many files a year.
    """
    programme = Programme(case.progress)
    who = moves(programme, case, limits)
    apart = np.round(np.linspace(who.low, who.high, POINTS))
    here = np.clip([np.zeros(len(around)), np.floor(around), np.ceil(around)], who.low, who.high)
    grid = np.sort(np.concatenate([apart, here]), axis=0)
    year = outcome(programme, who, case, respond(case, around, grid), limits, files)
    gain, constant = year.worth(objective, against)
    now = float(objective.worth(year.response.criteria, against)[0])
    return StaffingProgramme(case, programme, who, year, gain, constant, [(who.out, -LEAST_GAIN * abs(now))])


def _largest_first(amounts: list[LimitAmount]) -> tuple[LimitAmount, ...]:
    return tuple(sorted(amounts, key=lambda one: -one.amount))

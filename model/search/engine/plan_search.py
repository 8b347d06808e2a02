"""The search for the best plan: one programme after another, then whole people (method, section 14)."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from model.force.staff import people_moved
from model.projection.progress import OutOfTime
from model.search.aims.limits import LimitAmount, Limits
from model.search.aims.objective import Objective
from model.search.engine.full_model import FullModel
from model.search.engine.local_moves import LocalMoves
from model.search.engine.plan_limits import PlanLimits
from model.search.engine.whole_plans import every_plan, rounded
from model.search.programme.linear_programme import Conflict, Solution, Unsolved
from model.search.programme.response import Case
from model.search.programme.staffing_programme import (
    LEAST_GAIN,
    LEAST_WORTH,
    StaffingProgramme,
    staffing_programme,
)

MOST_ROUNDS, MOST_STEPS = 3, 6
"""Times that whole people are made of a plan, and programmes solved for each of them, at most."""
FEW = 60
"""People moved up to which local moves alone are tried too."""
SHORTER = (0.5, 0.25)
"""Parts of the way to a programme's plan that are tried where the full model likes it less."""
BETWEEN = (0.75, 0.5, 0.25)
"""Parts of the way from the scenario's own plan to a worse one that are tried in its place."""


@dataclass(frozen=True, eq=False)
class PlanSearch:
    """Plans for an objective in one case, the representative one, within limits.

    `own` is the scenario's own change of people, (pools,). `programmes` are those asked so far, by the change that each
    was asked around.
    """

    case: Case
    objective: Objective
    limits: Limits
    own: np.ndarray
    programmes: dict[bytes, StaffingProgramme] = field(default_factory=dict)

    @cached_property
    def within(self) -> PlanLimits:
        """The limits in this case."""
        return PlanLimits(self.case, self.limits)

    @cached_property
    def full_model(self) -> FullModel:
        """The full model, asked by the objective."""
        return FullModel(self.case, self.objective, self.within, self.own)

    @cached_property
    def moves(self) -> LocalMoves:
        """Moves of whole people by the full model."""
        return LocalMoves(self.within, self.full_model)

    def programme(self, around: np.ndarray) -> StaffingProgramme:
        """The programme around a change, (pools,); the same one whenever it is asked for."""
        key = around.tobytes()
        if key not in self.programmes:
            self.programmes[key] = self.new_programme(around)
        return self.programmes[key]

    def new_programme(self, around: np.ndarray) -> StaffingProgramme:
        """A programme of its own around a change, to which rows may be added."""
        full_model = self.full_model
        return staffing_programme(self.case, around, self.objective, full_model.against, self.limits, full_model.files)

    def best(self, exact: bool) -> np.ndarray | None:
        """The best change of whole people, (pools,): of all where they are few, else the best that is found.

        Where `exact`, the best whole plan of every programme is tried too. None where no plan keeps the limits.
        """
        if self.every is None:
            return self.climb(exact)
        changes, worths = self.every
        net = worths - LEAST_GAIN * self.full_model.unit * people_moved(changes)
        return changes[net.argmax()] if net.max() > -np.inf else None

    @cached_property
    def every(self) -> tuple[np.ndarray, np.ndarray] | None:
        """All changes of whole people (plans, pools) and what they are worth within the limits, (plans,).

        None where they are too many to try, and where posts are new or cut.
        """
        if self.case.settings.staff_new_posts:
            return None
        changes = every_plan(*self.within.bounds, self.limits.most_moved)
        return None if changes is None else (changes, self.full_model.worths_within(changes))

    def climb(self, exact: bool) -> np.ndarray | None:
        """The change that programmes, each asked around the last, and local moves lead to.

        Where few people move or that plan breaks a limit, local moves from the start alone are tried too.
        """
        change, moves = self._by_programmes(exact), self.moves
        few = self.limits.most_moved is not None and self.limits.most_moved <= FEW
        if change is not None and not (few or self.within.broken(change[None])[0]):
            return change
        other = moves.improved(rounded(self.start()))
        if change is None:
            return None if self.within.broken(other[None])[0] else other
        return min(change, other, key=moves.cost)

    def start(self) -> np.ndarray:
        """The scenario's own change where the limits allow it; else its new posts spread as people are."""
        low, high = self.within.bounds
        if ((self.own >= low) & (self.own <= high)).all():
            return self.own
        people = self.case.seats.people[0]
        return self.case.settings.staff_new_posts * people / people.sum()

    def _by_programmes(self, exact: bool) -> np.ndarray | None:
        """The change of whole people that programmes lead to, each asked around the last change."""
        change = self._better_in_whole_people(self.start(), -np.inf, exact)
        if change is None:
            return None
        cost = self.moves.cost(change)
        for _ in range(MOST_ROUNDS - 1):
            if self.case.progress.is_late:
                break
            worth = self.full_model.worths_within(change[None])[0]
            better = self._better_in_whole_people(change, worth, exact)
            if better is None or better is change:
                break
            better_cost = self.moves.cost(better)
            if better_cost >= cost - LEAST_GAIN:
                break
            change, cost = better, better_cost
        return change

    def _better_in_whole_people(self, start: np.ndarray, worth: float, exact: bool) -> np.ndarray | None:
        """The same as `_better_than`, in whole people; `start` itself where nothing is better."""
        better = self._better_than(start, worth)
        if better is None or better is start:
            return better
        return self._in_whole_people(better, exact)

    def _better_than(self, start: np.ndarray, worth: float) -> np.ndarray | None:
        """A change, not yet whole, that the full model likes better than `worth`, what `start` is worth.

        Each programme is asked around the last change until there is none.
        """
        at = start
        for step in range(MOST_STEPS):
            if step and self.case.progress.is_late:
                break
            programme = self.programme(at)
            answers = programme.best(), programme.best(leaving=True)
            changes = [programme.change(answer) for answer in answers if isinstance(answer, Solution)]
            if not changes:
                return None if worth == -np.inf else at
            candidates = np.stack(changes)
            worths = self.full_model.worths(candidates)
            if worth > -np.inf and worths.max() <= worth:
                candidates = np.concatenate([at + part * (candidates - at) for part in SHORTER])
                worths = self.full_model.worths(candidates)
            k = int(worths.argmax())
            if worths[k] <= worth + 1e-9 * abs(worth):
                break
            at, worth = candidates[k], worths[k]
        return at

    def _in_whole_people(self, change: np.ndarray, exact: bool) -> np.ndarray | None:
        """A change in whole people, after local moves: rounded, or the programme's best whole one.

        The programme is asked where `exact` or where rounding breaks a limit; None where neither keeps the limits.
        """
        plain = self.moves.improved(rounded(change))
        is_within = not self.within.broken(plain[None])[0]
        if not exact and is_within:
            return plain
        programme = self.programme(change)
        answer = programme.best(whole=True)
        if not isinstance(answer, Solution):
            return plain if is_within else None
        return min(plain, self.moves.improved(np.round(programme.change(answer))), key=self.moves.cost)

    def not_worse(self, change: np.ndarray) -> tuple[np.ndarray, bool]:
        """The change, or a better one between it and the own change by the full model; and whether so.

        The own change where the other gains nothing by it.
        """
        kept = rounded(self.own)
        if self._net_worth(kept) >= self._net_worth(change) - LEAST_WORTH * self.full_model.unit:
            return kept, False
        between = np.stack([rounded(self.own + part * (change - self.own)) for part in BETWEEN])
        worth, own, *others = self.full_model.plain_worths(np.stack([change, self.own, *between])).tolist()
        allowed = np.where(self.full_model.worths_within(between) > -np.inf, others, -np.inf)
        is_better = worth < own and allowed.max() > worth
        return (between[allowed.argmax()] if is_better else change), bool(is_better)

    def _net_worth(self, change: np.ndarray) -> float:
        """What a change is worth within the limits, less a hair for everybody who moves."""
        hair = LEAST_GAIN * self.full_model.unit * people_moved(change[None])[0]
        return float(self.full_model.worths_within(change[None])[0] - hair)

    def conflict(self) -> tuple[LimitAmount, ...]:
        """The limits that cannot be kept together, by the programme around the start.

        None where only whole people do not fit. OutOfTime where there was no time to find out.
        """
        programme = self.programme(self.start())
        answer = programme.best()
        if isinstance(answer, Conflict):
            return programme.missed(answer)
        if isinstance(answer, Unsolved) or self.case.progress.is_late:
            raise OutOfTime
        return ()

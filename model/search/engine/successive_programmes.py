"""The search for a plan: programmes asked around one plan after another, then whole people (method, section 14)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from model.search.aims.limits import LimitAmount, Limits
from model.search.aims.objective import Criteria, Objective, criteria
from model.search.engine.whole_plans import every_plan, rounded
from model.search.programme.linear_programme import Conflict, Programme, Solution, Term
from model.search.programme.pool_curves import MOST_AT_ONCE
from model.search.programme.response import Case, respond
from model.search.programme.staffing_programme import (
    SOFT_DAYS,
    SOFT_FILES,
    SOFT_VISITS,
    Moves,
    Outcome,
    moved_by,
    moves,
    outcome,
    reach,
    tier_bounds,
)
from model.year.year import Year

MOST_ROUNDS, MOST_STEPS = 3, 6
SHORTER = (0.5, 0.25)
"""Where the full model likes a programme's plan less than the last one: parts of the way there that are tried."""
BETWEEN = (0.75, 0.5, 0.25)
"""Parts of the way from the scenario's own plan to a worse one that are tried in its place."""
POINTS = 13
"""Numbers of people, from the fewest to the most it may have, at which a pool is asked."""
LEAST_GAIN = 1e-5
"""Nobody is moved for less than this part of the goal."""
LEAST_WORTH = 1e-9
"""A dual below this is a solver's rounding."""
WHOLE_GAP = 1e-6
MOST_SWAPS, SWAPS_TRIED, SWAPPED = 20, 60, (1, 2, 3, 5, 8, 13)
"""Moves between two pools that a whole plan is mended by, those tried for each, and of how many people."""
MOST_POOL_YEARS = 4_000_000
"""Years of a pool asked of the full model before a large force is content with the swaps it has."""
ROUND = 1e-6
ANSWERS = ("posts", "field time", "in time", "mix", "credited", "files", "fewest visits")
"""Rows that say what follows from a plan, and so are no limits of it."""


@dataclass(frozen=True, eq=False)
class StaffingProgramme:
    """A programme for a goal, asked around one plan: `gain` and `constant` make up the goal, `inertia` keeps people who
    would gain next to nothing where they are."""

    programme: Programme
    moves: Moves
    outcome: Outcome
    gain: list[Term]
    constant: float
    inertia: list[Term]

    def plan(self, *, whole: bool = False, leaving: bool = False) -> Solution | Conflict:
        """The best plan, nobody moved for next to nothing; in `whole` people where asked. With `leaving`, pools rich in
        officers from which nobody goes yet may send people and get none."""
        within = {}
        if leaving:
            getting = np.where(self.outcome.rich, 0.0, self.moves.high)
            within = {"credited": (0.0, -self.moves.low), "into": (0.0, getting)}
        people = np.concatenate([self.moves.out, self.moves.into]) if whole else None
        return self.programme.solve([*self.gain, *self.inertia], whole=people, gap=WHOLE_GAP, within=within)

    def held(self, people: np.ndarray) -> Solution | Conflict:
        """What the programme says of a plan, people held there."""
        within = {"out": (np.maximum(-people, 0.0),) * 2, "into": (np.maximum(people, 0.0),) * 2}
        return self.programme.solve(self.gain, within=within)

    def most(self) -> Solution | Conflict:
        """What nothing can beat, with duals."""
        return self.programme.solve(self.gain)

    def people(self, found: Solution) -> np.ndarray:
        """People added to each pool, less those taken."""
        return found.values["into"] - found.values["out"]

    def worth(self, found: Solution) -> float:
        """What the programme says a plan is worth by the goal."""
        values = np.concatenate(list(found.values.values()))
        return self.constant + sum(float(np.sum(values[columns] * weights)) for columns, weights in self.gain)


@dataclass(frozen=True, eq=False)
class PlanSearch:
    """Plans for a goal in one case within limits. `own` is the scenario's own plan, people added to each pool; a goal
    of several criteria counts them by what they are there. `asked` keeps the programmes by the plan they were asked
    around."""

    case: Case
    goal: Objective
    limits: Limits
    own: np.ndarray
    asked: dict[bytes, StaffingProgramme] = field(default_factory=dict)

    @cached_property
    def against(self) -> Criteria:
        return self.case.criteria(self.own[None])

    @cached_property
    def files(self) -> float | None:
        """The worst off are judged with the files of the own plan, whatever the moves: else people who do nothing
        elsewhere, so that fewer files come up, would help."""
        if not self.goal.weights.get("worst_off"):
            return None
        return float(self.case.years(self.own[None]).budget.filed[0, 0])

    def worths(self, plans: np.ndarray) -> np.ndarray:
        """What the full model says plans (plans, pools) are worth by the goal, (plans,); the worst off with the
        `files` of the own plan."""
        return np.concatenate([self._worth(found) for _, found in self._years(plans)])

    def worth(self, people: np.ndarray) -> float:
        """The same of one plan."""
        return float(self.worths(people[None])[0])

    def ask(self, at: np.ndarray) -> StaffingProgramme:
        """The programme around a plan."""
        key = at.tobytes()
        if key not in self.asked:
            self.asked[key] = self._ask(at)
        return self.asked[key]

    def _ask(self, at: np.ndarray) -> StaffingProgramme:
        programme = Programme(self.case.progress)
        who = moves(programme, self.case, self.limits)
        apart = np.round(np.linspace(who.low, who.high, POINTS))
        here = np.clip([np.zeros(len(at)), np.floor(at), np.ceil(at)], who.low, who.high)
        grid = np.sort(np.concatenate([apart, here]), axis=0)
        answer = outcome(programme, who, self.case, respond(self.case, at, grid), self.limits, self.files)
        gain, constant = answer.goal(self.goal, self.against)
        now = float(self.goal.worth(answer.response.criteria, self.against)[0])
        return StaffingProgramme(programme, who, answer, gain, constant, [(who.out, -LEAST_GAIN * abs(now))])

    def found(self, exact: bool) -> np.ndarray | Conflict:
        """The best plan found, in whole people; where `exact`, the best whole one of every programme is tried too.
        Where there are few plans, the best of all."""
        if self.every is not None:
            plans, worths = self.every
            net = worths - LEAST_GAIN * self._unit * moved_by(plans)
            return plans[net.argmax()] if net.max() > -np.inf else Conflict({})
        return self.climbed(exact)

    @cached_property
    def every(self) -> tuple[np.ndarray, np.ndarray] | None:
        """All whole plans and what they are worth within the limits; None where they are too many to try, and where
        posts are new or cut."""
        if self.case.settings.staff_new_posts:
            return None
        plans = every_plan(*reach(self.case, self.limits), self.limits.most_moved)
        return None if plans is None else (plans, self.worths_within(plans))

    def climbed(self, exact: bool) -> np.ndarray | Conflict:
        """The plan that programmes, one asked around another, and moves between two pools lead to. Where few people
        move or that plan breaks a limit, what such moves make of the own plan is tried too."""
        plan = self._programmed(exact)
        few = self.limits.most_moved is not None and self.limits.most_moved <= MOST_SWAPS
        if isinstance(plan, Conflict) or not (few or self.worths_within(plan[None])[0] == -np.inf):
            return plan
        other = self._swapped(rounded(self.start()))
        scores = self.scores(np.stack([plan, other]))
        return other if scores[1] > scores[0] + LEAST_GAIN * self._unit else plan

    def _programmed(self, exact: bool) -> np.ndarray | Conflict:
        """The plan that programmes lead to, in whole people, each asked around the last plan."""
        plan, score, start = None, -np.inf, self.start()
        for _ in range(MOST_ROUNDS):
            around = self._around(start, score)
            if around is plan:
                break
            if isinstance(around, np.ndarray):
                around = self._whole(around, exact)
            if isinstance(around, Conflict):
                return around if plan is None else plan
            reached = self.scores(around[None])[0]
            if reached <= score + LEAST_GAIN * abs(score):
                break
            plan, start, score = around, around, reached
        return plan

    def _around(self, start: np.ndarray, worth: float) -> np.ndarray | Conflict:
        """People, not yet whole, of a plan that the full model likes better than `worth`, what `start` is worth: each
        programme is asked around the last plan until there is none."""
        at = start
        for _ in range(MOST_STEPS):
            asked = self.ask(at)
            found = [asked.plan(), asked.plan(leaving=True)]
            there = [asked.people(one) for one in found if isinstance(one, Solution)]
            if not there:
                return found[0] if worth == -np.inf else at
            tried = np.stack(there)
            worths = self.worths(tried)
            if worth > -np.inf and worths.max() <= worth:
                tried = np.concatenate([at + part * (tried - at) for part in SHORTER])
                worths = self.worths(tried)
            k = int(worths.argmax())
            if worths[k] <= worth + 1e-9 * abs(worth):
                break
            at, worth = tried[k], worths[k]
        return at

    def start(self) -> np.ndarray:
        """The scenario's own plan where the limits allow it; else its new posts spread as people are."""
        low, high = reach(self.case, self.limits)
        if ((self.own >= low) & (self.own <= high)).all():
            return self.own
        people = self.case.seats.people[0]
        return float(self.case.settings.staff_new_posts) * people / people.sum()

    def _whole(self, people: np.ndarray, exact: bool) -> np.ndarray | Conflict:
        """The plan in whole people: `people` rounded, or the best whole one where `exact` or rounding breaks a limit;
        then one person after another goes where the full model likes it better."""
        plan = self._swapped(rounded(people))
        is_within = self.worths_within(plan[None])[0] > -np.inf
        if not exact and is_within:
            return plan
        asked = self.ask(people)
        found = asked.plan(whole=True)
        if isinstance(found, Conflict):
            return plan if is_within else found
        best = self._swapped(np.round(asked.people(found)))
        return max(plan, best, key=lambda one: self.scores(one[None])[0])

    def _swapped(self, people: np.ndarray) -> np.ndarray:
        """The plan after moves of a few people between two pools, each the one that gains most, within the limits."""
        pools, one, score = len(people), np.eye(len(people)), self.scores(people[None])[0]
        years = 2 * pools + SWAPS_TRIED * len(SWAPPED)
        for _ in range(max(min(MOST_SWAPS, MOST_POOL_YEARS // (years * pools)), 1)):
            apart = self._judged(np.concatenate([people - one, people + one]))
            pairs = np.where(self._open(people), np.add.outer(apart[:pools], apart[pools:]), -np.inf)
            best = np.argsort(-pairs, axis=None)[:SWAPS_TRIED]
            best = best[np.isfinite(pairs.ravel()[best])]
            swaps = one[best % pools] - one[best // pools]
            plans = np.concatenate([people + heads * swaps for heads in SWAPPED])
            scores = self.scores(plans)
            more = moved_by(plans) - moved_by(people[None])
            asked = self._unit * np.maximum(LEAST_GAIN * more, LEAST_WORTH)
            if not len(plans) or (scores - asked).max() <= score:
                break
            k = int((scores - asked).argmax())
            people, score = plans[k], scores[k]
        return people

    def _open(self, people: np.ndarray) -> np.ndarray:
        """Between which pools one person more may go, (from, to)."""
        low, high = reach(self.case, self.limits)
        ways = np.outer(people > low, people < high) & ~np.eye(len(people), dtype=bool)
        if self.limits.most_moved is not None and moved_by(people[None])[0] >= self.limits.most_moved:
            ways &= ~np.outer(people <= 0, people >= 0)
        return ways

    def scores(self, plans: np.ndarray) -> np.ndarray:
        """What plans are worth, less what they break of a steady state, the legal minimum and what is asked at least;
        minus infinity where they break the limits of people, (plans,)."""
        scores = np.full(len(plans), -np.inf)
        if (keeps := self._keeps(plans)).any():
            scores[keeps] = self._judged(plans[keeps])
        return scores

    def worths_within(self, plans: np.ndarray) -> np.ndarray:
        """What the full model says of plans that keep the limits, minus infinity of the others, (plans,)."""
        worths = np.full(len(plans), -np.inf)
        if (keeps := self._keeps(plans)).any():
            years = self._years(plans[keeps])
            within = [np.where(self._broken(*one) == 0, self._worth(one[1]), -np.inf) for one in years]
            worths[keeps] = np.concatenate(within)
        return worths

    def _keeps(self, plans: np.ndarray) -> np.ndarray:
        """Which plans keep the limits of people, (plans,)."""
        low, high = reach(self.case, self.limits)
        least, most = tier_bounds(self.case, self.limits)
        by_tier = plans @ self.case.pools.of_tier
        keeps = ((plans >= low) & (plans <= high)).all(axis=1) & ((by_tier >= least) & (by_tier <= most)).all(axis=1)
        keeps &= np.abs(plans.sum(axis=1) - self.case.settings.staff_new_posts) < ROUND
        if self.limits.most_moved is not None:
            keeps &= moved_by(plans) <= self.limits.most_moved
        return keeps

    def _judged(self, plans: np.ndarray) -> np.ndarray:
        """What plans are worth, less what they break: as one person too many, the whole goal."""
        years = self._years(plans)
        return np.concatenate([self._worth(one[1]) - self._unit * self._broken(*one) for one in years])

    def _broken(self, result: Year, found: Criteria) -> np.ndarray:
        """By how much years miss a steady state and what the limits ask at least, as people too many, (rows,)."""
        read, filed = self.case.readings(result), result.budget.filed[:, 0]
        parts = [-read["spare_days"] / SOFT_DAYS, -read["spare_review"] / SOFT_FILES]
        if self.limits.keeps_minimum:
            parts.append((read["owed"] - read["visits"] - self.case.short_most) / SOFT_VISITS)
        for name, least in self.limits.least.items():
            value = found["on_time"] / filed if name == "on_time_share" else found[name]
            # A hundredth of what is asked weighs as one person, as in `allocation`.
            parts.append((100 * (1 - value / max(abs(least), LEAST_WORTH)) * (least > 0))[:, None])
        missed = np.concatenate(parts, axis=1)
        return np.where(missed > ROUND, missed, 0.0).sum(axis=1)

    def _years(self, plans: np.ndarray) -> Iterator[tuple[Year, Criteria]]:
        """The years of plans, a part of them at a time, and their criteria; the worst off with the `files` of the own
        plan."""
        assumed, pools = self.case.base.assumed, self.case.pools
        for part in np.array_split(plans, max(plans.size // MOST_AT_ONCE, 1)):
            result = self.case.years(part)
            found = dict(criteria(result, assumed, pools))
            if self.files is not None:
                found["worst_off"] = criteria(self.case.years(part, self.files), assumed, pools)["worst_off"]
            yield result, found

    def _worth(self, found: Criteria) -> np.ndarray:
        return self.goal.worth(found, self.against)

    @cached_property
    def _unit(self) -> float:
        """What a person's part of the goal is measured by."""
        return abs(self.worth(self.own)) or 1.0

    def not_worse(self, people: np.ndarray) -> tuple[np.ndarray, bool]:
        """The plan, or the best between it and the scenario's own where the full model likes that better; whether it is
        such a one."""
        between = np.stack([rounded(self.own + part * (people - self.own)) for part in BETWEEN])
        plan, own, *others = self.really(np.stack([people, self.own, *between]))
        kept = np.where(self.worths_within(between) > -np.inf, others, -np.inf)
        is_better = plan < own and kept.max() > plan
        return (between[kept.argmax()] if is_better else people), bool(is_better)

    def really(self, plans: np.ndarray) -> list[float]:
        """What the full model says plans are worth by the goal, files and all, (plans,)."""
        return self.goal.worth(self.case.criteria(plans), self.against).tolist()

    def binding(self, asked: StaffingProgramme, found: Solution) -> tuple[LimitAmount, ...]:
        """The limits that hold the goal back, those first whose easing gains most."""
        worths = {name: np.abs(duals) for name, duals in found.duals.items() if name not in ANSWERS}
        holds = [hold for name, worth in worths.items() for hold in self._by_place(asked, name, worth)]
        spare = np.floor(self.case.seats.spare[0])
        for name, at in (("out", -asked.moves.low), ("into", asked.moves.high)):
            worth = np.where(found.values[name] >= at - ROUND, found.reduced[name], 0.0)
            for p in np.flatnonzero(worth > LEAST_WORTH):
                what = "spare people" if name == "out" and at[p] >= spare[p] else "pool change"
                holds.append(LimitAmount(what, *self.case.base.baseline.pool_names[p], float(worth[p])))
        return tuple(sorted(holds, key=lambda hold: -hold.amount))

    def missed(self, asked: StaffingProgramme, conflict: Conflict) -> tuple[LimitAmount, ...]:
        """The limits that cannot be kept beside the others."""
        excess = dict(conflict.excess)
        if "least on_time_share" in excess:  # its row counts files
            excess["least on_time_share"] = excess["least on_time_share"] / asked.outcome.response.files
        holds = [hold for name, amounts in excess.items() for hold in self._by_place(asked, name, amounts)]
        return tuple(sorted(holds, key=lambda hold: -hold.amount))

    def _by_place(self, asked: StaffingProgramme, name: str, amounts: np.ndarray) -> list[LimitAmount]:
        """The largest amount of each pool that has any; a row without pools is of all."""
        pools = asked.programme.labels.get(name)
        if pools is None:
            return [LimitAmount(name, "", "", float(amounts.max()))] if amounts.max() > LEAST_WORTH else []
        largest = np.zeros(len(self.case.pools))
        np.maximum.at(largest, pools, amounts)
        return [
            LimitAmount(name, *self.case.base.baseline.pool_names[p], float(largest[p]))
            for p in np.flatnonzero(largest > LEAST_WORTH)
        ]

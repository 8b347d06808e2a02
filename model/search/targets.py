"""Targets: the fewest people moved so that they hold, or what would help (method, section 14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

import numpy as np

from model.evidence.baseline import Baseline
from model.force.staff import people_moved
from model.projection.base_year import BaseYear, base_year_of
from model.projection.progress import Progress, Tick, unheard
from model.projection.representative_case import representative_base
from model.projection.results import DrawsCount, PairedPlans
from model.projection.statistics import paired_plans
from model.projection.totals import unmoved
from model.scenario.levers import Value
from model.scenario.scenario import Scenario
from model.scenario.settings import settings
from model.search.aims.draw_sample import DrawSample, all_draws
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES
from model.search.aims.target import Target
from model.search.engine.fewest_moved import FewestMoved, sizes_of
from model.search.engine.opening import Opening, open_search
from model.search.engine.plan_limits import wide_enough
from model.search.engine.plan_search import PlanSearch
from model.search.engine.staffing_plan import Refusal, StaffingPlan, staffing_plan
from model.search.engine.target_search import TargetSearch
from model.search.programme.response import Case
from model.search.programme.staffing_programme import ROUND
from model.search.remedies import Remedy, remedies
from model.year.year import year

CASE_POINTS, DRAWS_POINTS = 8, 2
"""Numbers of people on either side of a plan asked about, in the representative case and in many draws."""
SEARCH_DRAWS = 512
"""Most draws, before the plausibility filter, in which plans are looked for; they are judged in all."""
MOST_ROUNDS = 3
"""Searches at most for a plan that holds in enough of all draws, each asking more or fewer of those it looks at."""


@dataclass(frozen=True)
class Standing:
    """How a target stands under the plan.

    `own` and `value` are its measure in the representative case under the scenario's own plan and under the one found,
    `own_share` and `share` the shares of draws in which the target holds, `over_draws` the measure under both plans in
    all draws. Where a probability was given, `in_draws` is what the plan brings the measure to in that share of them.
    Where the targets do not hold, `alone` is the furthest that the measure goes in the representative case if nothing
    else counts.
    """

    target: Target
    own: float
    value: float
    own_share: float
    share: float
    over_draws: PairedPlans
    in_draws: float | None
    alone: float | None

    @property
    def missing(self) -> float:
        """What the plan leaves missing in the representative case."""
        return max(float(self.target.missing(np.array(self.value))), 0.0)


@dataclass(frozen=True)
class TargetsAnswer:
    """The plan found for targets that moves the fewest people; where they do not hold, the nearest one.

    `holds` by the full model: in the representative case, or in as large a share of the draws as `probability` asks;
    `own_holds` the same of the scenario's own plan, which moves `own_moved`. `share` and `own_share` are of draws in
    which all targets hold together. `promise` is the programme's number of people moved, which need not be whole.
    Where the targets do not hold, `without_limit` is how many people would do if only the limit on people moved stood
    in the way, and `remedies` say how far another lever would have to go. `is_stopped`: the time for the search was
    over, and this is the best until then, without remedies.
    """

    plan: StaffingPlan
    standings: tuple[Standing, ...]
    probability: float | None
    holds: bool
    own_holds: bool
    own_moved: float
    share: float
    own_share: float
    promise: float
    without_limit: float | None
    remedies: tuple[Remedy, ...]
    limits: Limits
    draws: DrawsCount
    seed: int
    is_stopped: bool = False


@dataclass(frozen=True)
class NoMeaning:
    """Targets whose measure has no meaning at their place: nothing there is measured against anything."""

    targets: tuple[Target, ...]


def plan_for_targets(
    scenario: Scenario,
    targets: Sequence[Target],
    *,
    probability: float | None = None,
    limits: Limits | None = None,
    baseline: Baseline | None = None,
    draws: int = 512,
    seed: int = 1,
    tick: Tick = unheard,
) -> TargetsAnswer | Refusal | NoMeaning:
    """The fewest people moved, against the base year's seats, so that all targets hold together.

    They hold in the representative case, or in a share `probability` of the kept draws; a plan for that is looked for
    in SEARCH_DRAWS at most and judged in all. The scenario's other levers stay as they are. `draws` are made before the
    plausibility filter. ValueError without a target; raises TooFewDraws as `project` does; `tick` may raise to stop.
    """
    if not targets:
        raise ValueError("there is no target")
    progress = Progress(tick)
    opening = open_search(scenario, baseline, draws, seed, progress)
    if opening.refusal:
        return opening.refusal
    case, own = opening.case, opening.own
    in_case = all_draws(case.base, case.settings)
    values = in_case.values(targets, own)[:, 0, 0]
    if meaningless := tuple(target for target, value in zip(targets, values, strict=True) if np.isnan(value)):
        return NoMeaning(meaningless)
    in_draws, judge, aim = _aims(opening, scenario, targets, values, probability)
    search = PlanSearch(case, OBJECTIVES["visits"], wide_enough(limits or Limits(), case, own), own)
    starts = [own] if case.settings.staff_new_posts else [own, np.zeros(len(own))]
    progress.part(0.7, steps=80)
    best = _fewest(search, aim, judge, starts)
    if isinstance(best, Refusal):
        return best
    change, by_programme = best
    plan = staffing_plan(scenario, case, change)
    holds, own_holds = (_miss(judge, levers) <= 0 for levers in (plan.scenario.levers, scenario.levers))
    own_share, share = (_share(in_draws, levers) for levers in (scenario.levers, plan.scenario.levers))
    beside = _Help([None] * len(targets))
    if not holds and not progress.is_late:
        beside = _help(search, aim, (judge, in_draws), opening.base, in_case, starts, change, (scenario, plan.scenario))
    progress.done()
    return TargetsAnswer(
        plan=plan,
        standings=_standings(in_draws, in_case, (scenario.levers, plan.scenario.levers), beside.alone, probability),
        probability=probability,
        holds=holds,
        own_holds=own_holds,
        own_moved=float(people_moved(own)),
        share=share,
        own_share=own_share,
        promise=float(people_moved(by_programme)),
        without_limit=beside.without_limit,
        remedies=beside.remedies,
        limits=search.limits,
        draws=opening.base.draws,
        seed=seed,
        is_stopped=progress.is_late,
    )


@dataclass(frozen=True)
class _Help:
    """What goes with a plan under which the targets do not hold, as in `Standing` and `TargetsAnswer`."""

    alone: Sequence[float | None]
    without_limit: float | None = None
    remedies: tuple[Remedy, ...] = ()


def _help(
    search: PlanSearch,
    aim: FewestMoved,
    judges: tuple[FewestMoved, FewestMoved],
    base: BaseYear,
    in_case: DrawSample,
    starts: Sequence[np.ndarray],
    nearest: np.ndarray,
    plans: tuple[Scenario, Scenario],
) -> _Help:
    """What would help beside the nearest plan, a change (pools,); `plans` are the own one and the nearest.

    `judges` are the one that decides and the one of all draws, which are those of `base`.
    """
    case, (judge, in_draws) = search.case, judges
    case.progress.part(0.85)
    alone = [_furthest(target, nearest, search, in_case) for target in case.progress.each(aim.targets)]
    case.progress.part(0.9, steps=80)
    without_limit = _without_limit(search, aim, judge, starts)
    case.progress.part(1.0)
    own, found = plans

    def judge_of(plan: Scenario) -> FewestMoved:
        """The judge of a plan on its own page: of all draws, or of the case that stands for it."""
        if judge is in_draws:
            return judge
        return replace(judge, sample=all_draws(representative_base(base, plan), case.settings))

    def lasts(plan: Scenario) -> bool:
        return judge is in_draws or _miss(judge_of(plan), plan.levers) <= 0

    helpful = remedies(found, own, in_case.baseline, lambda levers: _miss_within(judge, case, levers), lasts)
    reached = (
        replace(
            one,
            reached=_reached(judge_of(one.adopted), one.adopted.levers),
            share=_share(in_draws, one.adopted.levers),
        )
        for one in helpful
    )
    return _Help(alone, without_limit, tuple(reached))


def _reached(judge: FewestMoved, levers: Mapping[str, Value]) -> tuple[float, ...]:
    """What each target comes to under levers in as many draws as must hold."""
    values = _with_all_levers(judge.sample, levers).values_as_set(judge.targets)[:, :, 0]
    return tuple(_as_surely(of, target, judge.least) for of, target in zip(values, judge.targets, strict=True))


def _as_surely(values: np.ndarray, target: Target, least: int) -> float:
    """What a target's measure comes to in at least so many draws."""
    return float(np.sort(values)[:: -1 if target.at_least else 1][least - 1])


def _standings(
    in_draws: FewestMoved,
    in_case: DrawSample,
    levers_of_plans: tuple[Mapping[str, Value], Mapping[str, Value]],
    furthest: Sequence[float | None],
    probability: float | None,
) -> tuple[Standing, ...]:
    """How every target stands under the levers of two plans, the own one and the one found."""
    targets = in_draws.targets
    own, value = (_with_all_levers(in_case, levers).values_as_set(targets)[:, 0, 0] for levers in levers_of_plans)
    base_by_draw, own_by_draw, by_draw = (
        _with_all_levers(in_draws.sample, levers).values_as_set(targets)[:, :, 0]
        for levers in (unmoved(Scenario(levers=levers_of_plans[0])).levers, *levers_of_plans)
    )
    standings = []
    for k, target in enumerate(targets):
        own_share, share = (float((target.missing(values[k]) <= 0).mean()) for values in (own_by_draw, by_draw))
        in_share = None if probability is None else _as_surely(by_draw[k], target, in_draws.least)
        better = 1 if target.at_least else -1
        base_here, own_here, found_here = (np.nan_to_num(one[k]) for one in (base_by_draw, own_by_draw, by_draw))
        over_draws = paired_plans(base_here, own_here, found_here, better)
        here = float(own[k]), float(value[k])
        standings.append(Standing(target, *here, own_share, share, over_draws, in_share, furthest[k]))
    return tuple(standings)


def _aims(
    opening: Opening, scenario: Scenario, targets: Sequence[Target], values: np.ndarray, probability: float | None
) -> tuple[FewestMoved, FewestMoved, FewestMoved]:
    """The aim in all draws, the one that judges plans, and the one by which they are looked for.

    The last two are one, of the representative case, where no probability is asked. `values` are those of the targets'
    measures there.
    """
    base, case, share = opening.base, opening.case, 1.0 if probability is None else probability
    some = base_year_of(scenario, base.baseline, min(base.draws.drawn, SEARCH_DRAWS), base.seed)
    every, few = (
        FewestMoved(sample, tuple(targets), sizes_of(targets, values), _needed(share, sample), DRAWS_POINTS)
        for sample in (all_draws(one, case.settings) for one in (base, some))
    )
    if probability is not None:
        return every, every, few
    in_case = replace(every, sample=all_draws(case.base, case.settings), least=1, points=CASE_POINTS)
    return every, in_case, in_case


def _needed(share: float, sample: DrawSample) -> int:
    """The number of a sample's draws that make up a share, at least one."""
    return max(int(np.ceil(share * len(sample) - ROUND)), 1)


def _fewest(
    search: PlanSearch, aim: FewestMoved, judge: FewestMoved, starts: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray] | Refusal:
    """The fewest moved for an aim that asks more or fewer of its draws, until the judge's are just enough.

    The change of people by pool, (pools,), and that of the programme.
    """
    found: list[tuple[int, float, tuple[np.ndarray, np.ndarray]]] = []
    tried = set[int]()
    rounds = MOST_ROUNDS if len(judge.sample) > len(aim.sample) else 1
    while aim.least not in tried and len(tried) < rounds:
        tried.add(aim.least)
        best = TargetSearch(search, aim).fewest(*starts)
        if isinstance(best, Refusal):
            return best
        beyond = int((judge.misses(judge.answers(best[0][None])) <= 0).sum()) - judge.least
        found.append((max(-beyond, 0), float(people_moved(best[0])), best))
        if not aim.holds(best[0]) or search.case.progress.is_late:
            break
        fewer = beyond * len(aim.sample) // len(judge.sample)
        aim = replace(aim, least=min(max(aim.least - fewer, 1), len(aim.sample)))
    return min(found, key=itemgetter(0, 1))[2]


def _without_limit(
    search: PlanSearch, aim: FewestMoved, judge: FewestMoved, starts: Sequence[np.ndarray]
) -> float | None:
    """People who would do if any number might move; None where that is no help, or nothing limits them."""
    if search.limits.most_moved is None:
        return None
    unlimited = replace(search, limits=replace(search.limits, most_moved=None), programmes={})
    best = _fewest(unlimited, aim, judge, starts)
    return None if isinstance(best, Refusal) or not judge.holds(best[0]) else float(people_moved(best[0]))


def _furthest(target: Target, nearest: np.ndarray, search: PlanSearch, in_case: DrawSample) -> float:
    """The furthest a measure goes in the case if nothing else counts; at least as with `nearest`."""
    value = in_case.values([target], nearest)[0, 0, 0]
    beyond = replace(target, value=2 * max(target.value, float(value)) if target.at_least else 0.0)
    aim = FewestMoved(in_case, (beyond,), sizes_of([target], np.array([value])), 1, CASE_POINTS)
    best = TargetSearch(search, aim).fewest(search.own, nearest)
    return float(in_case.values([target], nearest if isinstance(best, Refusal) else best[0])[0, 0, 0])


def _with_all_levers(sample: DrawSample, levers: Mapping[str, Value]) -> DrawSample:
    """The sample where all levers, those of people too, are as a scenario sets them."""
    return sample.under(settings(levers, sample.baseline))


def _spare(aim: FewestMoved, levers: Mapping[str, Value]) -> np.ndarray:
    """Answers of the aim under levers, (targets x draws, 1)."""
    return aim.spare(_with_all_levers(aim.sample, levers).values_as_set(aim.targets))


def _share(aim: FewestMoved, levers: Mapping[str, Value]) -> float:
    """The share of draws in which all targets hold under levers."""
    return float((aim.misses(_spare(aim, levers))[:, 0] <= 0).mean())


def _miss(aim: FewestMoved, levers: Mapping[str, Value]) -> float:
    """What the deciding draw misses under levers; 0 or less where the targets hold."""
    return float(aim.miss(_spare(aim, levers))[0])


def _miss_within(aim: FewestMoved, case: Case, levers: Mapping[str, Value]) -> float:
    """The same; infinite where the case has no steady state or misses more of the legal minimum."""
    case.progress.step()
    base, chosen = case.base, settings(levers, case.base.baseline)
    missing = case.missing(year(base.baseline, base.assumed, base.closure, chosen, base.reading))
    return _miss(aim, levers) if max(float(part.max()) for part in missing.values()) <= ROUND else float("inf")

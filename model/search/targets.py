"""Goal seek: the fewest people moved so that stated targets hold (method, section 14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.evidence.baseline import Baseline
from model.projection.base_year import base_year_of, baseline_of
from model.projection.central_case import central_base
from model.projection.progress import Progress, Tick, unheard
from model.projection.results import DrawsCount
from model.scenario.levers import Value
from model.scenario.scenario import Scenario
from model.scenario.settings import settings
from model.search.aims.draw_sample import DrawSample, all_draws
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES
from model.search.aims.target import Target
from model.search.engine.aim_search import AimSearch
from model.search.engine.fewest_moved import FewestMoved, sizes_of
from model.search.engine.local_moves import ROUND
from model.search.engine.staffing_plan import Refusal, StaffingPlan, staffing_plan, wide_enough
from model.search.engine.successive_programmes import PlanSearch
from model.search.programme.response import Case, open_case
from model.search.programme.staffing_programme import moved_by
from model.search.remedies import Remedy, remedies
from model.year.year import year

CENTRAL_POINTS, DRAWS_POINTS = 8, 2
"""Numbers of people on either side of a plan at which programmes ask about a pool: in one case, in many draws."""


@dataclass(frozen=True)
class Standing:
    """How a target stands: what its measure comes to in the central case under the scenario's `own` plan and under the
    one found (`value`), and the shares of draws in which the target holds. Where a probability was asked, `in_draws` is
    what the plan found brings it to in that share of draws. Where the targets do not hold, `alone` is the furthest the
    measure goes in the central case if nothing else counts."""

    target: Target
    own: float
    value: float
    own_share: float
    share: float
    in_draws: float | None
    alone: float | None

    @property
    def missing(self) -> float:
        """What the plan found leaves missing in the central case."""
        return max(float(self.target.missing(np.array(self.value))), 0.0)


@dataclass(frozen=True)
class TargetsAnswer:
    """The plan with the fewest people moved that was found for the targets; where they do not hold, the plan that comes
    nearest.

    `holds` by the full model: in the central case, or in as large a share of the draws as `probability` asks;
    `own_holds` the same of the scenario's own plan, which moves `own_moved`. `share` and `own_share` are of draws in
    which all targets hold together. `promise` is the programme's number of people moved, which need not be whole.
    Where the targets do not hold, `without_limit` is how many people would do if only the limit to people moved stood
    in the way, and `remedies` say how far another lever would have to go.
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
    """The fewest people moved, against the base year's seats, so that all targets hold together: in the central case,
    or in a share `probability` of the draws that are kept. The scenario's other levers stay as they are.

    `draws` are made before the plausibility filter. ValueError without a target; raises TooFewDraws as `project` does;
    `tick` may raise to stop.
    """
    if not targets:
        raise ValueError("there is no target")
    baseline = baseline or baseline_of(scenario)
    base = base_year_of(scenario, baseline, draws, seed)
    progress = Progress(tick)
    case, own = open_case(central_base(scenario, baseline), scenario, progress)
    if conditions := tuple(id for id, passes in case.base.closure.passes.items() if not passes.all()):
        return Refusal(conditions=conditions)
    central, every = (all_draws(of_year, case.settings) for of_year in (case.base, base))
    values = central.targets(targets, own)[:, 0, 0]
    if meaningless := tuple(target for target, value in zip(targets, values, strict=True) if np.isnan(value)):
        return NoMeaning(meaningless)
    needed = len(every) if probability is None else max(int(np.ceil(probability * len(every) - ROUND)), 1)
    in_draws = FewestMoved(every, tuple(targets), sizes_of(targets, values), needed, DRAWS_POINTS)
    aim = in_draws if probability is not None else replace(in_draws, panel=central, least=1, points=CENTRAL_POINTS)
    search = PlanSearch(case, OBJECTIVES["visits"], wide_enough(limits or Limits(), case, own), own)
    starts = [own] if case.settings.staff_new_posts else [own, np.zeros(len(own))]
    progress.part(0.7, steps=80)
    found = _fewest(search, aim, starts)
    if isinstance(found, Refusal):
        return found
    plan = staffing_plan(scenario, case, found[0])
    own_levers, levers = scenario.levers, plan.scenario.levers
    holds, own_holds = (_miss(aim, chosen) <= 0 for chosen in (levers, own_levers))
    own_share, share = (_hold(in_draws, chosen).mean() for chosen in (own_levers, levers))
    more = _More([None] * len(targets)) if holds else _more(search, aim, central, starts, found[0], plan.scenario)
    progress.done()
    return TargetsAnswer(
        plan=plan,
        standings=_standings(in_draws, central, (own_levers, levers), more.alone, probability),
        probability=probability,
        holds=bool(holds),
        own_holds=bool(own_holds),
        own_moved=float(moved_by(own[None])[0]),
        share=float(share),
        own_share=float(own_share),
        promise=float(moved_by(found[1][None])[0]),
        without_limit=more.without_limit,
        remedies=more.remedies,
        limits=search.limits,
        draws=base.draws,
        seed=seed,
    )


@dataclass(frozen=True)
class _More:
    """What a plan under which the targets do not hold is told with (`TargetsAnswer`): how far each goes `alone`."""

    alone: Sequence[float | None]
    without_limit: float | None = None
    remedies: tuple[Remedy, ...] = ()


def _more(
    search: PlanSearch,
    aim: FewestMoved,
    central: DrawSample,
    starts: Sequence[np.ndarray],
    near: np.ndarray,
    scenario: Scenario,
) -> _More:
    """The same for the nearest plan, `near`, which is that of `scenario`."""
    case = search.case
    case.progress.part(0.85)
    alone = [_furthest(target, near, search, central) for target in case.progress.each(aim.targets)]
    case.progress.part(0.9, steps=80)
    without_limit = _without_limit(search, aim, starts)
    case.progress.part(1.0)
    found = remedies(scenario, central.baseline, lambda levers: _miss_within(aim, case, levers))
    return _More(alone, without_limit, found)


def _standings(
    in_draws: FewestMoved,
    central: DrawSample,
    plans: tuple[Mapping[str, Value], Mapping[str, Value]],
    furthest: Sequence[float | None],
    probability: float | None,
) -> tuple[Standing, ...]:
    targets = in_draws.targets
    own, value = (_under(central, levers).as_set(targets)[:, 0, 0] for levers in plans)
    drawn = [_under(in_draws.panel, levers).as_set(targets)[:, :, 0] for levers in plans]
    standings = []
    for k, target in enumerate(targets):
        shares = [float((target.missing(values[k]) <= 0).mean()) for values in drawn]
        best_first = np.sort(drawn[1][k])[:: -1 if target.at_least else 1]
        reached = None if probability is None else float(best_first[in_draws.least - 1])
        standings.append(Standing(target, float(own[k]), float(value[k]), *shares, reached, furthest[k]))
    return tuple(standings)


def _fewest(
    search: PlanSearch, aim: FewestMoved, starts: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray] | Refusal:
    """The plan with the fewest people moved, and the programme's own: one found, then another with fewer, until no
    other holds the targets."""
    found = AimSearch(search, aim).best(*starts)
    while not isinstance(found, Refusal) and (moved := float(moved_by(found[0][None])[0])):
        if aim.miss(aim.answers(found[0][None]))[0] > 0:
            break
        fewer = AimSearch(_with_most(search, moved - 1), aim).best(found[0])
        if isinstance(fewer, Refusal) or moved_by(fewer[0][None])[0] >= moved:
            break
        if aim.miss(aim.answers(fewer[0][None]))[0] > 0:
            break
        found = fewer[0], found[1]
    return found


def _with_most(search: PlanSearch, most_moved: float | None) -> PlanSearch:
    return replace(search, limits=replace(search.limits, most_moved=most_moved), asked={})


def _without_limit(search: PlanSearch, aim: FewestMoved, starts: Sequence[np.ndarray]) -> float | None:
    """People who would do if as many might move as it takes; None where that is no help, or nothing limits them."""
    if search.limits.most_moved is None:
        return None
    found = _fewest(_with_most(search, None), aim, starts)
    if isinstance(found, Refusal) or aim.miss(aim.answers(found[0][None]))[0] > 0:
        return None
    return float(moved_by(found[0][None])[0])


def _furthest(target: Target, near: np.ndarray, search: PlanSearch, central: DrawSample) -> float:
    """The furthest a measure goes in the central case, whatever becomes of the others; at least as far as `near`."""
    value = central.targets([target], near)[0, 0, 0]
    beyond = replace(target, value=2 * max(target.value, float(value)) if target.at_least else 0.0)
    aim = FewestMoved(central, (beyond,), sizes_of([target], np.array([value])), 1, CENTRAL_POINTS)
    found = AimSearch(search, aim).best(search.own, near)
    return float(central.targets([target], near if isinstance(found, Refusal) else found[0])[0, 0, 0])


def _under(panel: DrawSample, levers: Mapping[str, Value]) -> DrawSample:
    """The panel where all levers, those of people too, are as a scenario sets them."""
    return panel.under(settings(levers, panel.baseline))


def _hold(aim: FewestMoved, levers: Mapping[str, Value]) -> np.ndarray:
    """In which draws all targets hold, (draws,)."""
    return aim.misses(aim.spare(_under(aim.panel, levers).as_set(aim.targets)))[:, 0] <= 0


def _miss(aim: FewestMoved, levers: Mapping[str, Value]) -> float:
    return float(aim.miss(aim.spare(_under(aim.panel, levers).as_set(aim.targets)))[0])


def _miss_within(aim: FewestMoved, case: Case, levers: Mapping[str, Value]) -> float:
    """What is missing; infinite where the central case has no steady state or misses more of the legal minimum."""
    case.progress.step()
    base, chosen = case.base, settings(levers, case.base.baseline)
    read = case.readings(year(base.baseline, base.assumed, base.closure, chosen, base.reading))
    room = read["spare_days"], read["spare_review"], read["visits"] + case.short_most - read["owed"]
    return _miss(aim, levers) if min(float(part.min()) for part in room) >= -ROUND else float("inf")

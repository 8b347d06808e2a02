"""Goal seek: the fewest people moved so that stated targets hold (method, section 14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.allocation import Limits
from model.baseline import Baseline
from model.best_plan import Refusal
from model.central import central_base
from model.fewest_moved import FewestMoved
from model.found_plan import FoundPlan, found_plan, moved_by, wide_enough
from model.goal import GOALS
from model.levers import Value, settings
from model.panel import Panel, panel_of
from model.programme import Conflict
from model.project import base_year_of, baseline_of
from model.pursuit import Pursuit
from model.reliefs import Relief, reliefs
from model.response import open_case
from model.results import DrawsCount
from model.scenario import Scenario
from model.search import Search
from model.target import Target

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
class Sought:
    """The plan with the fewest people moved that was found for the targets; where they do not hold, the plan that comes
    nearest. `holds` by the full model: in the central case, or in so large a share of draws as `probability` asks;
    `own_holds` the same of the scenario's own plan, which moves `own_moved`. `share` and `own_share` are of draws in
    which all targets hold together. `promised` is the programme's number of people moved, not yet whole. `reliefs` say
    what would help where nothing does."""

    plan: FoundPlan
    targets: tuple[Standing, ...]
    probability: float | None
    holds: bool
    own_holds: bool
    own_moved: float
    share: float
    own_share: float
    promised: float
    reliefs: tuple[Relief, ...]
    limits: Limits
    draws: DrawsCount
    seed: int


@dataclass(frozen=True)
class NoMeaning:
    """Targets whose measure has no meaning at their place: nothing there is measured against anything."""

    targets: tuple[Target, ...]


def seek(
    scenario: Scenario,
    targets: Sequence[Target],
    *,
    probability: float | None = None,
    limits: Limits | None = None,
    baseline: Baseline | None = None,
    draws: int = 512,
    seed: int = 1,
) -> Sought | Refusal | NoMeaning:
    """The fewest people moved, against the base year's seats, so that all targets hold together: in the central case,
    or in a share `probability` of the draws that are kept. The scenario's other levers stay as they are.

    `draws` are made before the plausibility filter. Raises TooFewDraws as `project` does.
    """
    baseline = baseline or baseline_of(scenario)
    base = base_year_of(scenario, baseline, draws, seed)
    case, own = open_case(central_base(scenario, baseline), scenario)
    if conditions := tuple(id for id, passes in case.base.closure.passes.items() if not passes.all()):
        return Refusal(conditions=conditions)
    central, every = (panel_of(year, case.settings) for year in (case.base, base))
    at_own = central.targets(targets, own)[:, 0, 0]
    if np.isnan(at_own).any():
        return NoMeaning(tuple(target for target, value in zip(targets, at_own, strict=True) if np.isnan(value)))

    aim = FewestMoved(central, tuple(targets), 1, CENTRAL_POINTS)
    in_draws = FewestMoved(every, tuple(targets), _enough(probability, len(every)), DRAWS_POINTS)
    asked = aim if probability is None else in_draws
    search = Search(case, GOALS["visits"], wide_enough(limits or Limits(), case, own), own)
    starts = [own] if case.settings["staff.new_posts"] else [own, np.zeros(len(own))]
    found = Pursuit(search, asked).best(*starts)
    if isinstance(found, Conflict):
        return Refusal(search.missed(search.ask(search.start()), found))
    people, promised = found
    holds, own_holds = (bool(asked.miss(asked.answers(plan[None]))[0] <= 0) for plan in (people, own))
    alone = [None if holds else _furthest(target, people, search, central) for target in targets]
    plan = found_plan(scenario, case, people)
    shares = [in_draws.misses(in_draws.answers(one[None])) <= 0 for one in (own, people)]
    return Sought(
        plan=plan,
        targets=_standings(in_draws, central, own, people, alone, probability),
        probability=probability,
        holds=holds,
        own_holds=own_holds,
        own_moved=float(moved_by(own[None])[0]),
        own_share=float(shares[0].mean()),
        share=float(shares[1].mean()),
        promised=float(moved_by(promised[None])[0]),
        reliefs=() if holds else reliefs(plan.scenario, baseline, lambda levers: _miss(asked, levers)),
        limits=search.limits,
        draws=base.draws,
        seed=seed,
    )


def _enough(probability: float | None, draws: int) -> int:
    """Draws in which the targets must hold: never fewer than the share asked."""
    return draws if probability is None else max(int(np.ceil(probability * draws - 1e-9)), 1)


def _standings(
    in_draws: FewestMoved,
    central: Panel,
    own: np.ndarray,
    people: np.ndarray,
    alone: list[float | None],
    probability: float | None,
) -> tuple[Standing, ...]:
    targets, plans = in_draws.targets, np.stack([own, people])
    values, drawn = (panel.targets(targets, plans) for panel in (central, in_draws.panel))
    standings = []
    for k, target in enumerate(targets):
        shares = (target.missing(drawn[k]) <= 0).mean(axis=0)
        best_first = np.sort(drawn[k, :, 1])[:: -1 if target.at_least else 1]
        reached = None if probability is None else float(best_first[in_draws.least - 1])
        standings.append(Standing(target, *map(float, (*values[k, 0], *shares)), reached, alone[k]))
    return tuple(standings)


def _furthest(target: Target, near: np.ndarray, search: Search, central: Panel) -> float:
    """The furthest a measure goes in the central case, whatever becomes of the others; at least as far as `near`."""
    value = central.targets([target], near)[0, 0, 0]
    beyond = replace(target, value=2 * max(target.value, float(value)) if target.at_least else 0.0)
    found = Pursuit(search, FewestMoved(central, (beyond,), 1, CENTRAL_POINTS)).best(search.own, near)
    return float(central.targets([target], near if isinstance(found, Conflict) else found[0])[0, 0, 0])


def _miss(aim: FewestMoved, levers: Mapping[str, Value]) -> float:
    """What is missing where all levers, those of people too, are as a scenario sets them."""
    panel = aim.panel.under(settings(levers, aim.panel.baseline))
    return float(aim.miss(aim.spare(panel.as_set(aim.targets)))[0])

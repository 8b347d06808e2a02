"""A panel: draws of a closed base year that are asked about many plans at once, by the full model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.evidence.draws import Assumed
from model.force.staff import Flows, Seats, after, moved
from model.projection.base_year import BaseYear
from model.scenario.settings import Settings, settings
from model.search.aims.objective import Criteria, criteria
from model.search.aims.target import TOTAL, Target
from model.year.closure import Closure
from model.year.measures import FROM_MONTHS, measure_parts, scopes
from model.year.months import Months, months
from model.year.year import Year, year


@dataclass(frozen=True, eq=False)
class DrawSample:
    """Draws under the levers of a scenario. Plans, which stand in for its levers of people, are people added to each
    pool or taken from it, (plans, pools); answers come by draw and plan. Who comes beyond those who leave is new; but
    `around` a plan people may come or go alone: officers among them are as under that plan."""

    baseline: Baseline
    assumed: Assumed
    closure: Closure
    settings: Settings
    reading: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.closure.busy)

    def some(self, draws: np.ndarray) -> "DrawSample":
        """The panel of these draws, in this order; a draw may come several times."""
        closure = self.closure
        # Later years ask of the closed one what no lever touches, its flow and how busy it was.
        work = replace(closure.work, ground=_rows(closure.work.ground, draws, len(self)))
        flow = _rows(closure.flow, draws, len(self))
        closure = replace(closure, work=work, flow=flow, busy=closure.busy[draws])
        assumed = {id: values[draws] for id, values in self.assumed.items()}
        return replace(self, assumed=assumed, closure=closure)

    def under(self, settings: Settings) -> "DrawSample":
        """The same draws with other levers."""
        return replace(self, settings=settings)

    def as_set(self, targets: Sequence[Target]) -> np.ndarray:
        """What the measures come to where people, too, are as the settings have them, (targets, draws, 1)."""
        result = year(self.baseline, self.assumed, self.closure, self.settings, self.reading)
        return self._values(targets, result)

    def targets(self, targets: Sequence[Target], plans: np.ndarray, around: np.ndarray | None = None) -> np.ndarray:
        """What the measures of the targets come to, (targets, draws, plans); nothing (NaN) where one has no meaning."""
        panel, result = self.years(plans, around)
        return panel._values(targets, result).reshape(len(targets), len(self), -1)

    def criteria(self, plans: np.ndarray, around: np.ndarray | None = None) -> Criteria:
        """The criteria of a goal, (draws, plans) each."""
        panel, result = self.years(plans, around)
        found = criteria(result, panel.assumed, self.baseline.pools)
        return {name: values.reshape(len(self), -1) for name, values in found.items()}

    def years(self, plans: np.ndarray, around: np.ndarray | None) -> tuple["DrawSample", Year]:
        """The panel with each draw once for every plan, and the years of these."""
        plans = np.atleast_2d(plans)
        panel = self.some(np.repeat(np.arange(len(self)), len(plans)))
        start, people = panel.closure.work.ground.seats, np.tile(plans, (len(self), 1))
        if around is None:
            flows = self._flows(start, people)
        else:
            flows = _alone(start, people, self._flows(start, np.broadcast_to(around, people.shape)))
        staff = after(flows, start, self.baseline, panel.assumed, self.settings)
        return panel, year(self.baseline, panel.assumed, panel.closure, self.settings, self.reading, staff=staff)

    def _flows(self, start: Seats, people: np.ndarray) -> Flows:
        return moved(people, np.zeros((1, len(TIERS))), np.zeros((1, 1)), start, self.baseline.pools)

    def _values(self, targets: Sequence[Target], result: Year) -> np.ndarray:
        """(targets, draws, 1)."""
        ids = {target.measure for target in targets}
        path = self._months(result) if FROM_MONTHS & ids else None
        parts = measure_parts(self.baseline, self.assumed, self.closure, result, path, ids)
        values = [_of_scope(*parts[target.measure], target, self.baseline) for target in targets]
        return np.stack(values)[..., None]

    def _months(self, plan: Year) -> Months:
        base = year(self.baseline, self.assumed, self.closure, settings({}, self.baseline), self.reading)
        return months(self.assumed, self.closure, base, plan, self.settings)


def all_draws(base: BaseYear, settings: Settings) -> DrawSample:
    """The panel of all draws of a base year."""
    return DrawSample(base.baseline, base.assumed, base.closure, settings, base.reading)


def _rows(record: Any, draws: np.ndarray, count: int) -> Any:
    """A record of arrays, or of such records, with these of its `count` draws; what is the same in all draws stays."""
    if isinstance(record, np.ndarray):
        return record[draws] if len(record) == count else record
    return type(record)(**{name: _rows(values, draws, count) for name, values in vars(record).items()})


def _alone(start: Seats, people: np.ndarray, usual: Flows) -> Flows:
    """Flows where some come or go alone: those who come bring as many officers as under the `usual` flows, and those
    who leave beyond them change what all others bring, so that officers add up once somebody goes the other way."""
    left, came = np.minimum(np.maximum(-people, 0.0), start.spare), np.maximum(people, 0.0)
    gone, officers = start.officers_among(left), usual.moved + usual.new
    all_came = usual.came.sum(axis=1, keepdims=True)
    force = start.officers.sum(axis=1, keepdims=True) / start.people.sum(axis=1, keepdims=True)
    mean = np.where(all_came > 0, officers.sum(axis=1, keepdims=True) / np.maximum(all_came, 1e-9), force)
    beyond = ((gone - usual.officers_left) - mean * (left - usual.left)).sum(axis=1, keepdims=True)
    share = np.where(usual.came > 0, officers / np.maximum(usual.came, 1e-9), mean)
    share = np.clip(share + beyond / np.maximum(all_came, 1.0), 0.0, 1.0)
    return Flows(left, gone, came, came * share, np.zeros_like(came))


def _of_scope(amount: np.ndarray, over: np.ndarray | None, target: Target, baseline: Baseline) -> np.ndarray:
    """A measure of one place, from its parts by pool; (draws,)."""
    of, below = _pools(target, baseline)
    if over is None:
        return amount @ of
    whole = over @ below
    return np.divide(amount @ of, whole, out=np.full(len(whole), np.nan), where=whole > 0)


def _pools(target: Target, baseline: Baseline) -> tuple[np.ndarray, np.ndarray]:
    """The pools (pools,) of a target's place, and those that its measure is set against."""
    pools, every = baseline.pools, np.ones(len(baseline.pools))
    if target.scope == TOTAL:
        return every, every
    if target.scope in TIERS:
        tier = pools.of_tier[:, TIERS.index(target.scope)]
        return tier, every if target.definition.of_place else tier
    place = pools.of_prefecture[:, scopes(baseline).index(target.scope) - 1 - len(TIERS)]
    return place, place

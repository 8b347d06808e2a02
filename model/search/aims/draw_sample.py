"""Draws of a base year in which the full model is asked about many plans at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.evidence.draws import Assumed
from model.force.movers import Movers, movers_of
from model.force.seats import Seats
from model.force.staff import Flows, flows_of, staff_after
from model.projection.base_year import BaseYear
from model.scenario.settings import Settings
from model.search.aims.objective import Criteria, criteria
from model.search.aims.target import TOTAL, Target
from model.year.closure import Closure
from model.year.measures import FROM_MONTHS, measure_parts, scopes
from model.year.months import Months, months
from model.year.year import Year, in_time_unmoved, unmoved_year, year


@dataclass(frozen=True, eq=False)
class DrawSample:
    """Draws of a base year under the levers of a scenario, which may be all kept ones or some of them.

    A plan stands in for the levers of people: a change of people by pool, people added less people taken; `changes`
    are (plans, pools). Who comes beyond those who leave is new. But `around` a change, (pools,), people may come or go
    alone: officers among them are as under that change.
    """

    baseline: Baseline
    assumed: Assumed
    closure: Closure
    settings: Settings
    reading: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.closure.busy)

    def subset(self, draws: np.ndarray) -> "DrawSample":
        """The sample of some draws, by index and in this order; a draw may come several times."""
        closure = self.closure
        # A year asks of the closed base year only what no lever touches, its flow and how busy it was.
        work = replace(closure.work, ground=_rows(closure.work.ground, draws, len(self)))
        flow = _rows(closure.flow, draws, len(self))
        horizon = self.settings.horizon_months
        before = in_time_unmoved(self.baseline, self.assumed, closure, self.reading, horizon)
        in_time = {horizon: _rows(before, draws, len(self))}
        closure = replace(closure, work=work, flow=flow, busy=closure.busy[draws], in_time=in_time)
        assumed = {id: values[draws] for id, values in self.assumed.items()}
        return replace(self, assumed=assumed, closure=closure)

    def under(self, settings: Settings) -> "DrawSample":
        """The same draws under other settings."""
        return replace(self, settings=settings)

    def values_as_set(self, targets: Sequence[Target]) -> np.ndarray:
        """Values of the targets' measures where people, too, are as the settings say, (targets, draws, 1)."""
        result = year(self.baseline, self.assumed, self.closure, self.settings, self.reading)
        return self._values(targets, result)

    def values(self, targets: Sequence[Target], changes: np.ndarray, around: np.ndarray | None = None) -> np.ndarray:
        """Values of the targets' measures, (targets, draws, plans); NaN where one has no meaning."""
        repeated, result = self.years(changes, around)
        return repeated._values(targets, result).reshape(len(targets), len(self), -1)

    def criteria(self, changes: np.ndarray) -> Criteria:
        """The criteria of an objective, (draws, plans) each."""
        repeated, result = self.years(changes, None)
        by_row = criteria(result, repeated.assumed, self.baseline.pools)
        return {name: values.reshape(len(self), -1) for name, values in by_row.items()}

    def years(self, changes: np.ndarray, around: np.ndarray | None) -> tuple["DrawSample", Year]:
        """The sample with each draw once for every plan, (draws x plans), and the years of these rows."""
        changes = np.atleast_2d(changes)
        repeated = self.subset(np.repeat(np.arange(len(self)), len(changes)))
        start, rows = repeated.closure.work.ground.seats, np.tile(changes, (len(self), 1))
        if around is None:
            flows = repeated._flows(start, rows)
        else:
            flows = repeated._flows_alone(start, rows, repeated._flows(start, np.broadcast_to(around, rows.shape)))
        staff = staff_after(flows, start, self.baseline, repeated.assumed, self.settings)
        return repeated, year(
            self.baseline, repeated.assumed, repeated.closure, self.settings, self.reading, staff=staff
        )

    @property
    def _movers(self) -> Movers:
        return movers_of(self.settings, self.assumed)

    def _flows(self, start: Seats, changes: np.ndarray) -> Flows:
        return flows_of(changes, np.zeros((1, len(TIERS))), np.zeros((1, 1)), start, self.baseline.pools, self._movers)

    def _flows_alone(self, start: Seats, changes: np.ndarray, usual: Flows) -> Flows:
        """Flows of people where some come or go alone, around `usual` flows; changes are (rows, pools).

        Those who come bring as many officers as under the usual flows. Those who leave beyond them change what all
        others bring, so that officers add up once somebody goes the other way.
        """
        left, came = np.minimum(np.maximum(-changes, 0.0), start.spare), np.maximum(changes, 0.0)
        all_came, all_left = (heads.sum(axis=1, keepdims=True) for heads in (usual.came, usual.left))
        moving = left * np.where(all_left > 0, np.minimum(all_came / np.maximum(all_left, 1e-9), 1.0), 1.0)
        toward = start.toward(np.where(all_came > 0, usual.came, came), self.baseline.pools)
        among_movers = start.officers_moving(left, moving, toward, self._movers)
        gone, officers = start.officers_among(left - moving) + among_movers, usual.moved + usual.new
        force = start.officers.sum(axis=1, keepdims=True) / start.people.sum(axis=1, keepdims=True)
        mean = np.where(all_came > 0, officers.sum(axis=1, keepdims=True) / np.maximum(all_came, 1e-9), force)
        beyond = ((gone - usual.officers_left) - mean * (left - usual.left)).sum(axis=1, keepdims=True)
        share = np.where(usual.came > 0, officers / np.maximum(usual.came, 1e-9), mean)
        share = np.clip(share + beyond / np.maximum(all_came, 1.0), 0.0, 1.0)
        desk_moved = came * (1 - share) - (moving - among_movers)
        return Flows(left, gone, came, came * share, np.zeros_like(came), desk_moved)

    def _values(self, targets: Sequence[Target], result: Year) -> np.ndarray:
        """Values of the targets' measures in years, (targets, draws, 1)."""
        ids = {target.measure for target in targets}
        path = self._months(result) if FROM_MONTHS & ids else None
        parts = measure_parts(self.baseline, self.assumed, self.closure, result, path, ids)
        values = [_of_scope(*parts[target.measure], target, self.baseline) for target in targets]
        return np.stack(values)[..., None]

    def _months(self, plan: Year) -> Months:
        base = unmoved_year(self.baseline, self.assumed, self.closure, self.reading)
        return months(self.assumed, self.closure, base, plan, self.settings)


def all_draws(base: BaseYear, settings: Settings) -> DrawSample:
    """The sample of all kept draws of a base year."""
    return DrawSample(base.baseline, base.assumed, base.closure, settings, base.reading)


def _rows(record: Any, draws: np.ndarray, count: int) -> Any:
    """A record of arrays, numbers or records, with some of its `count` draws; what is common stays."""
    if isinstance(record, np.ndarray):
        return record[draws] if len(record) == count else record
    if isinstance(record, float):
        return record
    return type(record)(*(_rows(getattr(record, part.name), draws, count) for part in fields(record)))


def _of_scope(amount: np.ndarray, over: np.ndarray | None, target: Target, baseline: Baseline) -> np.ndarray:
    """The value of a target's measure at its place, (draws,), from its parts by pool, (draws, pools)."""
    of, below = _pools(target, baseline)
    if over is None:
        return amount @ of
    whole = over @ below
    return np.divide(amount @ of, whole, out=np.full(len(whole), np.nan), where=whole > 0)


def _pools(target: Target, baseline: Baseline) -> tuple[np.ndarray, np.ndarray]:
    """The pools of a target's place and those that its measure is set against, (pools,) of 0 and 1 each."""
    pools, every = baseline.pools, np.ones(len(baseline.pools))
    if target.scope == TOTAL:
        return every, every
    if target.scope in TIERS:
        tier = pools.of_tier[:, TIERS.index(target.scope)]
        return tier, every if target.definition.of_place else tier
    place = pools.of_prefecture[:, scopes(baseline).index(target.scope) - 1 - len(TIERS)]
    return place, place

"""The whole force simulated file by file through its months, without the formulas of the wait (method, section 8).

Moves phase in, movers learn and new officers wait for their licence, complaints have a season (section 11): all that
the model's share in time leaves out. The time that a file spends in investigation is the model's own of its month.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from calm_office import lognormal
from scipy.special import ndtr

from model import Scenario
from model.evidence.baseline import COUNTY
from model.projection.base_year import BaseYear
from model.projection.project import evaluate
from model.scenario.settings import settings
from model.year.investigation import investigation_days, investigation_variance
from model.year.year import Year

LEAST_SPEED = 0.02
"""Part of a reviewer below which there is none."""


@dataclass(frozen=True)
class _Months:
    """The months of a plan: `led` files a month, the `mean` and `cv` of investigation, (months, pools).

    `own` is the share of the files that a pool decides itself, `reviewers` those of each of its `queues`.
    """

    led: np.ndarray
    mean: np.ndarray
    cv: np.ndarray
    own: np.ndarray
    reviewers: np.ndarray
    queues: np.ndarray
    review_days: float
    review_cv: float
    review_share: float
    days_left: float

    @property
    def days(self) -> float:
        """Days of the horizon."""
        return 365 / 12 * len(self.led)


def share_in_time_by_files(base: BaseYear, scenario: Scenario, *, offices: int, phased: bool = True) -> float:
    """Share of the files filed in a plan's horizon that are decided in time, in a base year of one draw.

    Each deciding team is simulated `offices` times over. Not `phased`, the plan is in place from the first day and no
    month differs from another.
    """
    months = _months(base, scenario, phased)
    random = np.random.default_rng(20211025)
    spread = np.sqrt(np.log1p(months.cv**2))
    at_once = ndtr((np.log(months.days_left / months.mean) + spread**2 / 2) / spread)
    in_time = (1 - months.review_share) * (months.led * at_once).sum()
    counties = base.baseline.pools.slices[COUNTY]
    cities = np.arange(counties.start)[base.baseline.pools.above_counties]
    for decider in range(len(base.baseline.pools)):
        of_counties = counties.start + np.flatnonzero(cities == decider)
        filed = {decider: months.led[:, decider] * months.own[:, decider]}
        filed |= {county: months.led[:, county] * (1 - months.own[:, county]) for county in of_counties}
        in_time += months.queues[decider] * _reviewed_in_time(months, decider, filed, random, offices)
    return float(in_time / months.led.sum())


def _months(base: BaseYear, scenario: Scenario, phased: bool) -> _Months:
    plan = settings(scenario.levers, base.baseline)
    count = int(plan.horizon_months)
    horizon_only = Scenario(levers={"horizon_months": plan.horizon_months})
    before, after = evaluate(base, horizon_only).year, evaluate(base, scenario).year
    assumed = {id: values.item() for id, values in base.assumed.items()}
    month = np.arange(1, count + 1)[:, None]
    in_place = learned = licensed = np.ones((count, 1))
    season = np.zeros((count, 1))
    if phased:
        cohorts = np.arange(max(int(plan.phase_months), 1))
        age = month - 1 - cohorts
        in_place = (age >= 0).mean(axis=1, keepdims=True)
        learned = np.clip(age / max(assumed["learning_months"], 1e-9), 0, 1).mean(axis=1, keepdims=True)
        licensed = ((age >= 0) & (age >= assumed["licence_months"])).mean(axis=1, keepdims=True)
        season = assumed["complaint_season"] * np.cos(2 * np.pi * (month - 7) / 12)

    def between(first: np.ndarray, last: np.ndarray) -> np.ndarray:
        return first + in_place * (last - first)

    other = base.closure.flow.other_duties
    staff, work = after.work.staff, after.work
    days_before, days_after = before.work.days_per_officer(other), work.days_per_officer(other)
    stay = staff.base_officers * between(days_before, days_after) - in_place * staff.lost * days_after
    come = (learned * staff.moved + licensed * staff.new) * days_after
    field_days = stay + come + between(before.work.helping * days_before, work.helping * days_after)
    mandatory = between(before.work.mandatory_days, work.mandatory_days) + season * work.complaint_days
    led = between(before.led, after.led) + season * work.complaint_cases * work.led
    for_visits = work.time_for_visits * np.maximum(field_days - mandatory, 0.0)
    taken = (mandatory + led * work.days_per_case + for_visits) / field_days
    days, at_first = 365 / 12 * count, base.closure.busy
    return _Months(
        led=led / 12,
        mean=investigation_days(assumed["investigation_days"], at_first, taken, days),
        cv=np.sqrt(investigation_variance(assumed["case_time_cv"], at_first, taken)),
        own=between(before.review.own_share, after.review.own_share),
        reviewers=between(_deciding_reviewers(before), _deciding_reviewers(after)) / np.maximum(after.review.queues, 1),
        queues=np.maximum(after.review.queues, 1)[0],
        review_days=365 / after.review.rate.item(),
        review_cv=assumed["review_time_cv"],
        review_share=assumed["review_share"],
        days_left=work.decision_limit - assumed["procedure_days"],
    )


def _deciding_reviewers(year: Year) -> np.ndarray:
    return year.review.reviewers * year.review.decides


def _reviewed_in_time(
    months: _Months, decider: int, filed: dict[int, np.ndarray], random: np.random.Generator, offices: int
) -> float:
    """Files that one queue of a team decides in time over the horizon, on average, from files a month by pool.

    The last of its reviewers is there for a part of his time. A file goes to whoever is done with it first.
    """
    files = [_files(months, led, a_month / months.queues[decider], random, offices) for led, a_month in filed.items()]
    filed_at, ready = (np.concatenate(parts, axis=1) for parts in zip(*files, strict=True))
    order = np.argsort(ready, axis=1)[:, : np.isfinite(ready).sum(axis=1).max()]
    filed_at, ready = np.take_along_axis(filed_at, order, axis=1), np.take_along_axis(ready, order, axis=1)
    effort = lognormal(random, months.review_days, months.review_cv, ready.shape)
    whole = max(int(np.ceil(months.reviewers[:, decider].max() - 1e-9)), 1)
    speed = np.clip(months.reviewers[:, [decider]] - np.arange(whole), 0, 1)
    speed[speed < LEAST_SPEED] = 0.0
    free, office, in_time = np.zeros((offices, whole)), np.arange(offices), 0
    for file in range(ready.shape[1]):
        there = np.isfinite(ready[:, file])
        begins = np.maximum(np.where(there, ready[:, file], 0.0)[:, None], free)
        month = np.minimum(begins / months.days * len(speed), len(speed) - 1).astype(int)
        with np.errstate(divide="ignore"):
            ends = begins + effort[:, [file]] / speed[month, np.arange(whole)]
        first = ends.argmin(axis=1)
        done = ends[office, first]
        taken = there & np.isfinite(done)
        free[office[taken], first[taken]] = done[taken]
        in_time += (done[taken] - filed_at[taken, file] <= months.days_left).sum()
    return in_time / offices


def _files(
    months: _Months, led: int, a_month: np.ndarray, random: np.random.Generator, offices: int
) -> Sequence[np.ndarray]:
    """Days on which files for review are filed and investigated, (offices, files), endless where there is none."""
    counts = random.poisson(months.review_share * a_month, (offices, len(a_month)))
    most = counts.max()
    each = counts[..., None] > np.arange(most)
    filed = (np.arange(len(a_month))[:, None] + random.random(each.shape)) * months.days / len(a_month)
    spread = np.sqrt(np.log1p(months.cv[:, [led]] ** 2))
    investigated = months.mean[:, [led]] * np.exp(spread * random.standard_normal(each.shape) - spread**2 / 2)
    return [np.where(each, days, np.inf).reshape(offices, -1) for days in (filed, filed + investigated)]

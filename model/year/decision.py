"""From an investigated file to its decision: review, days, and the legal limit (method, section 8)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from model.evidence.baseline import COUNTY, TIERS, Pools
from model.evidence.draws import Assumed, Quantity
from model.force.workload import Workload
from model.year.calm_start import SETTLED, idle_share, mean_beside_drift, queue_age, share_above
from model.year.review_queue import erlang_c

DAYS_A_YEAR = 365.0

NO_WAIT = 0.05
"""Mean wait in calendar days below which it is left out: it moves the share in time by less than 0.001."""

START_UP = 1.75
"""Mean investigations after which review gets files at their full rate: slow files reach it late."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)
WORK_NODES, WORK_WEIGHTS = 1 - ((1 - _NODES) / 2) ** 2, _WEIGHTS * (1 - _NODES) / 2
"""Places from the quickest work to the slowest that fits, from 0 to 1, and their weights in `on_time_probability`.

They are squared, so that they crowd where the work leaves little time for the wait.
"""

MOST_SPREADS = 3.0
"""Standard deviations of the work's logarithm to either side that count in `on_time_probability`."""


@dataclass(frozen=True, eq=False)
class ReviewFlow:
    """Files that reach legal review in a year, (draws, pools), by the pool that decides.

    `own_share` is by the pool that leads: the share of its files that it decides itself; its city decides the others.
    `decides` (pools,) says which pools decide at all. `rate` (draws, 1) is files a reviewer and year. `queues` are the
    queues into which a pool's reviewers are split.
    """

    own_share: np.ndarray
    arrivals: np.ndarray
    capacity: np.ndarray
    decides: np.ndarray
    rate: np.ndarray
    reviewers: np.ndarray
    queues: np.ndarray


def review_flow(
    work: Workload, pools: Pools, assumed: Assumed, files: np.ndarray, other_duties: np.ndarray
) -> ReviewFlow:
    """The way through legal review of the `files` a year that each pool leads, (draws, pools).

    Province and cities decide their own. County files go to the city under the rules of 2021; under those of 2025 they
    stay in the bodies that have a reviewer, who is then alone with the files of his body. `other_duties` is (draws, 1).
    """
    counties = pools.slices[COUNTY]
    reviewers = work.staff.reviewers * work.filled
    own = np.ones(files.shape)
    queues = np.ones(files.shape)
    own[:, counties] = 0.0
    if work.rules.deciding_tier == "county":
        own[:, counties] = np.minimum(reviewers / work.staff.bodies, 1.0)[:, counties]
        queues[:, counties] = (work.staff.bodies * own)[:, counties]
    to_review = files * assumed["review_share"]
    arrivals = to_review * own
    arrivals[:, pools.above_counties] += (to_review - arrivals)[:, counties]
    rate = work.present_days * work.own_share(other_duties) / assumed["review_days"]
    decides = pools.tier <= TIERS.index(work.rules.deciding_tier)
    return ReviewFlow(own, arrivals, reviewers * rate * decides, decides, rate, reviewers, queues)


def review_room(flow: ReviewFlow, pools: Pools) -> np.ndarray:
    """Files that review could pass over files that arrive, by the pool that leads them, (draws, pools).

    Where a county's own reviewers and its city's share its files, room to spare at one does not help the other: below 1
    it is the share that both together let through, above 1 the room of the tighter.
    """
    counties = pools.slices[COUNTY]
    room = flow.capacity / np.maximum(flow.arrivals, 1e-9)
    own, at_county, at_city = flow.own_share[:, counties], room[:, counties], room[:, pools.above_counties]
    room[:, counties] = np.where(own > 0, at_county, at_city)
    if own.any():
        both = own * np.minimum(at_county, 1.0) + (1 - own) * np.minimum(at_city, 1.0)
        tighter = np.minimum(room[:, counties], np.where(own < 1, at_city, np.inf))
        room[:, counties] = np.maximum(both, tighter)
    return room


def share_review_passes(passed: np.ndarray, review_share: np.ndarray) -> np.ndarray:
    """Files that review could let through over files filed, (draws, pools).

    Files that need no review are among them. `passed` is that of `review_room`: below 1 it holds up only files that
    need review, above 1 it bounds how many more files like these could be decided.

    >>> [round(float(share_review_passes(np.array(passed), 0.8)), 2) for passed in (0, 0.5, 1, 3)]
    [0.2, 0.6, 1.0, 3.0]
    """
    return np.maximum(passed, 1 - review_share * (1 - passed))


Waits = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Share of the files that wait which wait longer than so many days after so many days of work."""


@dataclass(frozen=True, eq=False)
class Wait:
    """The wait for a reviewer in a queue that starts empty, in calendar days.

    A file waits with probability `chance` (Erlang C, at the occupancy that the reviewers have over the horizon); the
    wait of those who do is a reflected Brownian motion with the `drift` load - 1 and the `variance` of Allen and
    Cunneen. `horizon` is the time in which files are filed; up to `start` review gets too few of them to wait. Any
    shapes that broadcast.
    """

    chance: np.ndarray
    drift: np.ndarray
    variance: np.ndarray
    horizon: float
    start: Quantity

    def of(self, pools: slice | np.ndarray) -> "Wait":
        """The wait of some of the pools."""
        return Wait(self.chance[:, pools], self.drift[:, pools], self.variance[:, pools], self.horizon, self.start)

    @property
    def mean(self) -> np.ndarray:
        """Mean wait of all files, beside that behind a backlog which grows steadily."""
        return self.chance * mean_beside_drift(self.drift, self.variance, self.horizon)

    def at(self, places: np.ndarray) -> "Wait":
        """The wait at some places of an array, one after the other."""
        parts = (self.chance, self.drift, self.variance, self.start)
        chance, drift, variance, start = (np.broadcast_to(part, places.shape)[places] for part in parts)
        return Wait(chance, drift, variance, self.horizon, start)


def review_wait(flow: ReviewFlow, assumed: Assumed, horizon: float) -> Wait:
    """The wait at the pools that decide, (draws, pools), of files filed in a horizon of days.

    Pools that do not decide, the last ones, are left out.
    """
    deciding = slice(np.count_nonzero(flow.decides))
    queues = np.maximum(flow.queues[:, deciding], 1e-9)
    servers = flow.reviewers[:, deciding] / queues
    offered_load = flow.arrivals[:, deciding] / queues / flow.rate
    there = np.maximum(servers, 1e-12)
    drift = offered_load / there - 1
    variance = (1 + np.square(assumed["review_time_cv"])) * (DAYS_A_YEAR / flow.rate) / there
    busy = np.clip(1 - idle_share(drift, variance, horizon), 0.0, 1.0)
    start = np.minimum(START_UP * assumed["investigation_days"], horizon / 2)
    return Wait(
        chance=erlang_c(busy * servers, servers),
        drift=drift,
        variance=variance,
        horizon=horizon,
        start=start,
    )


def on_time_share(
    flow: ReviewFlow,
    wait: Wait,
    pools: Pools,
    assumed: Assumed,
    days_left: np.ndarray,
    mean: np.ndarray,
    variance: np.ndarray,
    most_reviewed: np.ndarray,
) -> np.ndarray:
    """Share of a pool's files decided within the limit, (draws, pools).

    Of files that need review, no more than `most_reviewed` (draws, pools). `wait` is that of `review_wait`, `days_left`
    the limit less the fixed steps, (draws, 1); `mean` and `variance` (over the squared mean) are those of the calendar
    days of investigation, (draws, pools).
    """
    review = DAYS_A_YEAR / flow.rate
    reviewed_mean = mean + review
    review_variance = np.square(review * assumed["review_time_cv"])
    reviewed_variance = (np.square(mean) * variance + review_variance) / np.square(reviewed_mean)

    def in_time(led: slice, decided: slice | np.ndarray) -> np.ndarray:
        """Share of reviewed files in time, of some pools that lead and the pools that decide for them."""
        return on_time_probability(days_left, reviewed_mean[:, led], reviewed_variance[:, led], wait.of(decided))

    counties = pools.slices[COUNTY]
    above = slice(counties.start)
    of_county, own = in_time(counties, pools.above_counties), flow.own_share[:, counties]
    if own.any():
        of_county += own * (in_time(counties, counties) - of_county)
    reviewed = np.minimum(np.concatenate([in_time(above, above), of_county], axis=1), most_reviewed)
    unreviewed = on_time_probability(days_left, mean, variance)
    return unreviewed + assumed["review_share"] * (reviewed - unreviewed)


def on_time_probability(
    days_left: Quantity, mean: Quantity, variance: Quantity, wait: Wait | None = None
) -> np.ndarray:
    """Share of the files filed in a horizon with work + wait for review <= days left.

    Work is lognormal with the given mean and `variance` (over the squared mean); without a `wait` it is all there is.
    `days_left` is the limit less the fixed steps. All in calendar days, any shapes that broadcast. By eight
    Gauss-Legendre nodes over the work that fits, within 1e-3 of the exact integral.
    """
    days_left = np.asarray(days_left, float)
    log_variance = np.log(1 + variance)
    spread = np.sqrt(log_variance)
    log_mean = np.log(mean) - log_variance / 2
    in_time = np.array(ndtr((np.log(np.maximum(days_left, 1e-12)) - log_mean) / spread) * (days_left > 0))
    if wait is None:
        return in_time

    shape = np.broadcast_shapes(in_time.shape, np.shape(wait.drift), np.shape(wait.start))
    in_time = np.broadcast_to(in_time, shape).copy()
    falling = np.maximum(-wait.drift, 0.0)
    counts = (wait.chance * wait.variance > 2 * NO_WAIT * falling) & (in_time > 0)
    settled = (falling > 0) & (queue_age(falling, wait.variance, wait.horizon) > SETTLED)
    for which, law in ((counts & settled, _waits_when_settled), (counts & ~settled, _waits_from_empty)):
        if not which.any():
            continue
        left, log_of, deviation = (np.broadcast_to(values, shape)[which] for values in (days_left, log_mean, spread))
        those = wait.at(which)
        in_time[which] *= 1 - those.chance * _mean_over_work(left, log_of, deviation, law(those))
    return in_time


def _mean_over_work(left: np.ndarray, log_mean: np.ndarray, spread: np.ndarray, value: Waits) -> np.ndarray:
    """Mean of a value of the days that the work leaves and of its own, over the work that fits; all flat."""
    slowest = np.minimum((np.log(left) - log_mean) / spread, MOST_SPREADS)
    span = np.maximum(slowest + MOST_SPREADS, 1.0)
    total, files = np.zeros(left.shape), np.zeros(left.shape)
    for place, weight in zip(WORK_NODES, WORK_WEIGHTS, strict=True):
        at = slowest - (1 - place) * span
        work, share = np.exp(log_mean + spread * at), weight * np.exp(-0.5 * at * at)
        files += share
        total += share * value(left - work, work)
    return total / files


def _waits_from_empty(wait: Wait) -> Waits:
    """Share of those who wait longer than some days after some of work, from an empty queue on."""

    def longer(days: np.ndarray, work: np.ndarray) -> np.ndarray:
        late_enough = wait.horizon - np.maximum(wait.start - work, 0.0)
        share = share_above(np.maximum(days, 0.0), wait.drift, wait.variance, late_enough)
        return share * (late_enough / wait.horizon)

    return longer


def _waits_when_settled(wait: Wait) -> Waits:
    """The same where the queue has forgotten its start, but for the time before it held such a wait."""
    rate, missing = 2 * wait.drift / wait.variance, -1 / (wait.drift * wait.horizon)
    full = 1 - wait.start / wait.horizon

    def longer(days: np.ndarray, work: np.ndarray) -> np.ndarray:
        # Far down exp is slow.
        share = np.exp(np.maximum(rate * days, -50.0)) * np.maximum(1 - missing * days, 0.0)
        return share * np.minimum(full + work / wait.horizon, 1.0)

    return longer


def days_to_decision(
    flow: ReviewFlow, wait: Wait, pools: Pools, assumed: Assumed, investigation: np.ndarray
) -> np.ndarray:
    """Mean calendar days from filing to decision, (draws, pools), beside those in a growing backlog.

    The months add these (`model.year.months`).
    """
    waits = np.zeros(investigation.shape)
    waits[:, : wait.drift.shape[1]] = wait.mean
    review = DAYS_A_YEAR / flow.rate + _as_led(waits, flow, pools)
    return assumed["procedure_days"] + investigation + assumed["review_share"] * review


def _as_led(values: np.ndarray, flow: ReviewFlow, pools: Pools) -> np.ndarray:
    """Values of the pools that decide, laid on the pools that lead: their own and their city's."""
    counties = pools.slices[COUNTY]
    led = values.copy()
    own = flow.own_share[:, counties]
    led[:, counties] = own * values[:, counties] + (1 - own) * values[:, pools.above_counties]
    return led

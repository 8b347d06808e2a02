"""From an investigated file to its decision: review, days, and the legal limit (method, section 8)."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from model.evidence.baseline import TIERS, Pools
from model.evidence.draws import Assumed, Quantity
from model.force.workload import Workload
from model.year.review_queue import erlang_c, mean_wait

DAYS_A_YEAR = 365.0

NO_WAIT = 0.01
"""Mean wait in calendar days below which it is left out: it moves the share in time by less than 0.001."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(10)
WAIT_NODES, WAIT_WEIGHTS = 1 - ((1 - _NODES) / 2) ** 2, _WEIGHTS * (1 - _NODES) / 2
"""Points of the wait's tail, from 0 to 1, and their weights in `on_time_probability`.

They are squared, so that they crowd where the wait leaves little time and the share in time falls off steeply.
"""


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
    _, cities, counties = pools.slices
    reviewers = work.staff.reviewers * work.filled
    own = np.ones(files.shape)
    queues = np.ones(files.shape)
    own[:, counties] = 0.0
    if work.rules.deciding_tier == "county":
        own[:, counties] = np.minimum(reviewers / work.staff.bodies, 1.0)[:, counties]
        queues[:, counties] = (work.staff.bodies * own)[:, counties]
    to_review = files * assumed["review_share"]
    arrivals = to_review * own
    arrivals[:, cities] += (to_review - arrivals)[:, counties]
    rate = work.present_days * work.own_share(other_duties) / assumed["review_days"]
    decides = pools.tier <= TIERS.index(work.rules.deciding_tier)
    return ReviewFlow(own, arrivals, reviewers * rate * decides, decides, rate, reviewers, queues)


def review_room(flow: ReviewFlow, pools: Pools) -> np.ndarray:
    """Files that review could pass over files that arrive, by the pool that leads them, (draws, pools).

    Where a county's own reviewers and its city's share its files, room to spare at one does not help the other: below 1
    it is the share that both together let through, above 1 the room of the tighter.
    """
    _, cities, counties = pools.slices
    room = flow.capacity / np.maximum(flow.arrivals, 1e-9)
    own, at_county, at_city = flow.own_share[:, counties], room[:, counties], room[:, cities]
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


def review_waits(flow: ReviewFlow, assumed: Assumed) -> tuple[np.ndarray, np.ndarray]:
    """Probability that a file waits for a reviewer, and the mean wait of all files in calendar days.

    (draws, pools) each, by the pool that decides; 0 at pools that do not, and a wait of inf where review cannot keep
    up.
    """
    deciding = np.flatnonzero(flow.decides)
    queues = np.maximum(flow.queues[:, deciding], 1e-9)
    servers, arrivals = flow.reviewers[:, deciding] / queues, flow.arrivals[:, deciding] / queues
    waits, days = np.zeros(flow.arrivals.shape), np.zeros(flow.arrivals.shape)
    waits[:, deciding] = erlang_c(arrivals / flow.rate, servers)
    years = mean_wait(arrivals, flow.rate, servers, assumed["case_time_cv"], waits[:, deciding])
    days[:, deciding] = DAYS_A_YEAR * years
    return waits, days


def on_time_share(
    flow: ReviewFlow,
    waiting: tuple[np.ndarray, np.ndarray],
    work: Workload,
    pools: Pools,
    assumed: Assumed,
    investigation: np.ndarray,
) -> np.ndarray:
    """Share of a pool's files decided within the limit, (draws, pools).

    `waiting` is that of `review_waits`, `investigation` the mean calendar days of investigation, (draws, pools), inf
    where there is no steady state.
    """
    waits, wait_days = waiting
    days_without_review = work.decision_limit - assumed["procedure_days"]
    days_left = days_without_review - DAYS_A_YEAR / flow.rate

    def in_time(led: slice, decided: slice) -> np.ndarray:
        """Share of reviewed files in time, of some pools that lead and the pools that decide for them."""
        return on_time_probability(
            days_left, investigation[:, led], assumed["case_time_cv"], waits[:, decided], wait_days[:, decided]
        )

    provinces, cities, counties = pools.slices
    of_county, own = in_time(counties, cities), flow.own_share[:, counties]
    if own.any():
        of_county += own * (in_time(counties, counties) - of_county)
    reviewed = np.concatenate([in_time(provinces, provinces), in_time(cities, cities), of_county], axis=1)
    unreviewed = on_time_probability(days_without_review, investigation, assumed["case_time_cv"], 0.0, 0.0)
    return unreviewed + assumed["review_share"] * (reviewed - unreviewed)


def on_time_probability(
    days_left: Quantity, investigation_mean: Quantity, cv: Quantity, waits: Quantity, mean_wait: Quantity
) -> np.ndarray:
    """P(investigation + wait for review <= days left), the wait's tail by 10 Gauss-Legendre nodes.

    Investigation is lognormal with the given mean and coefficient of variation; the wait is 0 with probability 1 -
    `waits`, else exponential, so that its mean over all files is `mean_wait`. `days_left` is the limit less the fixed
    steps. All in calendar days, any shapes that broadcast. 0 where a mean is infinite (no steady state). Within 1e-3 of
    the exact integral, which a test holds it to.
    """
    days_left, mean, mean_wait = (np.asarray(days, float) for days in (days_left, investigation_mean, mean_wait))
    variance = np.log1p(np.square(cv))
    spread = np.sqrt(variance)
    log_mean = np.log(np.where(np.isfinite(mean), mean, 1.0)) - variance / 2
    steady = np.isfinite(mean) & np.isfinite(mean_wait) & (days_left > 0)
    in_time = np.array(ndtr((np.log(np.maximum(days_left, 1e-12)) - log_mean) / spread) * steady)

    waiting = steady & (mean_wait > NO_WAIT)
    left, log_mean, spread, waits, mean_wait = (
        values[waiting] for values in np.broadcast_arrays(days_left, log_mean, spread, waits, mean_wait, waiting)[:5]
    )
    tail = mean_wait / waits
    reach = -np.expm1(-left / tail)
    after_wait = np.zeros(left.shape)
    scale, shift = 1 / spread, log_mean / spread
    for late, weight in zip(WAIT_NODES, WAIT_WEIGHTS, strict=True):
        remaining = left + tail * np.log1p(-late * reach)
        after_wait += weight * ndtr(np.log(remaining) * scale - shift)
    in_time[waiting] += waits * (reach * after_wait - in_time[waiting])
    return in_time


def days_to_decision(
    flow: ReviewFlow, wait_days: np.ndarray, pools: Pools, assumed: Assumed, investigation: np.ndarray
) -> np.ndarray:
    """Mean calendar days from filing to decision in a steady state, (draws, pools).

    A mean wait for review above a year counts as a year.
    """
    review = DAYS_A_YEAR / flow.rate + _as_led(np.minimum(wait_days, DAYS_A_YEAR), flow, pools)
    return assumed["procedure_days"] + investigation + assumed["review_share"] * review


def _as_led(values: np.ndarray, flow: ReviewFlow, pools: Pools) -> np.ndarray:
    """Values of the pools that decide, laid on the pools that lead: their own and their city's."""
    _, cities, counties = pools.slices
    led = values.copy()
    own = flow.own_share[:, counties]
    led[:, counties] = own * values[:, counties] + (1 - own) * values[:, cities]
    return led

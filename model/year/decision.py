"""From an investigated file to a decision: who reviews it, whether review keeps up, whether it comes in time."""

from dataclasses import dataclass

import numpy as np

from model.evidence.baseline import TIERS, Pools
from model.evidence.draws import Assumed
from model.force.workload import Workload
from model.year.investigation import share_in_time
from model.year.review_queue import erlang_c, mean_wait

DAYS_A_YEAR = 365.0


@dataclass(frozen=True, eq=False)
class ReviewFlow:
    """Files on their way through legal review, a year. Shapes (draws, pools), by the pool that decides, but for
    `own_share`: the share of its files that a pool decides itself (the rest its city decides). `decides` (pools,)
    says which decide at all. `rate` (draws, 1) is files a reviewer can do a year."""

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
    """Where the `files` (draws, pools) a year that each pool leads are reviewed.

    Province and cities decide their own. County files go to the city under the rules of 2021; under those of 2025 they
    stay in the bodies that have a reviewer of their own, who then stands alone before his body's files.
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


def passed_share(flow: ReviewFlow, pools: Pools) -> np.ndarray:
    """Files that review could pass over files that arrive, seen from the pool that leads them; above 1 is room to
    spare."""
    room = flow.capacity / np.maximum(flow.arrivals, 1e-9)
    return _as_led(room, flow, pools)


def review_waits(flow: ReviewFlow, assumed: Assumed) -> tuple[np.ndarray, np.ndarray]:
    """At the pools that decide: probability that a file waits for a reviewer, and the mean wait of all files in
    calendar days (inf where review cannot keep up); (draws, pools) each, 0 at pools that do not decide."""
    ends = np.flatnonzero(flow.decides)
    queues = np.maximum(flow.queues[:, ends], 1e-9)
    servers, arrivals = flow.reviewers[:, ends] / queues, flow.arrivals[:, ends] / queues
    waits, days = np.zeros(flow.arrivals.shape), np.zeros(flow.arrivals.shape)
    waits[:, ends] = erlang_c(arrivals / flow.rate, servers)
    days[:, ends] = DAYS_A_YEAR * mean_wait(arrivals, flow.rate, servers, assumed["case_time_cv"], waits[:, ends])
    return waits, days


def on_time_share(
    flow: ReviewFlow,
    waiting: tuple[np.ndarray, np.ndarray],
    work: Workload,
    pools: Pools,
    assumed: Assumed,
    investigation: np.ndarray,
) -> np.ndarray:
    """Share of a pool's files decided within the limit; `waiting` as of `review_waits`, `investigation` the mean
    calendar days of investigation (inf: no steady state)."""
    waits, wait_days = waiting
    unreviewed = work.decision_limit - assumed["procedure_days"]
    left = unreviewed - DAYS_A_YEAR / flow.rate

    def in_time(led: slice, decided: slice) -> np.ndarray:
        return share_in_time(
            left, investigation[:, led], assumed["case_time_cv"], waits[:, decided], wait_days[:, decided]
        )

    provinces, cities, counties = pools.slices
    of_county, own = in_time(counties, cities), flow.own_share[:, counties]
    if own.any():
        of_county += own * (in_time(counties, counties) - of_county)
    reviewed = np.concatenate([in_time(provinces, provinces), in_time(cities, cities), of_county], axis=1)
    without = share_in_time(unreviewed, investigation, assumed["case_time_cv"], 0.0, 0.0)
    return without + assumed["review_share"] * (reviewed - without)


def mean_days(
    flow: ReviewFlow, wait_days: np.ndarray, pools: Pools, assumed: Assumed, investigation: np.ndarray
) -> np.ndarray:
    """Mean calendar days from filing to decision in a steady state, (draws, pools); waits for review above a year
    count as one."""
    review = DAYS_A_YEAR / flow.rate + _as_led(np.minimum(wait_days, DAYS_A_YEAR), flow, pools)
    return assumed["procedure_days"] + investigation + assumed["review_share"] * review


def _as_led(values: np.ndarray, flow: ReviewFlow, pools: Pools) -> np.ndarray:
    """Values of the deciding pools as the leading pools meet them: their own and their city's, by `own_share`."""
    _, cities, counties = pools.slices
    led = values.copy()
    own = flow.own_share[:, counties]
    led[:, counties] = own * values[:, counties] + (1 - own) * values[:, cities]
    return led

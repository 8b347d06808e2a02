"""Another's simulation of the queues of method section 8, file by file, agrees with the formulas.

Ciw knows nothing of Erlang: it sends single files through reviewers and counts days. A formula that is exact must lie in
the simulation's own 99 % interval; one that is an approximation, within the error known for it.
"""

from collections.abc import Callable, Sequence
from functools import cache

import ciw
import numpy as np
import pytest
from scipy.stats import t

from model.cases import investigation_days, share_in_time
from model.review import erlang_c, mean_wait

REPLICATIONS = 12
WARM_UP = 300


def lognormal(mean: float, cv: float) -> ciw.dists.Distribution:
    variance = np.log1p(cv**2)
    return ciw.dists.Lognormal(np.log(mean) - variance / 2, np.sqrt(variance))


def gamma(mean: float, cv: float) -> ciw.dists.Distribution:
    return ciw.dists.Gamma(1 / cv**2, mean * cv**2)


def replications(network: Callable[[], ciw.network.Network], files: int, **options: object) -> list[list]:
    """The records of every replication, warm-up left out, each from its own seed."""
    found = []
    for seed in range(REPLICATIONS):
        ciw.seed(seed)
        simulation = ciw.Simulation(network(), **options)
        simulation.simulate_until_max_customers(files + WARM_UP, method="Finish")
        records = simulation.get_all_records()
        found.append([record for record in records if record.id_number > WARM_UP])
    return found


def interval(means: Sequence[float]) -> tuple[float, float]:
    """The 99 % interval of the mean over independent replications."""
    half = t.ppf(0.995, len(means) - 1) * np.std(means, ddof=1) / np.sqrt(len(means))
    return float(np.mean(means) - half), float(np.mean(means) + half)


def assert_within(value: float, means: Sequence[float], sharpness: float) -> None:
    """The value lies in the interval, and the interval is narrow enough to say something."""
    low, high = interval(means)
    assert low <= value <= high
    assert high - low < 2 * sharpness * value


@cache
def review(load: float, servers: int, service: Callable, cv: float, files: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean wait and share of files that wait, by replication; a reviewer does one file a day."""
    runs = replications(
        lambda: ciw.create_network(
            arrival_distributions=[ciw.dists.Exponential(load)],
            service_distributions=[service(1.0, cv)],
            number_of_servers=[servers],
        ),
        files,
    )
    waits = [np.array([record.waiting_time for record in run]) for run in runs]
    return np.array([w.mean() for w in waits]), np.array([(w > 1e-9).mean() for w in waits])


@pytest.mark.parametrize("service", [lognormal, gamma])
@pytest.mark.parametrize("cv", [0.5, 1.2])
def test_one_reviewer_waits_as_simulated_whatever_the_service_time(service, cv):
    """Pollaczek and Khinchine: exact for one reviewer."""
    waits, waited = review(0.6, 1, service, cv, 5000)
    assert_within(float(mean_wait(0.6, 1.0, 1, cv)), waits, sharpness=0.15)
    assert_within(float(erlang_c(0.6, 1)), waited, sharpness=0.05)


@pytest.mark.parametrize(("load", "servers"), [(1.5, 2), (3.2, 4)])
def test_several_reviewers_wait_as_simulated(load, servers):
    """Erlang: exact for exponential service times."""
    waits, waited = review(load, servers, gamma, 1.0, 6000)
    assert_within(float(mean_wait(load, 1.0, servers)), waits, sharpness=0.2)
    assert_within(float(erlang_c(load, servers)), waited, sharpness=0.1)

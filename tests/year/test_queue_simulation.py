"""Another's simulation of the queues of method section 8, file by file, agrees with the formulas.

Ciw knows nothing of Erlang: it sends single files through reviewers and counts days. A formula that is exact must lie
in the simulation's own 99 % interval; one that is an approximation, within the error known for it.
"""

from collections.abc import Callable, Sequence
from functools import cache

import ciw
import numpy as np
import pytest
from scipy.stats import t

from model.year.decision import on_time_probability
from model.year.investigation import investigation_days
from model.year.review_queue import erlang_c, mean_wait

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
    waits, waited = review(0.6, 1, service, cv, 3500)
    assert_within(float(mean_wait(0.6, 1.0, 1, cv)), waits, sharpness=0.15)
    assert_within(float(erlang_c(0.6, 1)), waited, sharpness=0.05)


@pytest.mark.parametrize(("load", "servers"), [(1.5, 2), (3.2, 4)])
def test_several_reviewers_wait_as_simulated(load, servers):
    """Erlang: exact for exponential service times."""
    waits, waited = review(load, servers, gamma, 1.0, 6000)
    assert_within(float(mean_wait(load, 1.0, servers)), waits, sharpness=0.2)
    assert_within(float(erlang_c(load, servers)), waited, sharpness=0.1)


@pytest.mark.parametrize("cv", [0.5, 0.8, 1.2])
@pytest.mark.parametrize(("load", "servers"), [(1.5, 2), (3.2, 4)])
def test_allen_and_cunneen_are_close_where_they_are_not_exact(load, servers, cv):
    """Several reviewers and service times that are not exponential: within 10 % of the mean wait.

    An approximation (Allen, Probability, Statistics and Queueing Theory, 1990, 5.3), beside the simulation's own error.
    """
    low, high = interval(review(load, servers, gamma, cv, 4000)[0])
    approximate = float(mean_wait(load, 1.0, servers, cv))
    assert 0.9 * low <= approximate <= 1.1 * high
    assert high - low < 0.4 * approximate


INVESTIGATION, CV, PROCEDURE, LIMIT = 40.0, 0.8, 25.0, 90.0
REVIEW = 3.0


@pytest.mark.parametrize(("load", "servers", "files"), [(0.6, 1, 4000), (1.7, 2, 4000), (0.85, 1, 8000)])
def test_the_share_in_time_is_the_one_simulated(load, servers, files):
    """Files are investigated at once (lognormal), then wait for a reviewer of three days (exponential).

    The hearing's days are fixed. The model takes the wait as independent of the investigation, and the reviewer's own
    days at their mean, which costs it a hundredth at most.
    """
    runs = replications(
        lambda: ciw.create_network(
            arrival_distributions=[ciw.dists.Exponential(load / REVIEW), None],
            service_distributions=[lognormal(INVESTIGATION, CV), ciw.dists.Exponential(1 / REVIEW)],
            number_of_servers=[float("inf"), servers],
            routing=[[0.0, 1.0], [0.0, 0.0]],
        ),
        files,
    )
    waited, reviewed = (share_before(runs, LIMIT - PROCEDURE, service) for service in (False, True))
    waits = float(erlang_c(load, servers))
    wait = float(mean_wait(load / REVIEW, 1 / REVIEW, servers))

    def expected(left: float) -> float:
        return float(on_time_probability(left, INVESTIGATION, CV, waits, wait))

    assert_within(expected(LIMIT - PROCEDURE), waited, sharpness=0.06)
    low, high = interval(reviewed)
    assert low - 0.01 <= expected(LIMIT - PROCEDURE - REVIEW) <= high + 0.01


def share_before(runs: list[list], days: float, with_service: bool) -> list[float]:
    """Share of the files through both steps in time, by replication, with or without the review itself."""
    shares = []
    for run in runs:
        took: dict[int, float] = {}
        for record in run:
            own_days = record.service_time if record.node == 1 or with_service else 0.0
            took[record.id_number] = took.get(record.id_number, 0.0) + record.waiting_time + own_days
        shares.append(float(np.mean(np.array(list(took.values())) <= days)))
    return shares


@cache
def shared(load: float) -> np.ndarray:
    """Mean days of a file, by replication, in an office that works at all its files at once, a day each."""
    runs = replications(
        lambda: ciw.create_network(
            arrival_distributions=[ciw.dists.Exponential(load)],
            service_distributions=[lognormal(1.0, CV)],
            number_of_servers=[float("inf")],
        ),
        4000,
        node_class=ciw.PSNode,
    )
    return np.array([np.mean([record.exit_date - record.arrival_date for record in run]) for run in runs])


@pytest.mark.parametrize("busy", [0.4, 0.6, 0.75])
def test_files_that_share_their_officers_take_as_long_as_simulated(busy):
    """Processor sharing: s / (1 - u), whatever the distribution of the effort."""
    assert_within(1 / (1 - busy), shared(busy), sharpness=0.1)


def test_investigation_slows_down_as_simulated():
    """From a base year at 0.4 of its time to a plan at 0.75: the ratio of the two is what the model uses."""
    ratio = shared(0.75) / shared(0.4)
    assert_within(float(investigation_days(40.0, 0.4, 0.75)) / 40, ratio, sharpness=0.1)

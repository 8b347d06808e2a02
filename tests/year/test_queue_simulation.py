"""Another's simulation of the queues of method section 8, file by file, agrees with the formulas.

Ciw knows nothing of Erlang: it sends single files through reviewers and counts days. A formula that is exact must lie
in the simulation's own 99 % interval; one that is an approximation, within the error known for it.
"""

from collections.abc import Callable, Sequence
from functools import cache
from heapq import heappop, heappush
from itertools import product

import ciw
import numpy as np
import pytest
from calm_office import share_in_time
from scipy.stats import t
from thorough import pairs, some

from model.year.decision import ReviewFlow, on_time_probability, review_wait
from model.year.investigation import growing_share, investigation_days, investigation_variance
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


@pytest.mark.by_night
@pytest.mark.parametrize(("service", "cv"), pairs([lognormal, gamma], [0.5, 1.2]))
def test_one_reviewer_waits_as_simulated_whatever_the_service_time(service, cv):
    """Pollaczek and Khinchine: exact for one reviewer."""
    waits, waited = review(0.6, 1, service, cv, 3500)
    assert_within(float(mean_wait(0.6, 1.0, 1, cv)), waits, sharpness=0.15)
    assert_within(float(erlang_c(0.6, 1)), waited, sharpness=0.05)


@pytest.mark.by_night
@pytest.mark.parametrize(("load", "servers"), [(1.5, 2), (3.2, 4)])
def test_several_reviewers_wait_as_simulated(load, servers):
    """Erlang: exact for exponential service times."""
    waits, waited = review(load, servers, gamma, 1.0, 6000)
    assert_within(float(mean_wait(load, 1.0, servers)), waits, sharpness=0.2)
    assert_within(float(erlang_c(load, servers)), waited, sharpness=0.1)


@pytest.mark.parametrize(("cv", "queue"), pairs([0.5, 0.8, 1.2], [(1.5, 2), (3.2, 4)]))
def test_allen_and_cunneen_are_close_where_they_are_not_exact(queue, cv):
    """Several reviewers and service times that are not exponential: within 10 % of the mean wait.

    An approximation (Allen, Probability, Statistics and Queueing Theory, 1990, 5.3), beside the simulation's own error.
    """
    load, servers = queue
    low, high = interval(review(load, servers, gamma, cv, 4000)[0])
    approximate = float(mean_wait(load, 1.0, servers, cv))
    assert 0.9 * low <= approximate <= 1.1 * high
    assert high - low < 0.4 * approximate


CV = 0.8
YEARS = (1, 5)
LOADS = (0.5, 0.9, 0.98, 1.02, 1.1, 1.3)


def modelled(
    load: float | np.ndarray,
    reviewers: int,
    years: float,
    *,
    review: float = 3.0,
    review_cv: float = CV,
    investigation: float = 40.0,
    days: float = 65.0,
) -> np.ndarray:
    """The share in time of the office that `calm_office` simulates, by the formulas, of each load."""
    rate, one = np.array([[365 / review]]), np.ones((np.size(load), 1))
    arrivals = np.reshape(load, (-1, 1)) * reviewers * rate
    flow = ReviewFlow(one, arrivals, reviewers * rate * one, np.array([True]), rate, reviewers * one, one)
    drawn = {"review_time_cv": np.array([[review_cv]]), "investigation_days": np.array([[investigation]])}
    mean = investigation + review
    variance = ((investigation * CV) ** 2 + (review * review_cv) ** 2) / mean**2
    share = on_time_probability(days, mean, variance, review_wait(flow, drawn, 365 * years))
    return share.reshape(np.shape(load))


@pytest.mark.parametrize(("load", "office"), list(product(LOADS, [(1, 800), (2, 500), (5, 240), (10, 200)])))
def test_the_share_in_time_is_the_one_simulated_on_both_sides_of_load_1(load, office):
    """Within 5 points of files that come to an empty office, in the first year and over five."""
    reviewers, offices = office
    simulated = share_in_time(load, reviewers, YEARS, offices=offices)
    assert [modelled(load, reviewers, years) for years in YEARS] == pytest.approx(simulated, abs=0.05)


OFFICES = [
    dict(zip(("load", "reviewers", "review", "review_cv", "days", "investigation"), one, strict=True))
    for one in product((0.9, 0.98, 1.02, 1.1, 1.3), (1, 3, 10), (1.0, 3.0, 6.0), (0.5, 1.2), (50.0, 95.0), (25.0, 60.0))
]
"""Offices at the ends of their ranges, near the limit of the queue."""


@pytest.mark.parametrize("office", some(OFFICES, 24), ids=str)
def test_so_is_it_at_the_ends_of_every_range(office):
    """Long and short reviews, even and uneven ones, much and little time left: within 5 points everywhere."""
    many = {1: 300, 3: 180, 10: 100}[office["reviewers"]]
    simulated = share_in_time(**office, years=YEARS, offices=many)
    assert [modelled(**office, years=years) for years in YEARS] == pytest.approx(simulated, abs=0.05)


def test_the_share_in_time_has_no_cliff():
    """A hundredth of load costs 3 points at most, and more load never helps."""
    loads = np.linspace(0.3, 2.0, 1701)
    for reviewers in (1, 4, 10):
        for years in YEARS:
            share = modelled(loads, reviewers, years)
            assert np.diff(share).max() < 1e-3
            assert np.diff(share).min() > -0.01
            assert share[0] > 0.8 > 0.2 > share[-1] > 0


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


@pytest.mark.by_night
@pytest.mark.parametrize("busy", [0.4, 0.6, 0.75])
def test_files_that_share_their_officers_take_as_long_as_simulated(busy):
    """Processor sharing, after a long time: s / (1 - u), whatever the distribution of the effort."""
    assert_within(1 / (1 - busy), shared(busy), sharpness=0.1)


def test_investigation_slows_down_as_simulated():
    """From a base year at 0.4 of its time to a plan at 0.75: the ratio of the two is what the model uses."""
    ratio = shared(0.75) / shared(0.4)
    assert_within(float(investigation_days(40.0, 0.4, 0.75, 1e7)) / 40, ratio, sharpness=0.1)


@pytest.mark.parametrize(("busy", "years"), pairs([0.6, 0.8, 0.95, 1.0, 1.1, 1.3], YEARS))
def test_investigation_has_no_cliff_where_the_time_of_a_pool_runs_out(busy, years):
    """Files that share their officers from an empty office on, twelve days each alone: within 7 points."""
    mean = investigation_days(20.0, 0.4, busy, 365.0 * years)
    variance = investigation_variance(0.9, 0.4, busy)
    share = on_time_probability(65, mean, variance) * growing_share(65.0, mean, variance, busy - 1, 365.0 * years)
    assert float(share) == pytest.approx(shared_from_empty(busy, 12.0, years), abs=0.07)


def shared_from_empty(load: float, alone: float, years: int) -> float:
    """Share of files done within 65 days where all files at hand share one time, from an empty office."""
    random, horizon, in_time, files = np.random.default_rng(2021), 365.0 * years, 0, 0
    for _ in range(300 // years):
        now = shared_time = 0.0
        at_hand: list[tuple[float, float]] = []
        comes = random.exponential(alone / load)
        while True:
            goes = now + (at_hand[0][0] - shared_time) * len(at_hand) if at_hand else np.inf
            then = min(comes, goes)
            if then > horizon + 65:
                break
            shared_time += (then - now) / len(at_hand) if at_hand else 0.0
            now = then
            if goes <= comes:
                filed = heappop(at_hand)[1]
                in_time += filed < horizon and now - filed <= 65
            else:
                variance = np.log1p(CV**2)
                effort = random.lognormal(np.log(alone) - variance / 2, np.sqrt(variance))
                heappush(at_hand, (shared_time + effort, now))
                files += now < horizon
                comes = now + random.exponential(alone / load)
    return in_time / files

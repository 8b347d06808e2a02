"""Legal review by the bodies' own reviewers and by their city's: who waits where, and how long review warms up."""

import numpy as np
import pytest

from model import Scenario
from model.evidence.baseline import COUNTY
from model.projection.base_year import baseline_of
from model.year.calm_start import share_above
from model.year.decision import ReviewFlow, Wait, _waits_from_empty, on_time_share, review_room, review_wait
from model.year.review_queue import mean_wait

BASELINE = baseline_of(Scenario())
POOLS = BASELINE.pools
ASSUMED = {"review_share": np.array([[1.0]]), "review_time_cv": np.array([[0.8]])}
FIVE_YEARS = 5 * 365.0


def flow(own: np.ndarray, arrivals: float, reviewers: np.ndarray) -> ReviewFlow:
    """A flow of one draw in which every pool decides, at 50 files a reviewer and year."""
    count = len(POOLS.tier)
    rate, everywhere = np.array([[50.0]]), np.ones(count, dtype=bool)
    coming = np.full((1, count), arrivals)
    return ReviewFlow(own, coming, reviewers * rate, everywhere, rate, reviewers, np.ones((1, count)))


def counties_own(*shares: float) -> np.ndarray:
    """The share that each pool decides itself: all above the counties, these at the first counties, else nothing."""
    own = np.ones((1, len(POOLS.tier)))
    own[:, POOLS.slices[COUNTY]] = 0.0
    own[:, POOLS.slices[COUNTY]][:, : len(shares)] = shares
    return own


def shares_in_time(own: np.ndarray, reviewers: np.ndarray) -> np.ndarray:
    """Shares in time at the counties, (counties,), where an investigation takes a month and a half of three months."""
    of = flow(own, 45.0, reviewers)
    assumed = {**ASSUMED, "investigation_days": np.array([[45.0]])}
    wait = review_wait(of, assumed, FIVE_YEARS)
    alike = np.ones(own.shape)
    share = on_time_share(of, wait, POOLS, assumed, np.array([[90.0]]), 45.0 * alike, 0.5 * alike, alike)
    return share[0, POOLS.slices[COUNTY]]


def test_a_county_whose_bodies_review_half_has_the_mean_of_both_ways_though_others_review_nothing():
    """Only some counties have a reviewer of their own: at theirs, files wait less than at their cities."""
    reviewers = np.ones((1, len(POOLS.tier)))
    reviewers[:, POOLS.slices[COUNTY]] = 2.0
    nothing, half, whole = (shares_in_time(counties_own(share), reviewers) for share in (0.0, 0.5, 1.0))
    assert whole[0] > nothing[0] + 0.02, "else this proves nothing"
    assert half[0] == pytest.approx((nothing[0] + whole[0]) / 2)
    assert np.array_equal(half[1:], nothing[1:])


def test_what_own_reviewers_cannot_pass_waits_though_the_city_has_room_and_the_other_way_round():
    own, reviewers = counties_own(0.5, 0.25), np.full((1, len(POOLS.tier)), 2.0)
    first, second, *others = range(POOLS.slices[COUNTY].start, len(POOLS.tier))
    reviewers[:, first] = 0.45  # half of the 45 files that come
    room = review_room(flow(own, 45.0, reviewers), POOLS)[0]
    assert room[first] == pytest.approx(0.5 * 0.5 + 0.5)
    assert room[second] == pytest.approx(100 / 45)
    assert room[others] == pytest.approx(100 / 45)


@pytest.mark.parametrize(("horizon", "start"), [(FIVE_YEARS, 78.75), (120.0, 60.0), (60.0, 30.0)])
def test_review_gets_files_at_their_full_rate_after_some_investigations_or_half_the_time(horizon, start):
    assumed = {**ASSUMED, "investigation_days": np.array([[45.0]])}
    wait = review_wait(flow(counties_own(), 45.0, np.ones((1, len(POOLS.tier)))), assumed, horizon)
    assert wait.start == pytest.approx(start) and wait.horizon == horizon


def test_waits_of_some_places_are_those_of_the_whole():
    wait = review_wait(
        flow(counties_own(0.5), 45.0, np.ones((1, len(POOLS.tier)))),
        {**ASSUMED, "investigation_days": np.array([[45.0]])},
        FIVE_YEARS,
    )
    some = wait.of(slice(3, 6))
    assert isinstance(some, Wait) and np.array_equal(some.mean, wait.mean[:, 3:6])


def test_from_an_empty_queue_a_file_waits_only_for_what_came_before_it():
    """Work lasts longer than review has nobody waiting, or not; no wait is longer than less than nothing."""
    wait = Wait(np.array([0.5]), np.array([-0.02]), np.array([3.0]), 400.0, 10.0)
    longer = _waits_from_empty(wait)
    for days, work in ((5.0, 12.0), (0.5, 9.75), (-3.0, 2.0)):
        there = 400.0 - max(10.0 - work, 0.0)
        share = share_above(max(days, 0.0), wait.drift, wait.variance, there) * there / 400
        assert longer(np.array([days]), np.array([work])) == pytest.approx(share)


def test_a_queue_that_grows_fast_is_above_a_level_once_it_gets_there():
    """However high its weight, a path that is reflected no more counts for nothing."""
    assert share_above(40.0, 10.0, 1.0, 1e3) == pytest.approx(1 - 40 / 10_000)
    assert share_above(400.0, 10.0, 1.0, 1e3) == pytest.approx(1 - 400 / 10_000)


def test_a_queue_with_just_too_few_servers_waits_for_ever_without_a_division():
    with np.errstate(all="raise"):
        assert mean_wait(10.0, 5.0, 2.0) == np.inf

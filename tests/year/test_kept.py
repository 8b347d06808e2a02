"""What is kept stays within its bound of bytes, goes with its owner, and is the same object meanwhile."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass

import numpy as np
import pytest

from model import ChangedAssumption, Scenario, project, shipped_baseline
from model.projection.base_year import MOST_BYTES, _base_year, base_year_of, baseline_of, some_draws
from model.projection.project import evaluate
from model.scenario.settings import settings
from model.year.kept import bytes_of, kept_with_owner, kept_within
from model.year.year import HORIZONS_KEPT, year

KILOBYTE = 1000


@dataclass(frozen=True, eq=False)
class Thing:
    size: int
    heavy: np.ndarray


def test_the_last_answers_are_kept_as_far_as_they_fit():
    made = []

    @kept_within(10 * KILOBYTE)
    def thing(name, size):
        made.append(name)
        return Thing(size, np.zeros(size * KILOBYTE, np.uint8))

    first = thing("a", 4)
    assert thing("a", 4) is first and thing("b", 4) is not first
    thing("a", 4)
    thing("c", 4)
    assert made == ["a", "b", "c"] and thing("a", 4) is first, "the one that was not used for longest goes"
    thing("b", 4)
    assert made == ["a", "b", "c", "b"]
    huge = thing("huge", 40)
    assert thing("huge", 40) is huge, "the newest is kept, however large"
    before = weakref.ref(first)
    del first
    gc.collect()
    assert before() is None


def test_what_was_computed_on_an_owner_counts_with_it_and_goes_with_it():
    @kept_within(10 * KILOBYTE)
    def thing(name):
        return Thing(1, np.zeros(KILOBYTE, np.uint8))

    @kept_with_owner(2)
    def derived(owner, name, size=1):
        return Thing(size, np.zeros(size * KILOBYTE, np.uint8))

    one = thing("one")
    assert derived(one, "x", size=8) is derived(one, "x", size=8)
    answer, other = weakref.ref(derived(one, "x", size=8)), thing("two")
    assert thing("one") is one and thing("two") is other, "9 and 1 of 10"
    derived(other, "y")
    thing("three")
    del one
    gc.collect()
    assert answer() is None
    kept = derived(other, "y")
    derived(other, "z"), derived(other, "v")
    assert derived(other, "v") is derived(other, "v") and derived(other, "y") is not kept


def test_nothing_is_kept_of_a_failure_and_none_is_an_answer():
    tries = []

    @kept_within(KILOBYTE)
    def fails(name):
        tries.append(name)
        if name == "bad":
            raise ValueError(name)

    for _ in range(2):
        with pytest.raises(ValueError, match="bad"):
            fails("bad")
        assert fails("good") is None
    assert tries == ["bad", "good", "bad"]


def test_two_at_once_have_the_same_object():
    together = threading.Barrier(2)

    @kept_within(KILOBYTE)
    def thing(name):
        together.wait(10)
        return Thing(0, np.zeros(1))

    answers = []
    threads = [threading.Thread(target=lambda: answers.append(thing("one"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers[0] is answers[1]


@pytest.mark.by_night
def test_base_years_stay_within_their_bound():
    """With what every projection computes on them, of which the bound was once forgotten."""
    bases = [weakref.ref(base_year_of(scenario, baseline_of(scenario))) for scenario in map(footing, range(12))]
    for scenario in map(footing, range(12)):
        project(scenario)
    gc.collect()
    there = [base() for base in bases if base()]
    assert bytes_of(there) < MOST_BYTES + 50_000_000
    assert base_year_of(footing(11), baseline_of(footing(11))) is base_year_of(footing(11), baseline_of(footing(11)))


def footing(k: int) -> Scenario:
    return Scenario(assumptions={"site_days": ChangedAssumption(0.3, 0.4 + k / 1000, 0.6, "another base year")})


@pytest.mark.parametrize("reading", [{}, {"closure": "tiers"}, {"staff": "posts"}], ids=str)
def test_the_work_kept_once_is_that_of_the_closure(reading):
    """The base year holds one workload where there were two, equal to the last bit."""
    baseline = shipped_baseline("hunan-2021")
    base = _base_year.__wrapped__(baseline, Scenario(reading=reading).decisions.footing, 512, 1)
    again = year(baseline, base.assumed, base.closure, settings({}, baseline), base.reading)
    assert base.year.work is base.closure.work
    assert differences(again, base.year) == []


def differences(one: object, other: object, at: str = "") -> list[str]:
    """Paths of fields that are not equal to the last bit."""
    if is_dataclass(one):
        return [
            path
            for field in fields(one)
            for path in differences(getattr(one, field.name), getattr(other, field.name), f"{at}.{field.name}")
        ]
    return [] if np.array_equal(np.asarray(one), np.asarray(other)) else [at]


def test_an_answer_that_just_fits_is_kept_and_one_byte_more_lets_the_oldest_go():
    made = []

    @kept_within(10 * KILOBYTE)
    def thing(name, size):
        made.append(name)
        return Thing(0, np.zeros(size, np.uint8))

    thing("a", 4 * KILOBYTE), thing("b", 6 * KILOBYTE), thing("a", 4 * KILOBYTE)
    assert made == ["a", "b"]
    thing("c", 1), thing("b", 6 * KILOBYTE)
    assert made == ["a", "b", "c", "b"]
    thing("d", 8 * KILOBYTE), thing("e", 8 * KILOBYTE), thing("d", 8 * KILOBYTE)
    assert made == ["a", "b", "c", "b", "d", "e", "d"], "of two that do not fit together the older goes"


def test_each_function_keeps_its_own_last_answers_on_an_owner():
    made = []

    def keeper(label):
        def of(owner, name):
            made.append(label + name)
            return Thing(1, np.zeros(1))

        return kept_with_owner(1)(of)

    first, second, owner = keeper("first "), keeper("second "), Thing(1, np.zeros(1))
    first(owner, "x"), second(owner, "x"), first(owner, "x"), second(owner, "x")
    assert made == ["first x", "second x"]
    first(owner, "y"), second(owner, "x"), first(owner, "x")
    assert made == ["first x", "second x", "first y", "first x"]


def test_the_share_in_time_of_many_horizons_is_answered_to_many_at_once():
    """A base year keeps few of them, and planners share it: none takes away what another is about to read."""
    base = some_draws(base_year_of(Scenario(), shipped_baseline("hunan-2021"), 512), slice(0, 8))
    plans = [Scenario(levers={"horizon_months": float(12 + k % 6), "other_duties_cut": 0.1}) for k in range(60)]
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda plan: evaluate(base, plan).year.on_time, plans))
    for k in range(6):
        assert all(np.array_equal(one, found[k]) for one in found[k::6])
    evaluate(base, Scenario(levers={"horizon_months": 59.0}))
    assert len(base.closure.in_time) == HORIZONS_KEPT

"""Every long search says how far it has come, and ends at once when nobody waits for it any more.

Neither changes its result.
"""

from collections.abc import Callable
from functools import cache, partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from thorough import some

from model import Scenario, shipped_baseline
from model.projection.base_year import base_year_of
from model.projection.explain import explain
from model.projection.progress import Progress
from model.projection.unknowns.ask_first import ask
from model.search.aims.limits import Limits
from model.search.aims.objective import OBJECTIVES
from model.search.aims.target import read_targets
from model.search.best_plan import best_plan
from model.search.frontier import frontier
from model.search.robust import robust
from model.search.targets import plan_for_targets
from model.search.worth import worth

BASELINE = shipped_baseline("hunan-2021")
PLAN = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0, "other_duties_cut": 0.1})
FEW = Limits(most_moved=3)
BASE = cache(lambda: base_year_of(PLAN, BASELINE, draws=512))


def targets(*written: str):
    return read_targets(written, BASELINE)[0]


SEARCHES: dict[str, Callable] = {
    "best plan": partial(best_plan, PLAN, OBJECTIVES["mix"]),
    "best whole plan": partial(best_plan, PLAN, OBJECTIVES["on_time"], FEW, whole=True),
    "worth of one more": partial(worth, PLAN),
    "frontier": partial(frontier, PLAN, FEW),
    "goal seek that finds": partial(plan_for_targets, PLAN, targets("on_time_share>=0.87")),
    "goal seek that does not": partial(plan_for_targets, PLAN, targets("on_time_share>=0.87"), limits=FEW),
    "safe plan": partial(robust, PLAN, OBJECTIVES["visits"], FEW),
    "what did it": lambda **given: explain(BASE(), PLAN, **given),
    "ask this first": lambda **given: ask(BASE(), PLAN, draws=1024, prior_draws=32, **given),
}
every_search = pytest.mark.parametrize("name", SEARCHES)


class Waiting:
    """Who waits for a search, and gives up at the tick `ends_at`."""

    def __init__(self, ends_at: int | None = None):
        self.told: list[float] = []
        self.ends_at = ends_at

    def tick(self, share: float) -> None:
        self.told.append(share)
        if len(self.told) == self.ends_at:
            raise InterruptedError


@cache
def followed(name: str) -> tuple[list[float], str]:
    """The shares that a search told from its beginning to its end, and what it found to the last digit."""
    waiting = Waiting()
    found = SEARCHES[name](tick=waiting.tick)
    return waiting.told, repr(found)


@every_search
def test_shares_never_fall_and_end_at_all_of_it(name):
    told, _ = followed(name)
    assert told == sorted(told) and told[0] >= 0 and told[-1] == 1.0
    assert len({share for share in told if 0 < share < 1}) >= 3


@pytest.mark.by_night
@pytest.mark.parametrize("name", some(SEARCHES, 3))
def test_it_ends_where_it_is_stopped_and_leaves_nothing_half_done(name):
    """At the first tick and half way; then, with nobody waiting, it finds what it finds undisturbed.

    That each ends when the button to stop is pressed, tests of the page show (`test_work.py`).
    """
    told, found = followed(name)
    for ends_at in (1, len(told) // 2):
        waiting = Waiting(ends_at)
        with pytest.raises(InterruptedError):
            SEARCHES[name](tick=waiting.tick)
        assert waiting.told == told[:ends_at]
    assert repr(SEARCHES[name]()) == found


@given(st.lists(st.tuples(st.floats(0.01, 1), st.integers(1, 9), st.integers(0, 20), st.integers(0, 4))))
def test_a_share_never_falls_however_the_work_goes(parts):
    """Parts of any length with steps before, between and after what is known ahead, and work inside them."""
    told: list[float] = []
    work, end = Progress(told.append), 0.0
    for width, steps, taken, items in parts:
        end += width * (1 - end)
        work.part(end, steps)
        for _ in range(taken):
            work.step()
        for _ in work.each(range(items), steps):
            work.reach(0.7)
            work.step()
        assert told[-1] <= end + 1e-12
        work.step()
    work.done()
    assert told == sorted(told) and told[-1] == 1.0

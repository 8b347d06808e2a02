"""The searches set against each other for half an hour: `pytest -n 0 -s tests/bench/test_rival_searches.py`."""

import numpy as np
import pytest
from rival_searches import SEARCHES, beaten_by_random_moves, targets_beside_best_plan

from model import Scenario
from model.search.frontier import frontier

SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
EIGHT_SECONDS = 1600
"""Steps that take about eight seconds."""


@pytest.mark.parametrize("scenario", [Scenario(), SINK], ids=["base", "sink"])
def test_no_move_at_random_beats_a_point_of_the_frontier(scenario):
    beaten = list(beaten_by_random_moves(frontier(scenario), scenario, EIGHT_SECONDS))
    print(f"beaten by at most {max(beaten):.2%} of a gain")
    assert max(beaten) < 0.05


@pytest.mark.parametrize("measure", list(SEARCHES))
def test_what_a_best_plan_brings_a_target_has_with_hardly_more_people(measure):
    for most_moved in np.arange(20.0, 250.0, 15.0):
        needed, moved = targets_beside_best_plan(Scenario(), measure, most_moved)
        print(measure, needed, moved)
        assert all(people is not None and people <= 1.03 * needed + 1 for people in moved)

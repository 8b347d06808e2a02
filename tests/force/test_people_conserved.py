"""Nobody is made or lost by a plan, whatever it moves (method, sections 2 and 12)."""

import numpy as np
import pytest
from random_scenarios import random_levers, random_reading

from model import Scenario, shipped_baseline
from model.force.staff import staffing
from model.projection.base_year import base_year_of
from model.scenario.settings import settings

BASELINE = shipped_baseline("hunan-2021")


@pytest.mark.parametrize("part", range(4))
def test_people_are_those_of_the_base_year_the_new_posts_and_those_from_approvals(part):
    base = base_year_of(Scenario(reading=random_reading(np.random.default_rng(part))), BASELINE, 512)
    for number in range(part, 1000, 4):
        chosen = settings(random_levers(np.random.default_rng([number, 7]), BASELINE), BASELINE)
        people = base.year.work.staff.people.sum(axis=1) + chosen.staff_new_posts + chosen.from_approvals
        staff = staffing(BASELINE, base.assumed, chosen, base.closure.work.ground.seats)
        np.testing.assert_allclose(staff.people.sum(axis=1), people, rtol=1e-9, err_msg=f"plan {number}")

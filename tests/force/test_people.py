"""People by tier, before and after a plan, as the planner counts them."""

import pytest

from model import ChangedAssumption, Scenario, shipped_baseline
from model.force.people import base_people, people_by_tier, tier_changes, unmoved_people
from model.projection.base_year import baseline_of

BASELINE = shipped_baseline("hunan-2021")
PLAN = Scenario(
    levers={
        "staff.change.province": -7.0,
        "staff.change.city": -40.0,
        "staff.change.county": 77.0,
        "staff.new_posts": 30.0,
        "from_approvals": 25.0,
    }
)


def test_the_base_year_has_the_mids_and_the_counties_close_the_total():
    assert base_people(PLAN, BASELINE) == {"province": 77, "city": 560, "county": 1722}


def test_a_plan_adds_its_changes_and_at_the_counties_those_from_approvals():
    assert people_by_tier(PLAN, BASELINE) == {"province": (77, 70), "city": (560, 520), "county": (1722, 1824)}
    assert tier_changes(PLAN, BASELINE) == {"province": -7, "city": -40, "county": 77}


def test_without_its_moves_and_posts_a_plan_keeps_those_from_approvals():
    assert unmoved_people(PLAN, BASELINE) == {"province": 77, "city": 560, "county": 1747}


@pytest.mark.parametrize(("mid", "city", "county"), [(500.4, 500, 1782), (500.6, 501, 1781)])
def test_an_own_assumption_moves_the_mid_in_whole_people(mid, city, county):
    own = Scenario(assumptions={"staff_city": ChangedAssumption(400, mid, 700, "counted")})
    assert base_people(own, BASELINE) == {"province": 77, "city": city, "county": county}


def test_a_staff_list_says_who_is_there_whatever_is_assumed():
    heads = dict.fromkeys(BASELINE.pool_names, (10, 5))
    last = BASELINE.pool_names[-1]
    heads[last] = (2359 - 10 * (len(heads) - 1), 1504 - 5 * (len(heads) - 1))
    own = {"staff_city": ChangedAssumption(1, 2, 3, "no longer asked")}
    listed = Scenario(staff_list=heads, assumptions=own)
    assert base_people(listed, baseline_of(listed)) == {"province": 10, "city": 140, "county": 2209}

"""Three places of which one has no counties: its city owes and does what counties do elsewhere (method, section 17)."""

import numpy as np
import pytest
from own_base_year import with_units

from model import shipped_baseline
from model.evidence.baseline import CITY, COUNTY
from model.evidence.draws import draw
from model.evidence.rules import rules_of
from model.force.staff import staffing
from model.force.useful_visits import unit_room, useful
from model.force.visits import random_minimum_by_pool
from model.force.workload import workload
from model.scenario.settings import settings

HUNAN = shipped_baseline("hunan-2021")
PLACES = with_units(HUNAN, (2, 0, 3))
"""The pools: the province, three cities, the counties of the first and of the third place."""
IDS = [place.id for place in PLACES.prefectures]
ASSUMED = draw(PLACES.assumptions, 4, 1)


def arrivals(spread: dict[str, float], people: float = 30.0) -> np.ndarray:
    """People whom those taken from the cities are to each county pool, by draw."""
    levers = {"staff.change.city": -people, "staff.change.county": people, "staff.spread": spread}
    before, after = (staffing(PLACES, ASSUMED, settings(chosen, PLACES)) for chosen in ({}, levers))
    return (after.people - before.people)[:, PLACES.pools.slices[COUNTY]]


def test_people_are_sent_where_there_are_counties_in_the_proportion_of_the_weights():
    assert arrivals({IDS[0]: 1.0, IDS[1]: 5.0, IDS[2]: 2.0}) == pytest.approx(np.array([[10.0, 20.0]] * 4))


def test_people_whom_no_weight_sends_to_a_county_are_spread_by_bodies():
    bodies = ASSUMED["bodies_county"]
    seats = staffing(PLACES, ASSUMED, settings({}, PLACES)).bodies[:, PLACES.pools.slices[COUNTY]]
    assert arrivals({IDS[1]: 1.0}) == pytest.approx(30.0 * seats / bodies)


def test_a_city_without_counties_checks_key_units_at_the_rate_of_both_and_others_as_a_city():
    key_units = np.array([[100.0, 40, 20, 40, 40, 40], [0, 0, 200, 0, 0, 0]])
    officers = np.array([[9.0, 1, 2, 3, 4, 5], [0, 0, 0, 0, 0, 0]])
    owed = random_minimum_by_pool(key_units, officers, PLACES.pools, rules_of("2021"))
    assert owed[0] == pytest.approx([0, 8 + 5, 24 + 10, 8 + 15, 40 + 40, 40 + 50])
    assert owed[1] == pytest.approx([0, 0, 240, 0, 0, 0])


def test_work_from_outside_and_files_add_up_and_all_of_a_place_is_its_citys():
    work, need = workload(PLACES, ASSUMED, settings({}, PLACES), {}), PLACES.share_of("population")
    by_letters = ASSUMED["need_by_letters"]
    need = (1 - by_letters) * need + by_letters * PLACES.share_of("letters")
    at_city, special = ASSUMED["complaint_share_city"], ASSUMED["special_share"]
    local = np.concatenate([0 * at_city, at_city * need, (1 - at_city) * need[:, [0, 2]]], axis=1)
    local[:, 2] = need[:, 1]
    assert work.local == pytest.approx(local)
    assert work.led.sum(axis=1) == pytest.approx(1)
    of_province, of_city = (ASSUMED[f"case_share_{tier}"] for tier in ("province", "city"))
    led_at_city = (1 - special) * of_city + special * ASSUMED["special_city_share"]
    assert work.led[:, 0] == pytest.approx(((1 - special) * of_province)[:, 0])
    assert work.led[:, [1]] == pytest.approx(led_at_city * need[:, [0]])
    assert work.led[:, [2]] == pytest.approx((1 - (1 - special) * of_province) * need[:, [1]])
    all_days = (1 - special) * ASSUMED["ordinary_case_days"] + special * ASSUMED["special_case_days"]
    assert (work.led * work.days_per_case).sum(axis=1, keepdims=True) == pytest.approx(all_days)
    assert (work.days_per_case[:, 0] == ASSUMED["ordinary_case_days"][:, 0]).all(), "no special case is the province's"


def test_visits_of_city_and_counties_share_the_units_of_their_place_and_the_province_has_none():
    units, most, replaced = np.array([[10.0, 20, 30]]), np.array([[2.0]]), np.array([[0.0, 1, 2, 3, 4, 5]])
    room = unit_room(PLACES.pools, units, most, replaced)
    visits = np.array([[7.0, 10, 20, 30, 10, 30]])
    by_place, before = np.array([20.0, 20, 60]), np.array([5.0, 2, 8])
    found = units[0] * (useful((by_place + before) / units[0], most[0]) - useful(before / units[0], most[0]))
    assert room.useful(visits) == pytest.approx(np.array([[7 + found.sum()]]))
    share = found / by_place
    assert room.useful_share(visits)[0] == pytest.approx([1, *share, share[0], share[2]])
    more = np.array([[1.0, 0, 1, 0, 1, 0]])
    slope = (room.useful(visits + 1e-6 * more) - room.useful(visits)) / 1e-6
    assert room.added(more, visits) == pytest.approx(slope, rel=1e-5)


def test_helpers_count_as_far_as_a_visit_takes_more_than_its_two_officers():
    crowd = {**ASSUMED, "officers_per_visit": np.array([[2.5], [2.5], [2.0], [1.9]])}
    heads = np.array([[1.0], [10_000], [10_000], [10_000]])
    work = workload(PLACES, {**crowd, "helpers_city": heads}, settings({}, PLACES), {})
    officers, cities = work.staff.working_officers, PLACES.pools.slices[CITY]
    assert work.helping[:, cities].sum(axis=1) == pytest.approx([1, 0.25 * officers[1, cities].sum(), 0, 0])
    assert (np.delete(work.helping, np.r_[cities], axis=1) == 0).all()
    assert workload(PLACES, crowd, settings({}, PLACES), {}).helping == 0

"""Who sits where before any lever moves, worked out by hand for three places of which one has no counties."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from own_base_year import with_units, without

from model import shipped_baseline
from model.evidence.draws import draw
from model.force.movers import Movers, officers_moving
from model.force.seats import (
    Seats,
    _spread_but_known,
    base_seats,
    base_tiers,
    base_year_seats,
    bodies,
    movable,
    need_of_tier,
    share_of_tier,
    to_pools,
)

HUNAN = shipped_baseline("hunan-2021")
PLACES = with_units(HUNAN, (2, 0, 3))
"""The pools: the province, three cities, the counties of the first and of the third place."""
NEED = np.array([[1.0, 0.5, 0.2, 0.3, 0.25, 0.75]])
DRAWN = {
    "staff_province": 70.4,
    "staff_city": 560.6,
    "frontline_share_province": 0.31,
    "frontline_share_city": 0.582,
    "vacancy": 0.0,
    "staff_by_need": 0.5,
}


def a_draw(**values: float) -> dict[str, np.ndarray]:
    return {id: np.array([[value]]) for id, value in values.items()}


@pytest.mark.parametrize(
    ("county_bodies", "by_hand"),
    [
        (5.0, [1, 44, 44, 44, 2, 3]),
        (9.0, [1, 128 / 3, 128 / 3, 128 / 3, 2 + 4 * 0.25, 3 + 4 * 0.75]),
        (2.5, [1, 134.5 / 3, 134.5 / 3, 134.5 / 3, 1, 1.5]),
    ],
    ids=["a body a unit", "more", "fewer"],
)
def test_bodies_add_up_to_the_total_of_the_report(county_bodies, by_hand):
    found = bodies(PLACES, a_draw(bodies_county=county_bodies), NEED)
    assert found == pytest.approx(np.array([by_hand]))
    assert found.sum() == pytest.approx(138)


def test_a_city_has_one_body_where_the_report_counts_none_and_one_unit_one():
    lonely = without(with_units(HUNAN, (1, 0)), ["bodies_total"])
    assert bodies(lonely, a_draw(bodies_county=1.0), np.ones((1, 4))).tolist() == [[1, 1, 1, 1]]


def test_tiers_have_whole_people_and_the_counties_the_rest_of_both_totals():
    people, frontline = base_tiers(HUNAN, a_draw(**DRAWN))
    assert people.tolist() == [[70, 561, 2359 - 631]]
    assert frontline.tolist() == [[22, 327, 1504 - 349]], "0.31 x 70 and 0.582 x 561, rounded"


def test_totals_that_are_known_about_are_those_of_their_draw_in_whole_people():
    drawn = a_draw(**DRAWN, staff_total=2400.6, frontline_total=1499.7, bodies_county=5.0, bodies_total=156.0)
    people, frontline = base_tiers(HUNAN, drawn)
    assert people.tolist() == [[70, 561, 2401 - 631]]
    assert frontline.tolist() == [[22, 327, 1500 - 349]]
    assert bodies(PLACES, drawn, NEED).tolist() == [[1, 50, 50, 50, 2, 3]]


def test_without_totals_every_tier_is_drawn():
    baseline = without(HUNAN, ["staff_total", "frontline_total"])
    drawn = a_draw(**DRAWN, staff_county=1700.2, frontline_share_county=0.5)
    people, frontline = base_tiers(baseline, drawn)
    assert people.tolist() == [[70, 561, 1700]]
    assert frontline.tolist() == [[22, 327, 850]]


def test_a_tier_spreads_half_by_bodies_half_by_need():
    by_bodies, need = np.array([[1, 0.5, 0.25, 0.25, 0.4, 0.6]]), np.array([[1, 0.3, 0.3, 0.4, 0.2, 0.8]])
    people, officers = base_seats(PLACES, a_draw(**DRAWN), by_bodies, need)
    share = np.array([[1, 0.4, 0.275, 0.325, 0.3, 0.7]])
    assert people == pytest.approx(share * [[70, 561, 561, 561, 1728, 1728]])
    assert officers == pytest.approx(share * [[22, 327, 327, 327, 1155, 1155]])


def test_a_pool_that_is_known_keeps_its_people_and_the_others_share_what_is_left():
    """Officers that are not known follow the people."""
    first, third = PLACES.prefectures[0].id, PLACES.prefectures[2].id
    baseline = replace(PLACES, people_of={("city", first): (261.0, None), ("county", third): (None, 900.0)})
    by_bodies = need = np.array([[1, 0.5, 0.3, 0.2, 0.4, 0.6]])
    people, officers = base_seats(baseline, a_draw(**DRAWN), by_bodies, need)
    assert people == pytest.approx(np.array([[70, 261, 300 * 0.6, 300 * 0.4, 1728 * 0.4, 1728 * 0.6]]))
    assert officers == pytest.approx(np.array([[22, 327 * 261 / 561, 327 * 180 / 561, 327 * 120 / 561, 255, 900]]))


def test_a_tier_of_which_every_pool_is_known_has_their_people():
    """And the counties, which are closed, have the rest of the total."""
    known = {
        ("city", place.id): (float(heads), None)
        for place, heads in zip(PLACES.prefectures, (300, 200, 90), strict=True)
    }
    tiers, _ = base_tiers(replace(PLACES, people_of=known), a_draw(**DRAWN))
    assert tiers.tolist() == [[70, 590, 2359 - 70 - 590]]
    del known["city", PLACES.prefectures[1].id]
    tiers, _ = base_tiers(replace(PLACES, people_of=known), a_draw(**DRAWN))
    assert tiers.tolist() == [[70, 561, 2359 - 70 - 561]]


def test_the_one_pool_that_is_not_known_has_what_is_left():
    """So 300 and 200 people stay as they are known, and the third city has 61 of the 561."""
    places = [place.id for place in PLACES.prefectures]
    known = {("city", places[0]): (300.0, None), ("city", places[2]): (200.0, None)}
    people, _ = base_seats(replace(PLACES, people_of=known), a_draw(**DRAWN), NEED, NEED)
    assert people[0, 1:4].tolist() == [300, 61, 200]


def test_known_pools_of_more_than_the_tier_leave_nobody_to_the_others():
    baseline = replace(PLACES, people_of={("city", PLACES.prefectures[0].id): (600.0, None)})
    people, _ = base_seats(baseline, a_draw(**DRAWN), NEED, NEED)
    assert people[0, 1:4].tolist() == [600, 0, 0]


def test_a_staff_list_is_the_same_in_every_draw():
    listed = replace(PLACES, seats=np.array([[70.0, 300, 100, 160, 700, 1029], [20, 200, 50, 80, 500, 654]]))
    people, officers = base_seats(listed, {}, np.ones((2, 6)), np.ones((2, 6)))
    assert people.tolist() == [listed.seats[0].tolist()] * 2
    assert officers.tolist() == [listed.seats[1].tolist()] * 2


def test_a_city_without_counties_has_their_work_too():
    need = np.array([[1.0, 0.5, 0.2, 0.3, 0.5, 0.3]])
    found = need_of_tier(need, np.array([[0.4]]), PLACES.pools)
    cities = np.array([0.5 * 0.4, 0.2, 0.3 * 0.4])
    assert found[0] == pytest.approx([1, *cities / cities.sum(), 0.625, 0.375])
    assert need_of_tier(NEED, np.array([[0.4]]), with_units(HUNAN, (2, 2)).pools) is NEED


SEATS = Seats(
    bodies=np.array([[1.0, 1, 1, 2, 2, 3]]),
    by_bodies=NEED,
    people=np.array([[10.0, 1, 20, 30, 40, 60]]),
    officers=np.array([[4.0, 1, 10, 15, 30, 50]]),
    resident=NEED,
    tier_share=np.array([[0.4, 0.5, 0.8]]),
    need=NEED,
    tier_need=NEED,
    helpers=0.0,
)


def test_two_people_stay_in_each_body():
    assert SEATS.spare.tolist() == [[8, 0, 18, 26, 36, 54]]


def test_leavers_have_the_mix_of_their_pool():
    assert SEATS.officers_among(np.array([[5.0, 0, 4, 6, 8, 12]])) == pytest.approx(np.array([[2, 0, 2, 3, 6, 10]]))


def test_movers_are_taken_from_those_whom_the_cut_of_posts_leaves():
    left, moving = np.array([[0.0, 0, 16, 0, 20, 0]]), np.array([[0.0, 0, 12, 0, 10, 0]])
    first, own = (
        SEATS.officers_moving(left, moving, np.array([[0.5]]), Movers(choice, np.ones((1, 1))))
        for choice in ("frontline", "own")
    )
    # Four posts of the city's twenty are cut: eight officers are left, of whom two stay. The counties can send ten.
    assert first == pytest.approx(np.array([[0, 0, 6, 0, 10, 0]]))
    assert own == pytest.approx(np.array([[0, 0, 6, 0, 7.5, 0]]))


def test_no_officer_leaves_a_pool_that_has_fewer_than_its_bodies_keep():
    pool = {"people": np.array([[10.0]]), "officers": np.array([[1.0]]), "bodies": np.array([[1.0]])}
    for choice in ("frontline", "receiving"):
        movers = Movers(choice, np.ones((1, 1)))
        assert officers_moving(np.array([[3.0]]), **pool, toward=np.array([[0.7]]), movers=movers).item() == 0, choice


def test_the_share_where_people_come_to_is_that_of_the_tiers_they_come_to():
    draws = replace(SEATS, people=np.tile(SEATS.people, (3, 1)), tier_share=np.tile(SEATS.tier_share, (3, 1)))
    came = np.array([[0.0, 0, 30, 0, 10, 0], [0, 0, 0, 0, 0.5, 0], [0, 0, 0, 0, 0, 0]])
    everybody = (10 * 0.4 + 51 * 0.5 + 100 * 0.8) / 161
    expected = np.array([[(30 * 0.5 + 10 * 0.8) / 40], [0.8], [everybody]])
    assert draws.toward(came, PLACES.pools) == pytest.approx(expected)


def test_amounts_are_parts_of_their_tier_and_nothing_of_a_tier_that_has_nothing():
    values = np.array([[3.0, 0, 0, 0, 10, 30]])
    assert share_of_tier(values, PLACES.pools).tolist() == [[1, 0, 0, 0, 0.25, 0.75]]
    assert to_pools(np.array([[5.0, 6, 7]]), PLACES.pools).tolist() == [[5, 6, 6, 6, 7, 7]]


def test_the_seats_of_a_base_year_are_all_of_these():
    assumed = draw(PLACES.assumptions, 4, 1)
    plain = base_year_seats(PLACES, assumed)
    assert plain.helpers == 0.0
    assert plain.by_bodies == pytest.approx(share_of_tier(plain.bodies, PLACES.pools))
    assert plain.resident == pytest.approx(share_of_tier(plain.people, PLACES.pools))
    assert plain.people.sum(axis=1) == pytest.approx(2359)
    tiers = np.stack(base_tiers(PLACES, assumed))
    assert plain.tier_share == pytest.approx(tiers[1] / tiers[0])
    by_area = base_year_seats(PLACES, assumed, {"need": "area"})
    areas = np.array([p.area_km2 for p in PLACES.prefectures])
    assert by_area.need[:, 1:4] == pytest.approx(np.tile(areas / areas.sum(), (4, 1)))


def test_helpers_sit_where_the_people_of_their_tier_do():
    seats = base_year_seats(PLACES, {**draw(PLACES.assumptions, 2, 1), "helpers_county": np.array([[100.0], [50.0]])})
    assert seats.helpers == pytest.approx(seats.resident * [[0, 0, 0, 0, 100, 100], [0, 0, 0, 0, 50, 50]])


def test_whole_people_can_be_moved_but_for_two_a_body():
    spare = movable(HUNAN)
    assert spare[0] == 75, "77 at the province, in one body"
    cities, counties = (spare[HUNAN.pools.slices[tier]] for tier in (1, 2))
    assert 560 - 2 * 14 - 14 <= cities.sum() <= 560 - 2 * 14
    assert 1722 - 2 * 123 - 14 <= counties.sum() <= 1722 - 2 * 123
    assert (spare == np.floor(spare)).all()


class Known(SimpleNamespace):
    """A base year of which only the heads by pool are known, of two tiers; the counties close a total of 100 people."""

    def known_heads(self, assumed: dict) -> tuple[np.ndarray, np.ndarray]:
        return self.people, np.full_like(self.people, np.nan)

    def closed(self, id: str) -> int:
        return 2

    def amount(self, id: str, assumed: dict) -> np.ndarray:
        return np.array([[100.0 if id == "staff_total" else 60.0]])


def test_a_tier_of_one_known_pool_has_its_people_in_every_draw_and_one_without_pools_those_that_are_drawn():
    """Three pools: the province's one, no city, two of counties."""
    pools = SimpleNamespace(slices=(slice(0, 1), slice(1, 1), slice(1, 3)))
    unknown = np.nan
    known = Known(people=np.array([[11.0, unknown, 40], [13, unknown, 40]]), pools=pools)
    drawn = {id: np.full((2, 1), value) for id, value in {**DRAWN, "staff_city": 20.4}.items()}
    people, _ = base_tiers(known, drawn)
    assert people.tolist() == [[11, 20, 69], [13, 20, 67]]
    known.people = known.people[:1]
    assert base_tiers(known, {id: values[:1] for id, values in drawn.items()})[0].tolist() == [[11, 20, 69]]


def test_known_pools_are_brought_to_their_tier_where_none_is_open():
    """A tier of one known person, one of three that are known, and counties of which one is open."""
    pools, unknown = PLACES.pools, np.nan
    heads, known = np.array([[2.0, 60, 50]]), np.array([[1.0, 10, 10, 20, 15, unknown]])
    assert _spread_but_known(heads, NEED, known, pools).tolist() == [[2, 15, 15, 30, 15, 35]]
    nobody = np.array([[0.0, 10, unknown, unknown, 0, 0]])
    found = _spread_but_known(heads, NEED, nobody, pools)
    assert found == pytest.approx(np.array([[0, 10, 50 * 0.4, 50 * 0.6, 0, 0]]))

"""Who leaves and who comes, worked out by hand for two cities with their counties (method, section 12)."""

from dataclasses import fields, replace

import numpy as np
import pytest
from own_base_year import with_units

from model import shipped_baseline
from model.evidence.baseline import COUNTY
from model.evidence.draws import draw
from model.force.movers import Movers
from model.force.seats import Seats
from model.force.staff import Flows, flows_of, new_people, people_moved, staffing
from model.scenario.settings import settings

HUNAN = shipped_baseline("hunan-2021")
POOLS = with_units(HUNAN, (2, 3)).pools
SEATS = Seats(
    bodies=np.array([[1.0, 1, 2, 2, 3]]),
    by_bodies=np.ones((1, 5)),
    people=np.array([[10.0, 20, 30, 40, 60]]),
    officers=np.array([[4.0, 10, 15, 30, 50]]),
    resident=np.ones((1, 5)),
    tier_share=np.array([[0.4, 0.5, 0.8]]),
    need=np.ones((1, 5)),
    tier_need=np.ones((1, 5)),
    helpers=0.0,
)
"""8, 18, 26, 36 and 54 people can leave: all but two a body."""
NOBODY = [0.0] * 5
CASES = {
    "posts cut beyond what the cities can spare": (NOBODY, [0, -60, 0]),
    "half of the leavers are posts cut": (NOBODY, [0, -40, 20]),
    "two of three who come are new": (NOBODY, [0, -10, 30]),
    "a pool that is asked for more than it can spare": ([0, -25, 0, 0, 0], [0, -15, 40]),
    "to a pool by name": ([0, 0, 0, 0, 6], [-6, 0, 0]),
    "nothing": (NOBODY, [0, 0, 0]),
}


def flows_under(*names: str) -> Flows:
    """The flows of some cases, a draw each; counties get people one to three, each pool sends its own mix."""
    moves, change = (np.array(column, float) for column in zip(*map(CASES.get, names), strict=True))
    spread = np.array([[1, 0.5, 0.5, 0.25, 0.75]])
    return flows_of(moves, change, spread, SEATS, POOLS, Movers("own", np.ones((1, 1))))


@pytest.fixture(scope="module")
def flows() -> Flows:
    return flows_under(*CASES)


def test_a_draw_comes_out_alone_as_among_others(flows):
    for k, name in enumerate(CASES):
        for part in fields(Flows):
            alone = getattr(flows_under(name), part.name)
            assert alone[0] == pytest.approx(getattr(flows, part.name)[k]), (name, part.name)


def test_those_leave_who_can_be_spared_and_all_others_give_what_posts_cut_lack(flows):
    lacking = 16 / 98
    assert flows.left == pytest.approx(
        np.array(
            [
                [8 * lacking, 18, 26, 36 * lacking, 54 * lacking],
                [0, 40 * 18 / 44, 40 * 26 / 44, 0, 0],
                [0, 10 * 18 / 44, 10 * 26 / 44, 0, 0],
                [0, 18, 15, 0, 0],
                [6, 0, 0, 0, 0],
                NOBODY,
            ]
        )
    )
    assert flows.officers_left == pytest.approx(flows.left * SEATS.officers / SEATS.people)


def test_those_come_who_left_but_for_posts_cut_and_whoever_is_new(flows):
    come = np.array([0, 20, 30, 33, 6, 0])
    assert flows.came.sum(axis=1) == pytest.approx(come)
    assert flows.came[1:4, 3:] == pytest.approx(come[1:4, None] * [0.25, 0.75])
    assert flows.came[4] == pytest.approx([0, 0, 0, 0, 6])
    assert flows.new == pytest.approx(np.array([NOBODY, NOBODY, [0, 0, 0, 4, 12], NOBODY, NOBODY, NOBODY]))


def test_officers_and_desk_staff_keep_their_role(flows):
    officers, desk = np.array([0, 10, 5, 16.5, 2.4, 0]), np.array([0, 10, 5, 16.5, 3.6, 0])
    assert flows.moved.sum(axis=1) == pytest.approx(officers)
    assert flows.moved[1, 3:] == pytest.approx([2.5, 7.5])
    assert flows.desk_moved[:, 3:].sum(axis=1) == pytest.approx(desk)
    assert flows.desk_moved[:, :3].sum(axis=1) == pytest.approx(-desk)
    assert flows.desk_moved[3] == pytest.approx([0, -9, -7.5, 16.5 / 4, 16.5 * 3 / 4])


def test_flows_add_up_part_by_part(flows):
    posts = new_people(np.array([[1.0, 2, 0, 0, 10]]), SEATS, POOLS)
    assert posts.came.tolist() == [[1, 2, 0, 0, 10]]
    assert posts.new == pytest.approx(np.array([[0.4, 1, 0, 0, 8]]))
    for part in fields(Flows):
        one, both = getattr(flows, part.name), getattr(flows + flows, part.name)
        assert both == pytest.approx(2 * one), part.name
        assert part.name in ("came", "new") or not getattr(posts, part.name).any()


@pytest.mark.parametrize("shape", [(5,), (1, 5), (2, 3, 5)])
def test_people_moved_are_the_fewer_of_those_added_and_taken_whatever_the_shape(shape):
    assert people_moved(np.broadcast_to([-3.0, 5, 0, -1, 2], shape)) == pytest.approx(np.full(shape[:-1], 4.0))


def test_people_from_approvals_join_the_counties_with_their_share_of_officers():
    assumed, counties = draw(HUNAN.assumptions, 2, 1), HUNAN.pools.slices[COUNTY]
    before, after = (staffing(HUNAN, assumed, settings(one, HUNAN)) for one in ({}, {"from_approvals": 60.0}))
    people, officers = before.people[:, counties], before.frontline[:, counties]
    joined = 60 * people / people.sum(axis=1, keepdims=True)
    new = joined * officers.sum(axis=1, keepdims=True) / people.sum(axis=1, keepdims=True)
    nobody = np.zeros((2, counties.start))
    assert after.people - before.people == pytest.approx(np.concatenate([nobody, joined], axis=1))
    assert after.new == pytest.approx(np.concatenate([nobody, new], axis=1))
    assert after.frontline - before.frontline == pytest.approx(after.new)


def test_bodies_that_are_no_longer_merged_take_officers_back_to_the_desk():
    assumed = draw(HUNAN.assumptions, 2, 1)
    before, after = (staffing(HUNAN, assumed, settings(one, HUNAN)) for one in ({}, {"merged_bodies": 40.0}))
    gone = (95 - 40) * assumed["merge_release"] * before.bodies / 138
    assert gone.min() > 0
    for fewer in (after.lost, before.working_officers - after.working_officers, before.frontline - after.frontline):
        assert fewer == pytest.approx(gone)


def test_no_fewer_than_no_officers_work():
    staff = staffing(HUNAN, draw(HUNAN.assumptions, 2, 1), settings({}, HUNAN))
    base = staff.base_officers
    assert replace(staff, lost=base + 5).working_officers.max() == 0
    counted = replace(staff, moved=base, new=2 * base, lost=0.5 * base).working_officers
    assert counted == pytest.approx(3.5 * base)

"""Own records and counts that nobody made, in the work of a pool, worked out by hand (method, sections 17 and 18)."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from own_base_year import without

from model import shipped_baseline
from model.evidence.draws import draw
from model.force.staff import staffing
from model.force.workload import _visit_gain, ground, workload
from model.scenario.settings import settings

HUNAN = shipped_baseline("hunan-2021")
USUAL = settings({}, HUNAN)
THERE, HERE = HUNAN.pool_keys.index("city.changsha"), HUNAN.pool_keys.index("county.loudi")


def test_those_who_move_in_bring_a_part_of_the_gain_of_the_places_they_left():
    """Cities that make twice the visits of the model, counties that make half; half of all movers' gain is the place's.

    Ten of twenty officers came from the city; a quarter from the city, the others from the counties; nobody left; all.
    """
    assumed = {**draw(HUNAN.assumptions, 4, 1), "effect_of_place": np.full((4, 1), 0.5)}
    gain = np.ones((4, 29))
    gain[:, THERE], gain[:, HERE] = 2.0, 0.5
    nobody = np.zeros((4, 29))
    lost, moved, stay = nobody.copy(), nobody.copy(), np.full((4, 29), 40.0)
    lost[:, THERE], lost[1, HERE] = [10, 1, 0, 10], 3
    moved[:, HERE], stay[:, HERE] = 10, [10, 13, 10, 0]
    staff = replace(
        staffing(HUNAN, assumed, USUAL), base_officers=stay, moved=moved, lost=lost, new=nobody, helpers=0.0
    )
    base = ground(HUNAN, assumed, {})
    plain, believed = (
        workload(HUNAN, assumed, USUAL, {}, one, staff) for one in (base, replace(base, visit_gain=gain))
    )
    gains = plain.days_per_visit / believed.days_per_visit
    assert gains == pytest.approx(plain.days_per_owed_visit / believed.days_per_owed_visit)
    assert gains[:, THERE] == pytest.approx(2)
    assert gains[0, HERE] == pytest.approx(0.5 * (0.5 + 0.5 * 2)), "half of the logarithm of 2 over 0.5 is that of 2"
    assert gains[1, HERE] == pytest.approx(0.5 * (0.5 + 0.5 * 2**0.25)), "left on average at a gain of 2 ** -0.5"
    assert gains[2:, HERE] == pytest.approx([0.5, 1.0])
    others = np.delete(gains, [THERE, HERE], axis=1)
    assert others == pytest.approx(1)


def test_what_nobody_counted_is_nothing_until_a_plan_asks_for_it():
    baseline = without(HUNAN, ["service_contacts", "offsite_checks", "offsite_problems"])
    assumed = {**draw(baseline.assumptions, 4, 1), "offsite_hit": np.full((4, 1), 0.1)}
    chosen = settings({"service_contacts": 500.0, "offsite_checks": 1000.0}, baseline)
    none, some = (workload(baseline, assumed, one, {}) for one in (settings({}, baseline), chosen))
    assert (none.offsite_problems == 0).all() and (none.confirming_visits == 0).all()
    assert none.mandatory_days == pytest.approx(none.complaint_days)
    assert some.offsite_problems == pytest.approx(100)
    desk = 500 * assumed["service_days"] + 1000 * assumed["offsite_days"]
    asked = some.local * (desk + 100 * some.days_per_owed_visit)
    assert some.mandatory_days == pytest.approx(some.complaint_days + asked)
    assert some.confirming_visits == pytest.approx(100 * some.local)
    assert some.other_cases == pytest.approx(100 * assumed["offsite_filed"] + some.complaint_cases)


def test_helpers_are_hands_too():
    """On visits of three officers and with helpers enough, one for each two officers."""
    assumed = {**draw(HUNAN.assumptions, 4, 1), "officers_per_visit": np.full((4, 1), 3.0)}
    staff = replace(staffing(HUNAN, assumed, USUAL), helpers=np.full((4, 29), 1e6))
    alone, helped = (workload(HUNAN, assumed, USUAL, {}, None, one) for one in (replace(staff, helpers=0.0), staff))
    assert helped.hands == pytest.approx(1.5 * alone.hands)


def test_part_of_one_officer_who_left_brings_the_gain_of_the_place_too():
    gain, lost = np.array([[2.0, 0.5]]), np.array([[0.4, 0.0]])
    staff = SimpleNamespace(lost=lost, moved=np.array([[0.0, 0.4]]), working_officers=np.array([[10.0, 0.4]]))
    found = _visit_gain(SimpleNamespace(visit_gain=gain), staff, {"effect_of_place": np.array([[0.5]])})
    assert found == pytest.approx(np.array([[2.0, 0.5 * 2]])), "half of the logarithm of 2 over 0.5 is that of 2"

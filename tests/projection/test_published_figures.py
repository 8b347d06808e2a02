"""Published figures set against the base year, and what the plausibility filter does, are worked out a second time."""

from dataclasses import replace

import numpy as np
import pytest
from own_base_year import known

from model import Scenario, shipped_baseline
from model.evidence.draws import draw
from model.projection.base_year import base_year_of
from model.projection.published.plausibility import plausibility
from model.projection.published.range_checks import CHECKED_QUANTITIES, need_of_own_officers, range_checks
from model.year.closure import close

BASELINE = shipped_baseline("hunan-2021")
BASE = base_year_of(Scenario(), BASELINE)
WORK, BUDGET = BASE.year.work, BASE.year.budget
VISITS = BASELINE.assumptions["visits_base"]
CHECKED = {row.id: row for row in range_checks(BASE)}


def test_every_range_check_is_checked():
    assert [b.id for b in BASELINE.benchmarks.values() if b.use == "range check"] == list(CHECKED)
    assert {BASELINE.benchmarks[id].tests for id in CHECKED} <= CHECKED_QUANTITIES.keys()
    for row in CHECKED.values():
        assert row.lowest <= row.predicted.p10 <= row.predicted.p50 <= row.predicted.p90 <= row.highest
        is_reached = row.lowest * 0.999999 <= row.observed <= row.highest * 1.000001
        is_given = row.highest <= row.lowest * 1.000001
        assert (row.result == "given") == is_given, row.id
        assert (row.result == "outside") == (not is_reached and not is_given), row.id


@pytest.mark.parametrize(("off", "result"), [(1.0, None), (1.0004, None), (1.2, "given")])
def test_a_quantity_known_as_one_number_has_nothing_outside_of_it(off, result):
    """Beside 4.08 %, a base year that gives 4.08 % itself has no check, and one that gives another number no band."""
    visits = BASELINE.cases_a_year / 0.0408 * off
    ours = replace(BASELINE, assumptions={**BASELINE.assumptions, "visits_base": known(VISITS, visits)})
    checks = {row.id: row for row in range_checks(base_year_of(Scenario(), ours))}
    found = checks.get("guangdong_cases_per_visit")
    assert (found and found.result) == result
    assert {row.result for row in checks.values()} <= {"inside", "edge", "outside", "given"}


def test_the_time_of_the_frontline_is_shared_out_in_full():
    """Visits, mandatory work, cases and other duties are all the days there are."""
    officers = WORK.staff.frontline.sum(axis=1)
    gross = (WORK.staff.frontline * WORK.present_days).sum(axis=1)
    rest = (WORK.mandatory_days + BUDGET.case_days).sum(axis=1)
    others = (WORK.staff.frontline * WORK.present_days * (BASE.closure.flow.other_duties + WORK.extra_duties)).sum(
        axis=1
    )
    on_visits = gross - rest - others
    share, days = (CHECKED[id].predicted for id in ("safety_inspection_share", "hse_contact_days"))
    assert share.p50 == pytest.approx(np.median(on_visits / gross), rel=1e-9)
    assert days.p90 == pytest.approx(np.quantile(on_visits / officers, 0.9), rel=1e-9)
    a_visit = CHECKED["ministry_2017_person_days"].predicted
    assert a_visit.p10 == pytest.approx(np.quantile(on_visits / BASE.assumed["visits_base"][:, 0], 0.1), rel=1e-9)


def test_a_force_that_only_visits_makes_its_days_over_a_visits_days():
    """No extra duties and no other work: every officer's present days over a visit's, per head of the force."""
    by_pool = WORK.staff.frontline * WORK.present_days / WORK.days_per_visit
    most = CHECKED["guangdong_visits_per_person"]
    assert most.predicted.p50 == pytest.approx(np.median(by_pool.sum(axis=1)) / 2359, rel=1e-9)
    assert most.result == "edge", "Guangdong's count is reached by some draws, not by the band"


def test_ten_checks_a_county_officer_and_five_a_city_one_make_need_by_themselves():
    _, cities, counties = BASELINE.pools.slices
    by_officer = np.zeros(29)
    by_officer[cities], by_officer[counties] = 5, 10
    own = (WORK.staff.frontline * by_officer * WORK.days_per_owed_visit).sum(axis=1)
    all_of_it = (WORK.planned_minimum * WORK.days_per_owed_visit + WORK.mandatory_days + BUDGET.case_demand).sum(axis=1)
    assert need_of_own_officers(BASE).p50 == pytest.approx(np.median(own / all_of_it), rel=1e-9)


def test_the_filters_shift_is_that_of_the_kept_draws_against_all():
    drawn = draw(BASELINE.assumptions, 4096, 1)
    closure = close(BASELINE, BASELINE.assumptions, drawn, {})
    found = plausibility(BASE)
    assert found.refused == closure.refusals
    shifts = {one.id: one for one in found.shifts}
    assert shifts.keys() == {id for id, a in BASELINE.assumptions.items() if a.closed or a.low < a.high}
    for id in ("site_days", "review_days", "vacancy"):
        all_draws, kept = drawn[id][:, 0], BASE.assumed[id][:, 0]
        assert shifts[id].mean == pytest.approx((kept.mean() - all_draws.mean()) / all_draws.std(), abs=1e-12)
        assert shifts[id].spread == pytest.approx(kept.std() / all_draws.std(), abs=1e-12)
    moves = [max(abs(one.mean), abs(one.spread - 1)) for one in found.shifts]
    assert moves == sorted(moves, reverse=True)


def test_a_filter_that_keeps_every_draw_moves_nothing():
    """A draw is kept or refused; where all are kept the means and deviations are the same."""
    narrow = {id: values[:1].repeat(8, axis=0) for id, values in BASE.assumed.items()}
    closure = close(BASELINE, BASELINE.assumptions, narrow, {})
    assert closure.plausible.all() and closure.refusals == {}


def test_a_random_check_is_not_every_visit_that_is_not_aimed():
    """Random checks at the legal number, routine and aimed visits apart: problems a visit lie between the kinds."""
    random = WORK.random_minimum.sum(axis=1) / BASE.assumed["visits_base"][:, 0]
    assert 0.15 < np.median(random) < 0.35
    a = {id: BASE.assumed[id][:, 0] for id in ("hit_random", "routine_problems_lift", "targeting_problems_lift")}
    aimed = BUDGET.targeted[:, 0]
    mean_lift = random + (1 - random - aimed) * a["routine_problems_lift"] + aimed * a["targeting_problems_lift"]
    others = (mean_lift - random) / (1 - random)
    assert np.median(others) == pytest.approx(1.59, abs=0.06), "what the study found of visits not drawn by lot"
    found = CHECKED["virtual_detection_loss"].predicted
    off_site = 472 / 4356
    assert found.p50 == pytest.approx(np.median(1 - off_site / (a["hit_random"] * mean_lift)), rel=1e-9)

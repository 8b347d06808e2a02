"""Months: givers lose at once, takers gain once people have learned, files wait (method, section 11)."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from scenario_strategies import legal_levers
from thorough import tries

from model import ChangedAssumption, Scenario, shipped_baseline
from model.projection.base_year import BaseYear, base_year_of, some_draws
from model.projection.project import Evaluation, evaluate
from model.year import months as months_module
from model.year.decision import share_review_passes
from model.year.months import Months, months

BASELINE = shipped_baseline("hunan-2021")
strict = np.errstate(all="raise", under="ignore")


def base(draws: int = 512, **changed: float) -> BaseYear:
    """The base year, some assumptions known exactly."""
    assumptions = {id: ChangedAssumption(value, value, value, "known") for id, value in changed.items()}
    return base_year_of(Scenario(assumptions=assumptions), BASELINE, draws)


def plan(levers: dict, on: BaseYear | None = None) -> Evaluation:
    return evaluate(on or base(), Scenario(levers=levers))


def row(*pools: float) -> np.ndarray:
    """One draw, a value a pool."""
    return np.array([pools], float)


def a_year(
    led,
    *,
    mandatory=(0, 0),
    passed=(9, 9),
    review=1.0,
    moved=(0, 0),
    lost=(0, 0),
    new=(0, 0),
    complaints=0.0,
    days=50.0,
    kept=0.0,
    officers=(12, 6),
    helping=0.0,
):
    """Two pools of 12 and 6 officers of 100 days each, 10 days a case: 120 and 60 cases a year."""
    officers = row(*officers)
    staff = SimpleNamespace(base_officers=officers, moved=row(*moved), lost=row(*lost), new=row(*new))
    work = SimpleNamespace(
        staff=staff,
        helping=helping,
        days_per_officer=lambda other: row(100, 100),
        mandatory_days=row(*mandatory),
        complaint_days=row(complaints, 0),
        complaint_cases=np.array([[0.0]]),
        days_per_case=row(10, 10),
        time_for_visits=row(kept, 0),
        led=row(*led) / sum(led),
    )
    budget = SimpleNamespace(filed=np.array([[float(sum(led))]]))
    return SimpleNamespace(
        work=work,
        budget=budget,
        led=row(*led),
        review_passes=row(*led) * share_review_passes(row(*passed), review),
        days_to_decision=row(days, days),
    )


def walk(before, after, *, phase: int, horizon: int, learning=3.0, licence=4.0, season=0.0) -> Months:
    assumed = {"learning_months": learning, "licence_months": licence, "complaint_season": season}
    assumed = {id: np.array([[value]]) for id, value in assumed.items()}
    closure = SimpleNamespace(flow=SimpleNamespace(other_duties=np.array([[0.5]])))
    return months(
        assumed, closure, before, after, SimpleNamespace(horizon_months=float(horizon), phase_months=float(phase))
    )


def test_a_move_worked_out_by_hand():
    """Six officers go from the first pool to the second in month 1 and need three months to learn.

    First pool: 96 files a year, room for 120 less 60: three more wait each month. Second pool: 108 files, room for 60,
    then 80, 100, 120: 4, 6 1/3, 7 wait, then one less each month.
    """
    walked = walk(a_year((96, 60)), a_year((96, 108), moved=(0, 6), lost=(6, 0), days=60), phase=1, horizon=6)
    first, second = np.array([3, 6, 9, 12, 15, 18]), np.array([4, 19 / 3, 7, 6, 5, 4])
    np.testing.assert_allclose(walked.backlog[:, 0], first + second)
    np.testing.assert_allclose(walked.backlog_end, [[18, 4]])
    np.testing.assert_allclose(walked.days[:, 0], 60 + 365 * (first + second) / 204)


def test_a_move_in_four_steps_worked_out_by_hand():
    """Four officers leave the second pool, a fourth of them each month.

    Ten of its 60 files a year can then not be taken in month 1, twenty in month 2. The first pool gains what the
    cohorts have learned in two months.
    """
    before, after = a_year((120, 60)), a_year((120, 60), moved=(4, 0), lost=(0, 4), mandatory=(400, 0))
    walked = walk(before, after, phase=4, horizon=6, learning=2.0)
    leaves = np.cumsum([10, 20, 30, 40, 40, 40]) / 12
    learned = np.array([0, 0.5 / 4, 1.5 / 4, 2.5 / 4, 3.5 / 4, 1])
    asked = np.array([1, 2, 3, 4, 4, 4]) / 4
    lacks = np.cumsum(40 * (asked - learned)) / 12
    np.testing.assert_allclose(walked.backlog[:, 0], leaves + lacks)


def test_a_file_that_waits_before_the_plan_is_in_place_is_not_passed_by():
    """Ten days less of other work come in forty steps: until the second there is room for 119.025 of 119.05 files."""
    before, after = a_year((119.05, 0), mandatory=(10, 0)), a_year((119.05, 0))
    walked = walk(before, after, phase=40, horizon=3)
    np.testing.assert_allclose(walked.backlog[:, 0], [0.025 / 12, 0.025 / 12, 0], atol=1e-12)


def test_helpers_work_as_officers_do():
    """Six officers of the first pool who are helpers instead: the same months."""
    helpers = {"officers": (6, 6), "helping": np.array([[6.0, 0.0]])}
    for_both = {"phase": 1, "horizon": 6}
    before, after = a_year((96, 60)), a_year((140, 60), days=60)
    alike = walk(a_year((96, 60), **helpers), a_year((140, 60), days=60, **helpers), **for_both)
    usual = walk(before, after, **for_both)
    assert usual.backlog[-1] > 0
    np.testing.assert_allclose(alike.backlog, usual.backlog)


def test_helpers_who_leave_are_missed_as_officers_are():
    """Three of six helpers of the first pool go, one a month: the months in which as many officers do."""
    alike = walk(
        a_year((96, 60), officers=(6, 6), helping=row(6, 0)),
        a_year((140, 60), officers=(6, 6), helping=row(3, 0)),
        phase=3,
        horizon=6,
    )
    usual = walk(a_year((96, 60)), a_year((140, 60), lost=(3, 0)), phase=3, horizon=6)
    assert usual.backlog[-1] > 0
    np.testing.assert_allclose(alike.backlog, usual.backlog)


def test_new_officers_count_when_they_have_a_licence():
    """Files double at once; four new officers count from the fifth month on."""
    walked = walk(a_year((60, 60)), a_year((60, 90), new=(0, 4)), phase=0, horizon=8, licence=4.0)
    np.testing.assert_allclose(
        walked.backlog[:, 0], np.array([2.5, 5, 7.5, 10, 10 - 10 / 12, 10 - 20 / 12, 7.5, 20 / 3])
    )


def test_files_wait_where_review_does_not_keep_up_but_for_those_that_need_none():
    """Review passes half of the 80 % of files that need it: 60 of 100 a year get through."""
    walked = walk(a_year((100, 0)), a_year((100, 0), passed=(0.5, 9), review=0.8), phase=0, horizon=12)
    np.testing.assert_allclose(walked.backlog[:, 0], np.arange(1, 13) * 40 / 12)


def test_time_kept_for_visits_is_taken_from_cases_as_the_plan_phases_in():
    """Half of the first pool's time is kept in two steps: room for 90 of its 96 files a year, then for 60."""
    walked = walk(a_year((96, 0)), a_year((96, 0), kept=0.5), phase=2, horizon=4)
    np.testing.assert_allclose(walked.backlog[:, 0], np.cumsum([6, 36, 36, 36]) / 12)


def test_complaints_peak_in_july_and_leave_the_year_as_it_is():
    """A pool that is just busy falls behind in spring and summer and catches up in winter."""
    busy = a_year((120, 0), complaints=300.0)
    walked = walk(busy, busy, phase=0, horizon=36, season=0.2)
    swing = 0.2 * 30 * np.cos(2 * np.pi * (np.arange(1, 37) - 7) / 12) / 12
    expected, waiting = [], 0.0
    for change in swing:
        waiting = max(0.0, waiting + change)
        expected.append(waiting)
    np.testing.assert_allclose(walked.backlog[:, 0], expected, atol=1e-12)
    assert np.diff(walked.backlog[:, 0]).argmax() + 2 == 7
    assert walked.backlog[12:24].max() == pytest.approx(walked.backlog[24:].max())


def test_where_nothing_moves_nothing_changes():
    """Files wait in summer at most, but for a draw in a hundred where capacity stands hardly above the year's files.

    Not so where the base year's review does not keep up or hardly does: one draw in seven.

    Where none wait, the days to a decision are the same in every month.
    """
    unmoved = plan({})
    walked, keeps_up = unmoved.months, (unmoved.year.passed >= 1.05).all(axis=1)
    never = (walked.backlog == 0).all(axis=0)
    assert never.mean() > 0.5
    np.testing.assert_allclose(
        walked.days[:, never], np.broadcast_to(walked.days[0, never], walked.days[:, never].shape)
    )
    in_march = walked.backlog[2::12, keeps_up]
    assert (in_march > 0).any(axis=0).mean() < 0.01
    assert set(walked.backlog[:, ~never & keeps_up].argmax(axis=0) % 12 + 1) <= {7, 8, 9, 10}


@strict
def test_a_heavy_move_gets_worse_before_it_gets_better():
    """Contacts multiply at once; the officers who should make them need their licence first."""
    walked = plan(
        {"service_contacts": 100_000.0, "staff.new_posts": 800.0, "staff.change.county": 800.0, "phase_months": 1.0},
        base(licence_months=18.0),
    )
    days = np.median(walked.months.days, axis=1)
    peak = days.argmax()
    assert 3 <= peak <= 18
    assert days[peak] > days[0] + 2
    assert days[peak] > days[-1] + 1


@pytest.mark.parametrize(
    ("id", "short", "long", "levers"),
    [
        ("learning_months", 0.5, 24.0, {"staff.change.county": -700.0, "staff.change.city": 700.0}),
        (
            "licence_months",
            0.5,
            24.0,
            {"service_contacts": 100_000.0, "staff.new_posts": 800.0, "staff.change.county": 800.0},
        ),
    ],
)
@strict
def test_whoever_needs_longer_leaves_more_waiting(id, short, long, levers):
    soon, late = (plan(levers, base(**{id: value})).months.backlog for value in (short, long))
    assert soon.shape == late.shape
    assert (late >= soon - 1e-9).all()
    assert (late > soon + 1).any()


@pytest.mark.parametrize(
    ("id", "other", "levers"),
    [
        (
            "learning_months",
            "licence_months",
            {"service_contacts": 100_000.0, "staff.change.city": -200.0, "staff.change.county": 200.0},
        ),
        (
            "licence_months",
            "learning_months",
            {"service_contacts": 100_000.0, "staff.new_posts": 800.0, "staff.change.county": 800.0},
        ),
    ],
)
def test_a_draws_months_are_its_own_whatever_the_others_take(id, other, levers):
    """Some learn within weeks and some in two years, and both are walked to their end."""
    changed = {id: ChangedAssumption(0.5, 12.0, 24.0, "wide"), other: ChangedAssumption(0.5, 0.5, 0.5, "known")}
    every = some_draws(base_year_of(Scenario(assumptions=changed), BASELINE, 512), slice(0, 40))
    at_once = levers | {"phase_months": 1.0}
    together = plan(at_once, every).months.backlog
    for k in np.argsort(every.assumed[id][:, 0])[::3]:
        alone = plan(at_once, some_draws(every, slice(k, k + 1))).months.backlog
        np.testing.assert_allclose(together[:, k], alone[:, 0], rtol=1e-9, atol=1e-9)
    assert together.max() > 1


FEW_OFFICERS = {"staff.change.county": -1100.0, "staff.change.city": 1100.0}
FEW_REVIEWERS = {"frontline_share.city": 0.9}


@pytest.mark.parametrize("levers", [FEW_OFFICERS, FEW_REVIEWERS, FEW_OFFICERS | {"frontline_share.city": 0.97}])
@strict
def test_what_is_not_decided_in_a_year_waits(levers):
    """With all in place a pool's backlog grows by the files it does not decide; the season cancels out."""
    known = base(complaint_season=0.0)
    four, five = (plan(levers | {"phase_months": 1.0, "horizon_months": n}, known) for n in (48.0, 60.0))
    grown = five.months.backlog_end - four.months.backlog_end
    missing = five.year.led - five.year.decided
    assert (missing > 1).mean() > 0.1
    np.testing.assert_allclose(grown, missing, atol=1e-6)


@given(legal_levers(BASELINE))
@settings(max_examples=tries(25), deadline=None, derandomize=True)
@strict
def test_pools_left_out_as_safe_never_have_a_file_waiting(chosen):
    walked = plan(chosen).months
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(months_module, "_at_risk", lambda path, amplitude: np.ones(path.fixed.shape, bool))
        everywhere = plan(chosen).months
    np.testing.assert_allclose(walked.backlog, everywhere.backlog, rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(walked.backlog_end, everywhere.backlog_end, rtol=1e-12, atol=1e-9)

"""What a year is told to count: minimums, the cap of mean days, the edges of a tie (method, sections 6 to 9)."""

from types import SimpleNamespace

import numpy as np
import pytest

from model import ChangedAssumption, Scenario, shipped_baseline
from model.evidence.pools import CITY, COUNTY
from model.force.staff import NOBODY
from model.projection.base_year import BaseYear, base_year_of, some_draws
from model.projection.project import Evaluation, evaluate
from model.year.budget import aimed_share
from model.year.calm_start import mean_beside_drift
from model.year.decision import DAYS_A_YEAR, days_to_decision
from model.year.investigation import LEAST_GROWTH, growing_share, investigation_days
from model.year.year import ROUNDING, constraint, files_wait, held_by_review, required_officers, visits_owed_and_made

BASELINE = shipped_baseline("hunan-2021")


def base_year(**known: float) -> BaseYear:
    assumptions = {id: ChangedAssumption(value, value, value, "known") for id, value in known.items()}
    scenario = Scenario(assumptions=assumptions)
    return some_draws(base_year_of(scenario, BASELINE, 512), slice(0, 40))


def plan(levers: dict, base: BaseYear | None = None) -> Evaluation:
    return evaluate(base or base_year(), Scenario(levers=levers))


def test_only_random_checks_keep_visits_from_being_aimed():
    """Special inspections are owed too, but they are no random checks: they may be aimed."""
    result = plan({"targeted_share": 1.0}, base_year(special_visits=2000.0)).year
    random, planned = result.work.random_minimum.sum(axis=1), result.work.planned_minimum.sum(axis=1)
    visits = result.budget.visits.sum(axis=1)
    assert (planned > random * 1.01).all()
    np.testing.assert_allclose(result.budget.targeted[:, 0], np.clip(1 - random / visits, 0, 1), rtol=1e-12)
    halved = aimed_share(2 * random[:, None], result.work)
    np.testing.assert_allclose(halved, 0.5)


def test_the_minimum_that_is_owed_and_set_aside_is_the_planned_one():
    """Where visits run short they count against random checks and special ones; capacity for cases leaves both."""
    base = base_year(special_visits=3000.0)
    short = plan({"offsite_checks": 30_000.0}, base).year
    behind = short.budget.visits < short.work.planned_minimum
    assert behind.any() and not behind.all()
    made = visits_owed_and_made(short) - short.confirmed
    np.testing.assert_allclose(made[behind], short.budget.visits[behind])
    np.testing.assert_allclose(made[~behind], short.work.planned_minimum[~behind])
    base = base.year
    assert (base.work.planned_minimum.sum(axis=1) > base.work.random_minimum.sum(axis=1) + 2999).all()
    days = base.budget.rest_days - base.work.planned_minimum * base.work.days_per_visit
    by_time = (base.case_room < base.review_passes * (1 - 1e-9)) & (days > base.budget.case_days)
    assert by_time.sum() > 100
    np.testing.assert_allclose(base.case_room[by_time], (days / base.work.days_per_case)[by_time])


@pytest.mark.parametrize(("busy_before", "days_alone"), [(0.5, 20.0), (0.9, 4.0), (0.95, 2.0), (0.97, 2.0), (1.2, 2.0)])
def test_a_file_alone_needs_a_twentieth_of_its_days_at_least_however_busy_the_base_year(busy_before, days_alone):
    """40 days at u0 are 40 (1 - u0) alone, up to u0 = 0.95; the horizon counts in such days."""
    horizon, busy = 400.0, 0.8
    before, now = (1 + mean_beside_drift(u - 1, 2 * u, horizon / days_alone) for u in (busy_before, busy))
    assert investigation_days(40.0, busy_before, busy, horizon) == pytest.approx(40 * now / before)


@pytest.mark.parametrize(
    ("part_missing", "waits"), [(0.0, False), (0.9e-9, False), (1e-9, False), (1.1e-9, True), (0.5, True)]
)
def test_files_wait_from_a_billionth_of_the_time_they_ask_for_on(part_missing, waits):
    budget = plan({}).year.budget
    given = budget.case_demand * (1 - part_missing)
    assert (files_wait(type(budget)(**{**vars(budget), "case_days": given})) == waits).all()


def test_a_countys_file_waits_where_it_is_decided():
    """A quarter of the files decided by the county itself, the rest by its city: 8 and 40 days, so 32 in the mean."""
    pools = BASELINE.pools
    own, waits = np.ones((1, len(pools))), np.full((1, len(pools)), 40.0)
    own[:, pools.slices[COUNTY]], waits[:, pools.slices[COUNTY]] = 0.25, 8.0
    flow = SimpleNamespace(own_share=own, rate=np.array([[DAYS_A_YEAR / 10]]))
    assumed = {"procedure_days": np.array([[5.0]]), "review_share": np.array([[0.5]])}
    days = days_to_decision(flow, SimpleNamespace(mean=waits, drift=waits), pools, assumed, np.full(own.shape, 20.0))
    np.testing.assert_allclose(days[:, pools.slices[COUNTY]], 5 + 20 + 0.5 * (10 + 32))
    np.testing.assert_allclose(days[:, pools.slices[CITY]], 5 + 20 + 0.5 * (10 + 40))


def test_review_holds_a_pool_whose_investigators_could_bring_more_than_it_passes():
    of_year = plan({"staff.change.county": -900.0, "staff.change.city": 900.0}).year
    held, room, passes = held_by_review(of_year), of_year.case_room, of_year.review_passes
    assert held[room > 1.01 * passes].all() and not held[room < 0.99 * passes].any()
    assert 0 < held.mean() < 1


def test_officers_whose_whole_time_goes_elsewhere_are_required_a_thousandfold():
    """Time that others take may be more than all there is; some must be left to divide by."""
    budget = SimpleNamespace(case_demand=np.array([[50.0]]))
    work = SimpleNamespace(
        planned_minimum=100.0,
        days_per_owed_visit=0.5,
        mandatory_days=100.0,
        present_days=200.0,
        filled=1.0,
        extra_duties=0.5,
        own_share=lambda duties: 1 - duties,
    )
    year = SimpleNamespace(work=work, budget=budget)
    assert required_officers(year, np.array([[0.25]])) == pytest.approx(np.array([[200 / 200 / 0.25]]))
    assert required_officers(year, np.array([[0.7]])) == pytest.approx(np.array([[1000.0]]))


def test_review_that_passes_just_what_investigators_bring_holds_the_pool():
    passes = np.array([[3.0, 3.0, 3.0]])
    room = passes * (1 - ROUNDING) * np.array([[1.0, 1 - 1e-12, 1 + 1e-12]])
    assert held_by_review(SimpleNamespace(case_room=room, review_passes=passes)).tolist() == [[True, False, True]]


def test_at_a_tie_neither_mandatory_work_nor_investigation_is_what_binds():
    """All days for mandatory work: investigation binds where files wait, and review where it passes just as many.

    Of the last pool nobody is there but for rounding, so it lacks no pair.
    """
    staff = SimpleNamespace(working_officers=np.array([[5.0, 5.0, NOBODY]]), bodies=np.ones((1, 3)))
    work = SimpleNamespace(
        staff=staff,
        days_per_case=np.full((1, 3), 2.0),
        mandatory_days=np.full((1, 3), 100.0),
        confirming_visits=np.array([[0.0, 0.0, 1.0]]),
        crews=np.array([[1.0, 1.0, 0.0]]),
        pairing=np.ones((1, 3)),
        pairing_of_one_more=lambda where: np.ones(where.sum()),
    )
    days = {"case_days": np.array([[2.0, 8.0, 2.0]]), "field_days": np.full((1, 3), 100.0)}
    rest = {"rest_days": np.full((1, 3), 8.0), "case_demand": np.full((1, 3), 8.0)}
    budget = SimpleNamespace(**days, **rest, capped=np.zeros((1, 3), bool))
    decided, led, passes = np.array([[1.0, 4.0, 1.0]]), np.full((1, 3), 5.0), np.full((1, 3), 4.0)
    tied = SimpleNamespace(work=work, budget=budget, decided=decided, led=led, review_passes=passes)
    assert constraint(tied).tolist() == [[2, 3, 2]]


def test_a_backlog_that_hardly_grows_takes_nothing_nor_does_one_without_a_day():
    shares = growing_share(np.array([60.0, 0.0]), 30.0, 1.0, np.array([LEAST_GROWTH, 0.5]), 1000.0)
    assert shares.tolist() == [1.0, 1.0]

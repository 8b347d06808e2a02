"""What a year is told to count: minimums, the cap of mean days, the edges of a tie (method, sections 6 to 9)."""

import numpy as np
import pytest

from model import ChangedAssumption, Scenario, shipped_baseline
from model.projection.base_year import BaseYear, base_year_of, some_draws
from model.projection.project import Evaluation, evaluate
from model.year.budget import aimed_share
from model.year.year import files_wait, visits_owed_and_made

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


def test_mean_days_are_those_of_a_pool_committed_to_95_hundredths_at_most():
    """Without review and procedure, and in pools that were not as busy before."""
    base = base_year(procedure_days=1e-6, review_share=1e-6)
    result = plan({"offsite_checks": 15_000.0}, base).year
    before = base.closure.busy
    crowded, below = (result.busy > 0.951) & (before < 0.95), result.busy < 0.949
    assert crowded.any() and below.any()
    for where, spare in ((crowded, np.full(before.shape, 0.05)), (below, 1 - result.busy)):
        days = base.assumed["investigation_days"] * (1 - before) / spare
        np.testing.assert_allclose(result.days_to_decision[where], days[where], rtol=1e-3)


@pytest.mark.parametrize(("part_missing", "waits"), [(0.0, False), (0.9e-9, False), (1.1e-9, True), (0.5, True)])
def test_files_wait_from_a_billionth_of_the_time_they_ask_for_on(part_missing, waits):
    budget = plan({}).year.budget
    given = budget.case_demand * (1 - part_missing)
    assert (files_wait(type(budget)(**{**vars(budget), "case_days": given})) == waits).all()

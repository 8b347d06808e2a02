"""Checks of a sound result: numbers in order, of human size, possible in every draw and pool."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import numpy as np

from model import Projection
from model.projection.base_year import BaseYear
from model.projection.project import Evaluation
from model.projection.results import Band, BandSeries, Paired
from model.scenario.settings import settings
from model.year.budget import files_of
from model.year.measures import MEASURES
from model.year.year import Year, share_in_place, visit_room

ROUNDING = 1e-9
MEASURE_ROW = {measure.id: k for k, measure in enumerate(MEASURES)}
ADDED_UP = ("staff", "frontline", "crews", "field_days", "visits", "visit_capacity", "legal_minimum", "problems")
ADDED_UP += ("cases_filed", "case_capacity", "cases_decided", "backlog_end")


def totals(plan: Evaluation, id: str) -> np.ndarray:
    return plan.values[MEASURE_ROW[id], 0]


def bands(value: object) -> Iterator[Band | BandSeries | Paired]:
    """Every band, series and pair of a result."""
    if isinstance(value, Band | BandSeries | Paired):
        yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from bands(getattr(value, field.name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from bands(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from bands(inner)


def assert_sound(result: Projection) -> None:
    """Every number of a result is one, in order, and says better where it is better."""
    for band in bands(result):
        if isinstance(band, Paired):
            assert min(band.odds.better, band.odds.worse) >= 0 and band.odds.better + band.odds.worse <= 1
        else:
            low, middle, high = (np.asarray(p) for p in (band.p10, band.p50, band.p90))
            assert np.isfinite(low).all() and np.isfinite(middle).all() and np.isfinite(high).all()
            assert (low <= middle).all() and (middle <= high).all()
    for measure in MEASURES:
        found = result.measures[measure.id]
        for pair in (found.total, *found.tiers.values(), *found.prefectures.values()):
            direction = pair.difference.p50 * (measure.better or 1)
            assert direction > 0 or pair.odds.better <= 0.5
            assert direction < 0 or pair.odds.worse <= 0.5
        assert all(np.isfinite(correlation) for _, correlation in found.rests_on)


def assert_possible(base: BaseYear, plan: Evaluation) -> None:
    """Nothing below zero, no share above one, no more work than time and files, in any draw and pool."""
    assert np.isfinite(plan.values).all()
    assert np.isfinite(plan.months.backlog).all() and np.isfinite(plan.months.days).all()
    assert (plan.values >= -ROUNDING * np.abs(plan.values).max(axis=-1, keepdims=True)).all()
    for id in ("duty_met", "on_time_share"):
        assert plan.values[MEASURE_ROW[id]].max() <= 1 + ROUNDING
    for id in ADDED_UP:
        total, tiers = plan.values[MEASURE_ROW[id], 0], plan.values[MEASURE_ROW[id], 1:4]
        np.testing.assert_allclose(tiers.sum(axis=0), total, rtol=ROUNDING, atol=1e-6)

    result, staff = plan.year, plan.year.work.staff
    used = result.budget.visits * result.work.days_per_visit + result.budget.case_days
    assert (used <= result.budget.rest_days * (1 + ROUNDING) + 1e-6).all()
    assert (result.budget.visits <= visit_room(result) * (1 + ROUNDING) + 1e-6).all()
    assert (result.budget.visits <= result.work.visits_most * (1 + ROUNDING)).all()
    assert (result.decided <= result.led * (1 + ROUNDING)).all()
    # Files of the horizon decided in time are decided in it or a limit later, before the plan is in place or after.
    chosen = settings(plan.scenario.levers, base.baseline)
    years, share = chosen.horizon_months / 12, share_in_place(chosen)
    filed, decided = ((1 - share) * before + share * after for before, after in _files_and_decisions(base, result))
    most = decided * (years + chosen.decision_limit / 365) * (1 + ROUNDING) + 1e-6
    assert (result.on_time * filed * years <= most).all()
    assert (staff.people >= -1e-6).all() and (staff.frontline >= -1e-6).all() and (staff.reviewers >= 0).all()
    assert (staff.frontline <= staff.people + 1e-6).all()
    assert (staff.reviewers <= staff.people - staff.frontline + 1e-6).all() or "merged_bodies" in plan.scenario.levers
    assert (staff.working_officers <= staff.frontline + 1e-6).all()
    np.testing.assert_allclose(staff.bodies.sum(axis=1), base.baseline.reported("bodies_total"))


def _files_and_decisions(base: BaseYear, result: Year) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Files led and cases decided a year, each before a plan and once it is in place."""
    return (base.year.led, result.led), (base.year.decided, result.decided)


def assert_conserved(base: BaseYear, plan: Evaluation) -> None:
    """People, time, files and visits add up, and nothing is done beyond its capacity, in any draw, pool and scope."""

    def of(id: str) -> np.ndarray:
        return plan.values[MEASURE_ROW[id]]

    def at_most(less: np.ndarray, more: np.ndarray, what: str) -> None:
        over = less - more - ROUNDING * np.abs(more) - 1e-7
        assert (over <= 0).all(), f"{what}: {over.max()} too many"

    at_most(of("cases_decided"), of("case_capacity"), "cases decided above case capacity")
    at_most(of("cases_decided"), of("cases_filed"), "cases decided above those filed")
    at_most(of("visits"), of("visit_capacity"), "visits above visit capacity")
    for id in ADDED_UP:
        np.testing.assert_allclose(of(id)[1] + of(id)[4:].sum(axis=0), of(id)[0], rtol=ROUNDING, atol=1e-6, err_msg=id)

    result, work, budget = plan.year, plan.year.work, plan.year.budget
    at_most(result.decided, result.case_room, "cases decided above case capacity in a pool")
    reviewed = np.maximum(result.decided - result.led * (1 - base.assumed["review_share"]), 0.0)
    at_most(_by_place(reviewed), _by_place(result.review.capacity), "files reviewed above review's capacity")
    done = np.minimum(work.mandatory_days, budget.field_days)
    spent = done + budget.case_days + budget.visits * work.days_per_visit
    at_most(spent, budget.field_days, "time spent above time")
    idle = ~budget.capped & (np.abs(spent - budget.field_days) > ROUNDING * budget.field_days + 1e-6)
    assert not idle.any(), "time left over though visits could be made"
    files = files_of(budget.visits, work, base.assumed, base.closure.flow)
    np.testing.assert_allclose(budget.filed, files, rtol=ROUNDING, err_msg="files other than visits bring")
    np.testing.assert_allclose(result.led.sum(axis=1, keepdims=True), budget.filed, rtol=ROUNDING)

    months = plan.months
    assert (months.backlog >= 0).all() and (months.backlog_end >= 0).all()
    np.testing.assert_allclose(months.backlog_end.sum(axis=1), months.backlog[-1], rtol=ROUNDING, atol=1e-9)


def _by_place(amount: np.ndarray) -> np.ndarray:
    """Amounts by pool, (draws, pools), added up over the tiers of a prefecture; the province stands alone."""
    province, (cities, counties) = amount[:, :1], np.split(amount[:, 1:], 2, axis=1)
    return np.concatenate([province, cities + counties], axis=1)


def assert_of_human_size(plan: Evaluation) -> None:
    """No figure is larger than a force of some thousands could ever give rise to."""
    amounts = [MEASURE_ROW[id] for id in (*ADDED_UP, "review_load")]
    assert plan.values[amounts].max() < 1e6
    assert (plan.year.work.mandatory_days < 1e5).all()
    somebody_works = totals(plan, "field_days") > 1000
    assert totals(plan, "utilisation")[somebody_works].max(initial=0) < 100
    assert totals(plan, "wisn_ratio").max() < 100

"""Published and exact answers come out of the model to the digits given (method, section 16)."""

from itertools import pairwise, product

import numpy as np
import pytest
from scipy.integrate import quad, trapezoid
from scipy.optimize import linprog
from scipy.stats import binom, lognorm, norm, sobol_indices, triang, uniform

from model import Scenario, project, shipped_baseline
from model.evidence.draws import triangular
from model.evidence.rules import rules_of
from model.force.crews import expected_crews, pairing_efficiency
from model.force.visits import crew_days_per_visit, random_minimum
from model.force.working_time import available_days, required_staff, staffing_ratio
from model.projection.statistics import expected_shortfall, percentiles
from model.year.calm_start import mean_beside_drift, share_above
from model.year.decision import Wait, on_time_probability
from model.year.investigation import growing_share, investigation_days
from model.year.review_queue import erlang_b, erlang_c, mean_wait

BASELINE = shipped_baseline("hunan-2021")


def test_wisn_staff_required_by_kenyas_hiv_clinics_2011():
    assert round(float(required_staff(100_000 * 0.25 / 8, 179)), 2) == 17.46


@pytest.mark.parametrize(("staff", "required", "ratio", "short"), [(40, 48, 0.833, -8), (180, 206, 0.874, -26)])
def test_wisn_ratio_of_serbias_laboratories_2022(staff, required, ratio, short):
    assert round(float(staffing_ratio(staff, required)), 3) == ratio
    assert staff - required == short


@pytest.mark.parametrize(("inspections", "an_inspector", "staff"), [(1200, 320, 3.75), (1200, 280, 4.29)])
def test_staff_required_by_regulatory_inspections_2025(inspections, an_inspector, staff):
    assert round(float(required_staff(inspections, an_inspector)), 2) == staff


def test_wisn_allowances_for_everybody_multiply_and_those_for_some_add():
    assert float(required_staff(100, 200, category_share=0.2, individual_days=30)) == pytest.approx(0.5 * 1.25 + 0.15)
    assert float(available_days(250, leave=10, training=12, absence=4)) == 224


@pytest.mark.parametrize(("load", "servers", "waits"), [(10, 14, 0.1741319335950498), (10, 15, 0.102)])
def test_erlang_c(load, servers, waits):
    digits = len(str(waits).split(".")[1])
    assert round(float(erlang_c(load, servers)), digits) == pytest.approx(waits, rel=1e-15)
    assert round(10 / 15, 3) == 0.667


@pytest.mark.parametrize(("servers", "waiting"), [(2, 7.674), (4, 0.105)])
def test_files_waiting_at_several_reviewers(servers, waiting):
    assert round(9 * float(mean_wait(9, 5, servers)), 3) == waiting


@pytest.mark.parametrize(("cv", "waiting"), [(0.5, 2.0), (1.0, 3.2), (1.5, 5.2)])
def test_files_waiting_by_how_much_service_varies(cv, waiting):
    assert 0.8 * float(mean_wait(0.8, 1, 1, cv)) == pytest.approx(waiting, abs=1e-12)


def test_one_reviewer_waits_as_in_the_textbook():
    load = np.linspace(0.05, 0.95, 19)
    np.testing.assert_allclose(erlang_c(load, 1), load, rtol=1e-14)
    np.testing.assert_allclose(mean_wait(load, 1, 1), load / (1 - load), rtol=1e-13)


def test_a_part_time_reviewer_stands_between_none_and_one():
    assert float(erlang_b(3, 2.25)) == pytest.approx(0.75 * float(erlang_b(3, 2)) + 0.25 * float(erlang_b(3, 3)))
    assert float(erlang_b(3, 0)) == 1.0


def test_a_queue_without_a_steady_state_has_no_number():
    assert float(erlang_c(14, 14)) == 1.0
    assert float(mean_wait(14, 1, 14)) == np.inf
    assert float(mean_wait(0, 1, 0)) == np.inf


@pytest.mark.parametrize(("officers", "presence", "crews"), [(11, 0.9, 4.6785), (5, 0.85, 1.8330), (2, 0.9, 0.81)])
def test_crews_of_a_body(officers, presence, crews):
    assert round(float(expected_crews(officers, presence)), 4) == crews


@pytest.mark.parametrize("presence", [0.0, 0.3, 0.5, 0.716, 0.9, 1.0])
def test_crews_are_the_mean_over_who_is_present(presence):
    officers = np.arange(60)
    exact = [sum(k // 2 * binom.pmf(k, x, presence) for k in range(x + 1)) for x in officers]
    np.testing.assert_allclose(expected_crews(officers, presence), exact, atol=1e-12)
    between = expected_crews(officers[:-1] + 0.25, presence)
    np.testing.assert_allclose(between, 0.75 * np.array(exact[:-1]) + 0.25 * np.array(exact[1:]), atol=1e-12)


def test_pairing_loses_what_the_method_says():
    assert round(float(pairing_efficiency(3, 0.9)), 2) == 0.72
    assert float(pairing_efficiency(10.9, 0.9)) == pytest.approx(0.95, abs=0.005)
    assert [float(pairing_efficiency(x, 0.9)) for x in (0, 1)] == [0, 0]


def test_a_visits_cost_grows_from_county_to_province():
    """Orientation of an independent sketch: 0.50, 0.62 and 1.2 crew-days in the median draw, two visits a trip."""
    mid = BASELINE.mid
    cost = crew_days_per_visit(
        site_days=mid("site_days"),
        area_km2=np.array([212_088 / 123, 212_088 / 14, 212_088]),
        detour=mid("road_detour"),
        speed=mid("road_speed"),
        hours=mid("workday_hours"),
        visits_per_trip=2,
    )
    road = 2 * 0.38 * 1.3 * np.sqrt([212_088 / 123, 212_088 / 14, 212_088]) / (45 * 7) / 2
    np.testing.assert_allclose(cost, 0.4 + road, rtol=1e-12)
    np.testing.assert_allclose(cost, [0.50, 0.62, 1.2], rtol=0.08)


def test_the_law_asks_what_the_scheme_of_2015_says():
    """K (4 x 0.25 + 4 x 0.05) + 10 x county officers + 5 x city officers."""
    rules = rules_of("2021")
    owed = random_minimum(3000, 1154, "county", rules) + random_minimum(3000, 325, "city", rules)
    assert float(owed) == pytest.approx(3000 * (4 * 0.25 + 4 * 0.05) + 10 * 1154 + 5 * 325)
    assert float(random_minimum(3000, 25, "province", rules)) == 0


def test_processor_sharing_slows_down_as_the_free_share_shrinks():
    """After a long time; over five years a queue that starts empty is shorter, and finite at any load."""
    assert [float(investigation_days(40, 0.4, u, 1e9)) for u in (0.4, 0.7, 0.0)] == pytest.approx(
        [40, 80, 24], rel=1e-4
    )
    busy = np.linspace(0.0, 3.0, 3001)
    days = investigation_days(40, 0.4, busy, 1825)
    assert days.max() < 200 and np.abs(np.diff(days)).max() < 1
    assert float(investigation_days(40, 0.4, 0.4, 365)) == pytest.approx(40)


@pytest.mark.parametrize(("drift", "level"), [(-1.5, 0.4), (-0.3, 1.0), (0.0, 0.7), (0.8, 1.5)])
def test_a_queue_from_a_calm_start_is_as_the_reflection_principle_says(drift, level):
    """At any one time it stands above a level with the first passage's probability; its mean is the sum of those."""

    def above(level, drift, time):
        reach = np.sqrt(2 * time)
        turned = norm.cdf((-drift * time - level) / reach)
        return norm.cdf((drift * time - level) / reach) + np.exp(drift * level) * turned

    ages = (np.arange(4000) + 0.5) / 4000 * 3
    assert float(share_above(level, drift, 2.0, 3.0)) == pytest.approx(above(level, drift, ages).mean(), abs=2e-4)
    levels = (np.arange(800) + 0.5) / 800 * 20
    mean = above(levels[:, None], drift, ages[::10]).mean() * 20 - max(drift, 0) * 1.5
    assert float(mean_beside_drift(drift, 2.0, 3.0)) == pytest.approx(mean, abs=5e-3)


def exactly_in_time(left: float, mean: float, cv: float, waits: float, mean_wait: float) -> float:
    """P(T + W <= left) by quadrature: T lognormal, W 0 or, with probability `waits`, exponential."""
    variance = np.log1p(cv**2)
    investigated = lognorm(np.sqrt(variance), scale=np.exp(np.log(mean) - variance / 2)).cdf
    tail = mean_wait / waits
    joints = np.unique(np.concatenate([np.linspace(0, left, 12), np.minimum(tail * np.array([0.1, 1, 5]), left)]))
    after_wait = sum(
        quad(lambda wait: np.exp(-wait / tail) / tail * investigated(left - wait), a, b)[0] for a, b in pairwise(joints)
    )
    return (1 - waits) * investigated(left) + waits * after_wait


def settled(waits, mean_wait) -> Wait:
    """The wait of a steady state: the queue has run for ever."""
    return Wait(np.asarray(waits), np.full_like(waits, -1.0), 2 * mean_wait / np.asarray(waits), 1e12, 0.0)


@pytest.mark.parametrize("mean_wait", [0.2, 5.0, 20.0, 60.0, 400.0, 5000.0])
@pytest.mark.parametrize("cv", [0.5, 1.2])
def test_the_share_in_time_is_the_integral_over_the_wait(cv, mean_wait):
    cases = list(product((10.0, 65.0, 125.0), (2.0, 10.0, 40.0, 150.0), (0.1, 1.0)))
    left, mean, waits = np.array(cases).T
    exact = [exactly_in_time(left, mean, cv, waits, mean_wait) for left, mean, waits in cases]
    found = on_time_probability(left, mean, cv**2, settled(waits, mean_wait))
    np.testing.assert_allclose(found, exact, rtol=0, atol=1e-3)


def test_the_share_in_time_at_its_edges():
    investigated = lognorm(np.sqrt(np.log(2)), scale=40 / np.sqrt(2)).cdf(65)
    assert float(on_time_probability(65, 40, 1)) == pytest.approx(investigated)
    assert float(on_time_probability(65, 40, 1, settled(1.0, 1e-9))) == pytest.approx(investigated)
    assert [float(on_time_probability(left, 40, 1, settled(0.5, 5))) for left in (0, -5)] == [0, 0]
    assert float(on_time_probability(0.5, 0.1, 0.01)) == pytest.approx(1), "half a day is enough for an hour's work"
    nobody = Wait(np.array(1.0), np.array(1e12), np.array(1e12), 1825.0, 80.0)
    assert float(on_time_probability(65, 40, 1, nobody)) < 0.05
    assert float(growing_share(65.0, 40.0, 1.0, 1e12, 1825.0)) < 1e-9


@pytest.mark.parametrize("left", [0.5, 20.0, 65.0])
def test_the_share_in_time_of_a_growing_backlog_is_that_of_its_files(left):
    mean, variance, growth, horizon = 40.0, 0.6, 0.3, 730.0
    spread = np.sqrt(np.log(1 + variance))

    def in_time(days: float) -> float:
        return float(lognorm.cdf(left, spread, scale=days * np.exp(-np.square(spread) / 2)))

    filed = np.linspace(0.0, horizon, 20_001)
    by_day = np.array([in_time(mean + growth * (1 + growth) * day) for day in filed])
    expected = float(trapezoid(by_day, filed)) / horizon / in_time(mean)
    assert float(growing_share(left, mean, variance, growth, horizon)) == pytest.approx(expected, rel=1e-4)


def test_at_a_load_of_exactly_one_there_is_no_steady_wait():
    assert float(mean_wait(10.0, 5.0, 2.0)) == np.inf


@pytest.mark.parametrize(("low", "mid", "high"), [(0, 1, 4), (20, 77, 100), (2, 2, 5), (2, 5, 5), (0.5, 1, 1)])
def test_draws_follow_the_triangular_distribution(low, mid, high):
    levels = np.linspace(0, 1, 101)
    expected = triang.ppf(levels, (mid - low) / (high - low), loc=low, scale=high - low)
    np.testing.assert_allclose(triangular(levels, low, mid, high), expected, atol=1e-12)


def test_an_assumption_without_a_range_is_a_constant():
    assert (triangular(np.linspace(0, 1, 5), 250, 250, 250) == 250).all()


@pytest.mark.parametrize("shape", [(1,), (2,), (11,), (3, 200), (2, 3, 2879)])
def test_percentiles_are_those_of_numpy(shape):
    values = np.random.default_rng(1).lognormal(size=shape)
    np.testing.assert_allclose(percentiles(values), np.quantile(values, [0.1, 0.5, 0.9], axis=-1), rtol=1e-13)


def test_sobol_indices_of_the_ishigami_function():
    def ishigami(x: np.ndarray) -> np.ndarray:
        return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])

    found = sobol_indices(func=ishigami, n=2**14, dists=[uniform(-np.pi, 2 * np.pi)] * 3, rng=1)
    np.testing.assert_allclose(found.first_order, [0.3139, 0.4424, 0], atol=2e-3)
    np.testing.assert_allclose(found.total_order, [0.5576, 0.4424, 0.2437], atol=2e-3)


def test_duals_of_a_textbook_programme():
    """max 3x + 5y, x <= 4, 2y <= 12, 3x + 2y <= 18."""
    found = linprog([-3, -5], A_ub=[[1, 0], [0, 2], [3, 2]], b_ub=[4, 12, 18], method="highs")
    assert -found.fun == pytest.approx(36)
    np.testing.assert_allclose(-found.ineqlin.marginals, [0, 1.5, 1], atol=1e-12)


def test_expected_shortfall_of_the_normal_distribution():
    losses = norm.ppf((np.arange(200_000) + 0.5) / 200_000)
    assert round(float(expected_shortfall(losses, 0.95)), 4) == 2.0627


def test_expected_shortfall_along_the_last_axis():
    losses = np.random.default_rng(1).normal(size=(2, 3, 41))
    along = expected_shortfall(losses, 0.9)
    assert along.shape == (2, 3)
    assert along[1, 2] == pytest.approx(float(expected_shortfall(losses[1, 2], 0.9)))
    np.testing.assert_allclose(expected_shortfall(losses, 0), losses.mean(axis=-1))
    np.testing.assert_allclose(expected_shortfall(losses, 0.999), losses.max(axis=-1))


@pytest.mark.parametrize("level", [-0.1, 1, 95])
def test_expected_shortfall_refuses_a_level_that_is_no_share(level):
    with pytest.raises(ValueError, match=r"level must be in the interval \[0, 1\)"):
        expected_shortfall(np.arange(3.0), level)


def test_expected_shortfall_is_the_least_of_rockafellar_and_uryasevs_bound():
    """CVaR = min over t of t + E[max(loss - t, 0)] / (1 - level), which is reached at one of the losses."""
    losses = np.random.default_rng(2).lognormal(size=37)
    for level in (0.5, 0.8, 0.93):
        bound = min(t + np.maximum(losses - t, 0).mean() / (1 - level) for t in losses)
        assert float(expected_shortfall(losses, level)) == pytest.approx(bound)


def test_the_base_year_is_the_report():
    result = project(Scenario())
    total = {id: measure.total.base for id, measure in result.measures.items()}
    for id, value in [("staff", 2359), ("frontline", 1504), ("cases_filed", 7385 / 2.814)]:
        assert (total[id].p10, total[id].p50, total[id].p90) == pytest.approx((value,) * 3, rel=1e-9)
    assert round(total["frontline"].p50 / total["staff"].p50, 4) == 0.6376
    assert BASELINE.reported("bodies_total") == 138
    assert BASELINE.derived["offsite_hit"] == 472 / 4356

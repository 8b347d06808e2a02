"""Ask first: known answers for the weight of each unknown, and a sound inquiry into a plan."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run
from scenario_strategies import legal_levers
from scipy.stats import norm
from thorough import tries

from model import ChangedAssumption, Scenario, shipped_baseline
from model.projection.base_year import base_year_of
from model.projection.project import against
from model.projection.sensitivity import narrowing, sobol
from model.projection.unknowns.ask_first import SURE, ask
from model.year.measures import HEADLINES

BASELINE = shipped_baseline("hunan-2021")
SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
QUICK = {"draws": 1024, "prior_draws": 32}


def base(**assumptions):
    scenario = Scenario(assumptions=assumptions)
    return base_year_of(scenario, BASELINE, draws=512)


def test_ishigami():
    """a = 7, b = 0.1 (Ishigami and Homma 1990)."""

    def ishigami(places):
        x = np.pi * (2 * places - 1)
        return (np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0]))[None]

    first, total = sobol(ishigami, 3, 2**14, seed=1)
    np.testing.assert_allclose(first, [[0.3139, 0.4424, 0.0]], atol=0.005)
    np.testing.assert_allclose(total, [[0.5576, 0.4424, 0.2437]], atol=0.005)


def test_an_answer_that_does_not_vary_hangs_on_nothing():
    first, total = sobol(lambda places: np.stack([places[0], np.ones(places.shape[1])]), 2, 64, seed=1)
    assert first[1].tolist() == total[1].tolist() == [0, 0] and total[0] == pytest.approx([1, 0], abs=0.01)
    widths, chance = narrowing(np.random.default_rng(1).random((3, 500)), np.ones(500), np.random.default_rng(2))
    assert widths.tolist() == [0, 0, 0] and chance == 0


@pytest.mark.parametrize("draws", [200, 500, 3000])
@pytest.mark.parametrize("weight", [0.0, 0.3, 0.8, 0.99])
def test_known_in_a_sum_of_normals(draws, weight):
    """X and Y normal with correlation r: given X, Y's band is sqrt(1 - r^2) as wide, whatever X is."""
    x, rest = norm.ppf(np.random.default_rng(draws).random((2, draws)))
    widths, chance = narrowing(x[None], weight * x + np.sqrt(1 - weight**2) * rest, np.random.default_rng(1))
    assert widths[0] == pytest.approx(1 - np.sqrt(1 - weight**2), abs=1.5 / np.sqrt(draws))
    assert 0 < chance < 0.6 / np.sqrt(draws)


def test_known_where_it_bends():
    """Y = X^2 + a uniform quarter, X uniform in [-1, 1]: no correlation, and yet X leaves a band of 0.2."""
    x, rest = np.random.default_rng(3).random((2, 4000))
    answer = (2 * x - 1) ** 2 + rest / 4
    now = np.quantile(answer, 0.9) - np.quantile(answer, 0.1)
    widths, _ = narrowing(x[None], answer, np.random.default_rng(1))
    assert widths[0] == pytest.approx(1 - 0.2 / now, abs=0.02)


def test_chance_alone_is_not_beyond_doubt():
    """Of fifty unknowns that have nothing to do with the answer hardly ever one is called sure."""
    generator = np.random.default_rng(4)
    called = 0
    for _ in range(20):
        widths, chance = narrowing(generator.random((50, 600)), generator.random(600), generator)
        assert abs(widths.mean()) < chance
        called += (widths > SURE * chance).sum()
    assert called <= 8  # of 1,000; 1.35 would be expected of a normal scatter known exactly


@run(max_examples=tries(6), deadline=None)
@given(legal_levers(BASELINE))
def test_an_inquiry_into_any_plan_is_sound(levers):
    found = ask(base(), Scenario(levers=levers), **QUICK)
    shown = against(base(), Scenario(levers=levers))
    ids = {id for id, values in base().assumed.items() if np.ptp(values) > 0}
    assert 0 < found.implausible < 1
    for answer in found.outcomes:
        paired = shown.measures[answer.id].total
        band = paired.difference if answer.is_change else paired.scenario
        assert (answer.p10, answer.p50, answer.p90) == pytest.approx((band.p10, band.p50, band.p90), abs=1e-8)
    for rows in (found.overall, *found.unknowns.values()):
        assert {row.id for row in rows} == ids | set(base().closure.closed)
        assert {row.id for row in rows if row.first is None} == set(base().closure.closed)
        assert [row.narrowing for row in rows] == sorted((row.narrowing for row in rows), reverse=True)
        assert all(np.isfinite([row.narrowing, row.chance, row.first or 0, row.total or 0]).all() for row in rows)
        assert all(row.narrowing <= 1 for row in rows)


def test_what_decides_an_answer_is_asked_for():
    """Visits of the base year are an assumption; merging hangs on the desk staff that it frees."""
    values = ask(base(), Scenario(), draws=1024, prior_draws=256)
    assert not any(answer.is_change for answer in values.outcomes)
    assert values.first("visits").id == "visits_base" and values.first("visits").narrowing == pytest.approx(1, abs=1e-6)
    by_id = {row.id: row for row in values.unknowns["visits"]}
    assert by_id["visits_base"].first == pytest.approx(1, abs=0.05)
    assert by_id["visits_base"].total == pytest.approx(1, abs=0.05)
    merged = ask(base(), Scenario(levers={"merged_bodies": 138.0}), draws=4096, prior_draws=32)
    assert merged.first().id == merged.first("visits").id == "merge_release"
    assert merged.first("duty_met") is None or merged.first("duty_met").is_sure


def test_what_is_known_is_not_asked_for():
    known = ChangedAssumption(77, 77, 77, "counted")
    found = ask(base(staff_province=known, staff_city=ChangedAssumption(560, 560, 560, "counted")), SINK, **QUICK)
    assert not {row.id for row in found.overall} & {"staff_province", "staff_city", "staff_county"}


def test_where_all_is_known_there_is_nothing_to_ask():
    points = {
        id: ChangedAssumption(a.mid, a.mid, a.mid, "known") for id, a in BASELINE.assumptions.items() if not a.closed
    }
    found = ask(base(**points), SINK, **QUICK)
    assert found.overall == () and found.first() is None and found.first("visits") is None
    assert all(answer.p10 == answer.p90 for answer in found.outcomes)


def test_the_same_question_has_the_same_answer():
    assert ask(base(), SINK, HEADLINES, **QUICK) == ask(base(), SINK, HEADLINES, **QUICK)


def test_implausible_draws_do_not_make_the_variance():
    """Indices are of an outcome within the range of the kept draws: first orders add up to 1 at most."""
    found = ask(base(), Scenario(levers={"other_duties_cut": 0.1}), draws=512, prior_draws=256)
    for rows in found.unknowns.values():
        assert sum(row.first or 0 for row in rows) < 1.3

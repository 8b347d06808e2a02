"""The central case is the projection in which every assumption stands at its mid."""

import numpy as np
import pytest

from model import ChangedAssumption, Scenario, project, shipped_baseline
from model.projection.base_year import central_base
from model.projection.central_case import central_case
from model.year.measures import MEASURE, MEASURES, scopes

BASELINE = shipped_baseline("hunan-2021")
SUNK = {"staff.change.city": -100.0, "staff.change.county": 100.0, "staff.spread": "need", "rules": "2025"}
POINTS = {id: ChangedAssumption(one.mid, one.mid, one.mid, "known") for id, one in BASELINE.assumptions.items()}


@pytest.mark.parametrize("reading", [{}, {"staff": "posts", "special_cases": "outside"}], ids=["as assumed", "other"])
def test_the_central_base_year_is_the_report(reading):
    base = central_base(Scenario(reading=reading))
    special = 1411 if reading else 0
    assert base.year.work.staff.people.sum() == pytest.approx(2359, rel=1e-12)
    assert base.year.work.staff.frontline.sum() == pytest.approx(1504, rel=1e-12)
    assert base.year.budget.filed.item() == pytest.approx((7385 + special) / 2.814, rel=1e-12)


def test_the_central_case_of_the_shipped_baseline_is_plausible():
    assert all(passes.all() for passes in central_base(Scenario()).closure.passes.values())


def test_a_projection_whose_assumptions_are_all_points_is_the_central_case():
    """The closed ones stay ranges: they are not drawn, but say what is plausible."""
    points = {id: point for id, point in POINTS.items() if not BASELINE.assumptions[id].closed}
    projection = project(Scenario(levers=SUNK, assumptions=points), draws=256)
    central = central_case(Scenario(levers=SUNK))
    for k, measure in enumerate(MEASURES):
        result = projection.measures[measure.id]
        bands = {"total": result.total, **result.tiers, **result.prefectures}
        for s, scope in enumerate(scopes(BASELINE)):
            assert (scope in bands) == central.meaning[k, s]
            if scope in bands:
                expected = central.values[k, s].item()
                band = bands[scope].scenario
                np.testing.assert_allclose([band.p10, band.p50, band.p90], expected, rtol=1e-9, atol=1e-9)
    assert not projection.measures["visits"].rests_on


def test_a_changed_assumption_moves_the_central_case_by_its_mid_alone():
    ours = BASELINE.assumptions["site_days"]
    wider = Scenario(levers=SUNK, assumptions={"site_days": ChangedAssumption(0.1, ours.mid, 0.9, "a guess")})
    moved = Scenario(levers=SUNK, assumptions={"site_days": ChangedAssumption(ours.low, 0.5, ours.high, "measured")})
    central = central_case(Scenario(levers=SUNK))
    np.testing.assert_array_equal(central_case(wider).values, central.values)
    visits = list(MEASURE).index("visits")
    assert central_case(moved).values[visits, 0] < central.values[visits, 0]

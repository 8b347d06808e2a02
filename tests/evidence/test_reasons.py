"""The reasons of assumptions lead to their ranges."""

import numpy as np
import pytest

from model import Scenario, shipped_baseline
from model.evidence.baseline import COUNTY
from model.projection.base_year import base_year_of
from model.projection.why.step import plan_year


@pytest.mark.parametrize(("a_day", "a_trip", "travel", "left"), [(2, 2, 0.1, 0.4), (7.3, 5.8, 0.04, 0.1)])
def test_the_reason_of_the_time_on_site_takes_off_the_road_as_the_model_has_it(a_day, a_trip, travel, left):
    baseline, scenario = shipped_baseline("hunan-2021"), Scenario()
    base = base_year_of(scenario, baseline)
    assumed = base.assumed
    crew_days = plan_year(base, scenario).work.days_per_visit / np.asarray(assumed["officers_per_visit"])
    road = (crew_days - np.asarray(assumed["site_days"])) * np.asarray(assumed["visits_per_trip"]) / a_trip
    there = float(np.median(road[:, baseline.pools.slices[COUNTY]]))
    assert there == pytest.approx(travel, abs=0.02)
    assert 1 / a_day - there == pytest.approx(left, abs=0.02)
    reason = baseline.assumptions["site_days"].basis
    assert all(f"{travel:g}" in reason[language] and f"{a_day:g}" in reason[language] for language in ("zh", "en"))

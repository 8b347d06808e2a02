"""Need is read in five ways: it always adds up, and the base year holds under each (method, sections 1 and 2)."""

from dataclasses import replace

import numpy as np
import pytest

from model import Scenario, shipped_baseline
from model.files.scenario_file import read_scenario
from model.force.need import need_by_pool
from model.projection.base_year import base_year_of
from model.projection.project import evaluate
from model.scenario.decisions import READINGS, readings
from model.year.measures import MEASURE

BASELINE = shipped_baseline("hunan-2021")
WITHOUT_GDP = replace(BASELINE, prefectures=tuple(replace(one, gdp=None) for one in BASELINE.prefectures))
WEIGHTS = {"need_by_letters": np.array([[0.0], [0.3], [1.0]])}


@pytest.mark.parametrize("counted", READINGS["need"])
def test_need_adds_up_in_every_tier_and_draw(counted):
    need = need_by_pool(BASELINE, WEIGHTS, {"need": counted})
    np.testing.assert_allclose(need @ BASELINE.pools.of_tier, 1.0)
    differs = not np.allclose(need[0], need[-1])
    assert differs == (counted == "drawn")


def test_drawn_need_lies_between_population_and_letters():
    drawn, people, letters = (
        need_by_pool(BASELINE, WEIGHTS, {"need": one}) for one in ("drawn", "population", "letters")
    )
    np.testing.assert_allclose(drawn[0], people[0])
    np.testing.assert_allclose(drawn[1], 0.7 * people[1] + 0.3 * letters[1])
    np.testing.assert_allclose(drawn[2], letters[2])


@pytest.mark.parametrize("counted", READINGS["need"])
def test_the_base_year_holds_however_need_is_read(counted):
    scenario = Scenario(reading={} if counted == "drawn" else {"need": counted})
    base = base_year_of(scenario, BASELINE, 2048)
    values = dict(zip(MEASURE, evaluate(base, scenario).values[:, 0], strict=True))
    np.testing.assert_allclose(values["staff"], 2359)
    np.testing.assert_allclose(values["frontline"], 1504)
    np.testing.assert_allclose(values["cases_filed"], 7385 / 2.814)
    np.testing.assert_allclose(values["visits"], base.assumed["visits_base"][:, 0])


def test_without_gdp_that_reading_is_left_out_and_refused():
    assert readings(BASELINE)["need"] == READINGS["need"]
    assert readings(WITHOUT_GDP)["need"] == ("drawn", "population", "letters", "area")
    with pytest.raises(ValueError, match="gdp"):
        need_by_pool(WITHOUT_GDP, WEIGHTS, {"need": "gdp"})
    file = b'schema = 1\nname = "A"\n[reading]\nneed = "gdp"\n'
    assert read_scenario(file)[0].reading == {"need": "gdp"}
    scenario, problems = read_scenario(file, baseline=WITHOUT_GDP)
    assert scenario is None and [problem.key for problem in problems] == ["reading.need"]


def test_without_letters_drawn_need_is_population_and_their_reading_is_refused():
    without = replace(BASELINE, prefectures=tuple(replace(one, letters=None) for one in BASELINE.prefectures))
    drawn, people = (need_by_pool(without, WEIGHTS, {"need": one}) for one in ("drawn", "population"))
    assert drawn.tolist() == people.tolist() == need_by_pool(without, WEIGHTS, {}).tolist()
    with pytest.raises(ValueError, match="letters"):
        need_by_pool(without, WEIGHTS, {"need": "letters"})

"""The share in time of a whole force is the one simulated file by file, its months among them (method, section 8)."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from phased_force import share_in_time_by_files
from random_scenarios import random_levers
from representative import case_base
from thorough import some, tries

from model import Scenario, load
from model.projection.base_year import BaseYear, base_year_of, baseline_of, some_draws
from model.projection.project import evaluate
from model.year.year import Year

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.toml"))
NEARLY_FULL = 0.98
"""Share of the time for files that the files of a plan may ask: a growing backlog of them is not simulated here."""


def modelled(base: BaseYear, scenario: Scenario) -> float:
    """The share in time of all files, in a base year of one draw."""
    return evaluate(base, scenario, ["on_time_share"]).values[0, 0].item()


@pytest.mark.parametrize("path", some(SHIPPED, 3), ids=lambda path: path.stem)
def test_phases_learning_and_season_hardly_move_it_in_a_shipped_plan(path):
    """Within a point of files that meet each month as it is."""
    scenario = load(path)
    base = case_base(scenario)
    assert modelled(base, scenario) == pytest.approx(share_in_time_by_files(base, scenario, offices=100), abs=0.01)


BY_AND_BY = [
    {"frontline_share.city": 0.9, "horizon_months": 12.0, "phase_months": 60.0},
    {"frontline_share.city": 0.95, "horizon_months": 12.0},
    {"staff.change.city": -300.0, "staff.change.county": 300.0, "phase_months": 60.0},
    {"staff.change.city": -300.0, "staff.change.county": 300.0, "horizon_months": 12.0},
    {"staff.change.city": -250.0, "staff.change.county": 250.0, "horizon_months": 36.0, "phase_months": 36.0},
    {"staff.change.city": -400.0, "staff.change.county": 400.0},
    {"offsite_checks": 100_000.0, "horizon_months": 12.0},
]
"""Plans that take the months to come in which files are counted, or leave review too little for its files."""


@pytest.mark.parametrize("levers", some(BY_AND_BY, 4), ids=str)
def test_so_have_plans_that_come_by_and_by(levers):
    """Within 5 points, give or take the offices simulated; in place from the first day they were off by up to 41."""
    scenario = Scenario(levers=levers)
    base = case_base(scenario)
    assert modelled(base, scenario) == pytest.approx(share_in_time_by_files(base, scenario, offices=150), abs=0.055)


@pytest.mark.by_night
def test_any_plan_has_the_share_that_its_files_have():
    """Plans at the ends of their levers in draws at random: in place within 2 points, with their months within 5."""
    for base, scenario in odd_plans(tries(24)):
        at_once = scenario.with_decisions(levers={**scenario.levers, "phase_months": 0.0})
        in_place = share_in_time_by_files(base, scenario, offices=60, phased=False)
        assert modelled(base, at_once) == pytest.approx(in_place, abs=0.02)
        by_files = share_in_time_by_files(base, scenario, offices=60)
        assert modelled(base, scenario) == pytest.approx(by_files, abs=0.05)


def odd_plans(number: int) -> Iterator[tuple[BaseYear, Scenario]]:
    """Plans at random, each in a base year of one draw, in which every team has the time that its files ask for."""
    random, baseline = np.random.default_rng(7), baseline_of(Scenario())
    base = base_year_of(Scenario(), baseline, 512)
    while number:
        scenario = Scenario(levers=random_levers(random, baseline, 0.2))
        draw = int(random.integers(len(base.assumed["vacancy"])))
        one = some_draws(base, slice(draw, draw + 1))
        if has_time_for_files(evaluate(one, scenario, ["cases_filed"]).year):
            number -= 1
            yield one, scenario


def has_time_for_files(year: Year) -> bool:
    time = (1 - year.work.time_for_visits) * year.budget.rest_days
    return bool((year.budget.case_demand <= NEARLY_FULL * time).all())

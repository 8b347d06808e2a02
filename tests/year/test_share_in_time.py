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


def test_any_plan_has_the_share_that_its_files_have():
    """Plans at the ends of their levers in draws at random: in place within 2 points, with their months within 6.

    But for plans that leave a queue without any reviewer, who go by and by and not on the first day.
    """
    for base, scenario in odd_plans(tries(24)):
        share = modelled(base, scenario)
        in_place = share_in_time_by_files(base, scenario, offices=60, phased=False)
        assert share == pytest.approx(in_place, abs=0.02)
        if all_are_reviewed(evaluate(base, scenario, ["cases_filed"]).year):
            assert share == pytest.approx(share_in_time_by_files(base, scenario, offices=60), abs=0.06)


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


def all_are_reviewed(year: Year) -> bool:
    return bool((year.review.capacity[year.review.arrivals > 0] > 0).all())

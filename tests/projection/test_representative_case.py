"""The representative case stands for the draws: its headlines are their medians, in base year, plan and change."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from scenario_strategies import listed_scenarios, scenarios
from synthetic import Size, write_baseline
from thorough import tries

from model import Baseline, ChangedAssumption, Scenario, TooFewDraws, read_baseline, shipped_baseline
from model.evidence.baseline import TIERS
from model.files.scenario_file import load_scenario
from model.force.people import people_by_tier
from model.projection.base_year import BaseYear, base_year_at, base_year_of, baseline_of
from model.projection.project import evaluate
from model.projection.representative_case import representative_base, representative_case
from model.projection.totals import totals, unmoved
from model.year.measures import HEADLINES, MEASURES

HUNAN = shipped_baseline("hunan-2021")
ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "scenarios").glob("*.toml"))
SINK = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})
IDS = [measure.id for measure in MEASURES]
QUARTERS = (0.25, 0.75)
ROUNDING = 1e-3
"""Part of the 10 to 90 % band by which a value may miss a bound: many draws stand at 1 or at 0 exactly."""


def base_of(scenario: Scenario, draws: int = 512, baseline: Baseline | None = None) -> BaseYear:
    return base_year_of(scenario, baseline or baseline_of(scenario), draws)


def places(base: BaseYear, scenario: Scenario, ids: tuple[str, ...]) -> dict[tuple[str, str], tuple[float, ...]]:
    """Each total in the case beside its 25th and 75th percentile, by "base", "plan" or "change" and measure."""
    case, found = representative_base(base, scenario), {}
    for id, (before, after), (here, there) in zip(
        ids,
        np.moveaxis(totals(base, [unmoved(scenario), scenario], ids), 1, 0),
        np.moveaxis(totals(case, [unmoved(scenario), scenario], ids), 1, 0),
        strict=True,
    ):
        pairs = {"base": (before, here), "plan": (after, there), "change": (after - before, there - here)}
        for what, (draws, value) in pairs.items():
            low, high = np.quantile(draws, QUARTERS)
            slack = ROUNDING * np.ptp(np.quantile(draws, (0.1, 0.9))) + 1e-9 * max(np.abs(draws).max(), 1)
            found[what, id] = float(value[0]), float(low - slack), float(high + slack)
    return found


def outside(base: BaseYear, scenario: Scenario, ids: tuple[str, ...] = HEADLINES) -> dict:
    return {key: row for key, row in places(base, scenario, ids).items() if not row[1] <= row[0] <= row[2]}


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_every_headline_lies_in_the_middle_half_of_the_draws(path):
    scenario = load_scenario(path)[0]
    base = base_of(scenario, 4096)
    assert not outside(base, scenario)
    assert representative_base(base, scenario).closure.plausible.all()


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_so_does_every_other_measure_that_is_not_a_count_of_whole_people(path):
    scenario = load_scenario(path)[0]
    assert not outside(base_of(scenario, 4096), scenario, tuple(id for id in IDS if id not in ("staff", "frontline")))


@given(scenarios(HUNAN))
@settings(max_examples=tries(20), deadline=None, derandomize=True)
def test_every_headline_lies_in_the_middle_half_under_any_plan(scenario):
    try:
        base = base_of(scenario)
    except TooFewDraws:
        return
    assert not outside(base, scenario)


@given(listed_scenarios(HUNAN))
@settings(max_examples=tries(5), deadline=None, derandomize=True)
def test_every_headline_lies_in_the_middle_half_with_a_staff_list(scenario):
    try:
        base = base_of(scenario, 2048)
    except TooFewDraws:
        return
    assert not outside(base, scenario)


def test_the_case_is_the_report():
    base = representative_base(base_of(SINK), SINK)
    assert base.year.work.staff.people.sum() == pytest.approx(2359, rel=1e-12)
    assert base.year.work.staff.frontline.sum() == pytest.approx(1504, rel=1e-12)
    assert base.year.budget.filed.item() == pytest.approx(7385 / 2.814, rel=1e-12)
    assert base.draws.kept == 1


def test_the_same_draws_and_plan_give_the_same_case():
    base = base_of(SINK)
    assert representative_base(base, SINK) is representative_base(base_of(SINK), Scenario(levers=dict(SINK.levers)))
    again = representative_case(base_year_at(base, base.assumed), SINK)
    np.testing.assert_array_equal(again.values, representative_case(base, SINK).values)


@pytest.mark.parametrize("size", [Size(1, 2, 9), Size(2, 5, 31)], ids=["two prefectures", "two provinces"])
def test_another_baseline_has_a_case_that_stands_for_its_draws(tmp_path, size):
    baseline = read_baseline(write_baseline(tmp_path / "elsewhere", size))
    scenario = Scenario(levers={"staff.change.city": -3.0, "staff.change.county": 3.0})
    assert not outside(base_of(scenario, 2048, baseline), scenario)


def test_an_assumption_that_is_known_stays_what_it_is():
    known = Scenario(levers=SINK.levers, assumptions={"site_days": ChangedAssumption(0.5, 0.5, 0.5, "measured")})
    base = base_of(known)
    assert representative_base(base, known).assumed["site_days"].item() == 0.5
    assert not outside(base, known)


def test_where_every_assumption_is_known_the_case_is_the_projection():
    points = {
        id: ChangedAssumption(one.mid, one.mid, one.mid, "known")
        for id, one in HUNAN.assumptions.items()
        if not one.closed
    }
    scenario = Scenario(levers=SINK.levers, assumptions=points)
    base = base_of(scenario, 256)
    np.testing.assert_allclose(
        representative_case(base, scenario).values[:, :, 0], evaluate(base, scenario).values[:, :, 0], rtol=1e-9
    )


def test_every_value_lies_in_its_range():
    base = base_of(SINK)
    for id, value in representative_base(base, SINK).assumed.items():
        assert base.assumptions[id].low <= value.item() <= base.assumptions[id].high


def test_sinking_a_hundred_costs_the_case_what_it_costs_the_median_draw():
    """With every assumption at its mid it cost 18.7 points of decisions in time, ten times the median draw's loss."""
    base = base_of(SINK, 4096)
    value, low, high = places(base, SINK, ("on_time_share",))["change", "on_time_share"]
    assert low <= value <= high and value > -0.04


ANOTHER_PROCESSOR = {"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3", "OPENBLAS_CORETYPE": "Sandybridge"}
"""Settings under which NumPy and its algebra compute as on an older processor; elsewhere they mean nothing."""


@pytest.mark.by_night
def test_another_processor_has_the_same_case():
    """In the last digits processors differ, and searches that begin a hair apart can end at other plans."""
    code = f"""
from model import Scenario
from model.projection.base_year import base_year_of, baseline_of
from model.projection.representative_case import representative_base
scenario = Scenario(levers={dict(SINK.levers)})
case = representative_base(base_year_of(scenario, baseline_of(scenario), 512), scenario)
print(*(value.item().hex() for value in case.assumed.values()))
"""
    environment = os.environ | ANOTHER_PROCESSOR
    there = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    values = [float.fromhex(value) for value in there.stdout.split()]
    here = [value.item() for value in representative_base(base_of(SINK), SINK).assumed.values()]
    assert values == pytest.approx(here, rel=1e-14, abs=1e-14)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_its_tiers_have_the_people_that_every_page_shows(path):
    """The cities had 598 in the workbook and 560 in the brief beside it."""
    plan = load_scenario(path)[0]
    base = base_of(plan)
    case = representative_case(base, plan).values[IDS.index("staff"), 1 : 1 + len(TIERS), 0]
    shown = [after for _, after in people_by_tier(plan, base.baseline).values()]
    assert case.tolist() == pytest.approx(shown)

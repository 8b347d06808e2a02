"""Another force is another folder of files: nothing in the model is written for one province."""

import ast
import re
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from closure_checks import assert_closed, assert_plausible
from synthetic import Size, write_baseline

import model
from model import Scenario, TooFewDraws, project, read_baseline, shipped_baseline
from model.evidence.baseline import Baseline
from model.force.need import need_by_pool
from model.projection.base_year import base_year_of
from model.projection.project import evaluate, summarise
from model.scenario.levers import levers
from model.year.measures import MEASURE, MEASURES

SMALL = Size(provinces=1, prefectures=5, county_level_units=31, people_factor=1.3)
RULES_2025 = replace(SMALL, rules="2025")
THREE = Size(provinces=3, prefectures=20, county_level_units=140)
NATION = Size(provinces=31, prefectures=447, county_level_units=2404)
SIZES = {"small": SMALL, "rules-2025": RULES_2025, "three": THREE}
SINKING = Scenario(levers={"staff.change.city": -40.0, "staff.change.county": 40.0})


@pytest.fixture(scope="module", params=SIZES)
def made_up(request, tmp_path_factory) -> tuple[Size, Baseline]:
    size = SIZES[request.param]
    return size, read_baseline(write_baseline(tmp_path_factory.mktemp("baselines") / request.param, size))


def test_the_base_year_of_another_force_is_its_own_report(made_up):
    size, baseline = made_up
    base = base_year_of(Scenario(), baseline, draws=1024)
    assert base.draws.kept >= 512
    assert_closed(base)
    assert_plausible(base)
    np.testing.assert_allclose(base.year.work.staff.people.sum(axis=1), size.people, rtol=1e-9)
    np.testing.assert_allclose(base.year.work.staff.frontline.sum(axis=1), size.officers, rtol=1e-9)
    assert len(baseline.pools) == size.provinces + 2 * size.prefectures


def test_a_plan_for_another_force_has_every_measure_for_every_place(made_up):
    size, baseline = made_up
    result = project(SINKING, baseline=baseline, draws=512)
    assert result.baseline == baseline.id
    assert result.measures.keys() == MEASURE.keys()
    for id in ("staff", "visits", "cases_decided", "on_time_share"):
        measure = result.measures[id]
        assert measure.prefectures.keys() == {f"place{k}" for k in range(size.prefectures)}
        assert measure.tiers.keys() == {"province", "city", "county"}
    staff = result.measures["staff"]
    assert staff.total.scenario.p50 == pytest.approx(size.people)
    assert staff.tiers["county"].difference.p50 == pytest.approx(40)
    assert len(result.bottlenecks) == len(baseline.pools)
    assert {row.prefecture for row in result.bottlenecks if row.tier == "city"} == {p.id for p in baseline.prefectures}


def test_only_what_the_model_can_predict_is_predicted(made_up):
    _, baseline = made_up
    assert [row.id for row in project(Scenario(), baseline=baseline, draws=512).holdouts] == [
        "zhejiang_officers_per_visit"
    ]


def test_every_hold_out_of_the_shipped_baseline_is_predicted():
    baseline = shipped_baseline("hunan-2021")
    held_out = [figure.id for figure in baseline.benchmarks.values() if figure.use == "hold-out"]
    assert [row.id for row in project(Scenario(), draws=512).holdouts] == held_out


def test_bounds_of_the_levers_are_those_of_the_force(made_up):
    size, baseline = made_up
    found = levers(baseline)
    for tier, people in size.staff.items():
        assert found[f"staff.change.{tier}"].low == -(people - 2 * size.bodies[tier])
        assert found[f"staff.change.{tier}"].high == size.people
    assert found["merged_bodies"].high == sum(size.bodies.values())
    assert found["rules"].base == size.rules


def test_provinces_keep_to_themselves(tmp_path):
    """County files are reviewed in their own city, and a province's pool has the need of its prefectures."""
    baseline = read_baseline(write_baseline(tmp_path / "three", THREE))
    pools = baseline.pools
    (need,) = need_by_pool(baseline, {"need_by_letters": np.array([[0.4]])}, {})
    provinces, cities, counties = pools.slices
    assert [len(range(*s.indices(len(pools)))) for s in (provinces, cities, counties)] == [3, 20, 20]
    assert np.array_equal(pools.place[cities], pools.place[counties])
    for k in range(3):
        own = pools.province == k
        assert need[cities][own[cities]].sum() == pytest.approx(need[provinces][k])
        assert pools.area_km2[cities][own[cities]].sum() == pytest.approx(pools.area_km2[provinces][k])
    assert need[provinces].sum() == pytest.approx(1)
    assert [name for name in baseline.pool_names if name[0] == "province"] == [
        ("province", f"land{k}") for k in range(3)
    ]


@pytest.mark.parametrize("years", ["0", "-1", "inf"])
def test_cases_are_counted_over_some_years(tmp_path, years):
    folder = write_baseline(tmp_path / "three", THREE)
    about = folder / "baseline.toml"
    lines = [one for one in about.read_text("utf-8").splitlines() if not one.startswith("cases_window_years")]
    about.write_text("\n".join([f"cases_window_years = {years}", *lines]), "utf-8")
    with pytest.raises(ValueError, match="cases_window_years must be above 0"):
        read_baseline(folder)


def test_people_sent_to_one_province_arrive_there(tmp_path):
    baseline = read_baseline(write_baseline(tmp_path / "three", THREE))
    base = base_year_of(Scenario(), baseline, draws=512)
    chosen = {p.id: 1.0 for p in baseline.prefectures if p.province == "land1"}
    levers = {"staff.change.province": 30.0, "staff.change.city": 60.0, "staff.new_posts": 90.0, "staff.spread": chosen}
    arrived = evaluate(base, Scenario(levers=levers)).year.work.staff.people - base.year.work.staff.people
    of_province = arrived @ (baseline.pools.province[:, None] == np.arange(3))
    np.testing.assert_allclose(of_province, np.broadcast_to([0, 90, 0], of_province.shape), atol=1e-9)


def test_a_base_year_above_the_visit_cap_is_not_plausible(tmp_path):
    """Under the rules of 2025 a base year beyond the cap would come out with fewer visits than reported."""
    baseline = read_baseline(write_baseline(tmp_path / "capped", RULES_2025))
    units = baseline.assumptions["regulated_units"]

    def with_units(share: float) -> Baseline:
        fewer = replace(units, low=units.low * share, mid=units.mid * share, high=units.high * share)
        return replace(baseline, assumptions={**baseline.assumptions, "regulated_units": fewer})

    half = base_year_of(Scenario(), with_units(0.5), draws=512)
    assert half.draws.kept < base_year_of(Scenario(), baseline, draws=512).draws.kept
    assert_closed(half)
    with pytest.raises(TooFewDraws) as refused:
        base_year_of(Scenario(), with_units(0.1), draws=512)
    assert refused.value.refused["visit_cap"] == 512


@pytest.mark.by_night
def test_the_nation_runs_within_memory(tmp_path):
    """31 provinces, 447 prefectures, 2,404 county-level units: 925 pools, all measures, 60 months."""
    baseline = read_baseline(write_baseline(tmp_path / "nation", NATION))
    assert len(baseline.pools) == 925
    base = base_year_of(Scenario(), baseline, draws=512)
    np.testing.assert_allclose(base.year.work.staff.people.sum(axis=1), NATION.people, rtol=1e-9)
    np.testing.assert_allclose(base.year.budget.visits.sum(axis=1), base.assumed["visits_base"][:, 0], rtol=1e-9)
    tracemalloc.start()
    plan = evaluate(base, SINKING)
    result = summarise(base, plan)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 500e6
    assert plan.values.shape == (len(MEASURES), 4 + 447, base.draws.kept)
    assert np.isfinite(plan.values).all()
    assert (plan.months.backlog >= 0).all()
    assert len(result.measures["visits"].prefectures) == 447


FOLDER = Path(model.__file__).parent
SHIPPED = shipped_baseline("hunan-2021")
OWN_NUMBERS = {2359, 1504, 138, 123, 122, 14, 29, 7385, 1411, 2.814, 472, 4356, 14_800, 0.6376}
OWN_WORDS = re.compile("|".join(["hunan", "湖南", *(p.id for p in SHIPPED.prefectures)]), re.IGNORECASE)
# The baseline that a scenario stands on when it names none, and figures predicted under the ids of their rows.
NAMED_ON_PURPOSE = {"hunan-2021", *SHIPPED.benchmarks}


def constants(text: str) -> list[tuple[int, object]]:
    """Line and value of every constant of a source, docstrings left out."""
    tree = ast.parse(text)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in docstrings
    ]


def of_one_province(value: object) -> bool:
    if isinstance(value, str):
        return bool(OWN_WORDS.search(value)) and value not in NAMED_ON_PURPOSE
    return not isinstance(value, bool) and value in OWN_NUMBERS


CORE = sorted(path for path in FOLDER.rglob("*.py") if path.relative_to(FOLDER).parts[0] != "outputs")


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_the_code_knows_no_province_and_none_of_its_numbers(path):
    found = [(line, value) for line, value in constants(path.read_text(encoding="utf-8")) if of_one_province(value)]
    assert found == []


@pytest.mark.parametrize("value", [14, 123.0, 2359, "Hunan has", "xiangxi", "hunan-2022"])
def test_a_constant_of_one_province_is_seen(value):
    assert [of_one_province(v) for _, v in constants(f'"""14 Hunan"""\nx = [{value!r}, True, 1]')] == [
        True,
        False,
        False,
    ]

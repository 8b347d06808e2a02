"""Targets as they are written: read as meant, every problem named, and met as the full model counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from representative import case_base
from scenario_strategies import legal_levers
from thorough import tries

from model import Scenario, shipped_baseline
from model.outputs.phrasing.problems import sentence
from model.outputs.words import LANGUAGES
from model.projection.base_year import base_year_of
from model.projection.project import evaluate
from model.scenario.settings import settings as lever_settings
from model.search.aims.draw_sample import all_draws
from model.search.aims.target import ROUND, Target, read_targets
from model.search.programme.response import open_case
from model.year.measures import MEASURES, scopes

HUNAN = shipped_baseline("hunan-2021")
EVERY = [Target(measure.id, scope, measure.better >= 0, 0.5) for measure in MEASURES for scope in scopes(HUNAN)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("on_time_share>=0.9", Target("on_time_share", "total", True, 0.9)),
        (" on_time_share ≥ 90 % ", Target("on_time_share", "total", True, 0.9)),
        ("ｄｕｔｙ＿ｍｅｔ＠ｃｏｕｎｔｙ＞＝１", Target("duty_met", "county", True, 1.0)),
        ("visits@长沙市>=5,000", Target("visits", "changsha", True, 5000.0)),
        ("visits@Changsha>=5e3", Target("visits", "changsha", True, 5000.0)),
        ("backlog_end<=0", Target("backlog_end", "total", False, 0.0)),
        ("staff@county<=1700", Target("staff", "county", False, 1700.0)),
        ("utilisation@xiangxi<=40%", Target("utilisation", "xiangxi", False, 0.4)),
        ("review_load@county<=120%", Target("review_load", "county", False, 1.2)),
    ],
)
def test_a_target_is_read_as_it_is_meant(written, read):
    assert read_targets([written], HUNAN) == ((read,), ())


def test_a_target_writes_itself_as_it_is_read():
    assert read_targets([str(target) for target in EVERY], HUNAN) == (tuple(EVERY), ())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("written", "code", "says"),
    [
        ("on_time_share", "target_form", "on_time_share>=0.9"),
        ("visits=9", "target_form", "visits@changsha>=5000"),
        ("visits>9", "target_form", "visits@changsha>=5000"),
        ("", "target_form", "on_time_share>=0.9"),
        ("on_tme_share>=0.9", "target_measure_meant", "on_time_share"),
        ("检查>=9", "target_measure", "wisn_ratio"),
        ("visits@atlantis>=9", "target_scope", "changsha"),
        ("visits<=9", "target_wrong_way", "visits>=9"),
        ("review_load>=0.5", "target_wrong_way", "review_load<=0.5"),
        ("visits>=many", "target_number", "0"),
        ("visits>=-1", "target_number", "0"),
        ("visits>=inf", "target_number", "0"),
        ("visits>=nan", "target_number", "0"),
        ("on_time_share>=90", "target_share", "90%"),
        ("on_time_share>=101%", "target_share", "0.9"),
        ("visits>=90%", "target_no_share", "%"),
        ("*[x](y)\x1b[31m" * 40, "target_form", "…"),
    ],
)
def test_a_problem_says_what_would_be_right(written, code, says, language):
    targets, problems = read_targets([written], HUNAN)
    assert targets == () and [problem.code for problem in problems] == [code]
    said = sentence(problems[0], language)
    assert says in said and said.isprintable() and "{" not in said


def test_every_problem_is_named_at_once_and_a_target_stands_once():
    targets, problems = read_targets(["visits>=9", "x>=1", "visits>=8", "visits@city>=8", "duty_met>=2"], HUNAN)
    assert [str(target) for target in targets] == ["visits>=9", "visits@city>=8"]
    assert [problem.code for problem in problems] == ["target_measure", "target_twice", "target_share"]


@given(st.text(max_size=40) | st.from_regex(r"[a-z_]{0,9}@?[a-z]{0,5}[<>=]{1,2}[0-9.e%-]{0,6}", fullmatch=True))
@settings(max_examples=tries(60), deadline=None)
def test_any_text_is_a_target_or_a_problem(text):
    targets, problems = read_targets([text], HUNAN)
    assert len(targets) + len(problems) == 1
    assert all(sentence(problem, language) for problem in problems for language in LANGUAGES)


@pytest.mark.parametrize(("at_least", "value", "missing"), [(True, 9.0, 1.0), (False, 11.0, 1.0), (True, 12.0, -2.0)])
def test_what_is_missing(at_least, value, missing):
    target = Target("visits", "total", at_least, 10.0)
    assert target.missing(np.array(value)) == missing
    assert target.missing(np.array(10 * (1 + 1e-12))) == target.missing(np.array(10 * (1 - 1e-12))) == 0


@given(legal_levers(HUNAN, without=("staff.moves", "staff.spread")), st.integers(0, 2**32 - 1))
@settings(max_examples=tries(8), deadline=None, derandomize=True)
def test_a_sample_answers_as_the_full_model_does(chosen, seed):
    """Every measure at every place and in every draw, for a plan given pool by pool."""
    scenario = Scenario(levers={id: value for id, value in chosen.items() if not id.startswith("staff.")})
    base = base_year_of(scenario, HUNAN, 512, 1)
    case, _ = open_case(case_base(scenario, HUNAN), scenario)
    people = np.random.default_rng(seed).integers(-6, 7, len(HUNAN.pools)).astype(float)
    plan = Scenario(levers={**scenario.levers, **case.levers(people), "staff.new_posts": float(people.sum())})
    full = evaluate(base, plan)
    sample = all_draws(base, case.settings)
    answers = sample.values(EVERY, np.stack([people, np.zeros(len(people))]))
    np.testing.assert_allclose(
        np.where(full.meaning.reshape(-1, 1), answers[:, :, 0], 0.0),
        np.where(full.meaning.reshape(-1, 1), full.values.reshape(len(EVERY), -1), 0.0),
        rtol=1e-9,
        atol=1e-9,
    )
    assert np.isnan(answers[~full.meaning.ravel()]).all()
    as_set = sample.under(lever_settings(plan.levers, HUNAN)).values_as_set(EVERY)[:, :, 0]
    np.testing.assert_allclose(answers[:, :, 0], as_set, rtol=1e-9, atol=1e-9)


def test_some_draws_of_a_sample_answer_as_they_do_among_all():
    base = base_year_of(Scenario(), HUNAN, 512, 1)
    sample = all_draws(base, lever_settings({}, HUNAN))
    asked = [Target("on_time_share", "total", True, 0.9), Target("backlog_end", "total", False, 9.0)]
    which = np.array([3, 3, 200, 0])
    plans = np.zeros((2, len(HUNAN.pools)))
    plans[1, [1, 15]] = -9.0, 9.0
    np.testing.assert_array_equal(sample.subset(which).values(asked, plans), sample.values(asked, plans)[:, which])


def test_a_target_of_nothing_is_missed_by_whatever_is_there():
    target = Target("backlog_end", "total", False, 0.0)
    assert target.size == 1.0
    assert target.missing(np.array([0.0, 1e-12, 3.0, -2.0])).tolist() == [0.0, 0.0, 3.0, -2.0]


def test_rounding_is_a_part_of_the_amount_that_a_target_names():
    target = Target("visits", "total", True, 1e6)
    assert target.size == Target("visits", "total", False, -1e6).size == 1e6
    assert Target("visits", "total", True, 0.0).size == 1.0
    size = ROUND * target.size
    assert target.missing(target.value - size * np.array([0.5, 2.0])) == pytest.approx([0.0, 2 * size])
    large = Target("visits", "total", True, 2e9)
    assert large.missing(large.value - np.array([ROUND * large.size])).item() == 0

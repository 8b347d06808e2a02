"""The file of a sweep's table gives back the plans that it was made of, and refuses what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import ChangedAssumption, Scenario, shipped_baseline
from model.command_line.sweep import _as_file
from model.outputs.compare.sweep.executors import here
from model.outputs.compare.sweep.grid import plans_on, read_axis
from model.outputs.compare.sweep.many_plans import sweep
from model.outputs.compare.sweep.table_file import best_first, read_table, scenario_of
from model.outputs.phrasing.problems import sentence
from model.outputs.words import LANGUAGES

HUNAN = shipped_baseline("hunan-2021")
PLANS = (
    *plans_on(Scenario(name={"zh": "下沉"}), [read_axis("staff.change.city=-100:0:50", HUNAN)], HUNAN),
    Scenario(
        name={"en": "=1+1"},
        levers={"staff.change.city": -20, "staff.change.county": 20, "staff.moves": {"county.changsha": 20}},
        assumptions={"complaints": ChangedAssumption(20_000.0, 21_000.0, 22_000.0, "-")},
        reading={"staff": "posts"},
    ),
    Scenario(name={"en": "unbalanced"}, levers={"staff.change.city": -20}),
)


@pytest.fixture(scope="module")
def table():
    return sweep(PLANS, draws=512, executor=here)


def problem_of(data: bytes) -> str:
    plans, (problem,) = read_table(data, "table.csv")
    assert plans == ()
    assert all("{" not in sentence(problem, language) for language in LANGUAGES)
    return problem.code


def test_each_row_gives_back_its_plan(table):
    plans, problems = read_table(_as_file(table, ".csv"), "table.csv")
    assert not problems and len(plans) == len(PLANS)
    for swept, plan in zip(plans[:4], PLANS, strict=False):
        again, wrong = scenario_of(swept.source)
        assert not wrong and again.without_texts == plan.without_texts
    assert plans[3].name == "=1+1", "the mark that keeps a spreadsheet from taking it for a formula is no part of it"
    again, (wrong, *_) = scenario_of(plans[4].source)
    assert again is None and wrong.file == "unbalanced" and plans[4].changes == {}


def test_changes_are_those_of_the_table_and_the_best_come_first(table):
    plans, _ = read_table(_as_file(table, ".csv"), "table.csv")
    assert [one.changes["visits"].p50 for one in plans[:4]] == table["visits_difference_p50"].tolist()[:4]
    for headline in ("visits", "on_time_share"):
        best = [one.changes[headline].p50 for one in best_first(plans, headline)]
        assert best == sorted(best, reverse=True) and len(best) == 4


def test_a_table_saved_again_by_chinese_excel_is_read(table):
    data = _as_file(table, ".csv").decode("utf-8-sig").encode("gb18030")
    assert read_table(data, "table.csv") == read_table(_as_file(table, ".csv"), "table.csv")


def test_what_is_no_table_of_a_sweep_is_refused_in_words(table):
    assert problem_of(b"") == "sweep_columns"
    assert problem_of(b"a,b\r\n1,2\r\n") == "sweep_columns"
    assert problem_of(b"PK\x03\x04\0\0") == "binary"
    assert problem_of(b"x" * 5_000_001) == "too_large"
    without = table.drop(columns=["decisions"])
    assert problem_of(_as_file(without, ".csv")) == "sweep_columns"
    assert problem_of(b'plan,"' + b"x" * 200_000) == "sweep_unreadable"
    assert problem_of(_as_file(table.head(0), ".csv")) == "sweep_empty"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "{",
        "[1]",
        "7",
        '{"levers": {}}',
        '{"staff": {"change": {"city": 1e999}}}',
        "[" * 9000,
        "[[1, 2]]",
        '{"note": "\\ud800"}',
    ],
)
def test_decisions_that_are_damaged_are_refused_when_they_are_asked_for(table, cell):
    damaged = table.head(1).assign(decisions=cell)
    (plan,), _ = read_table(_as_file(damaged, ".csv"), "table.csv")
    scenario, problems = scenario_of(plan.source)
    assert scenario is None and problems
    assert all("{}" not in sentence(problem, language) for problem in problems for language in LANGUAGES)


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: f"plan,{text}".encode("utf-8", "replace")))
def test_any_bytes_give_an_answer(data):
    plans, problems = read_table(data, "table.csv")
    assert not plans or not problems

"""What a target lacks is what is asked less what is reached, as the two are printed."""

import re
from functools import cache
from types import SimpleNamespace

import pytest

from model import Scenario, shipped_baseline
from model.outputs.answers.answer_table import alike, capital
from model.outputs.answers.targets import (
    _figure,
    _short,
    _sure,
    in_terminal,
    named,
    notes,
    sentences,
    table,
    target_in_words,
)
from model.outputs.words import LANGUAGES, text
from model.search.aims.target import TOTAL, Target
from model.search.targets import Standing, TargetsAnswer, plan_for_targets

BASELINE = shipped_baseline("hunan-2021")
OWN = Scenario(levers={"staff.change.city": -100.0, "staff.change.county": 100.0})


class Missed:
    """An answer with one target that is missed, in the representative case."""

    probability = None
    plan = SimpleNamespace(scenario=OWN)

    def __init__(self, target: Target, value: float):
        self.standings = (Standing(target, value, value, 0.0, 0.0, None, None, value),)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("measure", "asked", "reached", "printed"),
    [
        ("on_time_share", 0.9, 0.78681, (78.7, 90.0, 11.3)),
        ("on_time_share", 0.9, 0.89574, (89.57, 90.0, 0.43)),
        ("visits", 80_000.0, 71_676.6, (71_677, 80_000, 8_323)),
        ("visits", 80_000.0, 79_999.6, (80_000, 80_000, 0.4)),
    ],
)
def test_what_is_missing_is_the_difference_that_the_reader_makes(measure, asked, reached, printed, language):
    (words,) = _short(Missed(Target(measure, TOTAL, True, asked), reached), BASELINE, language)
    found = [float(number.replace(",", "")) for number in re.findall(r"[\d,]*\d(?:\.\d+)?", words)]
    assert sorted(found) == sorted(printed)


def test_a_target_reached_is_written_as_every_other_share_unless_it_reads_like_what_was_asked():
    target = Target("on_time_share", TOTAL, True, 0.9)
    assert [_figure(value, target).written("zh") for value in (0.92823, 0.90034, 0.9)] == ["92.8%", "90.03%", "90.0%"]


def test_figures_that_stand_together_have_one_precision():
    """'90.01 %' stood beside the '90.0 %' asked."""
    target = Target("on_time_share", TOTAL, True, 0.9)
    for values, written in (((0.9, 0.9001), ["90.00%", "90.01%"]), ((0.9, 0.928), ["90.0%", "92.8%"])):
        assert [one.written("zh") for one in alike(_figure(value, target) for value in values)] == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_for_the_representative_case_says_so_in_its_first_sentence(language):
    """'Comes to 82.6 %' stood over a table that says 82.1 %, the median."""
    assert {"zh": "代表情形", "en": "representative case"}[language] in _sure(None, language)


@cache
def found(asked: float) -> TargetsAnswer:
    answer = plan_for_targets(OWN, [Target("on_time_share", TOTAL, True, asked)], draws=512)
    assert isinstance(answer, TargetsAnswer)
    return answer


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [0.5, 0.999])
def test_a_target_of_cases_in_time_names_the_days_of_a_longer_limit(asked, language):
    """'Decided in time at least 90 %' counted within 120 days, the base year's within 90."""
    plan = Scenario(levers={"rules": "2025", "decision_limit": "120"})
    answer = plan_for_targets(plan, [Target("on_time_share", TOTAL, True, asked)], draws=512)
    assert isinstance(answer, TargetsAnswer) and answer.holds == (asked < 0.9)
    said = sentences(answer, plan, BASELINE, language)
    assert {"zh": "120 天", "en": "120 days"}[language] in said[0]
    assert "120" in named(answer, plan, BASELINE).name[language]
    assert "90" not in sentences(found(0.7), OWN, BASELINE, language)[0]


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_one_fewer_is_said_to_miss_only_where_the_targets_are_met(language):
    fewest, nearest = (text(f"targets.{kind}", language) for kind in ("fewest", "nearest"))
    for asked, said, not_said in ((0.78, fewest, nearest), (0.9, nearest, fewest)):
        answer = found(asked)
        assert answer.holds == (asked < 0.9)
        words = "\n".join(notes(answer, language))
        assert said in words and not_said not in words
        note = named(answer, OWN, BASELINE).note[language]
        aim = target_in_words(answer.standings[0].target, BASELINE, language)
        kind = "fewest" if answer.holds else "nearest"
        assert text(f"targets.found_{kind}", language, aim=aim) in note


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_is_moved_no_move_fewer_is_spoken_of(language):
    """'One move fewer misses' stood under targets that hold as people sit in the base year."""
    answer = found(0.7)
    assert answer.holds and not answer.plan.moved
    for words in ("\n".join(notes(answer, language)), in_terminal(answer, OWN, BASELINE, language)):
        assert text("targets.fewest_none", language) in words
        assert text("targets.fewest", language) not in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_two_figures_of_one_plan_each_says_which_it_is(language):
    """'79.5 %', of the representative case, stood beside '79.0 %', the median of the draws."""
    plan = capital(text("decide.column_found", language))
    heads = table(found(0.9), OWN, BASELINE, language).heads
    of_plan = [head for head in heads if plan in head]
    assert of_plan == [text(f"decide.in_{what}", language, what=plan) for what in ("median", "case")]

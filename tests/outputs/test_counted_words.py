"""A count of one takes the singular, wherever it may be one."""

import re
import string
from dataclasses import replace

import pytest
from handouts import handout

from model.outputs.answers import not_done, projection
from model.outputs.answers.answer_table import Figure
from model.outputs.brief import brief_tables
from model.outputs.phrasing.sentences import missing_amount, missing_span
from model.outputs.story.plan_story import plan_story
from model.outputs.words import LANGUAGES, keys, text
from model.projection.results import Band, QuarterShortfall, Shortfall

NOUNS = "problems|teams|assumptions|people|places|changes|levers|visits|files|cases|numbers|plans|months|votes"
NEVER_ONE = {
    "bureau_plan.strength": "a year's visits",
    "compare.levers_rest": "levers of all plans",
    "compare.sentence_base": "a year's visits",
    "evidence_page.draws_words": "all assumptions",
    "evidence_page.reading_staff": "the force",
    "evidence_page.shown_of": "all numbers",
    "evidence_page.why_hunan_cases_2021": "cases of the report",
    "frontier.far": "a year's visits",
    "frontier.point": "a year's visits",
    "frontier.trade": "a year's visits",
    "inspection.said": "a year's visits",
    "opening.sink": "a hundred",
    "passport.compared": "two plans at least",
    "plan.beside_duty_met": "a year's visits",
    "plan.binds_all": "all teams",
    "plan.force_total": "the force",
    "plan.force_total_more": "the force",
    "present.vote_right": "of votes",
    "problems.more_problems": "the most that are listed",
    "problems.staff_list_does_not_add_up": "the force",
    "stability.gain_less_visits": "a change that counts",
    "staff_list.more_problems": "the most that are listed",
    "story.answer_pools": "all teams",
    "story.ask_choice": "two plans at least",
    "story.compared": "two plans at least",
    "story.force": "cases of the report",
    "story.note_months": "a province's backlog",
    "story.situation": "cases of the report",
    "story.situation_cases": "cases of the report",
    "story.waiting": "a province's backlog",
    "story.waiting_most": "a province's backlog",
    "story.who": "two plans at least",
    "workbook.read_what": "all teams",
    "workbook_steps.name_staff": "a code",
}
"""Phrases whose count is never one, and what it counts."""


PHRASES = sorted(set(keys()) - NEVER_ONE.keys())


def wrong_of_one(key: str) -> bool:
    """Whether a phrase tells one of a thing as several."""
    phrase = text(key, "en")
    ones = {name: "1" for _, name, _, _ in string.Formatter().parse(phrase) if name}
    return bool(re.search(rf"(?<![\d.,])1 (?:{NOUNS})\b", text(key, "en", **ones)))


@pytest.mark.parametrize("subject", sorted({key.partition(".")[0] for key in PHRASES}))
def test_one_of_a_thing_is_not_told_as_several(subject):
    assert [key for key in PHRASES if key.startswith(f"{subject}.") and wrong_of_one(key)] == []


def test_several_are_told_as_several():
    assert text("command_line.problem_count", "en", count=2) == "2 problems in all"
    assert text("moves.sentence", "en", people="1", pools="2", parts="x") == "1 person moves, 2 teams change: x."


def test_what_is_excused_would_fail():
    assert [key for key in NEVER_ONE if not wrong_of_one(key)] == []


def test_what_is_missing_is_no_tenth_of_a_case():
    def said(p90: float, language: str) -> str:
        return missing_amount(
            Shortfall("case decisions", "cases a year", "city", "place", Band(0, 0, p90), 0.1), language
        )

    assert [said(p90, "zh") for p90 in (0.01, 0.12, 1.0, 3.2, 286.7)] == ["", "不到 1 件", "1 件", "3.2 件", "287 件"]
    assert said(0.12, "en") == "less than 1 case"


def test_a_band_of_what_is_missing_has_no_tenth_of_a_case_either():
    """The command line and the brief said 0 to 0.3 cases where the slides said less than 1."""

    def said(p10: float, p90: float, language: str) -> str:
        band = Band(p10, (p10 + p90) / 2, p90)
        return missing_span(Shortfall("case decisions", "cases a year", "city", "place", band, 0.1), language)

    spans = [(0, 0.01), (0, 0.3), (0.2, 0.7), (0.3, 12.4), (0, 3.2), (5, 5)]
    assert [said(*span, "zh") for span in spans] == [
        "0 件/年",
        "不到 1 件",
        "不到 1 件",
        "不到 1 至 12 件/年",
        "0 至 3.2 件/年",
        "5 件/年",
    ]
    assert said(0, 0.3, "en") == "less than 1 case" and said(0.3, 12.4, "en") == "less than 1 to 12 cases a year"
    cell = Figure(0.1, "cases", is_counted=True)
    assert [cell.written(language) for language in ("zh", "en")] == ["不到 1", "less than 1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_terminal_and_brief_tell_less_than_one_alike(language):
    """In Hengyang the year lacked 0.1 cases on the page of what may not be done."""
    tenth, quarter = Band(0.0, 0.0, 0.1), Band(0.0, 0.0, 1.0)
    own = ("case decisions", "cases a year", "city", "hengyang")
    one = handout(language)
    short = replace(
        one.projection,
        not_done=(Shortfall(*own, tenth, 0.11),),
        not_done_by_quarter=(QuarterShortfall(*own, quarter, 0.12, quarter=3),),
    )
    *_, of_quarter, of_year = not_done.table(short, one.baseline, language).rows[0]
    assert of_quarter.written(language) == "1" and of_year.written(language) == text("plan.under_one", language)
    words = text("plan.missing_under", language, amount={"zh": "1 件", "en": "1 case"}[language])
    (row,) = brief_tables.missing(replace(one, projection=short)).rows
    assert row[-1] == words and words in projection.in_terminal(short, one.baseline, language)
    assert words in repr(plan_story(short, one.baseline, language).slides)

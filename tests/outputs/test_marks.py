"""Every figure on a slide says where it comes from, and tables of people add up as they are printed."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from handouts import handout
from told_stories import SHIPPED, baseline, nasty, of_plan, of_six, passport_of, shipped

from model import Scenario, project
from model.files.library import FOLDER
from model.files.scenario_file import load_scenario
from model.outputs.brief.papers.paper import Grid, Paragraph
from model.outputs.brief.papers.plan_papers import report, request
from model.outputs.brief.papers.quality_paper import quality_sheet
from model.outputs.evidence import evidence_table
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.typesetting import _words, lines
from model.outputs.story.marks import SHAPES, has_figure, headed, marked
from model.outputs.story.plan_story import plan_story
from model.outputs.story.slide_parts import Group, PlacedChart, PlacedTable, Text, key_of, parts_of
from model.outputs.story.story import CONTINUED, Chart, Figure, Question, Slide, Story, Table, chapter, with_passport
from model.outputs.words import LANGUAGES, text

MARKS = "".join(SHAPES.values())
PLANS = {**{stem or "base": stem for stem in ("", *SHIPPED)}, "nasty": "nasty", "six": "six"}


@cache
def told(plan: str, language: str) -> Story:
    if plan == "six":
        return of_six(language)
    projection = nasty() if plan == "nasty" else shipped(PLANS[plan])
    return with_passport(of_plan(projection, language), passport_of(projection, language))


def uncovered(slide: Slide) -> Iterator[str]:
    """The figures of a slide as its writers get them which neither they nor their card, title or head mark."""
    for part in parts_of(slide):
        match part:
            case Text(role="headline" | "lead", lines=lines) if slide.id != "cover":
                yield from lines
            case Text(role="points" | "remarks", lines=lines):
                yield from (re.sub(r"^\d+\. ", "", line) for line in lines)
            case Group(kind="figure", parts=(_, value, *others)):
                yield from () if value.unit.endswith(tuple(MARKS)) else value.lines
                yield from (line for one in others for line in one.lines)
            case Group(kind="question", parts=(*_, last)) if isinstance(last, Text):
                yield from last.lines
            case PlacedChart(chart=chart):
                yield from () if chart.title[-1] in MARKS else ("0",)
            case PlacedTable(table=table) if table.head:
                columns = zip(table.head, *table.rows, strict=True)
                yield from (cell for head, *cells in [*columns][1:] if head[-1] not in MARKS for cell in cells)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plan", PLANS)
def test_no_line_ends_between_a_figure_and_its_mark(plan, language):
    shown = repr([[*parts_of(slide)] for slide in told(plan, language).slides])
    assert re.search(rf"\\xa0[{MARKS}]", shown) and not re.search(rf"\S [{MARKS}]", shown)


def test_a_mark_takes_the_last_sign_before_it_into_the_next_line():
    assert _words("一年缺\xa0△") == ["一", "年", "缺\xa0△"]
    assert lines("一年缺\xa0△", 20, 75) == 2 == lines("A year\xa0△", 20, 90)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plan", PLANS)
def test_every_figure_on_every_slide_carries_its_mark_and_the_foot_says_what_it_means(plan, language):
    for slide in told(plan, language).slides:
        naked = [words for words in uncovered(slide) if re.search(r"\d", words) and words[-1] not in MARKS]
        assert not naked, slide.id
        key = key_of(parts_of(slide), language)
        shown = repr([*parts_of(slide)])
        assert {shape for shape in MARKS if shape in shown} == {shape for shape in MARKS if shape in key}


@pytest.mark.parametrize(
    "slide",
    [
        {"headline": "12 officers"},
        {"lead": "12 officers"},
        {"points": ("1. 12 officers",)},
        {"figures": (Figure("visits", "Visits", "12", "a year"),)},
        {"figures": (Figure("visits", "Visits", "12", marked("1", "computed"), "+2 visits"),)},
        {"figures": (Figure("visits", "Visits", "12", marked("1", "computed"), "", ("band 9 to 14",)),)},
        {"questions": (Question("How many?", ("A", "B"), (0,), "12 officers"),)},
        {"charts": (Chart("people", "Staff", "", ()),)},
        {"table": Table(("Tier", "People"), (("City", "560"),))},
    ],
    ids=lambda slide: next(iter(slide)),
)
def test_a_figure_without_a_mark_gets_on_no_slide(slide):
    with pytest.raises(ValueError, match="no mark"):
        Slide(**{"id": "new", "headline": "Something new", **slide})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plan", PLANS)
def test_what_the_plan_sets_is_marked_though_it_has_no_digit(plan, language):
    """Where people go is set in words: it stood without a mark between figures that had one."""
    for slide in told(plan, language).slides:
        if chapter(slide.id) == "move" and plan != "six":
            cells = [cell for row in slide.table.rows for cell in row[1:]]
            assert [one for one in (slide.headline, *cells) if one[-1] not in MARKS] == []
        if slide.id in ("question", "answer") and slide.lead:
            assert slide.lead[-1] == SHAPES["set"]
        if chapter(slide.id) == "ask" and plan != "six":
            assert [point for point in slide.points if point[-1] not in MARKS] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plan", sorted({*PLANS} - {"six"}))
def test_the_draws_have_the_same_mark_on_the_cover_and_in_the_passport(plan, language):
    cover, *_, last = told(plan, language).slides
    (kept,) = {
        value
        for row in last.table.rows
        for label, value in zip(row[::2], row[1::2], strict=True)
        if label == text("passport.draws", language)
    }
    assert kept[-1] == cover.points[-1][-1] == SHAPES["computed"]


def test_a_mark_lets_a_figure_on_a_slide():
    cell = Table(("Tier", "People"), (("City", marked("560", "assumed")),))
    column = Table(("Tier", headed("People", "assumed")), (("City", "560"),))
    for table in (cell, column):
        Slide("new", marked("12 officers", "reported"), table=table)


def test_the_split_of_the_force_is_assumed_and_its_total_is_the_reports():
    (move,) = (slide for slide in told("sink-to-counties", "en").slides if slide.id == "move")
    before = [row[1] for row in move.table.rows[:4]]
    assert before == ["77 people\xa0○", "560 people\xa0○", "1,722 people\xa0○", "2,359 people\xa0■"]
    assert move.charts[0].title.endswith("○◇")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_assumption_has_its_mark_of_the_evidence_page_on_slides_and_in_papers(language):
    """Time on site was derived on the page, and assumed on the slides and in the report."""
    one = handout(language)
    marks = {row.label: row.mark for row in evidence_table.rows(one.baseline, {}, language) if is_assumption(row)}
    slides = {slide.id: slide for slide in plan_story(one.projection, one.baseline, language).slides}
    rows = [row for id, slide in slides.items() if id.partition(CONTINUED)[0] == "rests" for row in slide.table.rows]
    for label, range_, _, why in rows:
        assert {cell[-1] for cell in (range_, why) if has_figure(cell)} == {SHAPES[marks[label]]}
    assert {"derived", "assumed"} <= {marks[row[0]] for row in rows}
    first = rows[0][0]
    quality = word("mark", marks[first], language)
    assert slides["ask"].points[-1][-1] == SHAPES[marks[first]]
    for paper in (report(one), request(one)):
        asked = [part.words for part in paper.parts if isinstance(part, Paragraph) and first in part.words]
        assert asked and all(quality.lower() in words for words in asked)
    tables = [part.table for part in quality_sheet(one).parts if isinstance(part, Grid)]
    weights = {row[0]: row[2] for table in tables for row in table.rows if row[0] in marks}
    assert first in weights
    assert weights == {label: word("mark", marks[label], language) for label in weights}


def is_assumption(row: evidence_table.Row) -> bool:
    return row.id.startswith("assumption.")


def test_people_of_an_own_list_are_not_called_assumed():
    scenario, _ = load_scenario(FOLDER / "sink-to-counties.toml")
    listed = {("province", ""): (70, 22), **{("city", p.id): (40, 24) for p in baseline(shipped("")).prefectures}}
    listed |= {("county", p.id): (124, 80) for p in baseline(shipped("")).prefectures}
    listed["county", "changsha"] = (2359 - 70 - 14 * 40 - 13 * 124, 1504 - 22 - 14 * 24 - 13 * 80)
    own = Scenario(levers=scenario.levers, staff_list=listed)
    projection = coherent(project(own))
    (move,) = (slide for slide in plan_story(projection, baseline(projection), "en").slides if slide.id == "move")
    assert all(row[1][-1] == "◇" for row in move.table.rows[:4])


MOVES = [(-10, -100, 110), (0, -100, 100), (-10, 0, 10), (5, -5, 0), (0, 100, -100)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("moves", MOVES)
def test_the_table_of_what_moves_adds_up_as_printed(moves, language):
    """Of a move between two tiers the third stood in no row, and two rows stood over a total of three."""
    levers = {f"staff.change.{tier}": float(n) for tier, n in zip(("province", "city", "county"), moves, strict=True)}
    projection = coherent(project(Scenario(levers={id: n for id, n in levers.items() if n}), draws=512))
    (move,) = (slide for slide in plan_story(projection, baseline(projection), language).slides if slide.id == "move")
    for column in (1, 2):
        *tiers, total = (int(re.sub(r"\D", "", row[column])) for row in move.table.rows[:4])
        assert sum(tiers) == total == 2359

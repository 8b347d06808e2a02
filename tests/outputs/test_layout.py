"""No text on a slide is too small to read from the back or overflows its place, whoever wrote it."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_stories import nasty, of_plan, of_six, passport_of, passport_of_six, shipped

from model.outputs.phrasing.typesetting import clipped, ems, height, lines, plain, ruled
from model.outputs.story.layout import (
    BOTTOM,
    GAP,
    HIGH,
    OWN,
    SMALLEST,
    WIDE,
    Box,
    Line,
    cards,
    dealt,
    has_room,
    is_strong,
    places_of,
    question_card,
    rows_of,
)
from model.outputs.story.slide_parts import BOLD, Group, Part, Text, parts_of
from model.outputs.story.story import ANSWER, Figure, Slide, Table, with_passport
from model.outputs.words import LANGUAGES
from model.projection.base_year import baseline_of

PLANS = {"base": lambda: shipped(""), "sink": lambda: shipped("sink-to-counties"), "nasty": nasty}
STORIES = (*PLANS, "six")
LIVE = BOTTOM - 130
"""Where a slide of a plan ends over the levers."""


@cache
def slides(story: str, language: str) -> tuple[Slide, ...]:
    if story == "six":
        return with_passport(of_six(language), passport_of_six(language)).slides
    projection = PLANS[story]()
    return with_passport(of_plan(projection, language), passport_of(projection, language)).slides


def texts(slide: Slide, bottom: float) -> list[tuple[tuple[str, ...], Line, bool]]:
    """Every text of a slide with its place, and whether it is bold."""
    where = places_of(slide, bottom)
    found = [((slide.headline,), where.headline, True)]
    found += [((slide.lead,), where.lead, False)] if where.lead else []
    found += [(slide.points, where.points, False)] if where.points else []
    for figure, card in zip(slide.figures, cards(slide.figures, where.figures), strict=True):
        found += [((figure.label,), card.label, True), ((figure.value,), card.value, True)]
        found += [((figure.change,), card.change, True)] if figure.change else []
        shares = dealt(figure.lines, len(card.columns))
        found += [(lines, line, False) for lines, line in zip(shares, card.columns, strict=True)]
    for question, box in zip(slide.questions, where.questions, strict=True):
        inner = question_card(question, box)
        found += [((question.prompt,), inner.prompt, True), ((question.answer,), inner.answer, True)]
        found += [((option,), line, True) for option, line in zip(question.options, inner.options, strict=True)]
    return found


def boxes(slide: Slide, bottom: float) -> list[Box]:
    where = places_of(slide, bottom)
    table = where.table and Box(where.table.left, where.table.top, where.table.width, sum(where.ruled.heights))
    points = where.points and where.points.box
    return [
        *filter(None, (where.headline.box, table, points)),
        *where.figures,
        *where.questions,
        *where.charts,
        *([where.lead.box] if where.lead else []),
    ]


def placed_texts(parts: Iterable[Part]) -> Iterator[tuple[tuple[str, ...], Line, bool]]:
    """Every text among the parts that page and file write, as `texts` has it."""
    for part in parts:
        if isinstance(part, Group):
            yield from placed_texts(part.parts)
        elif isinstance(part, Text):
            # An option is measured as bold, since it becomes so where it is right.
            yield part.lines, part.place, part.role in (*BOLD, "option")


@pytest.mark.parametrize("bottom", [BOTTOM, LIVE])
@pytest.mark.parametrize("story", STORIES)
def test_page_and_file_write_every_text_of_a_slide_once_and_no_answer_before_its_slide(story, bottom):
    for slide in slides(story, "zh"):
        found = list(placed_texts(parts_of(slide, bottom)))
        answers = [(question.answer,) for question in slide.questions if slide.id != ANSWER]
        wanted = [one for one in texts(slide, bottom) if one[0] not in answers]
        assert sorted(found, key=repr) == sorted(wanted, key=repr), slide.id


@pytest.mark.parametrize("bottom", [BOTTOM, LIVE])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_every_text_fits_its_box_and_can_be_read_from_the_back(story, language, bottom):
    for slide in slides(story, language):
        if bottom == LIVE and story == "six":
            continue
        for said, line, bold in texts(slide, bottom):
            assert line.size >= SMALLEST
            high = sum(height(one, line.size, line.box.width, bold) for one in said)
            assert high <= line.box.height + 8, (slide.id, said, line)
        ruled_ = places_of(slide, bottom).ruled
        assert ruled_ is None or ruled_.size >= SMALLEST


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_a_table_ends_above_the_foot_and_its_rows_share_the_room(story, language):
    for slide in slides(story, language):
        where = places_of(slide)
        if where.ruled and where.table:
            assert where.table.top + sum(where.ruled.heights) <= BOTTOM - GAP + 1, slide.id


@pytest.mark.parametrize("bottom", [BOTTOM, LIVE])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_the_parts_of_a_slide_stand_on_it_and_apart(story, language, bottom):
    for slide in slides(story, language):
        if bottom == LIVE and story == "six":
            continue
        found, where = boxes(slide, bottom), places_of(slide, bottom)
        for box in found:
            assert box.left >= 0 and box.top >= 0 and box.left + box.width <= WIDE, (slide.id, box)
            assert box.top + box.height <= (bottom if slide.id != "cover" else HIGH) + 1, (slide.id, box)
        body = [box for box in found if box not in (where.headline.box, getattr(where.lead, "box", 0))]
        for i, one in enumerate(body):
            assert all(not _overlap(one, other) for other in body[i + 1 :]), slide.id


def _overlap(one: Box, other: Box) -> bool:
    across = one.left < other.left + other.width - 1 and other.left < one.left + one.width - 1
    return across and one.top < other.top + other.height - 1 and other.top < one.top + one.height - 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_odds_of_all_figures_stand_equally_far_under_their_number(language):
    told = next(slide for slide in slides("sink", language) if len(slide.figures) == 4 and slide.figures[0].lines)
    made = cards(told.figures, places_of(told).figures)
    assert len(made[0].columns) == 3, "two bands side by side, and the odds under both"
    assert len({round(card.columns[2].box.top - card.value.box.top) for card in made}) == 1
    assert made[0].columns[2].box.width > 1.9 * made[0].columns[0].box.width


def test_one_figure_alone_takes_the_width_of_the_slide():
    figure = Figure(id="staff_total", label="执法人员合计", value="150", unit="人 ■")
    (box,) = places_of(Slide("situation", "执法人员 150 名 ■", figures=(figure,))).figures
    assert box.width == OWN.body.width


@pytest.mark.parametrize("story", ["nasty", "six"])
def test_a_chart_is_never_lower_than_can_be_read(story):
    for slide in slides(story, "en"):
        assert all(box.height >= 300 and box.width >= 800 for box in places_of(slide).charts), slide.id


def test_the_reasons_of_assumptions_take_the_room_that_there_is_over_the_levers():
    (slide,) = [one for one in slides("sink", "zh") if one.id == "rests"]
    baseline = baseline_of(shipped("sink-to-counties").scenario)
    strongest = next(one for one in baseline.assumptions.values() if one.label["zh"] == slide.table.rows[0][0])
    assert ems(strongest.basis["zh"]) > 60 and strongest.basis["zh"] in slide.table.rows[0][-1]
    where = places_of(slide, LIVE)
    assert sum(where.ruled.heights) <= where.table.height


@pytest.mark.parametrize("lines", range(1, 5))
def test_a_table_made_as_high_as_its_place_has_room(lines):
    """A row was sent to another page for a ten-millionth of a millionth of a pixel."""
    rows = tuple((str(row), "很长的理由，" * 7 * (lines if row else 1)) for row in range(4))
    made = replace(Slide("rests", "结论 ▲", points=("排序。",)), table=Table(("假设", "理由"), rows))
    where = places_of(made, LIVE)
    assert sum(where.ruled.heights) < where.table.height
    assert has_room(made)


def test_a_page_that_continues_a_slide_is_in_no_larger_type_than_a_slide_without_room():
    """Two rows alone would stand in type twice that of the page before, down to the foot."""
    pages = [one for language in LANGUAGES for one in slides("sink", language) if one.id.startswith("rests_")]
    assert pages and all(places_of(one).ruled.size <= 30 for one in pages)


# Measuring.

ANYTHING = st.text(max_size=400)


@given(ANYTHING)
def test_plain_text_is_one_line_without_a_character_that_breaks_a_file(text):
    made = plain(text)
    assert made == plain(made) and "\n" not in made
    assert not any(unicodedata.category(one) in ("Cc", "Cs", "Cn", "Co") for one in made)
    made.encode("utf-8")


@given(ANYTHING, st.floats(3, 60))
def test_a_clipped_text_is_no_wider_than_asked_and_whole_where_there_is_room(text, most):
    made = clipped(text, most)
    assert ems(made) <= most + 0.5
    assert made == plain(text) or made.endswith("…")


@given(ANYTHING.map(plain), st.integers(24, 60), st.floats(200, 1800))
def test_a_narrower_place_never_takes_fewer_lines(text, size, width):
    assert lines(text, size, width) <= lines(text, size, width / 2)
    assert lines(text, size, width) >= ems(text) * size / width - 1


@given(st.lists(st.tuples(*[ANYTHING.map(plain)] * 3), min_size=1, max_size=6), st.floats(600, 1760))
def test_the_columns_of_a_table_share_its_width(rows, width):
    set_ = ruled(rows, width, 600, (34, 28, 24), lambda row, column: row == 0)
    assert sum(set_.widths) == pytest.approx(width)
    assert all(one > 0 for one in set_.widths) and len(set_.heights) == len(rows)


def test_heads_and_labels_are_strong():
    for slide in slides("sink", "zh"):
        if slide.table:
            strong = [[is_strong(slide.table, r, c) for c in range(2)] for r in range(len(rows_of(slide.table)))]
            assert strong[0] == [True, bool(slide.table.head)] and strong[1] == [True, False]

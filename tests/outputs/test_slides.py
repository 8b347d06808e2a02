"""The file of slides read back: native charts and tables, faces by name, notes and passport; an office opens it."""

import io
import re
from functools import cache
from zipfile import ZipFile

import openpyxl
import pytest
from conftest import Office
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt
from told_stories import (
    MADE_ON,
    NASTY,
    document,
    nasty,
    of_plan,
    of_six,
    passport_of,
    passport_of_six,
    shipped,
    six,
)

from model.evidence.baseline import TIERS
from model.outputs.phrasing.numbers import amount
from model.outputs.phrasing.typesetting import plain
from model.outputs.story.slide_text import FACE
from model.outputs.story.slides import slides
from model.outputs.story.story import Slide, Story, selection, with_passport
from model.outputs.words import LANGUAGES, text
from model.year.measures import HEADLINES

SMALLEST = Pt(12)
"""24 pixels of a screen 1920 wide."""
PLANS = {"base": lambda: shipped(""), "sink": lambda: shipped("sink-to-counties"), "nasty": nasty}
ALL = (*PLANS, "six")


@cache
def told(name: str, language: str) -> Story:
    return of_six(language) if name == "six" else of_plan(PLANS[name](), language)


@cache
def file(name: str, language: str) -> bytes:
    made = passport_of_six(language) if name == "six" else passport_of(PLANS[name](), language)
    return slides(told(name, language), made, MADE_ON, language)


def pages(name: str, language: str) -> dict[str, object]:
    """The pages by the id of their slide."""
    found = Presentation(io.BytesIO(file(name, language))).slides
    return dict(zip((slide.id for slide in told(name, language).slides), found, strict=True))


def charts(page) -> list:
    return [shape.chart for shape in page.shapes if shape.has_chart]


def said(page) -> str:
    return "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)


def values(chart) -> dict[str, tuple[float, ...]]:
    return {series.name: tuple(series.values) for plot in chart.plots for series in plot.series}


# Figures.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["base", "sink"])
def test_the_charts_are_chart_parts_that_hold_the_figures_of_the_json(name, language):
    measures, months = document(PLANS[name]())["measures"], document(PLANS[name]())["months"]
    found = pages(name, language)
    plans = ("base", "scenario") if name == "sink" else ("base",)
    visits, cases = (values(charts(found[id])[0]) for id in ("missing", "binds"))
    for plan in plans:
        whose = text(f"charts.key_{plan}", language)

        def of(measure: str, plan: str = plan) -> tuple[float, ...]:
            return tuple(measures[measure][tier][plan]["p50"] for tier in TIERS)

        assert visits[whose] == of("visits")
        assert cases[text("story.series_filed", language, whose=whose)] == of("cases_filed")
        assert cases[text("story.series_capacity", language, whose=whose)] == of("case_capacity")
    assert visits[text("charts.key_minimum", language)] == of("legal_minimum", plans[-1])
    for chart, id in zip(charts(found["months"]), ("days_to_decision", "backlog"), strict=True):
        drawn = values(chart)
        every_second = months[id][plans[-1]]["p50"][::2]
        assert drawn[text(f"charts.key_{plans[-1]}", language)] == pytest.approx(every_second)
        high = text("story.series_high", language, whose=text(f"charts.key_{plans[-1]}", language))
        assert drawn[high] == pytest.approx(months[id][plans[-1]]["p90"][::2])
    assert not any(shape.shape_type == 13 for page in found.values() for shape in page.shapes), "a picture"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparisons_chart_has_the_medians_and_their_bands(language):
    for chart, id in zip(charts(pages("six", language)["bands"]), ("visits", "case_capacity"), strict=True):
        bands = [document(projection)["measures"][id]["total"]["scenario"] for projection in six().projections]
        (drawn,) = values(chart).values()
        assert drawn == tuple(band["p50"] for band in bands)
        for side, end in (("plus", "p90"), ("minus", "p10")):
            lengths = [
                float(v.text) for v in chart._chartSpace.findall(f".//{qn('c:errBars')}/{qn(f'c:{side}')}//{qn('c:v')}")
            ]
            assert lengths == pytest.approx([abs(band[end] - band["p50"]) for band in bands])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_every_text_of_the_story_stands_on_its_page_and_tables_are_tables(name, language):
    made = passport_of_six(language) if name == "six" else passport_of(PLANS[name](), language)
    by_id = pages(name, language)
    for slide in with_passport(told(name, language), made).slides:
        page = by_id[slide.id]
        assert page.shapes.title.text == plain(slide.headline)
        written = said(page)
        assert all(plain(part) in written for part in _parts(slide))
        tables = [shape.table for shape in page.shapes if shape.has_table]
        cells = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
        rows = ([slide.table.head] if slide.table.head else []) + [*slide.table.rows] if slide.table else []
        assert cells == [["\n".join(map(plain, cell.split("\n"))) for cell in row] for row in rows]
        assert len(charts(page)) == len(slide.charts)


def _parts(slide: Slide) -> list[str]:
    figures = [part for f in slide.figures for part in (f.label, f.value, f.unit, f.change, *f.lines)]
    questions = [part for q in slide.questions for part in (q.prompt, *q.options)]
    answers = [q.answer for q in slide.questions if slide.id == "answer"]
    return [slide.lead, *slide.points, *figures, *questions, *answers]


def test_the_question_does_not_give_the_answer_away():
    question, page = told("sink", "zh").slides[2], pages("sink", "zh")["question"]
    notes = page.notes_slide.notes_text_frame.text
    assert not any(one.answer in said(page) + notes for one in question.questions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headline_figures_stand_on_their_page_with_band_and_draws(language):
    written = said(pages("sink", language)["gives"])
    for id in HEADLINES:
        total, unit = (document(shipped("sink-to-counties"))["measures"][id][k] for k in ("total", "unit"))
        assert all(amount(total["scenario"][p], unit) in written for p in ("p10", "p50", "p90"))


# Faces, sizes, notes, passport.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_every_run_names_its_face_for_chinese_too_and_is_large_enough(name, language):
    show = Presentation(io.BytesIO(file(name, language)))
    for page in show.slides:
        runs = [*page.element.iter(qn("a:r"), qn("a:fld")), *page.notes_slide.element.iter(qn("a:r"))]
        properties = [run.find(qn("a:rPr")) for run in runs]
        for chart in charts(page):
            properties += chart._chartSpace.iter(qn("a:defRPr"), qn("a:rPr"))
        assert properties
        for one in properties:
            assert [one.find(qn(tag)).get("typeface") for tag in ("a:latin", "a:ea")] == [FACE, FACE]
        sizes = [int(one.get("sz")) for run in page.element.iter(qn("a:r")) for one in run.iter(qn("a:rPr"))]
        assert min(sizes) * 127 >= SMALLEST
        for chart in charts(page):
            assert (
                min(int(one.get("sz")) * 127 for one in chart._chartSpace.iter(qn("a:defRPr")) if one.get("sz"))
                > SMALLEST
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notes_are_the_storys_and_the_last_page_carries_the_whole_passport(language):
    found = pages("sink", language)
    for slide in told("sink", language).slides:
        notes = found[slide.id].notes_slide.notes_text_frame.text
        assert all(plain(note) in notes for note in slide.notes)
    made = passport_of(shipped("sink-to-counties"), language)
    last = list(found.values())[-1]
    cells = [cell.text for shape in last.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    assert {made.hash, str(shipped("sink-to-counties").seed), MADE_ON.isoformat()} <= set(cells)
    assert all(f"{label}: {plain(value)}" in last.notes_slide.notes_text_frame.text for label, value in made.rows)


def test_a_choice_of_slides_is_kept_and_still_ends_with_the_passport():
    short = selection(told("sink", "en"), ("gives", "question"))
    made = passport_of(shipped("sink-to-counties"), "en")
    show = Presentation(io.BytesIO(slides(short, made, MADE_ON, "en")))
    assert [page.shapes.title.text for page in show.slides] == [plain(slide.headline) for slide in short.slides]
    assert any(
        made.hash in cell.text for s in show.slides[-1].shapes if s.has_table for r in s.table.rows for cell in r.cells
    )


def test_the_same_story_gives_the_same_bytes_whenever_it_is_made():
    made = passport_of(shipped("sink-to-counties"), "en")
    again = slides(told("sink", "en"), made, MADE_ON, "en")
    assert again == file("sink", "en")
    with ZipFile(io.BytesIO(again)) as parts:
        nested = [ZipFile(io.BytesIO(parts.read(one))) for one in parts.namelist() if one.endswith(".xlsx")]
        for archive in (parts, *nested):
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
            assert MADE_ON.isoformat() in archive.read("docProps/core.xml").decode()


# Hostile text.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["nasty", "six"])
def test_no_name_breaks_the_file_or_becomes_a_formula(name, language):
    data = file(name, language)
    assert plain(NASTY[language])[:12] in "".join(said(page) for page in pages(name, language).values())
    with ZipFile(io.BytesIO(data)) as parts:
        books = [one for one in parts.namelist() if one.endswith(".xlsx")]
        assert len(books) == sum(len(slide.charts) for slide in told(name, language).slides)
        for book in books:
            sheet = openpyxl.load_workbook(io.BytesIO(parts.read(book))).active
            assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


# As its readers open it.


@pytest.mark.parametrize(("name", "language"), [("nasty", "zh"), ("six", "en")])
def test_an_office_opens_the_file_and_prints_every_page(name, language, office: Office, tmp_path):
    written = tmp_path / "slides.pptx"
    written.write_bytes(file(name, language))
    printed = office.convert(written, "pdf", tmp_path / "out").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b[^s]", printed)) == len(told(name, language).slides)

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
from slide_template import template
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
from told_stories import SHIPPED as SHIPPED_STEMS

from model.evidence.baseline import TIERS
from model.outputs.phrasing.numbers import amount
from model.outputs.phrasing.typesetting import LEADING, plain
from model.outputs.story.office.chart_bands import Series, axis_ends
from model.outputs.story.office.slide_charts import alternative, series_of
from model.outputs.story.office.slides import slides
from model.outputs.story.office.template import LAYOUTS, SHIPPED, WrongTemplate, layouts, own
from model.outputs.story.office.template import shipped as shipped_template
from model.outputs.story.story import WAY, Slide, Story, selection, with_passport
from model.outputs.words import LANGUAGES, text
from model.year.measures import HEADLINES

SMALLEST = Pt(12)
"""24 pixels of a screen 1920 wide."""
PLANS = {
    "base": lambda: shipped(""),
    "sink": lambda: shipped("sink-to-counties"),
    "nasty": nasty,
    **{stem: lambda stem=stem: shipped(stem) for stem in SHIPPED_STEMS[1:]},
}
ALL = ("base", "sink", "nasty", "six")


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


@pytest.mark.parametrize("name", ALL)
def test_lines_are_as_high_in_every_program_as_the_layout_takes_them(name):
    """Noto sets Chinese lines at 1.45 of the type: a table of eleven lines then grew over the note below it."""
    for page in pages(name, "zh").values():
        frames = [shape.text_frame for shape in page.shapes if shape.has_text_frame]
        tables = [shape.table for shape in page.shapes if shape.has_table]
        frames += [cell.text_frame for table in tables for row in table.rows for cell in row.cells]
        for paragraph in (paragraph for frame in frames for paragraph in frame.paragraphs):
            if size := max((run.font.size or 0 for run in paragraph.runs), default=0):
                assert paragraph.line_spacing == pytest.approx(size * LEADING, abs=100), paragraph.text


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


# Faces, colours, sizes.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_faces_and_colours_are_the_themes_and_no_type_is_too_small(name, language):
    """So that another theme restyles all of them: what names a face or a colour of its own stays as it is."""
    with ZipFile(io.BytesIO(file(name, language))) as parts:
        drawn = [one for one in parts.namelist() if re.match(r"ppt/(slides|charts|notesSlides)/[^/]*\.xml", one)]
        for one in drawn:
            xml = parts.read(one).decode()
            assert "srgbClr" not in xml and not re.search(r"<a:(latin|ea|cs) typeface=\"[^+]", xml), one
        themes = [parts.read(one).decode() for one in parts.namelist() if one.startswith("ppt/theme/")]
        assert len(themes) == 2 and all('<a:ea typeface="Microsoft YaHei"/>' in theme for theme in themes)
    for page in Presentation(io.BytesIO(file(name, language))).slides:
        sizes = [
            int(one.get("sz")) for run in page.element.iter(qn("a:r")) for one in run.iter(qn("a:rPr")) if one.get("sz")
        ]
        assert min(sizes) * 127 >= SMALLEST
        for chart in charts(page):
            assert (
                min(int(one.get("sz")) * 127 for one in chart._chartSpace.iter(qn("a:defRPr")) if one.get("sz"))
                > SMALLEST
            )


# Layouts and placeholders.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_pages_are_made_of_the_placeholders_of_named_layouts_and_leave_none_empty(name, language):
    for id, page in pages(name, language).items():
        assert page.slide_layout.name in {" ".join(names) for names in LAYOUTS.values()}
        kinds = [one.element.ph.get("type") for one in page.placeholders]
        assert {"title", "ftr", "sldNum"} <= set(kinds), id
        for one in page.placeholders:
            assert one.has_chart or one.has_table or one.text_frame.text.strip(), (id, one.name)
        assert sum(shape.has_chart for shape in page.shapes) == kinds.count("chart")
        assert sum(shape.has_table for shape in page.shapes) == kinds.count("tbl")
        footer = next(one for one in page.placeholders if one.element.ph.get("type") == "ftr")
        assert footer.text_frame.text.startswith(plain(told(name, language).title)[:8])


def test_the_shipped_template_is_what_its_maker_writes():
    assert layouts(shipped_template()).keys() == LAYOUTS.keys()
    assert SHIPPED.read_bytes() == template()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["base", "sink", "six"])
def test_alternative_text_is_made_from_the_chart_that_is_there(name, language):
    """Charts here have bars where those of the pages have points, and no upright marks."""
    drawn = {chart.title: chart for slide in told(name, language).slides for chart in slide.charts}
    for page in pages(name, language).values():
        for frame in (shape for shape in page.shapes if shape.has_chart):
            about = frame._element.nvGraphicFramePr.cNvPr
            chart = drawn[about.get("title")]
            assert about.get("descr") == plain(alternative(chart, language)) != chart.alt
            _, series = series_of(chart, language)
            assert all(plain(one.name) in about.get("descr") for one in series)
            said = about.get("descr").removesuffix(text("plan.sentence_end", language))
            if chart.name == WAY:
                steps = [f"{row['name']} {row['label']}" for row in chart.rows]
                assert said.endswith(plain(text("plan.list_comma", language).join(steps)))
            else:
                assert amount(series[0].values[-1], "share" if chart.name == "percent" else "people") in said
        for frame in (shape for shape in page.shapes if shape.has_table):
            about = frame._element.nvGraphicFramePr.cNvPr
            assert about.get("title") == page.shapes.title.text and about.get("descr")


def whiskers(shape) -> list[tuple[float, float]]:
    """The ends of the error bars of a series of a native chart; none where it has none."""
    bars = shape._element.find(qn("c:errBars"))
    if bars is None:
        return []
    plus, minus = ([float(v.text) for v in bars.find(qn(f"c:{side}")).iter(qn("c:v"))] for side in ("plus", "minus"))
    return [(value - down, value + up) for value, up, down in zip(shape.values, plus, minus, strict=True)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*PLANS, "six"])
def test_every_figure_with_a_band_has_it_as_error_bar_within_the_axis(name, language):
    """Whiskers were once left out, as they were cut off at the end of the axis."""
    word, found = text("charts.key_band", language), 0
    drawn = {chart.title: chart for slide in told(name, language).slides for chart in slide.charts}
    for page in pages(name, language).values():
        for frame in (shape for shape in page.shapes if shape.has_chart):
            native, about = frame.chart, frame._element.nvGraphicFramePr.cNvPr
            chart = drawn[about.get("title")]
            asks = [row for row in chart.rows if row.get("low", 0) != row.get("high", 0) or "p10" in row]
            assert (word in about.get("descr")) == bool(asks), chart.name
            if "p10" in chart.rows[0]:
                found += 1
                assert word in native.category_axis.axis_title.text_frame.text
                plans = {str(row["plan"]) for row in chart.rows}
                assert sum(one.kind == "edge" for one in series_of(chart, language)[1]) == 2 * len(plans)
                continue
            ends = [end for shape in native.plots[0].series for end in whiskers(shape)]
            bands = sorted((row["low"], row["high"]) for row in chart.rows if asks)
            assert len(ends) == len(bands)
            assert [end for pair in sorted(ends) for end in pair] == pytest.approx(
                [end for pair in bands for end in pair]
            )
            if asks:
                found += 1
                axis = native.value_axis
                assert axis.minimum_scale <= min(map(min, ends)) and max(map(max, ends)) < axis.maximum_scale
                assert word in axis.axis_title.text_frame.text
    assert found >= 2


ORDERS = {
    "c:ser": "idx order tx spPr invertIfNegative marker dPt dLbls errBars cat val xVal yVal smooth",
    "c:errBars": "errBarType errValType noEndCap plus minus spPr",
    "c:dLbls": "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize "
    "showLeaderLines",
    "c:dLbl": "idx layout numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize",
    "c:manualLayout": "layoutTarget xMode yMode x y w h",
    "c:legend": "legendPos legendEntry layout overlay spPr txPr",
    "c:plotArea": "layout barChart scatterChart catAx valAx",
}
"""The children of the elements that are written here, in the order in which an office asks for them."""


@pytest.mark.parametrize("name", ["base", "sink", "six"])
def test_the_parts_of_a_chart_stand_in_the_order_that_an_office_asks_for(name):
    seen = set()
    for chart in (chart for page in pages(name, "zh").values() for chart in charts(page)):
        for tag, order in ORDERS.items():
            for one in chart._chartSpace.iter(qn(tag)):
                places = [order.split().index(child.tag.rpartition("}")[2]) for child in one]
                assert places == sorted(places), (tag, one)
                seen.add(tag)
    assert seen >= {"c:ser", "c:errBars", "c:plotArea"}


@pytest.mark.parametrize(
    "bands",
    [[(5.0, 4.0, 60.0)], [(-3.0, -40.0, -1.0), (2.0, -1.0, 3.0)], [(1e-6, 0.0, 2e-6)], [(0.0, 0.0, 0.0)]],
    ids=["one row", "below zero", "tiny", "no band"],
)
def test_the_axis_of_bars_holds_bands_of_every_kind(bands):
    values, low, high = zip(*bands, strict=True)
    series = Series("", values, "", low=low, high=high)
    start, end = axis_ends([series])
    assert start <= min(low) and end > max(high) and start < end
    assert series.has_band == (low != high)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_a_number_stands_behind_its_band_and_within_the_chart(name, language):
    for id in ("move", "binds", "missing"):
        for chart in charts(pages(name, language)[id]) if id in pages(name, language) else []:
            space, axis = chart._chartSpace, chart.value_axis
            inner = space.chart.plotArea.find(qn("c:layout")).find(qn("c:manualLayout"))
            left, wide = (float(inner.find(qn(f"c:{side}")).get("val")) for side in ("x", "w"))
            for shape in chart.plots[0].series:
                labels = shape._element.findall(f"{qn('c:dLbls')}/{qn('c:dLbl')}")
                assert len(labels) == len(whiskers(shape))
                for label, value, (_, high) in zip(
                    labels, shape.values if labels else [], whiskers(shape), strict=True
                ):
                    moved = float(label.find(f".//{qn('c:x')}").get("val"))
                    at = left + wide * value / axis.maximum_scale + moved
                    assert at >= left + wide * max(high, value) / axis.maximum_scale - 1e-4
                    assert at < 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_what_it_is(language):
    about = Presentation(io.BytesIO(file("nasty", language))).core_properties
    assert about.title == plain(told("nasty", language).title) and about.author.startswith("=1+1")
    assert about.subject == text("story.subject", language)
    assert about.language == {"zh": "zh-CN", "en": "en-US"}[language]


# A template of one's own.


def restyled(change) -> bytes:
    show = Presentation(io.BytesIO(file("sink", "zh")))
    change(show)
    written = io.BytesIO()
    show.save(written)
    return written.getvalue()


def lowered(show) -> None:
    """A bureau's head above the title, and another colour."""
    for layout in show.slide_layouts:
        for one in layout.placeholders:
            if one.element.ph.get("type") in ("title", "body", "chart", "tbl") and one.top < Pt(300):
                one.top += Pt(40)
                one.height -= Pt(40)
    part = next(rel.target_part for rel in show.slide_master.part.rels.values() if rel.reltype.endswith("/theme"))
    part._blob = part.blob.replace(b"1B6EC2", b"A61C1C")


def test_an_own_template_restyles_the_slides_and_leaves_none_of_its_own():
    show = own(restyled(lowered), "bureau.pptx", "zh")
    made = passport_of(shipped("sink-to-counties"), "zh")
    data = slides(told("sink", "zh"), made, MADE_ON, "zh", show)
    found = Presentation(io.BytesIO(data)).slides
    assert len(found) == len(told("sink", "zh").slides)
    plain_pages = Presentation(io.BytesIO(file("sink", "zh"))).slides
    for page, before in zip(list(found)[1:], list(plain_pages)[1:], strict=True):
        assert page.shapes.title.top == before.shapes.title.top + Pt(40)
        body = [
            shape
            for shape in page.shapes
            if not shape.is_placeholder or shape.element.ph.get("type") not in ("ftr", "sldNum")
        ]
        assert all(shape.top + shape.height <= Pt(500) for shape in body if shape.has_chart)
    with ZipFile(io.BytesIO(data)) as parts:
        assert any(b"A61C1C" in parts.read(one) for one in parts.namelist() if one.startswith("ppt/theme/"))
        assert len([one for one in parts.namelist() if re.match(r"ppt/slides/slide\d+\.xml", one)]) == len(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_that_lacks_something_is_refused_with_all_that_it_lacks(language):
    def spoil(show) -> None:
        show.slide_width = Pt(720)
        by_name = {layout.name: layout for layout in show.slide_layouts}
        by_name["图表 Charts and tables"].element.cSld.set("name", "Bilder")
        cards = by_name["卡片 Cards"]
        title = next(one for one in cards.placeholders if one.element.ph.get("type") == "title")
        title.element.getparent().remove(title.element)

    with pytest.raises(WrongTemplate) as refused:
        own(restyled(spoil), "bureau.pptx", language)
    assert len(refused.value.problems) == 4
    size, cards, charts_, how = refused.value.problems
    assert "25.40" in size and "33.87" in size and "卡片 Cards" in cards and "图表 Charts and tables" in charts_
    assert how == text("story.template_how", language)
    for wrong in (b"", b"no file of slides", file_of_another_kind()):
        with pytest.raises(WrongTemplate, match=r"bureau\.pptx"):
            own(wrong, "bureau.pptx", language)


def file_of_another_kind() -> bytes:
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    return book.getvalue()


@pytest.mark.parametrize("called", ["{zh}", "{en}", " {zh} {en} ", "{zh} {en}"])
def test_a_layout_is_found_by_either_of_its_names(called):
    def rename(show) -> None:
        for layout, (zh, en) in zip(show.slide_layouts, LAYOUTS.values(), strict=True):
            layout.element.cSld.set("name", called.format(zh=zh, en=en.upper()))

    assert layouts(own(restyled(rename), "", "zh")).keys() == LAYOUTS.keys()


# Notes, passport.


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


@pytest.mark.by_night
@pytest.mark.parametrize(("name", "language"), [("nasty", "zh"), ("six", "en")])
def test_an_office_opens_the_file_and_prints_every_page(name, language, office: Office, tmp_path):
    written = tmp_path / "slides.pptx"
    written.write_bytes(file(name, language))
    printed = office.convert(written, "pdf", tmp_path / "out").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b[^s]", printed)) == len(told(name, language).slides)

"""A story as a file of slides (PPTX, 16:9), with native charts and tables and the presenter's notes.

The parts and their places are those of `slide_parts`, so a slide looks as it does on the Present page.
"""

import io
from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide as Page
from pptx.table import _Cell
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Pt

from model.outputs.charts.palette import BASE, INK, PANEL, QUIET_INK, SCENARIO, TIERS
from model.outputs.handout.office_file import reproducible
from model.outputs.handout.passport import Passport
from model.outputs.phrasing.typesetting import PADDING, plain
from model.outputs.story.layout import (
    FOOT,
    GAP,
    HIGH,
    MARGIN,
    SMALLEST,
    UNIT,
    WIDE,
    Box,
    Line,
    is_strong,
    rows_of,
)
from model.outputs.story.slide_charts import add_chart
from model.outputs.story.slide_parts import BOLD, Group, Part, PlacedChart, PlacedTable, Role, Text, parts_of
from model.outputs.story.slide_text import (
    LANGUAGE_TAGS,
    Extent,
    child,
    element,
    fill,
    name_faces,
    pixels,
    rgb,
    solid,
)
from model.outputs.story.story import COVER, Slide, Story, with_passport
from model.outputs.words import text

TITLE_ONLY = 5
"""The layout of the template that has a title and nothing else."""
INK_COLOUR, QUIET, GROUND = INK["light"], QUIET_INK["light"], PANEL["light"]
WHITE = INK["dark"]
COLOURS: dict[Role, str] = {
    "headline": INK_COLOUR,
    "lead": QUIET,
    "label": INK_COLOUR,
    "value": INK_COLOUR,
    "change": SCENARIO,
    "line": QUIET,
    "option": INK_COLOUR,
    "right": WHITE,
    "points": INK_COLOUR,
    "remarks": QUIET,
}


def slides(story: Story, passport: Passport, made_on: date, language: str) -> bytes:
    """The file of slides: a page for each slide of the story, the passport on the last one."""
    show = Presentation()
    show.slide_width, show.slide_height = pixels(WIDE), pixels(HIGH)
    about = show.core_properties
    about.title, about.language, about.author = plain(story.title), LANGUAGE_TAGS[language], text("plan.app", language)
    about.created = about.modified = datetime(made_on.year, made_on.month, made_on.day)
    about.last_modified_by = about.author
    for slide in with_passport(story, passport).slides:
        page = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
        _PageWriter(page, language).write(slide, story.title)
    file = io.BytesIO()
    show.save(file)
    return reproducible(file.getvalue(), made_on)


class _PageWriter:
    """One page of the file, written part by part."""

    def __init__(self, page: Page, language: str):
        self.page, self.language = page, language

    def write(self, slide: Slide, title: str) -> None:
        """Write a slide, with the title of its story at the foot."""
        self._stripe(36 if slide.id == COVER else 14)
        for part in parts_of(slide):
            self._part(part)
        self._foot(title)
        self._notes(slide.notes)
        for run in self.page.element.iter(qn("a:rPr"), qn("a:endParaRPr")):
            name_faces(run)

    def _part(self, part: Part) -> None:
        match part:
            case Text(role="headline"):
                self._headline(part)
            case Text(role="option" | "right"):
                self._option(part)
            case Text():
                self._text(part)
            case Group(parts=parts, panel=panel):
                if panel:
                    self._filled(panel, GROUND)
                for one in parts:
                    self._part(one)
            case PlacedChart(chart=chart, box=box):
                add_chart(self.page, chart, _extent(box), self.language)
            case PlacedTable():
                self._table(part)

    def _headline(self, part: Text) -> None:
        title = self.page.shapes.title
        assert title is not None, "the template's layout has a title"
        title.left, title.top, title.width, title.height = _extent(part.place.box)
        fill(title.text_frame, part.lines, part.place.size, COLOURS[part.role], True, self.language)
        title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT

    def _text(self, part: Text) -> None:
        """A box of text, a paragraph a line."""
        gap = GAP / 2 if part.role in ("points", "remarks") else 0
        frame = self._text_box(part.lines, part.place, COLOURS[part.role], part.role in BOLD, gap)
        if part.unit:
            unit = frame.paragraphs[0].add_run()
            unit.text = f" {part.unit}"
            unit.font.size, unit.font.color.rgb = Pt(UNIT / 2), rgb(INK_COLOUR)

    def _text_box(
        self, lines: Sequence[str], place: Line, colour: str, is_bold: bool = False, gap: float = 0
    ) -> TextFrame:
        frame = self.page.shapes.add_textbox(*_extent(place.box)).text_frame
        fill(frame, lines, place.size, colour, is_bold, self.language, gap)
        return frame

    def _stripe(self, high: float) -> None:
        """The colours of the three tiers along the upper edge."""
        for k, colour in enumerate(TIERS.values()):
            self._filled(Box(k * WIDE / 3, 0, WIDE / 3, high), colour, MSO_SHAPE.RECTANGLE)

    def _filled(self, box: Box, colour: str, shape: MSO_SHAPE = MSO_SHAPE.ROUNDED_RECTANGLE) -> Shape:
        filled = self.page.shapes.add_shape(shape, *_extent(box))
        filled.fill.solid()
        filled.fill.fore_color.rgb = rgb(colour)
        filled.line.fill.background()
        filled._element.remove(filled._element.find(qn("p:style")))  # the template's shadow and outline
        if shape == MSO_SHAPE.ROUNDED_RECTANGLE:
            filled.adjustments[0] = min(0.5, 12 / min(box.width, box.height))
        return filled

    def _option(self, part: Text) -> None:
        frame = self._filled(part.place.box, SCENARIO if part.role == "right" else GROUND).text_frame
        fill(frame, part.lines, part.place.size, COLOURS[part.role], part.role in BOLD, self.language)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE

    def _table(self, part: PlacedTable) -> None:
        table, ruled, rows = part.table, part.ruled, rows_of(part.table)
        shape = self.page.shapes.add_table(len(rows), len(rows[0]), *_extent(part.box))
        shape.height = pixels(sum(ruled.heights))
        grid = shape.table
        grid.first_row, grid.horz_banding = bool(table.head), False
        for k, width in enumerate(ruled.widths):
            grid.columns[k].width = pixels(width)
        for r, (cells, high) in enumerate(zip(rows, ruled.heights, strict=True)):
            grid.rows[r].height = pixels(high)
            for c, words in enumerate(cells):
                cell, is_head = grid.cell(r, c), bool(table.head) and r == 0
                colour = QUIET if is_head else INK_COLOUR
                fill(cell.text_frame, words.split("\n"), ruled.size, colour, is_strong(table, r, c), self.language)
                cell.margin_left = cell.margin_right = pixels(PADDING)
                cell.margin_top = cell.margin_bottom = pixels(PADDING / 2)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                _rule(cell, is_head)

    def _foot(self, title: str) -> None:
        self._text_box([title], Line(Box(MARGIN, FOOT, WIDE - 3 * MARGIN - 100, 48), SMALLEST), QUIET)
        number = self._text_box(["0"], Line(Box(WIDE - MARGIN - 120, FOOT, 120, 48), SMALLEST), QUIET).paragraphs[0]
        number.alignment = PP_ALIGN.RIGHT
        _number_field(number)

    def _notes(self, notes: Sequence[str]) -> None:
        frame = self.page.notes_slide.notes_text_frame
        assert frame is not None, "the template's notes have a place for text"
        frame.text = "\n".join(map(plain, notes))
        for run in frame._txBody.iter(qn("a:r")):
            name_faces(run.get_or_add_rPr())


def _extent(box: Box) -> Extent:
    return pixels(box.left), pixels(box.top), pixels(box.width), pixels(box.height)


def _rule(cell: _Cell, is_head: bool) -> None:
    """Give a cell a line below and no other; a head also has a ground of its own."""
    properties = cell._tc.get_or_add_tcPr()
    for side in ("a:lnL", "a:lnR", "a:lnT"):
        child(child(properties, side, w="0"), "a:noFill")
    solid(child(properties, "a:lnB", w="12700"), BASE)
    if is_head:
        solid(properties, GROUND)
    else:
        child(properties, "a:noFill")


def _number_field(paragraph: _Paragraph) -> None:
    """Turn the run of a paragraph into a field that always shows the number of its slide."""
    run = paragraph.runs[0]._r
    field = element("a:fld", id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    field.extend(deepcopy(child) for child in run)
    run.getparent().replace(run, field)

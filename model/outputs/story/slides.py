"""A story as slides (PPTX, 16:9): native charts and tables, Chinese faces by name, the presenter's notes, the passport.

The places and sizes are those of `layout`, so a slide looks as the Present page does.
"""

import io
from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide as Page
from pptx.text.text import TextFrame
from pptx.util import Emu, Pt

from model.outputs.charts.palette import BASE, INK, PANEL, QUIET_INK, SCENARIO, TIERS
from model.outputs.handout.office_file import settled
from model.outputs.handout.passport import Passport
from model.outputs.phrasing.typesetting import PADDING, Ruled, plain
from model.outputs.story.layout import (
    FOOT,
    GAP,
    HIGH,
    MARGIN,
    SMALLEST,
    UNIT,
    WIDE,
    Box,
    Card,
    Line,
    Placed,
    asked,
    cards,
    is_plain,
    is_strong,
    placed,
    rows_of,
)
from model.outputs.story.slide_charts import add_chart
from model.outputs.story.slide_text import LANGUAGE_TAGS, child, element, fill, name_faces, pixels, rgb, solid
from model.outputs.story.story import ANSWER, Figure, Question, Slide, Story, Table, stamped
from model.outputs.words import text

TITLE_ONLY = 5
"""The layout of the template that has a title and nothing else."""
INK_COLOUR, QUIET, GROUND = INK["light"], QUIET_INK["light"], PANEL["light"]
WHITE = INK["dark"]


def slides(story: Story, passport: Passport, made_on: date, language: str) -> bytes:
    """The file of slides: one page a slide of the story, the passport on the last one."""
    show = Presentation()
    show.slide_width, show.slide_height = pixels(WIDE), pixels(HIGH)
    about = show.core_properties
    about.title, about.language, about.author = plain(story.title), LANGUAGE_TAGS[language], text("plan.app", language)
    about.created = about.modified = datetime(made_on.year, made_on.month, made_on.day)
    about.last_modified_by = about.author
    for slide in stamped(story, passport).slides:
        page = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
        _Drawer(page, language).draw(slide, story.title)
    written = io.BytesIO()
    show.save(written)
    return settled(written.getvalue(), made_on)


class _Drawer:
    """One page, drawn part by part."""

    def __init__(self, page: Page, language: str):
        self.page, self.language = page, language

    def draw(self, slide: Slide, title: str) -> None:
        where = placed(slide)
        self._stripe(slide.id)
        self._title(slide.headline, where.headline)
        if where.lead:
            self.write([slide.lead], where.lead, QUIET)
        for figure, box, inner in zip(slide.figures, where.figures, cards(slide.figures, where.figures), strict=True):
            self._card(figure, box, inner)
        for question, box in zip(slide.questions, where.questions, strict=True):
            self._question(question, box, slide.id == ANSWER)
        for chart, box in zip(slide.charts, where.charts, strict=True):
            add_chart(self.page, chart, tuple(map(pixels, (box.left, box.top, box.width, box.height))), self.language)
        if slide.table and where.table and where.ruled:
            self._table(slide.table, where.table, where.ruled)
        if where.points:
            self._points(slide, where)
        self._foot(title)
        self._notes(slide.notes)
        for run in self.page.element.iter(qn("a:rPr"), qn("a:endParaRPr")):
            name_faces(run)

    def write(
        self,
        lines: Sequence[str],
        where: Line,
        colour: str = INK_COLOUR,
        bold: bool = False,
        gap: float = 0,
    ) -> TextFrame:
        """A box of text, a paragraph a line."""
        frame = self.page.shapes.add_textbox(*_places(where.box)).text_frame
        fill(frame, lines, where.size, colour, bold, self.language, gap)
        return frame

    def _title(self, headline: str, where: Line) -> None:
        title = self.page.shapes.title
        title.left, title.top, title.width, title.height = _places(where.box)
        fill(title.text_frame, [headline], where.size, INK_COLOUR, True, self.language)
        title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT

    def _stripe(self, id: str) -> None:
        """The three tiers' colours along the upper edge, broad on the cover."""
        high = 36 if id == "cover" else 14
        for k, colour in enumerate(TIERS.values()):
            self._filled(Box(k * WIDE / 3, 0, WIDE / 3, high), colour, MSO_SHAPE.RECTANGLE)

    def _filled(self, box: Box, colour: str, shape: MSO_SHAPE = MSO_SHAPE.ROUNDED_RECTANGLE):
        drawn = self.page.shapes.add_shape(shape, *_places(box))
        drawn.fill.solid()
        drawn.fill.fore_color.rgb = rgb(colour)
        drawn.line.fill.background()
        drawn._element.remove(drawn._element.find(qn("p:style")))  # the template's shadow and outline
        if shape == MSO_SHAPE.ROUNDED_RECTANGLE:
            drawn.adjustments[0] = min(0.5, 12 / min(box.width, box.height))
        return drawn

    def _card(self, figure: Figure, box: Box, inner: Card) -> None:
        self._filled(box, GROUND)
        self.write([figure.label], inner.label, bold=True)
        number = self.write([figure.value], inner.value, bold=True).paragraphs[0]
        if figure.unit:
            unit = number.add_run()
            unit.text = f" {figure.unit}"
            unit.font.size, unit.font.color.rgb = Pt(UNIT / 2), rgb(INK_COLOUR)
        if figure.change:
            self.write([figure.change], inner.change, SCENARIO, bold=True)
        for c, column in enumerate(inner.columns):
            self.write(figure.lines[c :: len(inner.columns)], column, QUIET)

    def _question(self, question: Question, box: Box, answered: bool) -> None:
        inner = asked(question, box)
        self.write([question.prompt], inner.prompt, bold=True)
        for k, (option, where) in enumerate(zip(question.options, inner.options, strict=True)):
            right = answered and k in question.right
            shape = self._filled(where.box, SCENARIO if right else GROUND)
            fill(shape.text_frame, [option], where.size, WHITE if right else INK_COLOUR, right, self.language)
            shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        if answered:
            self.write([question.answer], inner.answer, SCENARIO, bold=True)

    def _points(self, slide: Slide, where: Placed) -> None:
        is_main = is_plain(slide) and slide.id != "cover"
        self.write(slide.points, where.points, INK_COLOUR if is_main else QUIET, gap=GAP / 2)

    def _table(self, table: Table, box: Box, set_: Ruled) -> None:
        rows = rows_of(table)
        shape = self.page.shapes.add_table(len(rows), len(rows[0]), *_places(box))
        drawn = shape.table
        shape.height = pixels(sum(set_.heights))
        drawn.first_row, drawn.horz_banding = bool(table.head), False
        for k, width in enumerate(set_.widths):
            drawn.columns[k].width = pixels(width)
        for r, (cells, high) in enumerate(zip(rows, set_.heights, strict=True)):
            drawn.rows[r].height = pixels(high)
            for c, said in enumerate(cells):
                cell = drawn.cell(r, c)
                is_head = bool(table.head) and r == 0
                colour = QUIET if is_head else INK_COLOUR
                strong = is_strong(table, r, c)
                fill(cell.text_frame, said.split("\n"), set_.size, colour, strong, self.language)
                cell.margin_left = cell.margin_right = pixels(PADDING)
                cell.margin_top = cell.margin_bottom = pixels(PADDING / 2)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                _ruled_cell(cell, is_head)

    def _foot(self, title: str) -> None:
        self.write([title], Line(Box(MARGIN, FOOT, WIDE - 3 * MARGIN - 100, 48), SMALLEST), QUIET)
        box = self.page.shapes.add_textbox(*_places(Box(WIDE - MARGIN - 120, FOOT, 120, 48)))
        fill(box.text_frame, ["0"], SMALLEST, QUIET, False, self.language)
        paragraph = box.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        _number_field(paragraph)

    def _notes(self, notes: Sequence[str]) -> None:
        frame = self.page.notes_slide.notes_text_frame
        frame.text = "\n".join(map(plain, notes))
        for run in frame._txBody.iter(qn("a:r")):
            name_faces(run.get_or_add_rPr())


def _places(box: Box) -> tuple[Emu, Emu, Emu, Emu]:
    return tuple(map(pixels, (box.left, box.top, box.width, box.height)))


def _ruled_cell(cell, is_head: bool) -> None:
    """A cell of a table without boxes: a line under it, the head on a ground of its own."""
    properties = cell._tc.get_or_add_tcPr()
    for side in ("a:lnL", "a:lnR", "a:lnT"):
        child(child(properties, side, w="0"), "a:noFill")
    solid(child(properties, "a:lnB", w="12700"), BASE)
    if is_head:
        solid(properties, GROUND)
    else:
        child(properties, "a:noFill")


def _number_field(paragraph) -> None:
    """The run of a paragraph made a field that always shows the number of its slide."""
    run = paragraph.runs[0]._r
    field = element("a:fld", id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    field.extend(deepcopy(child) for child in run)
    run.getparent().replace(run, field)

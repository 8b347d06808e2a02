"""A story as a file of slides (PPTX, 16:9), with native charts and tables and the presenter's notes.

The parts and their places are those of `slide_parts`, so a slide looks as it does on the Present page.
"""

from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Show
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide as Page
from pptx.table import _Cell
from pptx.text.text import TextFrame
from pptx.util import Pt

from model.files.saved_bytes import saved
from model.outputs.charts.palette import BACKGROUND, BASE, INK, MINIMUM, PANEL, QUIET_INK, SCENARIO
from model.outputs.handout.office_file import reproducible
from model.outputs.handout.passport import Passport
from model.outputs.phrasing.typesetting import PADDING, clipped, clipped_name, plain
from model.outputs.story.layout import GAP, OWN, UNIT, Box, Frame, is_strong, rows_of
from model.outputs.story.office.slide_charts import add_chart
from model.outputs.story.office.slide_text import LANGUAGE_TAGS, Extent, child, describe, fill, paint, pixels, solid
from model.outputs.story.office.template import KINDS, frame_of, layouts, placeholders, shipped
from model.outputs.story.slide_parts import BOLD, Group, Part, PlacedChart, PlacedTable, Role, Text, key_of, parts_of
from model.outputs.story.story import COVER, Slide, Story, with_passport
from model.outputs.words import text

INK_COLOUR, QUIET, GROUND = INK["light"], QUIET_INK["light"], PANEL["light"]
WHITE = BACKGROUND["light"]
COLOURS: dict[Role, str] = {
    "headline": "",
    "lead": "",
    "label": INK_COLOUR,
    "value": INK_COLOUR,
    "change": SCENARIO,
    "worse": MINIMUM,
    "same": QUIET,
    "line": QUIET,
    "option": INK_COLOUR,
    "right": WHITE,
    "points": "",
    "remarks": QUIET,
}
"""The colour of every text; where there is none, that of its placeholder."""
PLACEHOLDERS: dict[Role, str] = {"headline": "title", "lead": "subtitle", "points": "body", "remarks": "body"}
"""The kind of placeholder that a text is written into; the others stand in boxes of their own."""
AUTHOR_EMS = 80
"""Most ems of the author in the properties of the file."""
FOOT_EMS = 24
"""Most ems of the title at the foot, before the key to the marks."""


def slides(story: Story, passport: Passport, made_on: date, language: str, template: Show | None = None) -> bytes:
    """The file of slides: a page for each slide of the story, the passport on the last one.

    `template` is a bureau's own (`template.own`), else the shipped one.
    """
    show = template or shipped()
    about = show.core_properties
    about.title, about.language, about.author = plain(story.title), LANGUAGE_TAGS[language], _author(passport, language)
    about.subject, about.keywords = text("story.subject", language), passport.hash
    about.comments, about.category, about.revision = "", "", 1
    about.created = about.modified = datetime(made_on.year, made_on.month, made_on.day)
    about.last_modified_by = about.author
    found = layouts(show)
    for slide in with_passport(story, passport).slides:
        layout = found[_layout(slide)]
        writer = _PageWriter(show.slides.add_slide(layout), frame_of(layout) if template else OWN, language)
        writer.write(slide, story.title)
    return reproducible(saved(show.save), made_on)


def _author(passport: Passport, language: str) -> str:
    """The plan's author, else the program."""
    rows = dict(passport.rows)
    return clipped(rows.get(text("passport.author", language), ""), AUTHOR_EMS) or text("plan.app", language)


def _layout(slide: Slide) -> str:
    """The layout of LAYOUTS that a slide is written on."""
    if slide.id == COVER:
        return "cover"
    if slide.charts or slide.table:
        return "charts"
    return "cards" if slide.figures or slide.questions else "text"


class _PageWriter:
    """One page of the file, written part by part into the placeholders of its layout."""

    def __init__(self, page: Page, frame: Frame, language: str):
        self.page, self.frame, self.language = page, frame, language
        self.places: dict[str, list] = {}
        for one in page.placeholders:
            self.places.setdefault(KINDS.get(one.placeholder_format.type, ""), []).append(one)

    def write(self, slide: Slide, title: str) -> None:
        """Write a slide, with the title of its story and the key to its marks at the foot."""
        parts = list(parts_of(slide, frame=self.frame))
        for part in parts:
            self._part(part, slide.headline)
        for empty in (one for places in self.places.values() for one in places):
            empty._element.getparent().remove(empty._element)
        self._foot("    ".join(filter(None, (clipped_name(title, FOOT_EMS), key_of(parts, self.language)))))
        self._notes(slide.notes)

    def _part(self, part: Part, headline: str) -> None:
        match part:
            case Text(role="option" | "right"):
                self._option(part)
            case Text():
                self._text(part)
            case Group(parts=parts, panel=panel):
                if panel:
                    self._filled(panel, GROUND)
                for one in parts:
                    self._part(one, headline)
            case PlacedChart(chart=chart, box=box):
                add_chart(self.places["chart"].pop(0), chart, _extent(box), self.language)
            case PlacedTable():
                self._table(part, headline)

    def _text(self, part: Text) -> None:
        """A text in its placeholder or in a box of its own, a paragraph a line."""
        gap = GAP / 2 if part.role in ("points", "remarks") else 0
        frame = self._frame(part.place.box, PLACEHOLDERS.get(part.role))
        is_bold, before = part.role in BOLD, (text("story.from", self.language, value=part.before),)
        lines, colour = (before, QUIET) if part.before else (part.lines, COLOURS[part.role])
        fill(frame, lines, part.place.size, colour, is_bold, self.language, gap)
        if part.before:
            value = frame.paragraphs[0].add_run()
            value.text, value.font.bold, value.font.size = f" {part.lines[0]}", is_bold, Pt(part.place.size / 2)
            paint(value.font.color, COLOURS[part.role])
        if part.unit:
            unit = frame.paragraphs[0].add_run()
            unit.text = f" {part.unit}"
            unit.font.size = Pt(UNIT / 2)
            paint(unit.font.color, INK_COLOUR)

    def _frame(self, box: Box, kind: str | None) -> TextFrame:
        if kind is None:
            return self.page.shapes.add_textbox(*_extent(box)).text_frame
        place = self.places[kind].pop(0)
        place.left, place.top, place.width, place.height = _extent(box)
        return place.text_frame

    def _filled(self, box: Box, colour: str) -> Shape:
        filled = self.page.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *_extent(box))
        filled.fill.solid()
        paint(filled.fill.fore_color, colour)
        filled.line.fill.background()
        filled._element.remove(filled._element.find(qn("p:style")))  # the theme's shadow and outline
        filled.adjustments[0] = min(0.5, 12 / min(box.width, box.height))
        return filled

    def _option(self, part: Text) -> None:
        frame = self._filled(part.place.box, SCENARIO if part.role == "right" else GROUND).text_frame
        fill(frame, part.lines, part.place.size, COLOURS[part.role], part.role in BOLD, self.language)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE

    def _table(self, part: PlacedTable, headline: str) -> None:
        table, ruled, rows = part.table, part.ruled, rows_of(part.table)
        shape = self.places["table"].pop(0).insert_table(len(rows), len(rows[0]))
        shape.left, shape.top, shape.width, _ = _extent(part.box)
        shape.height = pixels(sum(ruled.heights))
        head = text("plan.list_comma", self.language).join(filter(None, table.head or rows[0][::2]))
        describe(shape, headline, text("story.alt_table", self.language, head=head, rows=len(table.rows)))
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

    def _foot(self, words: str) -> None:
        """Footer and number, which pages do not inherit from their layout."""
        for kind, place in placeholders(self.page.slide_layout):
            if kind not in ("footer", "number"):
                continue
            copy = deepcopy(place._element)
            self.page.shapes._spTree.append(copy)
            copy.spPr.clear()
            if kind == "footer":
                written = Shape(copy, self.page.shapes).text_frame
                written.text = words
                written.paragraphs[0].runs[0].font._element.set("lang", LANGUAGE_TAGS[self.language])

    def _notes(self, notes: Sequence[str]) -> None:
        frame = self.page.notes_slide.notes_text_frame
        assert frame is not None, "the template's notes have a place for text"
        frame.text = "\n".join(map(plain, notes))
        for run in frame._txBody.iter(qn("a:rPr")):
            run.set("lang", LANGUAGE_TAGS[self.language])


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

"""The parts of a slide in the order in which they are drawn, each with its place.

The Present page and the file of slides write these parts and nothing else, each in its own format.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from model.outputs.phrasing.typesetting import Ruled
from model.outputs.story.layout import (
    BOTTOM,
    OWN,
    Box,
    Card,
    Frame,
    Line,
    cards,
    dealt,
    is_plain,
    places_of,
    question_card,
    rows_of,
)
from model.outputs.story.marks import key
from model.outputs.story.story import ANSWER, ASK, COVER, Chart, Figure, Look, Question, Slide, Table

Role = Look | Literal["headline", "lead", "label", "value", "line", "option", "right", "points", "remarks"]
"""The purpose of a text on its slide, by which a writer gives it its look.

A change has the look of its direction. An option is an answer to choose, `right` one that is shown to be right.
Remarks are points in quiet ink.
"""
SEVERAL: tuple[Role, ...] = ("line", "points", "remarks")
"""The roles of texts that may have several lines."""
BOLD: tuple[Role, ...] = ("headline", "label", "value", "change", "worse", "same", "right")
"""The roles of texts in bold type."""


@dataclass(frozen=True)
class Text:
    """Lines of text in a place; a value has the base year's before it and its unit behind it."""

    role: Role
    lines: tuple[str, ...]
    place: Line
    unit: str = ""
    before: str = ""


@dataclass(frozen=True)
class Group:
    """Parts that belong together: a figure with its id and panel, a question, or its options."""

    kind: Literal["figure", "question", "options"]
    parts: tuple["Part", ...]
    figure: str = ""
    panel: Box | None = None


@dataclass(frozen=True)
class PlacedChart:
    """A chart in its box, the first of its slide with number 0."""

    number: int
    chart: Chart
    box: Box


@dataclass(frozen=True)
class PlacedTable:
    """A table in its box, with its size of type, widths and heights."""

    table: Table
    box: Box
    ruled: Ruled


Part = Text | Group | PlacedChart | PlacedTable


def parts_of(slide: Slide, bottom: float = BOTTOM, frame: Frame = OWN) -> Iterator[Part]:
    """The parts of a slide, none lower than `bottom`; its notes, stripe and foot are left to the writers."""
    places = places_of(slide, bottom, frame)
    yield Text("headline", (slide.headline,), places.headline)
    if places.lead:
        yield Text("lead", (slide.lead,), places.lead)
    for figure, box, card in zip(slide.figures, places.figures, cards(slide.figures, places.figures), strict=True):
        yield Group("figure", tuple(_figure_parts(figure, card)), figure.id, box)
    for question, box in zip(slide.questions, places.questions, strict=True):
        yield Group("question", tuple(_question_parts(question, box, slide.id == ANSWER)))
    for number, (chart, box) in enumerate(zip(slide.charts, places.charts, strict=True)):
        yield PlacedChart(number, chart, box)
    if slide.table and places.table and places.ruled:
        yield PlacedTable(slide.table, places.table, places.ruled)
    if places.points:
        is_message = (is_plain(slide) or slide.id == ASK) and slide.id != COVER
        yield Text("points" if is_message else "remarks", slide.points, places.points)


def key_of(parts: Iterable[Part], language: str) -> str:
    """The key to the marks of the figures in some parts, for the foot of their slide."""
    return key("".join(_words(parts)), language)


def _words(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        match part:
            case Text(lines=lines, unit=unit):
                yield from (*lines, unit)
            case Group(parts=inside):
                yield from _words(inside)
            case PlacedChart(chart=chart):
                yield chart.title
            case PlacedTable(table=table):
                yield from (cell for row in rows_of(table) for cell in row)


def _figure_parts(figure: Figure, card: Card) -> Iterator[Part]:
    yield Text("label", (figure.label,), card.label)
    yield Text("value", (figure.value,), card.value, figure.unit, figure.before)
    if figure.change:
        yield Text(figure.look, (figure.change,), card.change)
    for lines, column in zip(dealt(figure.lines, len(card.columns)), card.columns, strict=True):
        yield Text("line", lines, column)


def _question_parts(question: Question, box: Box, is_answered: bool) -> Iterator[Part]:
    card = question_card(question, box)
    yield Text("label", (question.prompt,), card.prompt)
    roles: list[Role] = ["right" if is_answered and k in question.right else "option" for k in range(len(card.options))]
    options = zip(roles, question.options, card.options, strict=True)
    yield Group("options", tuple(Text(role, (option,), place) for role, option, place in options))
    if is_answered:
        yield Text(question.look, (question.answer,), card.answer)

"""Where the parts of a slide stand and how large their type is, the same on the Present page and in the slides.

Measured in pixels of a screen of 1920 by 1080; in a file of slides a pixel is half a point. No type is smaller than
SMALLEST, which can be read from the back of a room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from model.outputs.phrasing.typesetting import LEADING, Ruled, ems, fitting, height, ruled
from model.outputs.story.story import LIMITS, Figure, Question, Slide, Table

WIDE, HIGH = 1920, 1080
MARGIN, TOP, BOTTOM, FOOT, GAP = 80, 56, 988, 1010, 28
HEAD_HIGH, LEAD_HIGH, REMARKS_HIGH = 146, 100, 128
COVER_HIGH, COVER_FOOT = 390, 480
"""The most a cover's headline takes, and where it ends."""
SMALLEST, UNIT = 24, 30
HEADS = (60, 54, 48, 44, 40, 36, 32)
COVER_HEADS = (96, 84, 72, 64, 56, 48)
POINTS = (44, 40, 36, 32, 30, 28, 26, SMALLEST)
TABLES = (34, 32, 30, 28, 26, SMALLEST)
LABELS = (32, 30, 28, 26, SMALLEST)
REMARKS = (28, 26, SMALLEST)
NUMBERS = (84, 76, 68, 60, 52, 46, 40)
"""Sizes of type; of each set the largest that fits is taken."""
NARROW_TABLE = 3
"""Columns up to which a table leaves the chart beside it the larger half."""
STACKED = ("plain", "percent")
"""Charts whose names of plans need the whole width."""
TWO_COLUMNS = 4
"""Figures up to which two stand in a row; more stand three in a row."""
CARD_PADDING, LABEL_HIGH, ABREAST = 24, 46, 700
"""Around a card's text; its label and its change; the width that holds two columns."""


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """Text in a box at a size of type."""

    box: Box
    size: int


@dataclass(frozen=True)
class Placed:
    """The boxes of a slide's parts; what it does not have is None or empty."""

    headline: Line
    lead: Line | None
    points: Line | None
    figures: tuple[Box, ...] = ()
    questions: tuple[Box, ...] = ()
    charts: tuple[Box, ...] = ()
    table: Box | None = None
    ruled: Ruled | None = None


def placed(slide: Slide, bottom: float = BOTTOM) -> Placed:
    """The places of a slide's parts, none lower than `bottom`."""
    if slide.id == "cover":
        return _cover(slide)
    width = WIDE - 2 * MARGIN
    headline = _line([slide.headline], Box(MARGIN, TOP, width, HEAD_HIGH), HEADS, bold=True)
    top = TOP + height(slide.headline, headline.size, width, bold=True) + GAP
    lead = _line([slide.lead], Box(MARGIN, top - GAP / 2, width, LEAD_HIGH), LABELS) if slide.lead else None
    if lead:
        top += height(slide.lead, lead.size, width) + GAP / 2
    body, points = _pointed(slide, Box(MARGIN, top, width, bottom - top))
    charts, table = _drawn(slide, body)
    set_ = _set(slide.table, table) if slide.table and table else None
    return Placed(headline, lead, points, _grid(slide.figures, body), _rows(slide.questions, body), charts, table, set_)


def is_plain(slide: Slide) -> bool:
    """Whether the points are all that a slide has under its headline."""
    return not (slide.figures or slide.questions or slide.charts or slide.table)


def _cover(slide: Slide) -> Placed:
    width = WIDE - 2 * MARGIN
    size = fitting([slide.headline], width, COVER_HIGH, COVER_HEADS, bold=True)
    high = height(slide.headline, size, width, bold=True)
    headline = Line(Box(MARGIN, COVER_FOOT - high, width, high), size)
    lead = _line([slide.lead], Box(MARGIN, 520, width, 250), POINTS[1:]) if slide.lead else None
    points = _line(slide.points, Box(MARGIN, 830, width, 130), LABELS) if slide.points else None
    return Placed(headline, lead, points)


def _line(texts: Sequence[str], box: Box, sizes: Sequence[int], bold: bool = False) -> Line:
    return Line(box, fitting(texts, box.width, box.height, sizes, GAP / 2, bold))


def _pointed(slide: Slide, body: Box) -> tuple[Box, Line | None]:
    """What the points leave of the body. They fill it where there is nothing else; before a passport they come first,
    otherwise they are remarks at the foot."""
    if not slide.points:
        return body, None
    if is_plain(slide):
        return body, _line(slide.points, body, POINTS)
    first = slide.id == LIMITS
    size = fitting(slide.points, body.width, body.height * 0.4 if first else REMARKS_HIGH, REMARKS, GAP / 2)
    high = sum(height(point, size, body.width) + GAP / 2 for point in slide.points)
    left = body.height - high - GAP
    above, under = body.top, body.top + (high if first else left) + GAP
    points, rest = (above, under) if first else (under, above)
    return Box(body.left, rest, body.width, left), Line(Box(body.left, points, body.width, high), size)


def _drawn(slide: Slide, body: Box) -> tuple[tuple[Box, ...], Box | None]:
    """One chart beside its table, or either alone; two charts side by side, with names of plans one over the other."""
    if slide.table and slide.charts:
        share = 0.52 if len(slide.table.head) <= NARROW_TABLE else 0.46
        left = Box(body.left, body.top, body.width * share, body.height)
        room = left.left + left.width + 2 * GAP
        return (left,), Box(room, body.top, body.left + body.width - room, body.height)
    if not slide.charts:
        return (), body if slide.table else None
    columns = 1 if slide.charts[0].name in STACKED else len(slide.charts)
    return _cells(len(slide.charts), columns, body), None


def _grid(figures: Sequence[Figure], body: Box) -> tuple[Box, ...]:
    return _cells(len(figures), 2 if len(figures) <= TWO_COLUMNS else 3, body)


def _cells(count: int, columns: int, body: Box) -> tuple[Box, ...]:
    """Boxes of one size, row by row."""
    if not count:
        return ()
    rows = -(-count // columns)
    wide, high = (body.width - GAP * (columns - 1)) / columns, (body.height - GAP * (rows - 1)) / rows
    return tuple(
        Box(body.left + k % columns * (wide + GAP), body.top + k // columns * (high + GAP), wide, high)
        for k in range(count)
    )


def _rows(questions: Sequence[Question], body: Box) -> tuple[Box, ...]:
    high = min(body.height, 360 * len(questions))
    return _cells(len(questions), 1, Box(body.left, body.top, body.width, high))


def _set(table: Table, box: Box) -> Ruled:
    return ruled(rows_of(table), box.width, box.height, TABLES, partial(is_strong, table))


def rows_of(table: Table) -> tuple[tuple[str, ...], ...]:
    """Every row of a table, its head first where it has one."""
    return (table.head, *table.rows) if table.head else table.rows


def is_strong(table: Table, row: int, column: int) -> bool:
    """Whether a cell is a head: the first row and column, or every label of a table without heads."""
    return row == 0 or column == 0 if table.head else column % 2 == 0


@dataclass(frozen=True)
class Card:
    """A figure's box inside: label, number with its unit, change, and under them the columns that take its lines in
    turn."""

    label: Line
    value: Line
    change: Line
    columns: tuple[Line, ...]


def cards(figures: Sequence[Figure], boxes: Sequence[Box]) -> tuple[Card, ...]:
    """The figures of a slide in their boxes, with the same sizes of type in all of them."""
    if not figures:
        return ()
    inner = [Box(box.left + CARD_PADDING, box.top + 16, box.width - 2 * CARD_PADDING, box.height - 32) for box in boxes]
    width, high = inner[0].width, inner[0].height
    columns = 2 if width > ABREAST and max(len(one.lines) for one in figures) > 1 else 1
    across = (width - GAP * (columns - 1)) / columns
    small = min(_all_fit(one.lines, across, high * 0.4, columns) for one in figures)
    label = min(fitting([one.label], width, LABEL_HIGH, LABELS, bold=True) for one in figures)
    change = min(fitting([one.change], width, LABEL_HIGH, LABELS, bold=True) for one in figures)
    under = max(_column_high(one.lines, across, small, columns) for one in figures)
    has_change = any(one.change for one in figures)
    left = high - under - LABEL_HIGH * (2 if has_change else 1)
    number = min(_number_size(one, width, left) for one in figures)
    return tuple(
        _card(one, box, (label, number, change, small), columns) for one, box in zip(figures, inner, strict=True)
    )


def _card(figure: Figure, inner: Box, sizes: tuple[int, int, int, int], columns: int) -> Card:
    label, number, change, small = sizes
    top = inner.top + LABEL_HIGH
    value = Box(inner.left, top, inner.width, number * LEADING)
    top += value.height
    moved = Box(inner.left, top, inner.width, LABEL_HIGH)
    top += LABEL_HIGH if figure.change else 0
    across = (inner.width - GAP * (columns - 1)) / columns
    under = inner.top + inner.height - top
    boxes = (Box(inner.left + c * (across + GAP), top, across, under) for c in range(columns))
    return Card(
        Line(Box(inner.left, inner.top, inner.width, LABEL_HIGH), label),
        Line(value, number),
        Line(moved, change),
        tuple(Line(box, small) for box in boxes),
    )


def _column_high(lines: Sequence[str], width: float, size: int, columns: int) -> float:
    return max(sum(height(line, size, width) for line in lines[c::columns]) for c in range(columns))


def _all_fit(lines: Sequence[str], width: float, room: float, columns: int) -> int:
    return next((size for size in REMARKS if _column_high(lines, width, size, columns) <= room), SMALLEST)


def _number_size(figure: Figure, width: float, room: float) -> int:
    """As large as the number and its unit beside it have room for."""

    def fits(size: int) -> bool:
        wide = size * ems(figure.value, bold=True) + UNIT * ems(f" {figure.unit}")
        return wide <= width and size * LEADING <= room

    return next(filter(fits, NUMBERS), NUMBERS[-1])


@dataclass(frozen=True)
class Asked:
    """A question's box inside: the prompt, the answers to choose from, and the line that says which is right."""

    prompt: Line
    options: tuple[Line, ...]
    answer: Line


def asked(question: Question, box: Box) -> Asked:
    count = len(question.options)
    wide, high = (box.width - 16 * (count - 1)) / count, min(box.height - 160, 150)
    boxes = [Box(box.left + k * (wide + 16), box.top + 64, wide, high) for k in range(count)]
    size = min(fitting([option], wide - 40, high - 16, LABELS, bold=True) for option in question.options)
    large = (38, 34, *LABELS)
    return Asked(
        prompt=_line([question.prompt], Box(box.left, box.top, box.width, 56), large, bold=True),
        options=tuple(Line(one, size) for one in boxes),
        answer=_line([question.answer], Box(box.left, box.top + 74 + high, box.width, 84), large, bold=True),
    )

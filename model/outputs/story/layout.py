"""The places of a slide's parts and their sizes of type, the same on the page and in the file.

Lengths are in pixels of a screen of 1920 by 1080; in a file of slides a pixel is half a point. No type is smaller than
SMALLEST, which can be read from the back of a room.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from model.outputs.phrasing.typesetting import LEADING, Ruled, ems, fitting, height, ruled
from model.outputs.story.story import ASK, CONTINUED, COVER, LIMITS, Figure, Question, Slide, Table

WIDE, HIGH = 1920, 1080
MARGIN, TOP, BOTTOM, FOOT, GAP = 80, 56, 988, 1010, 28
HEAD_HIGH, LEAD_HIGH, REMARKS_HIGH = 146, 100, 128
COVER_HIGH, COVER_FOOT, COVER_POINTS = 380, 430, 590
"""Greatest height of a cover's headline, its lower edge, and the upper edge of who, where and when."""
LIVE_HIGH = 130
"""Height of the levers at the foot of a slide on the Present page."""
SMALLEST, UNIT = 24, 30
FOOT_WIDTH = 970
"""Width at a slide's foot for its title and the key to the marks; buttons stand behind."""
LARGE = (60, 54, 48)
HEADS = (*LARGE, 44, 40, 36, 32)
COVER_HEADS = (96, 84, 72, 64, 56, 48)
POINTS = (44, 40, 36, 32, 30, 28, 26, SMALLEST)
TABLES = (44, 40, 36, 34, 32, 30, 28, 26, SMALLEST)
LATER_TABLES = TABLES[TABLES.index(30) :]
"""The type of tables on pages that continue a slide, which has no room for larger type itself."""
LABELS = (32, 30, 28, 26, SMALLEST)
REMARKS = (28, 26, SMALLEST)
NUMBERS = (104, 92, 84, 76, 68, 60, 52, 46, 40)
OPTIONS = (44, 40, 36)
"""Sizes of type by kind of text; the largest that fits is taken."""
ABOVE = {LIMITS: 0.33, ASK: 0.6}
"""Slides whose points stand above what else they have, each with the most that these take of the body."""
NARROW_TABLE = 3
"""Most columns of a table that may leave the larger half to the chart beside it."""
CHART_SHARES = (0.52, 0.455)
"""Parts of the width for a chart beside a table; the table's type decides between them."""
LONG_KEY = ("cases",)
"""Charts whose key needs the larger part."""
ROUNDING = 1e-6
"""Pixels by which a table made as high as its room may be over it."""
AIRY = 1.8
"""Most by which the rows of a table are made higher where there is room below."""
OPTION_HIGH, QUESTION_HIGH, ONE_QUESTION_HIGH = 280, 360, 520
"""Greatest height of an option, of one of several questions, and of one alone."""
LOW_CARD = 240
"""Height of a question below which its prompt and answer take a line each."""
STACKED = ("plain", "percent")
"""Charts whose plan names need the whole width."""
TWO_COLUMNS = (1, 2, 4)
"""How many figures stand two in a row; others stand three in a row."""
CARD_PADDING, LABEL_HIGH, ABREAST = 24, 46, 700
"""Padding of a card, height of its label and of its change, and width from which it holds two columns."""


class Box(NamedTuple):
    """A rectangle on the screen."""

    left: float
    top: float
    width: float
    height: float


class Line(NamedTuple):
    """Text in a box at a size of type."""

    box: Box
    size: int


@dataclass(frozen=True)
class Frame:
    """The room of a template: for the headline, for the body, and for the texts of a cover.

    The body begins under its top or under the headline, whichever is lower.
    """

    head: Box
    body: Box
    title: Box
    lead: Box
    points: Box


OWN = Frame(
    head=Box(MARGIN, TOP, WIDE - 2 * MARGIN, HEAD_HIGH),
    body=Box(MARGIN, 0, WIDE - 2 * MARGIN, BOTTOM),
    title=Box(MARGIN, COVER_FOOT - COVER_HIGH, WIDE - 2 * MARGIN, COVER_HIGH),
    lead=Box(MARGIN, COVER_FOOT + GAP, WIDE - 2 * MARGIN, COVER_POINTS - COVER_FOOT - 2 * GAP),
    points=Box(MARGIN, COVER_POINTS, WIDE - 2 * MARGIN, BOTTOM - COVER_POINTS),
)
"""The frame of the page and of the shipped template."""


@dataclass(frozen=True)
class Places:
    """The places of a slide's parts; of a part that it does not have, None or empty."""

    headline: Line
    lead: Line | None
    points: Line | None
    figures: tuple[Box, ...] = ()
    questions: tuple[Box, ...] = ()
    charts: tuple[Box, ...] = ()
    table: Box | None = None
    ruled: Ruled | None = None


def places_of(slide: Slide, bottom: float = BOTTOM, frame: Frame = OWN) -> Places:
    """The places of a slide's parts in a frame, none lower than `bottom`."""
    if slide.id == COVER:
        return _cover(slide, bottom, frame)
    head, (left, top, width, high) = frame.head, frame.body
    headline = _headline(slide.headline, head)
    bottom = min(bottom, top + high)
    top = max(top, head.top + height(slide.headline, headline.size, head.width, bold=True) + GAP)
    lead = _line([slide.lead], Box(left, top - GAP / 2, width, LEAD_HIGH), LABELS) if slide.lead else None
    if lead:
        top += height(slide.lead, lead.size, width) + GAP / 2
    body = Box(left, top, width, bottom - top)
    if slide.table and slide.charts:
        return _chart_beside_table(slide, slide.table, body, Places(headline, lead, None))
    body, points = _body_and_points(slide, body)
    table = body if slide.table else None
    lines = _table_lines(slide.table, body, LATER_TABLES if CONTINUED in slide.id else TABLES) if slide.table else None
    figures, questions = _figures(slide.figures, body), _questions(slide.questions, body)
    return Places(headline, lead, points, figures, questions, _charts(slide, body), table, lines)


def has_room(slide: Slide) -> bool:
    """Whether the table of a slide fits its place over the levers."""
    where = places_of(slide, BOTTOM - LIVE_HIGH)
    return not (where.table and where.ruled) or sum(where.ruled.heights) <= where.table.height - GAP + ROUNDING


def fits_headline(words: str) -> bool:
    """Whether words fit the place of a headline in its smallest type."""
    return height(words, HEADS[-1], OWN.head.width, bold=True) <= OWN.head.height


def is_plain(slide: Slide) -> bool:
    """Whether a slide has nothing but points under its headline."""
    return not (slide.figures or slide.questions or slide.charts or slide.table)


def _cover(slide: Slide, bottom: float, frame: Frame) -> Places:
    left, top, width, room = frame.title
    size = fitting([slide.headline], width, room, COVER_HEADS, bold=True)
    high = height(slide.headline, size, width, bold=True)
    headline = Line(Box(left, top + room - high, width, high), size)
    lead = _line([slide.lead], frame.lead, POINTS[1:]) if slide.lead else None
    under = frame.points._replace(height=min(frame.points.height, bottom - frame.points.top))
    points = _line(slide.points, under, POINTS[1:]) if slide.points else None
    return Places(headline, lead, points)


def _headline(words: str, box: Box) -> Line:
    """A headline in one line where large type holds it; else as large as fits."""
    return Line(box, _size_of(words, box.width, box.height, LARGE, HEADS))


def _size_of(words: str, width: float, room: float, in_one_line: Sequence[int], sizes: Sequence[int]) -> int:
    """The first size that holds bold words in one line; else the first of `sizes` at which they fit."""
    large = (size for size in in_one_line if height(words, size, width, bold=True) <= min(size * LEADING, room))
    return next(large, 0) or fitting([words], width, room, sizes, bold=True)


def _line(texts: Sequence[str], box: Box, sizes: Sequence[int], bold: bool = False) -> Line:
    return Line(box, fitting(texts, box.width, box.height, sizes, GAP / 2, bold))


def _body_and_points(slide: Slide, body: Box) -> tuple[Box, Line | None]:
    """The body less the points, and the place of the points.

    They fill the body where there is nothing else, stand above a passport and above the figures of what is asked for,
    and else are remarks at the foot.
    """
    if not slide.points:
        return body, None
    if is_plain(slide):
        return body, _line(slide.points, body, POINTS)
    first = slide.id in ABOVE
    room, sizes = (body.height * ABOVE[slide.id], POINTS) if first else (REMARKS_HIGH, REMARKS)
    size = fitting(slide.points, body.width, room, sizes, GAP / 2)
    high = sum(height(point, size, body.width) + GAP / 2 for point in slide.points)
    left = body.height - high - GAP
    above, under = body.top, body.top + (high if first else left) + GAP
    points, rest = (above, under) if first else (under, above)
    return Box(body.left, rest, body.width, left), Line(Box(body.left, points, body.width, high), size)


def _chart_beside_table(slide: Slide, table: Table, body: Box, places: Places) -> Places:
    """A chart beside its table, in type as large as can be, with the points under the table."""
    shares = CHART_SHARES if len(table.head) <= NARROW_TABLE else CHART_SHARES[1:]
    if slide.charts[0].name in LONG_KEY:
        shares = CHART_SHARES[:1]
    found = []
    for share in shares:
        left = body._replace(width=body.width * share)
        room = left.left + left.width + 2 * GAP
        right = Box(room, body.top, body.left + body.width - room, body.height)
        right, points = _body_and_points(slide, right)
        lines = _table_lines(table, right)
        if points:
            under = points.box._replace(top=right.top + sum(lines.heights) + GAP)
            points = Line(under, points.size)
        found.append((lines.size, replace(places, points=points, charts=(left,), table=right, ruled=lines)))
    return max(found, key=itemgetter(0))[1]


def _charts(slide: Slide, body: Box) -> tuple[Box, ...]:
    """The boxes of charts without a table: side by side, or stacked where they have names of plans."""
    if not slide.charts:
        return ()
    columns = 1 if slide.charts[0].name in STACKED else len(slide.charts)
    return _cells(len(slide.charts), columns, body)


def _figures(figures: Sequence[Figure], body: Box) -> tuple[Box, ...]:
    return _cells(len(figures), min(len(figures), 2 if len(figures) in TWO_COLUMNS else 3), body)


def _cells(count: int, columns: int, body: Box) -> tuple[Box, ...]:
    """Boxes of equal size, row by row."""
    if not count:
        return ()
    rows = -(-count // columns)
    wide, high = (body.width - GAP * (columns - 1)) / columns, (body.height - GAP * (rows - 1)) / rows
    return tuple(
        Box(body.left + k % columns * (wide + GAP), body.top + k // columns * (high + GAP), wide, high)
        for k in range(count)
    )


def _questions(questions: Sequence[Question], body: Box) -> tuple[Box, ...]:
    high = min(body.height, QUESTION_HIGH * len(questions) if len(questions) > 1 else ONE_QUESTION_HIGH)
    return _cells(len(questions), 1, Box(body.left, body.top, body.width, high))


def _table_lines(table: Table, box: Box, sizes: Sequence[int] = TABLES) -> Ruled:
    """The type and the rows of a table, made higher alike where there is room, with a gap below."""
    room = box.height - GAP
    lines = ruled(rows_of(table), box.width, room, sizes, partial(is_strong, table))
    high = sum(lines.heights)
    more = max(min(room, AIRY * high) - high, 0.0) / len(lines.heights)
    return replace(lines, heights=tuple(row + more for row in lines.heights))


def rows_of(table: Table) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, its head first where it has one."""
    return (table.head, *table.rows) if table.head else table.rows


def is_strong(table: Table, row: int, column: int) -> bool:
    """Whether a cell is a head: the first row and column, or every label of a table without heads."""
    return row == 0 or column == 0 if table.head else column % 2 == 0


class Card(NamedTuple):
    """The places inside a figure's box; the lines under its change are `dealt` to the columns."""

    label: Line
    value: Line
    change: Line
    columns: tuple[Line, ...]


def cards(figures: Sequence[Figure], boxes: Sequence[Box]) -> tuple[Card, ...]:
    """The cards of a slide's figures, with the same sizes of type in all of them."""
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
    lower = max(left - number * LEADING, 0.0) / 2
    inner = [box._replace(top=box.top + lower, height=box.height - lower) for box in inner]
    paired = max(
        _paired_high(one.lines[: len(one.lines) // columns * columns], across, small, columns) for one in figures
    )
    sizes = (label, number, change, small)
    return tuple(_card(one, box, sizes, columns, paired) for one, box in zip(figures, inner, strict=True))


def _card(figure: Figure, inner: Box, sizes: tuple[int, int, int, int], columns: int, paired: float) -> Card:
    """A figure's places; a line left over stands under pairs, which take `paired` pixels in every card."""
    label, number, change, small = sizes
    top = inner.top + LABEL_HIGH
    value = Box(inner.left, top, inner.width, number * LEADING)
    top += value.height
    below = Box(inner.left, top, inner.width, LABEL_HIGH)
    top += LABEL_HIGH if figure.change else 0
    across = (inner.width - GAP * (columns - 1)) / columns
    under = inner.top + inner.height - top
    boxes = [Box(inner.left + c * (across + GAP), top, across, under) for c in range(columns)]
    if _has_odd_line(figure.lines, columns):
        last = height(figure.lines[-1], small, inner.width)
        boxes = [box._replace(height=paired) for box in boxes]
        boxes.append(Box(inner.left, top + paired, inner.width, last))
    return Card(
        Line(Box(inner.left, inner.top, inner.width, LABEL_HIGH), label),
        Line(value, number),
        Line(below, change),
        tuple(Line(box, small) for box in boxes),
    )


def dealt(lines: Sequence[str], places: int) -> list[tuple[str, ...]]:
    """The lines of each place of a card; the last of three, under two columns, has the line left over.

    >>> dealt(["band", "change", "odds"], 3), dealt(["band", "change", "odds"], 1)
    ([('band',), ('change',), ('odds',)], [('band', 'change', 'odds')])
    """
    if places == 3:
        return [*dealt(lines[:-1], 2), (lines[-1],)]
    return [tuple(lines[c::places]) for c in range(places)]


def _has_odd_line(lines: Sequence[str], columns: int) -> bool:
    return columns == 2 and len(lines) > 1 and len(lines) % 2 == 1


def _column_high(lines: Sequence[str], width: float, size: int, columns: int) -> float:
    """The height of the lines in columns of a width; one left over has the width of both."""
    if not _has_odd_line(lines, columns):
        return _paired_high(lines, width, size, columns)
    return _paired_high(lines[:-1], width, size, columns) + height(lines[-1], size, 2 * width + GAP)


def _paired_high(lines: Sequence[str], width: float, size: int, columns: int) -> float:
    return max(sum(height(line, size, width) for line in lines[c::columns]) for c in range(columns))


def _all_fit(lines: Sequence[str], width: float, room: float, columns: int) -> int:
    return next((size for size in REMARKS if _column_high(lines, width, size, columns) <= room), SMALLEST)


def _number_size(figure: Figure, width: float, room: float) -> int:
    """The largest size at which the number fits with its unit beside it."""

    def fits(size: int) -> bool:
        wide = size * ems(
            f"{figure.before} → {figure.value}" if figure.before else figure.value, bold=True
        ) + UNIT * ems(f" {figure.unit}")
        return wide <= width and size * LEADING <= room

    return next(filter(fits, NUMBERS), NUMBERS[-1])


@dataclass(frozen=True)
class QuestionCard:
    """The places inside a question's box: the prompt, the options, and the sentence that answers it."""

    prompt: Line
    options: tuple[Line, ...]
    answer: Line


def question_card(question: Question, box: Box) -> QuestionCard:
    """The card of a question, its options side by side with the same size of type."""
    count = len(question.options)
    above, below = (56, 84) if box.height >= LOW_CARD else (40, 44)
    wide, high = (box.width - 16 * (count - 1)) / count, min(box.height - above - below - 20, OPTION_HIGH)
    boxes = [Box(box.left + k * (wide + 16), box.top + above + 8, wide, high) for k in range(count)]
    size = min(_size_of(option, wide - 40, high - 16, OPTIONS, LABELS) for option in question.options)
    large = (38, 34, *LABELS)
    return QuestionCard(
        prompt=_line([question.prompt], Box(box.left, box.top, box.width, above), large, bold=True),
        options=tuple(Line(one, size) for one in boxes),
        answer=_line([question.answer], Box(box.left, box.top + above + 18 + high, box.width, below), large, bold=True),
    )

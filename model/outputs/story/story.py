"""A story as plain values: one message a slide, what stands under it, and what each figure rests on.

The Present page and the slides are drawn from a story and from nothing else, so they cannot say different things.
`plan_story` makes the story of a plan, `comparison_story` that of a comparison.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from model.outputs.handout.passport import Passport, is_hash
from model.outputs.phrasing.typesetting import clipped, clipped_name, ems
from model.outputs.story.marks import has_figure, is_marked, marked
from model.outputs.words import LANGUAGES, text

LABEL_EMS, VALUE_EMS, LONE_EMS = 26, 30, 110
"""Most ems of a passport row on the last slide, and of the value of one that alone is long.

Hashes are left whole; the notes have the full row.
"""

TITLE_EMS = 48
"""Most ems of a title that says whether the plan is final."""

COVER, QUESTION, ANSWER, WHY, STABILITY = "cover", "question", "answer", "why", "stability"
ASK, LIMITS = "ask", "limits"
"""Ids of the slides with rules of their own.

Why and stability take longer to work out than the others together.

The answer is a slide right after its question, so nobody sees it before the next key. The limits, with the passport,
close every selection of slides.
"""
CONTINUED = "_"
"""Stands in the id of a page that continues a slide, before its number: `move_2`."""
WAY = "way"
"""The name of the chart from base year to plan by decision."""

Look = Literal["change", "worse", "same"]
"""The look of a change: as any other, as one for the worse, or as one that is printed as 0."""


@dataclass(frozen=True)
class Figure:
    """A number in large type with `lines` under it; `id` is that of its measure or of the report's figure.

    `before` is its value in the base year, as large beside it; `look` is that of its change.
    """

    id: str
    label: str
    value: str
    unit: str
    change: str = ""
    lines: tuple[str, ...] = ()
    before: str = ""
    look: Look = "change"


@dataclass(frozen=True)
class Question:
    """A question to the audience, with its options and the sentence that answers it.

    `right` are the places of the right options; none is right where the plans do not differ. `look` is that of the
    answer.
    """

    prompt: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    answer: str
    look: Look = "change"


@dataclass(frozen=True)
class Chart:
    """A chart by the name of its specification, with its rows of plain values."""

    name: str
    title: str
    alt: str
    rows: tuple[Mapping[str, object], ...]


@dataclass(frozen=True)
class Table:
    """Cells as they are read; `head` is empty for a table of labels and values side by side."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Slide:
    """One message, the headline, and what stands under it.

    `notes` are the presenter's: for each figure its meaning, its band and its assumptions. ValueError where a figure
    has no mark (`marks`).
    """

    id: str
    headline: str
    lead: str = ""
    figures: tuple[Figure, ...] = ()
    questions: tuple[Question, ...] = ()
    charts: tuple[Chart, ...] = ()
    table: Table | None = None
    points: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if without := list(_without_mark(self)):
            raise ValueError(f"no mark says where these figures come from: {without}")


def _without_mark(slide: Slide) -> Iterator[str]:
    """The texts of a slide with a figure that no mark covers.

    The value of a card, a chart and a column are covered by their unit, title or head; what stands under the value is
    not. What is typed on the cover (all but its last point), the answers to choose from, the names in the first column
    and the passport are no figures of the story; of the passport only the draws are, which the projection kept.
    """
    words = list(slide.points[-1:] if slide.id == COVER else (slide.headline, slide.lead, *slide.points))
    words += [question.answer for question in slide.questions]
    words += [one for figure in slide.figures for one in (figure.change, *figure.lines)]
    yield from (one for one in words if has_figure(one) and not is_marked(one))
    yield from (figure.value for figure in slide.figures if not is_marked(figure.unit))
    yield from (chart.title for chart in slide.charts if not is_marked(chart.title))
    if slide.table and slide.table.head:
        for row in slide.table.rows:
            for head, cell in zip(slide.table.head[1:], row[1:], strict=True):
                if has_figure(cell) and not (is_marked(head) or is_marked(cell)):
                    yield cell


@dataclass(frozen=True)
class Occasion:
    """Who presents, at what meeting and when, as typed for the cover; each may be empty."""

    unit: str = ""
    name: str = ""
    day: str = ""


@dataclass(frozen=True)
class Story:
    """Slides in the order of telling, limits last; `title` is the plan's name or that of the comparison."""

    title: str
    slides: tuple[Slide, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the slides that can be selected and reordered: all but pages that follow one, and the limits."""
        return tuple(slide.id for slide in self.slides if slide.id == chapter(slide.id) != LIMITS)


def chapter(id: str) -> str:
    """The id of the slide that a page follows wherever it stands; its own where it follows none.

    >>> chapter("move_2"), chapter("answer"), chapter("gives")
    ('move', 'question', 'gives')
    """
    return QUESTION if id == ANSWER else id.partition(CONTINUED)[0]


def selection(story: Story, ids: Iterable[str]) -> Story:
    """The story with the slides `ids` in that order, each once, the limits last.

    Ids that the story does not have are passed over; where none is left, the story stays whole.

    >>> story = Story("", tuple(Slide(id, "") for id in ("cover", "question", "answer", "limits")))
    >>> [slide.id for slide in selection(story, ["question", "cover", "question", "other"]).slides]
    ['question', 'answer', 'cover', 'limits']
    """
    wanted = [id for id in dict.fromkeys(ids) if id in story.ids]
    if not wanted:
        return story
    return Story(story.title, tuple(one for id in (*wanted, LIMITS) for one in story.slides if chapter(one.id) == id))


def with_passport(story: Story, passport: Passport) -> Story:
    """The story with its passport on the last slide, two rows side by side, and in full in its notes.

    Where the plan has a final version, every slide says by the title whether this is it, and the cover says more.
    """
    of_draws = {text("passport.draws", language) for language in LANGUAGES}
    long = sum(ems(value) > VALUE_EMS and not is_hash(value) for _, value in passport.rows)
    most = LONE_EMS if long == 1 else VALUE_EMS
    cells = [(label, value if is_hash(value) else clipped(value, most)) for label, value in passport.rows]
    rows = [
        (clipped(label, LABEL_EMS), marked(value, "computed") if label in of_draws else value) for label, value in cells
    ]
    half = -(-len(rows) // 2)
    pairs = zip_longest(rows[:half], rows[half:], fillvalue=("", ""))
    table = Table((), tuple(left + right for left, right in pairs))
    *slides, last = (_with_finality(slide, passport.finality) for slide in story.slides)
    notes = tuple(f"{label}: {value}" for label, value in passport.rows)
    title = story.title if passport.title == passport.name else clipped_name(passport.title, TITLE_EMS)
    return Story(title, (*slides, replace(last, table=table, notes=(*last.notes, *notes))))


def _with_finality(slide: Slide, said: str) -> Slide:
    """The cover with what is said of the plan's final version, before what its figures were made from."""
    if slide.id != COVER or not said:
        return slide
    *typed, made = slide.points
    return replace(slide, points=(*typed, said, made))


def slide_name(id: str, language: str) -> str:
    """The name of a slide as the panel of the Present page lists it."""
    return text(f"story.slide_{id}", language)

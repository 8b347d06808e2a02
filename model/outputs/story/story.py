"""A story as plain values: one message a slide, what stands under it, and what each figure rests on.

The Present page and the slides are drawn from a story and from nothing else, so they cannot say different things.
`plan_story` makes the story of a plan, `comparison_story` that of a comparison.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from model.outputs.handout.passport import Passport
from model.outputs.phrasing.typesetting import clipped
from model.outputs.words import text

LABEL_EMS, VALUE_EMS = 18, 40
"""Most ems of a passport row on the last slide, room for a whole hash; the notes have the full row."""

COVER, QUESTION, ANSWER, STABILITY, LIMITS = "cover", "question", "answer", "stability", "limits"
"""Ids of the slides with rules of their own.

The stability takes longer to work out than the others together.

The answer is a slide right after its question, so nobody sees it before the next key. The limits, with the passport,
close every selection of slides.
"""


@dataclass(frozen=True)
class Figure:
    """A number in large type with `lines` under it; `id` is that of its measure or of the report's figure."""

    id: str
    label: str
    value: str
    unit: str
    change: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question to the audience, with its options and the sentence that answers it.

    `right` are the places of the right options; none is right where the plans do not differ.
    """

    prompt: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    answer: str


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

    `notes` are the presenter's: for each figure its meaning, its band and its assumptions.
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


@dataclass(frozen=True)
class Story:
    """Slides in the order of telling, limits last; `title` is the plan's name or that of the comparison."""

    title: str
    slides: tuple[Slide, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the slides that can be selected and reordered: all but the answer and the limits."""
        return tuple(slide.id for slide in self.slides if slide.id not in (ANSWER, LIMITS))


def selection(story: Story, ids: Iterable[str]) -> Story:
    """The story with the slides `ids` in that order, each once, the limits last.

    Ids that the story does not have are passed over; where none is left, the story stays whole.

    >>> story = Story("", tuple(Slide(id, "") for id in ("cover", "question", "answer", "limits")))
    >>> [slide.id for slide in selection(story, ["question", "cover", "question", "other"]).slides]
    ['question', 'answer', 'cover', 'limits']
    """
    by_id = {slide.id: slide for slide in story.slides}
    wanted = [id for id in dict.fromkeys(ids) if id in story.ids]
    if not wanted:
        return story
    order = [one for id in (*wanted, LIMITS) for one in ((id, ANSWER) if id == QUESTION else (id,))]
    return Story(story.title, tuple(by_id[id] for id in order if id in by_id))


def with_passport(story: Story, passport: Passport) -> Story:
    """The story with its passport on the last slide, two rows side by side, and in full in its notes."""
    rows = [(clipped(label, LABEL_EMS), clipped(value, VALUE_EMS)) for label, value in passport.rows]
    half = -(-len(rows) // 2)
    pairs = zip_longest(rows[:half], rows[half:], fillvalue=("", ""))
    table = Table((), tuple(left + right for left, right in pairs))
    *slides, last = story.slides
    notes = tuple(f"{label}: {value}" for label, value in passport.rows)
    return replace(story, slides=(*slides, replace(last, table=table, notes=(*last.notes, *notes))))


def slide_name(id: str, language: str) -> str:
    """The name of a slide as the panel of the Present page lists it."""
    return text(f"story.slide_{id}", language)

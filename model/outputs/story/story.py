"""A story as plain values: one message a slide, what stands under it, and what each figure rests on.

The Present page and the slides are drawn from a story and from nothing else, so they cannot say different things.
`plan_story` tells a plan, `comparison_story` a comparison.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from model.outputs.handout.passport import Passport
from model.outputs.phrasing.typesetting import clipped
from model.outputs.words import text

LABEL_EMS, VALUE_EMS = 18, 40
"""How much of a row of the passport its slide shows, where a hash stands whole; the notes have all of it."""

QUESTION, ANSWER, LIMITS = "question", "answer", "limits"
"""The answer is a slide of its own, right after its question: nobody sees it before the next key. The limits, with what
the story was made from, close every choice of slides."""


@dataclass(frozen=True)
class Figure:
    """A number in large type: `id` is that of its measure or of the report's figure; `lines` stand under it."""

    id: str
    label: str
    value: str
    unit: str
    change: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """What the audience is asked, the answers it may choose from, the places of the right ones, and what to say then.
    No place is right where the plans do not differ."""

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
    """One message: the headline. `notes` are the presenter's: what each figure is, its band, its assumptions."""

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
    """`title` is the plan's name, or what is compared; `slides` in the order in which they are told, limits last."""

    title: str
    slides: tuple[Slide, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """What can be chosen and put in order; the answer goes with its question, the limits always close."""
        return tuple(slide.id for slide in self.slides if slide.id not in (ANSWER, LIMITS))


def chosen(story: Story, ids: Iterable[str]) -> Story:
    """The story with these slides in this order; ids it does not have are passed over, and where none is left, whole.

    >>> told = Story("", tuple(Slide(id, "") for id in ("cover", "question", "answer", "limits")))
    >>> [slide.id for slide in chosen(told, ["question", "cover", "question", "other"]).slides]
    ['question', 'answer', 'cover', 'limits']
    """
    by_id = {slide.id: slide for slide in story.slides}
    wanted = [id for id in dict.fromkeys(ids) if id in story.ids]
    if not wanted:
        return story
    told = [pair for id in (*wanted, LIMITS) for pair in ((id, ANSWER) if id == QUESTION else (id,))]
    return Story(story.title, tuple(by_id[id] for id in told if id in by_id))


def stamped(story: Story, made: Passport) -> Story:
    """The story with what it was made from on its last slide, two rows of the passport side by side."""
    rows = [(clipped(label, LABEL_EMS), clipped(value, VALUE_EMS)) for label, value in made.rows]
    half = -(-len(rows) // 2)
    pairs = zip_longest(rows[:half], rows[half:], fillvalue=("", ""))
    table = Table((), tuple(left + right for left, right in pairs))
    *slides, last = story.slides
    notes = tuple(f"{label}: {value}" for label, value in made.rows)
    return replace(story, slides=(*slides, replace(last, table=table, notes=(*last.notes, *notes))))


def slide_name(id: str, language: str) -> str:
    return text(f"story.slide_{id}", language)

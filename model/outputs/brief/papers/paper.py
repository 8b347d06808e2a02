"""A paper as plain values: a title and what stands under it, in order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from model.outputs.handout.passport import Passport
from model.outputs.phrasing.table import Table
from model.outputs.story.marks import unmarked
from model.outputs.words import text


@dataclass(frozen=True)
class Heading:
    """A heading with its number: of a section (1) or of a part of one (2)."""

    words: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: of the body, a small `note`, an `addressee` without an indent, or a `subtitle`."""

    words: str
    look: str = "body"


@dataclass(frozen=True)
class Grid:
    """A table under its numbered caption, with rows at least so many points high."""

    caption: str
    table: Table
    height: float = 0


@dataclass(frozen=True)
class Figure:
    """A picture (PNG) with its title and what it shows, for those who cannot see it."""

    png: bytes
    title: str
    alternative: str


@dataclass(frozen=True)
class Signature:
    """The place of author and day; `office` stands for an author who is not named."""

    office: str = ""


@dataclass(frozen=True)
class Figures:
    """Pictures side by side."""

    shown: tuple[Figure, ...]


Part = Heading | Paragraph | Grid | Figures | Signature


@dataclass(frozen=True)
class Paper:
    """A paper that an office files; `author` may be empty, `hash` is that of the plan's file."""

    title: str
    parts: tuple[Part, ...]
    author: str
    made_on: date
    hash: str


def numbered(parts: Iterable[Part], language: str) -> tuple[Part, ...]:
    """The parts with numbers before headings, parts of sections and captions of tables."""
    sections = subsections = tables = 0
    numerals, counted = text("paper.numerals", language), []
    for part in parts:
        match part:
            case Heading(words, 1):
                sections, subsections = sections + 1, 0
                part = Heading(text("paper.heading", language, n=numerals[sections - 1], words=words))
            case Heading(words, level):
                subsections += 1
                part = Heading(text("paper.subheading", language, n=numerals[subsections - 1], words=words), level)
            case Grid(caption):
                tables += 1
                part = replace(part, caption=text("paper.table", language, n=tables, words=caption))
        counted.append(part)
    return tuple(counted)


def paper(title: str, parts: Iterable[Part], passport: Passport, day: date, language: str, author: str = "") -> Paper:
    """A paper with numbered parts, under its title how the plan stands to a final version, if any."""
    said = text("paper.finality", language, said=passport.finality)
    under_title = (Paragraph(said, "subtitle"),) if passport.finality else ()
    return Paper(title, numbered((*under_title, *parts), language), author, day, passport.hash)


def bare(words: str) -> str:
    """Words without marks and without their full stop."""
    return unmarked(words)[0].rstrip("。.")


def sentences_in_a_row(parts: Iterable[str], language: str) -> str:
    """Sentences without marks; between those of English stands a space."""
    end = text("plan.sentence_end", language)
    return (end if language.startswith("zh") else f"{end} ").join(map(bare, parts)) + end


def day_in_words(day: date, language: str) -> str:
    """A day as papers are dated.

    >>> day_in_words(date(2026, 11, 4), "zh"), day_in_words(date(2026, 11, 4), "en")
    ('2026年11月4日', '2026-11-04')
    """
    return text("paper.day", language, year=day.year, month=day.month, day=day.day)

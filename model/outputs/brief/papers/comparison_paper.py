"""The report of a comparison: its plans, the measures side by side, who leads, what differs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from model.outputs.brief.papers.paper import (
    Figure,
    Figures,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Part,
    Signature,
    bare,
    paper,
    sentences_in_a_row,
)
from model.outputs.compare.comparison import LETTERS
from model.outputs.evidence.not_reported import limits
from model.outputs.handout import pictures
from model.outputs.phrasing.provenance import provenance
from model.outputs.phrasing.table import Table
from model.outputs.story.common_slides import GUESSED, ask_to_check, first_to_check, force_in_words
from model.outputs.story.compared import Compared
from model.outputs.story.marks import unmarked
from model.outputs.story.story import Slide
from model.outputs.words import text

NAME_EMS = 9
"""Most ems of a plan's name in a picture."""


def comparison_report(compared: Compared) -> Paper:
    """The report of a comparison."""
    title = _word("title_comparison", compared, count=len(compared.names))
    return paper(title, _parts(compared), compared.passport, compared.made_on, compared.language)


def _word(key: str, compared: Compared, **values: object) -> str:
    return text(f"paper.{key}", compared.language, **values)


def _parts(compared: Compared) -> Iterator[Part]:
    language, projections = compared.language, compared.comparison.projections
    (situation,), (ask,), who = (compared.of(id) for id in ("situation", "ask", "who"))
    yield Heading(_word("situation", compared))
    yield _paragraph([force_in_words(compared.teller), *situation.points], language)
    yield Heading(_word("compared", compared))
    yield Grid(_word("compared_table", compared), replace(_table(who, words=2), rows=compared.teller.contents))
    if who[0].points:
        yield Paragraph(sentences_in_a_row(who[0].points, language), "note")
    yield Heading(_word("gives", compared))
    yield from _gives(compared)
    yield Heading(_word("rests", compared))
    first = first_to_check(compared.teller, compared.teller.decided)
    rests = [_word("rests_sentence", compared, **first)] if first else []
    yield _paragraph([*rests, limits(compared.baseline, language)], language)
    yield Heading(_word("ask", compared))
    asked = filter(None, (ask.headline, ask_to_check(compared.teller, compared.teller.decided)))
    for n, point in enumerate(asked, 1):
        yield Paragraph(_word("ask_point", compared, n=n, point=bare(point)))
    yield Signature()
    source, made = compared.baseline.source[language], provenance(projections[0], compared.made_on).sentence(language)
    hash = compared.passport.hash
    yield Paragraph(_word("sources_compared", compared, source=source, made=made.rstrip("。."), hash=hash), "note")


def _gives(compared: Compared) -> Iterator[Part]:
    """The measures side by side, their charts, who leads on each, and the levers that differ."""
    language = compared.language
    (answer,), (side,), (beats,) = (compared.of(id) for id in ("answer", "side", "beats"))
    yield Heading(_word("gives_result", compared), 2)
    yield _paragraph([answer.headline], language)
    yield Grid(_word("side_table", compared, letter=LETTERS[compared.reference]), _table([side]))
    yield Paragraph(text("plan.how_to_read", language), "note")
    yield Figures(tuple(_figures(compared)))
    yield Paragraph(sentences_in_a_row([text("pictures.compare_note", language)], language), "note")
    yield Heading(_word("beats", compared), 2)
    yield _paragraph(beats.points, language)
    yield Heading(_word("differs", compared), 2)
    differs = compared.of("differs")
    if differs[0].table:
        yield Grid(_word("differs_table", compared), _table(differs, words=1 + len(compared.names)))
    else:
        yield _paragraph([differs[0].headline], language)


def _figures(compared: Compared) -> Iterator[Figure]:
    teller, language = compared.teller, compared.language
    names = [teller.name(place, NAME_EMS) for place in teller.places]
    charts = pictures.of_comparison(
        compared.comparison, names, teller.kinds, compared.reference, compared.made_on, language, in_paper=True
    )
    for chart in charts:
        if chart.name in GUESSED:
            title = teller.measure(chart.name)
            alternative = text("compare.chart_alt", language, measure=title)
            yield Figure(pictures.png(chart, language), title, alternative)


def _paragraph(parts: Sequence[str], language: str) -> Paragraph:
    return Paragraph(sentences_in_a_row(parts, language))


def _table(slides: Sequence[Slide], words: int = 1) -> Table:
    """The table of a slide and the pages that continue it, without marks."""
    tables = [slide.table for slide in slides if slide.table]
    rows = tuple(tuple(_without_marks(cell) for cell in row) for table in tables for row in table.rows)
    return Table(tuple(unmarked(head)[0] for head in tables[0].head), rows, words)


def _without_marks(cell: str) -> str:
    return "\n".join(unmarked(line)[0] for line in cell.split("\n"))

"""The slide that says why: the causal sentence over the way from base year to plan by decision."""

from model.outputs.answers.answer_table import capital
from model.outputs.phrasing.numbers import change_unit
from model.outputs.story.layout import has_room
from model.outputs.story.marks import headed, marked
from model.outputs.story.story import WAY, WHY, Slide, Table
from model.outputs.story.teller import MOST_ROWS, PlanTeller
from model.outputs.why.sentence import cause_in_words, notes, sentences
from model.outputs.why.way import Way, data, table, ways
from model.outputs.words import text
from model.projection.why.why import Why
from model.year.measures import MEASURE

MOST_DECISIONS = (MOST_ROWS - 4, MOST_ROWS - 5, MOST_ROWS - 6)
"""Most decisions with a row of their own; fewer where the heads of the table are long."""


def why_slide(teller: PlanTeller, answer: Why | None) -> Slide:
    """The way of the measure that the sentence is about as a chart, that of all four as a table.

    Without an answer the slide only says that it is not worked out.
    """
    if answer is None:
        return Slide(WHY, teller.say("why_later"), notes=(text("why.how_to_read", teller.language),))
    ways_to_tell = [_told(teller, answer, most, is_whole) for is_whole in (True, False) for most in MOST_DECISIONS]
    return next(filter(has_room, ways_to_tell), ways_to_tell[-1])


def _told(teller: PlanTeller, answer: Why, most: int, is_whole: bool) -> Slide:
    """The slide with at most so many rows of decisions, and all sentences on it or some in the notes."""
    language, projection = teller.language, teller.projection
    rows = ways(answer, projection, teller.baseline, language, most)
    told = answer.causes[0].measure if answer.causes else ""
    shown = next((way for way in rows if way.id == told), None) or max(rows, key=lambda way: bool(way.change))
    cells = table(rows, language)
    name, *heads = cells.heads
    others = [cause_in_words(cause, answer, projection, teller.baseline, language) for cause in answer.causes[1:]]
    first, *more = sentences(answer, projection, teller.baseline, language)
    return Slide(
        WHY,
        marked(capital(first).rstrip("。."), "computed"),
        charts=(teller.chart(WAY, _title(shown, teller), _alt(shown, teller), data(shown, teller.baseline, language)),),
        table=Table((name, *(headed(head, "computed") for head in heads)), cells.rows),
        points=tuple(marked(one, "computed") for one in more) if is_whole else (),
        notes=(*(() if is_whole else more), *others, *notes(answer, language)),
    )


def _title(way: Way, teller: PlanTeller) -> str:
    title = text("why.way_of", teller.language, measure=teller.measure(way.id))
    return headed(teller.chart_title(title, change_unit(MEASURE[way.id].unit, teller.language)), "computed")


def _alt(way: Way, teller: PlanTeller) -> str:
    return text("why.alt", teller.language, measure=teller.measure(way.id))

"""The papers of a plan: the report with its tables and charts, and the request of one page."""

from collections.abc import Iterator, Sequence

from model.outputs.brief import brief_tables
from model.outputs.brief.brief import question, sentences
from model.outputs.brief.papers.paper import (
    Figure,
    Figures,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Part,
    Signature,
    paper,
    sentences_in_a_row,
)
from model.outputs.charts import plan_charts
from model.outputs.evidence.not_reported import limits
from model.outputs.handout import pictures
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.sentences import gains_in_words
from model.outputs.phrasing.table import Table
from model.outputs.phrasing.typesetting import clipped
from model.outputs.stability.sentence import others
from model.outputs.stability.sentence import sentence as stability_sentence
from model.outputs.story.common_slides import ask_to_check, first_to_check, force_in_words, situation
from model.outputs.story.marks import unmarked
from model.outputs.story.plan_story import decisions
from model.outputs.story.teller import NAME_EMS, PlanTeller
from model.outputs.why.sentence import causal_sentences
from model.outputs.words import text
from model.scenario.scenario import in_language
from model.year.measures import HEADLINES

MOST_DECISIONS = 5
"""Most decisions that a paper asks for one by one; for more it points to their table."""
MOST_ROWS = 10
"""Most rows on what is moved beside which both charts fit on four pages."""
TYPED_EMS = 300
"""Most ems of a note or reason that somebody typed; the scenario file has all of it."""
CHARTS = ("visits", "cases")
"""The charts of the report."""


def report(handout: Handout) -> Paper:
    """The report of a plan, or of the base year where nothing is decided."""
    return _paper("title", _report(handout), handout)


def request(handout: Handout) -> Paper:
    """The request of one page that goes with the report."""
    return _paper("title_request", _request(handout), handout)


def _paper(title: str, parts: Iterator[Part], handout: Handout) -> Paper:
    name = clipped(handout.passport.name, NAME_EMS)
    author = clipped(handout.projection.scenario.author, NAME_EMS)
    scenario = handout.projection.scenario
    is_unnamed = scenario.levers and not in_language(scenario.name, handout.language)
    words = _word(f"{title}_unnamed" if is_unnamed else title, handout, name=name)
    return paper(words, parts, handout.passport, handout.made_on, handout.language, author)


def _word(key: str, handout: Handout, **values: object) -> str:
    return text(f"paper.{key}", handout.language, **values)


def _teller(handout: Handout) -> PlanTeller:
    return PlanTeller(handout.baseline, handout.language, handout.projection)


def _report(handout: Handout) -> Iterator[Part]:
    language, teller = handout.language, _teller(handout)
    yield from _situation(handout)
    yield Heading(_word("moves", handout))
    yield from (moved := tuple(_moves(handout)))
    tables = sum(isinstance(part, Grid) for part in moved)
    yield Heading(_word("gives", handout))
    rows = sum(len(part.table.rows) for part in moved if isinstance(part, Grid))
    yield from _gives(handout, tables + 1, CHARTS if rows <= MOST_ROWS else CHARTS[:1])
    yield Heading(_word("risks", handout))
    _, _, binds, missing = sentences(handout)
    yield Heading(_word("binds", handout), 2)
    yield Paragraph(binds)
    yield Heading(_word("missing", handout), 2)
    yield Paragraph(missing)
    yield Heading(_word("rests", handout), 2)
    first = first_to_check(teller, (handout.projection,))
    rests = [_word("rests_sentence", handout, **first)] if first else []
    yield Paragraph(sentences_in_a_row([*rests, limits(handout.baseline, language)], language))
    if teller.has_decision:
        yield Heading(_word("ask", handout))
        yield from _points(handout, _word("ask_many", handout, n=1))
    yield Signature()
    made = handout.provenance.sentence(language).rstrip("。.")
    source = handout.baseline.source[language]
    yield Paragraph(_word("sources", handout, source=source, made=made, hash=handout.passport.hash), "note")


def _situation(handout: Handout) -> Iterator[Part]:
    """The report's own figures, what they leave open, and what is asked."""
    teller, language = _teller(handout), handout.language
    slide = situation(teller)
    yield Heading(_word("situation", handout))
    yield Paragraph(sentences_in_a_row([force_in_words(teller), *slide.points], language))
    yield Heading(_word("question", handout))
    note, reason = question(handout)
    yield Paragraph(clipped(note, TYPED_EMS))
    if reason:
        yield Paragraph(_word("reason", handout, reason=clipped(reason, TYPED_EMS)))


def _moves(handout: Handout) -> Iterator[Part]:
    """Every decision, changed assumption and reading that the plan sets, beside the base year."""
    moves, read = brief_tables.moves(handout), brief_tables.readings(handout)
    premise = _teller(handout).premise
    if not moves.rows and not premise:
        yield Paragraph(_word("moves_none", handout) if not read.rows else sentences(handout)[0])
    else:
        table = [_word("moves_all", handout, n=1)] if moves.rows else []
        yield Paragraph(sentences_in_a_row([*table, *premise], handout.language))
    if moves.rows:
        yield Grid(_word("moves_table", handout), moves)
    changed = brief_tables.changed_assumptions(handout)
    if changed.rows:
        yield Grid(_word("assumed_table", handout), changed)
    if read.rows:
        yield Grid(_word("read_table", handout), _columns(read, (0, 1)))


def _gives(handout: Handout, n: int, charts: Sequence[str]) -> Iterator[Part]:
    """The headline figures with their bands, the cause, whether it holds, and charts."""
    projection, baseline, language = handout.projection, handout.baseline, handout.language
    table = brief_tables.measures(handout, HEADLINES)
    if not projection.scenario.levers:
        yield Paragraph(_word("gives_base", handout, result=sentences(handout)[1].rstrip("。."), n=n))
        yield Grid(_word("gives_table", handout), table)
        yield Paragraph(text("plan.how_to_read", language), "note")
        yield from _charts(handout, charts)
        return
    yield Heading(_word("gives_result", handout), 2)
    yield Paragraph(_word("gives_sentence", handout, gains=gains_in_words(projection, language), n=n))
    yield Grid(_word("gives_table", handout), _columns(table, (0, 1, 2, 5, 3, 4)))
    yield Grid(_word("odds_table", handout), _columns(table, (0, 6, 7, 8, 9), words=1))
    read = sentences_in_a_row([text("plan.how_to_read", language), _word("odds_note", handout)], language)
    yield Paragraph(read, "note")
    yield Heading(_word("why", handout), 2)
    yield from map(Paragraph, causal_sentences(handout.why, projection, baseline, language))
    yield Heading(_word("stability", handout), 2)
    yield Paragraph(stability_sentence(handout.stability, projection.scenario, baseline, language))
    yield from (Paragraph(one) for one in others(handout.stability, language))
    yield from _charts(handout, charts)  # under the text, which fills the page that the charts may not fit on


def _columns(table: Table, shown: Sequence[int], words: int = 2) -> Table:
    """Some columns of a table, in an order that reads as it adds up."""
    rows = tuple(tuple(row[k] for k in shown) for row in table.rows)
    return Table(tuple(table.heads[k] for k in shown), rows, words)


def _charts(handout: Handout, names: Sequence[str]) -> Iterator[Part]:
    """Charts side by side, and under them how to read each."""
    language = handout.language
    yield Figures(tuple(_figure(name, handout) for name in names))
    titles = {name: text(f"charts.{name}_title", language) for name in names}
    read = [_word("chart_note", handout, title=titles[n], note=text(f"pictures.{n}_note", language)) for n in names]
    yield Paragraph(sentences_in_a_row(read, language), "note")


def _figure(name: str, handout: Handout) -> Figure:
    language = handout.language
    alternative = " ".join(text(f"charts.{one}_alt", language) for one in plan_charts.FRAMES[name])
    return Figure(pictures.png_in_paper(name, handout), text(f"charts.{name}_title", language), alternative)


def _points(handout: Handout, many: str) -> Iterator[Part]:
    """What is asked for, one by one where that is few, and what to have checked."""
    teller = _teller(handout)
    asked = [unmarked(point)[0] for point in decisions(teller)]
    points = asked if len(asked) <= MOST_DECISIONS else [many]
    if checked := ask_to_check(teller, (handout.projection,)):
        points.append(unmarked(checked)[0])
    for n, point in enumerate(points, 1):
        yield Paragraph(_word("ask_point", handout, n=n, point=point))


def _request(handout: Handout) -> Iterator[Part]:
    teller, language = _teller(handout), handout.language
    yield Paragraph(_word("addressee", handout), "addressee")
    yield Paragraph(sentences_in_a_row([force_in_words(teller)], language))
    gains = gains_in_words(handout.projection, language)
    if teller.has_decision:
        gives = _word("request_gives", handout, gains=gains)
        yield Paragraph(sentences_in_a_row([*teller.premise, gives], language))
        yield Paragraph(_word("request_ask", handout))
        yield from _points(handout, _word("ask_report", handout, count=len(decisions(teller))))
    else:
        yield Paragraph(_word("moves_none", handout))
    yield Paragraph(_word("request_end", handout))
    yield Signature(_word("signed_by", handout))

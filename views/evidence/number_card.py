"""The card of one number on the Evidence page: its value, its source, and what the draws make of it."""

from model import Projection
from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption
from model.outputs.evidence.evidence_table import Row, in_unit, mark_in_words
from model.outputs.evidence.health import band_in_kept_draws, rounded
from model.outputs.phrasing.markup import Markup, element
from model.outputs.words import text
from model.projection.base_year import BaseYear
from views.evidence import method
from views.shell.session import session

MOST_LEANING = 4
"""A result leans on an assumption that is among this many that it rests on most."""
MEASURE_WORDS = {"legal_minimum": "plan.missing_legal_minimum"}
"""Phrases for measures whose usual phrase does not fit here."""


def _word(key: str, language: str, **values: object) -> str:
    return text(f"evidence_page.{key}", language, **values)


def number_card(
    row: Row, baseline: Baseline, projection: Projection | None, base: BaseYear | None, language: str
) -> Markup:
    """The card as HTML.

    An assumption also says what the base year leaves of its range, if that is the current base year.
    """
    kind, id = row.id.split(".", 1)
    meaning = element("small", _word(f"means_{row.mark}", language))
    facts = [fact for fact in (row.window, row.certainty, row.use) if fact]
    parts = [
        element("p", mark_in_words(row.mark, language), meaning, class_=f"mark {row.mark}"),
        element("h3", row.label),
        element("p", element("b", row.value), " ", element("i", row.unit), class_="figure"),
        *([element("p", " · ".join(facts), class_="facts")] if facts else []),
        *_source(row, id, baseline, language),
    ]
    is_current = projection and projection.scenario.assumptions == session.scenario().assumptions
    if kind == "assumption" and base and projection and is_current:
        parts += _in_the_draws(baseline.assumptions[id], projection, base, language)
    if links := method.places(id, language):
        parts += [element("h4", _word("method_named", language)), element("p", links)]
    return element("article", *parts, class_="detail")


def _source(row: Row, id: str, baseline: Baseline, language: str) -> list[Markup]:
    """The source of a number: the report's sentence, an assumption's reason, a formula, or another source."""
    figure = baseline.report[id] if row.id.startswith("report.") else None
    if figure and figure.quote:
        note = [element("small", _word("quote_note", language))] if language != "zh" else []
        return [
            element("h4", f"{_word('quote', language)} ", *note),
            element("blockquote", figure.quote, lang="zh"),
            element("p", baseline.source[language]),
        ]
    head = "basis" if row.id.startswith("assumption.") else "formula" if row.mark == "derived" else "source"
    derived = row.id.startswith("derived.")
    note = [element("p", _word("derived_source", language), class_="facts")] if derived else []
    return [element("h4", _word(head, language)), element("p", row.source), *note]


def _in_the_draws(one: Assumption, projection: Projection, base: BaseYear, language: str) -> list[Markup]:
    """What the base year leaves of a range, and which results lean on it."""
    kept = band_in_kept_draws(base, one.id)
    low, high = rounded(kept.p10, one.unit), rounded(kept.p90, one.unit)
    span = _word("kept_same", language, value=low) if low == high else text("plan.span", language, low=low, high=high)
    kept_range = [element("h4", _word("kept_range", language)), element("p", in_unit(span, one.unit, language))]
    if one.closed:
        return kept_range
    leaning = [
        text(MEASURE_WORDS.get(measure.id, f"terms.measure_{measure.id}"), language)
        for measure in projection.measures.values()
        if one.id in [id for id, _ in measure.rests_on[:MOST_LEANING]]
    ]
    results = text("plan.list_comma", language).join(leaning) or _word("leans_none", language)
    return [*kept_range, element("h4", _word("leans", language)), element("p", results)]

"""The brief of a plan: a page of HTML without script or network, which prints on A4."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from model.evidence.baseline import Baseline
from model.outputs.answers.answer_table import clause_in_words
from model.outputs.brief import brief_tables
from model.outputs.charts import plan_charts
from model.outputs.charts.chart_tables import table as chart_table
from model.outputs.charts.palette import BACKGROUND, BASE, INK, PANEL, QUIET_INK, SCENARIO
from model.outputs.evidence.not_reported import not_reported, tiers_of_city
from model.outputs.handout import pictures
from model.outputs.handout.handout import Handout
from model.outputs.handout.passport import Passport
from model.outputs.inspections.inspection_tables import Table as InspectionTable
from model.outputs.inspections.inspection_tables import inspection_tables, inspections_in_words
from model.outputs.phrasing.markup import Markup, element, figures_unbroken, typed, written
from model.outputs.phrasing.markup import table as bare_table
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.sentences import Clause, is_base, plan_in_words, premise_in_words
from model.outputs.phrasing.table import Table
from model.outputs.prefectures import prefecture_table
from model.outputs.stability.sentence import clauses as stability_clauses
from model.outputs.stability.sentence import notes as stability_notes
from model.outputs.stability.sentence import sentence as stability_sentence
from model.outputs.stability.table import overview as stability_overview
from model.outputs.why.sentence import notes as why_notes
from model.outputs.why.sentence import sentences as why_sentences
from model.outputs.why.way import table as way_table
from model.outputs.why.way import ways
from model.outputs.words import text
from model.scenario.scenario import in_language
from model.year.measures import HEADLINES

LANGUAGE_TAG = {"zh": "zh-CN", "en": "en"}
LIMITS = ("causal", "left_out", "province", "unknown", "time", "projection")
INSPECTIONS: Mapping[str, Sequence[int]] = {"prefectures": (), "classes": (0, 1, 14, 15, 16, 17, 18)}
"""The tables of the inspection plan that fit on paper, and the columns that do, all where none is named."""
FEW_COLUMNS = 3
"""Most columns that stand beside one another on a telephone."""
MONTHS_SHOWN = 12
"""Months from one row of the table of months to the next."""
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def brief(handout: Handout) -> bytes:
    """The page in UTF-8; the same plan, day and language give the same bytes."""
    return page(handout.passport.name, [_head(handout), *_sections(handout)], handout.language)


def page(title: str, content: Iterable[Markup], language: str) -> bytes:
    """A page in UTF-8 that stands alone and loads nothing."""
    head = element(
        "head",
        Markup(f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", title),
        element("style", _style()),
    )
    body = element("body", *content)
    return f"<!doctype html>\n{element('html', head, body, lang=LANGUAGE_TAG[language])}\n".encode()


@lru_cache
def _style() -> Markup:
    colours = {
        "ink": INK["light"],
        "quiet": QUIET_INK["light"],
        "ground": BACKGROUND["light"],
        "panel": PANEL["light"],
        "line": f"color-mix(in srgb, {BASE} 45%, {BACKGROUND['light']})",
        "base": BASE,
        "plan": SCENARIO,
    }
    variables = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    return Markup(f":root{{{variables}}}\n{Path(__file__).with_name('brief.css').read_text(encoding='utf-8')}")


def _head(handout: Handout) -> Markup:
    language, scenario = handout.language, handout.projection.scenario
    author = [element("p", _word("by", language, author=scenario.author))] if scenario.author else []
    finality = [element("p", said)] if (said := handout.passport.finality) else []
    return element(
        "header",
        element("p", _word("kind", language)),
        element("h1", typed(handout.passport.name)),
        *finality,
        *author,
        element("p", handout.provenance.sentence(language)),
    )


def _sections(handout: Handout) -> Iterator[Markup]:
    language, projection = handout.language, handout.projection
    changed, gives, binds, missing = (_prose(sentence) for sentence in sentences(handout))
    yield _section("question", language, *_question_section(handout))
    yield _section("moves", language, changed, *_moves(handout))
    yield _section("gives", language, gives, *_gives(handout))
    if projection.scenario.levers:
        yield _section("why", language, *_why(handout))
        yield _section("stability", language, *_stability(handout))
    pool_is = _note("pool_is", language, pools=len(projection.bottlenecks))
    yield _section("binds", language, binds, table(brief_tables.bottlenecks(handout)), pool_is)
    tasks = brief_tables.missing(handout)
    rows = [table(tasks)] if tasks.rows else []
    yield _section("missing", language, missing, *rows, _note("missing_note", language))
    average = prefecture_table.average_note(projection, language)
    notes = [_prose(average, "note")] if average else []
    yield _section("prefectures", language, table(brief_tables.prefectures(handout)), *notes)
    yield _section("inspections", language, *_inspections(handout))
    yield _section("rests", language, _note("rests_note", language), table(brief_tables.assumptions(handout)))
    yield _section("tests", language, table(brief_tables.holdouts(handout)))
    lacking = not_reported(handout.baseline, language)
    limits = [text(f"evidence_page.limit_{limit}", language, list=lacking) for limit in LIMITS]
    limits = [*filter(None, [tiers_of_city(handout.baseline, language)]), *limits]
    told = _section("limits", language, element("ul", *(element("li", limit) for limit in limits)))
    yield element("div", told, how_it_was_made(handout.passport, language), class_="end")


def table(content: Table) -> Markup:
    """A table, of which a telephone shows a row as a list where it has many columns."""
    is_many = len(content.heads) > FEW_COLUMNS
    return element("div", bare_table(content, named=is_many), class_="wide many" if is_many else "wide")


def how_it_was_made(passport: Passport, language: str) -> Markup:
    """The section with the passport."""
    rows = [element("tr", element("th", label), element("td", typed(value))) for label, value in passport.rows]
    note = element("p", _word("file", language), class_="note screen")
    made = element("table", element("tbody", *rows), class_="passport")
    return element("section", element("h2", text("passport.title", language)), made, note)


def _note(key: str, language: str, **values: object) -> Markup:
    return _prose(_word(key, language, **values), "note")


def _prose(words: str, kind: str | None = None) -> Markup:
    """A paragraph of our own words, in which a number keeps its unit beside it."""
    return element("p", figures_unbroken(words), class_=kind)


def _word(key: str, language: str, **values: object) -> str:
    return text(f"brief.{key}", language, **values)


def _section(key: str, language: str, *inside: Markup) -> Markup:
    return element("section", element("h2", _word(key, language)), *inside, id=key)


def sentences(handout: Handout) -> list[str]:
    """Four sentences: what changed, what it gives, what binds, what is missing."""
    language = handout.language
    clauses = list(plan_in_words(handout.projection, handout.baseline, language))
    if is_base(handout.projection.scenario):
        clauses = [Clause("", _word("moves_none", language).rstrip("。.")), *clauses]
    end = text("plan.sentence_end", language)
    return [clause.body[:1].upper() + clause.body[1:] + end for clause in clauses]


def question(handout: Handout) -> tuple[str, str]:
    """The planner's own note, else the question of every plan; and the reason, which may be empty."""
    language, scenario = handout.language, handout.projection.scenario
    note, reason = (in_language(by_language, language) for by_language in (scenario.note, scenario.reason))
    return note or _plain_question(handout.baseline, language), reason


def _question_section(handout: Handout) -> Iterator[Markup]:
    words, reason = question(handout)
    if in_language(handout.projection.scenario.note, handout.language):
        yield element("p", typed(words), class_="typed")
    else:
        yield element("p", words)
    if reason:
        yield element("h3", _word("reason", handout.language))
        yield element("p", typed(reason), class_="typed")


def _plain_question(baseline: Baseline, language: str) -> str:
    figures = {"staff": "staff_total", "frontline": "frontline_total", "bodies": "bodies_total"}
    if not baseline.gives(*figures.values()):
        return _word("question_known", language)
    return _word("question_plain", language, **{key: count(baseline.reported(id)) for key, id in figures.items()})


def _moves(handout: Handout) -> Iterator[Markup]:
    changes = brief_tables.moves(handout)
    if changes.rows:
        yield table(changes)
    if premise := premise_in_words(handout.projection.scenario, handout.baseline, handout.language):
        yield _prose(premise + text("plan.sentence_end", handout.language))
    read = brief_tables.readings(handout)
    if read.rows:
        yield element("h3", _word("reading_changed", handout.language))
        yield table(read)


def _gives(handout: Handout) -> Iterator[Markup]:
    """Headline measures and how to read them, every chart with its table, the other measures."""
    language, projection = handout.language, handout.projection
    yield table(brief_tables.measures(handout, HEADLINES))
    yield _prose(text("plan.how_to_read", language), "note")
    if projection.scenario.levers:
        yield _note("better_note", language)
    for frame in plan_charts.FRAMES:
        yield _figure(
            frame, handout, " ".join(text(f"charts.{name}_alt", language) for name in plan_charts.FRAMES[frame])
        )
        rows = chart_table(frame, projection, handout.people, language)
        if frame == "months":
            yield element("h3", _word("every_year", language))
            rows = rows.iloc[MONTHS_SHOWN - 1 :: MONTHS_SHOWN]
        words = 1 if frame == "months" else 2
        yield table(Table(tuple(rows.columns), tuple(map(tuple, rows.astype(str).to_numpy())), words))
    yield element("h3", _word("all_measures", language))
    yield table(brief_tables.other_measures(handout))


def _why(handout: Handout) -> Iterator[Markup]:
    """The causal sentence, how it was confirmed, and the way from base year to plan."""
    answer, language, baseline = handout.why, handout.language, handout.baseline
    for line in why_sentences(answer, handout.projection, baseline, language):
        yield _prose(line)
    yield table(way_table(ways(answer, handout.projection, baseline, language), language))
    for note in why_notes(answer, language):
        yield _prose(note, "note")


def _stability(handout: Handout) -> Iterator[Markup]:
    """Size, sign and what decides the sign; then every alternative with the headline measures."""
    answer, language = handout.stability, handout.language
    yield _prose(stability_sentence(answer, handout.projection.scenario, handout.baseline, language))
    for clause in stability_clauses(answer, language):
        yield _prose(clause_in_words(clause, language), "note")
    yield table(stability_overview(answer, language))
    for note in stability_notes(answer, language):
        yield _prose(note, "note")


def _figure(name: str, handout: Handout, alt: str) -> Markup:
    svg = pictures.svg_of_plan(name, handout)
    return element("figure", Markup(svg.replace("<svg ", f'<svg role="img" aria-label="{written(alt)}" ', 1)))


def _inspections(handout: Handout) -> Iterator[Markup]:
    language = handout.language
    yield _prose(inspections_in_words(handout))
    yield _figure("inspections", handout, text("inspection.chart_alt", language))
    tables = {one.id: one for one in inspection_tables(handout)}
    for id, shown in INSPECTIONS.items():
        yield element("h3", tables[id].title)
        yield table(_in_text(tables[id], shown or range(len(tables[id].columns))))
        yield element("p", tables[id].note, class_="note")


def _in_text(one: InspectionTable, shown: Sequence[int]) -> Table:
    """Some columns of an inspection table written out, the total as its last row."""
    columns = [one.columns[k] for k in shown]
    rows = tuple(tuple(one.columns[k].written(row[k]) for k in shown) for row in (*one.rows, one.total))
    words = sum(column.decimals is None for column in columns)
    return Table(tuple(column.head for column in columns), rows, words, total=True)

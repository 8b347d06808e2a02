"""Ask first (最需核实的数据): which unknown, once known, would narrow the answer most."""

from collections.abc import Mapping, Sequence

import streamlit as st

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption
from model.outputs.answers import ask_first as words
from model.outputs.answers.answer_table import capital
from model.outputs.answers.charts import ask_first_chart
from model.outputs.answers.charts.ask_first_chart import OVERALL
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from model.projection.base_year import base_year_of, with_changes
from model.projection.unknowns.ask_first import Inquiry, ask
from model.scenario.scenario import Scenario
from views.decide.parts import answer_parts, choices
from views.decide.parts.answer_parts import Origin
from views.shell.links.number_link import choose_number
from views.shell.session import session
from views.shell.session.work import Tick

NAME, FIGURE = "ask_first", "ask.answer"
MOST_REASONS = 5


def ask_first(baseline: Baseline, language: str) -> None:
    """Draw the answer about the current plan."""

    def do(scenario: Scenario, tick: Tick) -> tuple[Inquiry, Origin]:
        base = base_year_of(scenario, baseline, answer_parts.DRAWS)
        return ask(base, scenario, tick=tick), Origin(scenario, base.draws, base.seed)

    if found := answer_parts.about_current(NAME, do):
        _draw(*found, baseline, language)


def _draw(answer: Inquiry, origin: Origin, baseline: Baseline, language: str) -> None:
    first, *others = words.clauses(answer, baseline, language)
    answer_parts.sentences(first.body + text("plan.sentence_end", language))
    names = {one.id: capital(words.answer_name(one, language)) for one in answer.outcomes}
    figures = {OVERALL: text("ask_first.of_all", language), **names}
    figure = choices.one_of(FIGURE, figures, text("ask_first.figure", language))
    unknowns = ask_first_chart.unknowns(answer, figure)
    assumptions = with_changes(baseline, origin.scenario.assumptions)
    left, right = st.columns([7, 5], gap="large")
    with left:
        if unknowns:
            _chart(answer, figure, len(unknowns), names, baseline, language)
        else:
            st.text(text("ask_first.nothing_sure", language))
    with right:
        _reasons([assumptions[row.id] for row in unknowns[:MOST_REASONS]], baseline, language)
    answer_parts.clauses(others, language)
    answer_parts.folded(NAME, words.table(answer, assumptions, language), origin, language)
    answer_parts.notes(words.notes(answer, language), origin, language)


def _chart(
    answer: Inquiry, figure: str, rows: int, names: Mapping[str, str], baseline: Baseline, language: str
) -> None:
    """The bands of a figure, or of all together, now and with each assumption known."""
    if figure == OVERALL:
        title, unit = text("ask_first.width", language), text("ask_first.width_now", language)
    else:
        title = names[figure]
        unit = words.unit(next(one for one in answer.outcomes if one.id == figure), language)
    answer_parts.legend("ask_first.key_now", "ask_first.key_known")
    answer_parts.picture(
        NAME,
        title,
        ask_first_chart.data(answer, figure, baseline, language),
        ask_first_chart.spec(rows, language, session.theme()),
        text("ask_first.alt", language, answer=title),
        unit,
    )


def _reasons(assumptions: Sequence[Assumption], baseline: Baseline, language: str) -> None:
    """What is assumed now, why, and how it could be known; from each the way to its row of the evidence."""
    if not assumptions:
        return
    answer_parts.heading(text("ask_first.reasons", language))
    for one in assumptions:
        facts = [words.range_in_words(one, language), words.how_to_know(one, language)]
        facts += [text("ask_first.changed", language)] * (one != baseline.assumptions[one.id])
        reason, way = st.columns([8, 2], vertical_alignment="center", gap="small")
        label, basis = element("b", one.label[language]), element("p", one.basis[language])
        reason.html(element("div", label, f" {' · '.join(facts)}", basis, class_="reason"))
        if way.button(
            text("ask_first.to_evidence", language),
            key=f"evidence-{one.id}",
            help=text("ask_first.to_evidence_help", language, label=one.label[language]),
        ):
            choose_number(f"assumption.{one.id}")
            session.open_page("evidence")

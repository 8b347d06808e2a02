"""Ask this first (先要什么数): which unknown, once known, would narrow the answer most."""

from functools import partial
from html import escape

import streamlit as st

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption
from model.outputs.answers import inquiry_table
from model.outputs.answers.answer_table import capital
from model.outputs.answers.charts import ask_first_chart
from model.outputs.answers.charts.ask_first_chart import OVERALL
from model.outputs.answers.inquiry import UNITS, answer_name, how_to_know, inquiry_in_words
from model.outputs.phrasing.numbers import change_unit, percent, unit_word
from model.outputs.words import text
from model.projection.ask_first import Inquiry, ask
from model.projection.base_year import base_year_of, with_changes
from model.scenario.scenario import Scenario
from views.decide.parts import answer_parts, choices
from views.evidence.page import choose_number
from views.shell.session import session, work

SHOWN = "ask.answer"
MOST_REASONS = 5


def ask_first(baseline: Baseline, language: str) -> None:
    scenario = session.scenario().without_texts
    found, *_ = answer_parts.answer("first", scenario, (), partial(_asked, scenario, baseline))
    if found:
        _draw(*found, baseline, language)


def _asked(scenario: Scenario, baseline: Baseline, tick: work.Tick) -> tuple[Inquiry, answer_parts.Made]:
    base = base_year_of(scenario, baseline, answer_parts.DRAWS)
    return ask(base, scenario, tick=tick), answer_parts.Made(scenario, base.draws, base.seed)


def _draw(found: Inquiry, made: answer_parts.Made, baseline: Baseline, language: str) -> None:
    first, *others = inquiry_in_words(found, baseline, language)
    answer_parts.said(first.body + text("plan.sentence_end", language))
    names = {answer.id: capital(answer_name(answer, language)) for answer in found.answers}
    shown = choices.one_of(
        SHOWN, {OVERALL: text("decide.first_of_all", language), **names}, text("decide.first_answer", language)
    )
    rows = ask_first_chart.unknowns(found, shown)
    left, right = st.columns([7, 5], gap="large")
    with left:
        if rows:
            _tornado(found, shown, len(rows), names, baseline, language)
        else:
            st.text(text("decide.first_sure", language))
    assumptions = with_changes(baseline, made.scenario.assumptions)
    with right:
        _reasons([assumptions[row.id] for row in rows[:MOST_REASONS]], baseline, language)
    answer_parts.clauses(others, language)
    table = inquiry_table.table(found, assumptions, language)
    with st.expander(text("decide.first_all", language, count=len(table.rows)), key="first-all"):
        answer_parts.table(table, language)
    answer_parts.download("first", table, made, language)
    chance = percent(found.overall[0].chance) if found.overall else "0"
    read = text("ask.how_to_read", language, chance=chance, implausible=percent(found.implausible, 0))
    answer_parts.notes(read, answer_parts.drawn(made, language))


def _tornado(found: Inquiry, shown: str, rows: int, names: dict[str, str], baseline: Baseline, language: str) -> None:
    if shown == OVERALL:
        title, unit = text("decide.first_overall", language), text("decide.first_width", language)
    else:
        title = names[shown]
        is_change = next(answer.is_change for answer in found.answers if answer.id == shown)
        unit = (change_unit if is_change else unit_word)(UNITS[shown], language) or "%"
    answer_parts.legend("decide.key_now", "decide.key_known")
    answer_parts.picture(
        "first",
        title,
        ask_first_chart.data(found, shown, baseline, language),
        ask_first_chart.spec(rows, language, session.theme()),
        text("decide.first_alt", language, answer=title),
        unit,
    )


def _reasons(assumptions: list[Assumption], baseline: Baseline, language: str) -> None:
    """What is assumed now, why, and how it could be known; from each the way to its row of the evidence."""
    if not assumptions:
        return
    answer_parts.heading(text("decide.first_reasons", language))
    for one in assumptions:
        facts = [inquiry_table.range_in_words(one, language), how_to_know(one, language)]
        facts += [text("decide.first_changed", language)] * (one != baseline.assumptions[one.id])
        said, way = st.columns([8, 2], vertical_alignment="center", gap="small")
        said.html(
            f'<div class="reason"><b>{escape(one.label[language])}</b> {escape(" · ".join(facts))}'
            f"<p>{escape(one.basis[language])}</p></div>"
        )
        if way.button(
            text("decide.to_evidence", language),
            key=f"evidence-{one.id}",
            help=text("decide.to_evidence_help", language, label=one.label[language]),
        ):
            choose_number(f"assumption.{one.id}")
            session.open_page("evidence")

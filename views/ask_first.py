"""Ask this first (先要什么数): which unknown, once known, would narrow the answer most."""

from functools import partial
from html import escape

import streamlit as st

from model.ask import Inquiry, ask
from model.baseline import Baseline
from model.evidence import Assumption
from model.outputs import inquiry_chart, inquiry_table
from model.outputs.answer_table import capital
from model.outputs.inquiry import UNITS, answer_name, how_to_know, inquiry_in_words
from model.outputs.inquiry_chart import OVERALL
from model.outputs.numbers import change_unit, percent, unit_word
from model.outputs.words import text
from model.project import base_year_of, with_changes
from model.scenario import Scenario
from views import answers, choices, session, work
from views.evidence import ANCHOR, CHOSEN

SHOWN = "ask.answer"
MOST_REASONS = 5


def ask_first(baseline: Baseline, language: str) -> None:
    scenario = answers.bare(session.scenario())
    found, *_ = answers.answer("first", scenario, (), partial(_asked, scenario, baseline))
    if found:
        _draw(*found, baseline, language)


def _asked(scenario: Scenario, baseline: Baseline, tick: work.Tick) -> tuple[Inquiry, answers.Made]:
    base = base_year_of(scenario, baseline, answers.DRAWS)
    return ask(base, scenario, tick=tick), answers.Made(scenario, base.draws, base.seed)


def _draw(found: Inquiry, made: answers.Made, baseline: Baseline, language: str) -> None:
    first, *others = inquiry_in_words(found, baseline, language)
    answers.said(first.body + text("plan.sentence_end", language))
    names = {answer.id: capital(answer_name(answer, language)) for answer in found.answers}
    shown = choices.one_of(
        SHOWN, {OVERALL: text("decide.first_of_all", language), **names}, text("decide.first_answer", language)
    )
    rows = inquiry_chart.unknowns(found, shown)
    left, right = st.columns([7, 5], gap="large")
    with left:
        if rows:
            _tornado(found, shown, len(rows), names, baseline, language)
        else:
            st.text(text("decide.first_sure", language))
    assumptions = with_changes(baseline, made.scenario.assumptions)
    with right:
        _reasons([assumptions[row.id] for row in rows[:MOST_REASONS]], baseline, language)
    answers.clauses(others, language)
    table = inquiry_table.table(found, assumptions, language)
    with st.expander(text("decide.first_all", language, count=len(table.rows)), key="first-all"):
        answers.table(table, language)
    answers.download("first", table, made, language)
    chance = percent(found.overall[0].chance) if found.overall else "0"
    read = text("ask.how_to_read", language, chance=chance, implausible=percent(found.implausible, 0))
    answers.notes(read, answers.drawn(made, language))


def _tornado(found: Inquiry, shown: str, rows: int, names: dict[str, str], baseline: Baseline, language: str) -> None:
    if shown == OVERALL:
        title, unit = text("decide.first_overall", language), text("decide.first_width", language)
    else:
        title = names[shown]
        is_change = next(answer.is_change for answer in found.answers if answer.id == shown)
        unit = (change_unit if is_change else unit_word)(UNITS[shown], language) or "%"
    answers.legend("decide.key_now", "decide.key_known")
    answers.picture(
        "first",
        title,
        inquiry_chart.data(found, shown, baseline, language),
        inquiry_chart.spec(rows, language, session.theme()),
        text("decide.first_alt", language, answer=title),
        unit,
    )


def _reasons(assumptions: list[Assumption], baseline: Baseline, language: str) -> None:
    """What is assumed now, why, and how it could be known; from each the way to its row of the evidence."""
    if not assumptions:
        return
    answers.heading(text("decide.first_reasons", language))
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
            st.session_state[CHOSEN] = st.session_state[ANCHOR] = f"assumption.{one.id}"
            session.go("evidence")

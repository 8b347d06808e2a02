"""Why (为什么): a sentence under the plan in words; under the charts the way from base year to plan."""

import pandas as pd
import streamlit as st

from model.outputs.phrasing.markup import element
from model.outputs.phrasing.numbers import change_unit
from model.outputs.why.sentence import definitions, notes, sentences, through
from model.outputs.why.way import Way, behind_table, data, spec, ways
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.projection.why.why import Why
from model.scenario.scenario import Scenario
from model.year.measures import MEASURE
from views.shell.page import blocks
from views.shell.session import last, redraw, session

NAME, WAY, SHOWN = "why", "why-way", "why-shown"
"""The name of the question, the key of the way, and that of the session for the last answer with its plan."""


def why_lines(language: str) -> tuple[str, ...]:
    """The causal sentence on the last plan that was worked out, and one on the other figure."""
    if (shown := last_answer()) is None:
        return (text("why.at_work", language),)
    answer, about = shown
    return sentences(answer, session.glance(about), baseline_of(about), language)


def why_help(language: str) -> str:
    """What the terms of the sentence mean."""
    return definitions(shown[0], language) if (shown := last_answer()) else ""


def last_answer() -> tuple[Why, Scenario] | None:
    """The last answer with its plan, if that is of the base year on screen."""
    return last.kept(SHOWN, session.scenario())


@st.fragment(key=WAY)
def way() -> None:
    """The way from base year to plan of the last plan that was worked out, a chart a headline figure."""
    shown = last_answer()
    if shown is None or not session.scenario().levers:
        return
    language, (answer, about) = session.language(), shown
    baseline = baseline_of(about)
    rows = ways(answer, session.glance(about), baseline, language)
    with st.container(key="way"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
            blocks.heading(text("why.way", language))
            as_table = st.toggle(text("plan.as_table", language), key="table-way", on_change=_redraw)
        if as_table:
            cells = behind_table(rows, baseline, language)
            st.table(pd.DataFrame(cells.rows, columns=list(cells.heads)), hide_index=True)
        else:
            for pair in (rows[:2], rows[2:]):
                for one, column in zip(pair, st.columns(2, gap="medium"), strict=True):
                    with column:
                        _chart(answer, one, about, language)
        st.caption(" ".join((text("why.how_to_look", language), *notes(answer, language))))


def _redraw() -> None:
    redraw.parts(WAY)


def _chart(answer: Why, one: Way, about: Scenario, language: str) -> None:
    """One figure on its way, under its name and the steps that make its change."""
    unit = element("small", change_unit(MEASURE[one.id].unit, language))
    st.html(element("h4", one.name, unit, class_="chart-title", title=text(f"glossary.{one.id}", language)))
    st.vega_lite_chart(
        data(one, baseline_of(about), language),
        spec(len(one.parts) + 2, language, session.theme()),
        key=f"chart-way-{one.id}",
        alt=text("why.alt", language, measure=one.name),
    )
    none = "why.through_none" if one.change else "explain.unchanged"
    st.caption(through(answer, one.id, language) or text(none, language))

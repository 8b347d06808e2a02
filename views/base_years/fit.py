"""How the figures of a base year fit together, and what its own ones narrow."""

from functools import lru_cache

import streamlit as st

from model.evidence.base_year_folders import find_baseline
from model.evidence.baseline import Baseline
from model.outputs.evidence import records_table
from model.outputs.evidence.fit import closing_sentences, figures_table, narrowing_table
from model.outputs.phrasing.markup import element, table
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.projection.results import TooFewDraws
from model.projection.unknowns.closing import Closing, closing
from model.projection.unknowns.narrowing import Narrowing, narrowing
from model.scenario.scenario import Scenario
from views.shell import alternatives
from views.shell.page import blocks
from views.shell.session import session, work

NARROWING = "narrowing"
"""The name of the work on what own figures narrow."""


def fit(baseline: Baseline, language: str) -> None:
    """Whether the figures fit together; where not, why, and the readings under which they do."""
    blocks.heading(_word("fit_title", language, name=baseline.name[language]))
    footing = _footing(baseline)
    sentences = closing_sentences(_closing(footing, baseline), baseline, language)
    st.html(element("div", *blocks.paragraphs(sentences), class_="words fit", role="status"))
    _records(footing, baseline, language)
    alternatives.ways(baseline, language)
    if baseline.template:
        _narrowing(footing, baseline, language)


def _records(footing: Scenario, baseline: Baseline, language: str) -> None:
    """How far own records are believed, where the base year has some and closes."""
    if not baseline.records:
        return
    try:
        content = records_table.table(base_year_of(footing, baseline), language)
    except TooFewDraws:
        return
    if content:
        st.html(element("div", table(content), class_="narrowing"))


def _word(key: str, language: str, **values: object) -> str:
    return text(f"base_year_page.{key}", language, **values)


def _footing(baseline: Baseline) -> Scenario:
    """The base year as the plan has it where it is the plan's, else as its figures are."""
    scenario = session.scenario()
    if scenario.baseline != baseline.id:
        return Scenario(baseline=baseline.id)
    return Scenario(baseline=baseline.id, decisions=scenario.decisions.footing)


@lru_cache(maxsize=32)
def _closing(footing: Scenario, baseline: Baseline) -> Closing:
    return closing(footing, baseline)


@st.fragment
def _narrowing(footing: Scenario, baseline: Baseline, language: str) -> None:
    """What own figures narrow, once it is asked for."""
    asked = f"{NARROWING}-asked"
    if not st.toggle(_word("narrowing_ask", language), key=asked, persist_state="session"):
        return
    template = find_baseline(baseline.template or "")
    try:
        result: Narrowing | None = work.answer(
            NARROWING, (footing, baseline), lambda tick: narrowing(footing, baseline, template, tick=tick)
        )
    except TooFewDraws:
        st.caption(_word("narrowing_none", language))
        return
    if result is not None:
        tables = table(narrowing_table(result, language)), table(figures_table(result, baseline, language))
        st.html(element("div", *tables, class_="narrowing"))
        st.caption(_word("narrowing_how", language, template=template.name[language]))

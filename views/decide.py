"""The Decide page (寻优): one question at a time, in the planner's words; only the one shown is worked out."""

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import streamlit as st

from model import TooFewDraws
from model.baseline import Baseline
from model.outputs.words import text
from views import choices, session, work
from views.ask_first import ask_first
from views.asked import QUESTION
from views.best_plan import best_plan
from views.credit import credit
from views.notices import notices
from views.one_more import one_more
from views.reach import reach
from views.refused import refused
from views.safe_plan import safe_plan
from views.toolbar import header
from views.trade_off import trade_off
from views.undone import undone

STYLES = tuple(Path(__file__).with_name(name) for name in ("style.css", "compare.css", "decide.css"))
QUESTIONS: Mapping[str, Callable[[Baseline, str], None]] = {
    "plan": best_plan,
    "more": one_more,
    "frontier": trade_off,
    "target": reach,
    "safe": safe_plan,
    "credit": credit,
    "first": ask_first,
    "undone": undone,
}


def decide() -> None:
    for style in STYLES:
        st.html(style)
    header()
    notices()
    question()


@st.fragment(key="decide")
def question() -> None:
    """What is asked, with the answer to it."""
    baseline, language = session.baseline(), session.language()
    words = {name: text(f"decide.ask_{name}", language) for name in QUESTIONS}
    asked = choices.one_of(QUESTION, words, text("decide.title", language))
    work.leave(but=asked)
    st.html(f'<p class="about">{escape(text(f"decide.about_{asked}", language))}</p>')
    try:
        QUESTIONS[asked](baseline, language)
    except TooFewDraws as why:
        refused(why, baseline, language)

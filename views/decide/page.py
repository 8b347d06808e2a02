"""The Decide page (寻优): one question at a time, in the planner's words; only the one shown is worked out."""

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import streamlit as st

from model import TooFewDraws
from model.evidence.baseline import Baseline
from model.outputs.words import text
from views.decide.parts import choices
from views.decide.questions.ask_first import ask_first
from views.decide.questions.best_plan import best_plan
from views.decide.questions.explain import credit
from views.decide.questions.frontier import trade_off
from views.decide.questions.not_done import undone
from views.decide.questions.robust import safe_plan
from views.decide.questions.targets import reach
from views.decide.questions.worth import one_more
from views.shell.address.question_address import QUESTION
from views.shell.files.notices import notices
from views.shell.page import styles
from views.shell.refusal import refusal
from views.shell.session import session, work
from views.shell.toolbar import header

STYLE = Path(__file__).with_name("decide.css")
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
    styles.apply(STYLE)
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
        refusal(why, baseline, language)

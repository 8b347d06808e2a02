"""The Decide page (求解方案): one question at a time, in the planner's words.

Only the question shown is worked out.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from views.decide.parts import choices
from views.decide.questions.ask_first import ask_first
from views.decide.questions.best_plan import best_plan
from views.decide.questions.explain import explain
from views.decide.questions.frontier import frontier
from views.decide.questions.not_done import not_done
from views.decide.questions.robust import robust
from views.decide.questions.targets import targets
from views.decide.questions.worth import worth
from views.shell.address.question_address import QUESTION
from views.shell.files.notices import notices
from views.shell.page import styles
from views.shell.refusal import refusal
from views.shell.session import session, work
from views.shell.toolbar import header

STYLE = Path(__file__).with_name("decide.css")
QUESTIONS: Mapping[str, Callable[[Baseline, str], None]] = {
    "best_plan": best_plan,
    "worth": worth,
    "frontier": frontier,
    "targets": targets,
    "robust": robust,
    "explain": explain,
    "ask_first": ask_first,
    "not_done": not_done,
}


def decide() -> None:
    """Draw the page."""
    styles.apply(STYLE)
    header()
    notices()
    question()


@st.fragment(key="decide")
def question() -> None:
    """The boxes that choose a question, with the answer to it."""
    baseline, language = session.baseline(), session.language()
    names = {name: text(f"decide.question_{name}", language) for name in QUESTIONS}
    chosen = choices.one_of(QUESTION, names, text("decide.title", language))
    work.leave(but=chosen)
    st.html(element("p", text(f"decide.about_{chosen}", language), class_="about"))
    try:
        QUESTIONS[chosen](baseline, language)
    except Exception as why:
        refusal(why, baseline, language)

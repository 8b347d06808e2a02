"""Assumptions that do not fit the report: why there are no figures, and the ways back to some."""

from collections.abc import Callable

import streamlit as st

from model import Projection, Scenario, TooFewDraws
from model.evidence.baseline import Baseline
from model.outputs.phrasing.markup import element
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.sentences import condition_in_words
from model.outputs.words import text
from model.projection.base_year import baseline_of
from views.shell.session import session


def latest_projection(scenario: Scenario, still_shown: str) -> tuple[Projection | None, bool]:
    """The projection of a scenario, and whether it is that one.

    If too few draws fit, it is the last one shown, or None, under the reasons, the ways back and `still_shown`.
    """
    state, language, notice = st.session_state, session.language(), st.empty()
    if "last_projection" not in state:
        notice.html(element("div", text("plan.working", language), class_="working", role="status"))
    try:
        state.last_projection = session.projection(scenario)
    except TooFewDraws as why:
        with notice.container():
            refusal(why, baseline_of(scenario), language)
            if "last_projection" in state:
                st.caption(still_shown)
        return state.get("last_projection"), False
    notice.empty()
    return state.last_projection, True


def refusal(why: TooFewDraws, baseline: Baseline, language: str) -> None:
    """The reasons, and under them the ways back to figures."""
    reasons(why, baseline, language)
    scenario = session.scenario()
    with st.container(horizontal=True, gap="small"):
        _way_back("take_back", "undo", bool(st.session_state.past), session.undo, language)
        if scenario.assumptions or scenario.reading:
            _way_back("put_back_assumed", "settings_backup_restore", True, session.reset_assumptions, language)


def reasons(why: TooFewDraws, baseline: Baseline, language: str) -> None:
    """Why there are no figures, by the condition that most draws failed, and what to do."""

    def reason(condition: str, draws: int) -> str:
        words = condition_in_words(condition, baseline, language)
        return text("plan.too_few_reason", language, condition=words, count=count(draws))

    commonest = sorted(why.refused.items(), key=lambda item: -item[1])
    counts = {"drawn": count(why.draws.drawn), "kept": count(why.draws.kept)}
    st.html(
        element(
            "div",
            element("h3", text("plan.too_few_title", language)),
            element("p", text("plan.too_few_body", language, **counts)),
            element("ul", *(element("li", reason(condition, draws)) for condition, draws in commonest)),
            element("p", text("plan.too_few_next", language)),
            class_="refusal",
            role="alert",
        )
    )


def _way_back(name: str, icon: str, possible: bool, step: Callable[[], None], language: str) -> None:
    st.button(
        text(f"plan.{name}", language),
        icon=f":material/{icon}:",
        type="primary" if name == "take_back" else "secondary",
        key=name.replace("_", "-"),
        disabled=not possible,
        on_click=session.redraw_page_after,
        args=(step,),
    )

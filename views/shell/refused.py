"""Assumptions that do not fit the report: why there are no figures, and the ways back."""

from collections.abc import Callable

import streamlit as st

from model import TooFewDraws
from model.evidence.baseline import Baseline
from model.outputs.words import text
from views.shell import cards
from views.shell.session import session


def refused(why: TooFewDraws, baseline: Baseline, language: str) -> None:
    """The reasons, and under them what takes the current plan back to figures."""
    cards.refusal(why, baseline, language)
    scenario = session.scenario()
    with st.container(horizontal=True, gap="small"):
        _way("take_back", "undo", bool(st.session_state.past), session.undo, language)
        if scenario.assumptions or scenario.reading:
            _way("put_back_assumed", "settings_backup_restore", True, session.reset_assumed, language)


def _way(name: str, icon: str, possible: bool, step: Callable[[], None], language: str) -> None:
    st.button(
        text(f"plan.{name}", language),
        icon=f":material/{icon}:",
        type="primary" if name == "take_back" else "secondary",
        key=name.replace("_", "-"),
        disabled=not possible,
        on_click=session.everywhere,
        args=(step,),
    )

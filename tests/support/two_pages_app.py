"""Two pages; a decision on the first waits long for its turn before its part is drawn, as on a loaded machine."""

import sys
import time
from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

sys.path.insert(0, str(Path(__file__).parents[2]))

from views.shell.page import framework
from views.shell.session import redraw
from views.shell.session.requests import lose_nothing
from views.shell.session.whole import keep_callbacks_whole

TURN_SECONDS, WAY_SECONDS = 1.0, 2.0
keep_callbacks_whole()
lose_nothing()
in_time = PagesManager.set_script_intent


def late(manager: PagesManager, *page: str) -> None:
    PagesManager.set_script_intent = in_time
    time.sleep(TURN_SECONDS)
    in_time(manager, *page)


def decide() -> None:
    PagesManager.set_script_intent = late
    redraw.parts("part")


def choose() -> None:
    st.session_state.is_chosen = False
    time.sleep(TURN_SECONDS)
    st.session_state.is_chosen = True


def stay() -> None:
    time.sleep(TURN_SECONDS)
    st.rerun("part")


def keep() -> None:
    st.session_state.box = st.session_state.box


@st.fragment(key="part")
def part() -> None:
    st.button("decide", on_click=decide)
    st.button("stay", on_click=stay)
    st.button("tell")
    st.text_input("box", key="box", on_change=keep, persist_state="session")


def first() -> None:
    st.text("the first page")
    st.button("choose", on_click=redraw.page_after, args=(choose,))
    part()


def second() -> None:
    st.text("the second page")
    st.text(f"chosen: {st.session_state.get('is_chosen')}")


if st.session_state.get("is_begun"):
    time.sleep(WAY_SECONDS)
st.session_state.is_begun = True
st.navigation([st.Page(first), st.Page(second)], position="top").run()
framework.send()

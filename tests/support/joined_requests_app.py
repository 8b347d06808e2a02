"""A page that keeps the server busy on demand, so that requests wait and the framework joins them."""

import sys
import time
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from views.shell.session import session

BUSY_SECONDS = 2.0


def count(name: str) -> None:
    st.session_state[name] = st.session_state.get(name, 0) + 1


@st.fragment
def busy() -> None:
    if st.button("work"):
        time.sleep(BUSY_SECONDS)
    if st.button("save"):
        time.sleep(BUSY_SECONDS)
        st.rerun()


@st.fragment(key="part")
def part() -> None:
    st.button("decide", on_click=session.redraw_parts, args=("part",))
    st.button("leave", on_click=session.redraw_parts, args=("a part of the page before",))


@st.fragment
def dialog() -> None:
    if st.button("confirm"):
        count("confirmed")
    st.text(f"confirmed {st.session_state.get('confirmed', 0)}")


count("pages")
busy()
part()
dialog()
st.text(f"pages {st.session_state.pages}")

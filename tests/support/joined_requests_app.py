"""A page that keeps the server busy on demand, so that requests wait and the framework joins them."""

import sys
import time
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from views.shell.page import framework
from views.shell.session import redraw
from views.shell.session.whole import keep_callbacks_whole

keep_callbacks_whole()
BUSY_SECONDS = 2.0

# Threads wait long for their turn, as on a loaded machine.
sys.setswitchinterval(0.1)


def count(name: str) -> None:
    st.session_state[name] = st.session_state.get(name, 0) + 1


@st.fragment
def busy() -> None:
    if st.button("work"):
        time.sleep(BUSY_SECONDS)
    if st.button("draw"):
        st.session_state.is_slow = True
        st.rerun()
    if st.button("save"):
        time.sleep(BUSY_SECONDS)
        st.rerun()


@st.fragment(key="part")
def part() -> None:
    st.text(f"parts {st.session_state.setdefault('parts', 0) + 1}")
    count("parts")
    st.button("decide", on_click=redraw.parts, args=("part",))
    st.button("decide below", on_click=redraw.parts, args=("part", "below"))
    st.button("leave", on_click=redraw.parts, args=("a part of the page before",))


@st.fragment
def dialog() -> None:
    if st.button("confirm"):
        count("confirmed")
    st.text(f"confirmed {st.session_state.get('confirmed', 0)}")
    st.button("open", on_click=count, args=("opened",))
    st.text(f"opened {st.session_state.get('opened', 0)}")


@st.fragment(key="below")
def below() -> None:
    st.text("below")


count("pages")
busy()
part()
dialog()
st.button("all", on_click=count, args=("all",))
st.text(f"all {st.session_state.get('all', 0)}")
if st.session_state.pop("is_slow", False):
    time.sleep(BUSY_SECONDS)
st.text("between")
below()
with st.container():
    st.text(f"pages {st.session_state.pages}")
framework.send()

"""The plan page (推演): levers and their effect on one screen."""

from pathlib import Path

import streamlit as st

from views import levers, replay, session
from views.basis import basis
from views.force import force
from views.notices import notices
from views.pictures import pictures
from views.toolbar import header

STYLE = Path(__file__).with_name("style.css")


def plan() -> None:
    session.follow("pictures", "levers", "toolbar", "force")
    replay.begin()
    st.html(STYLE)
    header()
    notices()
    force()
    with st.sidebar:
        levers.panel()
    pictures()
    basis()

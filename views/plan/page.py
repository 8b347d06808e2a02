"""The plan page (推演): levers and their effect on one screen."""

import streamlit as st

from views.plan import levers
from views.plan.basis import basis
from views.plan.force import force
from views.plan.pictures import pictures
from views.shell import replay
from views.shell.files.notices import notices
from views.shell.session import session
from views.shell.session.styles import PAGE, put_on
from views.shell.toolbar import header


def plan() -> None:
    session.follow("pictures", "levers", "toolbar", "force")
    replay.begin()
    put_on(PAGE)
    header()
    notices()
    force()
    with st.sidebar:
        levers.panel()
    pictures()
    basis()

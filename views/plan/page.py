"""The Plan page (推演): levers and their effect on one screen."""

import streamlit as st

from views.plan import levers
from views.plan.footer import footer
from views.plan.force import force
from views.plan.pictures import pictures
from views.plan.stability import stability_table
from views.shell import replay
from views.shell.files.notices import notices
from views.shell.page import styles
from views.shell.session import session
from views.shell.toolbar import header


def plan() -> None:
    session.set_redraw_order("pictures", "levers", "toolbar", "force")
    replay.begin_page()
    styles.apply()
    header()
    notices()
    force()
    with st.sidebar:
        levers.panel()
    pictures()
    stability_table()
    footer()

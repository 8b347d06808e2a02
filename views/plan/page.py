"""The Plan page (推演): levers and their effect on one screen."""

import streamlit as st

from views.plan import levers
from views.plan.footer import footer
from views.plan.force import force
from views.plan.opening import about
from views.plan.pictures import pictures
from views.plan.stability import stability_table
from views.plan.why import way
from views.shell import replay
from views.shell.files.notices import notices
from views.shell.links.number_link import follow_links
from views.shell.page import styles
from views.shell.session import redraw
from views.shell.toolbar import header


def plan() -> None:
    redraw.set_order("pictures", "levers", "toolbar", "force", deciding={"force": "levers", "levers": ""})
    replay.begin_page()
    styles.apply()
    follow_links()
    force()  # First, that keys reach it soon; the style sheet shows it under what follows.
    header()
    with st.container(key="above"):
        notices()
        about()
    with st.sidebar:
        levers.panel()
    pictures()
    way()
    stability_table()
    footer()

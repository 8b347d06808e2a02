"""The frame of the pages, run for every page: set-up, language, navigation."""

import streamlit as st

from model.files.library.gate import ask_before_changes
from model.outputs.charts.palette import CITY, COUNTY, PROVINCE
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from views.plan.page import plan
from views.shell import failure, refusal
from views.shell.page import framework
from views.shell.page.skeleton import skeleton
from views.shell.session import left_open, role, session, standing
from views.shell.session.whole import whole
from views.site.rooms import LEFT_OPEN, PAGES, PATHS

# Drawn here: an icon by name would be fetched from another host.
ICON = element(
    "svg",
    element("rect", width="32", height="32", rx="6", fill=COUNTY),
    element("rect", width="32", height="15", rx="6", fill=CITY),
    element("rect", width="32", height="7", rx="3", fill=PROVINCE),
    xmlns="http://www.w3.org/2000/svg",
    viewBox="0 0 32 32",
)
SIDEBAR_PIXELS = 292


def title(page: str, language: str) -> str:
    """The page's name; that of the base years says which one stands beneath, on every page."""
    name = baseline.name[language] if (baseline := standing.known_baseline()) else session.scenario().baseline
    return text(f"pages.{page}", language, name=name)


outline = skeleton()
ask_before_changes(role.refusals)
with whole():
    session.start()
language = session.language()
st.set_page_config(
    page_title=text("plan.tab_title", language),
    page_icon=str(ICON),
    layout="wide",
    initial_sidebar_state=SIDEBAR_PIXELS,
)
framework.translate(language)
framework.return_after_lost_connection()
left_open.take_up(LEFT_OPEN)
pages = {
    name: st.Page(show, title=title(name, language), url_path=PATHS.get(name, name), default=show is plan)
    for name, show in PAGES.items()
}
st.session_state.pages = pages
# The first page is at the root, and also at the path of its own name.
by_name = st.Page(plan, title=text("pages.plan", language), url_path="plan", visibility="hidden")
page = st.navigation([*pages.values(), by_name], position="top")
with whole():
    session.enter_page(page.url_path)
outline.empty()
with failure.said():
    if page.url_path == "base_years" or standing.known_baseline():
        page.run()
    else:
        refusal.base_year_gone(language)
framework.send()

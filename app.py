"""The entry of Frontline (一线): page set-up, language, navigation.

The pages are in views/.
"""

import streamlit as st

from model.outputs.charts.palette import CITY, COUNTY, PROVINCE
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from views.compare.page import compare
from views.decide.page import decide
from views.evidence.page import evidence
from views.plan.page import plan
from views.prefectures.page import prefectures
from views.present.page import present
from views.shell.page import framework
from views.shell.session import session

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
PAGES = {
    "plan": plan,
    "compare": compare,
    "decide": decide,
    "prefectures": prefectures,
    "present": present,
    "evidence": evidence,
}
PATHS = {"plan": "start"}
"""Pages whose path is not their name."""

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
pages = {
    name: st.Page(show, title=text(f"pages.{name}", language), url_path=PATHS.get(name, name), default=show is plan)
    for name, show in PAGES.items()
}
st.session_state.pages = pages
# The first page is at the root, and also at the path of its own name.
by_name = st.Page(plan, title=text("pages.plan", language), url_path="plan", visibility="hidden")
page = st.navigation([*pages.values(), by_name], position="top")
session.enter_page(page.url_path)
page.run()
framework.send()

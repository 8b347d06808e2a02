"""Frontline (一线): the entry. Page set-up, language, navigation; everything else stands in views/."""

import streamlit as st

from model.outputs.palette import CITY, COUNTY, PROVINCE
from model.outputs.words import text
from views import session
from views.plan import plan

# Drawn here: an icon by name would be fetched from another host.
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    f'<rect width="32" height="32" rx="6" fill="{COUNTY}"/><rect width="32" height="15" rx="6" fill="{CITY}"/>'
    f'<rect width="32" height="7" rx="3" fill="{PROVINCE}"/></svg>'
)

session.start()
st.set_page_config(
    page_title=text("plan.tab_title", session.language()), page_icon=ICON, layout="wide", initial_sidebar_state=292
)
page = st.Page(plan, title=text("plan.page", session.language()), url_path="plan", default=True)
st.navigation([page], position="top").run()

"""Frontline (一线): the entry. Page set-up, language, navigation; everything else stands in views/."""

import numpy as np
import streamlit as st

from model.outputs.palette import TIERS
from model.outputs.words import text
from views import session
from views.plan import plan

PIXELS = 32
"""The force in three colours, drawn here: an icon by name would be fetched from another host."""


def icon() -> np.ndarray:
    """Shape (pixels, pixels, 3), red, green and blue: a band for each tier."""
    colours = [[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in TIERS.values()]
    bands = np.repeat(np.array(colours, np.uint8), [6, 9, 17], axis=0)
    return np.broadcast_to(bands[:, None], (PIXELS, PIXELS, 3))


session.start()
language = session.language()
st.set_page_config(page_title=text("plan.tab_title", language), page_icon=icon(), layout="wide")
page = st.Page(plan, title=text("plan.page", language), url_path="plan", default=True)
st.navigation([page], position="top").run()

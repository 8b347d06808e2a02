"""The outline of a page, drawn before anything else."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

_HTML = Path(__file__).with_name("skeleton.html").read_text("utf-8")


def skeleton() -> DeltaGenerator:
    """The place of the outline, to be emptied once the page begins; empty on a session's later runs."""
    place = st.empty()
    if "scenario" not in st.session_state:
        place.html(_HTML)
    return place

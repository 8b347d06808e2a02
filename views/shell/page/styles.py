"""Style sheets: the one that all pages share, then the page's own."""

from pathlib import Path

import streamlit as st

SHARED = Path(__file__).with_name("style.css")


def apply(*own: Path) -> None:
    """Apply the shared style sheet, then a page's own in this order."""
    for sheet in (SHARED, *own):
        st.html(sheet)

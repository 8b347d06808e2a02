"""The style sheets that several pages share, and how a page puts on its own."""

from pathlib import Path

import streamlit as st

PAGE = Path(__file__).with_name("style.css")
TABLES = Path(__file__).with_name("tables.css")


def put_on(*sheets: Path) -> None:
    """Apply style sheets to the page, in this order."""
    for sheet in sheets:
        st.html(sheet)

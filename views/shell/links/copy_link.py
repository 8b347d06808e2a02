"""The button that copies the address, which carries the whole plan and opens it for whoever gets it."""

from pathlib import Path

import streamlit as st

from model.outputs.words import text

_HTML, _CSS, _JS = (Path(__file__).with_name(f"copy_link.{part}").read_text("utf-8") for part in ("html", "css", "js"))
_LINK = st.components.v2.component("link", html=_HTML, css=_CSS, js=_JS)
PHRASES = ("label", "help", "copied", "here", "local")


def copy_link(language: str) -> None:
    """The button; where the address is this machine's own, it says that nobody else can open it."""
    data = {phrase: text(f"plan.link_{phrase}", language) for phrase in PHRASES}
    _LINK(key="copy-link", data=data, width="content")

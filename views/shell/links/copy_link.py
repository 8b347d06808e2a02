"""The button that copies the address, which carries the whole plan and opens it for whoever gets it."""

from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from model.outputs.words import text

_HTML, _CSS, _JS = (Path(__file__).with_name(f"copy_link.{part}").read_text("utf-8") for part in ("html", "css", "js"))
_LINK = st.components.v2.component("link", html=_HTML, css=_CSS, js=_JS)
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


def opens_only_here() -> bool:
    """Whether the page stands on an address of the reader's own machine, which nobody else can open."""
    return urlsplit(st.context.url or "").hostname in OWN_MACHINE


def copy_link(language: str) -> None:
    """The button, which says whether others can open what it copies."""
    local = opens_only_here()
    where = "local" if local else "open"
    words = {phrase: text(f"plan.link_{phrase}_{where}", language) for phrase in ("help", "copied")}
    data = {"label": text("plan.link_label", language), "inside": local, **words}
    _LINK(key="copy-link", data=data, width="content")

"""What the framework leaves to be done: its own words in the reader's language, and coming back after a lost
connection."""

from pathlib import Path

import streamlit as st

from model.outputs.words import keys, text

ONE_DAY = 86_400.0
_WORDS = st.components.v2.component("framework", js=Path(__file__).with_name("framework.js").read_text("utf-8"))
STYLE = Path(__file__).with_name("framework.css")
SUBJECT, INSTEAD = "framework.", "connection."
"""The framework's own words, and those of them that are put otherwise in every language."""
CODES = {"zh": "zh-CN"}


def own_words(language: str) -> None:
    """Translate them wherever they appear from now on, and name the language of the page."""
    st.html(STYLE)
    own = {key: key for key in keys() if key.startswith(SUBJECT) and language != "en"}
    own |= {key.replace(INSTEAD, SUBJECT): key for key in keys() if key.startswith(INSTEAD)}
    phrases = {text(theirs, "en"): text(ours, language) for theirs, ours in own.items()}
    _WORDS(key="framework", data={"language": CODES.get(language, language), "phrases": phrases}, height=0)


@st.fragment(run_every=ONE_DAY)
def come_back() -> None:
    """Draws nothing. Only a page with a clock asks for a run of its own once a lost connection is there again; without
    it the parts of the page would talk to a session that a new server does not know, and nothing would answer."""

"""The framework's own words in the reader's language: Streamlit speaks English only."""

from pathlib import Path

import streamlit as st

from model.outputs.words import keys, text

_WORDS = st.components.v2.component("framework", js=Path(__file__).with_name("framework.js").read_text("utf-8"))
SUBJECT = "framework."
CODES = {"zh": "zh-CN"}


def own_words(language: str) -> None:
    """Translate them wherever they appear from now on, and name the language of the page."""
    own = [key for key in keys() if key.startswith(SUBJECT)] if language != "en" else []
    phrases = {text(key, "en"): text(key, language) for key in own}
    _WORDS(key="framework", data={"language": CODES.get(language, language), "phrases": phrases}, height=0)

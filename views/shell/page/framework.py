"""What the framework leaves to do: words translated, lost connections taken up, all of a page sent."""

import time
from pathlib import Path

import streamlit as st

from model.outputs.words import keys, text
from views.shell.page.scripts import script

ONE_DAY = 86_400.0
SEND_SECONDS = 0.02
_WORDS = st.components.v2.component("framework", js=script(Path(__file__).with_name("framework.js")))
STYLE = Path(__file__).with_name("framework.css")
SUBJECT, INSTEAD = "framework.", "connection."
"""Beginnings of phrase keys: the framework's own words, and words that replace some of them in every language."""
CODES = {"zh": "zh-CN"}


def translate(language: str) -> None:
    """Translate the framework's own words wherever they appear, and name the language of the page."""
    st.html(STYLE)
    own = {key: key for key in keys() if key.startswith(SUBJECT) and language != "en"}
    own |= {key.replace(INSTEAD, SUBJECT): key for key in keys() if key.startswith(INSTEAD)}
    phrases = {text(theirs, "en"): text(ours, language) for theirs, ours in own.items()}
    _WORDS(key="framework", data={"language": CODES.get(language, language), "phrases": phrases}, height=0)


def send() -> None:
    """Let the server send all of a page before the next run begins.

    A run that begins on the heels of another takes back what is not sent yet of the parts that it draws again, and with
    them what stands beside them.
    """
    time.sleep(SEND_SECONDS)


@st.fragment(run_every=ONE_DAY)
def return_after_lost_connection() -> None:
    """Draw nothing: this is a clock, without which a page does not run again once the connection is back.

    Its parts would then talk to a session that a new server does not know, and nothing would answer.
    """

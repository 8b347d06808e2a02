"""Sending the plan: its address, or its file where nobody else can open the address."""

import streamlit as st

from model.outputs.words import text
from views.shell.files.library import take_away
from views.shell.links.copy_link import copy_link, opens_only_here
from views.shell.session import session


def _word(key: str, language: str) -> str:
    return text(f"plans.send_{key}", language)


@st.fragment(key="send")
def send() -> None:
    """The button to copy the address; on the reader's own machine a box with the plan's file first."""
    language = session.language()
    if not opens_only_here():
        copy_link(language)
        return
    help = _word("help", language)
    box = st.popover(_word("open", language), icon=":material/send:", help=help, key="send-box", on_change="rerun")
    if box.open:
        with box, st.container(gap="xsmall"):
            take_away("send", _word("file", language), language)
            st.caption(_word("how", language))
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                copy_link(language)
                st.caption(_word("link", language))

"""What the Decide page is asked, and how its address carries it: the question and its settings, as plain words that
read the same in both languages. What stands at its first choice is left out."""

from collections.abc import Mapping

import streamlit as st

QUESTION = "ask"
"""Key of the address; settings follow it after a dot."""
STATE = "asked"


def get(name: str = QUESTION) -> str:
    """What was chosen; empty where nothing was."""
    return st.session_state.get(STATE, {}).get(name, "")


def put(name: str, value: str) -> None:
    """Choose; nothing by the empty word."""
    kept = {key: old for key, old in st.session_state.get(STATE, {}).items() if key != name}
    st.session_state[STATE] = kept | ({name: value} if value else {})


def to_link() -> dict[str, str]:
    return dict(st.session_state.get(STATE, {}))


def from_link(parameters: Mapping[str, str]) -> None:
    """Take over what an address asks; one that asks nothing brings back the first choices."""
    st.session_state[STATE] = {
        key: value for key, value in parameters.items() if value and key.partition(".")[0] == QUESTION
    }

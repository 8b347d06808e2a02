"""The question of the Decide page and its settings in the address.

They are plain words that read the same in both languages.

What stands at its first choice is left out.
"""

from collections.abc import Mapping

import streamlit as st

QUESTION = "ask"
"""Key of the address; settings follow it after a dot."""
STATE = "question"
OLD_QUESTIONS = {
    "plan": "best_plan",
    "more": "worth",
    "target": "targets",
    "safe": "robust",
    "credit": "explain",
    "first": "ask_first",
    "undone": "not_done",
}
OLD_KEYS = {f"{QUESTION}.safe": f"{QUESTION}.robust"}
"""Questions and settings as the addresses of version 1.1.0 call them."""


def get(name: str = QUESTION) -> str:
    """A choice; empty where nothing was chosen."""
    return st.session_state.get(STATE, {}).get(name, "")


def put(name: str, value: str) -> None:
    """Choose; the empty word takes a choice away."""
    others = {key: old for key, old in st.session_state.get(STATE, {}).items() if key != name}
    st.session_state[STATE] = others | ({name: value} if value else {})


def to_link() -> dict[str, str]:
    """The parameters of the address."""
    return dict(st.session_state.get(STATE, {}))


def from_link(parameters: Mapping[str, str]) -> None:
    """Take over the question of an address; one without any brings back the first choices."""
    choices = {key: value for key, value in parameters.items() if value and key.partition(".")[0] == QUESTION}
    choices = {OLD_KEYS.get(key, key): value for key, value in choices.items()}
    if QUESTION in choices:
        choices[QUESTION] = OLD_QUESTIONS.get(choices[QUESTION], choices[QUESTION])
    st.session_state[STATE] = choices

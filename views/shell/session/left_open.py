"""What a reader has open, told by the browser to a server that was started again."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

_OPEN = st.components.v2.component("left_open", js=Path(__file__).with_name("left_open.js").read_text("utf-8"))
KEYS = "left-open-keys"
"""The key of the session: its keys that say what is open. A session without them has its first run."""
LONGEST = 200


def take_up(keys: Sequence[str]) -> None:
    """Tell the browser what is open; in a session's first run, open what the browser has open."""
    state = st.session_state
    is_first = KEYS not in state
    state[KEYS] = keys
    told = _OPEN(key="left-open", data=_open(), height=0, on_open_change=lambda: None).open
    if is_first and isinstance(told, dict):
        state.update({key: value for key in keys if isinstance(value := told.get(key), str) and len(value) <= LONGEST})


def note(part: str) -> None:
    """Tell it from a part of the page that is drawn by itself."""
    _OPEN(key=f"left-open-{part}", data={**_open(), "part": part}, height=0)


def _open() -> dict[str, dict[str, str]]:
    state = st.session_state
    return {"open": {key: state[key] for key in state[KEYS] if isinstance(state.get(key), str)}}

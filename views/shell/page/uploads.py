"""Boxes for files that the reader gives."""

from collections.abc import Callable

import streamlit as st


def upload(
    name: str, label: str, take: Callable[[str, bytes], None], *, disabled: bool = False, help: str | None = None
) -> None:
    """A box for a file; `take` gets its name and content.

    Every upload gets a new box, so that a file of the same name can come again.
    """
    key = f"{name}-{st.session_state.get(_count(name), 0)}"
    st.file_uploader(label, key=key, on_change=_hand_over, args=(name, key, take), disabled=disabled, help=help)


def _hand_over(name: str, key: str, take: Callable[[str, bytes], None]) -> None:
    file = st.session_state[key]
    if file is not None:
        st.session_state[_count(name)] = st.session_state.get(_count(name), 0) + 1
        take(file.name, file.getvalue())


def _count(name: str) -> str:
    """Key of the session: how many files this box took."""
    return f"{name}-uploads"

"""Which scenarios a session compares, as the address carries them: stems of files, PLAN and BASE."""

from collections.abc import Mapping

import streamlit as st

from model.scenario.comparability import MOST

CHOSEN, AGAINST = "compare", "against"
"""Keys of the session and of the address: the scenarios, and the one that the others are read against."""
BETWEEN = "/"
"""Stands between stems; no stem contains it."""


def to_link() -> dict[str, str]:
    """The parameters that carry the choice; empty before a choice."""
    chosen, against = st.session_state.get(CHOSEN), st.session_state.get(AGAINST)
    parameters = {CHOSEN: BETWEEN.join(chosen)} if chosen else {}
    return parameters | ({AGAINST: against} if against else {})


def from_link(parameters: Mapping[str, str]) -> None:
    """Take over the choice that an address carries; without one, the page's own choice holds."""
    stems = [stem for stem in parameters.get(CHOSEN, "").split(BETWEEN) if stem]
    for key, value in ((CHOSEN, list(dict.fromkeys(stems))[:MOST]), (AGAINST, parameters.get(AGAINST, ""))):
        if value:
            st.session_state[key] = value
        else:
            st.session_state.pop(key, None)

"""Which scenarios a session compares, and how its address carries them: stems of files, PLAN and BASE."""

from collections.abc import Mapping

import streamlit as st

from model.scenario.comparability import MOST

CHOSEN, AGAINST = "compare", "against"
"""Keys of the session and of the address. Where the session has none, the page's own choice holds."""
BETWEEN = "/"
"""No stem holds it."""


def to_link() -> dict[str, str]:
    """The parameters that carry the choice; none while nothing was chosen."""
    chosen, against = st.session_state.get(CHOSEN), st.session_state.get(AGAINST)
    parameters = {CHOSEN: BETWEEN.join(chosen)} if chosen else {}
    return parameters | ({AGAINST: against} if against else {})


def from_link(parameters: Mapping[str, str]) -> None:
    """Take over the choice that an address carries; one without a choice brings back the page's own."""
    stems = [stem for stem in parameters.get(CHOSEN, "").split(BETWEEN) if stem]
    for key, value in ((CHOSEN, list(dict.fromkeys(stems))[:MOST]), (AGAINST, parameters.get(AGAINST, ""))):
        if value:
            st.session_state[key] = value
        else:
            st.session_state.pop(key, None)

"""What a session presents: the plan or the comparison, which slides in which order, and the one that is shown.

The address carries it in plain ids; where it carries nothing, the plan is told whole, from its first slide.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

SLIDE, SLIDES, TOLD = "slide", "slides", "story"
"""Keys of the session and of the address."""
PLAN, COMPARISON = "plan", "comparison"
BETWEEN = "/"


def to_link() -> dict[str, str]:
    """The parameters that carry what is presented; none for what goes without saying."""
    state = st.session_state
    written = {SLIDE: state.get(SLIDE, ""), SLIDES: BETWEEN.join(order()), TOLD: state.get(TOLD, "")}
    return {key: value for key, value in written.items() if value}


def from_link(parameters: Mapping[str, str]) -> None:
    """Take over what an address carries."""
    state = st.session_state
    state[SLIDE] = parameters.get(SLIDE, "")
    state[SLIDES] = tuple(filter(None, parameters.get(SLIDES, "").split(BETWEEN)))
    state[TOLD] = COMPARISON if parameters.get(TOLD) == COMPARISON else ""


def source() -> str:
    return st.session_state.get(TOLD) or PLAN


def tell(told: str) -> None:
    """Tell another story, whole and from its first slide."""
    st.session_state[TOLD] = "" if told == PLAN else told
    st.session_state[SLIDES], st.session_state[SLIDE] = (), ""


def order() -> tuple[str, ...]:
    """The slides chosen, in order; empty for all."""
    return st.session_state.get(SLIDES, ())


def put_in_order(ids: Sequence[str], all_ids: Sequence[str]) -> None:
    st.session_state[SLIDES] = () if tuple(ids) == tuple(all_ids) else tuple(ids)


def at(ids: Sequence[str]) -> str:
    """The slide that is shown, the first where the session names none of these."""
    slide = st.session_state.get(SLIDE, "")
    return slide if slide in ids else ids[0]


def turn_to(id: str) -> None:
    st.session_state[SLIDE] = id

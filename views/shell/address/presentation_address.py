"""What a session presents: plan or comparison, its slides in order, and the slide on screen.

An address without any of these presents the whole plan from its first slide.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

SLIDE, SLIDES, SOURCE = "slide", "slides", "story"
"""Keys of the session and of the address."""
PLAN, COMPARISON = "plan", "comparison"
BETWEEN = "/"
"""Stands between the ids of slides."""


def to_link() -> dict[str, str]:
    """The parameters that carry the presentation; first choices are left out."""
    state = st.session_state
    parameters = {SLIDE: state.get(SLIDE, ""), SLIDES: BETWEEN.join(order()), SOURCE: state.get(SOURCE, "")}
    return {key: value for key, value in parameters.items() if value}


def from_link(parameters: Mapping[str, str]) -> None:
    """Take over the presentation that an address carries."""
    state = st.session_state
    state[SLIDE] = parameters.get(SLIDE, "")
    state[SLIDES] = tuple(filter(None, parameters.get(SLIDES, "").split(BETWEEN)))
    state[SOURCE] = COMPARISON if parameters.get(SOURCE) == COMPARISON else ""


def source() -> str:
    """What is presented, PLAN or COMPARISON."""
    return st.session_state.get(SOURCE) or PLAN


def set_source(source: str) -> None:
    """Present the plan or the comparison, whole and from its first slide."""
    st.session_state[SOURCE] = "" if source == PLAN else source
    st.session_state[SLIDES], st.session_state[SLIDE] = (), ""


def order() -> tuple[str, ...]:
    """The ids of the slides chosen, in order; empty for all."""
    return st.session_state.get(SLIDES, ())


def set_order(ids: Sequence[str], all_ids: Sequence[str]) -> None:
    """Choose slides and their order; all of them in their own order is no choice."""
    st.session_state[SLIDES] = () if tuple(ids) == tuple(all_ids) else tuple(ids)


def slide_among(ids: Sequence[str]) -> str:
    """The slide on screen; the first of `ids` if the session names none of them."""
    slide = st.session_state.get(SLIDE, "")
    return slide if slide in ids else ids[0]


def set_slide(id: str) -> None:
    st.session_state[SLIDE] = id

"""What a session presents: plan or comparison, slides in order, the one on screen, the cover.

An address without any of these presents the whole plan from its first slide.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from model.outputs.story.story import chapter

SLIDE, SLIDES, SOURCE = "slide", "slides", "story"
"""Keys of the session and of the address."""
UNIT, OCCASION, DAY = ON_COVER = ("unit", "occasion", "day")
"""The same of what the cover says: who presents, at what meeting, on what day (ISO)."""
PLAN, COMPARISON = "plan", "comparison"
BETWEEN = "/"
"""Stands between the ids of slides."""


def to_link() -> dict[str, str]:
    """The parameters that carry the presentation; first choices are left out."""
    state = st.session_state
    parameters = {
        SLIDE: state.get(SLIDE, ""),
        SLIDES: BETWEEN.join(order()),
        SOURCE: state.get(SOURCE, ""),
        **on_cover(),
    }
    return {key: value for key, value in parameters.items() if value}


def from_link(parameters: Mapping[str, str]) -> None:
    """Take over the presentation that an address carries."""
    state = st.session_state
    state[SLIDE] = parameters.get(SLIDE, "")
    state[SLIDES] = tuple(filter(None, parameters.get(SLIDES, "").split(BETWEEN)))
    state[SOURCE] = COMPARISON if parameters.get(SOURCE) == COMPARISON else ""
    for key in ON_COVER:
        state[key] = parameters.get(key, "")


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


def on_cover() -> dict[str, str]:
    """What the cover says, by the keys of ON_COVER; empty where nothing is set."""
    return {key: st.session_state.get(key, "") for key in ON_COVER}


def set_on_cover(key: str, words: str) -> None:
    st.session_state[key] = words


def slide_among(ids: Sequence[str], before: Sequence[str] = ()) -> str:
    """The slide on screen or the one that it continued; else the first of `ids` that was told after it.

    `before` are the slides as they were told until now. The first of `ids` where there is none of these.
    """
    at = slide()
    after = before[before.index(at) :] if at in before else ()
    return next((id for id in (at, chapter(at), *after) if id in ids), ids[0])


def slide() -> str:
    """The slide on screen, as it was turned to; empty for the first one."""
    return str(st.session_state.get(SLIDE, ""))


def set_slide(id: str) -> None:
    st.session_state[SLIDE] = id

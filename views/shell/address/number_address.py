"""Which number of the Evidence page is shown in detail, and how that page's address carries it."""

from collections.abc import Mapping

import streamlit as st

EVIDENCE = "evidence"
"""The page's name."""
NUMBER = "number"
"""Key of the address."""
CHOSEN, CHOSEN_ELSEWHERE = "evidence-chosen", "evidence-anchor"
"""Keys of the session: the number in detail, by the id of its row, and the one last chosen outside its table."""
FOLLOWED = "evidence-followed"
"""Key of the session: how many links to a number were followed."""
LONGEST = 100
"""Signs of an address's number; no row has a longer id."""


def choose(id: str) -> None:
    """Show a number in detail, which its table marks."""
    st.session_state[CHOSEN] = st.session_state[CHOSEN_ELSEWHERE] = id


def follow(id: str) -> None:
    """Show a number to who comes by a link to it."""
    choose(id)
    st.session_state[FOLLOWED] = st.session_state.get(FOLLOWED, 0) + 1


def to_link() -> dict[str, str]:
    """The parameters of the address; none on other pages, and before a choice."""
    chosen = st.session_state.get(CHOSEN, "")
    return {NUMBER: chosen} if chosen and st.session_state.page == EVIDENCE else {}


def from_link(parameters: Mapping[str, str]) -> None:
    """Take over the number that an address names; without one, that of before stays."""
    number = parameters.get(NUMBER, "")
    if 0 < len(number) <= LONGEST:
        follow(number)

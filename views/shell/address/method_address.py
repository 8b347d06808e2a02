"""Which section of the method a session reads, and how its address carries it.

There is none while figures are read.
"""

from collections.abc import Mapping

import streamlit as st

from model.evidence.method import sections
from model.outputs.words import LANGUAGES

SECTION = "section"
"""Key of the session and of the address."""
NUMBERS = tuple(str(section.number) for section in sections(LANGUAGES[0]))


def current() -> int | None:
    """The number of the section that is read; None for none."""
    number = st.session_state.get(SECTION, "")
    return int(number) if number else None


def turn_to(number: int | None) -> None:
    """Read a section, or none."""
    st.session_state[SECTION] = "" if number is None else str(number)


def to_link() -> dict[str, str]:
    number = st.session_state.get(SECTION, "")
    return {SECTION: number} if number else {}


def from_link(parameters: Mapping[str, str]) -> None:
    """Take over the section that an address names; what is no section names none."""
    number = parameters.get(SECTION, "")
    st.session_state[SECTION] = number if number in NUMBERS else ""

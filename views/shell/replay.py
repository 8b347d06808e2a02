"""The last change once more, for an audience: the pictures before and after it in turn. The plan itself stays."""

from dataclasses import replace
from html import escape

import streamlit as st

from model import Scenario
from model.outputs.words import text
from views.shell.session import session

TIMES, SECONDS = 3, 1.2
LEFT, OF, ASKED, WHOLE = "replay-left", "replay-of", "replay-asked", "replay-whole"
"""Keys of the session: frames still to be shown, an even number while the one before the change stands; the scenario
whose change is played; whether the coming run of the whole page begins a replay; whether it is such a run."""


def possible() -> bool:
    return _before() is not None


def playing() -> bool:
    """Whether a replay goes on: another decision ends it."""
    return st.session_state.get(LEFT, 0) > 0 and st.session_state[OF] is session.scenario()


def toggle() -> None:
    """Begin, or stop what plays; the whole page follows."""
    st.session_state[LEFT] = 0 if playing() else 2 * TIMES
    st.session_state[OF], st.session_state[ASKED] = session.scenario(), True


def every() -> float | None:
    """The seconds after which the pictures are drawn again; None while nothing plays."""
    return SECONDS if playing() else None


def on_stage() -> Scenario:
    """The scenario whose pictures are drawn now: each drawing is a turn of the replay, its first that of the whole
    page."""
    state = st.session_state
    if state.get(LEFT):
        if not state.pop(WHOLE, False):
            state[LEFT] -= 1
        if not playing():
            state[LEFT] = 0
            st.rerun()
    return _before() if _is_before() else session.scenario()


def sign() -> None:
    """Which of the two stands, over the page. Behind the pictures, so that none of them moves."""
    if playing():
        which, nth = "before" if _is_before() else "after", TIMES - (st.session_state[LEFT] - 1) // 2
        said = escape(text(f"replay.{which}", session.language(), nth=nth, times=TIMES))
        st.html(f'<div class="replay {which}" role="status">{said}</div>')


def _is_before() -> bool:
    return playing() and st.session_state[LEFT] % 2 == 0


def _before() -> Scenario | None:
    """The last scenario with other figures; None where there is none to go back to."""
    now = _figures(session.scenario())
    return next((past for past, _ in reversed(st.session_state.past) if _figures(past) != now), None)


def _figures(scenario: Scenario) -> Scenario:
    return replace(scenario, name={}, note={}, reason={}, author="")


def begin() -> None:
    """Before the whole page is drawn: a run that the replay did not ask for ends it."""
    if not st.session_state.pop(ASKED, False):
        st.session_state[LEFT] = 0
    st.session_state[WHOLE] = True

"""The last change once more for an audience: the pictures before and after it in turn."""

import streamlit as st

from model import Scenario
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from views.shell.session import session

TIMES, SECONDS = 3, 1.2
"""How often both pictures are shown, and for how long each."""
LEFT, SCENARIO, REQUEST, WHOLE_PAGE = "replay-left", "replay-of", "replay-asked", "replay-whole"
"""Keys of the session: how many pictures are left, an even number while the one before the change is shown; the
scenario whose change plays; whether the next run of the whole page begins a replay; whether a run is of that page."""


def is_possible() -> bool:
    return _before() is not None


def is_playing() -> bool:
    """Whether a replay runs; another decision ends it."""
    return st.session_state.get(LEFT, 0) > 0 and st.session_state[SCENARIO] is session.scenario()


def toggle() -> None:
    """Begin a replay, or stop the one that runs; the whole page is drawn next."""
    st.session_state[LEFT] = 0 if is_playing() else 2 * TIMES
    st.session_state[SCENARIO], st.session_state[REQUEST] = session.scenario(), True


def begin_page() -> None:
    """Call it before the whole page is drawn: a run that the replay did not ask for ends it."""
    if not st.session_state.pop(REQUEST, False):
        st.session_state[LEFT] = 0
    st.session_state[WHOLE_PAGE] = True


def seconds_between_pictures() -> float | None:
    """The seconds after which the pictures are drawn again; None while no replay runs."""
    return SECONDS if is_playing() else None


def scenario_on_stage() -> Scenario:
    """The scenario whose pictures are drawn now; every call is one turn of the replay."""
    state = st.session_state
    if state.get(LEFT):
        if not state.pop(WHOLE_PAGE, False):
            state[LEFT] -= 1
        if not is_playing():
            state[LEFT] = 0
            st.rerun()
    before = _before() if _shows_before() else None
    return before or session.scenario()


def sign() -> None:
    """Say over the page which picture it is.

    Call it after the pictures, so that none of them moves.
    """
    if is_playing():
        which, nth = "before" if _shows_before() else "after", TIMES - (st.session_state[LEFT] - 1) // 2
        caption = text(f"replay.{which}", session.language(), nth=nth, times=TIMES)
        st.html(element("div", caption, class_=f"replay {which}", role="status"))


def _shows_before() -> bool:
    return is_playing() and st.session_state[LEFT] % 2 == 0


def _before() -> Scenario | None:
    """The last scenario with other figures; None if there is none to undo to."""
    now = session.scenario().without_texts
    return next((past for past, _ in reversed(st.session_state.past) if past.without_texts != now), None)

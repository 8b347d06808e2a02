"""Now and the plan in turn, for an audience: the pictures without and with its decisions."""

from pathlib import Path

import streamlit as st

from model import Scenario
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from views.shell.session import session

TIMES, SECONDS = 3, 1.2
"""How often both pictures are shown, and for how long each."""
LEFT, SCENARIO, REQUEST, WHOLE_PAGE = "replay-left", "replay-of", "replay-asked", "replay-whole"
"""Keys of the session: how many pictures are left, an even number while the present is shown; the scenario that plays;
whether the next run of the whole page begins a replay; whether a run is of that page."""
_SIGN = st.components.v2.component(
    "replay",
    html=element("div", role="status"),
    js=Path(__file__).with_name("replay.js").read_text("utf-8"),
    isolate_styles=False,
)


def is_possible() -> bool:
    """Whether the plan decides anything."""
    return bool(session.scenario().levers)


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
    scenario = session.scenario()
    return scenario.with_decisions(levers={}) if _shows_now() else scenario


def sign() -> None:
    """Say over the page which picture it is, and move the force bar with it.

    Call it after the pictures, so that none of them moves.
    """
    if is_playing():
        which, nth = "now" if _shows_now() else "plan", TIMES - (st.session_state[LEFT] - 1) // 2
        caption = text(f"replay.{which}", session.language(), nth=nth, times=TIMES)
        _SIGN(key="replay-sign", data={"which": which, "caption": caption}, height=0)


def _shows_now() -> bool:
    return is_playing() and st.session_state[LEFT] % 2 == 0

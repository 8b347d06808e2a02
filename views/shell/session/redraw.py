"""What is drawn again after a decision: the parts that follow it, or the whole page."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType


def set_order(*names: str) -> None:
    """Which keyed fragments of this page are drawn again after a decision, in this order.

    The force bar comes last: its answer says that the pictures are there.
    """
    st.session_state.redraw_order = names


def after_decision(*, but: str = "") -> None:
    """End the callback of a decision: draw the parts that follow decisions again, nothing else.

    `but` names a part that such a decision does not change. It is left out from the second decision in a row on: a
    run that begins before the browser has the end of the last one takes away the order to clear what is no longer
    drawn, so a part is clear only once it is drawn again.
    """
    state = st.session_state
    left_out, state.left_out = state.left_out if but else "", but
    parts(*(part for part in state.redraw_order if part != left_out))


def parts(*names: str) -> None:
    """End a callback: draw keyed fragments again, with whatever else was asked for.

    The framework joins requests that wait. In a run of the whole page, such as a save asks for, and on a page opened
    meanwhile, the page is drawn; the fragments of other requests, such as the click in a dialog, are drawn too.
    """
    joined = getattr(get_script_run_ctx(), "fragment_ids_this_run", None)
    if not joined or _is_page_asked_for():
        return
    try:
        st.rerun(names)
    except StreamlitAPIException:
        st.rerun()
    except RerunException as request:
        if len(joined) > 1:
            queue = dict.fromkeys([*request.rerun_data.fragment_id_queue, *joined])
            raise RerunException(replace(request.rerun_data, fragment_id_queue=list(queue))) from None
        raise


def page_after(act: Callable[[], None]) -> None:
    """Act, then draw the whole page again."""
    act()
    page()


def page() -> None:
    """End a callback: draw the whole page again, or the one asked for meanwhile."""
    if not _is_page_asked_for():
        st.rerun()


def _is_page_asked_for() -> bool:
    """Whether a run of a whole page waits for the end of this one.

    It draws whatever a callback could ask for; the callback's own request would take its place, and the page with it.
    """
    requests = getattr(get_script_run_ctx(), "script_requests", None)
    asked = getattr(requests, "_rerun_data", None)
    waits = getattr(requests, "_state", None) is ScriptRequestType.RERUN
    return bool(waits and asked and not asked.fragment_id_queue)

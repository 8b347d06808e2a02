"""What is drawn again after a decision: the parts that follow it, or the whole page."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.fragment import FragmentStorage
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.state import SessionState

ORDER, DECIDING, LEFT_OUT = "redraw_order", "redraw_deciding", "left_out"
"""Keys of the session: what is drawn again after a decision, where decisions are made, what the last one left out."""


def set_order(*names: str, deciding: Mapping[str, str]) -> None:
    """Which keyed fragments of this page are drawn again after a decision, in this order.

    The force bar comes last: its answer says that the pictures are there. `deciding` names the fragments in which
    every touch is a decision, each with the part that it does not change ("" for none).
    """
    st.session_state[ORDER], st.session_state[DECIDING] = names, deciding


def after_decision(*, by: str = "") -> None:
    """End the callback of a decision: draw the parts that follow decisions again, nothing else.

    `by` names the fragment that it was made in, if that leaves a part as it is. The part is left out from the second
    decision in a row on: a run that begins before the browser has the end of the last one takes away the order to clear
    what is no longer drawn, so a part is clear only once it is drawn again.
    """
    state = st.session_state
    needed = _parts_after(state, by)
    state[LEFT_OUT] = state[DECIDING].get(by, "")
    parts(*needed)


def _parts_after(state: Any, by: str) -> tuple[str, ...]:
    """The names of what a decision made in a fragment has drawn again."""
    but = state[DECIDING].get(by, "")
    return tuple(part for part in state[ORDER] if not but or part != state[LEFT_OUT])


def ids_after(state: SessionState, fragments: FragmentStorage, touched: str) -> list[str]:
    """The ids of the fragments that a touch in one has drawn again; none where no decision is made."""
    with suppress(KeyError, StreamlitAPIException):
        for name in state[DECIDING]:
            if touched in fragments.resolve_target(name):
                return fragments.resolve_target(_parts_after(state, name))
    return []


def parts(*names: str) -> None:
    """End a callback: draw keyed fragments again, besides what else was asked for and touched.

    In a run of the whole page, such as a save asks for, and on a page opened meanwhile, the page is drawn. A run that
    draws them anyway goes on.
    """
    context = get_script_run_ctx()
    if not context or not (drawn := getattr(context, "fragment_ids_this_run", None)) or _is_page_asked_for():
        return
    try:
        if {*context.fragment_storage.resolve_target(names)} <= {*drawn}:
            return
        st.rerun(names)
    except StreamlitAPIException:
        st.rerun()


def all_touched(state: SessionState, sent: WidgetStates | None) -> None:
    """After the callbacks, draw every fragment that was asked for or in which something was touched.

    What happens in several fragments at one moment, as a click while another rests, comes from the browser as one
    request that names the first of them only. The framework joins requests that wait, and what a callback asks for
    takes the place of the run.
    """
    context = get_script_run_ctx()
    asked = context and context.fragment_ids_this_run
    if not context or not asked or not context.script_requests or _is_page_asked_for():
        return
    requests, needed = context.script_requests, dict.fromkeys([*asked, *_touched(state)])
    is_page = None in needed
    queue = [] if is_page else [one for one in needed if one and context.fragment_storage.contains(one)]
    waits = requests._state is ScriptRequestType.RERUN
    if is_page or not {*queue} <= {*(requests._rerun_data.fragment_id_queue if waits else asked)}:
        requests.request_rerun(
            RerunData(
                query_string=context.query_string,
                page_script_hash=context.page_script_hash,
                fragment_id_queue=queue,
                is_fragment_scoped_rerun=not is_page,
                cached_message_hashes=context.cached_message_hashes,
                context_info=context.context_info,
                replay_trigger_states=state._filter_active_trigger_widget_states(sent),
            )
        )


def _touched(state: SessionState) -> set[str | None]:
    """The fragments of the widgets that changed; none for one that stands on the page itself."""
    widgets = state._new_widget_state
    return {
        one.fragment_id
        for id, one in widgets.widget_metadata.items()
        if id in widgets.states and not one.disabled and state._widget_changed(id)
    }


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

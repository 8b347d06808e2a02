"""What the browser asks for and tells: no page and no word of it is lost where requests cross."""

from contextvars import ContextVar
from dataclasses import replace
from functools import wraps

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests, ScriptRequestType

from views.shell.session import redraw

PAGE = ("page_script_hash", "page_name", "query_string")
OF_A_PAGE = (*PAGE, "cached_message_hashes", "context_info")
"""What a request for a page says of it and of the browser, which has thrown away since what an older one names."""


def lose_nothing() -> None:
    """Have all that is asked for drawn, and everything told heard, in whatever order the requests come."""
    if not hasattr(ScriptRequests._request_rerun_locked, "__wrapped__"):
        _keep_pages()
        _hear_parts_left()
        _draw_what_follows()


def _keep_pages() -> None:
    """Join requests for different pages without losing one.

    The framework takes the page of the last one. What a run of the page before asks for, and what a part of it tells
    before the browser has heard that another page is drawn, would take its place. And it takes only what the last one
    says of the widgets, which a page that the reader left at once tells no more.
    """
    ask = ScriptRequests._request_rerun_locked

    @wraps(ask)
    def asked(requests: ScriptRequests, data: RerunData) -> bool:
        context, before = get_script_run_ctx(suppress_warning=True), requests._rerun_data
        here = context.page_script_hash if context else data.page_script_hash if data.fragment_id else ""
        waits = requests._state is ScriptRequestType.RERUN
        is_left = before.page_script_hash not in ("", here) and (waits or not context)
        if here and is_left and data.page_script_hash == here:
            data = replace(data, **{name: getattr(before, name) for name in OF_A_PAGE})
        elif waits and data.page_script_hash != before.page_script_hash:
            data = replace(data, widget_states=_joined(before.widget_states, data.widget_states))
        return ask(requests, data)

    ScriptRequests._request_rerun_locked = asked  # type: ignore[assignment, method-assign]


def _joined(before: WidgetStates | None, after: WidgetStates | None) -> WidgetStates | None:
    """What both say of the widgets; of one that both know, the later word."""
    if not before or not after:
        return after or before
    later = {one.id for one in after.widgets}
    return WidgetStates(widgets=[*after.widgets, *(one for one in before.widgets if one.id not in later)])


def _hear_parts_left() -> None:
    """Hear what a part tells that is no longer there, such as a text that was typed on a page just left.

    The framework throws the request away. The page that is there now is drawn with what it says.
    """
    ask = AppSession.request_rerun

    @wraps(ask)
    def asked(session: AppSession, told: ClientState | None) -> None:
        if told and told.fragment_id and not told.is_auto_rerun and not session.has_fragment(told.fragment_id):
            runner = session._scriptrunner
            now = runner._requests._rerun_data if runner else session._client_state
            told = ClientState.FromString(told.SerializeToString())
            told.fragment_id = ""
            for name in PAGE:
                setattr(told, name, getattr(now, name))
        ask(session, told)

    AppSession.request_rerun = asked  # type: ignore[assignment, method-assign]


def _draw_what_follows() -> None:
    """Have a run that a decision asks for draw what follows the decision.

    The framework would begin a run of the fragment that was touched, and after its callback another one.
    """
    following: ContextVar[list[str]] = ContextVar("following", default=[])  # noqa: B039 - never changed in place
    ask, fold = AppSession.request_rerun, ScriptRequests._request_rerun_locked

    @wraps(ask)
    def asked(session: AppSession, told: ClientState | None) -> None:
        touched = told.fragment_id if told and not told.is_auto_rerun else ""
        ids = redraw.ids_after(session._session_state, session._fragment_storage, touched) if touched else []
        before = following.set(ids)
        try:
            ask(session, told)
        finally:
            following.reset(before)

    @wraps(fold)
    def folded(requests: ScriptRequests, data: RerunData) -> bool:
        if data.fragment_id and (ids := following.get()):
            data = replace(data, fragment_id=None, fragment_id_queue=ids)
        return fold(requests, data)

    AppSession.request_rerun = asked  # type: ignore[assignment, method-assign]
    ScriptRequests._request_rerun_locked = folded  # type: ignore[assignment, method-assign]

"""Steps done whole: the framework ends a run, for the next, wherever it touches the session's state."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SafeSessionState

from views.shell.session import redraw


@contextmanager
def whole() -> Iterator[None]:
    """Let what is done in it end before the run may: half a step would leave a plan torn.

    Nothing changes outside a run, and where the framework no longer tells which run it is.
    """
    context = get_script_run_ctx()
    with _held(context.session_state) if context else nullcontext():
        yield


def keep_callbacks_whole() -> None:
    """Do every callback to its end, though another click asks for a run, and draw every part clicked."""
    rerun = SafeSessionState.on_script_will_rerun
    if hasattr(rerun, "__wrapped__"):
        return

    @wraps(rerun)
    def whole_rerun(state: SafeSessionState, sent: WidgetStates | None, **kwargs: Any) -> None:
        with _held(state):
            rerun(state, sent, **kwargs)
            redraw.all_touched(state._state, sent)

    SafeSessionState.on_script_will_rerun = whole_rerun  # type: ignore[assignment, method-assign]


@contextmanager
def _held(state: SafeSessionState) -> Iterator[None]:
    """The run that asks for this state does not look at requests for another one."""
    runner = getattr(state._yield_callback, "__self__", None)
    if runner is None or not getattr(runner, "_execing", False):
        yield
        return
    runner._execing = False
    try:
        yield
    finally:
        runner._execing = True

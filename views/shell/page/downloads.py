"""Download buttons, whose files are made on the click."""

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Literal, TypedDict, Unpack

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.RootContainer_pb2 import RootContainer
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from model.failures import log
from model.failures.libraries import NoLibrary, require
from model.outputs.phrasing.problems import failure_notice, lacking_in_words

_OFFICE = "application/vnd.openxmlformats-officedocument"
MIME = {
    ".csv": "text/csv",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".md": "text/markdown",
    ".toml": "application/toml",
    ".zip": "application/zip",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
}
"""MIME types by the ending of a file's name."""


class Look(TypedDict, total=False):
    """What else a download button may be told."""

    mime: str
    help: str | None
    disabled: bool
    type: Literal["primary", "secondary"]
    width: Literal["stretch", "content"]


def download(
    label: str,
    file_name: str,
    data: bytes | Callable[[], bytes | str],
    key: str,
    icon: str = "download",
    needs: Sequence[str] = (),
    **look: Unpack[Look],
) -> None:
    """A button that saves a file, whose data a function makes on the click; the page does not run again.

    Where the function fails, a toast says so.

    Where one of the libraries that it needs cannot be had, the button is off and a sentence says why.
    """
    missing = lacking(needs)
    look["disabled"] = look.get("disabled", False) or missing is not None
    look.setdefault("mime", MIME.get(PurePath(file_name).suffix, "application/octet-stream"))
    st.download_button(
        label,
        data=_said(data) if callable(data) else data,
        file_name=file_name,
        icon=f":material/{icon}:",
        on_click="ignore",
        key=key,
        **look,
    )
    if missing:
        st.text(lacking_in_words(missing, st.session_state.language))


def lacking(needs: Sequence[str]) -> NoLibrary | None:
    """The first of some libraries that cannot be had; None where all can."""
    try:
        require(*needs)
    except NoLibrary as missing:
        return missing
    return None


def _said(make: Callable[[], bytes | str]) -> Callable[[], bytes | str]:
    """The function, whose failure is told to the reader of now: it is called when no page runs."""
    run, language = get_script_run_ctx(), st.session_state.language
    session_id = run.session_id if run else ""

    def made() -> bytes | str:
        try:
            return make()
        except Exception as failure:
            _toast(session_id, failure_notice(log.note(failure), language))
            raise

    return made


def _toast(session_id: str, notice: str) -> None:
    """Show a notice in the browser of a session, from any thread."""
    runtime = get_instance() if exists() else None
    session = runtime and runtime._session_mgr.get_session_info(session_id)
    if not runtime or not session:
        return
    message = ForwardMsg()
    message.metadata.delta_path[:] = [RootContainer.EVENT, 0]
    toast = message.delta.new_element.toast
    toast.body, toast.icon, toast.duration = notice, ":material/error:", 0
    runtime._get_async_objs().eventloop.call_soon_threadsafe(session.session._enqueue_forward_msg, message)

"""Download buttons, whose files are made on the click."""

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Literal, TypedDict, Unpack

import streamlit as st

from model.failures.libraries import NoLibrary, require
from model.outputs.phrasing.problems import lacking_in_words

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

    Where one of the libraries that it needs cannot be had, the button is off and a sentence says why.
    """
    missing = lacking(needs)
    look["disabled"] = look.get("disabled", False) or missing is not None
    look.setdefault("mime", MIME.get(PurePath(file_name).suffix, "application/octet-stream"))
    st.download_button(
        label, data=data, file_name=file_name, icon=f":material/{icon}:", on_click="ignore", key=key, **look
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

"""Download buttons, whose files are made on the click."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Literal, TypedDict, Unpack

import streamlit as st

_OFFICE = "application/vnd.openxmlformats-officedocument"
MIME = {
    ".csv": "text/csv",
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
    **look: Unpack[Look],
) -> None:
    """A button that saves a file, whose data a function makes on the click.

    The page does not run again.
    """
    look.setdefault("mime", MIME.get(PurePath(file_name).suffix, "application/octet-stream"))
    st.download_button(
        label, data=data, file_name=file_name, icon=f":material/{icon}:", on_click="ignore", key=key, **look
    )

"""The file that the plan on screen belongs to, as this session last saw it, and how the address carries it."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count

import streamlit as st

from model.files.library import Library, Opened
from model.scenario.scenario import Scenario

FILE, SEEN = "file", "seen"
"""Parameters of the address: the stem, and the beginning of the stamp of the version that was seen."""
SEEN_LENGTH = 16


def start() -> None:
    """`file` names what the plan belongs to: a stem, or for a plan outside the library a name that no stem is."""
    st.session_state.file, st.session_state.files = unfiled(), {}


def current() -> Opened | None:
    """The text and version that the plan came from; None where there is none. Its stem is empty for a file from the
    reader's machine."""
    return st.session_state.files.get(st.session_state.file)


def filed() -> bool:
    """Whether the plan has a file in the library."""
    return bool((found := current()) and found.stem)


def known(found: Opened) -> str:
    """Remember a file as it is now; how the session names it."""
    file = found.stem or unfiled()
    st.session_state.files[file] = found
    return file


def forget(stem: str) -> None:
    """The file is gone: plans that belonged to it are not saved any more."""
    st.session_state.files.pop(stem, None)


def restore(stem: str) -> None:
    """The file is back, and what belonged to it belongs to it again."""
    found = Library().open(stem)
    if isinstance(found, Opened):
        known(found)


def unsaved(scenario: Scenario) -> bool:
    """Whether the plan holds anything that its file, or the base year, does not."""
    return scenario != (current().scenario if filed() else Scenario())


def to_link() -> dict[str, str]:
    return {FILE: current().stem, SEEN: current().stamp[:SEEN_LENGTH]} if filed() else {}


def from_link(parameters: Mapping[str, str]) -> str:
    """The stem of the file that an address speaks of, empty where it is not in the library. A version other than the
    one seen stays another one, so that it is not overwritten unasked."""
    stem, seen = parameters.get(FILE, ""), parameters.get(SEEN, "")
    if stem in st.session_state.files:
        return stem
    found = Library().open(stem)
    if not isinstance(found, Opened):
        return ""
    return known(found if seen and found.stamp.startswith(seen) else replace(found, stamp=seen))


def unfiled() -> str:
    """A new name that no stem is."""
    return f"/{next(st.session_state.setdefault('unfiled', count()))}"

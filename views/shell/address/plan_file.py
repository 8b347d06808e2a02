"""The file of the plan on screen, as this session last saw it and as the address carries it."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import count

import streamlit as st

from model.files.library import Library, Opened
from model.files.scenario_file import read_scenario
from model.outputs.handout.origin import Finality, Origin, finality_of
from model.scenario.scenario import Scenario

FILE, SEEN, OF = "file", "seen", "of"
"""Parameters of the address: the stem, the beginning of the stamp of the version that this session saw, and the stem of
the plan of which it is the final version."""
SEEN_LENGTH = 16


def start() -> None:
    """Begin with a plan outside the library.

    The session's `file` is a stem, or a name that no stem is; `files` has each file as this session last saw it.
    """
    st.session_state.file, st.session_state.files = name_outside_library(), {}


def current() -> Opened | None:
    """The file that the plan came from; None if there is none.

    A file from the reader's machine has an empty stem.
    """
    return st.session_state.files.get(st.session_state.file)


def in_library() -> Opened | None:
    """The plan's file in the library; None if it has none there."""
    file = current()
    return file if file and file.stem else None


def _looked_at() -> Opened | None:
    """The final version on screen, opened from the versions of a plan; None if it is none."""
    file = current()
    return file if file and file.of else None


def finality() -> Finality | None:
    """How the plan on screen stands to its final version, as the library has it now; None if it has none."""
    file = current()
    if file is None or not (of := finality_of(Library(), file.stem or file.of, file.stamp)):
        return None
    return replace(of, is_final=of.is_final and st.session_state.scenario == file.scenario)


def origin() -> Origin:
    """The file that the plan on screen came from, and how the plan stands to its final version."""
    file = current()
    return Origin(file.text.encode("utf-8", "replace") if file else b"", finality())


def remember(file: Opened) -> str:
    """Keep a file as it is now, and return the session's name for it."""
    name = file.stem or name_outside_library()
    st.session_state.files[name] = file
    return name


def unsaved_copy() -> str:
    """The session's name for a plan that comes from the current file and does not belong to it.

    Its comments stay; a save asks for a name.
    """
    file = in_library() or _looked_at()
    return remember(replace(file, stem="", stamp="", of="")) if file else str(st.session_state.file)


def forget(stem: str) -> None:
    """The file is gone: plans that belonged to it count as unsaved."""
    st.session_state.files.pop(stem, None)


def restore(stem: str) -> None:
    """The file is back: plans that belonged to it belong to it again."""
    file = Library().open(stem)
    if isinstance(file, Opened):
        remember(file)


def is_unsaved(scenario: Scenario) -> bool:
    """Whether the plan differs from its file, or from the base year if it has no file."""
    file = in_library() or _looked_at()
    return scenario != (file.scenario if file else Scenario())


def to_link() -> dict[str, str]:
    """The parameters that carry the plan's file; empty for a plan outside the library."""
    if file := in_library():
        return {FILE: file.stem, SEEN: file.stamp[:SEEN_LENGTH]}
    return {OF: file.of} if (file := _looked_at()) else {}


def from_link(parameters: Mapping[str, str], original: str = "") -> str:
    """The session's name for the file that an address names; empty if the library does not have it.

    If the file is no longer the version that was seen, it is kept under the stamp seen, so that a save asks first. A
    file from the reader's machine is given by its `original` text.
    """
    if original:
        return _from_text(original, parameters.get(OF, ""))
    stem, seen = parameters.get(FILE, ""), parameters.get(SEEN, "")
    if stem in st.session_state.files:
        return stem
    file = Library().open(stem)
    if not isinstance(file, Opened):
        return ""
    return remember(file if seen and file.stamp.startswith(seen) else replace(file, stamp=seen))


def _from_text(text: str, of: str) -> str:
    """The session's name for a file without a stem, one for equal texts; empty for none."""
    files: Mapping[str, Opened] = st.session_state.files
    name = next((name for name, one in files.items() if not one.stem and (one.text, one.of) == (text, of)), "")
    scenario = None if name else read_scenario(text.encode("utf-8", "replace"))[0]
    stamp = sha256(text.encode("utf-8", "replace")).hexdigest() if of else ""
    return remember(Opened("", scenario, text, stamp, of)) if scenario else name


def name_outside_library() -> str:
    """A new name for a plan, which no stem is."""
    return f"/{next(st.session_state.setdefault('unfiled', count()))}"

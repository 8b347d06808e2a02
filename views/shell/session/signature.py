"""What is noted of a save: who made it, signed in or by a name his browser keeps, and the figures."""

from pathlib import Path
from urllib.parse import unquote

import streamlit as st

from model.files.base_years.store import BaseYears
from model.files.library import Note
from model.files.problem import shown
from model.scenario.scenario import Scenario
from model.year.measures import HEADLINES
from views.shell.session import role, session

NAME = "signature"
"""The key of the session: the name given in it."""
_COOKIE = "frontline-name"
_KEEP = st.components.v2.component("signature", js=Path(__file__).with_name("signature.js").read_text("utf-8"))


def signed_in() -> str:
    """The name, else the address, of the user who is signed in; empty where nobody is."""
    who = role.user()
    return who.name if who else ""


def given() -> str:
    """The name that the reader gave, in this session or in an earlier one with this browser."""
    state = st.session_state
    return state[NAME] if NAME in state else shown(unquote(st.context.cookies.get(_COOKIE, "")), role.LONGEST_NAME)


def name() -> str:
    """In whose name a save is noted; empty where nobody gave one."""
    return signed_in() or given()


def give(name: str) -> None:
    """Take a name for this session; `keep` hands it to the browser."""
    st.session_state[NAME] = shown(name.strip(), role.LONGEST_NAME)


def keep() -> None:
    """Let the browser keep the name given in this session."""
    if NAME in st.session_state:
        _KEEP(key="signature-kept", data={"cookie": _COOKIE, "name": st.session_state[NAME]}, height=0)


def base_years() -> BaseYears:
    """The base years, in whose history the reader stands as the author of what he changes."""
    return BaseYears(author=name())


def note(scenario: Scenario) -> Note:
    """What is noted of a save of a plan made now."""
    return Note(author=name() or scenario.author, figures=figures(scenario))


def figures(scenario: Scenario) -> dict[str, float]:
    """The headline figures of a plan by measure; none where it has no projection."""
    try:
        measures = session.glance(scenario.without_texts).measures
    except Exception:  # the page says why; a save does without
        return {}
    return {id: measures[id].total.scenario.p50 for id in HEADLINES}

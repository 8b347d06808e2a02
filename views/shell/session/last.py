"""The last results that pages showed, which stand in for the next ones on the same base year only."""

from typing import Any

import streamlit as st

from model.evidence.base_year_folders import State, state_of
from model.scenario.scenario import Scenario


def keep(key: str, result: object, of: Scenario) -> None:
    """Keep a result of a scenario in the session under a key."""
    st.session_state[key], st.session_state[_ground_key(key)] = result, _ground(of)


def kept(key: str, of: Scenario) -> Any:
    """The result under a key, if it is of a scenario's base year as its files are now; else None."""
    return st.session_state.get(key) if st.session_state.get(_ground_key(key)) == _ground(of) else None


def _ground_key(key: str) -> str:
    return f"{key}-on"


def _ground(of: Scenario) -> tuple[str, State]:
    return of.baseline, state_of(of.baseline)

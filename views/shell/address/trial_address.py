"""The plan that a reader brought to a page and what is tried there, in the session and its address."""

from collections.abc import Mapping

import streamlit as st

from model.scenario.scenario import Scenario
from views.shell.address import scenario_address

TRIAL = "trial"
"""The parameter with what the trial changes: keys and values of the plan's own parameters."""
BETWEEN, IS = "/", "="
PRESENT = "present"
"""The page on which plans are tried."""


def start() -> None:
    """Begin with the base year, and nothing on trial."""
    st.session_state.brought, st.session_state.told = (Scenario(), ""), None


def enter_page(page: str) -> None:
    """Note the plan with which its reader comes to a page: that of the address where it is on trial there."""
    state = st.session_state
    told = state.told if page == PRESENT else None
    state.brought, state.told = told or (state.scenario, state.file), None


def take_over(plan: Scenario) -> None:
    """Note the plan of an address whose trial is the scenario now."""
    state = st.session_state
    state.told = plan, state.file
    if state.page == PRESENT:
        enter_page(PRESENT)


def take_over_plan() -> None:
    """Note that the scenario now, which an address brought, is the plan, and nothing on trial."""
    state = st.session_state
    state.brought, state.told = (state.scenario, state.file), None


def brought() -> Scenario:
    """The plan with which its reader came to this page."""
    return st.session_state.brought[0]


def is_as_brought() -> bool:
    """Whether the plan has the figures with which its reader came to this page."""
    return st.session_state.scenario.without_texts == brought().without_texts


def to_link() -> dict[str, str]:
    """The parameters that carry the scenario; while it is tried, the plan and what is tried."""
    state = st.session_state
    plan, file = state.told or state.brought
    of_plan, of_trial = map(scenario_address.to_link, (plan, state.scenario))
    is_tried = state.told or state.page == PRESENT
    if not is_tried or state.file != file or plan.without_texts == state.scenario.without_texts:
        return of_trial
    keys = sorted({**of_plan, **of_trial})
    changed = (key + IS + of_trial.get(key, "") for key in keys if of_trial.get(key) != of_plan.get(key))
    return {**of_plan, TRIAL: BETWEEN.join(changed)}


def of_trial(parameters: Mapping[str, str]) -> dict[str, str]:
    """The parameters as they were if the trial were the plan."""
    changed = dict(part.split(IS, 1) for part in parameters.get(TRIAL, "").split(BETWEEN) if IS in part)
    return {key: value for key, value in {**parameters, **changed}.items() if value and key != TRIAL}

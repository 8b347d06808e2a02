"""A live trial (现场试算): levers under every slide, and a badge while its figures are not the plan's."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from model.outputs.phrasing.markup import element
from model.outputs.phrasing.sentences import plan_name
from model.outputs.phrasing.typesetting import clipped
from model.outputs.words import text
from model.scenario.levers import levers
from model.scenario.scenario import Scenario, in_language
from views.compare import choice
from views.plan import levers as widgets_of_levers
from views.plan.force import force
from views.shell.address import trial_address
from views.shell.files import saving
from views.shell.session import redraw, role, session

LEVERS = ("other_duties_cut", "offsite_checks")
"""The levers beside the force bar."""
NAME_EMS = 30
"""Most ems of a plan's name in that of its variant."""


def told(language: str) -> Scenario:
    """The plan as slides and file tell it: while something is tried on it, its name says so."""
    scenario = session.scenario()
    if trial_address.is_as_brought():
        return scenario
    name = clipped(in_language(scenario.name, language), NAME_EMS)
    trial = text("present.trial_of", language, name=name) if name else text("present.trial", language)
    return replace(scenario, name={session.plain_language(): trial})


def levers_and_force() -> None:
    """Draw the strip at the foot, and the badge while a trial is on."""
    _trial()
    with st.container(key="live"):
        force()


@st.fragment(key="trial")
def _trial() -> None:
    """The badge and the levers beside the force bar."""
    language = session.language()
    scenario, table = session.scenario(), levers(session.baseline())
    with st.container(key="trial-levers", horizontal=True, wrap=False, gap="small"):
        for id in LEVERS:
            lever = table[id]
            value = scenario.levers.get(id, lever.base)
            widgets_of_levers.number(lever, value, text(f"present.lever_{id}", language))
    if not trial_address.is_as_brought():
        _badge(language)


def _badge(language: str) -> None:
    with st.container(key="trial-badge", horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.html(element("b", text("present.trial", language), class_="trial", role="status"), width="content")
        put_back = text("present.put_back", language)
        st.button(put_back, key="put-back", on_click=_then_redraw, args=(session.put_back,))
        kept = _kept_as(language)
        st.button(
            text("present.kept", language, name=kept) if kept else text("present.keep", language),
            key="keep-variant",
            **role.lock(language, text("present.keep_help", language), disabled=bool(kept)),
            on_click=_then_redraw,
            args=(_keep,),
        )
        if st.session_state.problems:
            st.html(element("span", text("present.not_kept", language), role="alert"), width="content")


def _then_redraw(act: Callable[[], None]) -> None:
    act()
    redraw.after_decision()


def _kept_as(language: str) -> str:
    """The name under which the trial is kept; empty while it is not."""
    file = choice.file_like(session.scenario())
    return clipped(in_language(file.name, language), NAME_EMS) if file else ""


def _keep() -> None:
    """Save what is tried as a plan of its own, to be compared with the one it came from."""
    language = session.language()
    plan = trial_address.brought()
    name = text("present.variant", language, name=clipped(plan_name(plan, language), NAME_EMS))
    if stem := saving.save_variant(name):
        choice.choose_beside(plan, stem)

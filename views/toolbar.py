"""The line above the plan: its name, undo, redo, reset, the library, the language."""

from collections.abc import Callable
from html import escape

import streamlit as st

from model.outputs.palette import BACKGROUND
from model.outputs.words import LANGUAGES, text
from model.scenario import in_language
from views import library, session
from views.export import export

RIGHT = {"horizontal": True, "horizontal_alignment": "right", "vertical_alignment": "center", "wrap": False}


def header() -> None:
    """Beside the names of the pages: name and steps, which follow every decision; library and language stand still."""
    # The way to the pages stays while a page scrolls under it.
    ground = BACKGROUND[session.theme()]
    st.html(f'<style>[data-testid="stTopNavLinkContainer"] {{ background: {ground}; border-radius: 0.5rem }}</style>')
    with st.container(key="header"):
        _, steps, out, rest = st.columns([13, 15, 3, 12], vertical_alignment="center", gap="small")
    with steps:
        toolbar()
    with out:
        export()
    with rest, st.container(**RIGHT, gap="small"):
        language = session.language()
        with st.popover(text("plan.library", language), icon=":material/folder_open:", key="library"):
            library.library()
        key = session.widget_key("speak", language)
        st.segmented_control(
            text("plan.language", language),
            LANGUAGES,
            required=True,
            key=key,
            format_func=lambda name: text(f"terms.language_{name}", language),
            label_visibility="collapsed",
            on_change=_speak,
            args=(key,),
        )


def _speak(key: str) -> None:
    if language := session.reported(key):
        session.speak(language)


def _everywhere(step: Callable[[], None]) -> None:
    """A step that every part of the page follows, not the toolbar alone."""
    step()
    st.rerun()


@st.fragment(key="toolbar")
def toolbar() -> None:
    state, language = st.session_state, session.language()
    scenario = session.scenario()
    with st.container(**RIGHT, gap="xsmall"):
        st.html(_name(language), width="content")
        st.button(
            text("plan.undo", language),
            key="undo",
            icon=":material/undo:",
            help=text("plan.undo_help", language),
            disabled=not state.past,
            on_click=_everywhere,
            args=(session.undo,),
        )
        st.button(
            text("plan.redo", language),
            key="redo",
            icon=":material/redo:",
            help=text("plan.redo_help", language),
            disabled=not state.future,
            on_click=_everywhere,
            args=(session.redo,),
        )
        st.button(
            text("plan.reset", language),
            key="reset",
            icon=":material/restart_alt:",
            help=text("plan.reset_help", language),
            disabled=not scenario.levers,
            on_click=_everywhere,
            args=(session.reset,),
        )


def _name(language: str) -> str:
    scenario, opened = session.scenario(), st.session_state.opened
    name = in_language(scenario.name, language) or text(
        "plan.untitled" if scenario.levers else "plan.base_year", language
    )
    mark = f"<i>{text('plan.changed_since', language)}</i>" if scenario != opened and opened.name else ""
    return f'<div class="plan-name"><span title="{escape(name)}">{escape(name)}</span>{mark}</div>'

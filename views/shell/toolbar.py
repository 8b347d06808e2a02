"""The line above the plan: its name, save, undo, redo, reset, the box of plans, the language."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from model.outputs.charts.palette import BACKGROUND
from model.outputs.words import LANGUAGES, text
from model.scenario.scenario import in_language
from views.shell import replay
from views.shell.address import plan_file
from views.shell.export import export
from views.shell.files import saving
from views.shell.files.library import library
from views.shell.session import session

ROW = {"horizontal": True, "vertical_alignment": "center", "wrap": False}
STYLE = Path(__file__).with_name("toolbar.css")


def header() -> None:
    """Beside the names of the pages: save and steps, which follow every decision; the rest stands still."""
    language = session.language()
    st.html(STYLE)
    st.html(f"<style>:root {{ --ground: {BACKGROUND[session.theme()]} }}</style>")
    with st.container(**ROW, horizontal_alignment="right", gap="xsmall", key="header"):
        _name(language)
        toolbar()
        export()
        library()
        key = session.widget_key("speak", language)
        st.segmented_control(
            text("plan.language", language),
            LANGUAGES,
            default=language,
            required=True,
            key=key,
            format_func=lambda name: text(f"terms.language_{name}", language),
            label_visibility="collapsed",
            width="content",
            on_change=_speak,
            args=(key,),
        )
    saving.asking()


def _speak(key: str) -> None:
    if language := session.reported(key):
        session.speak(language)


def _name(language: str) -> None:
    """The plan's name, changed in its place."""
    name = in_language(session.scenario().name, language)
    key = session.widget_key("name", name)
    st.text_input(
        text("plans.name", language),
        name,
        key=key,
        placeholder=text("plan.untitled", language),
        label_visibility="collapsed",
        on_change=_rename,
        args=(key,),
    )


def _rename(key: str) -> None:
    if (name := session.reported(key)) is not None:
        saving.rename(name)


@st.fragment(key="toolbar")
def toolbar() -> None:
    language, scenario = session.language(), session.scenario()
    with st.container(**ROW, horizontal_alignment="right", gap="xsmall", width="content"):
        _save(language)
        _step("undo", "undo", bool(st.session_state.past), session.undo, language)
        _step("redo", "redo", bool(st.session_state.future), session.redo, language)
        if "pictures" in st.session_state.followers:
            _replay(language)
        _reset("reset", "restart_alt", len(scenario.levers), session.reset, language)
        if assumed := len(scenario.assumptions) + len(scenario.reading):
            _reset("reset_assumed", "settings_backup_restore", assumed, session.reset_assumed, language)


def _save(language: str) -> None:
    """Its own mark: it stands out while something is not saved, and says so once all is."""
    unsaved, saved = plan_file.unsaved(session.scenario()), plan_file.filed()
    why = "none" if not unsaved else "help" if saving.has_own_file() else "new"
    st.button(
        text("plans.save" if unsaved or not saved else "plans.is_saved", language),
        key="save",
        type="primary" if unsaved else "secondary",
        help=text(f"plans.save_{why}", language),
        disabled=not unsaved,
        shortcut="Ctrl+S",
        on_click=session.everywhere,
        args=(saving.save,),
    )


def _step(name: str, icon: str, possible: bool, step: Callable[[], None], language: str) -> None:
    st.button(
        text(f"plan.{name}", language),
        key=name,
        icon=f":material/{icon}:",
        help=text(f"plan.{name}_help", language),
        disabled=not possible,
        on_click=session.everywhere,
        args=(step,),
    )


def _reset(name: str, icon: str, changed: int, step: Callable[[], None], language: str) -> None:
    """Marked with how much it puts back."""
    label = text(f"plan.{name}", language)
    st.button(
        f"{label} **{changed}**" if changed else label,
        key=name,
        icon=f":material/{icon}:",
        help=text(f"plan.{name}_help" if changed else f"plan.{name}_none", language, count=changed),
        disabled=not changed,
        on_click=session.everywhere,
        args=(step,),
    )


def _replay(language: str) -> None:
    playing, possible = replay.playing(), replay.possible()
    st.button(
        text("replay.stop" if playing else "replay.replay", language),
        key="replay-button",
        icon=":material/stop_circle:" if playing else ":material/slideshow:",
        help=text("replay.stop" if playing else "replay.replay_help" if possible else "replay.none_help", language),
        disabled=not possible,
        on_click=session.everywhere,
        args=(replay.toggle,),
    )

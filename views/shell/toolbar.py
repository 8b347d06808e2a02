"""The line above every page: the plan's name, save, steps, export, the box of plans, the language."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from model.outputs.charts.palette import BACKGROUND
from model.outputs.phrasing.markup import Markup, element
from model.outputs.words import LANGUAGES, text
from model.scenario.scenario import in_language
from views.shell import replay
from views.shell.address import plan_file
from views.shell.export import export
from views.shell.files import history, saving
from views.shell.files.library import library
from views.shell.page import widgets
from views.shell.send import send
from views.shell.session import redraw, role, session

LINE: dict[str, Any] = {
    "horizontal": True,
    "vertical_alignment": "center",
    "wrap": False,
    "horizontal_alignment": "right",
    "gap": "xsmall",
}
STYLE = Path(__file__).with_name("toolbar.css")


def header() -> None:
    """The line.

    Save and the steps are drawn again after every decision, the rest only with the page.
    """
    language = session.language()
    st.html(STYLE)
    st.html(element("style", Markup(f":root {{ --ground: {BACKGROUND[session.theme()]} }}")))
    with st.container(**LINE, key="header"):
        _name(language)
        toolbar()
        send()
        export()
        library()
        role.sign_in(language)
        names = {one: text(f"terms.language_{one}", language) for one in LANGUAGES}
        choice = widgets.Choice("speak", text("plan.language", language), names, language)
        choice.segments(_choose_language, label_visibility="collapsed", width="content")
    saving.dialogs()
    history.dialog()


def _choose_language(language: str | None) -> None:
    if language:
        session.set_language(language)


def _name(language: str) -> None:
    """The plan's name, which is changed in its place."""
    name = in_language(session.scenario().name, language)
    key = widgets.widget_key("name", name)
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
    if (name := widgets.reported_value(key)) is not None:
        saving.rename(name)


@st.fragment(key="toolbar")
def toolbar() -> None:
    """Save, undo, redo, replay and the resets."""
    language, scenario = session.language(), session.scenario()
    with st.container(**LINE, width="content"):
        _save(language)
        _step("undo", "undo", bool(st.session_state.past), session.undo, language)
        _step("redo", "redo", bool(st.session_state.future), session.redo, language)
        if "pictures" in st.session_state.redraw_order:
            _replay(language)
        _reset("reset", "restart_alt", len(scenario.levers), session.reset_levers, language)
        if changed := len(scenario.assumptions) + len(scenario.reading):
            _reset("reset_assumed", "settings_backup_restore", changed, session.reset_assumptions, language)


def _save(language: str) -> None:
    """The button to save: it stands out while something is unsaved."""
    unsaved, finality = plan_file.is_unsaved(session.scenario()), plan_file.finality()
    why = "none" if not unsaved else "help" if saving.has_own_file() else "new"
    label = "save" if unsaved or not plan_file.in_library() else "is_saved"
    said = [finality.sentence(language)] if finality else []
    st.button(
        text(f"plans.{'is_final' if finality and finality.is_final else label}", language),
        key="save",
        type="primary" if unsaved else "secondary",
        **role.lock(language, "\n\n".join([*said, text(f"plans.save_{why}", language)]), disabled=not unsaved),
        shortcut="Ctrl+S",
        on_click=redraw.page_after,
        args=(saving.save,),
    )


def _button(key: str, label: str, help: str, icon: str, possible: bool, act: Callable[[], None]) -> None:
    st.button(
        label,
        key=key,
        icon=f":material/{icon}:",
        help=help,
        disabled=not possible,
        on_click=redraw.page_after,
        args=(act,),
    )


def _step(name: str, icon: str, possible: bool, step: Callable[[], None], language: str) -> None:
    _button(name, text(f"plan.{name}", language), text(f"plan.{name}_help", language), icon, possible, step)


def _reset(name: str, icon: str, changed: int, step: Callable[[], None], language: str) -> None:
    """A button that puts back what was changed, with the number of changes on it."""
    label = text(f"plan.{name}", language)
    help = text(f"plan.{name}_help" if changed else f"plan.{name}_none", language, count=changed)
    _button(name, f"{label} **{changed}**" if changed else label, help, icon, bool(changed), step)


def _replay(language: str) -> None:
    if replay.is_playing():
        stop = text("replay.stop", language)
        _button("replay-button", stop, stop, "stop_circle", replay.is_possible(), replay.toggle)
    else:
        help = text("replay.replay_help" if replay.is_possible() else "replay.none_help", language)
        label = text("replay.replay", language)
        _button("replay-button", label, help, "slideshow", replay.is_possible(), replay.toggle)

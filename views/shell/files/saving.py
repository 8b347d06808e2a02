"""Saving the plan: in one click if it has a file, else after asking for a name in a dialog."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from model.files.library import Conflict, Library, Opened, Refused, Saved
from model.files.scenario_head import language_of
from model.outputs.phrasing.library_sentences import conflict, moment, sentence
from model.outputs.phrasing.problems import what
from model.outputs.phrasing.scenario_text import saved_text
from model.outputs.phrasing.sentences import changes_in_short, changes_in_words
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.scenario import Scenario, in_language
from views.shell.address import plan_file
from views.shell.address.scenario_address import problems_of
from views.shell.files.markdown import literal
from views.shell.page import blocks
from views.shell.session import session, signature

DIALOG, CONFLICT, TOAST, ERRORS = "save-dialog", "save-conflict", "save-toast", "save-errors"
"""Keys of the session: the open dialog, the other version that a save met, a phrase with its stem and values to
announce, and what is wrong with the texts given."""
SAVE_AS, DETAILS, OTHER_VERSION = "save_as", "details", "conflict"
"""The dialogs."""
TEXTS = ("note", "reason", "author")
MOST_EMS_SUGGESTED = 40
_SELECT_FIRST_BOX = st.components.v2.component("dialog", js=Path(__file__).with_name("dialog.js").read_text("utf-8"))


def _word(key: str, language: str, **values: object) -> str:
    return text(f"plans.{key}", language, **values)


def save() -> None:
    """Save over the version that was opened; ask for a name if the plan has no file of its own."""
    if file := _own_file():
        _write(file.stem, session.scenario(), file.text, file.stamp)
    else:
        open_dialog(SAVE_AS)


def has_own_file() -> bool:
    """Whether a save needs no name."""
    return _own_file() is not None


def _own_file() -> Opened | None:
    """The file that a save goes to; files that ship with the program are not written over."""
    file = plan_file.in_library()
    return file if file and not Library().ships(file.stem) else None


def open_dialog(dialog: str) -> None:
    """Open a dialog when the page is drawn next."""
    st.session_state[DIALOG] = dialog
    st.session_state.pop(ERRORS, None)
    if dialog != OTHER_VERSION:
        st.session_state.pop(CONFLICT, None)


def announce(phrase: str, stem: str, **values: object) -> None:
    """Show a phrase about a file, with its other values, for a moment, when the page is drawn next."""
    st.session_state[TOAST] = (phrase, stem, values)


def rename(name: str) -> None:
    """Give the plan another name, or show why not."""
    after = _with_texts(name.strip(), {})
    if problems := problems_of(after, session.baseline()):
        session.report_problems("plans.not_renamed", "", problems)
    else:
        session.clear_problems()
        session.step(after)


def _write(stem: str, scenario: Scenario, came_from: str | None, stamp_seen: str | None) -> None:
    toml = saved_text(scenario, baseline_of(scenario), session.language(), came_from)
    _take_answer(Library().save(stem, toml, stamp_seen, signature.note(scenario)), scenario, toml)


def _take_answer(answer: Saved | Conflict | Refused, scenario: Scenario, toml: str) -> None:
    """Follow up a save: attach the file, show why not, or ask what to do about the other version.

    The dialog that asks for a name stays open until its plan is saved, with all that was typed into it.
    """
    if st.session_state.get(DIALOG) == SAVE_AS and not isinstance(answer, Saved):
        _stay(answer)
        return
    close()
    if isinstance(answer, Saved):
        session.attach_file(Opened(answer.stem, scenario, toml, answer.stamp))
        session.clear_problems()
        announce("plans.saved", answer.stem)
    elif isinstance(answer, Refused):
        session.report_problems("plans.not_saved", "", list(answer.problems))
    else:
        st.session_state[CONFLICT] = answer
        open_dialog(OTHER_VERSION)


def _stay(answer: Conflict | Refused) -> None:
    """Say in the dialog that asks for a name why nothing was saved under this one."""
    state = st.session_state
    state.pop(CONFLICT, None)
    state[ERRORS] = []
    if isinstance(answer, Conflict):
        state[CONFLICT] = answer
    else:
        state[ERRORS] = [sentence(problem, session.language()) for problem in answer.problems]


def dialogs() -> None:
    """Draw the open dialog, and what is to be announced."""
    state, language = st.session_state, session.language()
    if toast := state.pop(TOAST, None):
        phrase, stem, values = toast
        st.toast(text(phrase, language, file=literal(f"{stem}.toml"), **values), icon=":material/check:")
    dialog = state.get(DIALOG)
    if dialog == OTHER_VERSION and CONFLICT in state:
        show_dialog(dialog, _word("conflict_title", language), lambda: _other_version(language))
    elif dialog in (SAVE_AS, DETAILS):
        show_dialog(dialog, _word(f"{dialog}_title", language), lambda: _form(dialog, language))


def show_dialog(dialog: str, title: str, body: Callable[[], None], width: Literal["small", "large"] = "small") -> None:
    """Draw a dialog, which is closed when its reader leaves it."""
    st.dialog(title, width=width, on_dismiss=lambda: dismissed(dialog))(body)()


def dismissed(dialog: str) -> None:
    """Close a dialog that its reader left; another one that took its place meanwhile stays open."""
    if st.session_state.get(DIALOG) == dialog:
        close()


def close() -> None:
    """Close the open dialog when the page is drawn next."""
    for key in (DIALOG, CONFLICT, ERRORS):
        st.session_state.pop(key, None)


def _form(dialog: str, language: str) -> None:
    """Name, note, reason and author, for a new file or for the plan as it is."""
    scenario, is_new = session.scenario(), dialog == SAVE_AS
    name = in_language(scenario.name, language)
    suggestion = Library().free_name(name or _name_from_changes(scenario, language)) if is_new else name
    with st.form("plan-texts", border=False):
        new_name = st.text_input(_word("label_name", language), value=suggestion, key="plan-name")
        with st.expander(_word("more_texts", language), expanded=not is_new):
            texts = {
                one: (st.text_input if one == "author" else st.text_area)(
                    _word(f"label_{one}", language), value=_text_of(scenario, one, language), key=f"plan-{one}"
                )
                for one in TEXTS
            }
        if st.form_submit_button(_word("save" if is_new else "details_done", language), type="primary"):
            _submit(dialog, new_name.strip(), texts, language)
    _SELECT_FIRST_BOX(key=f"begin-{dialog}", height=0)
    if errors := st.session_state.get(ERRORS):
        blocks.errors(errors)
    if is_new and (other := st.session_state.get(CONFLICT)):
        _name_taken(other, _with_texts(new_name.strip(), texts), language)


def _name_from_changes(scenario: Scenario, language: str) -> str:
    """A first name for a plan: its changes in one line."""
    return changes_in_short(scenario, baseline_of(scenario), language, MOST_EMS_SUGGESTED)


def _text_of(scenario: Scenario, one: str, language: str) -> str:
    return scenario.author if one == "author" else in_language(getattr(scenario, one), language)


def _with_texts(name: str, texts: dict[str, str]) -> Scenario:
    """The scenario with a name and texts.

    A text that changed is kept in one language, its own.
    """
    scenario, language = session.scenario(), session.language()
    changed: dict[str, Any] = {}
    for one, new in {"name": name, **texts}.items():
        if new != _text_of(scenario, one, language):
            changed[one] = new if one == "author" else {language_of(new): new} if new else {}
    return replace(scenario, **changed)


def _submit(dialog: str, name: str, texts: dict[str, str], language: str) -> None:
    state, after = st.session_state, _with_texts(name, texts)
    state.pop(CONFLICT, None)
    errors = [what(problem, language) for problem in problems_of(after, session.baseline())]
    if dialog == SAVE_AS and not name:
        errors.insert(0, _word("name_missing", language))
    state[ERRORS] = errors
    if errors:
        return
    if dialog == SAVE_AS:
        library, toml = Library(), _new_file(after)
        answer = library.save(library.stem_for(name), toml, None, signature.note(after))
        _take_answer(answer, after, toml)
        if not isinstance(answer, Saved):
            return
    else:
        close()
        session.step(after)
    st.rerun()


def _new_file(scenario: Scenario) -> str:
    """The text of a new file, with the comments of the file that the plan came from."""
    came_from = plan_file.current()
    return saved_text(scenario, baseline_of(scenario), session.language(), came_from.text if came_from else None)


def _name_taken(other: Conflict, after: Scenario, language: str) -> None:
    """Another file has the name: keep both, overwrite it, or open it."""
    file = Library().open(other.stem)
    name = in_language(file.scenario.name, language) if isinstance(file, Opened) else ""
    time = moment(other.modified) if other.modified else ""
    blocks.errors([_word("taken", language, name=name or other.stem, time=time)])
    with st.container(horizontal=True, gap="small"):
        if st.button(_word("save_beside", language), help=_word("save_beside_help", language)):
            _keep_both(after)
            st.rerun()
        if not Library().ships(other.stem) and st.button(_word("overwrite", language)):
            _overwrite(other, after)
            st.rerun()
        _open_button(other, "look", language)


def _keep_both(after: Scenario) -> None:
    _take_answer(*_save_beside(next(iter(after.name.values())), after))


def _save_beside(name: str, scenario: Scenario) -> tuple[Saved | Refused, Scenario, str]:
    """Save a scenario as a new file: the answer, the scenario with the free name, the text of its file."""
    free = Library().free_name(name)
    renamed = replace(scenario, name={language_of(free): free})
    toml = _new_file(renamed)
    return Library().save_as(free, toml, signature.note(renamed)), renamed, toml


def save_variant(name: str) -> str:
    """Save what is tried as a new file beside the plan, which stays the plan.

    The stem of the file; empty where it is refused.
    """
    answer, _, _ = _save_beside(name, session.scenario())
    if isinstance(answer, Refused):
        session.report_problems("plans.not_saved", "", list(answer.problems))
        return ""
    session.clear_problems()
    announce("present.kept_beside", answer.stem)
    return answer.stem


def _overwrite(other: Conflict, after: Scenario) -> None:
    """Save the plan over the other version, whose comments stay."""
    file = Library().open(other.stem)
    came_from = file.text if isinstance(file, Opened) else _new_file(after)
    _write(other.stem, after, came_from, other.stamp)


def _open_button(other: Conflict, word: str, language: str) -> None:
    file = Library().open(other.stem)
    if isinstance(file, Opened) and st.button(_word(word, language), help=_word("look_help", language)):
        close()
        session.open_scenario(file)
        st.rerun()


def _other_version(language: str) -> None:
    """Somebody else saved, renamed or deleted the file: both versions in words, and what can be done."""
    other, scenario = st.session_state[CONFLICT], session.scenario()
    file = Library().open(other.stem)
    st.text(conflict(other, language))
    if isinstance(file, Opened):
        theirs = changes_in_words(file.scenario, baseline_of(file.scenario), language)
        st.text(_word("theirs", language, changes=theirs))
    st.text(_word("mine", language, changes=changes_in_words(scenario, baseline_of(scenario), language)))
    with st.container(horizontal=True, gap="small"):
        if st.button(_word("conflict_save_as", language), type="primary"):
            open_dialog(SAVE_AS)
            st.rerun()
        if st.button(_word("gone_keep" if other.modified is None else "conflict_overwrite", language)):
            _overwrite(other, scenario)
            st.rerun()
        _open_button(other, "conflict_look", language)

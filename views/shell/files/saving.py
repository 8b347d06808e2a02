"""Saving the plan: in one click where it has a file, else by asking for a name; and what is asked when that fails."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from model.files.library import Conflict, Library, Opened, Refused, Saved
from model.files.problem import shown
from model.files.scenario_file import language_of
from model.outputs.phrasing.library_sentences import conflict, moment
from model.outputs.phrasing.problems import what
from model.outputs.phrasing.scenario_text import saved_text
from model.outputs.phrasing.sentences import changes_in_words
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.scenario import Scenario, in_language
from views.shell.address import plan_file
from views.shell.address.scenario_address import from_link, to_link
from views.shell.files.verbatim import verbatim
from views.shell.session import session

ASKED, FOUND, SAID, WRONG = "save-asked", "save-found", "save-said", "save-wrong"
"""Keys of the session: which dialog is open, the other version that a save met, what is said once in passing, what is
wrong with the texts given."""
SAVE_AS, DETAILS, OTHER_VERSION = "save_as", "details", "conflict"
TEXTS = ("note", "reason", "author")
LONGEST_SUGGESTION = 60
_BEGIN = st.components.v2.component("dialog", js=Path(__file__).with_name("dialog.js").read_text("utf-8"))


def _word(key: str, language: str, **values: object) -> str:
    return text(f"plans.{key}", language, **values)


def save() -> None:
    """Save over the version that was opened; a plan without a file of its own is asked for a name."""
    if found := _own_file():
        _write(found.stem, session.scenario(), found.text, found.stamp)
    else:
        ask(SAVE_AS)


def has_own_file() -> bool:
    return _own_file() is not None


def _own_file() -> Opened | None:
    """The file that a save goes to; those that ship are not written over."""
    found = plan_file.current()
    return found if found and found.stem and not Library().ships(found.stem) else None


def ask(dialog: str) -> None:
    """Open a dialog when the page is drawn next."""
    st.session_state[ASKED] = dialog
    st.session_state.pop(WRONG, None)
    if dialog != OTHER_VERSION:
        st.session_state.pop(FOUND, None)


def say(phrase: str, stem: str) -> None:
    """Say in passing where something was written."""
    st.session_state[SAID] = (phrase, stem)


def rename(name: str) -> None:
    """Take another name for the plan, or say why not."""
    after = _with_texts(name.strip(), {})
    if problems := from_link(to_link(after), session.baseline())[1]:
        session.refuse("plans.not_renamed", "", [replace(problem, line=None) for problem in problems])
    else:
        session.forget_problems()
        session.step(after)


def _write(stem: str, scenario: Scenario, came_from: str | None, seen: str | None) -> None:
    written = saved_text(scenario, baseline_of(scenario), session.language(), came_from)
    _answered(Library().save(stem, written, seen), scenario, written)


def _answered(answer: Saved | Conflict | Refused, scenario: Scenario, written: str) -> None:
    _close()
    if isinstance(answer, Saved):
        session.filed(Opened(answer.stem, scenario, written, answer.stamp))
        session.forget_problems()
        say("plans.saved", answer.stem)
    elif isinstance(answer, Refused):
        session.refuse("plans.not_saved", "", list(answer.problems))
    else:
        st.session_state[FOUND] = answer
        ask(OTHER_VERSION)


def asking() -> None:
    """The dialog that is open, and what is to be said in passing."""
    state, language = st.session_state, session.language()
    if said := state.pop(SAID, None):
        phrase, stem = said
        st.toast(text(phrase, language, file=verbatim(f"{stem}.toml")), icon=":material/check:")
    dialog = state.get(ASKED)
    if dialog == OTHER_VERSION:
        _dialog(_word("conflict_title", language), lambda: _other_version(language))
    elif dialog:
        _dialog(_word(f"{dialog}_title", language), lambda: _form(dialog, language))


def _dialog(title: str, body: Callable[[], None]) -> None:
    st.dialog(title, on_dismiss=_close)(body)()


def _close() -> None:
    for key in (ASKED, FOUND, WRONG):
        st.session_state.pop(key, None)


def _form(dialog: str, language: str) -> None:
    """Name, note, reason and author, for a new file or for the plan as it is."""
    scenario, anew = session.scenario(), dialog == SAVE_AS
    name = in_language(scenario.name, language)
    suggested = Library().free_name(name or _what_it_does(scenario, language)) if anew else name
    with st.form("plan-texts", border=False):
        given = st.text_input(_word("label_name", language), value=suggested, key="plan-name")
        with st.expander(_word("more_texts", language), expanded=not anew):
            texts = {
                one: (st.text_input if one == "author" else st.text_area)(
                    _word(f"label_{one}", language), value=_text_of(scenario, one, language), key=f"plan-{one}"
                )
                for one in TEXTS
            }
        if st.form_submit_button(_word("save" if anew else "details_done", language), type="primary"):
            _given(dialog, given.strip(), texts, language)
    _BEGIN(key=f"begin-{dialog}", height=0)
    if wrong := st.session_state.get(WRONG):
        said = "".join(f"<p>{escape(sentence)}</p>" for sentence in wrong)
        st.html(f'<div class="wrong" role="alert">{said}</div>')
    if anew and (found := st.session_state.get(FOUND)):
        _taken(found, _with_texts(given.strip(), texts), language)


def _what_it_does(scenario: Scenario, language: str) -> str:
    """A name to begin with: the plan's changes in one line."""
    return shown(changes_in_words(scenario, baseline_of(scenario), language), LONGEST_SUGGESTION)


def _text_of(scenario: Scenario, one: str, language: str) -> str:
    return scenario.author if one == "author" else in_language(getattr(scenario, one), language)


def _with_texts(name: str, texts: dict[str, str]) -> Scenario:
    """The scenario with the name and the texts given. A text that was changed stands in one language, its own."""
    scenario, language = session.scenario(), session.language()
    changed: dict[str, object] = {}
    for one, given in {"name": name, **texts}.items():
        if given != _text_of(scenario, one, language):
            changed[one] = given if one == "author" else {language_of(given): given} if given else {}
    return replace(scenario, **changed)


def _given(dialog: str, name: str, texts: dict[str, str], language: str) -> None:
    state, after = st.session_state, _with_texts(name, texts)
    state.pop(FOUND, None)
    wrong = [what(problem, language) for problem in from_link(to_link(after), session.baseline())[1]]
    if dialog == SAVE_AS and not name:
        wrong.insert(0, _word("name_missing", language))
    state[WRONG] = wrong
    if wrong:
        return
    if dialog == SAVE_AS:
        library = Library()
        answer = library.save(library.stem_for(name), _as_new(after), None)
        if isinstance(answer, Conflict):
            state[FOUND] = answer
            return
        _answered(answer, after, _as_new(after))
    else:
        _close()
        session.step(after)
    st.rerun()


def _as_new(scenario: Scenario) -> str:
    """The text of a new file: that of the old one, its comments with it."""
    came_from = plan_file.current()
    return saved_text(scenario, baseline_of(scenario), session.language(), came_from.text if came_from else None)


def _taken(found: Conflict, after: Scenario, language: str) -> None:
    """The name is taken: keep both, overwrite, or open the other one."""
    there = Library().open(found.stem)
    name = in_language(there.scenario.name, language) if isinstance(there, Opened) else ""
    said = _word("taken", language, name=name or found.stem, time=moment(found.modified))
    st.html(f'<div class="wrong" role="alert"><p>{escape(said)}</p></div>')
    with st.container(horizontal=True, gap="small"):
        if st.button(_word("save_beside", language), help=_word("save_beside_help", language)):
            _keep_both(after)
            st.rerun()
        if not Library().ships(found.stem) and st.button(_word("overwrite", language)):
            _overwrite(found, after)
            st.rerun()
        _look_button(found, "look", language)


def _keep_both(after: Scenario) -> None:
    name = Library().free_name(next(iter(after.name.values())))
    named = replace(after, name={language_of(name): name})
    written = _as_new(named)
    _answered(Library().save_as(name, written), named, written)


def _overwrite(found: Conflict, after: Scenario) -> None:
    """The plan in the place of the other version, whose comments stay."""
    there = Library().open(found.stem)
    came_from = there.text if isinstance(there, Opened) else _as_new(after)
    _write(found.stem, after, came_from, found.stamp)


def _look_button(found: Conflict, word: str, language: str) -> None:
    there = Library().open(found.stem)
    if isinstance(there, Opened) and st.button(_word(word, language), help=_word("look_help", language)):
        _close()
        session.open_scenario(there)
        st.rerun()


def _other_version(language: str) -> None:
    """Somebody else saved, renamed or deleted the file: what there is on both sides, and what can be done."""
    found, scenario = st.session_state[FOUND], session.scenario()
    there = Library().open(found.stem)
    st.text(conflict(found, language))
    if isinstance(there, Opened):
        theirs = changes_in_words(there.scenario, baseline_of(there.scenario), language)
        st.text(_word("theirs", language, changes=theirs))
    st.text(_word("mine", language, changes=changes_in_words(scenario, baseline_of(scenario), language)))
    with st.container(horizontal=True, gap="small"):
        if st.button(_word("conflict_save_as", language), type="primary"):
            ask(SAVE_AS)
            st.rerun()
        if st.button(_word("gone_keep" if found.modified is None else "conflict_overwrite", language)):
            _overwrite(found, scenario)
            st.rerun()
        _look_button(found, "conflict_look", language)

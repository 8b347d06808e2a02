"""The box of plans: the library's list with what can be done to each, the current plan to take away, a file to open."""

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from model.files.file_name import stem_of
from model.files.library import Entry, Library, Opened, Refused
from model.files.scenario_file import read_scenario
from model.files.toml_text import decoded
from model.outputs.phrasing.library_sentences import moment, sentence
from model.outputs.phrasing.scenario_text import saved_text
from model.outputs.phrasing.sentences import changes_in_words
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.scenario import Scenario, in_language
from views.shell.address import plan_file
from views.shell.files import saving
from views.shell.files.notices import DELETED
from views.shell.session import session

BOX, RENAMING, UPLOADS = "library", "renaming", "uploads"
"""Keys of the session: whether the box is open, the stem being renamed, how many files were uploaded (each gets a field
of its own, so that the same name can come again)."""
BOX_PIXELS, LIST_PIXELS = 560, 270
LIST_WITHOUT_BARS = 5
MOST_PROBLEMS = 3
CENTRED = {"horizontal": True, "vertical_alignment": "center"}


def _word(key: str, language: str, **values: object) -> str:
    return text(f"plans.{key}", language, **values)


@st.fragment(key="plans")
def library() -> None:
    """The button and, once it is opened, the box under it."""
    language = session.language()
    box = st.popover(_word("button", language), icon=":material/folder_open:", key=BOX, on_change="rerun")
    if box.open:
        with box, st.container(width=BOX_PIXELS, key="library-box"):
            _this_plan(language)
            _list(language)
            _upload(language)


def _shut(act: Callable[..., None], *arguments: object) -> None:
    """What is done with the box shut again, and the whole page following."""
    st.session_state[BOX] = False
    act(*arguments)
    st.rerun()


def _this_plan(language: str) -> None:
    scenario = session.scenario()
    with st.container(**CENTRED, gap="xsmall"):
        for word, icon, act, arguments in (
            ("new", "add", session.open_scenario, (Opened("", Scenario(), "", ""),)),
            ("save_as", "save_as", saving.ask, (saving.SAVE_AS,)),
            ("details", "edit_note", saving.ask, (saving.DETAILS,)),
        ):
            st.button(
                _word(word, language),
                icon=f":material/{icon}:",
                key=f"plan-{word}",
                help=_word(f"{word}_help", language) if word != "save_as" else None,
                on_click=_shut,
                args=(act, *arguments),
            )
        st.download_button(
            _word("download", language),
            data=partial(_as_file, session.snapshot()),
            file_name=f"{stem_of(in_language(scenario.name, language) or 'frontline-plan')}.toml",
            mime="application/toml",
            on_click="ignore",
            icon=":material/download:",
            help=_word("download_help", language),
        )


def _as_file(now: Mapping[str, Any]) -> bytes:
    scenario = now["scenario"]
    return saved_text(scenario, baseline_of(scenario), now["language"], now["original"]).encode()


def _list(language: str) -> None:
    """The newest first, those that ship last."""
    folder = Library()
    entries = sorted(folder.entries(), key=lambda entry: (entry.ships, -entry.modified.timestamp()))
    st.html(f'<div class="panel-head">{escape(_word("list_title", language, count=len(entries)))}</div>')
    if problem := folder.problem():
        st.text(sentence(problem, language))
    elif not entries:
        st.caption(_word("list_empty", language))
    with st.container(height=LIST_PIXELS if len(entries) > LIST_WITHOUT_BARS else "content", border=False, gap=None):
        can_open = folder.names()
        for entry in entries:
            if st.session_state.get(RENAMING) == entry.stem:
                _rename_row(entry, language)
            else:
                _row(entry, folder, entry.stem in can_open, language)


def _row(entry: Entry, folder: Library, known: bool, language: str) -> None:
    found = folder.open(entry.stem) if known and not entry.problems else None
    with st.container(**CENTRED, wrap=False, gap="xsmall", key=f"plan-row-{entry.stem}"):
        st.html(_about(entry, found, language))
        if isinstance(found, Opened):
            st.button(
                _word("open", language), key=f"open-{entry.stem}", on_click=_shut, args=(session.open_scenario, found)
            )
        acts = {"rename": _begin_rename, "duplicate": _duplicate} if isinstance(found, Opened) else {}
        if entry.ships:
            acts.pop("rename", None)
        elif known:
            acts["delete"] = _delete
        if acts:
            st.menu_button(
                _word("more", language),
                list(acts),
                icon=":material/more_vert:",
                help=_word("more", language),
                type="tertiary",
                key=f"menu-{entry.stem}",
                format_func=lambda act: _word(f"menu_{act}", language),
                on_click=_act,
                args=(acts, entry, language),
            )


def _about(entry: Entry, found: Opened | Refused | None, language: str) -> str:
    """Name, marks and time; under it what the plan changes, or what is wrong with the file."""
    marks = [_word("ships", language)] if entry.ships else []
    current = plan_file.current()
    if current and current.stem == entry.stem:
        marks.insert(0, _word("is_current", language))
    if isinstance(found, Opened):
        said = [changes_in_words(found.scenario, baseline_of(found.scenario), language)]
    else:
        said = [_word("broken", language), *(sentence(one, language) for one in entry.problems[:MOST_PROBLEMS])]
        more = len(entry.problems) - MOST_PROBLEMS
        said += [_word("broken_more", language, count=more)] if more > 0 else []
    name = in_language(entry.name, language) or entry.stem
    return (
        f'<div class="plan-entry"><b><bdi title="{escape(name)}">{escape(name)}</bdi></b>'
        + "".join(f"<i>{escape(mark)}</i>" for mark in marks)
        + f"<time>{escape(moment(entry.modified))}</time>"
        + "".join(f'<p title="{escape(one)}">{escape(one)}</p>' for one in said)
        + "</div>"
    )


def _act(acts: Mapping[str, Callable[[Entry, str], None]], entry: Entry, language: str) -> None:
    if act := st.session_state[f"menu-{entry.stem}"]:
        acts[act](entry, language)


def _begin_rename(entry: Entry, language: str) -> None:
    st.session_state[RENAMING] = entry.stem


def _rename_row(entry: Entry, language: str) -> None:
    with st.form(f"rename-{entry.stem}", border=False), st.container(**CENTRED, gap="xsmall"):
        key = f"new-name-{entry.stem}"
        st.text_input(
            _word("label_name", language),
            value=in_language(entry.name, language),
            key=key,
            label_visibility="collapsed",
        )
        st.form_submit_button(
            _word("rename_done", language), type="primary", on_click=_rename, args=(entry, key, language)
        )
        st.form_submit_button(_word("cancel", language), on_click=st.session_state.pop, args=(RENAMING, None))


def _rename(entry: Entry, key: str, language: str) -> None:
    name = st.session_state[key].strip()
    st.session_state.pop(RENAMING, None)
    if not name or name == in_language(entry.name, language):
        return
    folder = Library()
    answer = folder.rename(entry.stem, name)
    if _refused(answer):
        return
    found = folder.open(answer.stem)
    if isinstance(found, Opened):
        plan_file.forget(entry.stem)
        session.refiled(entry.stem, found)
    st.rerun()


def _duplicate(entry: Entry, language: str) -> None:
    folder = Library()
    _refused(folder.duplicate(entry.stem, folder.free_name(in_language(entry.name, language) or entry.stem)))


def _delete(entry: Entry, language: str) -> None:
    answer = Library().delete(entry.stem)
    if _refused(answer):
        return
    plan_file.forget(entry.stem)
    deleted = (answer, in_language(entry.name, language) or entry.stem)
    st.session_state[DELETED] = (*st.session_state.get(DELETED, ()), deleted)
    _shut(session.write_address)


def _refused(answer: object) -> bool:
    if not isinstance(answer, Refused):
        return False
    _shut(session.refuse, "plans.not_done", "", list(answer.problems))
    return True


def _upload(language: str) -> None:
    key = f"upload-{st.session_state.get(UPLOADS, 0)}"
    st.file_uploader(_word("upload", language), key=key, on_change=_open_uploaded, args=(key,))


def _open_uploaded(key: str) -> None:
    file = st.session_state[key]
    if file is None:
        return
    st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
    data = file.getvalue()
    scenario, problems = read_scenario(data, file.name)
    if scenario is None:
        _shut(session.refuse, "plans.file_problems", file.name, problems)
    _shut(session.open_scenario, Opened("", scenario, decoded(data), ""))

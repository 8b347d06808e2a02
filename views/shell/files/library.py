"""The box of plans: the current plan, the library's list with its actions, a file to open."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePath

import streamlit as st

from model.evidence.base_year_folders import own_ids
from model.files.base_years.archive import plan_in
from model.files.base_years.store import BaseYears
from model.files.file_name import is_safe, stem_of
from model.files.library import Entry, Library, Note, Opened, Refused
from model.files.scenario_file import read_scenario
from model.files.toml_text import decoded
from model.outputs.handout.origin import finality_of
from model.outputs.package.file_name import named
from model.outputs.phrasing.library_sentences import moment, sentence
from model.outputs.phrasing.markup import Markup, element, isolated
from model.outputs.phrasing.scenario_text import saved_text
from model.outputs.phrasing.sentences import changes_in_words
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.scenario import in_language
from views.shell.address import plan_file
from views.shell.files import history, saving
from views.shell.files.notices import DELETED, undelete
from views.shell.files.trash import trash
from views.shell.page import widgets
from views.shell.page.blocks import panel_heading
from views.shell.page.downloads import download
from views.shell.page.uploads import upload
from views.shell.session import left_open, redraw, role, session, signature, standing

BOX, RENAMING, RENAMED = "library", "renaming", "renamed"
"""The name of the box among the widgets; keys of the session: the stem being renamed, and a name that was refused."""
BOX_PIXELS, LIST_PIXELS = 560, 325
ALL_SHOWN = 6
"""Files up to which the list shows all without scrolling."""
A_PAGE = 20
"""Files on one page of the list, from which on it can be searched."""
MOST_PROBLEMS = 3


def _word(key: str, language: str, **values: object) -> str:
    return text(f"plans.{key}", language, **values)


@st.fragment(key="plans")
def library() -> None:
    """The button and, once it is open, the box under it."""
    language = session.language()
    box = st.popover(
        _word("button", language), icon=":material/folder_open:", key=widgets.renewable_key(BOX), on_change="rerun"
    )
    if box.open:
        with box, st.container(width=BOX_PIXELS, key="library-box"):
            role.say(language)
            role.sign_out(language)
            _current_plan(language)
            _list(language)
            upload("upload", _word("upload", language), _open_upload)
        left_open.note("library")


def _close_after(act: Callable[..., None], *arguments: object) -> None:
    """Act, close the box, and draw the whole page again."""
    widgets.renew(BOX)
    act(*arguments)
    redraw.page()


def _current_plan(language: str) -> None:
    actions: tuple[tuple[str, str, Callable[..., None], object], ...] = (
        ("new", "add", session.open_scenario, Opened("", standing.new_plan(), "", "")),
        ("save_as", "save_as", saving.open_dialog, saving.SAVE_AS),
        ("details", "edit_note", saving.open_dialog, saving.DETAILS),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        for word, icon, act, argument in actions:
            saves = word == "save_as"
            help = None if saves else _word(f"{word}_help", language)
            st.button(
                _word(word, language),
                icon=f":material/{icon}:",
                key=f"plan-{word}",
                on_click=_close_after,
                args=(act, argument),
                **(role.lock(language) if saves else role.Lock(disabled=False, help=help)),
            )
        take_away("plan", _word("download", language), language)


def take_away(place: str, label: str, language: str) -> None:
    """A button for the plan's file; on a base year of one's own, one for both in a ZIP too."""
    scenario = session.scenario()
    title = in_language(scenario.name, language)
    name = f"{stem_of(title)}.toml" if title else named("scenario", language, "toml")
    data = partial(_as_file, session.download_inputs())
    download(label, name, data, f"{place}-download", help=_word("download_help", language))
    if scenario.baseline in own_ids():
        packed = partial(_with_base_year, session.download_inputs())
        label, help = _word("download_packed", language), _word("download_packed_help", language)
        download(label, f"{PurePath(name).stem}.zip", packed, f"{place}-packed", help=help)


def _as_file(inputs: session.DownloadInputs) -> bytes:
    baseline = baseline_of(inputs.scenario)
    original = inputs.origin.source.decode() or None
    return saved_text(inputs.scenario, baseline, inputs.language, original).encode()


def _with_base_year(inputs: session.DownloadInputs) -> bytes:
    """The plan and its base year in one ZIP."""
    packed = BaseYears().export_zip(inputs.scenario.baseline, _as_file(inputs))
    return b"" if isinstance(packed, Refused) else packed


def _list(language: str) -> None:
    """A page of the library's files, the newest first and those that ship with the program last."""
    folder = Library()
    entries = sorted(folder.entries(), key=lambda entry: (entry.ships, -entry.modified.timestamp()))
    panel_heading(_word("list_title", language, count=len(entries)))
    if problem := folder.problem():
        st.text(sentence(problem, language))
    elif not entries:
        st.caption(_word("list_empty", language))
    if len(entries) > A_PAGE:
        entries = _found(entries, language)
    with st.container(height=LIST_PIXELS if len(entries) > ALL_SHOWN else "content", border=False, gap=None):
        for entry in entries:
            if st.session_state.get(RENAMING) == entry.stem:
                _rename_row(entry, language)
            else:
                _row(entry, folder, language)
    trash("bring-back", folder.trash(), partial(_close_after, undelete), language)


def _found(entries: list[Entry], language: str) -> list[Entry]:
    """A page of those entries whose name or file has the words looked for."""
    looked_for, turn = st.columns([3, 2], vertical_alignment="bottom")
    label = _word("search", language)
    words = looked_for.text_input(label, key="library-search", placeholder=label, label_visibility="collapsed")
    parts = words.casefold().split()
    found = [
        entry
        for entry in entries
        if all(part in " ".join((entry.stem, *entry.name.values())).casefold() for part in parts)
    ]
    pages = max(-(-len(found) // A_PAGE), 1)
    with turn:
        page = st.number_input(
            _word("page", language, count=pages, found=len(found)), 1, pages, key=f"library-page-{pages}"
        )
    return found[(page - 1) * A_PAGE : page * A_PAGE]


def _row(entry: Entry, folder: Library, language: str) -> None:
    file = folder.open(entry.stem)
    has_name = is_safe(entry.stem)
    with st.container(
        horizontal=True, vertical_alignment="center", wrap=False, gap="xsmall", key=f"plan-row-{entry.stem}"
    ):
        st.html(_about(entry, file, language))
        actions: dict[str, Callable[[Entry, str], None]] = {}
        if isinstance(file, Opened):
            label, args = _word("open", language), (session.open_scenario, file)
            st.button(label, key=f"open-{entry.stem}", on_click=_close_after, args=args)
            actions = {"duplicate": _duplicate} if entry.ships else {"rename": _begin_rename, "duplicate": _duplicate}
        if has_name and not entry.ships:
            actions["history"] = _show_history
        if has_name and not entry.ships:
            actions["delete"] = _delete
        if role.is_viewer():
            actions = {one: act for one, act in actions.items() if act is _show_history}
        if actions:
            st.menu_button(
                _word("more", language),
                list(actions),
                icon=":material/more_vert:",
                help=_word("more", language),
                type="tertiary",
                key=f"menu-{entry.stem}",
                format_func=lambda action: _word(f"menu_{action}", language),
                on_click=_act,
                args=(actions, entry, language),
            )


def _about(entry: Entry, file: Opened | Refused, language: str) -> Markup:
    """Name, marks and time of a file; under them what its plan changes, or what is wrong with it."""
    marks = [_word("ships", language)] if entry.ships else []
    finality = finality_of(Library(), entry.stem, file.stamp) if isinstance(file, Opened) else None
    if finality:
        marks.insert(0, finality.mark(language))
    current = plan_file.current()
    if current and current.stem == entry.stem:
        marks.insert(0, _word("is_current", language))
    if isinstance(file, Opened):
        lines = [changes_in_words(file.scenario, baseline_of(file.scenario), language)]
    else:
        lines = [_word("broken", language), *(sentence(one, language) for one in file.problems[:MOST_PROBLEMS])]
        more = len(file.problems) - MOST_PROBLEMS
        lines += [_word("broken_more", language, count=more)] if more > 0 else []
    name = in_language(entry.name, language) or entry.stem
    return element(
        "div",
        element("b", isolated(name)),
        *(element("i", mark) for mark in marks),
        element("time", moment(entry.modified)),
        *(element("p", line, title=line) for line in lines),
        class_="plan-entry",
    )


def _act(actions: Mapping[str, Callable[[Entry, str], None]], entry: Entry, language: str) -> None:
    if action := st.session_state[f"menu-{entry.stem}"]:
        actions[action](entry, language)


def _show_history(entry: Entry, language: str) -> None:
    _close_after(history.open_dialog, entry.stem)


def _begin_rename(entry: Entry, language: str) -> None:
    _end_rename()
    st.session_state[RENAMING] = entry.stem


def _rename_row(entry: Entry, language: str) -> None:
    key = f"new-name-{entry.stem}"
    form = st.form(f"rename-{entry.stem}", border=False)
    with form, st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        name = st.session_state.get(RENAMED) or in_language(entry.name, language)
        st.text_input(_word("label_name", language), value=name, key=key, label_visibility="collapsed")
        label, args = _word("rename_done", language), (entry, key, language)
        st.form_submit_button(label, type="primary", on_click=_rename, args=args)
        st.form_submit_button(_word("cancel", language), on_click=_end_rename)


def _end_rename() -> None:
    for key in (RENAMING, RENAMED):
        st.session_state.pop(key, None)


def _rename(entry: Entry, key: str, language: str) -> None:
    name = st.session_state[key].strip()
    _end_rename()
    if not name or name == in_language(entry.name, language):
        return
    folder = Library()
    answer = folder.rename(entry.stem, name, _note(folder, entry))
    if isinstance(answer, Refused):
        st.session_state[RENAMING], st.session_state[RENAMED] = entry.stem, name
        _report(answer)
        return
    file = folder.open(answer.stem)
    if isinstance(file, Opened):
        plan_file.forget(entry.stem)
        session.move_to_file(entry.stem, file)
    redraw.page()


def _duplicate(entry: Entry, language: str) -> None:
    folder = Library()
    name = folder.free_name(in_language(entry.name, language) or entry.stem)
    answer = folder.duplicate(entry.stem, name, _note(folder, entry))
    if isinstance(answer, Refused):
        _report(answer)


def _note(folder: Library, entry: Entry) -> Note:
    """What is noted of a version that has the decisions of a file."""
    file = folder.open(entry.stem)
    return signature.note(file.scenario) if isinstance(file, Opened) else Note()


def _delete(entry: Entry, language: str) -> None:
    answer = Library().delete(entry.stem)
    if isinstance(answer, Refused):
        _report(answer)
        return
    plan_file.forget(entry.stem)
    deletion = (answer, in_language(entry.name, language) or entry.stem)
    st.session_state[DELETED] = (*st.session_state.get(DELETED, ()), deletion)
    _close_after(session.write_address)


def _report(refused: Refused) -> None:
    _close_after(session.report_problems, "plans.not_done", "", list(refused.problems))


def _open_upload(file: str, data: bytes) -> None:
    if (plan := plan_in(data)) is not None:
        answer = signature.base_years().import_zip(data, file)
        if isinstance(answer, Refused):
            _report(answer)
        data = plan
    scenario, problems = read_scenario(data, file)
    toml = decoded(data)
    if scenario is None or not isinstance(toml, str):
        _close_after(session.report_problems, "plans.file_problems", file, problems)
    else:
        _close_after(session.open_scenario, Opened("", scenario, toml, ""))

"""What can be done with a base year: stand on it, fill in, send, rename, delete; and what came of it."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from model.failures.libraries import WORKBOOK
from model.files.base_years.archive import is_archive
from model.files.base_years.folder_files import about_of
from model.files.base_years.store import BaseYears, Entry
from model.files.file_name import stem_of
from model.files.library import Conflict, Refused, Saved
from model.files.library.shared_folder import Deleted
from model.files.problem import Problem
from model.files.tables.sheets import CellProblem
from model.outputs.evidence.base_year_sentences import sentence
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from model.scenario.scenario import in_language
from views.shell.files.base_year_workbook import workbook
from views.shell.files.trash import trash
from views.shell.page import blocks
from views.shell.page.downloads import download
from views.shell.page.uploads import upload
from views.shell.session import role, session, signature, standing

CHOSEN = "base-year-chosen"
"""The key of the session: the base year shown in detail."""
SAID, PROBLEMS, GONE = "base-year-said", "base-year-problems", "base-year-gone"
"""Keys of the session: what was done, a file and what was wrong with it, and the base year just deleted."""
REPLACED = "base-year-replaced"
"""The key of the session: a base year just replaced, the number of its version before, and the stamp of the new one."""
AT_FORM = "base-year-said-at-form"
"""The key of the session: whether the notices stand beside the form, whose reader has scrolled past the page's head."""
MOST_NAME = 60


def _word(key: str, language: str, **values: object) -> str:
    return text(f"base_year_page.{key}", language, **values)


def notices(*, at_form: bool = False) -> None:
    """What the last action did or why it did not, until dismissed; beside the form where that acted."""
    state, language = st.session_state, session.plain_language()
    if state.get(AT_FORM, False) == at_form:
        _answer(language)
    if not at_form and (gone := state.get(GONE)):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="base-year-gone"):
            st.text(_word("deleted", language, id=gone.stem), width="stretch")
            undo = _word("undelete", language)
            st.button(undo, key="base-year-undelete", icon=":material/undo:", on_click=_undelete, args=(gone,))
    if not at_form and (replaced := state.get(REPLACED)):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="base-year-replaced"):
            st.text(_word("replaced", language, id=replaced[0]), width="stretch")
            undo, how = _word("unreplace", language), role.lock(language)
            st.button(
                undo, key="base-year-unreplace", icon=":material/undo:", on_click=_unreplace, args=replaced, **how
            )


def _answer(language: str) -> None:
    state = st.session_state
    if said := state.get(SAID):
        st.html(element("p", said, class_="in-use", role="status"))
    if found := state.get(PROBLEMS):
        file, problems = found
        title = _word("problems", language, file=file, count=len(problems))
        with blocks.problem_box("base-year-problems", title, problems):
            st.button(_word("dismiss", language), key="base-year-dismiss", on_click=state.pop, args=(PROBLEMS, None))


def actions(entry: Entry, language: str) -> None:
    """The actions on one base year, and the box for a filled workbook."""
    role.say(language)
    look = role.lock(language)
    is_current = entry.id == session.scenario().baseline
    if not entry.problem:
        label = _word("is_used" if is_current else "use", language)
        st.button(label, key="base-year-use", type="primary", disabled=is_current, on_click=_use, args=(entry.id,))
        with st.container(horizontal=True, gap="xsmall"):
            _downloads(entry, language)
    with st.container(horizontal=True, gap="xsmall"):
        with st.popover(_word("copy", language)):
            _named("copy", entry, language, _copy)
        if not entry.ships:
            with st.popover(_word("rename", language)):
                _named("rename", entry, language, _rename)
            st.button(
                _word("delete", language),
                key="base-year-delete",
                on_click=_delete,
                args=(entry.id,),
                **role.lock(language),
            )
    upload("base-year", _word("upload", language), _bring, **look)
    trash("base-year-back", BaseYears().trash(), _undelete, language)


def _downloads(entry: Entry, language: str) -> None:
    """The workbook to fill in for another place, that of this base year, and all of it as one file."""
    store, file = BaseYears(), stem_of(in_language(entry.name, language) or entry.id)
    if entry.ships:
        download(
            _word("workbook_new", language),
            f"{_word('workbook_file', language)}.xlsx",
            lambda: _bytes(workbook(entry.id, language, is_blank=True)),
            "base-year-blank",
            needs=WORKBOOK,
            help=_word("workbook_help", language),
        )
    download(
        _word("workbook_edit", language),
        f"{file}.xlsx",
        lambda: _bytes(workbook(entry.id, language, is_edit=not entry.ships)),
        "base-year-filled",
        needs=WORKBOOK,
    )
    download(_word("export", language), f"{file}.zip", lambda: _bytes(store.export_zip(entry.id)), "base-year-zip")


def _bytes(packed: bytes | Refused) -> bytes:
    """A file to download; nothing where the base year is not there any more."""
    return b"" if isinstance(packed, Refused) else packed


def _named(action: str, entry: Entry, language: str, act: Callable[..., None]) -> None:
    """Boxes for a name in both languages."""
    with st.form(f"base-year-{action}", border=False):
        keys = {one: f"base-year-{action}-{one}" for one in ("zh", "en")}
        for one, key in keys.items():
            st.text_input(_word(f"name_{one}", language), entry.name.get(one, ""), key=key, max_chars=MOST_NAME)
        st.form_submit_button(
            _word(action, language), type="primary", on_click=act, args=(entry.id, keys), **role.lock(language)
        )


def today() -> str:
    return date.today().isoformat()


def _use(id: str) -> None:
    left = standing.stand_on(id)
    language = session.plain_language()
    names = text("problems.list_comma", language).join(standing.lever_names(left))
    st.session_state[AT_FORM] = False
    st.session_state.pop(PROBLEMS, None)
    st.session_state[SAID] = _word("used_without" if left else "used", language, levers=names)


def _rename(id: str, keys: dict[str, str]) -> None:
    name = {one: st.session_state[key].strip() for one, key in keys.items()}
    say(signature.base_years().rename(id, name, today()), id)


def _copy(id: str, keys: dict[str, str]) -> None:
    name = {one: st.session_state[key].strip() for one, key in keys.items()}
    say(signature.base_years().clone(id, {one: name[one] or name["zh"] or name["en"] for one in name}, today()), id)


def _delete(id: str) -> None:
    answer = signature.base_years().delete(id)
    if isinstance(answer, Refused):
        say(answer, id)
        return
    for key in (SAID, PROBLEMS, REPLACED):
        st.session_state.pop(key, None)
    st.session_state[GONE] = answer
    st.session_state.pop(CHOSEN, None)
    standing.leave_base_year(id)


def _undelete(gone: Deleted) -> None:
    st.session_state.pop(GONE, None)
    say(BaseYears().undelete(gone), gone.stem)


def _bring(file: str, data: bytes) -> None:
    """Take in a filled workbook or a ZIP: a new base year, or another version of one's own."""
    own = signature.base_years()
    files, problems = own.read(data, file)
    if problems:
        say_problems(file, problems)
        return
    if is_archive(data):
        say(own.import_zip(data, file), file)
        return
    id = str(about_of(files)["id"])
    seen = next((own.stamp(id) for entry in own.entries() if entry.id == id and not entry.ships), None)
    reason = _word("brought", session.plain_language(), file=file)
    answer = own.edit(files, seen, today(), reason) if seen else own.add(files, today(), reason)
    say(answer, file)
    if seen and isinstance(answer, Saved):
        _, before, *_ = own.versions.numbers(id)
        st.session_state[REPLACED] = (id, before, answer.stamp)


def _unreplace(id: str, number: int, seen: str) -> None:
    """Have the base year again that an upload took the place of."""
    say(signature.base_years().restore(id, number, seen, today()), id)


def say_problems(file: str, problems: Sequence[Problem | CellProblem], *, at_form: bool = False) -> None:
    """Keep for the notices what is wrong with a file."""
    st.session_state[AT_FORM] = at_form
    st.session_state.pop(SAID, None)
    st.session_state[PROBLEMS] = (file, [sentence(one, session.plain_language()) for one in problems])


def say_words(said: str) -> None:
    """Keep a sentence for the notices, in the place of all others; the form says it."""
    st.session_state[AT_FORM] = True
    st.session_state.pop(PROBLEMS, None)
    st.session_state[SAID] = said


def say(answer: Saved | Conflict | Refused, file: str, *, at_form: bool = False) -> None:
    """Keep for the notices what was done, or why nothing was."""
    state, language = st.session_state, session.plain_language()
    state[AT_FORM] = at_form
    for key in (SAID, PROBLEMS, REPLACED):
        state.pop(key, None)
    if isinstance(answer, Saved):
        state[CHOSEN] = answer.stem
        state[SAID] = _word("kept", language, id=answer.stem)
    elif isinstance(answer, Conflict):
        state[PROBLEMS] = (file, [text("base_years.changed_meanwhile", language, id=answer.stem)])
    else:
        state[PROBLEMS] = (file, [sentence(problem, language) for problem in answer.problems])

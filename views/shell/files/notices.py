"""What stands above a page until it is put away: problems, the way back from a deletion, what a new version changed."""

import streamlit as st

from model.files.library import Deleted, Library, Refused
from model.outputs.phrasing.library_sentences import sentence
from model.outputs.phrasing.version_notice import VersionNotice, version_notice
from model.outputs.words import text
from views.shell.address import plan_file
from views.shell.files import saving
from views.shell.session import session

DELETED = "deleted"
"""Key of the session: the files deleted and not yet brought back or forgotten, each with the name it had."""
ALL_SHOWN = 6
ROW = {"horizontal": True, "vertical_alignment": "center", "gap": "small"}
PROBLEMS_PIXELS = 190


def _word(key: str, language: str, **values: object) -> str:
    return text(f"plans.{key}", language, **values)


def notices() -> None:
    """As plain text: names and files are other people's."""
    # The place stays when nothing is said: what follows would else move by one, and leave old copies behind.
    place, language = st.empty(), session.language()
    deletions, opened = st.session_state.get(DELETED, ()), session.just_opened()
    version = version_notice(opened.text, language) if opened and opened.text else None
    if not (st.session_state.problems or deletions or version):
        return
    with place.container():
        if version:
            _version(version, language)
        if st.session_state.problems:
            _problems(language)
        for deletion in deletions:
            _deleted(deletion, language)


def _problems(language: str) -> None:
    head, file, found = st.session_state.problems
    with st.container(border=True, key="problems"):
        st.text(text(head, language, file=file, count=len(found)))
        with st.container(border=False, height=PROBLEMS_PIXELS if len(found) > ALL_SHOWN else "content", gap="xsmall"):
            for problem in found:
                st.text(sentence(problem, language))
        st.button(_word("dismiss", language), key="dismiss", on_click=session.forget_problems)


def _version(notice: VersionNotice, language: str) -> None:
    """What changed since the file was saved, until the reader has read it."""
    with st.container(border=True, key="other-version"):
        st.text(notice.sentence)
        for release in notice.releases:
            st.text("\n".join((release.title, *(f"· {change}" for change in release.about_numbers))))
        if others := [change for release in notice.releases for change in release.about_use]:
            with st.expander(text("changes.use", language)):
                st.text("\n".join(f"· {change}" for change in others))
        st.button(_word("dismiss", language), key="dismiss-version", on_click=session.forget_just_opened)


def _deleted(deletion: tuple[Deleted, str], language: str) -> None:
    file, name = deletion
    with st.container(border=True, key=f"deleted-{file.kept_as}", **ROW):
        st.text(_word("deleted", language, name=name), width="stretch")
        st.button(
            _word("undelete", language),
            key=f"undelete-{file.kept_as}",
            icon=":material/undo:",
            on_click=_undelete,
            args=(deletion,),
        )
        st.button(_word("dismiss", language), key=f"forget-{file.kept_as}", on_click=_forget_deletion, args=(deletion,))


def _undelete(deletion: tuple[Deleted, str]) -> None:
    deleted, _ = deletion
    answer = Library().undelete(deleted)
    if isinstance(answer, Refused):
        session.refuse("plans.not_done", "", list(answer.problems))
        return
    _forget_deletion(deletion)
    if answer.stem == deleted.stem:
        plan_file.restore(answer.stem)
        session.write_address()
    saving.say("plans.undeleted", answer.stem)


def _forget_deletion(deletion: tuple[Deleted, str]) -> None:
    st.session_state[DELETED] = tuple(one for one in st.session_state[DELETED] if one != deletion)

"""Notices above a page until the reader dismisses them: a new version, problems, files just deleted."""

import streamlit as st

from model.files.library import Deleted, Library, Refused
from model.files.problem import Problem
from model.outputs.phrasing.library_sentences import sentence
from model.outputs.phrasing.version_notice import ReleaseNotice, VersionNotice, version_notice
from model.outputs.words import text
from views.shell.address import plan_file
from views.shell.files import saving
from views.shell.page.blocks import errors, problem_box
from views.shell.session import role, session

DELETED = "deleted"
"""Key of the session: the files just deleted, each with the name it had."""


def _word(key: str, language: str, **values: object) -> str:
    return text(f"plans.{key}", language, **values)


def notices() -> None:
    """All notices, one under the other, as plain text: names and files are other people's."""
    # The place stays even when it is empty: without it, what follows would move and leave old copies behind.
    place, language = st.empty(), session.language()
    refusal, opened = st.session_state.problems, session.just_opened()
    # Brought back by somebody else and deleted once more, a file has the same place in the trash.
    deletions = {deleted.kept_as: (deleted, name) for deleted, name in st.session_state.get(DELETED, ())}.values()
    version = version_notice(opened.text, language) if opened and opened.text else None
    wrong_list = role.wrong_list(language)
    if wrong_list or refusal or deletions or version:
        with place.container():
            if wrong_list:
                errors(wrong_list)
            if version:
                _version_notice(version, language)
            if refusal:
                head, file, problems = refusal
                _problem_notice(head, file, problems, language)
            for deletion in deletions:
                _deletion_notice(deletion, language)


def _version_notice(notice: VersionNotice, language: str) -> None:
    """What changed since the version that saved the file; but for the newest version folded."""
    with st.container(border=True, key="other-version"):
        st.text(notice.sentence)
        newest, earlier = notice.releases[:1], notice.releases[1:]
        for release in newest:
            st.text(_about_numbers(release))
        if earlier:
            with st.expander(text("changes.earlier", language)):
                for release in earlier:
                    st.text(_about_numbers(release))
        if others := [change for release in notice.releases for change in release.about_use]:
            with st.expander(text("changes.use", language)):
                st.text("\n".join(f"· {change}" for change in others))
        st.button(_word("dismiss", language), key="dismiss-version", on_click=session.forget_just_opened)


def _about_numbers(release: ReleaseNotice) -> str:
    return "\n".join((release.title, *(f"· {change}" for change in release.about_numbers)))


def _problem_notice(head: str, file: str, problems: list[Problem], language: str) -> None:
    sentences = [sentence(problem, language) for problem in problems]
    title = text(head, language, file=file, count=len(problems))
    with problem_box("problems", title, sentences):
        st.button(_word("dismiss", language), key="dismiss", on_click=session.clear_problems)


def _deletion_notice(deletion: tuple[Deleted, str], language: str) -> None:
    file, name = deletion
    key = f"deleted-{file.kept_as}"
    with st.container(border=True, key=key, horizontal=True, vertical_alignment="center", gap="small"):
        st.text(_word("deleted", language, name=name), width="stretch")
        st.button(
            _word("undelete", language),
            key=f"undelete-{file.kept_as}",
            icon=":material/undo:",
            on_click=undelete,
            args=(file,),
        )
        st.button(_word("dismiss", language), key=f"forget-{file.kept_as}", on_click=_dismiss, args=(deletion,))


def undelete(deleted: Deleted) -> None:
    """Bring a file back from the trash, with the plans that belonged to it; its notice goes."""
    restored = Library().undelete(deleted)
    if isinstance(restored, Refused):
        session.report_problems("plans.not_done", "", list(restored.problems))
        return
    kept = (one for one in st.session_state.get(DELETED, ()) if one[0].kept_as != deleted.kept_as)
    st.session_state[DELETED] = tuple(kept)
    if restored.stem == deleted.stem:
        plan_file.restore(restored.stem)
        session.write_address()
    saving.announce("plans.undeleted", restored.stem)


def _dismiss(deletion: tuple[Deleted, str]) -> None:
    st.session_state[DELETED] = tuple(one for one in st.session_state[DELETED] if one != deletion)

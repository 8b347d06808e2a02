"""What stands above a page until it is put away: what was refused and why, and the way back from a deletion."""

import streamlit as st

from model.library import Library, Refused
from model.outputs.library import sentence
from model.outputs.words import text
from views import original, saving, session

DELETED = "deleted"
"""Key of the session: the file last deleted, and the name it had."""
ALL_SHOWN = 6
PROBLEMS_PIXELS = 190


def _word(key: str, language: str, **values: object) -> str:
    return text(f"plans.{key}", language, **values)


def notices() -> None:
    """As plain text: names and files are other people's."""
    # The place stays when nothing is said: what follows would else move by one, and leave old copies behind.
    place, language = st.empty(), session.language()
    if not (st.session_state.problems or DELETED in st.session_state):
        return
    with place.container():
        if st.session_state.problems:
            _problems(language)
        if DELETED in st.session_state:
            _deleted(language)


def _problems(language: str) -> None:
    head, file, found = st.session_state.problems
    with st.container(border=True, key="problems"):
        st.text(text(head, language, file=file, count=len(found)))
        with st.container(border=False, height=PROBLEMS_PIXELS if len(found) > ALL_SHOWN else "content", gap="xsmall"):
            for problem in found:
                st.text(sentence(problem, language))
        st.button(_word("dismiss", language), key="dismiss", on_click=session.forget_problems)


def _deleted(language: str) -> None:
    _, name = st.session_state[DELETED]
    with st.container(border=True, key="deleted", horizontal=True, vertical_alignment="center", gap="small"):
        st.text(_word("deleted", language, name=name), width="stretch")
        st.button(_word("undelete", language), key="undelete", icon=":material/undo:", on_click=_undelete)
        st.button(_word("dismiss", language), key="forget-deleted", on_click=st.session_state.pop, args=(DELETED,))


def _undelete() -> None:
    deleted, _ = st.session_state[DELETED]
    answer = Library().undelete(deleted)
    if isinstance(answer, Refused):
        session.refuse("plans.not_done", "", list(answer.problems))
        return
    del st.session_state[DELETED]
    if answer.stem == deleted.stem:
        original.restore(answer.stem)
        session.write_address()
    saving.say("plans.undeleted", answer.stem)

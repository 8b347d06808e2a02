"""What was deleted last, from whatever session, each thing with a button that brings it back."""

from collections.abc import Callable, Sequence

import streamlit as st

from model.files.library.shared_folder import Deleted
from model.outputs.words import text
from views.shell.session import role

MOST_SHOWN = 20


def trash(key: str, deleted: Sequence[Deleted], bring_back: Callable[[Deleted], None], language: str) -> None:
    """The list, under buttons whose keys begin with `key`; nothing where nothing was deleted."""
    if not deleted:
        return
    with st.expander(text("plans.trash", language, count=len(deleted))):
        for gone in deleted[:MOST_SHOWN]:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.text(gone.kept_as, width="stretch")
                st.button(
                    text("plans.bring_back", language),
                    key=f"{key}-{gone.kept_as}",
                    icon=":material/undo:",
                    on_click=bring_back,
                    args=(gone,),
                    **role.lock(language),
                )

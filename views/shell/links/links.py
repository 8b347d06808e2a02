"""Links that a page follows by itself: a click on one is told to the page instead of loading it anew."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from views.shell.page.scripts import script

_LINKS = st.components.v2.component("links", js=script(Path(__file__).with_suffix(".js")), isolate_styles=False)


def show_part(name: str, occasion: int) -> None:
    """Scroll to the container of a key, once for an occasion; call it after what is drawn there."""
    _LINKS(key=f"{name}-part", data={"kind": f"{name}-part", "place": occasion, "part": f".st-key-{name}"}, height=0)


def follow(kind: str, on_click: Callable[[str], None], place: object = None) -> None:
    """Listen for clicks on links with `data-<kind>`; call it in the page, outside its fragments.

    `on_click` takes what the link names, which comes from the browser. The page is shown from its top where `place` is
    another one than before.
    """
    key = f"{kind}-links"

    def clicked() -> None:
        if named := st.session_state[key].get("followed"):
            on_click(str(named))

    _LINKS(key=key, data={"kind": kind, "place": place}, on_followed_change=clicked, height=0)

"""The presenter's controls: keys and buttons that turn slides, and the list that puts them in order.

Components that the page itself carries: scripts beside this file, no frame, nothing fetched.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import streamlit as st

from model.outputs.story.story import Slide, Story, slide_name
from model.outputs.words import text

FOLDER = Path(__file__).parent
BUTTONS = ("notes", "screen", "leave", "back", "forward")
PARTS = {"label": "", "help": "_help"}
"""What is said of a button, by the ending of its key."""
BAR = (
    '<div class="deck-notes" data-deck="notes-text" role="note" hidden></div><div class="deck-bar">'
    + "".join(f'<button type="button" data-deck="{name}"></button>' for name in BUTTONS[:3])
    + '<button type="button" data-deck="back"></button><span data-deck="number"></span>'
    '<button type="button" data-deck="forward"></button></div>'
)
_bar = st.components.v2.component(
    "frontline_deck", html=BAR, js=(FOLDER / "presenter.js").read_text(encoding="utf-8"), isolate_styles=False
)
_outline = st.components.v2.component(
    "frontline_outline",
    html='<ol class="outline"></ol>',
    js=(FOLDER / "outline.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def bar(story: Story, slide: Slide, language: str, turned: Callable[[str], None]) -> bool:
    """Keys and buttons. `turned` hears of the slide turned to; True when the reader leaves."""
    ids = [one.id for one in story.slides]

    def heard() -> None:
        at = st.session_state.deck.get("at")
        if isinstance(at, Mapping) and at.get("id") in ids:
            turned(at["id"])

    now = st.session_state.get("deck", {}).get("at") or {}
    found = _bar(
        key="deck",
        data={
            "ids": ids,
            "at": slide.id,
            "count": now.get("count"),
            "notes": list(slide.notes),
            "words": {
                name: {part: text(f"present.{name}{ending}", language) for part, ending in PARTS.items()}
                for name in BUTTONS
            },
        },
        on_at_change=heard,
        on_leave_change=lambda: None,
    )
    return bool(found.leave)


def outline(story: Story, chosen: Sequence[str], language: str, ordered: Callable[[Sequence[str]], None]) -> None:
    """The list of a story's slides to tick and move. `ordered` hears of the ids chosen, in order."""

    def heard() -> None:
        order = st.session_state.outline.get("order")
        if isinstance(order, list):
            ordered([id for id in order if id in story.ids])

    _outline(
        key="outline",
        data={
            "ids": list(story.ids),
            "chosen": list(chosen),
            "names": {id: slide_name(id, language) for id in story.ids},
            "words": {word: text(f"present.{word}", language) for word in ("up", "down")},
        },
        on_order_change=heard,
    )

"""The presenter's controls: keys and buttons that turn slides, and the list that puts them in order.

They are components of the page itself, with scripts beside this file: no frame, and nothing fetched.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import streamlit as st

from model.outputs.phrasing.markup import Markup, element
from model.outputs.story.story import Slide, Story, slide_name
from model.outputs.words import text

FOLDER = Path(__file__).parent
BUTTONS = ("notes", "screen", "leave", "back", "forward")
PARTS = {"label": "", "help": "_help"}
"""The texts of a button, by the ending of their keys."""


def _control(tag: str, name: str, **attributes: str) -> Markup:
    """An empty element, which the script finds by its name and fills."""
    return element(tag, **attributes, data_deck=name)


_NOTES, _SCREEN, _LEAVE, _BACK, _FORWARD = (_control("button", name, type="button") for name in BUTTONS)
BAR = element("div", _NOTES, _SCREEN, _LEAVE, _BACK, _control("span", "number"), _FORWARD, class_="deck-bar")
_bar = st.components.v2.component(
    "frontline_deck", html=BAR, js=(FOLDER / "presenter.js").read_text(encoding="utf-8"), isolate_styles=False
)
_notes = st.components.v2.component(
    "frontline_notes", js=(FOLDER / "notes.js").read_text(encoding="utf-8"), isolate_styles=False
)
_outline = st.components.v2.component(
    "frontline_outline",
    html=element("ol", class_="running-order"),
    js=(FOLDER / "outline.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def bar(story: Story, slide: Slide, language: str, on_turn: Callable[[str], None]) -> bool:
    """Draw keys and buttons; whether the reader leaves. `on_turn` takes the id of the slide turned to."""
    ids = [one.id for one in story.slides]

    def turn() -> None:
        at = st.session_state.deck.get("at")
        if isinstance(at, Mapping) and at.get("id") in ids:
            on_turn(at["id"])

    now = st.session_state.get("deck", {}).get("at") or {}
    events = _bar(
        key="deck",
        data={
            "ids": ids,
            "at": slide.id,
            "count": now.get("count"),
            "words": {
                name: {part: text(f"present.{name}{ending}", language) for part, ending in PARTS.items()}
                for name in BUTTONS
            },
        },
        on_at_change=turn,
        on_leave_change=lambda: None,
    )
    return bool(events.leave)


def notes(story: Story, slide: Slide, language: str) -> None:
    """Tell the presenter's own window of a slide: its place, its notes, and the headline that comes next.

    Call it where the slide is drawn, so that the notes have the figures that stand on it.
    """
    place = story.slides.index(slide) + 1
    following = story.slides[place:]
    _notes(
        key="deck-notes",
        data={
            "number": f"{place} / {len(story.slides)}",
            "headline": slide.headline,
            "lines": list(slide.notes),
            "next": following[0].headline if following else "",
            "words": {word: text(f"present.notes_{word}", language) for word in ("title", "next", "blocked")},
        },
    )


def outline(story: Story, ids: Sequence[str], language: str, on_reorder: Callable[[Sequence[str]], None]) -> None:
    """Draw the list of a story's slides to tick and move, those with `ids` ticked.

    `on_reorder` takes the ids that are then ticked, in order.
    """

    def reorder() -> None:
        order = st.session_state.outline.get("order")
        if isinstance(order, list):
            on_reorder([id for id in order if id in story.ids])

    _outline(
        key="outline",
        data={
            "ids": list(story.ids),
            "chosen": list(ids),
            "names": {id: slide_name(id, language) for id in story.ids},
            "words": {word: text(f"present.{word}", language) for word in ("up", "down")},
        },
        on_order_change=reorder,
    )

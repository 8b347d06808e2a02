"""Boxes of the Decide page: each keeps its choice in the address, in plain words."""

from collections.abc import Mapping

import streamlit as st

from views.shell.address import question_address
from views.shell.page import widgets
from views.shell.session import session

BETWEEN = "+"


def one_of(name: str, words: Mapping[str, str], label: str) -> str:
    """One of several words, by the phrases for them; the first where nothing else was chosen."""
    first = next(iter(words))
    chosen = question_address.get(name)
    chosen = chosen if chosen in words else first
    choice = widgets.Choice(f"{name}-{session.language()}", label, words, chosen)
    choice.segments(_store, name, first)
    return chosen


def listed(name: str, words: Mapping[str, str], chosen: str, label: str) -> None:
    """One of many words, in a list; `chosen` where nothing else was."""
    widgets.Choice(widgets.name_with_words(name, words), label, words, chosen).select(_store, name, "")


def number(name: str, label: str, low: int, high: int, otherwise: int, *, step: int = 1, unit: str = "") -> int:
    """A whole number on a slider."""
    given = question_address.get(name)
    chosen = min(max(int(given), low), high) if given.isascii() and given.isdigit() and len(given) < 9 else otherwise
    key = widgets.widget_key(name, chosen)
    pattern = widgets.thumb(unit, high, session.language())
    args = (key, _store, name, str(otherwise))
    st.slider(label, low, high, chosen, step, pattern, key=key, on_change=widgets.report, args=args)
    return chosen


def some_of(name: str, words: Mapping[str, str], label: str) -> tuple[str, ...]:
    """Any of several words, none at first; in the order given."""
    chosen = [word for word in words if word in question_address.get(name).split(BETWEEN)]
    key = widgets.widget_key(f"{name}-{session.language()}", chosen)
    st.pills(
        label,
        list(words),
        default=chosen,
        selection_mode="multi",
        key=key,
        format_func=words.__getitem__,
        on_change=widgets.report,
        args=(key, _store, name, ""),
    )
    return tuple(chosen)


def _store(name: str, otherwise: str, value: object) -> None:
    """Keep a reported value under its name in the address; nothing where it is what stands there anyway."""
    if value is not None:
        word = BETWEEN.join(value) if isinstance(value, list) else str(value)
        question_address.put(name, "" if word == otherwise else word)
        session.write_address()

"""Widgets whose value can also change elsewhere: their keys, what they report, and choices."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, Unpack
from zlib import crc32

import streamlit as st


class Look(TypedDict, total=False):
    """How words side by side look."""

    help: str | None
    disabled: bool
    label_visibility: Literal["visible", "hidden", "collapsed"]
    width: Literal["stretch", "content"]


def widget_key(name: str, value: object) -> str:
    """The key of a widget that shows a value which can also change elsewhere.

    The key stays while the reader sets the widget, and changes once the value changes elsewhere: a browser that has
    not heard of the change still reports the old value, and under the old key that would count as a decision.

    Give the widget its value as the default too. A value written to the session is sent once: if the next run begins
    first, the browser never gets it and reports the lowest or the first value as a decision.
    """
    versions = st.session_state.setdefault("widget_versions", {})
    key = _key(name, versions.setdefault(name, 0))
    if key in st.session_state and st.session_state[key] != value:
        versions[name] += 1
        key = _key(name, versions[name])
    return key


def name_with_words(name: str, words: Mapping[str, str]) -> str:
    """The name of a widget for exactly these words: a browser goes on showing the words it first got."""
    return f"{name}-{crc32(repr(words).encode('utf-8', 'replace'))}"


def distinct(words: Mapping[str, str]) -> dict[str, str]:
    """The words by key, those that stand for several keys followed by the key.

    The browser reports a choice by its words: of two choices with the same ones it would always mean the first.

    >>> distinct({"a": "plan", "b": "plan", "c": "other"})
    {'a': 'plan · a', 'b': 'plan · b', 'c': 'other'}
    """
    count = Counter(words.values())
    return {key: f"{word} · {key}" if count[word] > 1 else word for key, word in words.items()}


def _key(name: str, version: int) -> str:
    """framework.css knows such a widget by the two strokes."""
    return f"{name}--{version}"


def reported_value(key: str) -> Any:
    """What the reader set a widget to; None if its key is no longer in use."""
    name, _, version = key.rpartition("--")
    in_use = st.session_state.get("widget_versions", {}).get(name, 0) == int(version)
    return st.session_state.get(key) if in_use else None


def renew_all() -> None:
    """Give every widget a new key: on another page the browser would draw the old one empty."""
    versions = st.session_state.get("widget_versions", {})
    st.session_state.widget_versions = {name: version + 1 for name, version in versions.items()}


@dataclass(frozen=True)
class Choice:
    """One of some words, by the phrases for them, which its reader can change.

    `act` of its widgets gets the arguments after it and then the word chosen; None if a report does not count.
    """

    name: str
    label: str
    words: Mapping[str, str]
    chosen: str

    def segments(self, act: Callable[..., None], *args: object, **look: Unpack[Look]) -> None:
        """Draw the words side by side."""
        key = widget_key(self.name, self.chosen)
        st.segmented_control(
            self.label,
            list(self.words),
            default=self.chosen,
            required=True,
            key=key,
            format_func=distinct(self.words).__getitem__,
            on_change=report,
            args=(key, act, *args),
            **look,
        )

    def select(self, act: Callable[..., None], *args: object) -> None:
        """Draw the words as a list to open."""
        key, options = widget_key(self.name, self.chosen), list(self.words)
        st.selectbox(
            self.label,
            options,
            options.index(self.chosen),
            key=key,
            format_func=distinct(self.words).__getitem__,
            on_change=report,
            args=(key, act, *args),
        )


def report(key: str, act: Callable[..., None], *args: object) -> None:
    """Hand what the reader set a widget to on to `act`, after its other arguments."""
    act(*args, reported_value(key))

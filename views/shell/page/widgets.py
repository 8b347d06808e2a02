"""Widgets whose value can also change elsewhere: their keys, what they report, and choices."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, Unpack
from zlib import crc32

import streamlit as st

from model.outputs.phrasing.numbers import with_unit

THOUSAND = 1000


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


def thumb(unit: str, most: float, language: str) -> str:
    """The format of the number on a slider: with its unit, or from a thousand on with its thousands apart.

    >>> thumb("人", 600, "zh"), thumb("%", 30, "zh"), thumb("people", 1000, "en")
    ('%g 人', '%g%%', 'localized')
    """
    if most >= THOUSAND:
        return "localized"
    return "%g%%" if unit == "%" else with_unit("%g", unit, language)


def name_with_words(name: str, words: Mapping[str, str]) -> str:
    """The name of a widget for exactly these words: a browser goes on showing the words it first got."""
    return f"{name}-{crc32(repr(words).encode('utf-8', 'replace'))}"


def distinct(words: Mapping[str, str], more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The words by key; those of several keys are followed by what `more` says, else by the key.

    The browser reports a choice by its words: of two choices with the same ones it would always mean the first. A key
    of the program's own, which begins with a stroke, is shown only where nothing else tells a choice apart.

    >>> distinct({"a": "plan", "b": "plan", "c": "other"})
    {'a': 'plan · a', 'b': 'plan · b', 'c': 'other'}
    >>> distinct({"_base": "plan", "b": "plan", "c": "plan · b"})
    {'_base': 'plan', 'b': 'plan · b · b', 'c': 'plan · b · c'}
    """
    files = {key: key for key in words if not key.startswith("_")}
    told = dict(words)
    for ends in (more or {}, files, files, {key: key for key in words}):
        count = Counter(told.values())
        told = {
            key: f"{word} · {ends[key]}" if count[word] > 1 and ends.get(key) else word for key, word in told.items()
        }
    return told


def _key(name: str, version: int) -> str:
    """framework.css knows such a widget by the two strokes."""
    return f"{name}--{version}"


def reported_value(key: str) -> Any:
    """What the reader set a widget to; None if its key is no longer in use."""
    name, _, version = key.rpartition("--")
    in_use = st.session_state.get("widget_versions", {}).get(name, 0) == int(version)
    return st.session_state.get(key) if in_use else None


def renewable_key(name: str) -> str:
    """The key of a widget that only `renew` sets back to its default."""
    return _key(name, st.session_state.setdefault("widget_versions", {}).setdefault(name, 0))


def renew(name: str) -> None:
    """Set a widget back: a new one takes its place when it is drawn next.

    A value written to the session would be undone by what the browser sends before it has heard of it.
    """
    st.session_state.widget_versions[name] += 1


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
    more: Mapping[str, str] | None = None
    """What tells choices of the same words apart."""

    def segments(self, act: Callable[..., None], *args: object, **look: Unpack[Look]) -> None:
        """Draw the words side by side."""
        key = widget_key(self.name, self.chosen)
        st.segmented_control(
            self.label,
            list(self.words),
            default=self.chosen,
            required=True,
            key=key,
            format_func=distinct(self.words, self.more).__getitem__,
            on_change=report,
            args=(key, act, *args),
            **look,
        )

    def select(self, act: Callable[..., None], *args: object, help: str | None = None, disabled: bool = False) -> None:
        """Draw the words as a list to open."""
        shown, options = distinct(self.words, self.more), list(self.words)
        key = widget_key(name_with_words(self.name, shown), self.chosen)
        st.selectbox(
            self.label,
            options,
            options.index(self.chosen),
            key=key,
            format_func=shown.__getitem__,
            help=help,
            on_change=report,
            args=(key, act, *args),
            disabled=disabled,
        )


def report(key: str, act: Callable[..., None], *args: object) -> None:
    """Hand what the reader set a widget to on to `act`, after its other arguments."""
    act(*args, reported_value(key))

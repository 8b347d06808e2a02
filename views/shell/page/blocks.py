"""Blocks of text that several pages show: headings, legends, errors."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import streamlit as st

from model.outputs.phrasing.markup import Markup, element

ALL_SHOWN = 6
"""Problems up to which a box shows all without scrolling."""
PROBLEMS_PIXELS = 190


def heading(title: str) -> None:
    """The heading of a part of a page."""
    st.html(element("h3", title, class_="part"))


def panel_heading(title: str) -> None:
    """The heading of a part of the side bar or of a box."""
    st.html(element("div", title, class_="panel-head"))


def paragraphs(sentences: Iterable[str]) -> list[Markup]:
    """Each sentence as a paragraph of its own."""
    return [element("p", sentence) for sentence in sentences]


def errors(sentences: Iterable[str]) -> None:
    """What is wrong with what the reader gave."""
    st.html(element("div", *paragraphs(sentences), class_="wrong", role="alert"))


def mark(shape: str, colour: str = "") -> Markup:
    """A small shape in a colour, as a legend shows it.

    Without a colour the style sheet gives one.
    """
    return element("i", class_=shape, style=f"background:{colour}" if colour else None)


def legend(keys: Iterable[tuple[Markup, str]]) -> None:
    """Marks with their captions."""
    st.html(element("div", *(element("span", mark, caption) for mark, caption in keys), class_="legend"))


@contextmanager
def problem_box(key: str, title: str, sentences: Sequence[str]) -> Iterator[None]:
    """A frame with a title and one problem a line, as plain text; what the block draws stands under them."""
    with st.container(border=True, key=key):
        st.text(title)
        height: Literal["content"] | int = PROBLEMS_PIXELS if len(sentences) > ALL_SHOWN else "content"
        with st.container(border=False, height=height, gap="xsmall"):
            for sentence in sentences:
                st.text(sentence)
        yield

"""The figures of a base year by how far they are known, in three plain signs, and its own records."""

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.evidence.fit import SIGNS, KnownFigure, State, known_figures
from model.outputs.phrasing.markup import Markup, element
from model.outputs.words import text
from views.shell.page import blocks


def figures(baseline: Baseline, language: str) -> None:
    """What is known, about known and inherited, beside each other."""
    blocks.heading(_word("figures_title", language))
    found = known_figures(baseline, language)
    st.html(element("div", *(_column(state, found[state], language) for state in SIGNS), class_="states"))


def _column(state: State, figures: list[KnownFigure], language: str) -> Markup:
    head = element(
        "h4",
        element("i", SIGNS[state], class_=state, aria_hidden="true"),
        _word("about_known" if state == "about" else state, language),
    )
    lines = [element("li", element("span", one.label), " ", element("b", one.written)) for one in figures]
    why = element("p", _word(f"{state}_means", language, count=len(figures)))
    return element("section", head, why, element("ul", *lines, tabindex="0"), class_=f"state {state}")


def _word(key: str, language: str, **values: object) -> str:
    return text(f"base_year_page.{key}", language, **values)

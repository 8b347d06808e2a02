"""The Base years page (现状): the list, one base year in detail, and the way to one's own."""

from pathlib import Path

import streamlit as st

from model.evidence.base_year_folders import find_baseline
from model.evidence.baseline import Baseline
from model.files.base_years.store import BaseYears, Entry
from model.outputs.evidence.base_year_sentences import sentence
from model.outputs.phrasing.markup import Markup, element, isolated
from model.outputs.phrasing.numbers import count
from model.outputs.words import text
from views.base_years import keeping
from views.base_years.changes import changes
from views.base_years.figures import figures
from views.base_years.fit import fit
from views.base_years.form import form
from views.shell.files.notices import notices
from views.shell.page import blocks, styles, widgets
from views.shell.session import session
from views.shell.toolbar import header

STYLE = Path(__file__).with_name("base_years.css")
MOST_PLACES = 6
"""Names of prefectures that the list shows of a base year."""


def base_years() -> None:
    styles.apply(STYLE)
    header()
    notices()
    keeping.notices()
    language, entries = session.plain_language(), BaseYears().entries()
    blocks.heading(_word("title", language))
    st.caption(_word("intro", language))
    _list(entries, language)
    ids = {entry.id: entry.name.get(language, entry.id) for entry in entries}
    chosen = st.session_state.get(keeping.CHOSEN, session.scenario().baseline)
    chosen = chosen if chosen in ids else next(iter(ids))
    left, right = st.columns([1, 2], gap="medium")
    with left:
        widgets.Choice("base-year", _word("choose", language), ids, chosen).select(_choose)
        entry = next(one for one in entries if one.id == chosen)
        keeping.actions(entry, language)
    with right:
        if entry.problem:
            blocks.errors([sentence(entry.problem, language)])
            return
        baseline = find_baseline(chosen)
        fit(baseline, language)
    form(entry, language)
    figures(baseline, language)
    changes(entry, language)


def _word(key: str, language: str, **values: object) -> str:
    return text(f"base_year_page.{key}", language, **values)


def _choose(id: str | None) -> None:
    if id:
        st.session_state[keeping.CHOSEN] = id


def _list(entries: tuple[Entry, ...], language: str) -> None:
    """All base years, a line each; that of the plan is marked."""
    heads = [_word(f"column_{name}", language) for name in ("name", "year", "people", "places", "source")]
    st.html(
        element(
            "table",
            element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
            element("tbody", *(_row(entry, language) for entry in entries)),
            class_="base-years",
        )
    )


def _row(entry: Entry, language: str) -> Markup:
    is_current = entry.id == session.scenario().baseline
    name = element("b", isolated(entry.name.get(language) or entry.id))
    marks = [element("i", _word(mark, language)) for mark in _marks(entry, is_current)]
    if entry.problem:
        cells = ["", "", "", sentence(entry.problem, language)]
    else:
        cells = [str(entry.year), *_size(find_baseline(entry.id), language), entry.source[language]]
    return element(
        "tr",
        element("th", name, *marks, scope="row"),
        *(element("td", cell) for cell in cells),
        aria_current="true" if is_current else None,
    )


def _marks(entry: Entry, is_current: bool) -> list[str]:
    return ["is_current"] * is_current + ["ships"] * entry.ships


def _size(baseline: Baseline, language: str) -> list[str]:
    """People and places of a base year."""
    about = "" if baseline.gives("staff_total") else _word("about", language)
    names = [p.short[language] for p in baseline.prefectures]
    more = _word("places_more", language, count=len(names)) if len(names) > MOST_PLACES else ""
    return [about + count(baseline.staff_total), text("problems.list_comma", language).join(names[:MOST_PLACES]) + more]

"""The Evidence page (依据): the model's health, every number with its source, other assumptions."""

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import streamlit as st

from model import Projection
from model.evidence.baseline import Baseline
from model.outputs.evidence.evidence_table import MARKS, Row, frame, mark_in_words, matching, rows, to_csv
from model.outputs.evidence.not_reported import not_reported, tiers_of_city
from model.outputs.package.file_name import named
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from model.projection.base_year import BaseYear, base_year_of, baseline_of
from views.evidence import assumptions, method
from views.evidence.effect import effect
from views.evidence.health import health
from views.evidence.number_card import number_card
from views.shell.address.number_address import CHOSEN, CHOSEN_ELSEWHERE
from views.shell.files.notices import notices
from views.shell.links.number_link import NUMBERS, choose_number, show_followed
from views.shell.page import blocks, styles, widgets
from views.shell.page.downloads import download
from views.shell.refusal import latest_projection
from views.shell.session import session
from views.shell.toolbar import header

STYLE = Path(__file__).with_name("evidence.css")
SEARCH, FILTER = "evidence-search", "evidence-marks"
"""Keys of the session: the words to search for, and the marks to show."""
TABLE_HEIGHT, ROW_HEIGHT = 420, 34
PIXELS = {"mark": 88, "label": 250, "value": 165, "unit": 84, "source": 420, "window": 180, "certainty": 200}
"""The columns of the table with their widths: first those that tell a number."""
LIMITS = ("causal", "reform", "left_out", "province", "unknown", "time", "projection")


def evidence() -> None:
    styles.apply(STYLE)
    header()
    notices()
    baseline, language = session.baseline(), session.language()
    if method.view(language) == method.METHOD:
        method.read(language)
        return
    projection, _ = latest_projection(session.scenario(), _word("still_shown", language))
    base = _base_year(projection) if projection else None
    if projection and base:
        health(projection, base, language)
    with st.container(key=NUMBERS):
        _numbers(baseline, projection, base, language)
    assumptions.changed_list(baseline, language)
    assumptions.readings(baseline, language)
    _limits(baseline, language)
    show_followed()


def _word(key: str, language: str, **values: object) -> str:
    return text(f"evidence_page.{key}", language, **values)


def _base_year(projection: Projection) -> BaseYear:
    scenario = projection.scenario
    return base_year_of(scenario, baseline_of(scenario), projection.draws.drawn, projection.seed)


def _numbers(baseline: Baseline, projection: Projection | None, base: BaseYear | None, language: str) -> None:
    """The table of all numbers with its filter, and beside it the number chosen."""
    table = rows(baseline, session.scenario().assumptions, language)
    blocks.heading(_word("table_title", language))
    shown = _filter(table, language)
    left, right = st.columns([63, 37], gap="medium")
    with left, st.container(key="evidence-table"):
        if shown:
            _table(shown, language)
        else:
            _no_rows(language)
    with right:
        row = _chosen_number(table, shown, language)
        st.html(number_card(row, baseline, projection, base, language))
        kind, id = row.id.split(".", 1)
        if kind == "assumption":
            assumptions.change_form(baseline.assumptions[id], language)
            effect(id, language)


def _filter(table: Sequence[Row], language: str) -> list[Row]:
    """The rows that match the reader's words and marks, and a button to save them."""
    counts = {mark: sum(row.mark == mark for row in table) for mark in MARKS}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filter"):
        search = st.text_input(
            _word("search", language),
            placeholder=_word("search_hint", language),
            key=SEARCH,
            label_visibility="collapsed",
            persist_state="session",
            width=330,
        )
        marks = st.pills(
            _word("filter_mark", language),
            MARKS,
            selection_mode="multi",
            format_func=lambda mark: _word(
                "mark_count", language, mark=mark_in_words(mark, language), count=counts[mark]
            ),
            key=FILTER,
            label_visibility="collapsed",
            persist_state="session",
        )
        shown = matching(table, marks, search or "")
        whole = len(shown) == len(table)
        summary = _word("shown" if whole else "shown_of", language, count=len(shown), all=len(table))
        st.html(element("p", summary, class_="shown", role="status"), width="content")
        name = named("evidence", language, "csv")
        download(_word("download", language), name, lambda: to_csv(shown, language), "evidence-download")
    return shown


def _no_rows(language: str) -> None:
    with st.container(border=True, key="nothing-found"):
        st.text(_word("none_title", language))
        st.caption(_word("none_body", language))
        st.button(_word("clear", language), key="clear-filter", on_click=_clear_filter)


def _clear_filter() -> None:
    st.session_state[SEARCH], st.session_state[FILTER] = "", []


def _table(shown: Sequence[Row], language: str) -> None:
    """The rows, of which the one chosen outside the table is first: the table begins where it is seen."""
    anchor = st.session_state.get(CHOSEN_ELSEWHERE, "")
    shown = sorted(shown, key=lambda row: row.id != anchor)
    ids = [row.id for row in shown]
    # Every filter and every choice outside the table gets a new table, so that the mark is never on another row.
    key = f"evidence-rows-{crc32('|'.join([*ids, anchor]).encode())}"
    names = {column: _word(f"column_{column}", language) for column in PIXELS}
    st.dataframe(
        frame(shown, language),
        hide_index=True,
        height=min(TABLE_HEIGHT, ROW_HEIGHT * (len(shown) + 1) + 4),
        column_config={names[column]: st.column_config.TextColumn(width=PIXELS[column]) for column in PIXELS},
        key=key,
        on_select=lambda: _choose_row(key, ids),
        selection_mode="single-row",
        selection_default={"selection": {"rows": [0]}} if anchor in ids else None,
        alt=_word("table_alt", language),
    )


def _choose_row(key: str, ids: Sequence[str]) -> None:
    if chosen := st.session_state[key]["selection"]["rows"]:
        st.session_state[CHOSEN] = ids[chosen[0]]
        session.write_address()


def _chosen_number(table: Sequence[Row], shown: Sequence[Row], language: str) -> Row:
    """The number in detail, chosen in the table or in this list; it stays if the filter hides it."""
    by_id = {row.id: row for row in table}
    first = (shown or table)[0].id
    chosen = st.session_state.get(CHOSEN, first)
    chosen = chosen if chosen in by_id else first
    ids = [row.id for row in shown]
    words = {
        id: _word("mark_count", language, mark=mark_in_words(by_id[id].mark, language), count=by_id[id].label)
        for id in (ids if chosen in ids else [chosen, *ids])
    }
    figures = {id: " ".join(filter(None, (by_id[id].value, by_id[id].unit, by_id[id].window))) for id in words}
    widgets.Choice("evidence-choose", _word("choose", language), words, chosen, figures).select(choose_number)
    return by_id[chosen]


def _limits(baseline: Baseline, language: str) -> None:
    lacking = not_reported(baseline, language)
    words = [tiers_of_city(baseline, language), *(_word(f"limit_{one}", language, list=lacking) for one in LIMITS)]
    limits = (element("li", one) for one in filter(None, words))
    heading = element("h3", _word("limits_title", language), class_="part")
    st.html(heading + element("ul", *limits, class_="limits"))

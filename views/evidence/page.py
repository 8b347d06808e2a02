"""The evidence page (依据): the health of the model, every number with its source, what may be assumed otherwise."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from zlib import crc32

import streamlit as st

from model import Projection, TooFewDraws
from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption
from model.outputs.evidence.evidence_table import MARKS, Row, found, frame, marked, quotation, rows, to_csv
from model.outputs.evidence.health import kept_values, rounded
from model.outputs.words import text
from model.projection.base_year import BaseYear, base_year_of, baseline_of
from views.evidence import assume, method
from views.evidence.health import health
from views.shell.files.notices import notices
from views.shell.refused import refused
from views.shell.session import session
from views.shell.session.styles import PAGE, put_on
from views.shell.toolbar import header

STYLE = Path(__file__).with_name("evidence.css")
CHOSEN, ANCHOR = "evidence-chosen", "evidence-anchor"
"""The number shown in detail, and the one last chosen elsewhere than in the table."""

TABLE_HEIGHT, ROW_HEIGHT = 420, 34
MOST_LEANING = 4
MEASURE_WORDS = {"legal_minimum": "plan.missing_legal_minimum"}
LIMITS = ("causal", "left_out", "province", "unknown", "time", "projection")


def evidence() -> None:
    put_on(PAGE, STYLE)
    header()
    notices()
    baseline, language = session.baseline(), session.language()
    if method.view(language) == method.METHOD:
        method.read(language)
        return
    projection = _projection(baseline, language)
    base = projection and _base_year(projection)
    if base:
        health(projection, base, language)
    _numbers(baseline, projection, base, language)
    assume.changed_list(baseline, language)
    assume.readings(baseline, language)
    _limits(language)


def _word(key: str, language: str, **values: object) -> str:
    return text(f"evidence_page.{key}", language, **values)


def _projection(baseline: Baseline, language: str) -> Projection | None:
    """The current projection; where its assumptions are refused, the last one, under the reason and a way back."""
    try:
        st.session_state.shown = session.projection()
    except TooFewDraws as why:
        refused(why, baseline, language)
        if "shown" in st.session_state:
            st.caption(_word("still_shown", language))
    return st.session_state.get("shown")


def _base_year(projection: Projection) -> BaseYear:
    scenario = projection.scenario
    return base_year_of(scenario, baseline_of(scenario), projection.draws.drawn, projection.seed)


def _numbers(baseline: Baseline, projection: Projection | None, base: BaseYear | None, language: str) -> None:
    """The table of every number with its filter, beside it the one that was chosen."""
    table = rows(baseline, session.scenario().assumptions, language)
    st.html(f'<h3 class="part">{escape(_word("table_title", language))}</h3>')
    shown = _filtered(table, language)
    left, right = st.columns([63, 37], gap="medium")
    with left, st.container(key="evidence-table"):
        if shown:
            _table(shown, language)
        else:
            _nothing_found(language)
    with right:
        _detail(_chosen(table, shown, language), baseline, projection, base, language)


def _filtered(table: Sequence[Row], language: str) -> list[Row]:
    counts = {mark: sum(row.mark == mark for row in table) for mark in MARKS}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filter"):
        search = st.text_input(
            _word("search", language),
            placeholder=_word("search_hint", language),
            key="evidence-search",
            label_visibility="collapsed",
            persist_state="session",
            width=330,
        )
        marks = st.pills(
            _word("filter_mark", language),
            MARKS,
            selection_mode="multi",
            format_func=lambda mark: _word("mark_count", language, mark=marked(mark, language), count=counts[mark]),
            key="evidence-marks",
            label_visibility="collapsed",
            persist_state="session",
        )
        shown = found(table, marks, search or "")
        whole = len(shown) == len(table)
        said = _word("shown" if whole else "shown_of", language, count=len(shown), all=len(table))
        st.html(f'<p class="shown" role="status">{escape(said)}</p>', width="content")
        st.download_button(
            _word("download", language),
            data=lambda: to_csv(shown, language),
            file_name="frontline-evidence.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    return shown


def _nothing_found(language: str) -> None:
    with st.container(border=True, key="nothing-found"):
        st.text(_word("none_title", language))
        st.caption(_word("none_body", language))
        st.button(_word("clear", language), key="clear-filter", on_click=_clear)


def _clear() -> None:
    st.session_state["evidence-search"], st.session_state["evidence-marks"] = "", []


def _table(shown: Sequence[Row], language: str) -> None:
    ids = [row.id for row in shown]
    anchor = st.session_state.get(ANCHOR, "")
    # A table of its own for every filter and every choice made outside it, so that its mark is never on another row.
    key = f"evidence-rows-{crc32('|'.join([*ids, anchor]).encode())}"
    widths: Mapping[str, int] = {"mark": 88, "label": 205, "value": 165, "unit": 84, "window": 110, "certainty": 110}
    names = {column: _word(f"column_{column}", language) for column in (*widths, "source")}
    st.dataframe(
        frame(shown, language),
        hide_index=True,
        height=min(TABLE_HEIGHT, ROW_HEIGHT * (len(shown) + 1) + 4),
        column_config={names[column]: st.column_config.TextColumn(width=width) for column, width in widths.items()}
        | {names["source"]: st.column_config.TextColumn(width=420)},
        key=key,
        on_select=lambda: _choose_row(key, ids),
        selection_mode="single-row",
        selection_default={"selection": {"rows": [ids.index(anchor)]}} if anchor in ids else None,
        alt=_word("table_alt", language),
    )


def _choose_row(key: str, ids: Sequence[str]) -> None:
    if chosen := st.session_state[key]["selection"]["rows"]:
        st.session_state[CHOSEN] = ids[chosen[0]]


def _chosen(table: Sequence[Row], shown: Sequence[Row], language: str) -> Row:
    """The number to show in detail, chosen in the table or here; one that the filter hides stays until another is
    chosen."""
    by_id = {row.id: row for row in table}
    first = (shown or table)[0].id
    chosen = st.session_state.get(CHOSEN, first)
    chosen = chosen if chosen in by_id else first
    options = [row.id for row in shown]
    options = options if chosen in options else [chosen, *options]
    key = session.widget_key("evidence-choose", chosen)
    st.selectbox(
        _word("choose", language),
        options,
        options.index(chosen),
        format_func=lambda id: _word(
            "mark_count", language, mark=marked(by_id[id].mark, language), count=by_id[id].label
        ),
        key=key,
        on_change=_choose,
        args=(key,),
    )
    return by_id[chosen]


def _choose(key: str) -> None:
    if chosen := session.reported(key):
        st.session_state[CHOSEN] = st.session_state[ANCHOR] = chosen


def _detail(row: Row, baseline: Baseline, projection: Projection | None, base: BaseYear | None, language: str) -> None:
    kind, id = row.id.split(".", 1)
    assumption = baseline.assumptions[id] if kind == "assumption" else None
    facts = [fact for fact in (row.window, row.certainty, row.use) if fact]
    parts = [
        f'<p class="mark {row.mark}">{escape(marked(row.mark, language))}'
        f"<small>{escape(_word(f'means_{row.mark}', language))}</small></p>",
        f"<h3>{escape(row.label)}</h3>",
        f'<p class="figure"><b>{escape(row.value)}</b> <i>{escape(row.unit)}</i></p>',
        f'<p class="facts">{escape(" · ".join(facts))}</p>' if facts else "",
        _source(row, id, baseline, language),
    ]
    if assumption and base and projection.scenario.assumptions == session.scenario().assumptions:
        parts.append(_in_the_draws(assumption, projection, base, language))
    if places := method.places(id, language):
        parts.append(f"<h4>{escape(_word('method_named', language))}</h4><p>{places}</p>")
    st.html(f'<article class="detail">{"".join(parts)}</article>')
    if assumption:
        assume.change_form(assumption, language)


def _source(row: Row, id: str, baseline: Baseline, language: str) -> str:
    """The report's sentence as a quotation; the reason of an assumption, the formula of a derived figure, else the
    source."""
    if row.mark == "reported":
        note = f"<small>{escape(_word('quote_note', language))}</small>" if language != "zh" else ""
        return (
            f"<h4>{escape(_word('quote', language))} {note}</h4>"
            f'<blockquote lang="zh">{escape(quotation(baseline.report[id], baseline))}</blockquote>'
            f"<p>{escape(baseline.source[language])}</p>"
        )
    head = {"assumed": "basis", "derived": "formula"}.get(row.mark, "source")
    note = f'<p class="facts">{escape(_word("derived_source", language))}</p>' if row.id.startswith("derived.") else ""
    return f"<h4>{escape(_word(head, language))}</h4><p>{escape(row.source)}</p>{note}"


def _in_the_draws(one: Assumption, projection: Projection, base: BaseYear, language: str) -> str:
    """What the base year leaves of a range, and the results that lean on it if it is drawn."""
    kept = kept_values(base, one.id)
    low, high = rounded(kept.p10, one.unit), rounded(kept.p90, one.unit)
    said = _word("kept_same", language, value=low) if low == high else text("plan.span", language, low=low, high=high)
    kept_said = f"<h4>{escape(_word('kept_range', language))}</h4><p>{escape(said)}</p>"
    if one.closed:
        return kept_said
    leaning = [
        text(MEASURE_WORDS.get(measure.id, f"terms.measure_{measure.id}"), language)
        for measure in projection.measures.values()
        if one.id in [id for id, _ in measure.rests_on[:MOST_LEANING]]
    ]
    results = text("plan.list_comma", language).join(leaning) or _word("leans_none", language)
    return f"{kept_said}<h4>{escape(_word('leans', language))}</h4><p>{escape(results)}</p>"


def _limits(language: str) -> None:
    said = "".join(f"<li>{escape(_word(f'limit_{one}', language))}</li>" for one in LIMITS)
    st.html(f'<h3 class="part">{escape(_word("limits_title", language))}</h3><ul class="limits">{said}</ul>')

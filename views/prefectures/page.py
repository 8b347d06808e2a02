"""The prefectures page (市州): a map of squares, one prefecture in detail, all of them as a table."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from model import Projection, TooFewDraws
from model.evidence.baseline import Baseline
from model.outputs.phrasing.numbers import change_unit, unit_word
from model.outputs.prefectures import prefecture_table, tile_map
from model.outputs.prefectures.prefecture_card import Card, Line, card, people_by_pool
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.scenario import in_language
from views.prefectures.inspection_plan import inspection_plan
from views.prefectures.spread import spread
from views.prefectures.staff_list import problems, staff_list
from views.shell.files.notices import notices
from views.shell.refused import refused
from views.shell.session import session
from views.shell.session.styles import PAGE, put_on
from views.shell.toolbar import header

STYLE = Path(__file__).with_name("prefectures.css")
CHOSEN = "prefecture"
MEASURE, KIND = "map-measure", "map-kind"
ROW_PIXELS = 34
MOST_TABLE_PIXELS = 34 * 15 + 3
PIXELS = {"prefecture": 92, "bottleneck": 150, "missing": 560}
"""Columns of words, by what stands in them; the others are as wide as their heading."""
WIDE_PIXELS, NARROW_PIXELS, PADDING_PIXELS = 13, 7, 22


def _word(key: str, language: str, **values: object) -> str:
    return text(f"prefectures.{key}", language, **values)


def prefectures() -> None:
    put_on(PAGE, STYLE)
    header()
    notices()
    baseline, language = session.baseline(), session.language()
    problems(baseline, language)
    with st.sidebar:
        spread(baseline, language)
        staff_list(baseline, language)
    projection, current = _projection(baseline, language)
    if projection is None:
        st.html(f'<div class="working">{escape(_word("nothing_yet", language))}</div>')
        return
    picture()
    _table(projection, current, language)
    inspection_plan(current)


def _projection(baseline: Baseline, language: str) -> tuple[Projection | None, bool]:
    """The current projection; where its assumptions are refused the last one (or none), under the reason and a way
    back. Whether it is the current one."""
    notice = st.empty()
    if "shown" not in st.session_state:
        notice.html(f'<div class="working" role="status">{escape(text("plan.working", language))}</div>')
    try:
        st.session_state.shown = session.projection()
        notice.empty()
        return st.session_state.shown, True
    except TooFewDraws as why:
        notice.empty()
        refused(why, baseline, language)
        if "shown" in st.session_state:
            st.caption(_word("still_shown", language))
    return st.session_state.get("shown"), False


@st.fragment(key="prefecture-map")
def picture() -> None:
    """What is shown, the map, and the prefecture that was chosen on it."""
    projection, language = st.session_state.shown, session.language()
    baseline = baseline_of(projection.scenario)
    measure, kind = _choice(projection, language)
    drawn = tile_map.tile_map(projection, baseline, measure, kind, language, session.theme())
    chosen = _chosen(drawn)
    left, right = st.columns([12, 13], gap="medium")
    with left:
        _map(drawn, chosen, measure, kind, projection, language)
    with right:
        people = people_by_pool(projection.scenario, baseline)
        st.html(_card(card(projection, people, baseline, chosen, language), bool(projection.scenario.levers), language))


def _choice(projection: Projection, language: str) -> tuple[str, str]:
    """The measure and whether its value or its change is shown; without a decision there is no change to show."""
    decided = bool(projection.scenario.levers)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="map-choice"):
        measure = st.segmented_control(
            _word("measure", language),
            tile_map.SHOWN,
            default="visits",
            required=True,
            key=MEASURE,
            format_func=lambda id: _word(f"short_{id}", language),
            label_visibility="collapsed",
            persist_state="session",
        )
        value = "kind_value" if decided else "kind_value_base"
        words = {tile_map.VALUE: _word(value, language), tile_map.CHANGE: _word("kind_change", language)}
        kind = st.segmented_control(
            _word("kind", language),
            tile_map.KINDS,
            default=tile_map.VALUE,
            required=True,
            key=KIND,
            format_func=words.get,
            label_visibility="collapsed",
            disabled=not decided,
            help=None if decided else _word("kind_help", language),
            persist_state="session",
        )
    return measure, kind if decided else tile_map.VALUE


def _chosen(drawn: tile_map.TileMap) -> str:
    """The prefecture chosen last; before that the one whose value stands out: the first with work left undone."""
    ids = [tile.prefecture for tile in drawn.tiles]
    chosen = st.session_state.get(CHOSEN)
    if chosen in ids:
        return chosen
    return next((tile.prefecture for tile in drawn.tiles if tile.undone), ids[0])


def _map(drawn: tile_map.TileMap, chosen: str, measure: str, kind: str, projection: Projection, language: str) -> None:
    unit = projection.measures[measure].unit
    said = change_unit(unit, language) if kind == tile_map.CHANGE else unit_word(unit, language)
    head = _word(
        "map_head_change" if kind == tile_map.CHANGE else "map_head",
        language,
        measure=text(f"terms.measure_{measure}", language),
        unit=said or "%",
    )
    spoken = f'<p class="spoken">{escape(_word("map_alt", language, count=len(drawn.tiles)))}</p>'
    st.html(f'<h3 class="map-head">{escape(head)}</h3>{spoken}{_legend(drawn, language)}{_colours(drawn, chosen)}')
    with st.container(key="tiles"):
        for tile in drawn.tiles:
            undone = f" {tile_map.UNDONE}" if tile.undone else ""
            st.button(
                f"**{tile.name}{undone}** {tile.written} *{tile.unit}*"
                if tile.unit
                else f"**{tile.name}{undone}** {tile.written}",
                key=f"tile-{tile.prefecture}",
                width="stretch",
                on_click=_choose,
                args=(tile.prefecture,),
            )
    st.caption(_word("map_note", language))


def _choose(id: str) -> None:
    st.session_state[CHOSEN] = id


def _legend(drawn: tile_map.TileMap, language: str) -> str:
    keys = "".join(
        f'<li><i style="background:{key.colour}"></i>{escape(key.caption)}</li>' for key in drawn.legend if key.caption
    )
    undone = any(tile.undone for tile in drawn.tiles)
    mark = f"<li>{tile_map.UNDONE} {escape(_word('legend_undone', language))}</li>" if undone else ""
    return f'<ul class="map-legend">{keys}{mark}</ul>'


def _colours(drawn: tile_map.TileMap, chosen: str) -> str:
    """Place and colours of the tiles; the chosen one is framed."""
    rules = "".join(
        f".st-key-tile-{tile.prefecture}{{grid-area:{tile.row + 1}/{tile.column + 1}}}"
        f".st-key-tile-{tile.prefecture} button{{background:{tile.colour} !important;color:{tile.ink} !important}}"
        for tile in drawn.tiles
    )
    return (
        f"<style>.st-key-tiles{{grid-template-columns:repeat({drawn.columns},minmax(0,1fr))}}{rules}"
        f".st-key-tile-{chosen} button{{outline:3px solid currentColor !important;outline-offset:-5px}}</style>"
    )


def _card(about: Card, decided: bool, language: str) -> str:
    columns = ["figure", "base", *(["plan", "change"] if decided else []), "band"]
    head = "".join(f'<th scope="col">{escape(_word(f"card_{column}", language))}</th>' for column in columns)
    rows = "".join(_row(line, decided) for line in about.lines)
    binds = _paragraphs(about.binds)
    missing = _paragraphs(about.missing or (_word("missing_none", language),))
    return (
        f'<article class="place" aria-live="polite"><h3>{escape(about.title)}</h3>'
        f'<p class="about">{escape(about.about)}</p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"<dl><dt>{escape(_word('card_binds', language))}</dt><dd>{binds}</dd>"
        f"<dt>{escape(_word('card_missing', language))}</dt>"
        f'<dd class="{"short" if about.missing else ""}">{missing}</dd></dl></article>'
    )


def _paragraphs(said: Iterable[str]) -> str:
    return "".join(f"<p>{escape(one)}</p>" for one in said)


def _row(line: Line, decided: bool) -> str:
    unit = f" <i>{escape(line.unit)}</i>" if line.unit else ""
    cells = [("base", line.base), *([("plan", line.plan), ("change", line.change)] if decided else [])]
    written = "".join(f'<td class="{name}">{escape(cell)}</td>' for name, cell in [*cells, ("band", line.band)])
    part = ' class="part"' if line.part else ""
    return f'<tr{part}><th scope="row">{escape(line.label)}{unit}</th>{written}</tr>'


def _table(projection: Projection, current: bool, language: str) -> None:
    baseline = baseline_of(projection.scenario)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        title, hint = _word("table_title", language), _word("table_hint", language)
        st.html(f'<h3 class="map-head">{escape(title)} <small>{escape(hint)}</small></h3>', width="content")
        name = in_language(session.scenario().name, language) or text(
            "plan.untitled" if projection.scenario.levers else "plan.base_year", language
        )
        st.download_button(
            _word("download", language),
            data=partial(prefecture_table.to_csv, projection, baseline, name, date.today().isoformat(), language),
            file_name="frontline-prefectures.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            disabled=not current,
        )
    table = prefecture_table.frame(projection, baseline, language)
    st.dataframe(
        table,
        hide_index=True,
        row_height=ROW_PIXELS,
        height=min(ROW_PIXELS * (len(table) + 1) + 3, MOST_TABLE_PIXELS),
        column_config={column: _column(column, language) for column in table.columns},
        key="prefecture-table",
        alt=_word("table_alt", language),
    )


def _column(column: str, language: str):
    head = prefecture_table.heading(column, language)
    decimals = prefecture_table.decimals(column)
    width = PIXELS.get(column) or PADDING_PIXELS + sum(NARROW_PIXELS if c.isascii() else WIDE_PIXELS for c in head)
    if decimals is None:
        return st.column_config.TextColumn(head, width=width, pinned=column == "prefecture")
    signed = column.endswith("_change")
    plain = "localized" if decimals == 0 else f"%.{decimals}f"
    return st.column_config.NumberColumn(head, width=width, format=f"%+.{decimals}f" if signed else plain)

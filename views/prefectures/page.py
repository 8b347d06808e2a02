"""The Prefectures page (市州): a map of squares, one prefecture in detail, all of them as a table."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from model import Projection
from model.evidence.baseline import Baseline
from model.outputs.package.file_name import named
from model.outputs.phrasing.markup import Markup, element
from model.outputs.phrasing.numbers import change_unit, unit_word
from model.outputs.phrasing.sentences import plan_name, with_limits
from model.outputs.prefectures import prefecture_table, tile_map
from model.outputs.prefectures.prefecture_card import card, people_by_pool
from model.outputs.words import text
from model.projection.base_year import baseline_of
from views.prefectures.arrows import arrows, tier_flows
from views.prefectures.inspection_plan import inspection_plan
from views.prefectures.prefecture_card import card_element
from views.prefectures.spread import spread
from views.prefectures.staff_list import problems, staff_list
from views.shell.files.notices import notices
from views.shell.page import styles
from views.shell.page.downloads import download
from views.shell.refusal import latest_projection
from views.shell.session import session
from views.shell.toolbar import header

STYLE = Path(__file__).with_name("prefectures.css")
CHOSEN, MEASURE, KIND = "prefecture", "map-measure", "map-kind"
"""Keys of the session: the prefecture in detail, and what the map shows of which measure."""
ROW_PIXELS = 34
MOST_TABLE_PIXELS = 34 * 15 + 3
PIXELS = {"prefecture": 96, "band": 145, "bottleneck": 215, "change": 118, "staff_change": 112}
NUMBER_PIXELS = 84
"""Widths of the columns, of the numbers that are not among the first."""


def _word(key: str, language: str, **values: object) -> str:
    return text(f"prefectures.{key}", language, **values)


def prefectures() -> None:
    styles.apply(STYLE)
    header()
    notices()
    baseline, language = session.baseline(), session.language()
    problems(baseline, language)
    with st.sidebar:
        spread(baseline, language)
        staff_list(baseline, language)
    projection, is_current = latest_projection(session.scenario(), text("plan.still_shown", language))
    if projection is None:
        st.html(element("div", _word("nothing_yet", language), class_="working"))
        return
    _pictures(is_current)
    inspection_plan(is_current)


@st.fragment(key="prefecture-map")
def _pictures(is_current: bool) -> None:
    """What the map shows, the map, the prefecture chosen on it, and all in a table of the same measure."""
    projection, language = st.session_state.last_projection, session.language()
    baseline = baseline_of(projection.scenario)
    measure, kind = _choice(projection, language)
    tiles = tile_map.tile_map(projection, baseline, measure, kind, language, session.theme())
    chosen = _chosen(tiles)
    left, right = st.columns([12, 13], gap="medium")
    with left:
        _map(tiles, chosen, measure, kind, projection, language)
    with right:
        people = people_by_pool(projection.scenario, baseline)
        about = card(projection, people, baseline, chosen, language)
        st.html(card_element(about, bool(projection.scenario.levers), language))
    _table(projection, baseline, measure, is_current, language)


def _choice(projection: Projection, language: str) -> tuple[str, str]:
    """The measure, and whether the map shows its value or, after a decision, its change."""
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
            format_func=words.__getitem__,
            label_visibility="collapsed",
            disabled=not decided,
            help=None if decided else _word("kind_help", language),
            persist_state="session",
        )
    return measure, kind if decided else tile_map.VALUE


def _chosen(tiles: tile_map.TileMap) -> str:
    """The prefecture last chosen; before a choice the first with work undone."""
    ids = [tile.prefecture for tile in tiles.tiles]
    chosen = st.session_state.get(CHOSEN)
    if chosen in ids:
        return chosen
    return next((tile.prefecture for tile in tiles.tiles if tile.undone), ids[0])


def _map(tiles: tile_map.TileMap, chosen: str, measure: str, kind: str, projection: Projection, language: str) -> None:
    unit = projection.measures[measure].unit
    unit_of_map = change_unit(unit, language) if kind == tile_map.CHANGE else unit_word(unit, language)
    title = _word(
        "map_head_change" if kind == tile_map.CHANGE else "map_head",
        language,
        measure=text(f"terms.measure_{measure}", language),
        unit=prefecture_table.unit_by_limits(unit_of_map or "%", measure, projection.scenario, language),
    )
    heading = element("h3", title, class_="map-head")
    spoken = element("p", _word("map_alt", language, count=len(tiles.tiles)), class_="spoken")
    st.html(heading + spoken + _legend(tiles, language) + _colours(tiles, chosen))
    baseline = baseline_of(projection.scenario)
    flights = arrows(projection.scenario, baseline, language)
    with st.container(key="tiles"):
        for tile in tiles.tiles:
            undone = f" {tile_map.UNDONE}" if tile.undone else ""
            unit = f" *{tile.unit}*" if tile.unit else ""
            st.button(
                f"**{tile.name}{undone}** {tile.written}{unit}",
                key=f"tile-{tile.prefecture}",
                width="stretch",
                on_click=_choose,
                args=(tile.prefecture,),
            )
        if flights:
            st.html(flights)
    if moved := tier_flows(projection.scenario, baseline, language):
        st.html(element("p", element("b", _word("flows", language)), moved, class_="tier-flows"))
    if flights:
        st.caption(_word("arrows_note", language))
    where = "tiles" if all(p.tile for p in baseline.prefectures) else "list"
    st.caption(_word("map_note", language, squares=_word(f"map_squares_{where}", language)))
    if note := prefecture_table.average_note(projection, language):
        st.caption(note)


def _choose(id: str) -> None:
    st.session_state[CHOSEN] = id


def _legend(tiles: tile_map.TileMap, language: str) -> Markup:
    keys = [
        element("li", element("i", style=f"background:{key.colour}"), key.caption)
        for key in tiles.legend
        if key.caption
    ]
    if any(tile.undone for tile in tiles.tiles):
        keys.append(element("li", f"{tile_map.UNDONE} {_word('legend_undone', language)}"))
    return element("ul", *keys, class_="map-legend")


def _colours(tiles: tile_map.TileMap, chosen: str) -> Markup:
    """The style sheet of the map: places and colours of the tiles, and a frame around the chosen one."""
    rules = "".join(
        f".st-key-tile-{tile.prefecture}{{grid-area:{tile.row + 1}/{tile.column + 1}}}"
        f".st-key-tile-{tile.prefecture} button{{background:{tile.colour} !important;color:{tile.ink} !important}}"
        for tile in tiles.tiles
    )
    grid = f".st-key-tiles{{grid-template-columns:repeat({tiles.columns},minmax(0,1fr))}}"
    frame = f".st-key-tile-{chosen} button{{outline:3px solid currentColor !important;outline-offset:-5px}}"
    return element("style", Markup(f"{grid}{rules}{frame}"))


def _table(projection: Projection, baseline: Baseline, measure: str, is_current: bool, language: str) -> None:
    """The measure for all prefectures; the file beside it has all measures."""
    shown, unit = text(f"terms.measure_{measure}", language), unit_word(projection.measures[measure].unit, language)
    shown = _word("heading_unit", language, name=shown, unit=unit) if unit else shown
    shown = with_limits(shown, measure, projection.scenario, language)
    table = prefecture_table.of_measure(projection, baseline, measure, language)
    written = prefecture_table.writers(measure, language)
    with st.container(key="all-prefectures"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
            title, hint = _word("table_title", language, measure=shown), element("small", _word("table_hint", language))
            st.html(element("h3", f"{title} ", hint, class_="map-head"), width="content")
            name = plan_name(session.scenario(), language)
            to_csv = partial(prefecture_table.to_csv, projection, baseline, name, date.today(), language)
            download(
                _word("download", language),
                named("prefectures", language, "csv"),
                to_csv,
                "prefectures-download",
                disabled=not is_current,
            )
        st.dataframe(
            table.style.format({column: write for column, write in written.items() if column in table}),
            hide_index=True,
            row_height=ROW_PIXELS,
            height=min(ROW_PIXELS * (len(table) + 1) + 3, MOST_TABLE_PIXELS),
            column_config={column: _column(column, column in written, language) for column in table.columns},
            key=f"prefecture-table-{measure}",
            alt=_word("table_alt", language, measure=shown),
        )


def _column(column: str, is_number: bool, language: str) -> Any:
    """How a column of the table is shown: its heading and width."""
    head = prefecture_table.heading_of_measure(column, language)
    if is_number:
        return st.column_config.NumberColumn(head, width=PIXELS.get(column, NUMBER_PIXELS))
    return st.column_config.TextColumn(head, width=PIXELS[column], pinned=column == "prefecture")

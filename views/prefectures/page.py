"""The Prefectures page (市州): a map of squares, one prefecture in detail, all of them as a table."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from model import Projection
from model.outputs.package.file_name import named
from model.outputs.phrasing.markup import Markup, element
from model.outputs.phrasing.numbers import change_unit, unit_word
from model.outputs.phrasing.sentences import plan_name
from model.outputs.prefectures import prefecture_table, tile_map
from model.outputs.prefectures.prefecture_card import card, people_by_pool
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.scenario import Scenario
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
PIXELS = {"prefecture": 92, "bottleneck": 150, "missing": 560}
"""Widths of the columns of words; the others are as wide as their headings."""
WIDE_PIXELS, NARROW_PIXELS, PADDING_PIXELS = 13, 7, 22


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
    picture()
    _table(projection, is_current, language)
    inspection_plan(is_current)


@st.fragment(key="prefecture-map")
def picture() -> None:
    """What the map shows, the map, and the prefecture chosen on it."""
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


def _table(projection: Projection, is_current: bool, language: str) -> None:
    baseline = baseline_of(projection.scenario)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        hint = element("small", _word("table_hint", language))
        st.html(element("h3", f"{_word('table_title', language)} ", hint, class_="map-head"), width="content")
        name = plan_name(session.scenario(), language)
        to_csv = partial(prefecture_table.to_csv, projection, baseline, name, date.today(), language)
        download(
            _word("download", language),
            named("prefectures", language, "csv"),
            to_csv,
            "prefectures-download",
            disabled=not is_current,
        )
    table = prefecture_table.frame(projection, baseline, language)
    with st.container(key="all-prefectures"):
        st.dataframe(
            table.style.format(
                {column: write for column, write in prefecture_table.CHANGES.items() if column in table}
            ),
            hide_index=True,
            row_height=ROW_PIXELS,
            height=min(ROW_PIXELS * (len(table) + 1) + 3, MOST_TABLE_PIXELS),
            column_config={column: _column(column, projection.scenario, language) for column in table.columns},
            key="prefecture-table",
            alt=_word("table_alt", language),
        )


def _column(column: str, scenario: Scenario, language: str) -> Any:
    """How a column of the table is shown: its heading, width and numbers."""
    head = prefecture_table.heading(column, language, scenario)
    decimals = prefecture_table.decimals(column)
    width = PIXELS.get(column) or PADDING_PIXELS + sum(NARROW_PIXELS if c.isascii() else WIDE_PIXELS for c in head)
    if decimals is None:
        return st.column_config.TextColumn(head, width=width, pinned=column == "prefecture")
    if column in prefecture_table.CHANGES:
        return st.column_config.NumberColumn(head, width=width)
    return st.column_config.NumberColumn(head, width=width, format="localized" if decimals == 0 else f"%.{decimals}f")

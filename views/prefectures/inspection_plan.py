"""The yearly inspection plan on the Prefectures page: folded away, and made only when it is opened."""

from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from model.failures.libraries import WORKBOOK
from model.outputs.charts import inspection_chart
from model.outputs.handout.handout import Handout
from model.outputs.inspections.inspection_tables import (
    Column,
    Table,
    explanations,
    inspection_tables,
    inspections_in_words,
)
from model.outputs.package import package
from model.outputs.phrasing.text_table import width
from model.outputs.words import text
from model.projection.base_year import baseline_of
from views.shell.export import one_group
from views.shell.page.downloads import download
from views.shell.session import session

ROW_PIXELS = 30
MOST_ROWS = 17
LETTER_PIXELS, PADDING_PIXELS, LEAST_PIXELS = 7, 20, 58
NAME_PIXELS = 104
TABLE = "inspection-table"
"""Key of the session: the table on screen."""


def _word(key: str, language: str, **values: object) -> str:
    return text(f"inspection.{key}", language, **values)


@st.fragment(key="inspection-plan")
def inspection_plan(is_current: bool) -> None:
    """The inspection plan of the projection on screen, to save if that is the current scenario's."""
    language = session.language()
    box = st.expander(_word("open", language), key="inspections", on_change="rerun", icon=":material/calendar_month:")
    with box:
        if box.open:
            with st.spinner(_word("working", language)):
                handout = _handout(language)
                tables = {table.id: table for table in inspection_tables(handout)}
            _content(handout, tables, is_current, language)


def _handout(language: str) -> Handout:
    """The handout of the projection on screen; the last one if it still holds."""
    state = st.session_state
    handout: Handout | None = state.get("handout")
    if handout is None or handout.projection is not state.last_projection or handout.language != language:
        handout = state.handout = Handout(
            state.last_projection, baseline_of(state.last_projection.scenario), date.today(), language
        )
    return handout


def _content(handout: Handout, tables: dict[str, Table], is_current: bool, language: str) -> None:
    st.text(inspections_in_words(handout))
    st.caption(f"**{_word('chart_title', language)}**")
    st.vega_lite_chart(
        inspection_chart.data(handout.inspections, language),
        inspection_chart.spec(language, session.theme()),
        key="inspection-chart",
        alt=_word("chart_alt", language),
    )
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        chosen = st.segmented_control(
            _word("choose", language),
            list(tables),
            default="prefectures",
            required=True,
            key=TABLE,
            format_func=lambda id: tables[id].title,
            label_visibility="collapsed",
            persist_state="session",
        )
        name, _ = package.name_alone("inspections", language)
        data, label = partial(one_group, "inspections", session.download_inputs()), _word("download", language)
        download(label, name, data, "inspection-download", needs=WORKBOOK, disabled=not is_current)
    _table(tables[chosen], language)
    for explanation in explanations(language):
        st.caption(explanation)


def _table(table: Table, language: str) -> None:
    columns = {str(k): column for k, column in enumerate(table.columns)}
    rows = [[None if cell == "" else cell for cell in row] for row in (*table.rows, table.total)]
    st.dataframe(
        pd.DataFrame(rows, columns=list(columns)),
        hide_index=True,
        row_height=ROW_PIXELS,
        height=ROW_PIXELS * min(len(rows) + 1, MOST_ROWS) + 3,
        column_config={key: _column(column) for key, column in columns.items()},
        key=f"inspection-{table.id}",
        alt=_word("table_alt", language, table=table.title),
    )
    st.caption(table.note)


def _column(column: Column) -> Any:
    """How a column of a table is shown: its heading, width and numbers."""
    if column.decimals is None:
        return st.column_config.TextColumn(column.head, width=NAME_PIXELS, pinned=True)
    pixels = max(width(column.head) * LETTER_PIXELS + PADDING_PIXELS, LEAST_PIXELS)
    pattern = f"%.{column.decimals}f" if column.decimals else "localized"
    return st.column_config.NumberColumn(column.head, width=pixels, format=pattern)

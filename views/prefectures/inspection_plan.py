"""The yearly inspection plan on the prefectures page: folded away, and laid out only when it is opened."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from model.outputs.charts import inspection_chart
from model.outputs.handout.handout import Handout
from model.outputs.inspections.inspection_tables import Column, Table, explanations, in_a_sentence, inspection_tables
from model.outputs.inspections.inspection_workbook import inspection_plan_xlsx
from model.outputs.phrasing.text_table import width
from model.outputs.words import text
from model.projection.base_year import baseline_of
from views.shell.session import session

ROW_PIXELS = 30
MOST_ROWS = 17
LETTER_PIXELS, PADDING_PIXELS, LEAST_PIXELS = 7, 20, 58
NAME_PIXELS = 104
SHOWN = "inspection-table"


def _word(key: str, language: str, **values: object) -> str:
    return text(f"inspection.{key}", language, **values)


@st.fragment(key="inspection-plan")
def inspection_plan(current: bool) -> None:
    """The folded plan of the projection shown; `current` says whether that is the scenario's, which alone can be taken
    away."""
    language = session.language()
    folded = st.expander(
        _word("open", language), key="inspections", on_change="rerun", icon=":material/calendar_month:"
    )
    with folded:
        if folded.open:
            with st.spinner(_word("working", language)):
                handout = _handout(language)
                tables = {table.id: table for table in inspection_tables(handout)}
            _opened(handout, tables, current, language)


def _handout(language: str) -> Handout:
    """The handout of the projection shown; the one before, where it is still right."""
    state = st.session_state
    kept: Handout | None = state.get("handout")
    if kept is None or kept.projection is not state.shown or kept.language != language:
        kept = state.handout = Handout(state.shown, baseline_of(state.shown.scenario), date.today(), language)
    return kept


def _opened(handout: Handout, tables: dict[str, Table], current: bool, language: str) -> None:
    st.text(in_a_sentence(handout))
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
            key=SHOWN,
            format_func=lambda id: tables[id].title,
            label_visibility="collapsed",
            persist_state="session",
        )
        st.download_button(
            _word("download", language),
            data=partial(inspection_plan_xlsx, handout),
            file_name="frontline-inspection-plan.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
            disabled=not current,
            key="inspection-download",
        )
    _table(tables[chosen], language)
    for said in explanations(language):
        st.caption(said)


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


def _column(column: Column):
    if column.decimals is None:
        return st.column_config.TextColumn(column.head, width=NAME_PIXELS, pinned=True)
    pixels = max(width(column.head) * LETTER_PIXELS + PADDING_PIXELS, LEAST_PIXELS)
    return st.column_config.NumberColumn(
        column.head, width=pixels, format=f"%.{column.decimals}f" if column.decimals else "localized"
    )

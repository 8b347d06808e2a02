"""Where people go: over the prefectures of a tier by bodies, by need, or by a table edited in place."""

from collections.abc import Mapping
from html import escape
from zlib import crc32

import streamlit as st

from model.evidence.baseline import Baseline
from model.files.scenario_file import MOST_WEIGHT
from model.force.staff import open_change
from model.outputs.phrasing.numbers import setting
from model.outputs.prefectures import spread_table
from model.outputs.prefectures.prefecture_table import heading
from model.outputs.words import text
from model.scenario.levers import Value, levers
from model.scenario.settings import settings
from views.shell.session import session

LEVER = "staff.spread"
TABLE = "table"
OPENED = "spread-opened"
"""The session's note that the table is open although the scenario does not use one yet."""
WRONG = "spread-wrong"
ROW_PIXELS = 30


def _word(key: str, language: str, **values: object) -> str:
    return text(f"prefectures.{key}", language, **values)


def spread(baseline: Baseline, language: str) -> None:
    lever = levers(baseline)[LEVER]
    now = session.scenario().levers.get(LEVER, lever.base)
    in_use = isinstance(now, Mapping)
    shown = TABLE if in_use or st.session_state.get(OPENED) else now
    key = session.widget_key("where-people-go", shown)
    st.segmented_control(
        _word("spread", language),
        [*lever.choices, TABLE],
        default=shown,
        required=True,
        key=key,
        help=_word("spread_help", language),
        format_func=lambda choice: text(f"plan.choice_staff_spread_{choice}", language),
        width="stretch",
        on_change=_choose,
        args=(key,),
    )
    if not any(open_change(settings(session.scenario().levers, baseline))):
        st.caption(_word("spread_idle", language))
    if shown == TABLE:
        _table(now, setting(lever, now, language), baseline, language)


def _choose(key: str) -> None:
    choice = session.reported(key)
    st.session_state.pop(WRONG, None)
    st.session_state[OPENED] = choice == TABLE
    if choice and choice != TABLE:
        session.decide({LEVER: choice})


def _table(now: Value, worded: str, baseline: Baseline, language: str) -> None:
    table = spread_table.frame(now, baseline, language)
    # A table of its own for every set of weights: edits of the last one must not be laid over it.
    key = f"weights-{crc32(repr((baseline.id, now)).encode())}"
    edited = st.data_editor(
        table,
        hide_index=True,
        row_height=ROW_PIXELS,
        height=ROW_PIXELS * (len(table) + 1) + 2 if len(table) <= 14 else 420,
        disabled=["prefecture", "need"],
        num_rows="fixed",
        column_config={
            "prefecture": st.column_config.TextColumn(heading("prefecture", language), width=86),
            "weight": st.column_config.NumberColumn(
                _word("column_weight", language), min_value=0, max_value=MOST_WEIGHT, format="%g", width=72
            ),
            "need": st.column_config.NumberColumn(heading("need", language), format="%.1f", width=72),
        },
        key=key,
        alt=_word("weights_label", language),
    )
    changed = list(edited["weight"]) != list(table["weight"])
    in_use = isinstance(now, Mapping)
    if st.button(
        _word("weights_apply", language),
        type="primary" if changed or not in_use else "secondary",
        key="weights-apply",
        disabled=in_use and not changed,
        width="stretch",
    ):
        _apply(list(edited["weight"]), baseline, language)
    if wrong := st.session_state.get(WRONG):
        said = "".join(f"<p>{escape(one)}</p>" for one in (_word("weights_wrong", language), *wrong))
        st.html(f'<div class="wrong" role="alert">{said}</div>')
    else:
        state = "weights_pending" if in_use and changed else "weights_applied" if in_use else "weights_unused"
        st.caption(_word(state, language, choice=worded))
    st.caption(_word("weights_note", language))


def _apply(weights: list[float | None], baseline: Baseline, language: str) -> None:
    chosen, problems = spread_table.read(weights, baseline, language)
    if chosen is None:
        st.session_state[WRONG] = problems
        return
    st.session_state.pop(WRONG, None)
    st.session_state[OPENED] = False
    session.decide({LEVER: chosen})
    st.rerun()

"""Where people go within a tier: by bodies, by need, or by a table of weights edited in place."""

from collections.abc import Mapping
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
from views.shell.page import blocks, widgets
from views.shell.session import session

LEVER = "staff.spread"
TABLE = "table"
OPENED, ERRORS = "spread-opened", "spread-errors"
"""Keys of the session: whether the table is open before the scenario uses one, and what is wrong with its weights."""
ROW_PIXELS = 30
ALL_SHOWN, MOST_PIXELS = 14, 420


def _word(key: str, language: str, **values: object) -> str:
    return text(f"prefectures.{key}", language, **values)


def spread(baseline: Baseline, language: str) -> None:
    """The choice, and the table if it is chosen."""
    lever = levers(baseline)[LEVER]
    now = session.scenario().levers.get(LEVER, lever.base)
    shown = now if isinstance(now, str) and not st.session_state.get(OPENED) else TABLE
    options = (*lever.choices, TABLE)
    words = {option: text(f"plan.choice_staff_spread_{option}", language) for option in options}
    choice = widgets.Choice("where-people-go", _word("spread", language), words, shown)
    choice.segments(_choose, help=_word("spread_help", language), width="stretch")
    plan = settings(session.scenario().levers, baseline)
    if not any(open_change(plan)):
        st.caption(_word("spread_fixed" if any(plan.staff_moves.values()) else "spread_idle", language))
    if shown == TABLE:
        _table(now, setting(lever, now, language), baseline, language)


def _choose(choice: str | None) -> None:
    st.session_state.pop(ERRORS, None)
    st.session_state[OPENED] = choice == TABLE
    if choice and choice != TABLE:
        session.set_levers({LEVER: choice})


def _table(now: Value, choice: str, baseline: Baseline, language: str) -> None:
    """The weights to edit, a button to apply them, and whether the plan uses them."""
    table = spread_table.frame(now, baseline, language)
    # Every set of weights gets a table of its own, so that edits of the last one are not laid over it.
    key = f"weights-{crc32(repr((baseline.id, now)).encode())}"
    edited = st.data_editor(
        table,
        hide_index=True,
        row_height=ROW_PIXELS,
        height=ROW_PIXELS * (len(table) + 1) + 2 if len(table) <= ALL_SHOWN else MOST_PIXELS,
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
    if errors := st.session_state.get(ERRORS):
        blocks.errors([_word("weights_wrong", language), *errors])
    else:
        state = "weights_pending" if in_use and changed else "weights_applied" if in_use else "weights_unused"
        st.caption(_word(state, language, choice=choice))
    st.caption(_word("weights_note", language))


def _apply(weights: list[float | None], baseline: Baseline, language: str) -> None:
    chosen, problems = spread_table.read(weights, baseline, language)
    if chosen is None:
        st.session_state[ERRORS] = problems
        return
    st.session_state.pop(ERRORS, None)
    st.session_state[OPENED] = False
    session.set_levers({LEVER: chosen})
    st.rerun()

"""The workbook of an own base year as a form on the page: the same sheets, cells and checks."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from model.failures.libraries import SHEETS, WORKBOOK
from model.files.base_years.store import BaseYears, Entry
from model.files.library import Refused
from model.files.tables.form_cells import HEADS_ROW, FormSheet, sheets_of, with_cells
from model.outputs.words import text
from views.base_years import keeping
from views.shell.files.base_year_workbook import workbook
from views.shell.page import blocks, widgets
from views.shell.page.downloads import lacking
from views.shell.session import role, session, signature

SHEET = "base-year-sheet"
"""The key of the session: the sheet on screen."""
FIXED_COLUMNS = 2
"""Columns of a sheet that name its rows."""
ROWS_PIXELS = 420
LONGEST_REASON = 400


def form(entry: Entry, language: str) -> None:
    """The sheets of an own base year, one at a time, to change here and keep with a reason."""
    if entry.ships or entry.problem or lacking((*WORKBOOK, *SHEETS)):
        return
    stamp = BaseYears().stamp(entry.id)
    data, sheets = _workbook(entry.id, stamp, language)
    if not sheets:
        return
    blocks.heading(_word("form_title", language))
    st.caption(_word("form_how", language))
    keeping.notices(at_form=True)
    title = st.session_state.get(SHEET)
    title = title if title in sheets else next(iter(sheets))
    choice = widgets.Choice("base-year-sheets", _word("form_title", language), {one: one for one in sheets}, title)
    choice.segments(_choose, label_visibility="collapsed")
    frame = _frame(sheets[title])
    key = f"base-year-form-{entry.id}-{title}-{stamp}"
    with st.form(f"{key}-form", border=False):
        fixed = list(frame.columns[:FIXED_COLUMNS]) if _has_ids(sheets[title]) else []
        st.data_editor(frame, key=key, disabled=fixed, height=ROWS_PIXELS, width="stretch")
        reason = f"{key}-reason"
        st.text_input(_word("form_reason", language), key=reason, max_chars=LONGEST_REASON)
        asked = (entry.id, title, data, stamp, key, reason)
        st.form_submit_button(
            _word("form_keep", language), type="primary", on_click=_keep, args=asked, **role.lock(language)
        )


@lru_cache(maxsize=8)
def _workbook(id: str, _stamp: str | None, language: str) -> tuple[bytes, dict[str, FormSheet]]:
    """The workbook of one version of a base year, and its sheets by title; none where it is gone."""
    data = workbook(id, language, is_edit=True)
    return (b"", {}) if isinstance(data, Refused) else (data, {sheet.title: sheet for sheet in sheets_of(data)})


def _word(key: str, language: str, **values: object) -> str:
    return text(f"base_year_page.{key}", language, **values)


def _choose(title: str | None) -> None:
    if title:
        st.session_state[SHEET] = title


def _has_ids(sheet: FormSheet) -> bool:
    """Whether the rows are fixed, each under an id."""
    return bool(sheet.rows) and all(row[0] and row[1] for row in sheet.rows)


def _frame(sheet: FormSheet) -> pd.DataFrame:
    """The sheet's texts, with rows and columns named as a spreadsheet names them."""
    columns = [f"{chr(ord('A') + k)} {head}" for k, head in enumerate(sheet.heads)]
    first = HEADS_ROW + 1
    return pd.DataFrame(sheet.rows, columns=columns, index=range(first, first + len(sheet.rows)), dtype=str)


def _keep(id: str, title: str, data: bytes, stamp: str | None, key: str, reason: str) -> None:
    """Write what was changed into the workbook and take it in as an uploaded one."""
    edits: Mapping[int, Mapping[str, Any]] = st.session_state[key]["edited_rows"]
    cells = {
        (HEADS_ROW + 1 + row, ord(column[0]) - ord("A") + 1): str(value or "")
        for row, changed in edits.items()
        for column, value in changed.items()
    }
    store, language = signature.base_years(), session.plain_language()
    if not cells:
        keeping.say_words(_word("form_nothing", language))
        return
    typed = st.session_state[reason].strip()
    files, problems = store.read(with_cells(data, {title: cells}), f"{id}.xlsx", typed)
    if problems:
        keeping.say_problems(f"{id}.xlsx", problems, at_form=True)
        return
    why = typed or _word("form_no_reason", language, sheet=title, count=len(cells))
    keeping.say(store.edit(files, stamp or "", keeping.today(), why), id, at_form=True)

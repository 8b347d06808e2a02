"""The reader's own staff list: a template to take away, a filled one to load, and the way back to the assumed split."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from model.evidence.baseline import Baseline
from model.files.problem import Problem
from model.files.sheets import CellProblem
from model.files.staff_list import read_staff_list
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.problems import sentence as problem_sentence
from model.outputs.prefectures.prefecture_table import heading
from model.outputs.prefectures.staff_list_template import sentence, template_csv, template_xlsx
from model.outputs.words import text
from model.scenario.scenario import Scenario
from views.shell.address.scenario_address import from_link, to_link
from views.shell.session import session

REFUSED = "staff-list-refused"
"""The session's note of the last list that was not taken: the file's name and what is wrong with it."""
UPLOADS = "staff-list-uploads"
"""How many files were uploaded: each gets a box of its own, so that the same name can come again."""

TEMPLATES = (
    ("xlsx", template_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("csv", template_csv, "text/csv"),
)
ALL_SHOWN = 6
PROBLEMS_PIXELS = 190


def _word(key: str, language: str, **values: object) -> str:
    return text(f"prefectures.{key}", language, **values)


def staff_list(baseline: Baseline, language: str) -> None:
    """Where to take the template and give the list back; the list in use, where there is one."""
    st.html(f'<div class="panel-head">{escape(_word("list_title", language))}</div>')
    if session.scenario().staff_list:
        _in_use(session.scenario().staff_list, baseline, language)
    else:
        st.caption(_word("list_why", language))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(f'<span class="template">{escape(_word("list_template", language))}</span>', width="content")
        for kind, template, mime in TEMPLATES:
            st.download_button(
                _word(f"list_template_{kind}", language),
                data=partial(template, baseline, language),
                file_name=f"{_word('list_template_file', language)}.{kind}",
                mime=mime,
                key=f"template-{kind}",
                icon=":material/download:",
                on_click="ignore",
            )
    key = f"staff-list-{st.session_state.get(UPLOADS, 0)}"
    st.file_uploader(_word("list_upload", language), key=key, on_change=_load, args=(key,))


def _in_use(seats: Mapping[tuple[str, str], tuple[int, int]], baseline: Baseline, language: str) -> None:
    people, frontline = (sum(column) for column in zip(*seats.values(), strict=True))
    said = {"people": count(people), "frontline": count(frontline), "pools": count(len(seats))}
    st.html(f'<p class="in-use" role="status">{escape(_word("list_loaded", language, **said))}</p>')
    names = {p.id: p.short[language] for p in baseline.prefectures} | {"": _word("whole_province", language)}
    with st.expander(_word("list_see", language)):
        st.dataframe(
            pd.DataFrame(
                {
                    _word("column_tier", language): text(f"terms.tier_{tier}", language),
                    heading("prefecture", language): names.get(place, place),
                    _word("column_people", language): seat[0],
                    heading("frontline", language): seat[1],
                }
                for (tier, place), seat in seats.items()
            ),
            hide_index=True,
            height=240,
            key="staff-list-rows",
            alt=_word("list_title", language),
        )
    st.button(_word("list_drop", language), icon=":material/undo:", key="staff-list-drop", on_click=_drop)


def _load(key: str) -> None:
    file = st.session_state[key]
    if file is None:
        return
    st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
    found, problems = read_staff_list(file.getvalue(), file.name, session.baseline())
    if found is None:
        st.session_state[REFUSED] = (file.name, problems)
    else:
        _take(session.scenario().with_decisions(staff_list=found), file.name)


def _drop() -> None:
    _take(session.scenario().with_decisions(staff_list={}), "")


def _take(after: Scenario, file: str) -> None:
    """Take the step if the plan's own decisions still fit the split that it brings."""
    _, problems = from_link(to_link(after), session.baseline())
    if problems:
        st.session_state[REFUSED] = (file, [replace(problem, file="", line=None) for problem in problems])
        return
    st.session_state.pop(REFUSED, None)
    session.step(after)


def problems(baseline: Baseline, language: str) -> None:
    """What was wrong with the last list, every cell in plain text, until it is put away."""
    if REFUSED not in st.session_state:
        return
    file, found = st.session_state[REFUSED]
    fits = bool(found) and isinstance(found[0], Problem)
    head = "list_does_not_fit" if fits else "list_refused"
    with st.container(border=True, key="problems-list"):
        st.text(_word(head, language, file=file, count=count(len(found))))
        with st.container(border=False, height=PROBLEMS_PIXELS if len(found) > ALL_SHOWN else "content", gap="xsmall"):
            for problem in found:
                st.text(_said(problem, baseline, language))
        st.button(_word("list_dismiss", language), key="staff-list-dismiss", on_click=_dismiss)


def _said(problem: Problem | CellProblem, baseline: Baseline, language: str) -> str:
    if isinstance(problem, Problem):
        return problem_sentence(problem, language)
    return sentence(replace(problem, file=""), baseline, language) or problem.file


def _dismiss() -> None:
    st.session_state.pop(REFUSED, None)

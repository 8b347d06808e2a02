"""The reader's own staff list: templates, a box for a filled one, and the way back."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from model.evidence.baseline import TIERS, Baseline
from model.failures.libraries import SHEETS
from model.files.problem import Problem
from model.files.tables.sheets import CellProblem
from model.files.tables.staff_list import mid_split, staff_list_reading
from model.force.people import base_people
from model.outputs.package.file_name import named
from model.outputs.phrasing.markup import element
from model.outputs.phrasing.numbers import change, count
from model.outputs.phrasing.problems import sentence as problem_sentence
from model.outputs.prefectures.prefecture_table import heading
from model.outputs.prefectures.staff_list_template import sentence, template_csv, template_xlsx
from model.outputs.words import text
from model.scenario.decisions import StaffList
from model.scenario.levers import Value
from model.scenario.scenario import Scenario
from views.shell.address.scenario_address import problems_of
from views.shell.files.base_year_of_list import kept_from_staff_list
from views.shell.page.blocks import errors, panel_heading, problem_box
from views.shell.page.downloads import download
from views.shell.page.uploads import upload
from views.shell.session import role, session, standing

REFUSED = "staff-list-refused"
"""Key of the session: name and problems of the last list that was refused."""
OTHER = "staff-list-of-another-total"
"""Key of the session: the last list refused, where only its totals differ."""
NOT_KEPT = "staff-list-not-kept"
"""Key of the session: why no base year was made of that list."""
READ_FROM = "staff-list-read-from"
"""Key of the session: the last list that was read, and its file."""
UNTOUCHED = "staff-list-untouched"
"""Key of the session: the file of the last list that was the template as it is; empty where it was not."""
TEMPLATES = {"xlsx": (template_xlsx, SHEETS), "csv": (template_csv, ())}
"""The templates by the ending of their file, each with the libraries that it needs."""


def _word(key: str, language: str, **values: object) -> str:
    return text(f"prefectures.{key}", language, **values)


def staff_list(baseline: Baseline, language: str) -> None:
    """The list in use, if there is one; the templates, and a box for a filled one."""
    panel_heading(_word("list_title", language))
    if session.scenario().staff_list:
        _in_use(session.scenario().staff_list, baseline, language)
    else:
        st.caption(_word("list_why", language))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(element("span", _word("list_template", language), class_="template"), width="content")
        for kind, (template, needs) in TEMPLATES.items():
            label, name = _word(f"list_template_{kind}", language), named("staff_list", language, kind)
            download(label, name, partial(template, baseline, language), f"template-{kind}", needs=needs)
    st.caption(_word("list_template_is", language))
    upload("staff-list", _word("list_upload", language), _load)
    if file := st.session_state.get(UNTOUCHED):
        st.text(_word("list_untouched", language, file=file))


def _in_use(seats: Mapping[tuple[str, str], tuple[int, int]], baseline: Baseline, language: str) -> None:
    """How many people the list has, its rows folded away, and a button to drop it."""
    people, frontline = (sum(column) for column in zip(*seats.values(), strict=True))
    counts = {"people": count(people), "frontline": count(frontline), "pools": count(len(seats))}
    st.html(element("p", _word("list_loaded", language, **counts), class_="in-use", role="status"))
    listed, file = st.session_state.get(READ_FROM, (None, ""))
    if listed and listed.staff_list == seats:
        rows = {"first": count(listed.first_row), "last": count(listed.last_row)}
        sheet = _word("list_sheet", language, sheet=listed.sheet) if listed.sheet else ""
        st.text(_word("list_read_from", language, file=file, sheet=sheet, **rows))
    names = {p.id: p.short[language] for p in baseline.prefectures} | {"": _word("whole_province", language)}
    names |= {id: name[language] for id, name in baseline.province_names.items()}
    numbers = _word("column_people", language), heading("frontline", language)
    with st.expander(_word("list_see", language)):
        st.dataframe(
            pd.DataFrame(
                {
                    _word("column_tier", language): text(f"terms.tier_{tier}", language),
                    heading("prefecture", language): names[place],
                    **dict(zip(numbers, seat, strict=True)),
                }
                for (tier, place), seat in seats.items()
            ),
            hide_index=True,
            height=240,
            column_config=dict.fromkeys(numbers, st.column_config.NumberColumn(format="localized")),
            key="staff-list-rows",
            alt=_word("list_title", language),
        )
    st.button(_word("list_drop", language), icon=":material/undo:", key="staff-list-drop", on_click=_drop)


def _load(file: str, data: bytes) -> None:
    reading = staff_list_reading(data, file, session.baseline())
    listed = reading.listed
    st.session_state[OTHER] = reading.of_another_total
    is_untouched = listed is not None and listed.staff_list == mid_split(session.baseline())
    st.session_state[UNTOUCHED] = file if is_untouched else ""
    if is_untouched:
        _dismiss()
    elif listed is None:
        st.session_state[REFUSED] = (file, reading.problems)
    else:
        st.session_state[READ_FROM] = (listed, file)
        _change_to(session.scenario().with_decisions(staff_list=listed.staff_list), file)


def _drop() -> None:
    _change_to(session.scenario().with_decisions(staff_list={}), "")


def _change_to(after: Scenario, file: str) -> None:
    """Take the scenario with another staff list, if the plan's decisions still fit; else show why not."""
    if problems := problems_of(after, session.baseline()):
        st.session_state[REFUSED] = (file, problems)
        return
    st.session_state.pop(REFUSED, None)
    session.step(after)


def problems(baseline: Baseline, language: str) -> None:
    """What is wrong with the last list, cell by cell, until the reader dismisses it."""
    if REFUSED not in st.session_state:
        return
    file, problems = st.session_state[REFUSED]
    readable = bool(problems) and isinstance(problems[0], Problem)
    title = _word("list_does_not_fit" if readable else "list_refused", language, file=file, count=count(len(problems)))
    with problem_box("problems-list", title, [_sentence(problem, baseline, language) for problem in problems]):
        if other := st.session_state.get(OTHER):
            _question(other.staff_list, file, baseline, language)
        if wrong := st.session_state.get(NOT_KEPT):
            errors(wrong)
        st.button(_word("list_dismiss", language), key="staff-list-dismiss", on_click=_dismiss)


def _question(listed: StaffList, file: str, baseline: Baseline, language: str) -> None:
    """A list of other people: a base year of its own, or a difference in the total as posts."""
    people = sum(heads for heads, _ in listed.values())
    difference = people - round(baseline.staff_total)
    question = "list_question" if difference else "list_same_total"
    st.text(_word(question, language, people=count(people), total=count(baseline.staff_total)))
    with st.container(horizontal=True, gap="small"):
        label = _word("list_own_base_year", language, people=count(people))
        args, look = (listed, file, baseline, language), role.lock(language)
        st.button(label, key="list-own", type="primary", on_click=_as_base_year, args=args, **look)
        if difference:
            posts = _word("list_posts", language, total=count(baseline.staff_total), posts=change(difference, "people"))
            st.button(posts, key="list-posts", on_click=_as_posts, args=(listed, baseline))


def _as_base_year(listed: StaffList, file: str, baseline: Baseline, language: str) -> None:
    """Keep a base year with the people of the list and put the plan on it."""
    id, wrong = kept_from_staff_list(listed, baseline, file, language)
    if wrong:
        st.session_state[NOT_KEPT] = wrong
        return
    _dismiss()
    standing.stand_on(id)


def _as_posts(listed: StaffList, baseline: Baseline) -> None:
    """The difference as posts added or cut, each tier brought to the people that the list has there."""
    now = base_people(session.scenario(), baseline)
    there = {tier: sum(heads for (of, _), (heads, _) in listed.items() if of == tier) for tier in TIERS}
    changes: dict[str, Value] = {f"staff.change.{tier}": float(there[tier] - now[tier]) for tier in TIERS}
    _dismiss()
    session.set_levers({**changes, "staff.new_posts": float(sum(there.values()) - sum(now.values()))})


def _sentence(problem: Problem | CellProblem, baseline: Baseline, language: str) -> str:
    if isinstance(problem, Problem):
        return problem_sentence(problem, language)
    return sentence(replace(problem, file=""), baseline, language) or problem.file


def _dismiss() -> None:
    for key in (REFUSED, OTHER, NOT_KEPT):
        st.session_state.pop(key, None)

"""The changes of an own base year, the newest first: what each left beside now, and the way back."""

import streamlit as st

from model.evidence.base_year_folders import find_baseline
from model.evidence.baseline import Baseline
from model.files.base_years.archive import unpacked
from model.files.base_years.folder_files import Rows, history_of
from model.files.base_years.store import Entry, baseline_from
from model.files.library import Version
from model.files.problem import Problem
from model.outputs.evidence.base_year_sentences import change_in_words
from model.outputs.evidence.changed_figures import changed_figures
from model.outputs.phrasing.markup import element, table
from model.outputs.words import text
from views.base_years import keeping
from views.shell.page import blocks
from views.shell.session import role, signature

SHOWN, MOST_RESTORED = 10, 60
"""Changes in sight, the others being behind a line; and the newest versions that can be had back here."""
COMPARED = "base-year-compared"
"""The key of the session: the base year and the number of its change that stands beside now."""


def _word(key: str, language: str, **values: object) -> str:
    return text(f"base_year_page.{key}", language, **values)


def changes(entry: Entry, language: str) -> None:
    """The list; nothing of a base year that ships or was never changed."""
    store = signature.base_years()
    rows = store.history(entry.id)
    if not rows:
        return
    blocks.heading(_word("history", language))
    kept, stamp = _versions(entry.id), store.stamp(entry.id) or ""
    numbers = list(range(len(rows), 0, -1))
    _lines(entry, rows, numbers[:SHOWN], kept, stamp, language)
    if numbers[SHOWN:]:
        with st.expander(_word("history_older", language, count=len(numbers) - SHOWN)):
            _lines(entry, rows, numbers[SHOWN:], kept, stamp, language)


def _lines(entry: Entry, rows: Rows, numbers: list[int], kept: dict[int, Version], stamp: str, language: str) -> None:
    baseline = None if entry.problem else find_baseline(entry.id)
    for number in numbers:
        row, version = rows[number - 1], kept.get(number)
        what = change_in_words(row["what"], baseline, language)
        said = _word("history_line", language, number=number, date=row["date"], what=what)
        author = version.note.author if version else ""
        by = [element("span", text("plans.version_by", language, author=author))] if author else []
        with st.container(horizontal=True, vertical_alignment="center", wrap=False, key=f"change-{number}"):
            st.html(element("div", element("span", said), *by, element("p", row["reason"]), class_="change"))
            if version and number < len(rows):
                is_compared = st.session_state.get(COMPARED) == (entry.id, number)
                label = _word("compare_close" if is_compared else "compare", language)
                st.button(label, key=f"compare-change-{number}", on_click=_compare, args=(entry.id, number))
                label, args = _word("restore", language), (entry.id, version.number, stamp)
                st.button(label, key=f"restore-change-{number}", on_click=_restore, args=args, **role.lock(language))
        if baseline and version and st.session_state.get(COMPARED) == (entry.id, number):
            _beside_now(baseline, number, version, language)


def _compare(id: str, number: int) -> None:
    """Show what stood after a change beside now; show it no more where it is shown."""
    state = st.session_state
    state[COMPARED] = None if state.get(COMPARED) == (id, number) else (id, number)


def _beside_now(now: Baseline, number: int, version: Version, language: str) -> None:
    """The figures that stood after a change and are others now."""
    files, problems = unpacked(signature.base_years().versions.data(now.id, version.number), "")
    then = None if problems else baseline_from(files)
    if then is None or isinstance(then, Problem):
        st.caption(_word("changed_broken", language))
        return
    changed = changed_figures(then, now, number, language)
    if changed.rows:
        st.html(element("div", table(changed), class_="changed"))
    else:
        st.caption(_word("changed_none", language, number=number))


def _versions(id: str) -> dict[int, Version]:
    """The versions kept of a base year, by how many changes it had had; the last one of each."""
    versions, found = signature.base_years().versions, {}
    for version in versions.versions(id, versions.numbers(id)[:MOST_RESTORED])[::-1]:
        files, problems = unpacked(versions.data(id, version.number), "")
        if not problems:
            found[len(history_of(files))] = version
    return found


def _restore(id: str, number: int, seen: str) -> None:
    keeping.say(signature.base_years().restore(id, number, seen, keeping.today()), id)

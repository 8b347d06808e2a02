"""The table of a sweep on the Compare page: its best plans by a headline, to be compared or opened."""

from collections.abc import Mapping, Sequence
from math import isfinite

import streamlit as st

from model.files.library import Opened
from model.outputs.compare.comparison import lever_value
from model.outputs.compare.sweep.table_file import SweptPlan, best_first, number, read_table, scenario_of
from model.outputs.phrasing.library_sentences import sentence
from model.outputs.phrasing.markup import element, table
from model.outputs.phrasing.numbers import change, change_span, change_unit, count
from model.outputs.phrasing.table import Table
from model.outputs.words import text
from model.scenario.comparability import MOST
from model.scenario.levers import Lever, levers
from model.year.measures import HEADLINES, MEASURE
from views.compare.parts import notes
from views.shell.address.comparison_address import AGAINST, CHOSEN, row_key
from views.shell.files.markdown import in_title
from views.shell.page import widgets
from views.shell.page.uploads import upload
from views.shell.session import session

PLANS, PROBLEMS, ORDER, PICKED = "swept-plans", "swept-problems", "swept-order", "swept-picked"
"""Keys of the session: the plans of the table with its name, what is wrong with it, the headline that orders it."""
SHOWN = 20


def _word(key: str, language: str, **values: object) -> str:
    return text(f"compare.swept_{key}", language, **values)


def swept(language: str) -> None:
    """The box for a table and, once it is there, its best plans."""
    state = st.session_state
    with st.expander(_word("title", language), key="swept", expanded=PLANS in state or PROBLEMS in state):
        st.caption(_word("about", language))
        upload("swept", _word("upload", language), _take)
        notes([sentence(problem, language) for problem in state.get(PROBLEMS, ())], "caution")
        if PLANS in state:
            file, plans = state[PLANS]
            _table(file, plans, language)


def _take(file: str, data: bytes) -> None:
    plans, problems = read_table(data, file)
    st.session_state[PROBLEMS] = problems
    if plans:
        st.session_state[PLANS] = file, plans


def _table(file: str, plans: Sequence[SweptPlan], language: str) -> None:
    headline = st.session_state.get(ORDER, HEADLINES[0])
    names = {id: text(f"terms.measure_{id}", language) for id in HEADLINES}
    best = best_first(plans, headline)[:SHOWN]
    without = sum(not one.changes for one in plans)
    with st.container(width=420):
        widgets.Choice(ORDER, _word("order", language), names, headline).select(_order)
    st.html(element("div", table(_best(best, _set_differently(plans), names, language)), class_="swept", tabindex="0"))
    numbers = {"plans": count(len(plans)), "shown": count(len(best)), "without": count(without)}
    st.caption(_word("count_without" if without else "count", language, file=in_title(file), **numbers))
    _pick(best, language)


def _set_differently(plans: Sequence[SweptPlan]) -> list[str]:
    """The levers that are not the same in all plans, by their columns."""
    levers = dict.fromkeys(lever for one in plans for lever in one.levers)
    return [lever for lever in levers if len({one.levers.get(lever) for one in plans}) > 1]


def _best(best: Sequence[SweptPlan], set_here: Sequence[str], names: Mapping[str, str], language: str) -> Table:
    known = levers(session.baseline())
    labels = [known[id].label[language] if id in known else id for id in set_here]
    changes = [
        _word("change_of", language, measure=names[id], unit=change_unit(MEASURE[id].unit, language))
        for id in HEADLINES
    ]
    rows = [
        (
            one.name,
            *(_setting(one.levers.get(id, ""), known.get(id), language) for id in set_here),
            *(_change(one, id, language) for id in HEADLINES),
        )
        for one in best
    ]
    return Table((_word("plan", language), *labels, *changes), tuple(rows))


def _setting(written: str, lever: Lever | None, language: str) -> str:
    """What a plan sets a lever to, with its unit or its word; as it is written where it is neither."""
    if lever and written in lever.choices:
        return lever_value(lever, written, language)
    value = number(written)
    return lever_value(lever, value, language) if lever and lever.step and isfinite(value) else written


def _change(plan: SweptPlan, id: str, language: str) -> str:
    if (band := plan.changes.get(id)) is None:
        return ""
    unit = MEASURE[id].unit
    return _word("change", language, change=change(band.p50, unit), span=change_span(band, unit, language))


def _order(headline: str | None) -> None:
    if headline:
        st.session_state[ORDER] = headline


def _pick(best: Sequence[SweptPlan], language: str) -> None:
    """Some of the plans on screen, to be compared, or one of them to be opened."""
    names = widgets.distinct({str(k): one.name for k, one in enumerate(best)})
    key = widgets.name_with_words(PICKED, names)
    picked = [
        best[int(k)]
        for k in st.multiselect(
            _word("pick", language), list(names), key=key, max_selections=MOST, format_func=names.__getitem__
        )
    ]
    with st.container(horizontal=True, gap="small"):
        label, sources = _word("compare", language), [one.source for one in picked]
        st.button(label, key="swept-compare", disabled=not picked, on_click=_compare, args=(sources,))
        label = _word("open", language)
        st.button(label, key="swept-open", disabled=len(picked) != 1, on_click=_open, args=(sources,))


def _compare(sources: Sequence[str]) -> None:
    """Compare the plans of rows; the first one is what the others are read against if it is not alone."""
    if problems := [problem for source in sources for problem in scenario_of(source)[1]]:
        st.session_state[PROBLEMS] = problems
        return
    state = st.session_state
    state[CHOSEN], state[PROBLEMS] = [row_key(source) for source in dict.fromkeys(sources)], []
    state.pop(AGAINST, None)
    session.write_address()


def _open(sources: Sequence[str]) -> None:
    """Make the plan of a row the one on screen, of no file."""
    plan, problems = scenario_of(sources[0])
    st.session_state[PROBLEMS] = problems
    if plan:
        session.open_scenario(Opened("", plan, "", ""))

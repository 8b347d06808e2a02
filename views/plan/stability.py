"""Does it hold (结论稳不稳): under the plan in words, one sentence; at the foot, every alternative.

The sentence takes longer than a step. It is worked out beside the page once the plan has rested for a moment, and the
one before stays until then, so no slider waits for it.
"""

from pathlib import Path

import pandas as pd
import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers.answer_table import Banded, Cell, capital
from model.outputs.charts.palette import MINIMUM, SCENARIO
from model.outputs.phrasing.markup import element
from model.outputs.stability import chart
from model.outputs.stability.sentence import clauses, notes, price, sentence
from model.outputs.stability.table import table
from model.outputs.words import text
from model.projection.stability import Stability, direction
from model.scenario.scenario import Scenario
from views.shell.page import blocks, widgets
from views.shell.session import session
from views.shell.session.work import Work

SENTENCE, TABLE = "stability", "stability-table"
"""The keys of the two parts."""
WORK, SHOWN, DRAWING, MEASURE_SHOWN = "stability-work", "stability-shown", "stability-drawing", "stability-measure"
"""Keys of the session: the work with the plan it is about, the last answer with its plan, how often the sentence was
drawn while it waited, and the measure in the table."""
REST, LOOK, NEVER = 700, 1_500, 0
"""Milliseconds that a plan rests before it is worked out, and after which the page looks whether it is."""
_REST = st.components.v2.component("rest", js=Path(__file__).with_name("rest.js").read_text("utf-8"))


@st.fragment(key=SENTENCE)
def stability_sentence(scenario: Scenario, baseline: Baseline) -> None:
    """Size, sign and what decides the sign of a plan; nothing for a plan without a decision."""
    if not scenario.levers:
        return
    state, language = st.session_state, session.language()
    is_done = _is_done(scenario)
    if SHOWN in state:
        answer, about = state[SHOWN]
        lines = (sentence(answer, about, baseline, language), *price(answer, language))
    else:
        lines = (text("stability.at_work", language),)
    _say(lines, not is_done, language)
    # Always the same two elements: one that a cut-short run left over would stay on the page.
    _wait(NEVER if is_done else LOOK if state.get(WORK, (None,))[0] == scenario.without_texts else REST)


def _is_done(scenario: Scenario) -> bool:
    """Whether the work on a plan is over; its answer is the one shown from now on."""
    about, work = st.session_state.get(WORK, (None, None))
    if about != scenario.without_texts or not work.over:
        return False
    if work.failure:
        raise work.failure
    st.session_state[SHOWN] = (work.answer, scenario)
    return True


def _wait(milliseconds: int) -> None:
    """Have the browser come back after a while, unless the sentence is drawn again before."""
    st.session_state[DRAWING] = st.session_state.get(DRAWING, 0) + 1
    data = {"drawing": st.session_state[DRAWING], "milliseconds": milliseconds}
    _REST(key="stability-rest", data=data, on_rested_change=_work)


def _work() -> None:
    """Begin the work on the current plan where it is not begun, and look whether it is done."""
    state, scenario = st.session_state, session.scenario().without_texts
    about, work = state.get(WORK, (None, None))
    if about != scenario:
        if work:
            work.stop()
        state[WORK] = (scenario, Work(lambda _: session.stability(scenario)))
    session.redraw_parts(SENTENCE, *((TABLE,) if state[WORK][1].over else ()))


def _say(lines: tuple[str, ...], is_old: bool, language: str) -> None:
    head = element("b", text("stability.title", language))
    first, *others = map(capital, lines)
    rows = [element("p", head, first), *(element("p", line) for line in others)]
    st.html(element("div", *rows, class_="words stability", aria_live="polite", aria_busy="true" if is_old else None))


@st.fragment(key=TABLE)
def stability_table() -> None:
    """Every alternative to the last plan that was worked out, folded away and drawn only when it is open."""
    if SHOWN not in st.session_state or not session.scenario().levers:
        return
    language, answer = session.language(), st.session_state[SHOWN][0]
    box = st.expander(text("stability.more", language, count=len(answer.rows)), key="stability-box", on_change="rerun")
    if not box.open:
        return
    with box:
        st.text(text("stability.about", language))
        end = text("plan.sentence_end", language)
        rows = (element("p", element("b", one.head), one.body + end) for one in clauses(answer, language))
        st.html(element("div", *rows, class_="words"))
        moving = [id for id in answer.drawn if direction(answer.drawn[id], id) or answer.turns(id)]
        if moving:
            _measure(answer, moving, language)
        st.caption(notes(answer, language)[-1])


def _measure(answer: Stability, ids: list[str], language: str) -> None:
    """The alternatives for one measure, as a chart and as a table."""
    names = {id: text(f"terms.measure_{id}", language) for id in ids}
    id = st.session_state.get(MEASURE_SHOWN)
    id = id if id in names else ids[0]
    name = widgets.name_with_words("stability-measure", names)
    choice = widgets.Choice(name, text("stability.measure", language), names, id)
    choice.segments(_choose_measure, label_visibility="collapsed")
    shown, rows = table(answer, id, language), chart.data(answer, id, language)
    keys = {"holds": SCENARIO, "turns": MINIMUM}
    blocks.legend(
        (blocks.mark("box", colour), text(f"stability.key_{name}", language)) for name, colour in keys.items()
    )
    st.vega_lite_chart(
        rows,
        chart.spec(len(rows), language, session.theme()),
        key="stability-chart",
        alt=text("stability.alt", language, measure=names[id]),
    )
    cells = [[_written(cell, language) for cell in row] for row in shown.rows]
    st.table(pd.DataFrame(cells, columns=list(map(capital, shown.heads))), hide_index=True, border="horizontal")


def _written(cell: Cell, language: str) -> str:
    """A cell as text, a median with its band."""
    if isinstance(cell, Banded):
        return text("stability.banded", language, median=cell.written(language), span=cell.span(language))
    return cell if isinstance(cell, str) else cell.written(language)


def _choose_measure(id: str | None) -> None:
    if id:
        st.session_state[MEASURE_SHOWN] = id
    session.redraw_parts(TABLE)

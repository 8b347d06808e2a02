"""Does it hold (结论稳不稳): under the plan in words, one sentence; at the foot, every alternative."""

import pandas as pd
import streamlit as st

from model.outputs.answers.answer_table import Banded, Cell, capital
from model.outputs.charts.palette import MINIMUM, SCENARIO
from model.outputs.phrasing.markup import element
from model.outputs.stability import chart
from model.outputs.stability.sentence import clauses, notes, others, price, sentence
from model.outputs.stability.table import table
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.projection.stability import Stability, direction
from model.scenario.scenario import Scenario
from views.shell.page import blocks, widgets
from views.shell.session import last, redraw, session

NAME, TABLE = "stability", "stability-table"
"""The name of the question, and the key of its table."""
SHOWN, MEASURE_SHOWN = "stability-shown", "stability-measure"
"""Keys of the session: the last answer with its plan, and the measure in the table."""


def stability_lines(language: str) -> tuple[str, ...]:
    """Size, sign and what decides it of the last plan that was worked out, and what others do not hold."""
    if (shown := last_answer()) is None:
        return (text("stability.at_work", language),)
    answer, about = shown
    return (
        sentence(answer, about, baseline_of(about), language),
        *others(answer, language),
        *price(answer, language),
    )


def last_answer() -> tuple[Stability, Scenario] | None:
    """The last answer with its plan, if that is of the base year on screen."""
    return last.kept(SHOWN, session.scenario())


@st.fragment(key=TABLE)
def stability_table() -> None:
    """Every alternative to the last plan that was worked out, folded away and drawn only when it is open."""
    shown = last_answer()
    if shown is None or not session.scenario().levers:
        return
    language, (answer, _) = session.language(), shown
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
    redraw.parts(TABLE)

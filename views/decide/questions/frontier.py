"""Trade-off (多查与快办的取舍): visits and cases in time that moving people gives together."""

from dataclasses import replace
from functools import partial

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import frontier as words
from model.outputs.answers.charts import frontier_chart
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.aims.limits import Limits
from model.search.engine.staffing_plan import Refusal
from model.search.frontier import Frontier
from model.search.frontier import frontier as find_frontier
from views.decide.parts import answer_parts, choices, offer, plan_parts
from views.decide.parts.answer_parts import Origin
from views.decide.parts.offer import Offer
from views.decide.parts.wishes import MOVED, most_moved, pool_change
from views.shell.address import question_address
from views.shell.session import session
from views.shell.session.work import Tick

NAME, POINT = "frontier", "ask.point"
LEAST_MOVED = 10


def frontier(baseline: Baseline, language: str) -> None:
    """Ask with the boxes and draw the answer."""
    left, right, _ = st.columns(3, gap="medium")
    with left:
        most = most_moved(baseline, language, LEAST_MOVED)
    with right:
        part = pool_change(language)
    limits = Limits(most_moved=float(most), pool_change=part / 100)

    def do(scenario: Scenario, tick: Tick) -> Frontier | Refusal:
        return find_frontier(scenario, limits, baseline=baseline, draws=answer_parts.DRAWS, tick=tick)

    if found := offer.search(NAME, (most, part), do, baseline, language):
        answer, plan = found
        chosen = _chosen(answer)
        pinned = {MOVED: str(most), POINT: str(chosen)}
        plan = replace(plan, after=answer.points[chosen].plan.scenario, pinned=pinned)
        widened = words.widened(answer, limits.pool_change, language) if plan.is_current else ""
        _draw(answer, chosen, plan, widened, baseline, language)


def _draw(answer: Frontier, chosen: int, plan: Offer, widened: str, baseline: Baseline, language: str) -> None:
    origin = Origin(plan.before, answer.draws, answer.seed)
    first, trade = words.sentences(answer, plan.before, language)
    answer_parts.sentences(first)
    _chart(answer, chosen, language)
    st.text(trade)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        names = {str(k): words.plan_name(point, language) for k, point in enumerate(answer.points)}
        choices.listed(POINT, names, str(chosen), text("frontier.choose", language))
        offer.button(plan)
    plan_parts.draw(plan, plan_parts.figures(plan, language), baseline, language)
    answer_parts.folded("frontier", words.table(answer, plan.before, language), origin, language)
    answer_parts.notes([widened, *words.notes(answer, language)], origin, language)


def _chart(answer: Frontier, chosen: int, language: str) -> None:
    """The plans as dots, any of which can be chosen by a click."""
    answer_parts.heading(text("frontier.title", language), text("frontier.hint", language))
    answer_parts.legend("frontier.dot_found", "frontier.dot_chosen", "frontier.dot_own")
    key, rows = f"decide-frontier-{session.language()}", frontier_chart.data(answer, chosen, language)
    if far := rows.far.iloc[-1]:
        st.caption(far)
    st.vega_lite_chart(
        rows,
        frontier_chart.spec(language, session.theme()),
        key=key,
        alt=text("frontier.alt", language),
        on_select=partial(_pick, key, len(answer.points)),
        selection_mode=[frontier_chart.PICK],
    )


def _chosen(answer: Frontier) -> int:
    """The point chosen, on the chart or in the list; before that the one that gains most of both."""
    given = question_address.get(POINT)
    is_point = given.isascii() and given.isdigit() and len(given) < 4 and int(given) < len(answer.points)
    return int(given) if is_point else words.balanced(answer)


def _pick(key: str, points: int) -> None:
    dots = st.session_state[key]["selection"].get(frontier_chart.PICK) or []
    if dots and dots[0]["order"] < points:
        question_address.put(POINT, str(dots[0]["order"]))
        session.write_address()

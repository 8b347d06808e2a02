"""Trade-off (取舍前沿): what visits and cases in time can be had together by moving people, and the own plan."""

from functools import partial

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import frontier_table
from model.outputs.answers.charts import frontier_chart
from model.outputs.answers.printed_frontier import trade_in_words
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.aims.limits import Limits
from model.search.engine.staffing_plan import Refusal
from model.search.frontier import Frontier, frontier
from views.decide.parts import adopt, answer_parts, choices, found_plan
from views.decide.parts.adopt import Offer
from views.decide.parts.wishes import MOVED, most_moved, pool_change, refused
from views.shell.address import question_address
from views.shell.session import session, work

NAME, POINT = "frontier", "ask.point"
LEAST_MOVED = 10


def trade_off(baseline: Baseline, language: str) -> None:
    left, right, _ = st.columns(3, gap="medium")
    with left:
        most = most_moved(baseline, language, LEAST_MOVED)
    with right:
        part = pool_change(language)
    limits, settings = Limits(most_moved=float(most), pool_change=part / 100), (NAME, most, part)
    scenario = adopt.origin(settings)
    answer, before, current = answer_parts.answer(
        NAME, scenario, settings, partial(_frontier, scenario, baseline, limits)
    )
    if isinstance(answer, Frontier):
        chosen = _chosen(answer)
        plan = answer.points[chosen].plan.scenario
        offer = Offer(NAME, settings, before, plan, current, {MOVED: str(most), POINT: str(chosen)})
        widened = frontier_table.widened(answer, limits.pool_change, language) if current else ""
        _draw(answer, chosen, offer, widened, baseline, language)
    elif answer:
        refused(answer, baseline, language)


def _frontier(scenario: Scenario, baseline: Baseline, limits: Limits, tick: work.Tick) -> Frontier | Refusal:
    return frontier(scenario, limits, baseline=baseline, draws=answer_parts.DRAWS, tick=tick)


def _draw(answer: Frontier, chosen: int, offer: Offer, widened: str, baseline: Baseline, language: str) -> None:
    made = answer_parts.Made(offer.before, answer.draws, answer.seed)
    answer_parts.said(frontier_table.sentence(answer, offer.before, language))
    answer_parts.heading(text("decide.frontier_title", language), text("decide.frontier_hint", language))
    answer_parts.legend("decide.dot_found", "decide.dot_chosen", "decide.dot_own")
    key = f"decide-frontier-{session.language()}"
    st.vega_lite_chart(
        frontier_chart.data(answer, chosen, language),
        frontier_chart.spec(language, session.theme()),
        key=key,
        alt=text("decide.frontier_alt", language),
        on_select=partial(_pick, key, len(answer.points)),
        selection_mode=[frontier_chart.PICK],
    )
    st.text(trade_in_words(answer, language))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        words = {str(k): frontier_table.name(point, language) for k, point in enumerate(answer.points)}
        choices.listed(POINT, words, str(chosen), text("decide.frontier_choose", language))
        adopt.button(offer)
    found_plan.show(offer, found_plan.figures(offer, language), baseline, language)
    answer_parts.folded("frontier_table", frontier_table.table(answer, language), made, language)
    told = [text(f"decide.{key}", language) for key in ("frontier_how", "central", "read", "plan_limits")]
    answer_parts.notes(widened, *told, answer_parts.drawn(made, language))


def _chosen(answer: Frontier) -> int:
    """The point chosen, on the chart or in the list; before that the one that gains most of both."""
    given = question_address.get(POINT)
    known = given.isascii() and given.isdigit() and len(given) < 4 and int(given) < len(answer.points)
    return int(given) if known else frontier_table.balanced(answer)


def _pick(key: str, points: int) -> None:
    picked = st.session_state[key]["selection"].get(frontier_chart.PICK) or []
    if picked and picked[0]["order"] < points:
        question_address.put(POINT, str(picked[0]["order"]))
        session.write_address()

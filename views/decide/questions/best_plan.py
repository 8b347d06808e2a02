"""Best plan (最优方案): who should move where for a goal, within limits, beside the current plan."""

from functools import partial

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import decide_plan
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.best_plan import BestPlan
from model.search.best_plan import best_plan as search
from model.search.engine.staffing_plan import Refusal
from views.decide.parts import adopt, answer_parts, found_plan
from views.decide.parts.adopt import Offer
from views.decide.parts.wishes import Wish, refused, wish
from views.shell.session import work

NAME = "plan"


def best_plan(baseline: Baseline, language: str) -> None:
    wished = wish(baseline, language)
    settings = (NAME, *wished.plain)
    scenario = adopt.origin(settings)
    answer, before, current = answer_parts.answer(
        NAME, scenario, settings, partial(_search, scenario, baseline, wished)
    )
    if isinstance(answer, BestPlan):
        _draw(answer, Offer(NAME, settings, before, answer.plan.scenario, current, wished.pinned), baseline, language)
    elif answer:
        refused(answer, baseline, language)


def _search(scenario: Scenario, baseline: Baseline, wished: Wish, tick: work.Tick) -> BestPlan | Refusal:
    return search(scenario, wished.goal, wished.limits, baseline=baseline, draws=answer_parts.DRAWS, tick=tick)


def _draw(answer: BestPlan, offer: Offer, baseline: Baseline, language: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="answer"):
        answer_parts.said(decide_plan.sentence(answer, offer.before, language))
        if answer.beats_own:
            adopt.button(offer)
    made = answer_parts.Made(offer.before, answer.draws, answer.seed)
    goal = decide_plan.goal_figure(answer, language)
    table = decide_plan.figures(answer.measures, offer.before, offer.after, language, goal)
    found_plan.show(offer, (table, made), baseline, language)
    answer_parts.folded("holds", decide_plan.holds(answer, baseline, language), made, language)
    told = [text(f"decide.{key}", language) for key in ("plan_solved", "central", "read", "plan_limits")]
    answer_parts.notes(*decide_plan.both_models(answer, language), *told, answer_parts.drawn(made, language))

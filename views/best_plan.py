"""Best plan (最优方案): who should move where for a goal, within limits, beside the current plan."""

from functools import partial

import streamlit as st

from model.baseline import Baseline
from model.best_plan import Allocation, Refusal, allocate
from model.outputs import decide_plan
from model.outputs.words import text
from model.scenario import Scenario
from views import adopt, answers, found, work
from views.adopt import Offer
from views.wishes import Wish, refused, wish

NAME = "plan"


def best_plan(baseline: Baseline, language: str) -> None:
    wished = wish(baseline, language)
    settings = (NAME, *wished.plain)
    scenario = adopt.origin(settings)
    answer, before, current = answers.answer(NAME, scenario, settings, partial(_search, scenario, baseline, wished))
    if isinstance(answer, Allocation):
        _draw(answer, Offer(NAME, settings, before, answer.scenario, current, wished.pinned), baseline, language)
    elif answer:
        refused(answer, baseline, language)


def _search(scenario: Scenario, baseline: Baseline, wished: Wish, tick: work.Tick) -> Allocation | Refusal:
    return allocate(scenario, wished.goal, wished.limits, baseline=baseline, draws=answers.DRAWS, tick=tick)


def _draw(answer: Allocation, offer: Offer, baseline: Baseline, language: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="answer"):
        answers.said(decide_plan.sentence(answer, offer.before, language))
        if answer.beats_own:
            adopt.button(offer)
    made = answers.Made(offer.before, answer.draws, answer.seed)
    goal = decide_plan.goal_figure(answer, language)
    table = decide_plan.figures(answer.measures, offer.before, offer.after, language, goal)
    found.show(offer, (table, made), baseline, language)
    answers.folded("holds", decide_plan.holds(answer, baseline, language), made, language)
    told = [text(f"decide.{key}", language) for key in ("plan_solved", "central", "read", "plan_limits")]
    answers.notes(*decide_plan.both_models(answer, language), *told, answers.drawn(made, language))

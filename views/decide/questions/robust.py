"""Safe plan (求稳方案): the plan that does best where things go worst, beside the best of the central case."""

from dataclasses import replace
from functools import partial

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import robust_table
from model.outputs.answers.charts import robust_chart
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.engine.staffing_plan import Refusal
from model.search.robust import Robust, robust
from views.decide.parts import adopt, answer_parts, choices, found_plan
from views.decide.parts.adopt import Offer
from views.decide.parts.wishes import Wish, refused, wish
from views.shell.session import session, work

NAME = "safe"
WORST = ("10", "5", "20")
"""Percent of the draws that count as the worst ones; the usual first."""


def safe_plan(baseline: Baseline, language: str) -> None:
    wished = wish(baseline, language)
    words = {share: text("decide.safe_share", language, share=share) for share in WORST}
    worst = choices.one_of("ask.worst", words, text("decide.safe_worst", language))
    settings = (NAME, *wished.plain, worst)
    scenario = adopt.origin(settings)
    do = partial(_robust, scenario, baseline, wished, 1 - int(worst) / 100)
    answer, before, current = answer_parts.answer(NAME, scenario, settings, do)
    if isinstance(answer, Robust):
        _draw(answer, Offer(NAME, settings, before, answer.plan.scenario, current, wished.pinned), baseline, language)
    elif answer:
        refused(answer, baseline, language)


def _robust(scenario: Scenario, baseline: Baseline, wished: Wish, level: float, tick: work.Tick) -> Robust | Refusal:
    draws = answer_parts.DRAWS
    return robust(scenario, wished.goal, wished.limits, level=level, baseline=baseline, draws=draws, tick=tick)


def _draw(answer: Robust, offer: Offer, baseline: Baseline, language: str) -> None:
    made = answer_parts.Made(offer.before, answer.draws, answer.seed)
    answer_parts.said(robust_table.sentence(answer, language))
    rows = robust_chart.data(answer, language)
    answer_parts.legend("decide.key_middle", "decide.key_band", "decide.key_worst")
    answer_parts.picture(
        "safe",
        text("decide.safe_title", language),
        rows,
        robust_chart.spec(len(rows), language, session.theme()),
        text("decide.safe_alt", language),
        robust_table.unit(answer, language),
    )
    answer_parts.titled("safe_table", robust_table.table(answer, language), made, language)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        plans = {"robust": answer.plan.scenario, "central": answer.central.plan.scenario}
        names = {name: robust_table.name_of(name, answer, language) for name, _ in robust_table.shown(answer)}
        offered = {name: names[name] for name in plans if name in names}
        chosen = choices.one_of("ask.safe", offered, text("decide.safe_choose", language))
        offer = replace(offer, after=plans[chosen])
        adopt.button(offer)
    found_plan.show(offer, found_plan.figures(offer, language), baseline, language)
    told = [text(f"decide.{key}", language) for key in ("read", "plan_limits")]
    answer_parts.notes(
        text("decide.safe_how", language, sample=answer.sample), *told, answer_parts.drawn(made, language)
    )

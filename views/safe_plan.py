"""Safe plan (求稳方案): the plan that does best where things go worst, beside the best of the central case."""

from dataclasses import replace
from functools import partial

import streamlit as st

from model.baseline import Baseline
from model.best_plan import Refusal
from model.outputs import robust_chart, robust_table
from model.outputs.words import text
from model.robust import Robust, robust
from model.scenario import Scenario
from views import adopt, answers, choices, found, session, work
from views.adopt import Offer
from views.wishes import Wish, refused, wish

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
    answer, before, current = answers.answer(NAME, scenario, settings, do)
    if isinstance(answer, Robust):
        _draw(answer, Offer(NAME, settings, before, answer.plan.scenario, current, wished.pinned), baseline, language)
    elif answer:
        refused(answer, baseline, language)


def _robust(scenario: Scenario, baseline: Baseline, wished: Wish, level: float, tick: work.Tick) -> Robust | Refusal:
    draws = answers.DRAWS
    return robust(scenario, wished.goal, wished.limits, level=level, baseline=baseline, draws=draws, tick=tick)


def _draw(answer: Robust, offer: Offer, baseline: Baseline, language: str) -> None:
    made = answers.Made(offer.before, answer.draws, answer.seed)
    answers.said(robust_table.sentence(answer, language))
    rows = robust_chart.data(answer, language)
    answers.legend("decide.key_middle", "decide.key_band", "decide.key_worst")
    answers.picture(
        "safe",
        text("decide.safe_title", language),
        rows,
        robust_chart.spec(len(rows), language, session.theme()),
        text("decide.safe_alt", language),
        robust_table.unit(answer, language),
    )
    answers.titled("safe_table", robust_table.table(answer, language), made, language)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        plans = {"robust": answer.plan.scenario, "central": answer.central.scenario}
        names = {name: robust_table.name_of(name, answer, language) for name, _ in robust_table.shown(answer)}
        offered = {name: names[name] for name in plans if name in names}
        chosen = choices.one_of("ask.safe", offered, text("decide.safe_choose", language))
        offer = replace(offer, after=plans[chosen])
        adopt.button(offer)
    found.show(offer, found.figures(offer, language), baseline, language)
    told = [text(f"decide.{key}", language) for key in ("read", "plan_limits")]
    answers.notes(text("decide.safe_how", language, sample=answer.sample), *told, answers.drawn(made, language))

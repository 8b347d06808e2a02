"""Safe plan (求稳方案): the best plan where things go worst, beside the best of the representative case."""

from dataclasses import replace

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import robust as words
from model.outputs.answers.charts import robust_chart
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.engine.staffing_plan import Refusal
from model.search.robust import Robust
from model.search.robust import robust as find_robust
from views.decide.parts import answer_parts, choices, offer, plan_parts
from views.decide.parts.answer_parts import Origin
from views.decide.parts.offer import Offer
from views.decide.parts.wishes import wish
from views.shell.session import session
from views.shell.session.work import Tick

NAME = "robust"
WORST = ("10", "5", "20")
"""Percent of the draws that count as the worst ones; the usual first."""


def robust(baseline: Baseline, language: str) -> None:
    """Ask with the boxes and draw the answer."""
    wanted = wish(baseline, language)
    shares = {share: text("robust.share", language, share=share) for share in WORST}
    worst = choices.one_of("ask.worst", shares, text("robust.bad", language))

    def do(scenario: Scenario, tick: Tick) -> Robust | Refusal:
        level, draws = 1 - int(worst) / 100, answer_parts.DRAWS
        return find_robust(scenario, wanted.goal, wanted.limits, level=level, baseline=baseline, draws=draws, tick=tick)

    if found := offer.search(NAME, (*wanted.plain, worst), do, baseline, language, wanted.pinned):
        _draw(*found, baseline, language)


def _draw(answer: Robust, plan: Offer, baseline: Baseline, language: str) -> None:
    origin = Origin(plan.before, answer.draws, answer.seed)
    answer_parts.sentences(words.sentence(answer, language))
    rows = robust_chart.data(answer, language)
    answer_parts.legend("decide.key_middle", "decide.key_band", "robust.key_worst")
    answer_parts.picture(
        NAME,
        text("robust.title", language),
        rows,
        robust_chart.spec(len(rows), language, session.theme()),
        text("robust.alt", language),
        words.unit(answer, language),
    )
    answer_parts.titled("robust", words.table(answer, language), origin, language)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        plans = {"robust": answer.plan.scenario, "representative": answer.representative.plan.scenario}
        names = {name: words.plan_name(name, answer, language) for name, _ in words.plans(answer)}
        offers = {name: names[name] for name in plans if name in names}
        chosen = choices.one_of("ask.robust", offers, text("robust.choose", language))
        plan = replace(plan, after=plans[chosen])
        offer.button(plan)
    plan_parts.draw(plan, plan_parts.figures(plan, language), baseline, language)
    answer_parts.notes(words.notes(answer, language), origin, language)

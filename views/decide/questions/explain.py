"""What did it (谁起的作用): each decision's part in the change of the four headline figures."""

from functools import partial

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import explanation_table
from model.outputs.answers.charts import explain_chart
from model.outputs.answers.explanation import UNITS, explanation_in_words
from model.outputs.phrasing.numbers import change_unit
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.projection.explain import MOST_EXACT, Explanation, decisions, explain
from model.scenario.scenario import Scenario
from views.decide.parts import answer_parts
from views.shell.session import session, work


def credit(baseline: Baseline, language: str) -> None:
    scenario = session.scenario().without_texts
    if not decisions(scenario, baseline):
        answer_parts.said(text("decide.credit_nothing", language))
        return
    found, *_ = answer_parts.answer("credit", scenario, (), partial(_explained, scenario, baseline))
    if found:
        _draw(*found, baseline, language)


def _explained(scenario: Scenario, baseline: Baseline, tick: work.Tick) -> tuple[Explanation, answer_parts.Made]:
    base = base_year_of(scenario, baseline, answer_parts.DRAWS)
    return explain(base, scenario, tick=tick), answer_parts.Made(scenario, base.draws, base.seed)


def _draw(found: Explanation, made: answer_parts.Made, baseline: Baseline, language: str) -> None:
    answer_parts.said(explanation_table.sentence(found, baseline, language))
    answer_parts.clauses(explanation_in_words(found, baseline, language), language)
    answer_parts.legend(*(f"decide.key_{key}" for key in ("better", "worse", "whole")))
    ids = explanation_table.moved(found)
    for row in (ids[:2], ids[2:]):
        for id, column in zip(row, st.columns(2, gap="medium"), strict=False):
            with column:
                measure = text(f"terms.measure_{id}", language)
                answer_parts.picture(
                    f"credit-{id}",
                    measure,
                    explain_chart.data(found, id, baseline, language),
                    explain_chart.spec(len(found.decisions) + 1, language, session.theme()),
                    text("decide.credit_alt", language, measure=measure),
                    change_unit(UNITS[id], language),
                )
    table = explanation_table.table(found, made.scenario, baseline, language)
    answer_parts.table(table, language)
    answer_parts.download("credit", table, made, language)
    sampled = "" if found.exact else text("explain.sampled", language, most=MOST_EXACT)
    answer_parts.notes(text("explain.how_to_read", language), sampled, answer_parts.drawn(made, language))

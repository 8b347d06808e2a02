"""What did it (谁起的作用): each decision's part in the change of the four headline figures."""

from functools import partial

import streamlit as st

from model.baseline import Baseline
from model.explain import MOST_EXACT, Explanation, decisions, explain
from model.outputs import credit_chart, explanation_table
from model.outputs.explanation import UNITS, explanation_in_words
from model.outputs.numbers import change_unit
from model.outputs.words import text
from model.project import base_year_of
from model.scenario import Scenario
from views import answers, session, work


def credit(baseline: Baseline, language: str) -> None:
    scenario = answers.bare(session.scenario())
    if not decisions(scenario, baseline):
        answers.said(text("decide.credit_nothing", language))
        return
    found, *_ = answers.answer("credit", scenario, (), partial(_explained, scenario, baseline))
    if found:
        _draw(*found, baseline, language)


def _explained(scenario: Scenario, baseline: Baseline, tick: work.Tick) -> tuple[Explanation, answers.Made]:
    base = base_year_of(scenario, baseline, answers.DRAWS)
    return explain(base, scenario, tick=tick), answers.Made(scenario, base.draws, base.seed)


def _draw(found: Explanation, made: answers.Made, baseline: Baseline, language: str) -> None:
    answers.said(explanation_table.sentence(found, baseline, language))
    answers.clauses(explanation_in_words(found, baseline, language), language)
    answers.legend(*(f"decide.key_{key}" for key in ("better", "worse", "whole")))
    ids = explanation_table.moved(found)
    for row in (ids[:2], ids[2:]):
        for id, column in zip(row, st.columns(2, gap="medium"), strict=False):
            with column:
                measure = text(f"terms.measure_{id}", language)
                answers.picture(
                    f"credit-{id}",
                    measure,
                    credit_chart.data(found, id, baseline, language),
                    credit_chart.spec(len(found.decisions) + 1, language, session.theme()),
                    text("decide.credit_alt", language, measure=measure),
                    change_unit(UNITS[id], language),
                )
    table = explanation_table.table(found, made.scenario, baseline, language)
    answers.table(table, language)
    answers.download("credit", table, made, language)
    sampled = "" if found.exact else text("explain.sampled", language, most=MOST_EXACT)
    answers.notes(text("explain.how_to_read", language), sampled, answers.drawn(made, language))

"""What did it (各项举措的贡献): each decision's part in the change of the four headline figures."""

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import explain as words
from model.outputs.answers.charts import explain_chart
from model.outputs.phrasing.coherence import coherent_explanation
from model.outputs.phrasing.numbers import change_unit
from model.outputs.phrasing.sentences import measure_with_limits
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.projection.explain import Explanation, decisions
from model.projection.explain import explain as explain_change
from model.scenario.scenario import Scenario
from model.year.measures import MEASURE
from views.decide.parts import answer_parts
from views.decide.parts.answer_parts import Origin
from views.shell.session import session
from views.shell.session.work import Tick

NAME = "explain"


def explain(baseline: Baseline, language: str) -> None:
    """Draw the answer about the current plan, or say that it decides nothing."""
    if not decisions(session.scenario().without_texts, baseline):
        answer_parts.sentences(text("explain.no_decision", language), text("explain.what_next", language))
        return

    def do(scenario: Scenario, tick: Tick) -> tuple[Explanation, Origin]:
        base = base_year_of(scenario, baseline, answer_parts.DRAWS)
        return coherent_explanation(explain_change(base, scenario, tick=tick)), Origin(scenario, base.draws, base.seed)

    if found := answer_parts.about_current(NAME, do):
        _draw(*found, baseline, language)


def _draw(answer: Explanation, origin: Origin, baseline: Baseline, language: str) -> None:
    answer_parts.sentences(words.sentence(answer, origin.scenario, baseline, language))
    answer_parts.clauses(words.clauses(answer, origin.scenario, baseline, language), language)
    answer_parts.legend("explain.key_better", "explain.key_worse", "explain.whole")
    ids = words.measures_that_move(answer)
    for row in (ids[:2], ids[2:]):
        for id, column in zip(row, st.columns(2, gap="medium"), strict=False):
            with column:
                _chart(answer, id, origin.scenario, baseline, language)
    table = words.table(answer, origin.scenario, baseline, language)
    answer_parts.table(table, language)
    answer_parts.download(NAME, table, origin, language)
    answer_parts.notes(words.notes(answer, language), origin, language)


def _chart(answer: Explanation, id: str, scenario: Scenario, baseline: Baseline, language: str) -> None:
    measure = measure_with_limits(id, scenario, language)
    answer_parts.picture(
        f"explain-{id}",
        measure,
        explain_chart.data(answer, id, baseline, language),
        explain_chart.spec(len(answer.decisions) + 1, language, session.theme()),
        text("explain.alt", language, measure=measure),
        change_unit(MEASURE[id].unit, language),
    )

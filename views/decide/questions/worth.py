"""Worth of one more (再添一人给谁): a person at each tier and place, a unit of each rule."""

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import worth as words
from model.outputs.answers.charts import worth_chart
from model.outputs.phrasing.numbers import count
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.scenario.scenario import Scenario
from model.search.worth import CRITERIA, Worth
from model.search.worth import worth as find_worth
from views.decide.parts import answer_parts, choices
from views.decide.parts.answer_parts import Origin
from views.shell.session import session
from views.shell.session.work import Tick

NAME = "worth"


def worth(baseline: Baseline, language: str) -> None:
    """Ask with the box and draw the answer."""
    goals = {name: text(f"best_plan.goal_{name}", language) for name in CRITERIA}
    criterion = choices.one_of("ask.worth", goals, text("worth.criterion", language))

    def do(scenario: Scenario, tick: Tick) -> tuple[Worth, Origin]:
        answer = find_worth(scenario, baseline=baseline, draws=answer_parts.DRAWS, tick=tick)
        draws = base_year_of(scenario, baseline, answer_parts.DRAWS).draws
        return answer, Origin(scenario, draws, answer.seed)

    if found := answer_parts.about_current(NAME, do):
        _draw(*found, criterion, baseline, language)


def _draw(answer: Worth, origin: Origin, criterion: str, baseline: Baseline, language: str) -> None:
    answer_parts.sentences(*words.sentences(answer, criterion, language))
    tables = {which: words.table(which, answer, criterion, baseline, language) for which in words.TABLES}
    left, right = st.columns(2, gap="large")
    rows = worth_chart.data(answer, criterion, baseline, language)
    with left:
        answer_parts.legend(*(f"terms.tier_{tier}" for tier in dict.fromkeys(rows["tier"])), "decide.key_band")
        answer_parts.picture(
            NAME,
            text("worth.title", language),
            rows,
            worth_chart.spec(len(rows), language, session.theme()),
            text("worth.alt", language),
            tables["people"].unit,
        )
    with right:
        for which in ("people", "rules"):
            answer_parts.titled(which, tables[which], origin, language)
    answer_parts.folded("pools", tables["pools"], origin, language)
    unusual = words.unusual(answer, criterion, baseline, language)
    answer_parts.notes([unusual, text("worth.how", language, draws=count(answer.draws))], origin, language)

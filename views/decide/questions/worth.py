"""One more person (再添一人给谁): what one person more is worth at each tier and place, and one unit of each rule."""

from functools import partial

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import worth_table
from model.outputs.answers.charts import worth_chart
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.scenario.scenario import Scenario
from model.search.worth import CRITERIA, Worth, worth
from views.decide.parts import answer_parts, choices
from views.shell.session import session, work


def one_more(baseline: Baseline, language: str) -> None:
    words = {name: text(f"decide.goal_{name}", language) for name in CRITERIA}
    criterion = choices.one_of("ask.worth", words, text("decide.more_goal", language))
    scenario = session.scenario().without_texts
    found, *_ = answer_parts.answer("more", scenario, (), partial(_worth, scenario, baseline))
    if found:
        _draw(*found, criterion, baseline, language)


def _worth(scenario: Scenario, baseline: Baseline, tick: work.Tick) -> tuple[Worth, answer_parts.Made]:
    found = worth(scenario, baseline=baseline, draws=answer_parts.DRAWS, tick=tick)
    return found, answer_parts.Made(scenario, base_year_of(scenario, baseline, answer_parts.DRAWS).draws, found.seed)


def _draw(found: Worth, made: answer_parts.Made, criterion: str, baseline: Baseline, language: str) -> None:
    answer_parts.said(worth_table.sentence(found, criterion, language))
    if hour := worth_table.equivalents(found, criterion, language):
        st.text(hour)
    left, right = st.columns(2, gap="large")
    rows = worth_chart.data(found, criterion, baseline, language)
    with left:
        answer_parts.legend(*(f"terms.tier_{tier}" for tier in dict.fromkeys(rows["tier"])), "decide.key_band")
        answer_parts.picture(
            "more",
            text("decide.more_title", language),
            rows,
            worth_chart.spec(len(rows), language, session.theme()),
            text("decide.more_alt", language),
            worth_table.unit(criterion, language),
        )
    with right:
        for name, shown in (("more_people", worth_table.people(found)), ("more_rules", worth_table.rules(found))):
            answer_parts.titled(name, worth_table.table(shown, criterion, baseline, language), made, language)
    pools = worth_table.table(worth_table.pools(found, criterion), criterion, baseline, language)
    answer_parts.folded("more_pools", pools, made, language)
    unusual = worth_table.unusual(found, criterion, baseline, language)
    answer_parts.notes(unusual, text("decide.more_how", language), answer_parts.drawn(made, language))

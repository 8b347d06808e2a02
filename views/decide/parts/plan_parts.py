"""A plan from a search as every question draws it: figures beside the plan before, who moves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from model.evidence.baseline import Baseline
from model.failures.libraries import PICTURES, WORD
from model.force.people import unmoved_people
from model.outputs.answers import found_plan, moves
from model.outputs.answers.answer_table import Table
from model.outputs.answers.charts import moves_chart
from model.outputs.brief.papers.word_file import report_file
from model.outputs.handout.handout import Handout
from model.outputs.package.file_name import named
from model.outputs.phrasing.coherence import coherent_comparison
from model.outputs.phrasing.markup import Markup, element
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.projection.comparison import compare
from model.projection.results import Paired
from model.scenario.scenario import Scenario, in_language
from views.decide.parts import answer_parts, offer
from views.decide.parts.answer_parts import Origin
from views.decide.parts.offer import Offer
from views.shell.page.downloads import download
from views.shell.session import session, work


def headline(lines: Sequence[str], plan: Offer, is_offered: bool, label: str = "") -> None:
    """The answer with the button that adopts its plan beside it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="answer"):
        answer_parts.sentences(lines[0])
        if is_offered:
            offer.button(plan, label)
    for line in lines[1:]:
        st.text(line)


def figures(plan: Offer, language: str) -> tuple[Table, Origin] | None:
    """The headline figures under the plan before and the one found; None while they are worked out."""

    def beside(tick: work.Tick) -> tuple[Mapping[str, Paired], Origin]:
        comparison = coherent_comparison(compare([plan.before, plan.after], draws=answer_parts.DRAWS))
        projection = comparison.projections[0]
        return found_plan.paired_measures(comparison), Origin(plan.before, projection.draws, projection.seed)

    result, *_ = answer_parts.answer(f"{plan.name}:figures", plan.before, plan.after.without_texts, beside)
    if result is None:
        return None
    measures, origin = result
    return found_plan.figures(measures, plan.before, plan.after, language), origin


def draw(plan: Offer, table: tuple[Table, Origin] | None, baseline: Baseline, language: str) -> None:
    """Figures and tiers at the left, the map at the right, the moves pool by pool folded under them."""
    people, own = (moves.added(scenario, baseline) for scenario in (plan.after, plan.before))
    left, right = st.columns([11, 9], gap="large")
    with left:
        if table:
            answer_parts.titled("figures", *table, language)
        by_tier(people, plan.after, baseline, language)
        st.caption(moves.in_words(people, language))
    with right:
        moves_map(people, baseline, language)
    if table:
        answer_parts.folded("moves", moves.table(people, own, baseline, language), table[1], language)


def report(plan: Scenario, language: str) -> None:
    """A button to take a found plan away as a report in Word that says how it was found."""
    name = named("report", language, "docx", in_language(plan.name, language))
    data, needs = partial(report_of, plan, language), (*WORD, *PICTURES)
    download(text("paper.download", language), name, data, "found-report", icon="description", needs=needs)


def report_of(plan: Scenario, language: str) -> bytes:
    """The report of a found plan."""
    projection = replace(session.projection(plan), scenario=plan)
    return report_file(Handout(projection, baseline_of(plan), date.today(), language))


def moves_map(people: moves.Added, baseline: Baseline, language: str) -> None:
    """The prefectures as squares with the people they gain or lose."""
    squares = moves.squares(people, baseline, language, session.theme())
    answer_parts.heading(text("moves.map", language), text("moves.map_unit", language))
    st.html(element("ul", *(_square(one, language) for one in squares), class_="squares"))


def _square(one: moves.Square, language: str) -> Markup:
    parts = text("plan.list_comma", language).join(one.parts)
    place = f"grid-area:{one.row + 1}/{one.column + 1};background:{one.colour};color:{one.ink}"
    return element("li", element("b", one.name), element("strong", one.written), element("span", parts), style=place)


def by_tier(people: moves.Added, scenario: Scenario, baseline: Baseline, language: str) -> None:
    """From how many to how many at each tier."""
    answer_parts.picture(
        "tiers",
        text("moves.tiers", language),
        moves_chart.data(people, unmoved_people(scenario, baseline), language),
        moves_chart.spec(language, session.theme()),
        text("moves.tiers_alt", language),
        text("terms.unit_people", language),
    )

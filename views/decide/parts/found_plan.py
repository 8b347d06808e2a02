"""A plan that was found, as every question that finds one shows it: its figures beside the plan before, who moves."""

from collections.abc import Mapping
from functools import partial
from html import escape

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers import decide_plan, moves
from model.outputs.answers.answer_table import Table
from model.outputs.answers.charts import moves_chart
from model.outputs.handout.people import base_people
from model.outputs.words import text
from model.projection.comparison import compare
from model.projection.results import Paired
from model.scenario.scenario import Scenario
from views.decide.parts import answer_parts
from views.decide.parts.adopt import Offer
from views.shell.session import session, work


def figures(offer: Offer, language: str) -> tuple[Table, answer_parts.Made] | None:
    """The headline figures under the plan before and the one found; None while they are worked out."""
    do = partial(_side_by_side, offer.before, offer.after)
    measured, *_ = answer_parts.answer(f"{offer.name}:figures", offer.before, offer.after.without_texts, do)
    if measured is None:
        return None
    measures, made = measured
    return decide_plan.figures(measures, offer.before, offer.after, language), made


def _side_by_side(before: Scenario, after: Scenario, tick: work.Tick) -> tuple[Mapping[str, Paired], answer_parts.Made]:
    comparison = compare([before, after], draws=answer_parts.DRAWS)
    projection = comparison.projections[0]
    return decide_plan.paired(comparison), answer_parts.Made(before, projection.draws, projection.seed)


def show(offer: Offer, table: tuple[Table, answer_parts.Made] | None, baseline: Baseline, language: str) -> None:
    """Figures and tiers at the left, the map at the right, the moves pool by pool folded under them."""
    people, own = (moves.added(scenario, baseline) for scenario in (offer.after, offer.before))
    left, right = st.columns([11, 9], gap="large")
    with left:
        if table:
            answer_parts.titled("figures", *table, language)
        by_tier(people, offer.after, baseline, language)
        st.caption(moves.in_words(people, language))
    with right:
        moves_map(people, baseline, language)
    if table:
        answer_parts.folded("moves", moves.table(people, own, baseline, language), table[1], language)


def moves_map(people: moves.Added, baseline: Baseline, language: str) -> None:
    """The prefectures as squares with the people they gain or lose."""
    squares = moves.squares(people, baseline, language, session.theme())
    tiles = "".join(
        f'<li style="grid-area:{one.row + 1}/{one.column + 1};background:{one.colour};color:{one.ink}">'
        f"<b>{escape(one.name)}</b><strong>{escape(one.written)}</strong>"
        f"<span>{escape(text('plan.list_comma', language).join(one.parts))}</span></li>"
        for one in squares
    )
    answer_parts.heading(text("decide.moves_map", language), text("decide.moves_map_unit", language))
    st.html(f'<ul class="squares">{tiles}</ul>')


def by_tier(people: moves.Added, scenario: Scenario, baseline: Baseline, language: str) -> None:
    """From how many to how many at each tier."""
    answer_parts.picture(
        "tiers",
        text("decide.moves_tiers", language),
        moves_chart.data(people, base_people(scenario, baseline), language),
        moves_chart.spec(language, session.theme()),
        text("decide.moves_tiers_alt", language),
        text("terms.unit_people", language),
    )

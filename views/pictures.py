"""What follows a decision: headline figures, the sentence, four charts. One fragment, figures before charts."""

import streamlit as st

from model import Projection, TooFewDraws
from model.baseline import TIERS, Baseline
from model.outputs import charts, tables
from model.outputs.palette import BASE, MINIMUM, SCENARIO
from model.outputs.words import text
from views import cards, session
from views.force import base_people, planned_people

RESTS_ON = {
    "people": "staff",
    "visits": "visits",
    "cases": "case_capacity",
    "months": "on_time_share",
}
"""The measure whose assumptions stand under a chart."""


@st.fragment(key="pictures")
def pictures() -> None:
    baseline, language = session.baseline(), session.language()
    try:
        projection = session.projection()
    except TooFewDraws as refused:
        cards.refusal(refused, baseline, language)
        projection = st.session_state.get("shown")
        if projection is None:
            return
        st.caption(text("plan.still_shown", language))
    st.session_state.shown = projection
    cards.headlines(projection, baseline, language)
    cards.in_words(projection, baseline, language)
    _legend(language)
    for names in (charts.NAMES[:2], charts.NAMES[2:]):
        for name, column in zip(names, st.columns(2, gap="medium"), strict=True):
            with column:
                _chart(name, projection, baseline, language)
    st.caption(text("plan.how_to_read", language))


def _legend(language: str) -> None:
    keys = "".join(
        f'<span><i class="{shape}" style="background:{colour}"></i>{text(f"charts.key_{name}", language)}</span>'
        for name, shape, colour in (
            ("base", "box", BASE),
            ("scenario", "box", SCENARIO),
            ("minimum", "tick", MINIMUM),
            ("band", "rule", "currentColor"),
        )
    )
    st.html(f'<div class="legend">{keys}</div>')


def _chart(name: str, projection: Projection, baseline: Baseline, language: str) -> None:
    scenario = projection.scenario
    base, plan = base_people(scenario, baseline), planned_people(scenario, baseline)
    people = {tier: (base[tier], plan[tier]) for tier in TIERS}
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        st.html(f'<h4 class="chart-title">{text(f"charts.{name}_title", language)}</h4>', width="content")
        as_table = st.toggle(text("plan.as_table", language), key=f"table-{name}")
    said = text(f"charts.{name}_alt", language)
    if as_table:
        table = tables.table(name, projection, people, language)
        st.dataframe(table, hide_index=True, height=charts.HEIGHT, key=f"rows-{name}", alt=said)
    else:
        st.vega_lite_chart(
            charts.data(name, projection, people, language),
            charts.spec(name, language, session.theme()),
            key=f"chart-{name}",
            alt=said,
        )
    st.caption(_rests_on(name, projection, baseline, language))


def _rests_on(name: str, projection: Projection, baseline: Baseline, language: str) -> str:
    """The assumptions a chart rests on most, by label; the split by tier is itself assumed."""
    ids = [id for id, _ in projection.measures[RESTS_ON[name]].rests_on][:3]
    if name == "people":
        ids = [f"staff_{tier}" for tier in TIERS]
    if not ids:
        return text("plan.rests_on_none", language)
    labels = [baseline.assumptions[id].label[language] for id in ids]
    return text("plan.rests_on", language, assumptions=text("plan.list_comma", language).join(labels))

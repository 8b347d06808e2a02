"""What follows a decision on the Plan page: headline figures, the plan in words, four charts."""

import streamlit as st

from model import Projection
from model.evidence.baseline import TIERS, Baseline
from model.force.people import people_by_tier
from model.outputs.charts import chart_tables, plan_charts
from model.outputs.charts.palette import BASE, MINIMUM, SCENARIO
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from model.projection.base_year import baseline_of
from views.plan.stability import stability_sentence
from views.shell import cards, replay
from views.shell.page import blocks
from views.shell.refusal import latest_projection
from views.shell.session import session

RESTS_ON = {
    "people": "staff",
    "visits": "visits",
    "cases": "case_capacity",
    "months": "on_time_share",
}
"""The measure whose assumptions stand under a chart."""


def pictures() -> None:
    """One fragment, with the figures before the charts."""
    st.fragment(_pictures, key="pictures", run_every=replay.seconds_between_pictures())()


def _pictures() -> None:
    scenario, language = replay.scenario_on_stage(), session.language()
    baseline = baseline_of(scenario)
    projection, _ = latest_projection(scenario, text("plan.still_shown", language))
    if projection is None:
        return
    cards.headlines(projection, baseline, language)
    cards.in_words(projection, baseline, language)
    if not replay.is_playing():
        stability_sentence(scenario, baseline)
    _legend(language)
    for row in (("people", "visits"), ("cases", "months")):
        for frame, column in zip(row, st.columns(2, gap="medium"), strict=True):
            with column:
                _frame(frame, projection, baseline, language)
    st.caption(text("plan.how_to_read", language))
    replay.sign()


def _legend(language: str) -> None:
    looks = (
        ("base", "box", BASE),
        ("scenario", "box", SCENARIO),
        ("minimum", "tick", MINIMUM),
        ("band", "rule", "currentColor"),
    )
    keys = [(blocks.mark(shape, colour), text(f"charts.key_{name}", language)) for name, shape, colour in looks]
    blocks.legend(keys, text("plan.key_change", language))


def _frame(frame: str, projection: Projection, baseline: Baseline, language: str) -> None:
    """A title, the charts under it or their table, and what they rest on."""
    people = people_by_tier(projection.scenario, baseline)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        key = element("small", text("charts.cases_key", language) if frame == "cases" else "")
        title = element("h4", text(f"charts.{frame}_title", language), key, class_="chart-title")
        st.html(title, width="content")
        as_table = st.toggle(text("plan.as_table", language), key=f"table-{frame}", on_change=session.redraw)
    if as_table:
        st.dataframe(
            chart_tables.table(frame, projection, people, language),
            hide_index=True,
            height=plan_charts.HEIGHT,
            key=f"rows-{frame}",
            alt=text(f"charts.{frame}_alt", language),
        )
    else:
        for name in plan_charts.FRAMES[frame]:
            st.vega_lite_chart(
                plan_charts.data(name, projection, people, language),
                plan_charts.spec(name, language, session.theme()),
                key=f"chart-{name}",
                alt=text(f"charts.{name}_alt", language),
            )
    st.caption(_rests_on(frame, projection, baseline, language))


def _rests_on(frame: str, projection: Projection, baseline: Baseline, language: str) -> str:
    """The assumptions that a chart rests on most, by label; for people, the assumed split by tier."""
    ids = [id for id, _ in projection.measures[RESTS_ON[frame]].rests_on][:3]
    if frame == "people":
        ids = [f"staff_{tier}" for tier in TIERS]
    if not ids:
        return text("plan.rests_on_none", language)
    labels = [baseline.assumptions[id].label[language] for id in ids]
    return text("plan.rests_on", language, assumptions=text("plan.list_comma", language).join(labels))

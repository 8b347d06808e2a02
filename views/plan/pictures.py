"""What follows a decision on the Plan page: headline figures, the plan in words, four charts."""

import streamlit as st

from model import Projection
from model.evidence.baseline import Baseline
from model.force.people import people_by_tier
from model.outputs.charts import chart_tables, plan_charts
from model.outputs.charts.palette import BASE, MINIMUM, SCENARIO
from model.outputs.phrasing.markup import Markup, element, written
from model.outputs.words import text
from model.projection.base_year import baseline_of
from views.plan import moving
from views.plan.at_rest import leave, sentences
from views.plan.opening import stories
from views.shell import cards, replay
from views.shell.links.number_link import assumption_link
from views.shell.page import blocks
from views.shell.refusal import latest_projection
from views.shell.session import redraw, session

RESTS_ON = {
    "people": "staff",
    "visits": "visits",
    "cases": "case_capacity",
    "months": "on_time_share",
}
"""The measure whose assumptions stand under a chart."""
HEIGHT = 184
"""Pixels of a frame: four of them stand on a screen of 1366 x 768."""
MOST_ROWS, SCROLLED = 8, 300
"""Most rows of a chart's table that stand there in whole, and the pixels of one with more, which scrolls."""


def pictures() -> None:
    """One fragment, with the figures before the charts."""
    st.fragment(_pictures, key="pictures", run_every=replay.seconds_between_pictures())()


def _pictures() -> None:
    scenario, language = replay.scenario_on_stage(), session.language()
    leave(session.scenario())
    projection, is_current = latest_projection(scenario, text("plan.still_shown", language), at_a_glance=True)
    if projection is None:
        return
    baseline = baseline_of(projection.scenario)
    is_at_rest = is_current and not replay.is_playing()
    cards.headlines(projection, baseline, language, **(moving.take(scenario, language) if is_at_rest else {}))
    _legend(language)
    # Above the words, whose length follows the plan: the charts stay where they are.
    with st.container(key="charts"):
        for frame, column in zip(plan_charts.FRAMES, st.columns(len(plan_charts.FRAMES), gap="small"), strict=True):
            with column:
                _frame(frame, projection, baseline, language)
    stories(scenario)
    cards.in_words(projection, baseline, language)
    if is_at_rest:
        sentences(scenario)
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
    keys += [(blocks.mark(name), text(f"charts.{name}_key", language)) for name in ("bars", "strips")]
    blocks.legend(keys)


def _frame(frame: str, projection: Projection, baseline: Baseline, language: str) -> None:
    """A title, the charts under it or their table, and what they rest on."""
    people = people_by_tier(projection.scenario, baseline)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xxsmall", wrap=False
    ):
        title = element("h4", text(f"charts.{frame}_title", language), class_="chart-title")
        st.html(title, width="content")
        as_table = st.toggle(text("plan.as_table", language), key=f"table-{frame}", on_change=redraw.after_decision)
    if as_table:
        rows = chart_tables.table(frame, projection, people, language)
        is_long = len(rows) > MOST_ROWS
        with st.container(key=f"rows-{frame}", height=SCROLLED if is_long else "content", border=False):
            st.table(rows, hide_index=True)
    else:
        for name in plan_charts.FRAMES[frame]:
            st.vega_lite_chart(
                plan_charts.data(name, projection, people, language),
                plan_charts.spec(name, language, session.theme(), HEIGHT),
                key=f"chart-{name}",
                alt=text(f"charts.{name}_alt", language),
            )
    st.html(element("p", _rests_on(frame, projection, baseline, language), class_="rests"))


def _rests_on(frame: str, projection: Projection, baseline: Baseline, language: str) -> Markup:
    """Links to the assumptions that a chart rests on most; for people, to the split by tier if it is one."""
    ids = [id for id, _ in projection.measures[RESTS_ON[frame]].rests_on][:3]
    if frame == "people":
        ids = [] if projection.scenario.staff_list else [f"staff_{tier}" for tier in baseline.tiers]
    if not ids:
        return written(text("plan.rests_on_none", language))
    links = text("plan.list_comma", language).join(assumption_link(id, baseline, language) for id in ids)
    return Markup(written(text("plan.rests_on", language, assumptions="")) + links)

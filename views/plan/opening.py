"""The first screen: what this is, from which report, and three stories to begin with in one click."""

from collections.abc import Mapping

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.phrasing.markup import element
from model.outputs.phrasing.numbers import count
from model.outputs.words import text
from model.scenario.levers import Value, levers
from model.scenario.scenario import Scenario
from views.shell.session import redraw, session

PEOPLE, TIME, TIMES = 100, 0.1, 2
"""People who move down in the first story, the share of time in the second, the times of the checks in the third."""


def about() -> None:
    """One line that says what this is, for whom, and from which report."""
    language, baseline = session.language(), session.baseline()
    line = text("opening.about", language, source=baseline.source[language])
    st.html(element("p", line, class_="opening", title=line))


def stories(scenario: Scenario) -> None:
    """The stories, one button each; nothing once a decision is made."""
    if scenario.levers:
        return
    baseline, language = session.baseline(), session.language()
    people = count(_people(baseline))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="stories"):
        st.html(element("b", text("opening.stories", language)), width="content")
        for story, changed in story_levers(baseline).items():
            st.button(
                text(f"opening.{story}", language, people=people),
                key=f"story-{story}",
                help=text("opening.story_help", language),
                on_click=_begin,
                args=(changed,),
            )


def story_levers(baseline: Baseline) -> dict[str, Mapping[str, Value]]:
    """The levers of each story."""
    people, checks = _people(baseline), levers(baseline)["offsite_checks"].base
    if isinstance(checks, str | Mapping):
        raise TypeError("the checks are a number")
    stories: dict[str, Mapping[str, Value]] = {
        "sink": {"staff.change.city": -people, "staff.change.county": people},
        "time": {"other_duties_cut": TIME},
        "offsite": {"offsite_checks": TIMES * checks},
    }
    table = levers(baseline)
    return {
        story: changed
        for story, changed in stories.items()
        if all(not table[id].is_fixed and value != table[id].base for id, value in changed.items())
    }


def _people(baseline: Baseline) -> float:
    """As many people as the cities can spare, at most those of the story."""
    return min(float(PEOPLE), -(levers(baseline)["staff.change.city"].low or 0.0))


def _begin(changed: Mapping[str, Value]) -> None:
    session.set_levers(changed)
    redraw.after_decision()

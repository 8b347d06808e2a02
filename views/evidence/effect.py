"""What the change of an assumption made of the headline figures, shown where it is changed."""

import pandas as pd
import streamlit as st

from model import Scenario, TooFewDraws
from model.outputs.compare.comparison import measure_name
from model.outputs.phrasing.markup import element
from model.outputs.phrasing.numbers import amount, change_with_points, unit_word
from model.outputs.words import text
from model.projection.results import Projection
from model.year.measures import HEADLINES, MEASURE
from views.shell.session import session

CHANGED = "assumption-changed"
"""Key of the session: the assumption last changed, and the scenario before and after."""


def remember(id: str, before: Scenario, after: Scenario) -> None:
    """Note the change of an assumption, so that its effect can be shown."""
    st.session_state[CHANGED] = (id, before.without_texts, after.without_texts)


def effect(id: str, language: str) -> None:
    """Each headline figure before and after the last change, while the plan is as that left it."""
    about, before, after = st.session_state.get(CHANGED, ("", None, None))
    if about != id or session.scenario().without_texts != after:
        return
    try:
        was, now = session.projection(before), session.projection(after)
    except TooFewDraws:
        return
    st.html(element("h4", _word("effect_title", language), class_="sub"))
    columns = [_word(f"effect_{column}", language) for column in ("figure", "before", "after", "change")]
    rows = [row(measure, was, now, language) for measure in HEADLINES]
    st.table(pd.DataFrame(rows, columns=columns), hide_index=True, border="horizontal")


def row(id: str, was: Projection, now: Projection, language: str) -> tuple[str, str, str, str]:
    """A measure under the plan before and after, and the difference of the two as printed."""
    unit = MEASURE[id].unit
    before, after = (projection.measures[id].total.scenario.p50 for projection in (was, now))
    name, word = measure_name(id, [was, now], language), unit_word(unit, language)
    if word:
        name = text("prefectures.heading_unit", language, name=name, unit=word)
    return name, amount(before, unit), amount(after, unit), change_with_points(after - before, unit, language)


def _word(key: str, language: str) -> str:
    return text(f"evidence_page.{key}", language)

"""The ways to read a base year whose figures do not fit together, a button each."""

import streamlit as st

from model.evidence.alternatives import Alternative
from model.evidence.baseline import Baseline
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from model.scenario.decisions import ChangedAssumption
from views.shell.session import redraw, session, standing


def ways(baseline: Baseline, language: str) -> None:
    """Each alternative with what speaks for it; the one that the plan follows is marked."""
    if not baseline.alternatives:
        return
    scenario = session.scenario()
    st.html(element("p", text("base_year_page.alternatives", language, count=len(baseline.alternatives))))
    for one in baseline.alternatives:
        is_read = scenario.baseline == baseline.id and one.ranges.keys() <= scenario.assumptions.keys()
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"alternative-{one.id}"):
            st.html(element("p", element("b", one.name[language]), " ", one.reason[language]))
            st.button(
                text(f"base_year_page.{'is_read' if is_read else 'read_so'}", language),
                key=f"read-{one.id}",
                type="secondary" if is_read else "primary",
                disabled=is_read,
                on_click=redraw.page_after,
                args=(lambda one=one: _read(one, baseline),),
            )


def _read(alternative: Alternative, baseline: Baseline) -> None:
    """The plan on this base year with the ranges of an alternative, those of the others taken back."""
    language = session.language()
    others = {id for one in baseline.alternatives for id in one.ranges}
    own = {id: one for id, one in session.scenario().assumptions.items() if id not in others}
    changed = {
        id: ChangedAssumption(one.low, one.mid, one.high, one.reason[language])
        for id, one in alternative.ranges.items()
    }
    if session.scenario().baseline != baseline.id:
        standing.stand_on(baseline.id)
        own = {}
    session.step(session.scenario().with_decisions(assumptions={**own, **changed}))

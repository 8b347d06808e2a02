"""Making a plan that was found the current one: one step, which undo takes back."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import streamlit as st

from model.outputs.words import text
from model.scenario.scenario import Scenario
from views.shell.address import question_address
from views.shell.session import session

ADOPTED = "adopted"


@dataclass(frozen=True)
class Offer:
    """A plan `after` that was found for the one `before` it by a question under a name; `current` says whether it is
    the answer to what is asked now. `pinned` are settings whose usual value follows from the current plan: once the
    plan is adopted they stay as they were."""

    name: str
    question: Hashable
    before: Scenario
    after: Scenario
    current: bool
    pinned: Mapping[str, str] = field(default_factory=dict)


def origin(question: Hashable) -> Scenario:
    """The scenario that a question is asked of: the current one; where that was found by the same question, the one it
    took the place of, so that its answer stays."""
    current = session.scenario().without_texts
    of, found, before = st.session_state.get(ADOPTED, (None, None, None))
    return before if of == question and found == current else current


def button(offer: Offer, label: str = "") -> None:
    """Adopts a plan; once it is the current one, the way to its figures."""
    language = session.language()
    if session.scenario().without_texts == offer.after.without_texts:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.markdown(f":material/check_circle: {text('decide.is_current', language)}", width="content")
            if st.button(text("decide.see_plan", language), key=f"see-{offer.name}", icon=":material/arrow_forward:"):
                session.open_page("plan")
        return
    st.button(
        label or text("decide.adopt", language),
        key=f"adopt-{offer.name}",
        type="secondary" if label else "primary",
        icon=":material/check:",
        help=text("decide.adopt_help", language),
        disabled=not offer.current,
        on_click=_adopt,
        args=(offer,),
    )


def _adopt(offer: Offer) -> None:
    st.session_state[ADOPTED] = (offer.question, offer.after.without_texts, offer.before)
    for name, value in offer.pinned.items():
        question_address.put(name, value)
    session.step(session.scenario().with_decisions(levers=offer.after.levers))
    st.rerun()

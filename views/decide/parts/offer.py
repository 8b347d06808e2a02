"""A plan that a search found, offered to the planner: asked for, and made the current one in one step."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.answers.found_plan import refusal_in_words, stopped_in_words
from model.outputs.phrasing.markup import element
from model.outputs.words import text
from model.scenario.scenario import Scenario
from model.search.engine.staffing_plan import Refusal
from views.decide.parts import answer_parts
from views.shell.address import plan_file, question_address
from views.shell.session import redraw, session
from views.shell.session.work import Tick

Answer = TypeVar("Answer")
ADOPTED = "adopted"


@dataclass(frozen=True)
class Offer:
    """A plan `after` that a question under a `name` found for the one `before` it.

    `is_current` says whether it is the answer to what is asked now. `pinned` are settings whose usual value follows
    from the current plan: once the plan is adopted they stay as they were.
    """

    name: str
    question: Hashable
    before: Scenario
    after: Scenario
    is_current: bool
    pinned: Mapping[str, str] = field(default_factory=dict)


def search(
    name: str,
    settings: tuple,
    do: Callable[[Scenario, Tick], Answer | Refusal],
    baseline: Baseline,
    language: str,
    pinned: Mapping[str, str] | None = None,
) -> tuple[Answer, Offer] | None:
    """The answer of a search about the current plan, with an offer to which its plan has still to be put.

    None while there is no answer, and where there is no plan, which is said.
    """
    question = (name, *settings)
    scenario = _origin(question)
    answer, before, is_current = answer_parts.answer(name, scenario, question, lambda tick: do(scenario, tick))
    if isinstance(answer, Refusal):
        first, *reasons = refusal_in_words(answer, baseline, language)
        answer_parts.sentences(first)
        st.html(element("ul", *(element("li", reason) for reason in reasons), class_="reasons"))
        return None
    if answer is None:
        return None
    for line in stopped_in_words(answer, language):
        st.text(line)
    return answer, Offer(name, question, before, before, is_current, pinned or {})


def _origin(question: Hashable) -> Scenario:
    """The scenario that a question is asked of: the current one.

    Where that was found by the same question, the one it took the place of, so that its answer stays.
    """
    current = session.scenario().without_texts
    of, plan, before = st.session_state.get(ADOPTED, (None, None, None))
    return before if of == question and plan == current else current


def button(offer: Offer, label: str = "") -> None:
    """Adopts a plan; once it is the current one, the way to its figures."""
    language = session.language()
    if session.scenario().without_texts == offer.after.without_texts:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            said = text("decide.is_adopted" if offer.before.levers else "decide.is_current", language)
            st.markdown(f":material/check_circle: {said}", width="content")
            if st.button(text("decide.see_plan", language), key=f"see-{offer.name}", icon=":material/arrow_forward:"):
                session.open_page("plan")
        return
    st.button(
        label or text("decide.adopt", language),
        key=f"adopt-{offer.name}",
        type="secondary" if label else "primary",
        icon=":material/check:",
        help=text("decide.adopt_help", language),
        disabled=not offer.is_current,
        on_click=_adopt,
        args=(offer,),
    )


def _adopt(offer: Offer) -> None:
    st.session_state[ADOPTED] = (offer.question, offer.after.without_texts, offer.before)
    for name, value in offer.pinned.items():
        question_address.put(name, value)
    session.step(session.scenario().with_decisions(levers=offer.after.levers), file=plan_file.unsaved_copy())
    redraw.page()

"""What takes longer than a step, under the plan in words: why, and whether it holds.

Both are worked out beside the page once the plan has rested for a moment, one after the other, and the sentences before
stay until then, so no slider waits for them.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from model.evidence.base_year_folders import State
from model.outputs.answers.answer_table import capital
from model.outputs.phrasing.markup import Markup, element, figures_unbroken
from model.outputs.words import text
from model.projection.base_year import follows_from
from model.projection.progress import Tick
from model.scenario.scenario import Scenario
from views.plan import stability, why
from views.shell.page.scripts import script
from views.shell.session import last, redraw, session
from views.shell.session.work import Work

SENTENCES, DRAWING, FOLLOWED = "at-rest", "at-rest-drawing", "at-rest-followed"
"""The key of the part, and those of the session for how often it was drawn, and for the plan whose answers all parts
of the page show."""
REST, LOOK, NEVER = 700, 1_500, 0
"""Milliseconds that a plan rests before it is worked out, and after which the page looks whether it is."""
QUESTIONS: Mapping[str, Callable[[Scenario, Tick], object]] = {
    why.NAME: session.why,
    stability.NAME: session.stability,
}
"""The questions in the order in which they are worked out.

Under `<name>-work` the session has what it follows from and the work on it.
"""
SHOWN = {why.NAME: why.SHOWN, stability.NAME: stability.SHOWN}
"""Keys of the session: the last answer and its plan."""
LAST = {why.NAME: why.last_answer, stability.NAME: stability.last_answer}
FOLLOWING = {why.NAME: why.WAY, stability.NAME: stability.TABLE}
"""The part of the page that is drawn again with the answer."""
_REST = st.components.v2.component("rest", js=script(Path(__file__).with_name("rest.js")))


@st.fragment(key=SENTENCES)
def sentences(scenario: Scenario) -> None:
    """Why the figures change, and whether that holds; nothing for a plan without a decision."""
    if not scenario.levers:
        return
    language = session.language()
    is_new = {name: _is_done(name, scenario) for name in QUESTIONS}
    lines = {why.NAME: why.why_lines(language), stability.NAME: stability.stability_lines(language)}
    st.html("".join(_words(name, lines[name], not is_new[name], language) for name in QUESTIONS))
    # Always the same two elements: one that a cut-short run left over would stay on the page.
    asked = follows_from(scenario)
    is_begun = any(_work(name)[0] == asked for name in QUESTIONS)
    is_followed = all(is_new.values()) and st.session_state.get(FOLLOWED) == asked
    _wait(NEVER if is_followed else LOOK if is_begun and not all(is_new.values()) else REST)


def leave(scenario: Scenario) -> None:
    """Stop the work on any other plan, which a step would share the machine with."""
    now = follows_from(scenario)
    for about, work in map(_work, QUESTIONS):
        if work and about != now:
            work.stop()


def _words(name: str, lines: tuple[str, ...], is_old: bool, language: str) -> Markup:
    help = why.why_help(language) if name == why.NAME else ""
    head = element("b", text(f"{name}.title", language), title=help or None)
    first, *others = (figures_unbroken(capital(line)) for line in lines)
    is_of_before = is_old and bool(LAST[name]())
    before = element("small", text("plan.say_before", language)) if is_of_before else ""
    kind = "before" if is_of_before else None
    rows = [element("p", head, before, element("span", first, class_=kind))]
    rows += [element("p", element("span", line, class_=kind)) for line in others]
    busy = "true" if is_old else None
    return element("div", *rows, class_=f"words at-rest {name}", aria_live="polite", aria_busy=busy)


def _work(name: str) -> tuple[tuple[Scenario, State] | None, Work | None]:
    return st.session_state.get(f"{name}-work", (None, None))


def _is_done(name: str, scenario: Scenario) -> bool:
    """Whether the work on a plan is over; its answer is the one shown from now on."""
    about, work = _work(name)
    if work is None or about != follows_from(scenario) or work.stopped or not work.over:
        return False
    if work.failure:
        raise work.failure
    last.keep(SHOWN[name], (work.answer, scenario), scenario)
    return True


def _wait(milliseconds: int) -> None:
    """Have the browser come back after a while, unless the sentences are drawn again before."""
    st.session_state[DRAWING] = st.session_state.get(DRAWING, 0) + 1
    data = {"drawing": st.session_state[DRAWING], "milliseconds": milliseconds}
    _REST(key="rest", data=data, on_rested_change=_go_on)


def _go_on() -> None:
    """Begin the next work on the current plan once the one before is over, and draw what is new."""
    asked, following = follows_from(session.scenario()), []
    for name in QUESTIONS:
        about, work = _work(name)
        if about != asked or work is None or work.stopped:
            st.session_state[f"{name}-work"] = (asked, _begin(name, asked[0]))
            break
        if not work.over:
            break
        following.append(FOLLOWING[name])
    else:
        st.session_state[FOLLOWED] = asked
    redraw.parts(SENTENCES, *following)


def _begin(name: str, scenario: Scenario) -> Work:
    return Work(lambda tick: QUESTIONS[name](scenario, tick))

"""What one browser tab works on: scenario, undo and redo, language, and the address that carries them.

The scenario is the only truth. Widgets show it and report changes to it; the address follows every change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from model import Projection, Scenario, project
from model.evidence.base_year_folders import State
from model.evidence.baseline import Baseline
from model.files.library import Opened
from model.files.problem import Problem
from model.outputs.handout.origin import NOWHERE, Origin
from model.outputs.phrasing.coherence import coherent
from model.outputs.words import LANGUAGES
from model.projection.base_year import base_year_of, baseline_of, follows_from
from model.projection.progress import Tick, unheard
from model.projection.project import glance as model_glance
from model.projection.stability import Stability
from model.projection.stability import stability as plan_stability
from model.projection.totals import moving_glance as model_moving_glance
from model.projection.why.why import Why
from model.projection.why.why import why as plan_why
from model.scenario.levers import Value, off_base
from views.shell.address import (
    comparison_address,
    method_address,
    number_address,
    plan_file,
    presentation_address,
    question_address,
    short_address,
    trial_address,
)
from views.shell.address.scenario_address import from_link
from views.shell.page import widgets
from views.shell.session import redraw

LANGUAGE = "lang"
MOST_STEPS = 100
_COMPUTING = Lock()
"""One plan is computed at a time: two at once take longer than one after the other, since each asks for the
interpreter hundreds of times and waits for the other's turn."""


@dataclass(frozen=True)
class Gesture:
    """Changes in one go, as by dragging: one step to undo.

    The address follows the `whole` gesture.
    """

    number: int
    whole: bool


@dataclass
class DownloadInputs:
    """What a file is made from on the click.

    The click may come after changes that did not draw the button again.
    """

    scenario: Scenario
    language: str
    origin: Origin = NOWHERE
    """The plan's file, whose comments a new file keeps, and how the plan stands to its final version."""
    presentation: Any = None
    """The story on the Present page."""


def start() -> None:
    """Take over the address before anything is drawn, unless this session wrote it."""
    state = st.session_state
    given = st.query_params.to_dict()
    if "scenario" not in state:
        _begin()
    elif given == state.address:
        return
    elif not given or not _in_history():
        # Another page, whose link carries nothing; or what the browser sent before it got the last address.
        write_address()
        return
    _take_over(short_address.whole(given))
    write_address()


def _take_over(address: short_address.Address) -> None:
    """Make what an address says the state of the session."""
    state, given = st.session_state, address.parameters
    if given.get(LANGUAGE) in LANGUAGES:
        state.language = given[LANGUAGE]
    comparison_address.from_link(given)
    question_address.from_link(given)
    presentation_address.from_link(given)
    method_address.from_link(given)
    number_address.from_link(given)
    scenario_there, problems = from_link(given, baseline())
    tried = from_link(trial_address.of_trial(given), baseline())[0] if trial_address.TRIAL in given else None
    file = plan_file.from_link(given, address.original)
    if scenario_there is None:
        # Decisions may not hold without a staff list that is kept elsewhere.
        lacking = [Problem("kept_elsewhere_unopened", "")] if address.is_lacking else []
        report_problems("plans.link_problems", "", [*lacking, *problems])
    else:
        now = tried or scenario_there
        if now != state.scenario or file not in ("", state.file):
            _open(now, file or plan_file.name_outside_library())
        if tried:
            trial_address.take_over(scenario_there)
        else:
            trial_address.take_over_plan()
        if address.is_lacking:
            report_problems("plans.link_lacking", "", [Problem("kept_elsewhere", "")])


def _begin() -> None:
    """Fill a new session: the base year, in the language of the browser."""
    state = st.session_state
    state.scenario, state.language = Scenario(), _browser_language()
    state.download_inputs = DownloadInputs(state.scenario, state.language)
    state.past, state.future, state.gesture, state.problems, state.just_opened = (), (), None, None, ""
    state.page, state.left_out = "", ""
    redraw.set_order(deciding={})
    plan_file.start()
    trial_address.start()


def _in_history() -> bool:
    """Whether the reader stepped through the browser's history, which alone may bring another address.

    True if the framework does not tell.
    """
    return getattr(get_script_run_ctx(), "is_history_navigation", True)


def _browser_language() -> str:
    return "zh" if (st.context.locale or "zh").lower().startswith("zh") else "en"


def enter_page(page: str) -> None:
    """Note which page is drawn.

    On another page no part follows decisions yet, and every widget is a new one. What an address says to be on trial
    is a trial only where plans are tried; whoever leaves that page leaves the trial there.
    """
    state = st.session_state
    if state.page != page:
        if state.page == trial_address.PRESENT:
            put_back()
        trial_address.enter_page(page)
        state.page, state.redraw_order = page, ()
        widgets.renew_all()
        write_address()


def open_page(page: str) -> None:
    """Show another page, by the name under which app.py has it."""
    st.switch_page(st.session_state.pages[page])


def scenario() -> Scenario:
    return st.session_state.scenario


def baseline() -> Baseline:
    return baseline_of(scenario())


def language() -> str:
    """The language of the page, in which tiers have the names of the plan's base year, if it is there."""
    try:
        return baseline().names_in(st.session_state.language)
    except KeyError:
        return plain_language()


def plain_language() -> str:
    """The language of what is of no one base year: their list, and the form that makes a new one."""
    return st.session_state.language


def set_language(language: str) -> None:
    st.session_state.language = language
    write_address()


def theme() -> str:
    return "dark" if st.context.theme.type == "dark" else "light"


def download_inputs() -> DownloadInputs:
    """What a download is made from; it stays up to date after the button is drawn."""
    return st.session_state.download_inputs


def put_back() -> None:
    """The plan, and the file it belongs to, as its reader brought them to this page."""
    scenario, file = st.session_state.brought
    step(scenario, file=file)


def set_levers(changed: Mapping[str, Value], gesture: Gesture | None = None) -> None:
    """Set some levers; the scenario leaves out a lever at its base."""
    chosen = off_base({**scenario().levers, **changed}, baseline())
    step(scenario().with_decisions(levers=chosen), gesture)


def reset_levers() -> None:
    """All decisions back to the base year, in a plan without name or file; assumptions stay."""
    step(scenario().without_texts.with_decisions(levers={}), file=plan_file.name_outside_library())


def reset_assumptions() -> None:
    """Assumptions and the reading of the report back to those of the base year; decisions stay."""
    step(scenario().with_decisions(assumptions={}, reading={}))


def open_scenario(opened: Opened) -> None:
    """Put another scenario in the place of this one; undo brings this one back."""
    _open(opened.scenario, plan_file.remember(opened))


def _open(scenario: Scenario, file: str) -> None:
    st.session_state.problems, st.session_state.just_opened = None, file
    step(scenario, file=file)


def attach_file(saved: Opened) -> None:
    """The plan belongs to this file from now on, its own or another one."""
    if saved.stem == st.session_state.file:
        plan_file.remember(saved)
        write_address()
    else:
        before, st.session_state.scenario = st.session_state.file, saved.scenario
        move_to_file(before, saved)


def move_to_file(before: str, after: Opened) -> None:
    """Plans of one file, now and among the steps, belong to another file from now on and carry its name."""
    state, file = st.session_state, plan_file.remember(after)

    def moved(at: tuple[Scenario, str]) -> tuple[Scenario, str]:
        return (replace(at[0], name=after.scenario.name), file) if at[1] == before else at

    state.past, state.future = tuple(map(moved, state.past)), tuple(map(moved, state.future))
    state.scenario, state.file = moved((state.scenario, state.file))
    write_address()


def report_problems(head: str, file: str, problems: list[Problem]) -> None:
    """Keep the current scenario and show what is wrong with another one, under the phrase `head`."""
    st.session_state.problems = (head, file, problems)


def clear_problems() -> None:
    st.session_state.problems = None


def just_opened() -> Opened | None:
    """The file of the plan on screen; None once the reader dismissed the notice of its version."""
    return plan_file.current() if st.session_state.just_opened == st.session_state.file else None


def forget_just_opened() -> None:
    st.session_state.just_opened = ""


def undo() -> None:
    state = st.session_state
    if state.past:
        state.future = ((state.scenario, state.file), *state.future)
        *earlier, (state.scenario, state.file) = state.past
        state.past, state.gesture = tuple(earlier), None
        write_address()


def redo() -> None:
    state = st.session_state
    if state.future:
        state.past = (*state.past, (state.scenario, state.file))
        (state.scenario, state.file), *later = state.future
        state.future, state.gesture = tuple(later), None
        write_address()


def step(after: Scenario, gesture: Gesture | None = None, file: str | None = None) -> None:
    """Make a scenario the current one, as a step to undo.

    A step of the same gesture as the step before becomes part of it. `file` is what the plan belongs to afterwards;
    None leaves it as it is.
    """
    state = st.session_state
    number = gesture.number if gesture else None
    before = (state.scenario, state.file)
    if (after, file or state.file) != before:
        if number is None or number != state.gesture:
            state.past = (*state.past, before)[-MOST_STEPS:]
        state.future, state.gesture = (), number
        state.scenario, state.file = after, file or state.file
    if gesture is None or gesture.whole:
        write_address()


def write_address() -> None:
    """Write scenario and language to the address, in values that read the same in both languages."""
    address = {
        **trial_address.to_link(),
        **plan_file.to_link(),
        **comparison_address.to_link(),
        **question_address.to_link(),
        **presentation_address.to_link(),
        **method_address.to_link(),
        **number_address.to_link(),
        LANGUAGE: language(),
    }
    inputs, file = download_inputs(), plan_file.current()
    address = short_address.shortened(short_address.Address(address, file.text if file and not file.stem else ""))
    inputs.scenario, inputs.language, inputs.origin = scenario(), language(), plan_file.origin()
    st.session_state.address = address
    if address != st.query_params.to_dict():
        st.query_params.from_dict(address)


def projection(of: Scenario | None = None) -> Projection:
    """The projection of a scenario, by default the current one, without its texts, in figures that add up.

    Raises TooFewDraws.

    All sessions share it.
    """
    return _projected(*follows_from(of or scenario()))


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Scenario: hash})
def _projected(scenario: Scenario, state: State) -> Projection:
    with _COMPUTING:
        return coherent(project(scenario))


def glance(of: Scenario) -> Projection:
    """The same without prefectures and quarters, for a page that shows neither while a handle moves."""
    return _glanced(*follows_from(of))


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Scenario: hash})
def _glanced(scenario: Scenario, state: State) -> Projection:
    baseline = baseline_of(scenario)
    base = base_year_of(scenario, baseline)
    with _COMPUTING:
        return coherent(model_glance(base, scenario))


def moving_glance(rest: Scenario, moved: Scenario) -> Projection:
    """The headline totals of a plan while a handle moves, from those of the plan at rest."""
    if not moved.levers:
        return glance(moved)
    at_rest, base = glance(rest), base_year_of(rest, baseline_of(rest))
    with _COMPUTING:
        return coherent(model_moving_glance(base, at_rest, moved))


def stability(of: Scenario, tick: Tick = unheard) -> Stability:
    """What a scenario changes under each other closure and reading; `tick` may raise to stop.

    Raises TooFewDraws.

    All sessions share it.
    """
    return _stability(*follows_from(of), tick)


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Scenario: hash})
def _stability(scenario: Scenario, state: State, _tick: Tick) -> Stability:
    return plan_stability(base_year_of(scenario, baseline_of(scenario)), _glanced(scenario, state), _tick)


def why(of: Scenario, tick: Tick = unheard) -> Why:
    """Why a scenario changes the headline figures; `tick` may raise to stop.

    Raises TooFewDraws.

    All sessions share it.
    """
    return _why(*follows_from(of), tick)


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Scenario: hash})
def _why(scenario: Scenario, state: State, _tick: Tick) -> Why:
    return plan_why(base_year_of(scenario, baseline_of(scenario)), _glanced(scenario, state), _tick)

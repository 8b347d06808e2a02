"""What one browser tab works on: the scenario, the way back and forth, the language, the address that carries it all.

The scenario is the only truth. Widgets are set from it and report changes to it; the address follows every change.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from zlib import crc32

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from model import Projection, Scenario, project
from model.evidence.baseline import Baseline
from model.files.library import Opened
from model.files.problem import Problem
from model.outputs.words import LANGUAGES
from model.projection.base_year import baseline_of
from model.scenario.levers import Value, levers, without_needy
from views.shell.address import deck, method_address, plan_file, question_address, shortlist
from views.shell.address.scenario_address import from_link, to_link

LANGUAGE = "lang"
MOST_STEPS = 100


@dataclass(frozen=True)
class Gesture:
    """Many changes that a planner makes in one go, as by dragging: one step to undo. The address follows once it is
    `whole`."""

    number: int
    whole: bool


def start() -> None:
    """Before anything is drawn: take over what the address says, if it is not what this session wrote there."""
    state = st.session_state
    given = st.query_params.to_dict()
    if "scenario" not in state:
        state.scenario = Scenario()
        plan_file.start()
        state.past, state.future, state.problems, state.drawn = (), (), None, {}
        state.just_opened = ""
        state.snapshot, state.gesture, state.followers, state.unchanged, state.page = {}, None, (), "", ""
        state.language = _browser_language()
    elif given == state.address:
        return
    elif not given or not _in_history():
        # Another page, whose link carries nothing; or what the browser sent before it heard of the last step.
        write_address()
        return
    if given.get(LANGUAGE) in LANGUAGES:
        state.language = given[LANGUAGE]
    shortlist.from_link(given)
    question_address.from_link(given)
    deck.from_link(given)
    method_address.from_link(given)
    found, problems = from_link(given, baseline())
    if found is None:
        refuse("plans.link_problems", "", [replace(problem, line=None) for problem in problems])
    elif found != state.scenario or plan_file.from_link(given) not in ("", state.file):
        _open(found, plan_file.from_link(given) or plan_file.unfiled())
    write_address()


def _in_history() -> bool:
    """Whether the reader stepped through the browser's history, which alone brings a session another address; yes where
    the framework does not tell."""
    return getattr(get_script_run_ctx(), "is_history_navigation", True)


def arrive(page: str) -> None:
    """On another page nothing follows a decision yet, and every widget is a new one: under its old key the browser
    would draw it empty."""
    state = st.session_state
    if state.page != page:
        state.page, state.followers = page, ()
        state.drawn = {name: times + 1 for name, times in state.drawn.items()}


def _browser_language() -> str:
    return "zh" if (st.context.locale or "zh").lower().startswith("zh") else "en"


def scenario() -> Scenario:
    return st.session_state.scenario


def baseline() -> Baseline:
    return baseline_of(scenario())


def language() -> str:
    return st.session_state.language


def snapshot() -> dict[str, object]:
    """Scenario, language and the text the scenario came from as they are when asked, for what runs without a session: a
    download is made on the click, after moves that did not draw its button again."""
    return st.session_state.snapshot


def theme() -> str:
    return "dark" if st.context.theme.type == "dark" else "light"


def decide(changed: Mapping[str, Value], gesture: Gesture | None = None) -> None:
    """Set some levers; a lever at its base is left out of the scenario."""
    table = levers(baseline())
    chosen = without_needy({**scenario().levers, **changed}, baseline())
    kept = {id: chosen[id] for id in table if id in chosen and chosen[id] != table[id].base}
    step(scenario().with_decisions(levers=kept), gesture)


def reset() -> None:
    """All decisions back to the base year; assumptions and the reading of the report stay."""
    step(scenario().with_decisions(levers={}))


def reset_assumed() -> None:
    """Assumptions and the reading of the report as they were; decisions stay."""
    step(scenario().with_decisions(assumptions={}, reading={}))


def open_scenario(found: Opened) -> None:
    """Another scenario in the place of this one; undo brings this one back."""
    _open(found.scenario, plan_file.known(found))


def _open(found: Scenario, file: str) -> None:
    st.session_state.problems, st.session_state.just_opened = None, file
    step(found, file=file)


def filed(found: Opened) -> None:
    """The plan stands in the library now: in its own file, or in another one, to which it belongs from now on."""
    if found.stem == st.session_state.file:
        plan_file.known(found)
        write_address()
    else:
        before, st.session_state.scenario = st.session_state.file, found.scenario
        refiled(before, found)


def refiled(before: str, found: Opened) -> None:
    """What belonged to one file, on screen and among the steps to go back and forth to, belongs to another one now and
    carries its name."""
    state, file = st.session_state, plan_file.known(found)

    def moved(at: tuple[Scenario, str]) -> tuple[Scenario, str]:
        return (replace(at[0], name=found.scenario.name), file) if at[1] == before else at

    state.past, state.future = tuple(map(moved, state.past)), tuple(map(moved, state.future))
    state.scenario, state.file = moved((state.scenario, state.file))
    write_address()


def refuse(head: str, file: str, problems: list[Problem]) -> None:
    """Keep the current scenario and remember what is wrong with the other, under the phrase `head`."""
    st.session_state.problems = (head, file, problems)


def forget_problems() -> None:
    st.session_state.problems = None


def just_opened() -> Opened | None:
    """The file of the plan on screen, until the reader has put away what is said of its version."""
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
    """Take a step; one that goes on with the gesture of the step before becomes part of it. `file` is what the plan
    belongs to afterwards, as before where it is left out."""
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


def everywhere(act: Callable[[], None]) -> None:
    """A step from a part of the page that every other part follows."""
    act()
    st.rerun()


def speak(language: str) -> None:
    st.session_state.language = language
    write_address()


def write_address() -> None:
    """The address carries the whole scenario and the language, in plain values that read the same in both languages."""
    carried = (
        to_link(scenario()),
        plan_file.to_link(),
        *(part.to_link() for part in (shortlist, question_address, deck, method_address)),
    )
    address = {key: value for part in carried for key, value in part.items()} | {LANGUAGE: language()}
    came_from = plan_file.current()
    st.session_state.snapshot.update(
        scenario=scenario(), language=language(), original=came_from.text if came_from else None
    )
    st.session_state.address = address
    if address != st.query_params.to_dict():
        st.query_params.from_dict(address)


def projection(of: Scenario | None = None) -> Projection:
    """The projection of a scenario, the current one where none is given. Raises TooFewDraws. Kept for all sessions;
    texts do not count."""
    return _projected((of or scenario()).without_texts)


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Scenario: hash})
def _projected(scenario: Scenario) -> Projection:
    return project(scenario)


def widget_key(name: str, value: object) -> str:
    """The key under which a widget is drawn that shows a value which can change elsewhere.

    A widget that already has it, because its reader just set it, keeps its key. One whose value changed elsewhere gets
    a new key: a browser that has not yet heard of the change still reports the old value, and under the old key that
    report would pass for a decision (`reported`).

    Draw the widget with the value as its default as well. Written to the session instead, it would be sent once only:
    where the next run begins before that is on its way, the browser would never hear of it, show a value of its own,
    the lowest or the first, and report that as a decision.
    """
    state = st.session_state
    key = _key(name, state.drawn.setdefault(name, 0))
    if key in state and state[key] != value:
        state.drawn[name] += 1
        key = _key(name, state.drawn[name])
    return key


def offering(name: str, words: Mapping[str, str]) -> str:
    """The name of a widget that offers these words. A browser holds and reports the words it was first given, so
    others, as in another language, need another widget."""
    return f"{name}-{crc32(repr(words).encode('utf-8', 'replace'))}"


def _key(name: str, times: int) -> str:
    """The two strokes are what framework.css knows such a widget by."""
    return f"{name}--{times}"


def reported(key: str) -> object | None:
    """What the reader set a widget to; None for a report under a key that is no longer drawn."""
    name, _, drawn = key.rpartition("--")
    current = st.session_state.drawn.get(name, 0) == int(drawn)
    return st.session_state.get(key) if current else None


def follow(*parts: str) -> None:
    """Which keyed fragments of the page being drawn follow a decision, in the order in which they are drawn again. The
    force bar comes last: its answer tells it that the pictures are there."""
    st.session_state.followers = parts


def rerun_followers(*, but: str = "") -> None:
    """What the callback of a decision ends with: what follows it is drawn again, nothing else.

    `but` is what such a decision does not change; it is left out from the second in a row on. A run that begins before
    the end of the one before is told takes away that end, and with it the order to clear what is no longer drawn: a
    part is clear only once it has been drawn again.
    """
    state = st.session_state
    unchanged, state.unchanged = state.unchanged if but else "", but
    st.rerun([part for part in state.followers if part != unchanged])


def go(page: str) -> None:
    """Show another page, by the name under which app.py has it."""
    st.switch_page(st.session_state.pages[page])

"""Which scenarios a session compares, and the comparison of them, which all sessions share."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from model.evidence.base_year_folders import State
from model.files.library import Library, Opened
from model.outputs.compare.comparison import name_of
from model.outputs.compare.sweep.table_file import scenario_of
from model.outputs.handout.origin import NOWHERE, Origin, finality_of
from model.outputs.phrasing.coherence import coherent_comparison
from model.projection.base_year import follows_from
from model.projection.comparison import Comparison, compare
from model.scenario.comparability import BASE, MOST, PLAN, ComparisonSet, comparison_set
from model.scenario.scenario import Scenario, in_language
from views.shell.address import plan_file
from views.shell.address.comparison_address import AGAINST, CHOSEN, of_row, of_version
from views.shell.files import history
from views.shell.session import session

FIRST_GUESS = "sink-to-counties"
"""The file beside the base year before any choice or decision."""
BASE_FILE = "base-year"


def names(language: str) -> dict[str, str]:
    """The names of all that can be chosen, by key: base year, current plan, the library's files.

    Versions and rows of a sweep stand among them once they are chosen. The files of the base year and, while
    it is as saved, of the current plan are left out, as both are there already.
    """
    files = {entry.stem: entry for entry in Library().entries()}
    own = {key: name_of(key, scenario(key) or Scenario(), language) for key in (BASE, PLAN)}
    if is_base_year(scenario(BASE_FILE)):
        files.pop(BASE_FILE, None)
    if st.session_state.file not in keys() and not plan_file.is_unsaved(session.scenario()):
        files.pop(st.session_state.file, None)
    named = {stem: in_language(file.name, language) or stem for stem, file in files.items() if stem not in own}
    others = {key: scenario(key) for key in keys() if of_version(key) or of_row(key)}
    return own | named | {key: name_of(key, one, language) for key, one in others.items() if one}


def scenario(key: str) -> Scenario | None:
    """The scenario of a key; None where there is none, or its file is broken."""
    if key in (BASE, PLAN):
        return session.scenario() if key == PLAN else Scenario(baseline=session.scenario().baseline)
    if source := of_row(key):
        return scenario_of(source)[0]
    file = _opened(key)
    return file.scenario if file else None


def _opened(key: str) -> Opened | None:
    version = of_version(key)
    file = history.version_of(*version, session.language()) if version else Library().open(key)
    return file if isinstance(file, Opened) else None


def origin(key: str) -> Origin:
    """The file of the scenario of a key, and how this stands to its final version."""
    if key == PLAN:
        return plan_file.origin()
    if key == BASE or of_row(key) or (file := _opened(key)) is None:
        return NOWHERE
    finality = finality_of(Library(), file.stem, file.stamp)
    # An older version is no draft made after the final one.
    is_said = finality and (finality.is_final or not of_version(key))
    return Origin(file.text.encode(), finality if is_said else None)


def is_base_year(scenario: Scenario | None) -> bool:
    """Whether a scenario decides nothing and assumes nothing of its own."""
    return scenario is not None and scenario.without_texts == Scenario()


def keys() -> list[str]:
    """The keys that the session chose, there or not; the page's own choice if it chose none."""
    first = PLAN if session.scenario().levers else FIRST_GUESS
    chosen = st.session_state.get(CHOSEN) or [BASE, *([first] if scenario(first) else [])]
    has_own_base = not is_base_year(scenario(BASE_FILE))
    return list(dict.fromkeys(BASE if key == BASE_FILE and not has_own_base else key for key in chosen))


def choose_beside(plan: Scenario, stem: str) -> None:
    """Choose a file of the library and the plan it came from, besides what is chosen.

    A plan that is the base year stands there already.
    """
    pair = [stem] if is_base_year(plan) else [PLAN, stem]
    others = [key for key in st.session_state.get(CHOSEN) or [BASE] if key not in pair]
    st.session_state[CHOSEN] = [*others[: MOST - len(pair)], *pair]
    session.write_address()


def file_like(one: Scenario) -> Scenario | None:
    """The chosen file of the library that differs from a scenario in texts at most; None for none."""
    files = (scenario(key) for key in st.session_state.get(CHOSEN, ()) if key not in (BASE, PLAN))
    return next((file for file in files if file and file.without_texts == one.without_texts), None)


def chosen() -> dict[str, Scenario | None]:
    """The scenarios of the keys that the session chose, each file opened once; None as for `scenario`.

    Files that decide the same as the current plan are left out where that is chosen too: they are one.
    """
    there = {key: scenario(key) for key in keys()}
    plan = there.get(PLAN)
    return {key: one for key, one in there.items() if key == PLAN or not (plan and one and _is_same(one, plan))}


def copies(there: Mapping[str, Scenario | None]) -> list[str]:
    """The keys that the session chose, but not among those `there`: copies of the current plan."""
    return [key for key in keys() if key not in there]


def _is_same(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios differ in texts at most; the base year is nobody's copy."""
    return one.without_texts == other.without_texts and not is_base_year(one)


def scenarios(of: Mapping[str, Scenario | None]) -> ComparisonSet | None:
    """Those chosen scenarios that can be compared; None if only the base year is chosen."""
    return comparison_set({key: one for key, one in of.items() if one})


def reference(keys: Sequence[str]) -> str:
    """The scenario that the others are read against; the first if the session chose none of these."""
    against = str(st.session_state.get(AGAINST))
    return against if against in keys else keys[0]


def comparison(of: ComparisonSet) -> Comparison:
    """The comparison of scenarios without their texts.

    Raises TooFewDraws.
    """
    return _compared(tuple(follows_from(candidate.scenario) for candidate in of.candidates))


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Scenario: hash})
def _compared(of: tuple[tuple[Scenario, State], ...]) -> Comparison:
    """With the duels of the whole province only: the page shows no others."""
    whole = compare([scenario for scenario, _ in of])
    duels = {id: {"total": scopes["total"]} for id, scopes in whole.duels.items()}
    return coherent_comparison(replace(whole, duels=duels))

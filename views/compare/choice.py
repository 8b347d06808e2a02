"""Which scenarios a session compares, and the comparison of them, which all sessions share."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from model.files.library import Library, Opened
from model.projection.comparison import Comparison, compare
from model.scenario.comparability import BASE, PLAN, ComparisonSet, comparison_set
from model.scenario.scenario import Scenario
from views.shell.address.comparison_address import AGAINST, CHOSEN
from views.shell.session import session

FIRST_GUESS = "sink-to-counties"
"""The file beside the base year before any choice or decision."""
BASE_FILE = "base-year"


def available() -> dict[str, Scenario]:
    """What can be chosen, by key: the base year, the current plan, the library's files.

    The file of the base year is left out, as the base year is there already.
    """
    folder = Library()
    opened = {stem: folder.open(stem) for stem in folder.names() if stem not in (PLAN, BASE)}
    files = {stem: file.scenario for stem, file in opened.items() if isinstance(file, Opened)}
    if BASE_FILE in files and files[BASE_FILE].without_texts == Scenario():
        del files[BASE_FILE]
    return {BASE: Scenario(), PLAN: session.scenario(), **files}


def keys(there: Mapping[str, Scenario]) -> list[str]:
    """The keys that the session chose, there or not; the page's own choice if it chose none."""
    first = PLAN if session.scenario().levers else FIRST_GUESS
    chosen = st.session_state.get(CHOSEN) or [BASE, *([first] if first in there else [])]
    return list(dict.fromkeys(BASE if stem == BASE_FILE and stem not in there else stem for stem in chosen))


def scenarios(there: Mapping[str, Scenario]) -> ComparisonSet | None:
    """Those chosen scenarios that can be compared; None if only the base year is chosen."""
    return comparison_set({key: there[key] for key in keys(there) if key in there})


def reference(keys: Sequence[str]) -> str:
    """The scenario that the others are read against; the first if the session chose none of these."""
    against = str(st.session_state.get(AGAINST))
    return against if against in keys else keys[0]


def comparison(of: ComparisonSet) -> Comparison:
    """The comparison of scenarios without their texts.

    Raises TooFewDraws.
    """
    return _compared(tuple(candidate.scenario.without_texts for candidate in of.candidates))


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Scenario: hash})
def _compared(scenarios: tuple[Scenario, ...]) -> Comparison:
    """With the duels of the whole province only: the page shows no others."""
    whole = compare(scenarios)
    return replace(whole, duels={id: {"total": scopes["total"]} for id, scopes in whole.duels.items()})

"""Which scenarios a session compares, as the address carries them: files, versions, rows, PLAN, BASE."""

from collections.abc import Mapping

import streamlit as st

from model.files.library.kept_texts import keep, kept
from model.scenario.comparability import MOST

CHOSEN, AGAINST = "compare", "against"
"""Keys of the session and of the address: the scenarios, and the one that the others are read against."""
BETWEEN = "/"
"""Stands between stems; no stem contains it."""
_VERSION = ":"
"""Stands between a stem and the number of one of its versions; no stem contains it."""


def version_key(stem: str, number: int) -> str:
    """The key by which a version of a plan is chosen."""
    return f"{stem}{_VERSION}{number}"


def of_version(key: str) -> tuple[str, int] | None:
    """The stem and the number in a key; None for the key of anything else.

    >>> of_version("sink:7"), of_version("sink"), of_version("sink:x")
    (('sink', 7), None, None)
    """
    stem, _, number = key.partition(_VERSION)
    return (stem, int(number)) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def row_key(source: str) -> str:
    """The key by which a row of a sweep's table is chosen, whose plan is kept on this server."""
    return _VERSION + keep(source)


def of_row(key: str) -> str | None:
    """What `row_key` kept under a key; None for the key of anything else, and where it is not kept here."""
    return kept(key[1:]) if key.startswith(_VERSION) else None


def to_link() -> dict[str, str]:
    """The parameters that carry the choice; empty before a choice."""
    chosen, against = st.session_state.get(CHOSEN), st.session_state.get(AGAINST)
    parameters = {CHOSEN: BETWEEN.join(chosen)} if chosen else {}
    return parameters | ({AGAINST: against} if against else {})


def from_link(parameters: Mapping[str, str]) -> None:
    """Take over the choice that an address carries; without one, the page's own choice holds."""
    stems = [stem for stem in parameters.get(CHOSEN, "").split(BETWEEN) if stem]
    for key, value in ((CHOSEN, list(dict.fromkeys(stems))[:MOST]), (AGAINST, parameters.get(AGAINST, ""))):
        if value:
            st.session_state[key] = value
        else:
            st.session_state.pop(key, None)

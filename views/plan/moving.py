"""The cards while a handle of the force bar moves: the server sends them beside the page's own runs.

A run of the page draws its charts and words again and takes longer than a hand waits.
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import streamlit as st

from model.outputs.phrasing.markup import Markup
from model.projection.base_year import baseline_of
from model.scenario.levers import off_base
from model.scenario.scenario import Scenario
from views.plan.force import least_people, levers_of, people_between_handles, planned_people
from views.shell import cards
from views.shell.session import session

ADDRESS, HAND = "/moving", "hand"
"""Where the cards are sent, below the address of the app, and under which name a session is named there."""
MOST_HANDS = 1000
"""Hands remembered, those taken last; the figures of one forgotten follow once the handle rests."""
_HANDS: "OrderedDict[str, _Hand]" = OrderedDict()
_LOCK = Lock()


@dataclass(frozen=True)
class _Hand:
    """What one session has on screen: the plan at rest, and its language."""

    rest: Scenario
    language: str


def take(rest: Scenario, language: str) -> dict[str, str]:
    """Remember the plan that the cards show; the attributes that let the cards follow its handles."""
    hand = st.session_state.setdefault(HAND, secrets.token_urlsafe(16))
    with _LOCK:
        _HANDS[hand] = _Hand(rest, language)
        _HANDS.move_to_end(hand)
        while len(_HANDS) > MOST_HANDS:
            _HANDS.popitem(last=False)
    base, people = st.get_option("server.baseUrlPath").strip("/"), planned_people(rest, baseline_of(rest))
    edges = people["province"], people["province"] + people.get("city", 0)
    address = f"{f'/{base}' if base else ''}{ADDRESS}?{HAND}={hand}"
    return {"data_moving": address, "data_edges": ",".join(map(str, edges))}


def cards_between(hand: str, left: int, right: int) -> Markup:
    """The cards of a hand's plan with the handles at so many people.

    KeyError for a hand that is not known. Raises what `session.glance` raises.
    """
    with _LOCK:
        known = _HANDS[hand]
    rest, baseline = known.rest, baseline_of(known.rest)
    people = people_between_handles(planned_people(rest, baseline), least_people(rest, baseline), left, right)
    levers = off_base({**rest.levers, **levers_of(people, rest, baseline)}, baseline)
    moved = rest.with_decisions(levers=levers)
    return cards.all_cards(session.moving_glance(rest, moved), baseline, known.language, has_all=not moved.levers)

"""Links to one number of the Evidence page, where an assumption is changed."""

from urllib.parse import urlencode

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.phrasing.markup import Markup, element
from model.outputs.words import text
from views.shell.address import number_address
from views.shell.address.number_address import EVIDENCE, FOLLOWED, NUMBER
from views.shell.links.links import follow, show_part
from views.shell.session import session

OPENING = "evidence-opening"
"""The key of the session that asks for the page of evidence."""
NUMBERS = "numbers"
"""The key of the part of the page with the numbers."""


def choose_number(id: str | None) -> None:
    """Show a number of the table in detail, by the id of its row."""
    if id:
        number_address.choose(id)
        session.write_address()


def assumption_link(id: str, baseline: Baseline, language: str) -> Markup:
    """A link to an assumption by its label."""
    number, help = f"assumption.{id}", text("plan.rests_on_help", language)
    address = f"{EVIDENCE}?{urlencode({**st.session_state.address, NUMBER: number})}"
    return element("a", baseline.assumptions[id].label[language], href=address, data_number=number, title=help)


def follow_links() -> None:
    """Listen for clicks on links to numbers; call it in the page, outside its fragments."""
    if st.session_state.pop(OPENING, False):
        session.open_page(EVIDENCE)
    follow("number", _open)


def show_followed() -> None:
    """Show the numbers to who followed a link to one; call it once they are drawn."""
    if followed := st.session_state.get(FOLLOWED):
        show_part(NUMBERS, followed)


def _open(number: str) -> None:
    if number.partition(".")[2] in session.baseline().assumptions:
        number_address.follow(number)
        session.write_address()
        st.session_state[OPENING] = True

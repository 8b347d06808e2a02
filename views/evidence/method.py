"""The method to read (读方法): its contents, one section beside them, and links to a section."""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from model.evidence.method import FOREWORD, Section, method, sections
from model.outputs.evidence.method_text import article, section_link, section_name
from model.outputs.package.file_name import named
from model.outputs.phrasing.markup import Markup
from model.outputs.words import text
from views.shell.address import method_address
from views.shell.address.method_address import NUMBERS, SECTION
from views.shell.links.links import follow
from views.shell.page import widgets
from views.shell.page.downloads import download
from views.shell.session import session

STYLE = Path(__file__).with_name("method.css")
FIGURES, METHOD = "figures", "method"


def view(language: str) -> str:
    """What of the page is shown, chosen at its top: the figures, or the method."""
    current = FIGURES if method_address.current() is None else METHOD
    words = {name: _word(f"view_{name}", language) for name in (FIGURES, METHOD)}
    name = widgets.name_with_words("evidence-view", words)
    widgets.Choice(name, _word("view", language), words, current).segments(_choose_view, label_visibility="collapsed")
    follow("section", _follow, method_address.current())
    return current


def link(number: int, language: str) -> Markup:
    """A link to a section, for what the page draws itself."""
    return section_link(number, _word("method_cited", language, number=number), _address)


def places(id: str, language: str) -> Markup:
    """Links to the sections that name a number by its id; nothing where none does."""
    numbers = [section.number for section in sections(language) if section.number and section.names(id)]
    return Markup(text("plan.list_comma", language).join(link(number, language) for number in numbers))


def read(language: str) -> None:
    """The contents on the left, the chosen section on the right, the way back and on under it."""
    st.html(STYLE)
    every, number = sections(language), method_address.current() or FOREWORD
    with st.container(key="method"):
        left, right = st.columns([26, 74], gap="medium")
        with left, st.container(key="method-contents"):
            _contents(every, number, language)
            data, name = method(language).encode("utf-8-sig"), named("method", language, "md")
            download(_word("method_download", language), name, data, f"method-download-{language}")
        with right:
            st.html(article(every[number], language, _address))
            _ways(every, number, language)


def _word(key: str, language: str, **values: object) -> str:
    return text(f"evidence_page.{key}", language, **values)


def _address(number: int) -> str:
    """The address of a section with the plan, which the browser follows while nothing listens yet."""
    return f"?{urlencode({**st.session_state.address, SECTION: number})}"


def _contents(every: tuple[Section, ...], number: int, language: str) -> None:
    names = {str(section.number): section_name(section, language) for section in every}
    key = widgets.widget_key(widgets.name_with_words("method-section", names), str(number))
    st.radio(
        _word("method_contents", language),
        list(names),
        number,
        format_func=names.__getitem__,
        key=key,
        on_change=widgets.report,
        args=(key, _choose_section),
    )


def _ways(every: tuple[Section, ...], number: int, language: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", key="method-ways"):
        for way, to in (("back", number - 1), ("on", number + 1)):
            if 0 <= to < len(every):
                name = _word(f"method_{way}", language, name=section_name(every[to], language))
                st.button(name, key=f"method-{way}", type="tertiary", on_click=_turn_to, args=(to,))


def _turn_to(number: int | None) -> None:
    method_address.turn_to(number)
    session.write_address()


def _choose_view(view: str | None) -> None:
    if view is not None:
        _turn_to(FOREWORD if view == METHOD else None)


def _choose_section(number: str | None) -> None:
    if number is not None:
        _turn_to(int(number))


def _follow(number: str) -> None:
    if number in NUMBERS:
        _turn_to(int(number))

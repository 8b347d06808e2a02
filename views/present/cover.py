"""What the presenter has the cover say: unit, meeting and day."""

from datetime import date

import streamlit as st

from model.outputs.story.common_slides import day_in_words
from model.outputs.story.story import Occasion
from model.outputs.words import text
from views.shell.address import presentation_address
from views.shell.page import widgets
from views.shell.session import session


def occasion(language: str) -> Occasion:
    """Who presents, at what meeting and when: today, where no day is set."""
    said, day = presentation_address.on_cover(), day_in_words(_day(), language)
    return Occasion(said[presentation_address.UNIT], said[presentation_address.OCCASION], day)


def _day() -> date:
    try:
        return date.fromisoformat(presentation_address.on_cover()[presentation_address.DAY])
    except ValueError:
        return date.today()


def inputs(language: str) -> None:
    """Draw the boxes in which the presenter types them."""
    for key in (presentation_address.UNIT, presentation_address.OCCASION):
        said = presentation_address.on_cover()[key]
        box = widgets.widget_key(f"cover-{key}", said)
        st.text_input(text(f"present.{key}", language), said, key=box, on_change=widgets.report, args=(box, _set, key))
    box = widgets.widget_key("cover-day", _day())
    st.date_input(
        text("present.day", language),
        _day(),
        format="YYYY-MM-DD",
        key=box,
        on_change=widgets.report,
        args=(box, _set, presentation_address.DAY),
    )


def _set(key: str, said: str | date | None) -> None:
    if said is not None:
        presentation_address.set_on_cover(key, str(said).strip())
        session.write_address()

"""What a plan can be taken away as: the whole package, or one of its parts, made when they are asked for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from model import Projection, Scenario, TooFewDraws, project
from model.outputs import package
from model.outputs.handout.handout import Handout
from model.outputs.handout.pictures import NoFace, face
from model.outputs.words import text
from model.projection.base_year import baseline_of
from views.shell.session import session
from views.shell.session.work import Tick, answer

ASKED = "export-asked"
"""The plan, language and day whose package was asked for last in this session."""


def _word(key: str, language: str, **values: object) -> str:
    return text(f"export.{key}", language, **values)


@st.fragment(key="export")
def export() -> None:
    """The box of the toolbar. What stands in it is drawn when it is opened, for the plan as it then is."""
    language = session.language()
    box = st.popover(
        _word("open", language),
        icon=":material/download:",
        help=_word("open_help", language),
        key="export-box",
        on_change="rerun",
        width="stretch",
    )
    if box.open:
        with box, st.container(gap="xsmall"):
            _opened(language)


def _opened(language: str) -> None:
    scenario = session.scenario()
    try:
        handout = _handout(scenario, session.projection(), language)
    except TooFewDraws:
        st.text(_word("refused", language))
        return
    st.text(_word("of_plan", language, name=handout.passport.name))
    _whole(handout, language)
    st.caption(_word("one_by_one", language))
    for group in package.groups():
        name, kind = package.name_alone(group)
        st.download_button(
            _word(f"group_{group}", language),
            data=partial(_alone, group, session.snapshot()),
            file_name=name,
            mime=kind,
            icon=":material/download:",
            on_click="ignore",
            key=f"export-{group}",
            width="stretch",
        )
    try:
        face(language)
    except NoFace:
        st.text(text("pictures.no_face", language))


def _handout(scenario: Scenario, projection: Projection, language: str) -> Handout:
    """The projection with the scenario's own words, of which a projection that is shared by all sessions has none."""
    return Handout(replace(projection, scenario=scenario), baseline_of(scenario), date.today(), language)


def _alone(group: str, now: Mapping[str, Any]) -> bytes:
    """A part of the plan as it is on the click, which need not be the one that the button was drawn for."""
    scenario = now["scenario"]
    return package.alone(group, _handout(scenario, project(scenario), now["language"]))


def _whole(handout: Handout, language: str) -> None:
    """Make the package once it is asked for, beside the page and with its progress, then offer it."""
    question = (handout.projection.scenario, language, handout.made_on)
    if st.session_state.get(ASKED) != question:
        icon = ":material/folder_zip:"
        if st.button(_word("make", language), key="export-make", type="primary", icon=icon, width="stretch"):
            st.session_state[ASKED] = question
            st.rerun(scope="fragment")
        return
    made = answer("package", question, partial(_package, handout))
    if made is not None:
        st.download_button(
            _word("take", language, size=f"{len(made) / 1e6:.1f}"),
            data=made,
            file_name=package.name_of_package(handout),
            mime="application/zip",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
            key="export-take",
            width="stretch",
        )


def _package(handout: Handout, tick: Tick) -> bytes:
    count = len(package.PARTS)
    return package.zipped(package.files(handout, before=lambda done: tick(done / count)))

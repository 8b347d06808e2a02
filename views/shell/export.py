"""The box to take a plan away from: the whole package, or one of its parts, made on request."""

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from model import Projection, Scenario, TooFewDraws
from model.failures.libraries import NoLibrary
from model.outputs import package
from model.outputs.handout.handout import Handout
from model.outputs.handout.pictures import NoFace, face
from model.outputs.phrasing.problems import lacking_in_words
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.scenario import in_language
from views.shell.page.downloads import download, lacking
from views.shell.session import session
from views.shell.session.work import Tick, answer

REQUEST = "export-asked"
"""Key of the session: the plan, language and day of the package last asked for."""


def _word(key: str, language: str, **values: object) -> str:
    return text(f"export.{key}", language, **values)


@st.fragment(key="export")
def export() -> None:
    """The box of the toolbar.

    Its content is drawn when it opens, for the plan of that moment.
    """
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
            _content(language)


def _content(language: str) -> None:
    scenario = session.scenario()
    try:
        handout = _handout(scenario, session.projection(), language, session.download_inputs().plan_text or "")
    except TooFewDraws:
        st.text(_word("refused", language))
        return
    st.text(_word("of_plan", language, name=handout.passport.name))
    _whole_package(handout, language)
    st.caption(_word("one_by_one", language))
    missing = {}
    for group in package.groups():
        name, mime = package.name_alone(group, in_language(scenario.name, language))
        data = partial(_one_group, group, session.download_inputs())
        label, needed = _word(f"group_{group}", language), lacking(package.needs(group))
        if needed:
            missing[needed.package] = needed
        download(label, name, data, f"export-part-{group}", mime=mime, width="stretch", disabled=needed is not None)
    for one in missing.values():
        st.text(lacking_in_words(one, language))
    try:
        face(language)
    except NoFace:
        st.text(text("pictures.no_face", language))
    except NoLibrary:
        return  # said already


def _handout(scenario: Scenario, projection: Projection, language: str, source: str) -> Handout:
    """The handout of a plan with its texts, which the shared projection lacks, and its file's text."""
    with_texts = replace(projection, scenario=scenario)
    return Handout(with_texts, baseline_of(scenario), date.today(), language, source.encode())


def _one_group(group: str, inputs: session.DownloadInputs) -> bytes:
    projection = session.projection(inputs.scenario)
    return package.alone(group, _handout(inputs.scenario, projection, inputs.language, inputs.plan_text or ""))


def _whole_package(handout: Handout, language: str) -> None:
    """A button to make the package; then its progress, and a button to save it."""
    question = (handout.projection.scenario, language, handout.made_on)
    if st.session_state.get(REQUEST) != question:
        icon = ":material/folder_zip:"
        if st.button(_word("make", language), key="export-make", type="primary", icon=icon, width="stretch"):
            st.session_state[REQUEST] = question
            st.rerun(scope="fragment")
        return
    archive = answer("package", question, partial(_archive, handout))
    if archive is not None:
        label = _word("take", language, size=f"{len(archive) / 1e6:.1f}")
        name = package.name_of_package(handout)
        download(label, name, archive, "export-take", type="primary", width="stretch")


def _archive(handout: Handout, tick: Tick) -> bytes:
    count = len(package.PARTS)
    return package.zipped(package.files(handout, before=lambda done: tick(done / count)))

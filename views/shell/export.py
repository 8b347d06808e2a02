"""The box to take a plan away from: the whole package, or one of its parts, made on request."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from model import Projection, TooFewDraws
from model.failures.libraries import NoLibrary
from model.outputs.handout.handout import Handout
from model.outputs.handout.pictures import NoFace, face
from model.outputs.package import package
from model.outputs.phrasing.problems import lacking_in_words
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.scenario import in_language
from views.shell import refusal
from views.shell.address import plan_file
from views.shell.page.downloads import Look, download, lacking
from views.shell.session import session


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
        inputs = replace(session.download_inputs(), scenario=scenario, origin=plan_file.origin())
        handout = _handout(session.projection(), inputs)
    except TooFewDraws:
        st.text(_word("refused", language, next=refusal.next_step((scenario,), language)))
        return
    st.text(_word("of_plan", language, name=handout.passport.title))
    whole_package("export", partial(package.files, handout), package.name_of_package(handout), handout.language)
    st.caption(_word("one_by_one", language))
    missing = {}
    for group in package.groups():
        name, mime = package.name_alone(group, language, in_language(scenario.name, language))
        data = partial(one_group, group, session.download_inputs())
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


def _handout(projection: Projection, inputs: session.DownloadInputs) -> Handout:
    """The handout of a plan with its texts, which the shared projection lacks, and its file."""
    with_texts, origin = replace(projection, scenario=inputs.scenario), inputs.origin
    return Handout(with_texts, baseline_of(inputs.scenario), date.today(), inputs.language, origin)


def one_group(group: str, inputs: session.DownloadInputs) -> bytes:
    """A group of the package by itself, of the plan as it is at the click."""
    return package.alone(group, _handout(session.projection(inputs.scenario), inputs))


def whole_package(kind: str, make: Callable[[], Iterable[tuple[str, bytes]]], file: str, language: str) -> None:
    """A button that makes the files of a package and saves them in one ZIP, its key being `<kind>-whole`."""

    def archive() -> bytes:
        return package.zipped(make(), language)

    look: Look = {"type": "primary", "width": "stretch"}
    download(_word("whole", language), file, archive, f"{kind}-whole", icon="folder_zip", **look)
    st.caption(_word("whole_takes", language))

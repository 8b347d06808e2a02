"""Opening and keeping plans: the shipped ones, a file from the reader's machine, the current one to take away."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from model.outputs.problems import sentence
from model.outputs.scenario_text import to_toml
from model.outputs.words import text
from model.project import baseline_of
from model.scenario import Scenario, in_language
from model.scenario_file import load_scenario, read_scenario
from views import session

FOLDER = Path(__file__).parents[1] / "scenarios"


@st.cache_data(show_spinner=False)
def shipped() -> dict[str, Scenario]:
    """The plans in the folder by file name; a file with problems is not offered."""
    found = {path.stem: load_scenario(path)[0] for path in sorted(FOLDER.glob("*.toml"))}
    return {stem: scenario for stem, scenario in found.items() if scenario}


def library() -> None:
    """The box under the name of the plan."""
    language = session.language()
    plans = shipped()
    st.selectbox(
        text("plan.open_label", language),
        plans,
        index=None,
        placeholder=text("plan.open_pick", language),
        format_func=lambda stem: in_language(plans[stem].name, language) or stem,
        key="open",
        on_change=_open_shipped,
    )
    st.html(_uploader_words(language))
    st.file_uploader(
        text("plan.upload", language),
        key="upload",
        help=text("plan.upload_help", language),
        on_change=_open_uploaded,
    )
    st.download_button(
        text("plan.download", language),
        data=partial(_as_file, session.snapshot()),
        file_name="frontline-plan.toml",
        mime="application/toml",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )


def _as_file(now: Mapping[str, Any]) -> bytes:
    scenario = now["scenario"]
    return to_toml(scenario, baseline_of(scenario), now["language"]).encode()


def _uploader_words(language: str) -> str:
    """Streamlit's uploader speaks English only: its two phrases are replaced in the reader's language."""
    most = text("plan.upload_most", language, megabytes=st.get_option("server.maxUploadSize"))
    zone = '.st-key-upload [data-testid="stFileUploaderDropzone"]'
    return (
        f"<style>{zone} button *, {zone} [data-testid=stFileUploaderDropzoneInstructions] *"
        "{font-size:0 !important}"
        f'{zone} button::after{{content:"{text("plan.upload_button", language)}"}}'
        f'{zone} [data-testid=stFileUploaderDropzoneInstructions]::after{{content:"{most}"}}</style>'
    )


def _open_shipped() -> None:
    chosen = st.session_state.open
    if chosen:
        session.open_scenario(shipped()[chosen])
        st.session_state.open = None


def _open_uploaded() -> None:
    file = st.session_state.upload
    if file is None:
        return
    scenario, problems = read_scenario(file.getvalue(), file.name)
    if scenario is None:
        session.refuse(file.name, problems)
    else:
        session.open_scenario(scenario)


def problems() -> None:
    """What was wrong with the last file or link, as plain text, until it is put away. Its place on the page is kept, so
    that nothing under it changes place: what does can leave an old copy of itself behind."""
    place, refused = st.empty(), st.session_state.problems
    if not refused:
        return
    file, found = refused
    language = session.language()
    head = "plan.file_problems" if file else "plan.link_problems"
    with place.container(border=True, key="problems"):
        st.text(text(head, language, file=file, count=len(found)))
        for problem in found:
            st.text(sentence(problem if file else replace(problem, line=None), language))
        st.button(text("plan.dismiss", language), key="dismiss", on_click=session.forget_problems)

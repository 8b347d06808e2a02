"""The dialog of a plan's versions: who saved each, when and why, what it changed, and the way back."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from model import TooFewDraws
from model.files.base_years.store import BaseYears
from model.files.library import Conflict, Library, Opened, Refused, Saved, Version
from model.files.problem import Problem
from model.outputs.handout.origin import Finality, declaration, finality_of
from model.outputs.phrasing.library_sentences import (
    conflict,
    differences_in_words,
    figures_in_words,
    moment,
    sentence,
    version_in_words,
)
from model.outputs.phrasing.markup import Markup, element
from model.outputs.words import text
from model.scenario.comparability import PLAN
from model.scenario.scenario import Scenario, in_language
from model.version import MODEL_VERSION
from views.shell.address import plan_file
from views.shell.address.comparison_address import AGAINST, CHOSEN, version_key
from views.shell.files import saving
from views.shell.files.markdown import in_title
from views.shell.page import blocks
from views.shell.session import role, session, signature

HISTORY, OF, EXPLAINING, DECLARING = "history", "history-of", "history-explaining", "history-declaring"
"""The dialog; keys of the session: the stem of the plan it shows, the version whose reason is being written, and the
one about to be declared final."""
A_PAGE = 6


def _word(key: str, language: str, **values: object) -> str:
    return text(f"plans.{key}", language, **values)


def open_dialog(stem: str) -> None:
    """Open the versions of a plan when the page is drawn next."""
    st.session_state[OF] = stem
    _leave_forms()
    saving.open_dialog(HISTORY)


def version_of(stem: str, number: int, language: str) -> Opened | Refused:
    """A version of a plan, whose name says which one it is."""
    library = Library()
    plan = library.version(stem, number)
    if not isinstance(plan, Opened):
        return plan
    name = in_language(plan.scenario.name, language) or stem
    saved = [moment(version.saved) for version in library.history.versions(stem, [number])]
    named = _word("version_name", language, name=name, number=number, time="".join(saved))
    return replace(plan, scenario=replace(plan.scenario, name={session.plain_language(): named}))


def dialog() -> None:
    """Draw the dialog if it is open."""
    state, language = st.session_state, session.language()
    if state.get(saving.DIALOG) != HISTORY or OF not in state:
        return
    stem = state[OF]
    file = Library().open(stem)
    name = (in_language(file.scenario.name, language) if isinstance(file, Opened) else "") or stem
    title = _word("history_title", language, name=in_title(name))
    saving.show_dialog(HISTORY, title, lambda: _body(stem, language), "large")


def _body(stem: str, language: str) -> None:
    library = Library()
    _signature(language)
    if errors := st.session_state.get(saving.ERRORS):
        blocks.errors(errors)
    numbers = library.history.numbers(stem)
    if not numbers:
        st.caption(_word("history_none", language))
    begin = _begin_of_page(len(numbers), language) if len(numbers) > A_PAGE else 0
    stamp = library.stamp(stem)
    shown = library.history.versions(stem, numbers[begin : begin + A_PAGE + 1])
    plans = [library.version(stem, version.number) for version in shown]
    for k, version in enumerate(shown[:A_PAGE]):
        before = plans[k + 1] if k + 1 < len(plans) else None
        with st.container(key=f"version-{version.number}", gap="xsmall"):
            is_current = version.number == numbers[0] and version.stamp == stamp
            finality = finality_of(library, stem, version.stamp)
            finality = finality if finality and finality.is_final else None
            st.html(_about(version, plans[k], before, is_current, finality, language))
            if st.session_state.get(EXPLAINING) == version.number:
                _reason_row(stem, version, language)
            elif st.session_state.get(DECLARING) == version.number:
                _declare_row(stem, version, plans[k], language)
            else:
                _actions(stem, version, plans[k], stamp, finality, language)


def _signature(language: str) -> None:
    """In whose name the reader's saves are noted; of a viewer, why he makes none."""
    if role.is_viewer():
        role.say(language)
        return
    if user := signature.signed_in():
        st.caption(_word("signature_known", language, name=user))
        return
    key, given = "signature-box", signature.given()
    with st.container(gap=None):
        st.text_input(_word("signature", language), given, key=key, on_change=_take_name, args=(key,), width=360)
        signature.keep()


def _take_name(key: str) -> None:
    signature.give(st.session_state[key])


def _begin_of_page(found: int, language: str) -> int:
    pages = -(-found // A_PAGE)
    label = _word("history_page", language, count=pages, found=found)
    return (st.number_input(label, 1, pages, key=f"history-page-{pages}", width=280) - 1) * A_PAGE


def _about(
    version: Version,
    plan: Opened | Refused,
    before: Opened | Refused | None,
    is_current: bool,
    finality: Finality | None,
    language: str,
) -> Markup:
    """Number, time and author of a version; under them its reason, its changes, its figures then and now."""
    lines = [finality.sentence(language)] if finality else []
    lines += [_word("version_reason", language, reason=version.note.reason)] if version.note.reason else []
    if isinstance(plan, Opened):
        if not isinstance(before, Refused):
            lines.append(differences_in_words(before.scenario if before else None, plan.scenario, language))
        lines += _figures(version, plan.scenario, language)
    else:
        lines.append(_word("broken", language))
    mark = [element("i", finality.mark(language))] if finality else []
    mark += [element("i", _word("is_current", language))] if is_current else []
    return element(
        "div",
        element("b", _word("version", language, number=version.number)),
        *mark,
        element("time", moment(version.saved)),
        element("span", version_in_words(version, language)),
        *(element("p", line, title=line) for line in lines),
        class_="plan-entry",
    )


def _figures(version: Version, plan: Scenario, language: str) -> list[str]:
    """The figures noted at the save; today's too where they read otherwise, or where none were noted."""
    then = figures_in_words(version.note.figures, language)
    now = figures_in_words(signature.figures(plan), language)
    lines = [_word("version_then", language, figures=then, model=version.model_version)] if then else []
    return lines + ([_word("version_now", language, figures=now, model=MODEL_VERSION)] if now and now != then else [])


def _actions(
    stem: str,
    version: Version,
    plan: Opened | Refused,
    stamp: str | None,
    finality: Finality | None,
    language: str,
) -> None:
    def button(word: str, act: Callable[[], None]) -> None:
        help = _word("version_look_help", language) if word == "look" else None
        saves = word in ("restore", "explain", "declare")
        look = role.lock(language) if saves else role.Lock(disabled=False, help=help)
        if st.button(_word(f"version_{word}", language), key=f"{word}-{version.number}", **look):
            act()

    with st.container(horizontal=True, gap="xsmall"):
        if isinstance(plan, Opened):
            button("look", lambda: _look(stem, version, finality, language))
            if version.stamp != stamp:
                button("compare", lambda: _compare(stem, version))
                button("restore", lambda: _restore(stem, version, plan.scenario, stamp, language))
            if finality is None:
                button("declare", lambda: _open_form(DECLARING, version))
        button("explain", lambda: _open_form(EXPLAINING, version))


def _look(stem: str, version: Version, finality: Finality | None, language: str) -> None:
    """Open a version as a plan of no file, a final one to the letter; a save asks for a name."""
    plan = Library().version(stem, version.number) if finality else version_of(stem, version.number, language)
    saving.close()
    if isinstance(plan, Opened):
        session.open_scenario(replace(plan, stem="", of=stem) if finality else replace(plan, stem="", stamp=""))
    st.rerun()


def _compare(stem: str, version: Version) -> None:
    """Compare a version with the plan as it is, on screen where it is there."""
    key = version_key(stem, version.number)
    file = plan_file.in_library()
    now = PLAN if file and file.stem == stem else stem
    st.session_state[CHOSEN], st.session_state[AGAINST] = [key, now], key
    saving.close()
    session.write_address()
    session.open_page("compare")


def _restore(stem: str, version: Version, plan: Scenario, seen: str | None, language: str) -> None:
    """Save a version again; the plan on screen is that version then, if it is of this file."""
    library = Library()
    answer = library.restore(stem, version.number, seen, signature.note(plan))
    if isinstance(answer, Saved):
        file, on_screen = library.open(stem), plan_file.in_library()
        if on_screen and on_screen.stem == stem and isinstance(file, Opened):
            session.open_scenario(file)
        saving.close()
        saving.announce("plans.restored", stem)
    elif isinstance(answer, Conflict):
        st.session_state[saving.ERRORS] = [conflict(answer, language)]
    else:
        saving.close()
        session.report_problems("plans.not_done", "", list(answer.problems))
    st.rerun()


def _open_form(form: str, version: Version) -> None:
    """Open the row in which a reason is written, or a version declared final."""
    _leave_forms()
    st.session_state[form] = version.number
    st.rerun(scope="fragment")


def _leave_forms() -> None:
    for form in (EXPLAINING, DECLARING):
        st.session_state.pop(form, None)


def _declare_row(stem: str, version: Version, plan: Opened | Refused, language: str) -> None:
    """What it means that a version is final, before it is declared so."""
    st.text(_word("declare_asked", language))
    with st.container(horizontal=True, gap="xsmall"):
        label, lock = _word("declare_done", language), role.lock(language)
        is_done = st.button(label, key=f"declare-done-{version.number}", type="primary", **lock)
        is_left = st.button(_word("cancel", language), key=f"declare-left-{version.number}")
    if not (is_done or is_left):
        return
    _leave_forms()
    if not is_done or not isinstance(plan, Opened):
        st.rerun(scope="fragment")
    answer = _declared(stem, version.number, plan.scenario)
    saving.close()
    if isinstance(answer, Refused):
        session.report_problems("plans.not_done", "", list(answer.problems))
    else:
        session.write_address()
        saving.announce("plans.declared", stem, number=version.number)
    st.rerun()


def _declared(stem: str, number: int, plan: Scenario) -> Saved | Refused:
    """Declare a version final with the figures that it has now; refused where it has none."""
    try:
        projection = session.projection(plan)
    except TooFewDraws:
        return Refused((Problem("no_figures", f"{stem}.toml"),))
    stamp = BaseYears().stamp(plan.baseline) or ""
    return Library().declare_final(stem, number, declaration(projection, stamp, signature.name() or plan.author))


def _reason_row(stem: str, version: Version, language: str) -> None:
    with st.form(f"explain-{version.number}", border=False):
        label, key = _word("explain_label", language), f"reason-{version.number}"
        reason = st.text_input(label, version.note.reason, key=key, max_chars=400)
        with st.container(horizontal=True, gap="xsmall"):
            is_done = st.form_submit_button(_word("explain_done", language), type="primary")
            is_left = st.form_submit_button(_word("cancel", language))
    if not (is_done or is_left):
        return
    answer = Library().explain(stem, version.number, reason.strip()) if is_done else None
    if isinstance(answer, Refused):  # the row stays, with what was typed
        blocks.errors([sentence(problem, language) for problem in answer.problems])
        return
    _leave_forms()
    st.rerun(scope="fragment")

"""Changing what is assumed: ranges with reasons, the way back, and how an unclear report is read."""

from functools import partial
from zlib import crc32

import streamlit as st

from model.evidence.baseline import Baseline
from model.evidence.figures import Assumption
from model.files.scenario_file import TEXT_LIMITS
from model.force.workload import special_cases
from model.outputs.evidence.evidence_table import HUNDREDTHS, PERCENT_UNITS, number, range_end, range_of
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.markup import element
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.problems import what
from model.outputs.words import text
from model.scenario.decisions import SPECIAL_CASES
from model.scenario.decisions import readings as readings_of
from model.scenario.scenario import READINGS, ChangedAssumption, Scenario
from views.evidence import effect
from views.shell.address.scenario_address import problems_of
from views.shell.page import blocks, widgets
from views.shell.session import redraw, session

ERRORS = "assumption-errors"
"""Key of the session: the assumption whose last range was refused, and why."""
ROUNDS = "assumption-rounds"
"""Key of the session: how often each assumption was applied or put back, which leaves its boxes as they then are."""


def _word(key: str, language: str, **values: object) -> str:
    return text(f"evidence_page.{key}", language, **values)


def _step(after: Scenario) -> None:
    st.session_state.pop(ERRORS, None)
    before, rounds = session.scenario().assumptions, st.session_state.get(ROUNDS, {})
    decided = [id for id in {**before, **after.assumptions} if before.get(id) != after.assumptions.get(id)]
    st.session_state[ROUNDS] = {**rounds, **{id: rounds.get(id, 0) + 1 for id in decided}}
    session.step(after)


@st.fragment(key="assumption")
def change_form(one: Assumption, language: str) -> None:
    """Boxes for the range of one assumption, with ours under each, and for the reason that a change needs."""
    now = session.scenario().assumptions.get(one.id)
    shown = now or one
    st.html(element("h4", _word("change_title", language), class_="sub"))
    if one.closed:
        st.caption(_word("change_closed", language))
    # The keys contain the range and its round: once either changes, the boxes are new ones and show it. No form holds
    # them, since what is typed into one is lost with the page.
    round = st.session_state.get(ROUNDS, {}).get(one.id, 0)
    ranges = f"{shown.low}-{shown.mid}-{shown.high}-{round}"
    names = ("low", "high") if one.closed else ("low", "mid", "high")
    keys = {name: f"assume-{one.id}-{name}-{ranges}" for name in names}
    reason_key = f"assume-{one.id}-reason-{crc32(repr(now).encode())}-{round}"
    with st.container(key="assumption"):
        for name, column in zip(names, st.columns(len(names)), strict=True):
            with column:
                _box(one, name, getattr(shown, name), keys[name], language)
        st.text_area(
            _word("change_reason", language),
            value=now.reason if now else "",
            placeholder=_word("change_reason_hint", language),
            max_chars=TEXT_LIMITS["reason"],
            height=72,
            key=reason_key,
            on_change=_keep,
            args=(reason_key,),
            persist_state="session",
        )
        apply, act = _word("apply", language), partial(_apply, one, keys, reason_key)
        st.button(apply, key="assumption-apply", type="primary", on_click=redraw.page_after, args=(act,))
    id, errors = st.session_state.get(ERRORS, ("", ()))
    if id == one.id:
        blocks.errors(errors)


def _box(one: Assumption, name: str, value: float, key: str, language: str) -> None:
    unit = word("unit", one.unit, language)
    scale = _scale(one)
    st.number_input(
        _word(f"change_{name}", language, unit="%" if one.unit in PERCENT_UNITS else unit),
        min_value=one.least * scale,
        max_value=one.most * scale,
        value=round(value * scale, 10),
        step=_increment(one) * scale,
        format="%.10g",
        key=key,
        on_change=_keep,
        args=(key,),
        persist_state="session",
    )
    ours = _word("ours", language, value=range_end(getattr(one, name), one.unit))
    st.html(element("p", ours, class_="ours"))


def _keep(key: str) -> None:
    """Keep what was typed as the session's own, in case another page is drawn in this same run."""
    st.session_state[key] = st.session_state[key]


def _scale(one: Assumption) -> int:
    """What a value is multiplied by in its box: 100 for shares, which are typed in percent or points."""
    return 100 if one.unit in HUNDREDTHS else 1


def _increment(one: Assumption) -> float:
    """The step of a box: about a twentieth of the range, as a number of one digit.

    A range without width steps by a tenth of its value, or by 1 if that is 0.
    """
    width = (one.high - one.low) / 20 or one.high / 10 or 1.0
    return float(f"{width:.0e}")


def _apply(one: Assumption, keys: dict[str, str], reason_key: str) -> None:
    language, scenario = session.language(), session.scenario()
    typed = {name: st.session_state[key] for name, key in keys.items()}
    reason = str(st.session_state[reason_key]).strip()
    if None in typed.values():
        st.session_state[ERRORS] = (one.id, (_word("wrong_empty", language),))
        return
    values = {name: round(value / _scale(one), 12) for name, value in typed.items()}
    values.setdefault("mid", min(max(one.mid, values["low"]), max(values["low"], values["high"])))
    changed = ChangedAssumption(**values, reason=reason)
    after = scenario.with_decisions(assumptions={**scenario.assumptions, one.id: changed})
    if errors := _errors(one, changed, after, language):
        st.session_state[ERRORS] = (one.id, errors)
    else:
        effect.remember(one.id, scenario, after)
        _step(after)


def _errors(one: Assumption, changed: ChangedAssumption, after: Scenario, language: str) -> list[str]:
    """What is wrong with a range and its reason, in words.

    The last check is the one that a saved file must pass.
    """
    errors = []
    if not changed.low <= changed.mid <= changed.high:
        ends = {name: number(getattr(changed, name), one.unit) for name in ("low", "mid", "high")}
        errors.append(_word("wrong_order_closed" if one.closed else "wrong_order", language, **ends))
    if (changed.low, changed.mid, changed.high) == (one.low, one.mid, one.high):
        errors.append(_word("wrong_nothing", language))
    if not changed.reason:
        errors.append(_word("wrong_reason", language))
    if not errors:
        errors = [what(problem, language) for problem in problems_of(after, session.baseline())]
    return errors


def put_back(id: str) -> None:
    scenario = session.scenario()
    others = {one: kept for one, kept in scenario.assumptions.items() if one != id}
    after = scenario.with_decisions(assumptions=others)
    effect.remember(id, scenario, after)
    _step(after)


def put_all_back() -> None:
    _step(session.scenario().with_decisions(assumptions={}))


def changed_list(baseline: Baseline, language: str) -> None:
    """Every changed assumption with its reason and a way back."""
    changed = session.scenario().assumptions
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        title = _word("changed_title", language, count=len(changed))
        st.html(element("h3", title, class_="part"), width="content")
        if changed:
            st.button(
                _word("put_all_back", language),
                icon=":material/restart_alt:",
                key="put-all-back",
                on_click=put_all_back,
            )
    if not changed:
        st.caption(_word("changed_none", language))
    for id, now in changed.items():
        _changed_row(baseline.assumptions[id], now, language)


def _changed_row(one: Assumption, now: ChangedAssumption, language: str) -> None:
    unit = word("unit", one.unit, language)
    before, after = (range_of(range_, one.unit, one.closed, language) for range_ in (one, now))
    moved = _word("changed_from", language, before=before, after=after, unit=unit)
    label = one.label[language]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"changed-{one.id}"):
        reason = element("p", _word("changed_reason", language, reason=now.reason))
        st.html(element("div", element("b", label), " ", element("span", moved), reason, class_="changed"))
        st.button(
            _word("put_back", language),
            icon=":material/undo:",
            key=f"put-back-{one.id}",
            help=_word("put_back_help", language, label=label),
            on_click=put_back,
            args=(one.id,),
        )


def readings(baseline: Baseline, language: str) -> None:
    """The questions that the report leaves open, each with its answers and what they mean."""
    blocks.heading(_word("readings_title", language))
    figures = {
        "people": count(baseline.staff_total),
        "cases": count(baseline.reported("cases_total")) if baseline.knows("cases_total") else "",
        "special": count(float(special_cases(baseline, {}))) if baseline.knows(*SPECIAL_CASES) else "",
    }
    open_points = {name: choices for name, choices in readings_of(baseline).items() if len(choices) > 1}
    for (name, choices), column in zip(open_points.items(), st.columns(len(open_points), gap="medium"), strict=True):
        with column:
            _reading(name, choices, figures, language)


def _reading(name: str, choices: tuple[str, ...], figures: dict[str, str], language: str) -> None:
    chosen = session.scenario().reading.get(name, READINGS[name][0])
    key = widgets.widget_key(f"reading-{name}", chosen)
    st.radio(
        _word(f"reading_{name}", language, **figures),
        choices,
        choices.index(chosen),
        format_func=lambda choice: _word(f"reading_{name}_{choice}", language),
        captions=[_word(f"reading_{name}_{choice}_means", language, **figures) for choice in choices],
        key=key,
        on_change=_read,
        args=(name, key),
    )


def _read(name: str, key: str) -> None:
    """Take an answer; the scenario leaves out the first one, with which the base year is read anyway."""
    scenario, choice = session.scenario(), widgets.reported_value(key)
    if choice is None:
        return
    others = {one: kept for one, kept in scenario.reading.items() if one != name}
    _step(scenario.with_decisions(reading=others if choice == READINGS[name][0] else {**others, name: choice}))

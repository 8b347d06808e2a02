"""The boxes for targets: measure, place and value, each target in a row; the address keeps them."""

from dataclasses import replace

import streamlit as st

from model.evidence.baseline import Baseline
from model.files.problem import Problem
from model.outputs.answers.targets import as_now, scope_name
from model.outputs.phrasing.numbers import SHARE_UNITS, unit_word
from model.outputs.words import text
from model.search.aims.target import TOTAL, Target, read_targets
from model.year.measures import HEADLINES
from views.decide.parts import choices
from views.shell.address import question_address
from views.shell.page import widgets
from views.shell.session import session

TARGETS, SURE = "ask.targets", "ask.sure"
BETWEEN = ";"
FIRST = "on_time_share>=0.9;duty_met>=1"
"""The targets of a page whose address carries none."""
MOST_TARGETS = 4
OFFERED = (*HEADLINES, "cases_decided", "visit_coverage", "review_load", "backlog_end")
REPRESENTATIVE = "representative"
SURENESS = (REPRESENTATIVE, "50", "80", "90")
"""In the representative case, or the draws of a hundred in which the targets must hold."""

Targets = tuple[Target, ...]


def given(baseline: Baseline) -> tuple[Targets, tuple[Problem, ...]]:
    """The targets that the address carries, and what is wrong with it."""
    return read_targets((question_address.get(TARGETS) or FIRST).split(BETWEEN), baseline)


def boxes(targets: Targets, baseline: Baseline, language: str) -> float | None:
    """A row of boxes a target, a button for one more, and how sure to be.

    That is a share of the draws, None for the representative case.
    """
    for k, target in enumerate(targets):
        _row(k, target, targets, baseline, language)
    offered = [id for id in OFFERED if id not in {target.measure for target in targets}]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        words = {share: text("targets.sure_draws", language, n=share) for share in SURENESS}
        words[REPRESENTATIVE] = text("targets.sure_representative", language)
        sure = choices.one_of(SURE, words, text("targets.sure", language))
        st.button(
            text("targets.add", language),
            key="target-add",
            icon=":material/add:",
            disabled=len(targets) >= MOST_TARGETS or not offered,
            on_click=_add,
            args=(targets, offered),
        )
    return None if sure == REPRESENTATIVE else int(sure) / 100


def _row(k: int, target: Target, targets: Targets, baseline: Baseline, language: str) -> None:
    measure, place, value, away = st.columns([4, 3, 3, 1.4], vertical_alignment="bottom", gap="small")
    with measure:
        names = {id: text(f"terms.measure_{id}", language) for id in dict.fromkeys((*OFFERED, target.measure))}
        _box(k, "measure", names, target.measure, text("targets.measure", language), targets)
    with place:
        scopes = (TOTAL, *baseline.tiers, *(p.id for p in baseline.prefectures))
        places = {scope: scope_name(scope, baseline, language) for scope in scopes}
        _box(k, "scope", places, target.scope, text("targets.place", language), targets)
    with value:
        _value(k, target, targets, language)
    with away:
        st.button(
            text("targets.away", language),
            key=f"target-{k}-away",
            icon=":material/close:",
            disabled=len(targets) == 1,
            on_click=_put,
            args=((*targets[:k], *targets[k + 1 :]),),
        )


def _box(k: int, part: str, words: dict[str, str], chosen: str, label: str, targets: Targets) -> None:
    name = f"target-{k}-{part}-{session.language()}"
    widgets.Choice(name, label, words, chosen).select(_changed, k, part, targets)


def _value(k: int, target: Target, targets: Targets, language: str) -> None:
    """Shares are typed in percent."""
    unit = target.definition.unit
    is_share = unit in SHARE_UNITS
    shown = round(target.value * _scale(target), 8)
    key = widgets.widget_key(f"target-{k}-value-{target.measure}", shown)
    st.number_input(
        text(
            f"targets.side_{'least' if target.at_least else 'most'}",
            language,
            unit="%" if is_share else unit_word(unit, language),
        ),
        0.0,
        100.0 if is_share and not target.definition.is_load else None,
        shown,
        key=key,
        format="%.10g",
        on_change=widgets.report,
        args=(key, _changed, k, "value", targets),
    )


def _changed(k: int, part: str, targets: Targets, reported: object) -> None:
    """Take over one part of a target; another measure comes with its usual value."""
    old = targets[k]
    if reported is None:
        return
    if part == "measure":
        new = _usual(str(reported), old.scope)
    elif part == "scope":
        new = replace(old, scope=str(reported))
    else:
        new = replace(old, value=round(float(str(reported)) / _scale(old), 12))
    _put((*targets[:k], new, *targets[k + 1 :]))


def _add(targets: Targets, offered: list[str]) -> None:
    _put((*targets, _usual(offered[0], TOTAL)))


def _usual(measure: str, scope: str) -> Target:
    return as_now(measure, scope, session.projection())


def _scale(target: Target) -> int:
    return 100 if target.definition.unit in SHARE_UNITS else 1


def _put(targets: Targets) -> None:
    written = BETWEEN.join(map(str, targets))
    question_address.put(TARGETS, "" if written == FIRST else written)
    session.write_address()

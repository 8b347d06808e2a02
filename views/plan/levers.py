"""The levers beside the force bar, made from the lever table: four groups, one on screen at a time."""

import streamlit as st

from model.evidence.baseline import Baseline
from model.outputs.phrasing.numbers import SHARE_UNITS, bare_setting, setting
from model.outputs.words import text
from model.scenario.levers import Lever, Value, has_needs, levers
from model.scenario.scenario import Scenario
from views.plan import force
from views.shell.session import session

GROUPS = ("people", "time", "work", "rules")
GROUP = "levers-group"
"""Where the session keeps which one stands on screen."""
MOST_SLIDER_STEPS = 400
TABLE = "table"
"""How a table of weights by prefecture stands among the words to choose from."""


def in_group(group: str, baseline: Baseline) -> list[Lever]:
    """The levers of a group but those the force bar stands for."""
    return [
        lever
        for lever in levers(baseline).values()
        if lever.group == group and not lever.id.startswith("staff.change.")
    ]


@st.fragment(key="levers")
def panel() -> None:
    """The chosen group: every lever with its bounds, a mark where it is off its base, and its own way back."""
    scenario, baseline, language = session.scenario(), session.baseline(), session.language()
    heads = {"brand": text("plan.app", language), "panel-head": text("plan.levers", language)}
    st.html("".join(f'<div class="{kind}">{head}</div>' for kind, head in heads.items()))
    group = st.session_state.get(GROUP, GROUPS[0])
    names = {one: _group_name(one, scenario, baseline, language) for one in GROUPS}
    key = session.widget_key(session.offering("group", names), group)
    st.segmented_control(
        text("plan.levers", language),
        GROUPS,
        default=group,
        required=True,
        key=key,
        format_func=names.get,
        label_visibility="collapsed",
        width="stretch",
        on_change=_turn_to,
        args=(key,),
    )
    for lever in in_group(group, baseline):
        if lever.kind != "moves" or lever.id in scenario.levers:
            _row(lever, scenario, language)


def _turn_to(key: str) -> None:
    if group := session.reported(key):
        st.session_state[GROUP] = group
    session.rerun_followers()


def _group_name(group: str, scenario: Scenario, baseline: Baseline, language: str) -> str:
    changed = any(lever.id in scenario.levers for lever in in_group(group, baseline))
    name = text(f"plan.group_{group}", language)
    return text("plan.group_changed", language, group=name) if changed else name


def _row(lever: Lever, scenario: Scenario, language: str) -> None:
    changed = lever.id in scenario.levers
    with st.container(horizontal=True, wrap=False, vertical_alignment="bottom", gap="xsmall", key=f"row-{lever.id}"):
        _widget(lever, scenario, language)
        if changed:
            base = setting(lever, lever.base, language)
            st.button(
                "",
                icon=":material/undo:",
                key=f"back-{lever.id}",
                type="tertiary",
                help=text("plan.lever_reset", language, label=lever.label[language], base=base),
                on_click=_put_back,
                args=(lever,),
            )


def _widget(lever: Lever, scenario: Scenario, language: str) -> None:
    value = scenario.levers.get(lever.id, lever.base)
    if lever.kind == "moves":
        st.caption(
            text("moves.set", language, label=lever.label[language], value=setting(lever, value, language)),
            help=_help(lever, language),
        )
        return
    shown = _as_shown(lever, value)
    key = session.widget_key(f"lever-{lever.id}", shown)
    common = {"key": key, "on_change": _changed, "args": (lever, key)}
    label, hint = _label(lever, scenario, language), _help(lever, language)
    if lever.kind in ("choice", "spread"):
        options = [*lever.choices, *([] if isinstance(value, str) else [TABLE])]
        st.segmented_control(
            label,
            options,
            default=shown,
            required=True,
            help=hint,
            disabled=not has_needs(lever, scenario.levers, session.baseline()),
            format_func=lambda choice: text(f"plan.choice_{lever.id.replace('.', '_')}_{choice}", language),
            width="stretch",
            **common,
        )
        return
    low, high, step = (_as_shown(lever, number) for number in (lever.low, lever.high, lever.step))
    if (high - low) / step > MOST_SLIDER_STEPS:
        st.number_input(label, low, high, shown, step=step, help=hint, **common)
    else:
        written = "%g%%" if lever.unit in SHARE_UNITS else "%g"
        st.slider(label, low, high, shown, step=step, format=written, help=hint, **common)


def _as_shown(lever: Lever, value: Value) -> float | int | str:
    """What a widget shows: shares in percent to a tenth, other numbers whole where the step is whole, words."""
    if lever.kind in ("choice", "spread"):
        return value if isinstance(value, str) else TABLE
    if lever.unit in SHARE_UNITS:
        return round(float(value) * 100, 1)
    return int(value) if float(lever.step).is_integer() else float(value)


def _as_meant(lever: Lever, shown: float | str) -> Value:
    if isinstance(shown, str):
        return shown
    return round(shown / 100, 4) if lever.unit in SHARE_UNITS else float(shown)


def _label(lever: Lever, scenario: Scenario, language: str) -> str:
    if lever.id not in scenario.levers:
        return lever.label[language]
    base = bare_setting(lever, lever.base, language)
    return text("plan.lever_changed", language, label=lever.label[language], base=base)


def _help(lever: Lever, language: str) -> str:
    base = setting(lever, lever.base, language)
    if lever.low is None:
        return text("plan.lever_help_choice", language, help=lever.help[language], base=base)
    low, high = (setting(lever, bound, language) for bound in (lever.low, lever.high))
    return text("plan.lever_help", language, help=lever.help[language], base=base, low=low, high=high)


def _changed(lever: Lever, key: str) -> None:
    if (shown := session.reported(key)) is not None:
        _decide(lever, _as_meant(lever, shown))
    session.rerun_followers()


def _put_back(lever: Lever) -> None:
    _decide(lever, lever.base)
    session.rerun_followers()


def _decide(lever: Lever, value: Value) -> None:
    if lever.id == "staff.new_posts":
        people, least = force.now()
        more = int(value) - round(session.scenario().levers.get(lever.id, 0))
        force.decide_people(force.with_posts(people, least, more))
    elif value != TABLE:
        session.decide({lever.id: value})

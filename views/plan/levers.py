"""The levers beside the force bar, made from the lever table: four groups, one on screen at a time."""

from collections.abc import Mapping

import streamlit as st

from model import TooFewDraws
from model.evidence.baseline import Baseline
from model.outputs.phrasing.evidence_terms import word
from model.outputs.phrasing.markup import element
from model.outputs.phrasing.numbers import SHARE_UNITS, change_unit, is_of_time, setting
from model.outputs.stability.sentence import price_in_words
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.projection.stability import price
from model.scenario.levers import Lever, Value, has_needs, levers
from model.scenario.scenario import Scenario
from views.plan import force
from views.shell.page import widgets
from views.shell.session import redraw, session

GROUPS = ("people", "time", "work", "rules")
GROUP = "levers-group"
"""Key of the session: the group on screen."""
MOST_SLIDER_STEPS = 400
"""A lever with more steps gets a box to type in instead of a slider."""
MOST_WORDS_IN_A_ROW = 3
"""A choice of more words is a list to open: side by side they would be cut off."""
TEN_POINTS = 0.1
"""The cut of other duties whose price stands in the help."""
TABLE = "table"
"""The word to choose from that stands for a table of weights by prefecture."""


def in_group(group: str, baseline: Baseline) -> list[Lever]:
    """The levers of a group that can move, without those that the force bar sets."""
    return [
        lever
        for lever in levers(baseline).values()
        if lever.group == group and not lever.is_fixed and not lever.id.startswith("staff.change.")
    ]


@st.fragment(key="levers")
def panel() -> None:
    """The chosen group: every lever with its bounds, and a way back for those off their base."""
    scenario, baseline, language = session.scenario(), session.baseline(), session.language()
    heads = {"brand": text("plan.app", language), "panel-head": text("plan.levers", language)}
    st.html("".join(element("div", head, class_=kind) for kind, head in heads.items()))
    group = st.session_state.get(GROUP, GROUPS[0])
    names = {one: _group_name(one, scenario, baseline, language) for one in GROUPS}
    choice = widgets.Choice(widgets.name_with_words("group", names), text("plan.levers", language), names, group)
    choice.segments(_choose_group, label_visibility="collapsed", width="stretch")
    for lever in in_group(group, baseline):
        if lever.kind != "moves" or lever.id in scenario.levers:
            _row(lever, scenario, language)


def _choose_group(group: str | None) -> None:
    if group:
        st.session_state[GROUP] = group
    redraw.after_decision()


def _group_name(group: str, scenario: Scenario, baseline: Baseline, language: str) -> str:
    """The name of a group, with a mark if one of its levers is off its base."""
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
                on_click=_set,
                args=(lever, lever.base),
            )


def _widget(lever: Lever, scenario: Scenario, language: str) -> None:
    value = scenario.levers.get(lever.id, lever.base)
    if lever.kind == "moves":
        label = text("moves.set", language, label=lever.label[language], value=setting(lever, value, language))
        st.caption(label, help=_help(lever, language))
    elif lever.kind in ("choice", "spread"):
        _choice(lever, value, scenario, language)
    else:
        number(lever, value, _label(lever, scenario, language), _help(lever, language))


def _choice(lever: Lever, value: Value, scenario: Scenario, language: str) -> None:
    options = lever.choices if isinstance(value, str) else (*lever.choices, TABLE)
    phrase = f"plan.choice_{lever.id.replace('.', '_')}"
    words = {option: text(f"{phrase}_{option}", language) for option in options}
    chosen = value if isinstance(value, str) else TABLE
    choice = widgets.Choice(f"lever-{lever.id}", _label(lever, scenario, language), words, chosen)
    disabled = not has_needs(lever, scenario.levers, session.baseline())
    if len(words) > MOST_WORDS_IN_A_ROW:
        choice.select(_take_choice, lever, help=_help(lever, language), disabled=disabled)
    else:
        choice.segments(_take_choice, lever, help=_help(lever, language), disabled=disabled, width="stretch")


def _take_choice(lever: Lever, choice: str | None) -> None:
    _set(lever, None if choice == TABLE else choice)


def number(lever: Lever, value: Value, label: str, hint: str | None = None) -> None:
    """A slider for a lever that is a number, or a box to type in where it has many steps."""
    shown, low, high, step = (_as_shown(lever, number) for number in (value, lever.low, lever.high, lever.step))
    key = widgets.widget_key(f"lever-{lever.id}", shown)
    args = lever, key
    if (high - low) / step > MOST_SLIDER_STEPS:
        st.number_input(label, low, high, shown, step=step, help=hint, key=key, on_change=_take_number, args=args)
    else:
        pattern = widgets.thumb(_unit(lever, session.language()), high, session.language())
        st.slider(
            label, low, high, shown, step=step, format=pattern, help=hint, key=key, on_change=_take_number, args=args
        )


def _take_number(lever: Lever, key: str) -> None:
    shown = widgets.reported_value(key)
    _set(lever, None if shown is None else _as_set(lever, shown))


def _as_shown(lever: Lever, value: Value | None) -> float | int:
    """The number that a widget shows: shares in percent to a tenth, others whole if the step is whole."""
    if value is None or lever.step is None or isinstance(value, Mapping):
        raise TypeError(f"{lever.id} is no number")
    if lever.unit in SHARE_UNITS:
        return round(float(value) * 100, 1)
    return int(value) if float(lever.step).is_integer() else float(value)


def _as_set(lever: Lever, shown: float) -> float:
    """The value of a lever whose widget shows a number."""
    return round(shown / 100, 4) if lever.unit in SHARE_UNITS else float(shown)


def _unit(lever: Lever, language: str) -> str:
    """The unit of the number that a widget shows."""
    if is_of_time(lever):
        return change_unit(lever.unit, language)
    return "%" if lever.unit in SHARE_UNITS else word("unit", lever.unit, language)


def _label(lever: Lever, scenario: Scenario, language: str) -> str:
    """Its name with the unit that its numbers are in; once it is off its base, with that instead."""
    label = lever.label[language]
    if lever.id in scenario.levers:
        return text("plan.lever_changed", language, label=label, base=setting(lever, lever.base, language))
    if is_of_time(lever):
        return text(
            "plan.lever_in_unit", language, label=label, unit=change_unit(lever.unit, language).removeprefix("个")
        )
    has_unit = lever.kind in ("whole", "number") and lever.unit not in SHARE_UNITS
    unit = word("unit", lever.unit, language) if has_unit else ""
    is_said = unit.removeprefix("个").lower() in label.lower() or label.endswith("）")
    return label if is_said else text("plan.lever_in_unit", language, label=label, unit=unit)


def _help(lever: Lever, language: str) -> str:
    base = setting(lever, lever.base, language)
    if lever.low is None or lever.high is None:
        return text("plan.lever_help_choice", language, help=lever.help[language], base=base)
    low, high = (setting(lever, bound, language) for bound in (lever.low, lever.high))
    help = text("plan.lever_help", language, help=lever.help[language], base=base, low=low, high=high)
    return f"{help} {_price(language)}".rstrip() if lever.id == "other_duties_cut" else help


def _price(language: str) -> str:
    """What ten points of other duties would take in people; empty where there is no base year."""
    try:
        base = base_year_of(session.scenario(), session.baseline())
    except TooFewDraws:
        return ""
    return price_in_words(TEN_POINTS, price(base, TEN_POINTS), language)


def _set(lever: Lever, value: Value | None) -> None:
    """Set a lever and draw what follows it; None only draws."""
    if lever.id == "staff.new_posts" and isinstance(value, float | int):
        force.add_posts(int(value))
    elif value is not None:
        session.set_levers({lever.id: value})
    redraw.after_decision()

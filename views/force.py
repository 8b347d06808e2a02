"""The force bar: the whole force on one line, province | city | county, with two handles and a number for each tier."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from model.baseline import TIERS, Baseline
from model.levers import levers
from model.outputs.numbers import change, count
from model.outputs.palette import TIERS as TIER_COLOURS
from model.outputs.words import text
from model.scenario import Scenario
from views import session

People = dict[str, int]
NEIGHBOURS = {
    "province": ("city", "county"),
    "city": ("county", "province"),
    "county": ("city", "province"),
}
"""Who makes up the difference: the tier across the handle, then the other one when the first has no more to give."""


def base_people(scenario: Scenario, baseline: Baseline) -> People:
    """People by tier in the base year: the staff list's, or the middle of what is assumed, closed on the last tier."""
    *first, last = TIERS
    assumed = {} if scenario.staff_list else scenario.assumptions
    people = {
        tier: round(assumed[id].mid if id in assumed else baseline.derived[id])
        for tier in first
        for id in [f"staff_{tier}"]
    }
    return people | {last: round(baseline.reported("staff_total")) - sum(people.values())}


def planned_people(scenario: Scenario, baseline: Baseline) -> People:
    return {
        tier: people + round(scenario.levers.get(f"staff.change.{tier}", 0))
        for tier, people in base_people(scenario, baseline).items()
    }


def least_people(scenario: Scenario, baseline: Baseline) -> People:
    """What no tier may go below: two officers a body."""
    table = levers(baseline)
    return {
        tier: people + round(table[f"staff.change.{tier}"].low)
        for tier, people in base_people(scenario, baseline).items()
    }


def settled(people: People, least: Mapping[str, int], tier: str, wanted: int) -> People:
    """The people by tier once `tier` has what is wanted of it, as far as the others can give; the total stays."""
    after = dict(people)
    room = sum(after[other] - least[other] for other in NEIGHBOURS[tier])
    short = min(max(wanted, least[tier]) - people[tier], room)
    after[tier] += short
    for other in NEIGHBOURS[tier]:
        given = min(short, after[other] - least[other])
        after[other] -= given
        short -= given
    return after


def between_handles(people: People, least: Mapping[str, int], left: int, right: int) -> People:
    """The people by tier with the handles at `left` and `right`, each as near as the least allows."""
    if left != people["province"]:
        return settled(people, least, "province", left)
    return settled(people, least, "county", sum(people.values()) - right)


def with_posts(people: People, least: Mapping[str, int], posts: int) -> People:
    """The people by tier with so many posts more (or fewer): at the counties, then the cities, then the province."""
    after = dict(people)
    for tier in reversed(TIERS):
        taken = max(posts, least[tier] - after[tier])
        after[tier] += taken
        posts -= taken
    return after


def decide_people(after: People) -> None:
    scenario, baseline = session.scenario(), session.baseline()
    base = base_people(scenario, baseline)
    session.decide(
        {f"staff.change.{tier}": float(after[tier] - base[tier]) for tier in TIERS}
        | {"staff.new_posts": float(sum(after.values()) - sum(base.values()))}
    )


@st.fragment(key="force")
def force() -> None:
    """The bar with its handles, and the three numbers beside it."""
    scenario, baseline, language = session.scenario(), session.baseline(), session.language()
    people, least = planned_people(scenario, baseline), least_people(scenario, baseline)
    base = base_people(scenario, baseline)
    bar, *numbers = st.columns([6, 1, 1, 1], vertical_alignment="bottom", gap="small")
    with bar:
        _bar(people, base, language)
    for tier, column in zip(TIERS, numbers, strict=True):
        with column:
            _number(tier, people, base, least, language)


def _bar(people: People, base: People, language: str) -> None:
    total, new = sum(people.values()), sum(people.values()) - sum(base.values())
    said = text("plan.force_total", language, total=count(total))
    if new:
        said = text("plan.force_total_new", language, total=count(total), new=change(new, "people"))
    st.html(
        f'<div class="force-head"><b>{escape(text("plan.force", language))}</b><span>{escape(said)}</span></div>'
        + _drawn(people, language)
    )
    key = session.widget_key(f"handles-{total}", (people["province"], people["province"] + people["city"]))
    st.slider(
        text("plan.force_slider", language),
        0,
        total,
        step=1,
        key=key,
        help=text("plan.force_help", language),
        label_visibility="collapsed",
        on_change=_handles_moved,
        args=(key,),
    )


def _drawn(people: People, language: str) -> str:
    """The coloured bar, as wide as the track of the slider under it."""
    total = sum(people.values())
    parts = "".join(
        f'<div style="flex:{people[tier]} 0 0;background:{TIER_COLOURS[tier]}">'
        + (f"{escape(text(f'terms.tier_{tier}', language))} {people[tier] / total:.0%}" if wide else "")
        + "</div>"
        for tier in TIERS
        for wide in [people[tier] / total > 0.12]
    )
    names = {tier: count(n) for tier, n in people.items()}
    said = escape(text("plan.force_alt", language, **names))
    return f'<div class="force-bar" role="img" aria-label="{said}">{parts}</div>'


def _number(tier: str, people: People, base: People, least: Mapping[str, int], language: str) -> None:
    name = text(f"terms.tier_{tier}", language)
    moved = people[tier] - base[tier]
    key = session.widget_key(f"people-{tier}", people[tier])
    most = sum(people.values()) - sum(least[other] for other in TIERS if other != tier)
    with st.container(key=f"tier-{tier}"):
        st.number_input(
            f"{name} **{change(moved, 'people')}**" if moved else name,
            least[tier],
            most,
            step=1,
            key=key,
            on_change=_number_typed,
            args=(tier, key),
        )


def _handles_moved(key: str) -> None:
    if handles := session.reported(key):
        decide_people(between_handles(*now(), *handles))
    session.rerun_plan()


def _number_typed(tier: str, key: str) -> None:
    if (wanted := session.reported(key)) is not None:
        decide_people(settled(*now(), tier, wanted))
    session.rerun_plan()


def now() -> tuple[People, People]:
    scenario, baseline = session.scenario(), session.baseline()
    return planned_people(scenario, baseline), least_people(scenario, baseline)

"""The force bar: all people by tier on one line, with two handles and a number for each tier."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from model.evidence.baseline import TIERS, Baseline
from model.force.people import base_people, people_by_tier, unmoved_people
from model.outputs.charts.palette import TIERS as TIER_COLOURS
from model.outputs.phrasing.numbers import change, count
from model.outputs.words import text
from model.scenario.levers import levers
from model.scenario.scenario import Scenario
from views.shell.session import redraw, session

People = dict[str, int]
"""People by tier."""
KEY, ANSWERED = "force", "force-answered"
"""Keys of the session: the bar, and the number of the last wish that was answered."""
_HTML, _CSS, _DOTS, _JS = (
    Path(__file__).with_name(name).read_text("utf-8") for name in ("force.html", "force.css", "dots.js", "force.js")
)
_BAR = st.components.v2.component("force", html=_HTML, css=_CSS, js=_DOTS + _JS)
MOST_DOTS = 600
NEIGHBOURS = {
    "province": ("city", "county"),
    "city": ("county", "province"),
    "county": ("city", "province"),
}
"""Who makes up the difference: the tier across the handle, then the other one once the first has no more to give."""


def planned_people(scenario: Scenario, baseline: Baseline) -> People:
    """People by tier as the bar shows them: those of `people_by_tier`, prior approvals included."""
    return {tier: round(plan) for tier, (_, plan) in people_by_tier(scenario, baseline).items()}


def least_people(scenario: Scenario, baseline: Baseline) -> People:
    """People whom each tier keeps: two officers a body, and at the counties those from approvals."""
    table = levers(baseline)
    return {
        tier: people + round(table[f"staff.change.{tier}"].low or 0.0)
        for tier, people in unmoved_people(scenario, baseline).items()
    }


def _change(scenario: Scenario, lever: str) -> int:
    """The people that a lever adds; 0 at its base."""
    value = scenario.levers.get(lever, 0)
    return round(value) if isinstance(value, float | int) else 0


def people_with_tier(people: People, least: Mapping[str, int], tier: str, wanted: int) -> People:
    """People by tier once one tier has as many as wanted, as far as the others can give; the total stays."""
    after = dict(people)
    others = [other for other in NEIGHBOURS[tier] if other in people]
    room = sum(after[other] - least[other] for other in others)
    missing = min(max(wanted, least[tier]) - people[tier], room)
    after[tier] += missing
    for other in others:
        gift = min(missing, after[other] - least[other])
        after[other] -= gift
        missing -= gift
    return after


def people_between_handles(people: People, least: Mapping[str, int], left: int, right: int) -> People:
    """People by tier with the handles at `left` and `right`, each as near as the fewest people allow."""
    if left != people["province"]:
        return people_with_tier(people, least, "province", left)
    return people_with_tier(people, least, "county", sum(people.values()) - right) if "county" in people else people


def people_with_posts(people: People, least: Mapping[str, int], posts: int) -> People:
    """People by tier with more or fewer posts: at the counties first, then the cities, then the province."""
    after = dict(people)
    for tier in reversed([*people]):
        share = max(posts, least[tier] - after[tier])
        after[tier] += share
        posts -= share
    return after


def levers_of(people: People, scenario: Scenario, baseline: Baseline) -> dict[str, float]:
    """The levers that give a plan so many people by tier."""
    unmoved = unmoved_people(scenario, baseline)
    changes = {f"staff.change.{tier}": float(people[tier] - still) for tier, still in unmoved.items()}
    return {**changes, "staff.new_posts": float(sum(people.values()) - sum(unmoved.values()))}


def set_people(after: People, gesture: session.Gesture | None = None) -> None:
    """Set the levers so that the plan has these people by tier."""
    session.set_levers(levers_of(after, session.scenario(), session.baseline()), gesture)


def add_posts(total: int) -> None:
    """Set the number of new posts, over all tiers."""
    people, least = current_and_least()
    set_people(people_with_posts(people, least, total - _change(session.scenario(), "staff.new_posts")))


def current_and_least() -> tuple[People, People]:
    """The people of the current plan, and the fewest allowed, by tier."""
    scenario, baseline = session.scenario(), session.baseline()
    return planned_people(scenario, baseline), least_people(scenario, baseline)


@st.fragment(key="force")
def force() -> None:
    """The bar with its handles, and the three numbers beside it.

    It sends one numbered wish at a time.
    """
    scenario, baseline, language = session.scenario(), session.baseline(), session.language()
    people, least = current_and_least()
    base = base_people(scenario, baseline)
    _BAR(
        key=KEY,
        data={
            "answered": st.session_state.get(ANSWERED, 0),
            "tiers": [{"name": text(f"terms.tier_{tier}", language), "colour": TIER_COLOURS[tier]} for tier in TIERS],
            "people": [people.get(tier, 0) for tier in TIERS],
            "base": [base[tier] for tier in TIERS],
            "least": [least.get(tier, 0) for tier in TIERS],
            "total": sum(people.values()),
            "parts": len(baseline.tiers),
            "dot": people_a_dot(sum(base.values())),
            "words": _words(scenario, baseline, language),
        },
        on_wish_change=_answer_wish,
    )


def people_a_dot(force: int) -> int:
    """The people whom a dot stands for: ten, or as many times ten as leave room between the dots.

    >>> people_a_dot(2359), people_a_dot(80_000)
    (10, 1000)
    """
    return 10 if force <= MOST_DOTS * 10 else 10 * people_a_dot(force // 10)


def _words(scenario: Scenario, baseline: Baseline, language: str) -> dict[str, object]:
    total, unmoved, base = (
        sum(people(scenario, baseline).values()) for people in (planned_people, unmoved_people, base_people)
    )
    more = {"new_posts": total - unmoved, "approvals": unmoved - base}
    parts = [
        text(f"plan.force_{kind}", language, people=change(people, "people")) for kind, people in more.items() if people
    ]
    said = text("plan.force_total", language, total=count(total))
    said = text("plan.force_dots", language, total=said, dot=count(people_a_dot(base)))
    if parts:
        of_them = text("plan.list_comma", language).join(parts)
        said = text("plan.force_total_more", language, total=count(total), parts=of_them)
    return {
        "title": text("plan.force", language),
        "total": said,
        "hint": text("plan.force_help", language),
        "onward": text("plan.force_onward", language),
        "handles": [text(f"plan.force_{side}", language) for side in ("left", "right")],
    }


def _answer_wish() -> None:
    """Move people as a handle or a typed number says.

    The wishes of one gesture are one step to undo.
    """
    wish = st.session_state[KEY]["wish"]
    st.session_state[ANSWERED] = wish["number"]
    people, least = current_and_least()
    if "tier" in wish:
        after = people_with_tier(people, least, wish["tier"], wish["people"])
    else:
        after = people_between_handles(people, least, *wish["edges"])
    set_people(after, session.Gesture(wish["gesture"], wish["whole"]))
    redraw.after_decision(by="force")

"""The force bar: the whole force on one line, province | city | county, with two handles and a number for each tier."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from model.evidence.baseline import TIERS, Baseline
from model.outputs.charts.palette import TIERS as TIER_COLOURS
from model.outputs.handout.people import base_people
from model.outputs.phrasing.numbers import change, count
from model.outputs.words import text
from model.scenario.levers import levers
from model.scenario.scenario import Scenario
from views.shell.session import session

People = dict[str, int]
KEY, ANSWERED = "force", "force-answered"
"""Where the session keeps the bar, and the number of its last wish that was answered."""
_BAR = st.components.v2.component(
    "force", **{part: Path(__file__).with_name(f"force.{part}").read_text("utf-8") for part in ("html", "css", "js")}
)
NEIGHBOURS = {
    "province": ("city", "county"),
    "city": ("county", "province"),
    "county": ("city", "province"),
}
"""Who makes up the difference: the tier across the handle, then the other one when the first has no more to give."""


def planned_people(scenario: Scenario, baseline: Baseline) -> People:
    """People by tier that the bar moves: those who come from prior approvals are not among them."""
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


def decide_people(after: People, gesture: session.Gesture | None = None) -> None:
    scenario, baseline = session.scenario(), session.baseline()
    base = base_people(scenario, baseline)
    session.decide(
        {f"staff.change.{tier}": float(after[tier] - base[tier]) for tier in TIERS}
        | {"staff.new_posts": float(sum(after.values()) - sum(base.values()))},
        gesture,
    )


@st.fragment(key="force")
def force() -> None:
    """The bar with its handles, and the three numbers beside it. Wishes come one at a time, each with a number."""
    scenario, baseline, language = session.scenario(), session.baseline(), session.language()
    people, least = planned_people(scenario, baseline), least_people(scenario, baseline)
    base = base_people(scenario, baseline)
    _BAR(
        key=KEY,
        data={
            "answered": st.session_state.get(ANSWERED, 0),
            "tiers": [{"name": text(f"terms.tier_{tier}", language), "colour": TIER_COLOURS[tier]} for tier in TIERS],
            "people": [people[tier] for tier in TIERS],
            "base": [base[tier] for tier in TIERS],
            "least": [least[tier] for tier in TIERS],
            "total": sum(people.values()),
            "words": _words(people, base, language),
        },
        on_wish_change=_heard,
    )


def _words(people: People, base: People, language: str) -> dict[str, object]:
    total, new = sum(people.values()), sum(people.values()) - sum(base.values())
    key = "plan.force_total_new" if new else "plan.force_total"
    return {
        "title": text("plan.force", language),
        "total": text(key, language, total=count(total), new=change(new, "people")),
        "hint": text("plan.force_help", language),
        "handles": [text(f"plan.force_{side}", language) for side in ("left", "right")],
    }


def _heard() -> None:
    """A handle moved or a number typed. What belongs to one gesture is one step to undo, and the address follows at
    its end."""
    wish = st.session_state[KEY]["wish"]
    st.session_state[ANSWERED] = wish["number"]
    people, least = now()
    if "tier" in wish:
        after = settled(people, least, wish["tier"], wish["people"])
    else:
        after = between_handles(people, least, *wish["edges"])
    decide_people(after, session.Gesture(wish["gesture"], wish["whole"]))
    session.rerun_followers(but="levers")


def now() -> tuple[People, People]:
    scenario, baseline = session.scenario(), session.baseline()
    return planned_people(scenario, baseline), least_people(scenario, baseline)

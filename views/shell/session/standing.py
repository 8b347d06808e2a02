"""The base year that the plan of a session stands on, and the ways to another."""

from collections.abc import Iterable

from model.evidence.base_year_folders import find_baseline
from model.evidence.baseline import Baseline
from model.files.carried_decisions import carried
from model.scenario.levers import levers
from model.scenario.scenario import Scenario
from views.shell.session import session


def known_baseline() -> Baseline | None:
    """The base year of the plan; None where it is not there any more."""
    try:
        return find_baseline(session.scenario().baseline)
    except KeyError:
        return None


def stand_on(id: str) -> tuple[str, ...]:
    """Put the plan on another base year; the ids of the levers that make no sense there and stay behind.

    KeyError for a base year that is none.
    """
    after = find_baseline(id)
    there, left = carried(session.scenario(), known_baseline() or after, after)
    session.step(there)
    return left


def leave_base_year(id: str) -> None:
    """Put the plan on the shipped base year where it stands on this one, which is no longer there."""
    if session.scenario().baseline == id:
        session.step(Scenario(name=session.scenario().name))


def new_plan() -> Scenario:
    """A plan without decisions on the base year last used, read as it was where it has several readings."""
    ranges = {id for one in session.baseline().alternatives for id in one.ranges}
    assumed = {id: one for id, one in session.scenario().assumptions.items() if id in ranges}
    return Scenario(baseline=session.scenario().baseline, assumptions=assumed)


def lever_names(ids: Iterable[str]) -> list[str]:
    """The levers by their labels, in the reader's language."""
    table = levers(session.baseline())
    return [table[id].label[session.language()] for id in ids]

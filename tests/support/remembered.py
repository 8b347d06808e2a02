"""Searches worked out once for the same scenario and settings, for tests of what is shown of them."""

from collections.abc import Callable
from functools import partial

from model.evidence.baseline import Baseline
from model.projection.base_year import BaseYear
from model.projection.explain import explain
from model.projection.unknowns.ask_first import ask
from model.search.best_plan import best_plan
from model.search.frontier import frontier
from model.search.robust import robust
from model.search.targets import plan_for_targets
from model.search.worth import worth


def remembered(function: Callable) -> Callable:
    """The function, run once for the same scenario and settings: whoever asks again shares its answer."""
    known: dict[str, object] = {}

    def answer(*args: object, tick: object = None, **settings: object) -> object:
        given = [one for one in (*args, *settings.values()) if not isinstance(one, Baseline | BaseYear)]
        if repr(given) not in known:
            known[repr(given)] = function(*args, **settings)
        return known[repr(given)]

    return answer


COMMANDS = {
    "find_best_plan": remembered(best_plan),
    "find_worth": remembered(worth),
    "find_frontier": remembered(frontier),
    "plan_for_targets": remembered(plan_for_targets),
    "find_robust": remembered(robust),
}
"""The searches as `model.command_line.searches` names them."""
EXPLAIN = remembered(explain)
ASK_FIRST = remembered(partial(ask, draws=2048, prior_draws=32))

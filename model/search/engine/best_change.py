"""The best change of people that two programmes, which see the same curves apart, lead to."""

import numpy as np

from model.search.engine.aim_search import AimSearch
from model.search.engine.local_moves import ENDS
from model.search.engine.plan_search import PlanSearch
from model.search.engine.staffing_plan import Refusal


def best_change(search: PlanSearch, exact: bool = False) -> np.ndarray | None:
    """The best change of whole people that is found, (pools,); None where no plan keeps the limits.

    Beside the search's own programme, whose lines lie over the curves, one is asked whose curves keep the values of the
    plan it is asked around. Either may lead past the best plan: pairing and review go by steps. A large force asks one,
    and so does a search whose time is over.
    """
    change = search.best(exact)
    if search.every is not None or len(search.own) > ENDS or search.case.progress.is_late:
        return change
    answer = AimSearch(search, search.full_model).best(search.start())
    if isinstance(answer, Refusal) or search.within.broken(answer[0][None])[0]:
        return change
    return answer[0] if change is None else min(change, answer[0], key=search.moves.cost)

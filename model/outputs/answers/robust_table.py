"""The safe plan beside the best of the central case, in words and as a table."""

from collections.abc import Iterator

from model.outputs.answers.answer_table import Banded, Chance, Figure, Table
from model.outputs.answers.best_plan import INDEX, goal_difference, goal_unit, goal_unit_said
from model.outputs.answers.printed_robust import LITTLE
from model.outputs.phrasing.numbers import MINUS, change_unit, percent, with_unit
from model.outputs.words import text
from model.search.robust import Outlook, Robust

COLUMNS = ("median", "worst", "regret", "most_regret", "beats")


def shown(found: Robust) -> Iterator[tuple[str, Outlook]]:
    """The plans worth telling apart: the own plan not where it moves nobody, the central one not where it is the
    robust one."""
    for name, outlook in found.outlooks.items():
        alike = (name == "own" and outlook == found.outlooks["layout"]) or (name == "robust" and found.keeps_central)
        if not alike:
            yield name, outlook


def name_of(name: str, found: Robust, language: str) -> str:
    return text(f"decide.safe_{'both' if name == 'central' and found.keeps_central else name}", language)


def sentence(found: Robust, language: str) -> str:
    """What the safe plan gains in the worst draws, and what it costs in the middle."""
    share = percent(1 - found.level, 0)
    measured = goal_unit(found.objective)
    robust, central, layout = (found.outlooks[name] for name in ("robust", "central", "layout"))

    def written(gain: float) -> str:
        word = change_unit(measured, language) if measured != INDEX else ""
        return with_unit(goal_difference(gain, measured).replace("-", MINUS), word, language)

    if found.keeps_central:
        return text("decide.safe_same", language, share=share, gain=written(central.worst - layout.worst).lstrip("+"))
    worst, middle = robust.worst - central.worst, robust.goal.p50 - central.goal.p50
    key = "safe_little" if worst < LITTLE * abs(central.worst) else "safe_said"
    return text(f"decide.{key}", language, share=share, worst=written(worst).lstrip("+"), middle=written(middle))


def table(found: Robust, language: str) -> Table:
    """A row a plan over all kept draws."""
    measured, share = goal_unit(found.objective), percent(1 - found.level, 0)
    heads = [text("decide.column_plan", language), text("decide.moved", language)]
    heads += [text(f"decide.column_{column}", language, share=share) for column in COLUMNS]
    moved = {"layout": 0.0, "own": found.own_moved, "central": found.central.plan.moved, "robust": found.plan.moved}
    rows = tuple(
        (name_of(name, found, language), Figure(moved[name], "people"), *_cells(name, outlook, measured))
        for name, outlook in shown(found)
    )
    return Table(tuple(heads), rows, unit(found, language))


def unit(found: Robust, language: str) -> str:
    """What the goal is measured in."""
    return goal_unit_said(goal_unit(found.objective), language) or "%"


def _cells(name: str, outlook: Outlook, unit: str) -> tuple:
    if name == "layout":
        return (Banded(outlook.goal, unit), Figure(outlook.worst, unit), "", "", "")
    behind = (Figure(value, unit, signed=True) for value in (outlook.regret, outlook.most_regret))
    return (Banded(outlook.goal, unit), Figure(outlook.worst, unit), *behind, Chance(outlook.beats_layout))

"""An objective in words: its name, its unit, and what something is worth by it."""

from model.outputs.phrasing.numbers import (
    INDEX,
    INDEX_DECIMALS,
    MINUS,
    SHARE_UNITS,
    amount,
    change,
    change_unit,
    column_unit,
    unit_word,
    with_unit,
)
from model.outputs.words import text
from model.search.aims.objective import OBJECTIVES, Objective

UNITS = {
    "visits": "visits a year",
    "on_time": "cases a year",
    "duty": "share",
    "worst_off": "visits per unit a year",
}
"""The unit of each criterion."""


def kind(goal: Objective) -> str:
    """The one criterion of an objective, or `mix`."""
    criteria = [name for name, weight in goal.weights.items() if weight]
    return criteria[0] if len(criteria) == 1 else "mix"


def name(goal: Objective, language: str) -> str:
    """The objective's own name; a mix that is not the usual one with its weights."""
    label = text(f"best_plan.goal_{kind(goal)}", language)
    if goal in OBJECTIVES.values() or kind(goal) != "mix":
        return label
    weights = [
        text("best_plan.weighted", language, goal=text(f"best_plan.goal_{one}", language), weight=f"{weight:g}")
        for one, weight in goal.weights.items()
    ]
    return text("best_plan.mix_of", language, goal=label, weights=text("plan.list_comma", language).join(weights))


def unit_of(goal: Objective) -> str:
    """The unit of an objective: its criterion's, or `INDEX` where there are several."""
    return UNITS.get(kind(goal), INDEX)


def unit_in_words(unit: str, language: str) -> str:
    """The unit over a column of values; % for shares."""
    return text("best_plan.unit_index", language) if unit == INDEX else column_unit(unit, language)


def scale(unit: str) -> float:
    """The factor that makes a rate readable: shares become points."""
    return 100.0 if unit in SHARE_UNITS else 1.0


def value(worth: float, unit: str) -> str:
    """A worth by an objective, without its unit.

    >>> value(1.02, INDEX), value(63174.2, "visits a year")
    ('1.0200', '63,174')
    """
    return f"{worth:.{INDEX_DECIMALS}f}" if unit == INDEX else amount(worth, unit)


def value_with_unit(worth: float, goal: Objective, language: str) -> str:
    """A worth by an objective, with its unit."""
    unit = unit_of(goal)
    return with_unit(value(worth, unit), "" if unit == INDEX else unit_word(unit, language), language)


def difference(gain: float, unit: str) -> str:
    """A signed difference; a small one keeps the decimals that tell it from nothing.

    >>> difference(1.32, "visits a year"), difference(-0.13284, "visits a year"), difference(0.0, INDEX)
    ('+1.3', '−0.1328', '0')
    """
    if unit == INDEX or (abs(gain) < 1 and unit not in SHARE_UNITS):
        written = f"{gain:+.{INDEX_DECIMALS}f}".replace("-", MINUS)
        return written if abs(gain) >= 0.5 * 10.0**-INDEX_DECIMALS else "0"
    return change(gain, unit)


def difference_with_unit(gain: float, unit: str, language: str) -> str:
    """A signed difference with its unit; of an index in percent of the scenario's own plan."""
    if unit == INDEX:
        return f"{gain:+.2%}".replace("-", MINUS)
    return with_unit(difference(gain, unit), change_unit(unit, language), language)

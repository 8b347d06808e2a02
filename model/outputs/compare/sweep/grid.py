"""A grid: every combination of some levers' values, each a plan of its own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from model.evidence.baseline import TIERS, Baseline
from model.files.problem import Problem, shown
from model.files.toml_reader import nearest
from model.scenario.levers import Lever, Value, levers
from model.scenario.scenario import Scenario

MOST_PLANS = 100_000
"""Most plans of one sweep, and most values of one lever."""
NUMBERS = ("whole", "number", "share")
"""Kinds of levers whose values may be given as a range."""
CHANGE, NEW_POSTS = "staff.change.", "staff.new_posts"
BALANCED_BY = ("county", "city", "province")
"""The tiers that make up for what a grid moves: the first one that it does not set itself."""
_FORM = re.compile(r"(?P<lever>[^=\s]+)\s*=\s*(?P<values>\S.*)")
_DECIMALS = 9


@dataclass(frozen=True)
class Axis:
    """The values that one lever takes."""

    lever: str
    values: tuple[Value, ...]


def read_axis(text: str, baseline: Baseline) -> Axis | Problem:
    """The axis of a text, `lever=low:high:step` with both ends or `lever=one,another`.

    The problem with it where it cannot be read.

    >>> from model.evidence.baseline import shipped_baseline
    >>> hunan = shipped_baseline("hunan-2021")
    >>> read_axis("staff.change.city=-40:0:20", hunan)
    Axis(lever='staff.change.city', values=(-40.0, -20.0, 0.0))
    >>> read_axis("other_duties_cut = 5%, 0.1", hunan).values, read_axis("staff.movers=own,frontline", hunan).values
    ((0.05, 0.1), ('own', 'frontline'))
    >>> read_axis("staff.change.town=1,2", hunan).code, read_axis("offsite_checks=1:9:0", hunan).code
    ('sweep_lever_meant', 'sweep_values')
    """
    parts = _FORM.fullmatch(text.strip())
    if not parts:
        return Problem("sweep_form", "", given=shown(text))
    table = {id: one for id, one in levers(baseline).items() if one.kind in (*NUMBERS, "choice", "spread")}
    id = parts["lever"]
    if id not in table:
        meant = nearest(id, table)
        right = {"meant": meant} if meant else {"choices": tuple(table)}
        return Problem("sweep_lever_meant" if meant else "sweep_lever", "", given=shown(id), right=right)
    values = _values(parts["values"], table[id])
    if not values or len(values) > MOST_PLANS:
        return Problem("sweep_values", "", key=id, given=shown(parts["values"]))
    return Axis(id, values)


def _values(text: str, lever: Lever) -> tuple[Value, ...]:
    """The values of a text, none where it cannot be read; words are checked with the plans."""
    if lever.kind not in NUMBERS:
        return tuple(filter(None, (word.strip() for word in text.split(","))))
    try:
        numbers = [[_number(part) for part in one.split(":")] for one in text.split(",")]
        if all(len(one) == 1 for one in numbers):
            return tuple(dict.fromkeys(one[0] for one in numbers))
        ((low, high, step),) = numbers
    except ValueError:
        return ()
    count = (high - low) / step if step else -1.0
    if not 0 <= count < MOST_PLANS:
        return ()
    return tuple(round(float(low + k * step), _DECIMALS) for k in range(int(count + 1e-9) + 1))


def _number(text: str) -> float:
    """A number, or a percentage; ValueError for anything else."""
    value = float(text.strip().removesuffix("%")) / (100 if text.strip().endswith("%") else 1)
    if not np.isfinite(value):
        raise ValueError(f"{text} is no number")
    return value


def plans_on(scenario: Scenario, axes: Sequence[Axis], baseline: Baseline) -> Iterator[Scenario]:
    """A scenario with every combination of the axes' values, the last axis the quickest.

    Without axes the scenario itself. People whom a grid moves come from the first of `BALANCED_BY` that it does not
    set, so that changes by tier add up to the new posts; a grid that sets all three tiers must balance by itself.
    """
    if not axes:
        yield scenario
        return
    table = levers(baseline)
    for values in product(*(axis.values for axis in axes)):
        given = {axis.lever: value for axis, value in zip(axes, values, strict=True)}
        chosen = _balanced({**scenario.levers, **given}, given)
        yield scenario.with_decisions(
            levers={id: value for id, value in chosen.items() if id not in table or value != table[id].base}
        )


def _balanced(chosen: Mapping[str, Value], given: Mapping[str, Value]) -> dict[str, Value]:
    """Levers whose changes by tier add up to the new posts where the grid sets some of them."""
    result = dict(chosen)
    open_tiers = [f"{CHANGE}{tier}" for tier in BALANCED_BY if f"{CHANGE}{tier}" not in given]
    if not open_tiers or not any(id == NEW_POSTS or id.startswith(CHANGE) for id in given):
        return result
    others = [_people(result, f"{CHANGE}{tier}") for tier in TIERS if f"{CHANGE}{tier}" != open_tiers[0]]
    result[open_tiers[0]] = _people(result, NEW_POSTS) - sum(others)
    return result


def _people(chosen: Mapping[str, Value], id: str) -> float:
    value = chosen.get(id, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0

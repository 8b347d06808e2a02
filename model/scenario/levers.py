"""The levers of a scenario: one table with base, bounds, unit and words (method, section 12).

`levers.csv` holds it. The same rows feed the check of a file, the sliders, their help, the command line and the
comments in a saved file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from model.evidence.baseline import COUNTY, Baseline
from model.evidence.figures import by_language, one_of, read_rows
from model.evidence.tier_names import Label

Kind = Literal["whole", "number", "share", "choice", "spread", "moves"]
Value = float | str | Mapping[str, float]
ROOM_ABOVE = 2.0
"""Bound of a lever over its base, where the base of a large place lies above the bound of the table."""
"""What a lever can stand at: a number, one of its choices, or a table of numbers by prefecture or pool."""


@dataclass(frozen=True)
class Lever:
    """One lever against one baseline.

    `low`, `high` and `step` are numbers for the kinds `whole`, `number` and `share`, None for the others. `choices`
    are the allowed words (or numbers, as words) of a `choice`. A `spread` is "bodies", "need" or weights by prefecture.
    `moves` are whole people by pool (`Baseline.pool_keys`); nobody moves in a pool left out.
    """

    id: str
    group: str
    kind: Kind
    base: Value
    base_from: str
    """The figure that the base is, by its id; empty where the base is written in the table."""
    low: float | None
    high: float | None
    step: float | None
    choices: tuple[str, ...]
    unit: str
    label: Mapping[str, str]
    help: Mapping[str, str]
    needs: tuple[str, Value] | None
    """Another lever and the value it must have before this one may leave its base."""

    @property
    def is_fixed(self) -> bool:
        """Whether this baseline has nothing for the lever to move."""
        return self.low is not None and self.low == self.high


@lru_cache
def levers(baseline: Baseline) -> dict[str, Lever]:
    """The levers by id, in the order of the table, with the base and bounds of this baseline."""
    rows = read_rows(Path(__file__).with_name("levers.csv"))
    table = (_lever(row, baseline) for row in rows)
    return {one.id: one if _has_subject(one.id, baseline) else _fixed(one) for one in table}


def _has_subject(id: str, baseline: Baseline) -> bool:
    """Whether the baseline has what a lever moves: merged bodies that are counted, a tier that has bodies."""
    if id == "merged_bodies":
        return baseline.knows("bodies_merged")
    if id == "from_approvals" or id.endswith(".county"):
        return len(baseline.pools) > baseline.pools.slices[COUNTY].start
    return True


def _fixed(lever: Lever) -> Lever:
    """The lever where there is nothing to move."""
    return replace(lever, low=lever.base, high=lever.base) if isinstance(lever.base, float) else lever


def _lever(row: Mapping[str, str], baseline: Baseline) -> Lever:
    kind = one_of(row["kind"], get_args(Kind))
    is_number = kind in ("whole", "number", "share")
    choices = {"choice": tuple(row["low"].split("|")), "spread": ("bodies", "need")}.get(kind, ())
    if row["base"] == "=rules":
        choices = tuple(version for version in choices if version >= baseline.rules)
    words: dict[str, Value] = {"=rules": baseline.rules, "=nobody": {}}
    low, base, high = (_number(row[end], baseline) if is_number else None for end in ("low", "base", "high"))
    if base is not None and high is not None and base > high:
        high = float(round(ROOM_ABOVE * base))
    return Lever(
        id=row["id"],
        group=row["group"],
        kind=kind,
        base=words.get(row["base"], row["base"]) if base is None else base,
        base_from=row["base"].removeprefix("=") if row["base"].startswith("=") else "",
        low=low,
        high=high,
        step=float(row["step"]) if is_number else None,
        choices=choices,
        unit=row["unit"],
        label=Label(by_language(row, "label")),
        help=Label(by_language(row, "help")),
        needs=_need(row["needs"]),
    )


def _need(text: str) -> tuple[str, Value] | None:
    """The lever and the value in a text like `rules=2025`; None for an empty text."""
    id, _, value = text.partition("=")
    return (id, value) if id else None


def _number(text: str, baseline: Baseline) -> float:
    """The number in a text: its digits, or a derived figure (`=name`, `=-name` for the negative)."""
    if not text.startswith("="):
        return float(text)
    name = text.removeprefix("=")
    return -baseline.derived[name[1:]] if name.startswith("-") else baseline.derived[name]


def lever_values(changed: Mapping[str, Value], baseline: Baseline) -> dict[str, Value]:
    """Every lever's value by id: that of the changed levers, the base of the others.

    KeyError for a lever that does not exist.
    """
    known = levers(baseline)
    if unknown := changed.keys() - known.keys():
        raise KeyError(f"no such lever: {', '.join(sorted(unknown))}")
    return {id: changed.get(id, lever.base) for id, lever in known.items()}


def has_needs(lever: Lever, changed: Mapping[str, Value], baseline: Baseline) -> bool:
    """Whether a lever may leave its base: the lever it needs, if any, has the value it needs."""
    return lever.needs is None or lever_values(changed, baseline)[lever.needs[0]] == lever.needs[1]


def lacking_needs(changed: Mapping[str, Value], baseline: Baseline) -> tuple[str, ...]:
    """Ids of the levers that are off their base though the lever they need has another value."""
    table = levers(baseline)
    return tuple(
        id
        for id, value in lever_values(changed, baseline).items()
        if value != table[id].base and not has_needs(table[id], changed, baseline)
    )


def with_needs(changed: Mapping[str, Value], baseline: Baseline) -> dict[str, Value]:
    """The changed levers with those they need: a longer decision limit brings its rules along."""
    lacking = lacking_needs(changed, baseline)
    needs = dict(filter(None, (levers(baseline)[id].needs for id in lacking)))
    return {**without_needy(changed, baseline), **needs, **{id: changed[id] for id in lacking}}


def without_needy(changed: Mapping[str, Value], baseline: Baseline) -> dict[str, Value]:
    """The changed levers without those whose need is not met, which go back to their base."""
    lacking = lacking_needs(changed, baseline)
    return {id: value for id, value in changed.items() if id not in lacking}


def off_base(changed: Mapping[str, Value], baseline: Baseline) -> dict[str, Value]:
    """The changed levers in the order of the table, without those at their base or whose need is not met."""
    chosen = without_needy(changed, baseline)
    return {id: chosen[id] for id, lever in levers(baseline).items() if id in chosen and chosen[id] != lever.base}


def stretched(share: np.ndarray, value: float, base: float) -> np.ndarray:
    """A drawn share moved as its lever is: along straight lines from 0 to the lever's base and on to 1.

    The lever has one base, the share a value in each draw: `share`, where the lever stands at its base; 0 where the
    lever is at 0, 1 where it is at 1. So a lever at its base changes nothing in any draw, and no draw leaves [0, 1].
    `share` has any shape; `value` and `base` are in [0, 1].

    >>> [float(stretched(np.array(0.5), value, 0.25)) for value in (0, 0.25, 0.4, 1)]
    [0.0, 0.5, 0.6, 1.0]
    """
    if value >= base:
        return share + (1 - share) * (value - base) / max(1 - base, 1e-9)
    return share * (value / base)

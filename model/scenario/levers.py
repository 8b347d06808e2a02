"""The levers of a scenario (method, section 12): one table with base, bounds, unit and words, read from `levers.csv`.

The same rows feed the check of a file, the sliders, their help, the command line and the comments in a saved file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from model.evidence.baseline import Baseline
from model.evidence.figures import read_rows

Kind = Literal["whole", "number", "share", "choice", "spread", "moves"]
Value = float | str | Mapping[str, float]


@dataclass(frozen=True)
class Lever:
    """One lever against one baseline. `low`, `high` and `step` are numbers for `whole`, `number` and `share`;
    `choices` holds the allowed words (or numbers, as words) for `choice`; a `spread` is "bodies", "need" or a table
    of weights by prefecture; `moves` are whole people by pool (`Baseline.pool_keys`), those left out stay."""

    id: str
    group: str
    kind: Kind
    base: Value
    low: float | None
    high: float | None
    step: float | None
    choices: tuple[str, ...]
    unit: str
    label: Mapping[str, str]
    help: Mapping[str, str]
    needs: tuple[str, Value] | None
    """Another lever and the value it must have before this one may leave its base."""


@lru_cache
def levers(baseline: Baseline) -> dict[str, Lever]:
    """The levers by id, in the order of the table, with the base and bounds of this baseline."""
    rows = read_rows(Path(__file__).with_name("levers.csv"))
    return {row["id"]: _lever(row, baseline) for row in rows}


def _lever(row: Mapping[str, str], baseline: Baseline) -> Lever:
    numeric = row["kind"] in ("whole", "number", "share")
    choices = {"choice": tuple(row["low"].split("|")), "spread": ("bodies", "need")}.get(row["kind"], ())
    named = {"=rules": baseline.rules, "=nobody": {}}
    base: Value = named.get(row["base"], row["base"])
    return Lever(
        id=row["id"],
        group=row["group"],
        kind=row["kind"],
        base=_number(row["base"], baseline) if numeric else base,
        low=_number(row["low"], baseline) if numeric else None,
        high=_number(row["high"], baseline) if numeric else None,
        step=float(row["step"]) if numeric else None,
        choices=choices,
        unit=row["unit"],
        label={"zh": row["label_zh"], "en": row["label_en"]},
        help={"zh": row["help_zh"], "en": row["help_en"]},
        needs=_need(row["needs"]),
    )


def _need(text: str) -> tuple[str, Value] | None:
    """`lever=value` as a pair; None where nothing is needed."""
    id, _, value = text.partition("=")
    return (id, value) if id else None


def _number(text: str, baseline: Baseline) -> float:
    """A number, or `=name` of one of the baseline's derived figures, `=-name` for its negative."""
    if not text.startswith("="):
        return float(text)
    name = text.removeprefix("=")
    return -baseline.derived[name[1:]] if name.startswith("-") else baseline.derived[name]


def lever_values(changed: Mapping[str, Value], baseline: Baseline) -> dict[str, Value]:
    """Every lever's value by id: the changed ones, the base for the others.

    KeyError for a lever that does not exist.
    """
    known = levers(baseline)
    if unknown := changed.keys() - known.keys():
        raise KeyError(f"no such lever: {', '.join(sorted(unknown))}")
    return {id: changed.get(id, lever.base) for id, lever in known.items()}


def has_needs(lever: Lever, changed: Mapping[str, Value], baseline: Baseline) -> bool:
    """Whether a lever may leave its base: the lever it needs, if any, stands as it must."""
    return lever.needs is None or lever_values(changed, baseline)[lever.needs[0]] == lever.needs[1]


def lacking_needs(changed: Mapping[str, Value], baseline: Baseline) -> tuple[str, ...]:
    """Ids of the levers that are off their base though what they need does not stand as it must."""
    table = levers(baseline)
    return tuple(
        id
        for id, value in lever_values(changed, baseline).items()
        if value != table[id].base and not has_needs(table[id], changed, baseline)
    )


def with_needs(changed: Mapping[str, Value], baseline: Baseline) -> dict[str, Value]:
    """The changed levers and what they need beside them: a longer decision limit brings its rules along."""
    lacking = lacking_needs(changed, baseline)
    needs = dict(filter(None, (levers(baseline)[id].needs for id in lacking)))
    return {**without_needy(changed, baseline), **needs, **{id: changed[id] for id in lacking}}


def without_needy(changed: Mapping[str, Value], baseline: Baseline) -> dict[str, Value]:
    """The changed levers without those whose need is not met, which go back to their base."""
    lacking = lacking_needs(changed, baseline)
    return {id: value for id, value in changed.items() if id not in lacking}


def stretched(drawn: np.ndarray, value: float, base: float) -> np.ndarray:
    """A share moved by a lever whose base we only know as a range: `drawn` where the lever stands at its base, 0 at 0,
    1 at 1, straight lines between. So a lever at its base changes nothing in any draw, and no draw leaves [0, 1].

    >>> [float(stretched(np.array(0.5), value, 0.25)) for value in (0, 0.25, 0.4, 1)]
    [0.0, 0.5, 0.6, 1.0]
    """
    if value >= base:
        return drawn + (1 - drawn) * (value - base) / max(1 - base, 1e-9)
    return drawn * (value / base)

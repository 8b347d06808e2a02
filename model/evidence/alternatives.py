"""Alternatives: named sets of assumptions under which a base year may be read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = "alternatives.toml"


@dataclass(frozen=True)
class Range:
    """The range of one assumption in its unit, with the reason for it."""

    low: float
    mid: float
    high: float
    reason: Mapping[str, str]


@dataclass(frozen=True)
class Alternative:
    """One way to read a base year: the ranges it gives to some assumptions, by id, and what speaks for it."""

    id: str
    name: Mapping[str, str]
    reason: Mapping[str, str]
    ranges: Mapping[str, Range]


def read_alternatives(folder: Path) -> tuple[Alternative, ...]:
    """The alternatives of a folder, none where it has no file of them; errors as of `alternatives_in`."""
    path = folder / FILE
    return alternatives_in(path.read_text(encoding="utf-8")) if path.exists() else ()


def alternatives_in(text: str) -> tuple[Alternative, ...]:
    """The alternatives in a text of TOML.

    ValueError where it is none, where a part is missing, and for a range that is out of order.
    """
    try:
        return tuple(_alternative(id, table) for id, table in tomllib.loads(text).items())
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"an alternative is not complete: {error}") from error


def _alternative(id: str, table: Mapping[str, Any]) -> Alternative:
    ranges = {name: Range(**range_) for name, range_ in table["assumptions"].items()}
    for name, one in ranges.items():
        if not one.low <= one.mid <= one.high:
            raise ValueError(f"{id}.{name}: the range must be low <= mid <= high")
    texts = [table["name"], table["reason"], *(one.reason for one in ranges.values())]
    if any(not isinstance(words.get(language), str) for words in texts for language in ("zh", "en")):
        raise ValueError(f"{id}: name and reasons must be in both languages")
    return Alternative(id, table["name"], table["reason"], ranges)

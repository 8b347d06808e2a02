"""What a base year calls its tiers and places: a city has districts, the nation provinces.

`tier_names.csv` holds the words of a province and those that stand in their place.
"""

import csv
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from model.evidence.pools import COUNTY, TIERS


class Named(str):
    """A language, "zh" or "en" wherever it is looked at, with the names of one kind of base year.

    Caches that hold phrases tell it from the language itself by `typed=True`.
    """

    __slots__ = ()
    base_year = ""


class OfCity(Named):
    """The names of one city: its own bureau and its districts."""

    __slots__ = ()
    base_year = "city"


class OfNation(Named):
    """The names of the nation: its places are provinces."""

    __slots__ = ()
    base_year = "nation"


class Label(dict[str, str]):
    """A text in both languages that names tiers as the reader's base year does."""

    def __getitem__(self, language: str) -> str:
        return in_own_names(super().__getitem__(language), language)


def tiers_in(language: str) -> tuple[str, ...]:
    """The tiers that a base year with such names has: a city has no county-level bodies."""
    return TIERS[:COUNTY] if isinstance(language, OfCity) else TIERS


def in_own_names(phrase: str, language: str) -> str:
    """A phrase with tiers named as the language does; the names of values to be put in stay."""
    if not isinstance(language, Named):
        return phrase
    names, pattern = _own_names(language.base_year, str(language))

    def name(found: re.Match[str]) -> str:
        own = names.get(found[0].lower(), found[0])
        return own[:1].upper() + own[1:] if found[0][0].isupper() else own

    return pattern.sub(name, phrase)


@lru_cache
def _own_names(base_year: str, language: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """The own words by those of a province, and what finds these, or the name of a value."""
    with Path(__file__).with_name("tier_names.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["base_year"], row["language"]) == (base_year, language)]
    names = {row["of_province"].lower(): row["instead"] for row in rows}
    words = "|".join(re.escape(word) for word in sorted(names, key=len, reverse=True))
    edges = r"(?<!\w)(?:{})(?!\w)" if language == "en" else "(?:{})"
    return names, re.compile(edges.format(words) + r"|\{\w+", re.IGNORECASE)

"""Every phrase that a planner reads, in Chinese and English; one TOML file a subject."""

import tomllib
from collections.abc import KeysView
from functools import lru_cache
from pathlib import Path
from string import Formatter

from model.evidence.tier_names import in_own_names

LANGUAGES = ("zh", "en")


class _Counting(Formatter):
    """Values put in as by `str.format`; `{count:problem|problems}` is a count with its noun."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        return f"{value} {one if str(value) == '1' else many}" if bar else format(value, format_spec)


def text(key: str, language: str, **values: object) -> str:
    """The phrase `subject.name` in a language, with values put in as by `str.format`.

    A counted noun in English has both its numbers, `{count:problem|problems}`. Tiers are named as by the base year that
    the language was asked of (`Baseline.names_in`). KeyError for a phrase or a value that does not exist.

    >>> text("terms.tier_county", "zh")
    '县级'
    >>> text("command_line.problem_count", "en", count=1)
    '1 problem in all'
    """
    phrase = in_own_names(_phrases()[key][language], language)
    if not values:
        return phrase
    return _Counting().vformat(phrase, (), values) if "|" in phrase else phrase.format(**values)


def keys() -> KeysView[str]:
    """The keys of all phrases."""
    return _phrases().keys()


@lru_cache
def _phrases() -> dict[str, dict[str, str]]:
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return {
        f"{file.stem}.{name}": phrase
        for file in files
        for name, phrase in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }

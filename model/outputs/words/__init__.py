"""Every phrase that a planner reads, in Chinese and English; one TOML file a subject."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("zh", "en")


def text(key: str, language: str, **values: object) -> str:
    """The phrase `subject.name` in a language, with values put in as by `str.format`.

    KeyError for a phrase or a value that does not exist.

    >>> text("terms.tier_county", "zh")
    '县级'
    """
    phrase = _phrases()[key][language]
    return phrase.format(**values) if values else phrase


def keys() -> Iterator[str]:
    """The keys of all phrases."""
    yield from _phrases()


@lru_cache
def _phrases() -> dict[str, dict[str, str]]:
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return {
        f"{file.stem}.{name}": phrase
        for file in files
        for name, phrase in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }

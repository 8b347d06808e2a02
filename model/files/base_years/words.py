"""The words of the base-year workbook in both languages, from `words.csv`."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from model.evidence.figures import read_rows

FILE = Path(__file__).with_suffix(".csv")
Texts = Mapping[str, str]


def phrase(id: str, values: Mapping[str, Texts]) -> dict[str, str]:
    """What a base year's files say of where a figure comes from, by language."""
    (row,) = (row for row in _rows() if row["kind"] == "phrase" and row["id"] == id)
    return {
        language: row[language].format(**{name: texts[language] for name, texts in values.items()})
        for language in ("zh", "en")
    }


def spellings(kind: str, id: str) -> tuple[str, ...]:
    """All that may be written for a word, signs and capitals as they are in the file."""
    (row,) = (row for row in _rows() if row["kind"] == kind and row["id"] == id)
    return tuple(text for column in ("zh", "en", "also") for text in row[column].split("|") if text)


@lru_cache
def ids(kind: str) -> tuple[str, ...]:
    """The ids of the words of a kind, in the order of the file."""
    return tuple(row["id"] for row in _rows() if row["kind"] == kind)


@lru_cache
def _rows() -> list[dict[str, str]]:
    return read_rows(FILE)

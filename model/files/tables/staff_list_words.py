"""The words of a staff list as people write them: headings, tiers, places, lines of totals.

`staff_list_words.csv` holds them in both languages, with other ways to write each.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from model.evidence.baseline import Baseline
from model.evidence.figures import read_rows
from model.files.tables.cell_number import seen
from model.files.tables.sheet import CellValue, Formula


@dataclass(frozen=True)
class Word:
    """A word of the table: `name`, by language, is written; any of the `spellings` is read."""

    name: Mapping[str, str]
    spellings: tuple[str, ...]


LONGEST_HEADING = 60
FILE = Path(__file__).with_suffix(".csv")


@lru_cache
def words(kind: str, file: Path = FILE) -> dict[str, Word]:
    """The words of a kind by id.

    `column`, `tier`, `place`, `row` (not read), `suffix` (of places), `beside` (a heading: `other` in its brackets).
    """
    return {
        row["id"]: Word(
            {"zh": row["zh"], "en": row["en"]},
            tuple(plain(text) for text in (row["zh"], row["en"], *row["also"].split("|")) if text),
        )
        for row in read_rows(file)
        if row["kind"] == kind
    }


def plain(value: CellValue) -> str:
    """A cell's text for comparing, without spaces, brackets, marks, capitals, wide or unseen signs.

    >>> plain(" 人数（人）： "), plain("Frontline Officers*"), plain(None)
    ('人数', 'frontlineofficers', '')
    """
    value = value.text if isinstance(value, Formula) else value
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return _plain(value[:200])


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    narrow = seen(unicodedata.normalize("NFKC", text)).rstrip()
    return re.sub(r"\(.*?\)|[\s'\"‘’“”]|[*:]+$", "", narrow).casefold()


def heading(value: CellValue) -> str:
    """A heading's text for comparing, without number, unit and marks; empty for a long text.

    Empty too where its brackets say that it is of something else: a share, posts, women.

    >>> heading("*1. 层级"), heading("其中：一线人数/人"), heading("/"), heading("人数（编外）")
    ('层级', '一线人数', '/', '')
    """
    return _heading(value) if isinstance(value, str) and len(value) <= LONGEST_HEADING else ""


@lru_cache(maxsize=10_000)
def _heading(value: str) -> str:
    in_brackets = "".join(re.findall(r"\(.*?\)", unicodedata.normalize("NFKC", value))).casefold()
    if any(word in in_brackets for word in words("beside")["other"].spellings):
        return ""
    text = plain(value).lstrip("*.、0123456789")
    for word in words("beside")["before"].spellings:
        text = text.removeprefix(word).lstrip(":")
    for unit in words("beside")["unit"].spellings:
        text = text.removesuffix(f"/{unit}")
    return text


def tiers_named(text: str) -> list[str]:
    """Ids of the tiers that plain text names."""
    return [id for id, word in words("tier").items() if text in word.spellings]


def heading_of_places(text: str) -> bool:
    """Whether plain text that names a tier may as well mean places of all tiers: 市州, 市."""
    return len(text) == 1 or text in words("column")["prefecture"].spellings


def says_total(text: str) -> bool:
    """Whether plain text names a line of totals; Chinese words may have others before them."""
    totals = words("row")["total"].spellings
    return text in totals or any(text.endswith(total) for total in totals if not total.isascii())


def without_total(text: str) -> str:
    """Plain text without the Chinese word at its end that says it is one of totals."""
    endings = [total for total in words("row")["total"].spellings if not total.isascii() and text.endswith(total)]
    return text.removesuffix(max(endings, key=len, default=""))


def numbers_columns(text: str) -> bool:
    """Whether plain text stands in a row that numbers the columns, as forms have one below the headings."""
    return text in words("row")["columns"].spellings


def is_signature(text: str) -> bool:
    """Whether plain text begins a line on who filled in the table, or a note."""
    return text.startswith(words("row")["signed"].spellings)


def says_whole(text: str) -> bool:
    """Whether plain text names the whole province, of which no tier is one."""
    return text in {plain(name) for name in words("place")["whole"].name.values()}


def suffixes() -> tuple[str, ...]:
    """Endings that a place's name may have or leave out, the longest first."""
    return tuple(sorted(words("suffix")["place"].spellings, key=len, reverse=True))


def places(baseline: Baseline, tier: str) -> dict[str, str]:
    """Ids of a tier's places by all their spellings; a spelling that could mean two places is left out."""
    if tier == "province":
        ids = [place for of, place in baseline.pool_names if of == tier]
        whole = dict.fromkeys(["", *words("place")["whole"].spellings], "")
        named = {plain(text): id for id, name in baseline.province_names.items() for text in (id, *name.values())}
        return named if any(ids) else whole
    names = [(plain(text), p.id) for p in baseline.prefectures for text in (p.id, *p.name.values(), *p.short.values())]
    shorter = [(text.removesuffix(suffix), id) for text, id in names for suffix in suffixes()]
    return _unambiguous(shorter) | _unambiguous(names)


def _unambiguous(spelled: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The ids by spelling, without empty spellings and those of several ids."""
    ids_of: dict[str, set[str]] = {}
    for text, id in spelled:
        ids_of.setdefault(text, set()).add(id)
    return {text: id for text, (id, *others) in ids_of.items() if text and not others}

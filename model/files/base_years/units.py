"""The units of the workbook's figures: which may stand beside a number, and in a row's unit cell."""

import re
from functools import lru_cache

from model.files.base_years.words import FILE, ids, spellings
from model.files.tables.sheet import CellValue
from model.files.tables.staff_list_words import plain, words

_KINDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("days a year", "calendar days", "person-days", "crew-days"), ("days",)),
    **{unit: (unit,) for unit in ("years", "months", "hours", "times")},
    **{"km/h": ("speed",), "km2": ("area",), "yuan": ("money",), "100m yuan": ("money",)},
    "ratio": ("count", "times"),
}
"""What units are of, where they do not count one by one."""


def every_spelling() -> tuple[str, ...]:
    """All spellings of all units, the longest first."""
    found = {text for kind in ids("unit") for text in spellings("unit", kind)}
    return tuple(sorted(found, key=len, reverse=True))


@lru_cache
def spellings_of(unit: str) -> frozenset[str]:
    """What may stand beside a number of a unit, in small letters; everything for a unit that is not known."""
    if unit not in ids("of_row"):
        return frozenset(text.casefold() for text in every_spelling())
    kinds = _KINDS.get(unit, ("count",))
    return frozenset(text.casefold() for kind in kinds for text in spellings("unit", kind))


def is_own(written: CellValue, unit: str) -> bool:
    """Whether a row's unit cell says the unit of the row, or nothing.

    >>> is_own("家", "units"), is_own("万家", "units"), is_own(None, "units"), is_own("km²", "km2")
    (True, False, True, True)
    """
    text = plain(written)
    if not text or unit not in ids("of_row"):
        return True
    own = {plain(one) for one in spellings_of(unit)} | {*words("of_row", FILE)[unit].spellings}
    return text in own or re.sub("/年$|ayear$", "", text) in own

"""The units of the workbook's figures: which may stand beside a number, and in a row's unit cell."""

import re
import unicodedata
from functools import lru_cache

from model.files.base_years.words import FILE, ids, spellings
from model.files.tables.sheet import CellValue
from model.files.tables.staff_list_words import plain, words

_TIMES = {"十": 10, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_PLAIN_POWERS = {"hectare": 1e-2, "square_metre": 1e-6}
"""Units of area in km², by their ids among the words of headings."""
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


def heading_factor(heading: CellValue, unit: str) -> float | None:
    """The factor from the unit in a heading to the unit of its column; None where there is none.

    >>> [heading_factor(f"立案（{text}）", "cases") for text in ("万件/年", "亩", "2020年", "年")]
    [10000.0, None, 1.0, 1.0]
    """
    text = unicodedata.normalize("NFKC", heading) if isinstance(heading, str) else ""
    word = spellings("heading", "unit")[0]
    inside = re.findall(r"\(([^()]*)\)", text)
    parts = [part for one in inside for part in re.split(r"[;、:\s]|,(?!\d{3})", one.casefold().removeprefix(word))]
    factors = [_factor(part, unit) for part in parts if part]
    return None if None in factors else next((one for one in factors if one != 1), 1.0)


def _factor(part: str, unit: str) -> float | None:
    """The factor of one word of a heading; 1 for a word that is no unit, None for another unit."""
    part = part.removesuffix("/年")
    headings = (text for id in ids("heading") if id != "unit" for text in spellings("heading", id))
    others = {one.casefold() for one in (*every_spelling(), *headings)}
    base = part.lstrip("".join(_TIMES))
    if part == "年" or (base not in others and part not in others and (base or not part)):
        return 1.0
    factor = 1.0
    for sign in part[: len(part) - len(base)]:
        factor *= _TIMES[sign]
    power = next((power for id, power in _PLAIN_POWERS.items() if base in spellings("heading", id)), None)
    if power and unit == "km2":
        return factor * power
    if (base and base not in spellings_of(unit)) or unit not in ids("of_row"):
        return None
    return factor / 1e8 if unit == "100m yuan" else factor

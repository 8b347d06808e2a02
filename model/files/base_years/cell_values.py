"""What a person writes into a cell: numbers with units and marks, ranges, dates, years."""

import calendar
import math
import re
import unicodedata
from datetime import date, timedelta
from typing import TypeGuard

from model.files.base_years.words import spellings
from model.files.tables.sheet import CellValue, Formula, Percentage

Amount = tuple[float, float, float]
"""Low, mid and high; three equal numbers where one is known."""

MOST_CHARACTERS = 200
_TIMES = {"万": 1e4, "亿": 1e8, "百": 1e2, "千": 1e3}
_UNITS = "|".join(map(re.escape, sorted(spellings("unit", "unit"), key=len, reverse=True)))
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,20})?(?:e[+-]?\d{1,2})?"
_AMOUNT = re.compile(
    rf"({_NUMBER})(?:\s*([{''.join(_TIMES)}]+))?(?:\s*(%|‰))?(?:\s*(?:{_UNITS}))?(?:/年| a year)?", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:-|\u2013|\u2014|\u2212|~|至|到|\s)\s*")
_DAY = re.compile(
    r"(\d{4})(?:[-/.年]\s?(\d{1,2})(?:[-/.月]\s?(\d{1,2})日?)?)?(?:年|月)?(?:[T ]00:00(?::00)?(?:\.0+)?)?"
)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Spreadsheets count days from 1899-12-30: these are 1954 to 2119."""


class WrongCell(Exception):
    """What is wrong with a cell: a code for its phrase (`base_years.cell_<code>`)."""

    def __init__(self, code: str, **right: float | str):
        super().__init__(code)
        self.code, self.right = code, right


def text(value: CellValue) -> str:
    """The text of a cell in one line; WrongCell for a formula without its value.

    >>> text(" 通报（2016 年） 第一期 "), text(None), text(2359.0)
    ('通报（2016 年） 第一期', '', '2359')
    """
    if isinstance(value, Formula):
        raise WrongCell("formula")
    return " ".join(("" if value is None else f"{value:.15g}" if _is_number(value) else str(value)).split())


def plain_text(value: CellValue) -> str:
    """The text of a cell in narrow signs, without what cannot be seen.

    >>> plain_text("　４１人 "), plain_text(None), plain_text(2359)
    ('41人', '', '2359')
    """
    narrow = unicodedata.normalize("NFKC", text(value)[:5000])
    return "".join(sign for sign in narrow if unicodedata.category(sign) != "Cf").strip().strip("'").strip()


def is_unknown(value: CellValue) -> bool:
    """Whether a cell says that its figure is not known: empty, a stroke, 不详.

    >>> is_unknown(None), is_unknown(" — "), is_unknown(0)
    (True, True, False)
    """
    return not isinstance(value, Formula) and plain_text(value).casefold() in {"", *spellings("unknown", "unknown")}


def amount(value: CellValue, unit: str = "") -> Amount | None:
    """The number or the range in a cell, None where it says that none is known.

    WrongCell for anything else, two numbers included: of a range the middle has to be said.

    >>> [amount(text)[1] for text in ("1,234", "41人", "４１", "1.2万")], amount("63.8%", "fraction")
    ([1234.0, 41.0, 41.0, 12000.0], (0.638, 0.638, 0.638))
    >>> amount("40-51-80"), amount("-0.15–0.05–0.2"), amount("40 至 51 至 80"), amount("不详")
    ((40.0, 51.0, 80.0), (-0.15, 0.05, 0.2), (40.0, 51.0, 80.0), None)
    """
    if is_unknown(value):
        return None
    if isinstance(value, bool) or (_is_number(value) and not math.isfinite(value)):
        raise WrongCell("no_number")
    if _is_number(value):
        if isinstance(value, Percentage) and unit != "fraction":
            raise WrongCell("percentage")
        return (float(value),) * 3
    text = plain_text(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d(?:T.*)?", text):
        raise WrongCell("date_for_number")
    numbers = _numbers(text[:MOST_CHARACTERS], unit)
    if len(numbers) == 2:
        raise WrongCell("two_numbers", low=numbers[0], high=numbers[1], mid=(numbers[0] + numbers[1]) / 2)
    low, mid, high = numbers if len(numbers) == 3 else (numbers[0],) * 3
    if not low <= mid <= high:
        raise WrongCell("not_in_order", low=low, mid=mid, high=high)
    return low, mid, high


def day(value: CellValue, *, last: bool = False) -> date | None:
    """The day in a cell; of a month or a year alone its first day or its last, None for an empty cell.

    >>> [str(day(text, last=True)) for text in ("2016年6月", "2016/6", 2016, "2016-06-30T00:00:00", 42551)]
    ['2016-06-30', '2016-06-30', '2016-12-31', '2016-06-30', '2016-06-30']
    """
    if is_unknown(value):
        return None
    text = plain_text(value)
    if text.isdigit() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return date(1899, 12, 30) + timedelta(int(text))
    found = _DAY.fullmatch(text)
    try:
        if not found:
            raise WrongCell("no_date")
        year, month, number = (int(part) if part else None for part in found.groups())
        month = month or (12 if last else 1)
        return date(year or 0, month, number or (calendar.monthrange(year or 0, month)[1] if last else 1))
    except (ValueError, calendar.IllegalMonthError):
        raise WrongCell("no_date") from None


def years_between(first: date, last: date) -> float:
    """Years from a day to another, both included, each day as its share of its own year, to four decimals.

    >>> years_between(date(2016, 1, 1), date(2016, 6, 30))
    0.4973
    """
    days = last + timedelta(1)
    return round((days.year + _passed(days)) - (first.year + _passed(first)), 4)


def _passed(one: date) -> float:
    """The share of its year that has passed when a day begins."""
    start, end = date(one.year, 1, 1), date(one.year + 1, 1, 1)
    return (one - start).days / (end - start).days


def _is_number(value: CellValue) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _numbers(text: str, unit: str) -> list[float]:
    """One, two or three numbers that stand in a text; WrongCell for any other text."""
    found, at = [], 0
    while at < len(text):
        number = _AMOUNT.match(text, at)
        if not number:
            break
        found.append(_value(number, unit))
        at = number.end()
        if at == len(text):
            break
        between = _BETWEEN.match(text, at)
        if not between or between.end() == len(text):
            break
        at = between.end()
    if at < len(text) or not 1 <= len(found) <= 3:
        raise WrongCell("no_number")
    return found


def _value(number: re.Match[str], unit: str) -> float:
    digits, times, percent = number.groups()
    if percent and unit != "fraction":
        raise WrongCell("percentage")
    value = float(digits.replace(",", ""))
    factor = 1.0
    for sign in times or "":
        factor *= _TIMES[sign]
    if unit == "100m yuan":
        factor = factor / 1e8 if "亿" in (times or "") else factor
    if percent:
        return round(value / (100 if percent == "%" else 1000), 12)
    return value if factor == 1 else round(value * factor, 9)

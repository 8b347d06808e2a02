"""What a person writes into a cell: numbers with units and marks, ranges, dates, years."""

import calendar
import math
import re
import unicodedata
from datetime import date, timedelta
from typing import TypeGuard

from model.evidence.figures import POINTS
from model.files.base_years.units import every_spelling, spellings_of
from model.files.base_years.words import ids, spellings
from model.files.tables.cell_number import has_mark
from model.files.tables.sheet import CellValue, Formula, Percentage

Amount = tuple[float, float, float]
"""Low, mid and high; three equal numbers where one is known."""

Days = tuple[date, date]
"""The first and the last day of a time."""

MOST_CHARACTERS = 200
_SHARES = ("fraction", POINTS)
"""Units whose numbers may be written in percent."""
_TIMES = {"万": 1e4, "亿": 1e8, "百": 1e2, "千": 1e3}
_UNITS = "|".join(map(re.escape, every_spelling()))
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,20})?(?:e[+-]?\d{1,2})?"
_AMOUNT = re.compile(
    rf"({_NUMBER})(?:\s*([{''.join(_TIMES)}]+))?(?:\s*(%|‰))?(?:\s*({_UNITS}))?(?:/年| a year)?", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:-|\u2013|\u2014|\u2212|~|至|到|\s)\s*")
_SPACED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?!\s?[\d.])")
"""A number with spaces between its thousands, which could be two or three numbers."""
_DAY = re.compile(
    r"(\d{4})(?:([-/.])\s?(\d{1,2})(?:\2\s?(\d{1,2})日?|月(?:(\d{1,2})日?)?)?|年(?:(\d{1,2})(?:月(?:(\d{1,2})日?)?)?)?)?"
    r"(?:[T ]?00:00(?::00)?(?:\.0+)?)?"
)
"""A year, month or day, its parts kept apart by one sign throughout: 2016.1-6 is no sixth of January."""
_NAMED_PART = re.compile(r"(\d{4})(?:年| )?(.+)|(.+) (\d{4})")
"""A part of a year by its name, the year before it or, in English, behind it."""
_DAY_SPAN = re.compile(r"\s*(?:[-\u2013\u2014\u2212~]|至|到)\s*")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Spreadsheets count days from 1899-12-30: these are 1954 to 2119."""


class WrongCell(Exception):
    """What is wrong with a cell: a code for its phrase (`base_years.cell_<code>`)."""

    def __init__(self, code: str, **right: float | str | tuple[str, ...]):
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

    A unit beside the number has to be one of `unit`, where one is given.

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
        if isinstance(value, Percentage) and unit not in _SHARES:
            raise WrongCell("percentage")
        return (float(value),) * 3
    _check_footnote(value)
    text = plain_text(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d(?:T.*)?", text):
        raise WrongCell("date_for_number")
    if found := _SPACED.match(text):
        raise WrongCell("spaced_thousands", plain=found[0].replace(" ", ""))
    numbers = _numbers(text[:MOST_CHARACTERS], unit)
    if len(numbers) == 2:
        raise WrongCell("two_numbers", low=numbers[0], high=numbers[1], mid=(numbers[0] + numbers[1]) / 2)
    low, mid, high = numbers if len(numbers) == 3 else (numbers[0],) * 3
    if not low <= mid <= high:
        raise WrongCell("not_in_order", low=low, mid=mid, high=high)
    return low, mid, high


def _check_footnote(value: CellValue) -> None:
    """WrongCell for a raised or circled figure, as of a footnote, which would lengthen the number."""
    text = re.sub("m[²³]", "", value) if isinstance(value, str) else ""
    if has_mark(text):
        raise WrongCell("footnote")


def day(value: CellValue, *, last: bool = False) -> date | None:
    """The day in a cell; of a month or a year alone its first day or its last, None for an empty cell.

    >>> [str(day(text, last=True)) for text in ("2016年6月", "2016/6", 2016, "2016-06-30T00:00:00", 42551)]
    ['2016-06-30', '2016-06-30', '2016-12-31', '2016-06-30', '2016-06-30']
    """
    found = days(value)
    return None if found is None else found[last]


def is_doubtful_share(value: CellValue, amount: Amount) -> bool:
    """Whether an amount could be per cent as well as people: above 1, up to 100, and without a unit.

    More than 100% is never meant, nor people written as a percentage.

    >>> [is_doubtful_share(text, amount(text, "fraction")) for text in ("60", "60人", "60%", "560", "120%")]
    [True, False, False, False, True]
    """
    text = plain_text(value).casefold()
    if isinstance(value, Percentage) or "%" in text or "‰" in text:
        return amount[2] > 1
    return 1 < amount[2] <= 100 and not any(unit in text for unit in spellings("unit", "count"))


def has_times(value: CellValue) -> bool:
    """Whether the number in a cell says thousands or more by a word, as 1.2万 does."""
    return isinstance(value, str) and any(sign in _TIMES for sign in value)


def days(value: CellValue) -> Days | None:
    """The first and the last day of the day, month, year or span in a cell; None for an empty cell.

    >>> [str(one) for one in days("2016年1-6月")], [str(one) for one in days("2016年第三季度")], days(" — ")
    (['2016-01-01', '2016-06-30'], ['2016-07-01', '2016-09-30'], None)
    """
    if is_unknown(value):
        return None
    _check_footnote(value)
    text = _dated(value)
    if text.isdigit() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        one = date(1899, 12, 30) + timedelta(int(text))
        return one, one
    is_cut = isinstance(value, float) and text.endswith(".1")  # January, or October without its 0
    found = None if is_cut else _days(text) or _part_of_year(text) or _span(text)
    if not found or found[0] > found[1]:
        raise WrongCell("no_date")
    return found


def is_span(value: CellValue) -> bool:
    """Whether a cell holds a first and a last month or day together.

    >>> is_span("2016年1-6月"), is_span("2016年")
    (True, False)
    """
    return days(value) is not None and not _days(_dated(value))


def _dated(value: CellValue) -> str:
    """The text of a date, without the spaces around the words of its parts."""
    return re.sub(r"\s*(年|月|日)份?\s*", r"\1", plain_text(value))


def _days(text: str) -> Days | None:
    """The first and the last day of a year, a month or a day; None for any other text."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, month, number = int(found[1]), found[3] or found[6], found[4] or found[5] or found[7]
    try:
        first = date(year, int(month or 1), int(number or 1))
        end = date(year, int(month or 12), 1)
        return first, first if number else end.replace(day=calendar.monthrange(end.year, end.month)[1])
    except ValueError:
        return None


def _part_of_year(text: str) -> Days | None:
    """The days of a part of a year that has a name, such as a quarter; None for any other text."""
    found = _NAMED_PART.fullmatch(text)
    if not found:
        return None
    year, name = int(found[1] or found[4]), (found[2] or found[3]).casefold()
    for part in ids("part_of_year"):
        if name in map(str.casefold, spellings("part_of_year", part)):
            first, last = (_days(f"{year}-{month}") for month in part.split("-"))
            return (first[0], last[1]) if first and last else None
    return None


def _span(text: str) -> Days | None:
    """The days from one month or day to another, of the same year if it names none; else None."""
    for sign in _DAY_SPAN.finditer(text):
        begins, ends = text[: sign.start()], text[sign.end() :]
        first, last = _days(begins), _days(ends) or _days(_with_year(begins, ends, sign[0].strip()))
        if first and last:
            return first[0], last[1]
    return None


def _with_year(begins: str, ends: str, sign: str) -> str:
    """The end of a span with the year of its beginning, where both say as much; else empty."""
    found = _DAY.fullmatch(begins)
    if not found or bool(found[4] or found[5] or found[7]) != bool(re.search(r"\d\D+\d", ends)):
        return ""
    if found[2]:
        is_clear = found[2] != "-" or sign in ("~", "至", "到")
        return f"{found[1]}{found[2]}{ends}" if is_clear else ""
    return f"{found[1]}年{ends}" if found[6] and re.search("月|日", ends) else ""


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
    digits, times, percent, beside = number.groups()
    if beside and beside.casefold() not in spellings_of(unit):
        raise WrongCell("other_unit", units=(unit,))
    if percent and unit not in _SHARES:
        raise WrongCell("percentage")
    value = float(digits.replace(",", ""))
    factor = 1.0
    for sign in times or "":
        factor *= _TIMES[sign]
    if unit == "100m yuan" and (beside or "亿" in (times or "")):
        if not times:
            raise WrongCell("other_unit", units=(unit,))
        factor /= 1e8
    if percent:
        return round(value / (100 if percent == "%" else 1000), 12)
    return value if factor == 1 else round(value * factor, 9)

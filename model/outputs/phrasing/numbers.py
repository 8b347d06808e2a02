"""Numbers as a reader writes them: thousands apart, differences signed, shares in percent."""

from collections.abc import Callable, Mapping
from math import ceil, floor

from model.outputs.phrasing.evidence_terms import word
from model.outputs.words import text
from model.projection.results import Band
from model.scenario.levers import Lever, Value

MINUS = "\u2212"
OF_TIME = "fraction of time"
"""The unit of a lever that cuts a share of working time: its values are percentage points of that time."""
SHARE_UNITS = ("share", "fraction", OF_TIME)
RATIO_UNITS = ("ratio", "visits per unit a year", "checks per officer a year")
"""Units printed with two decimals."""
LEAST_CHANGE = 0.001
"""The least change that is told in percent."""
INDEX = "index"
"""The unit of an objective of several criteria, in which the scenario's own plan is 1."""
INDEX_DECIMALS = 4


def count(value: float) -> str:
    """A number of people, visits or files: whole, with one decimal below ten where it is not.

    >>> count(74270.4), count(0.4), count(-810.2), count(-0.0)
    ('74,270', '0.4', '−810', '0')
    """
    small = abs(value) < 9.95 and abs(value - round(value)) > 0.05
    written = f"{abs(value):,.1f}" if small else f"{abs(value):,.0f}"
    return MINUS + written if value < 0 and written != "0" else written


def percent(value: float, decimals: int = 1) -> str:
    """A share in percent; only the whole reads 100 %, and only nothing reads 0 %.

    >>> percent(0.7975), percent(1.0), percent(0.99999), percent(0.00001)
    ('79.8%', '100%', '99.9%', '0.1%')
    """
    if abs(value - round(value)) < 1e-9:
        return f"{MINUS if value < -0.5 else ''}{abs(value):.0%}"
    least = 10.0 ** -(decimals + 2)
    inside = min(max(abs(value), least), 1 - least) if abs(value) < 1 else abs(value)
    return f"{MINUS if value < 0 else ''}{inside:.{decimals}%}"


def change_in_percent(ratio: float, language: str) -> str:
    """A change over what it changes, in percent with its sign; in words where it would round to nothing.

    A share is kept off 0 % by a tenth; a change that small would then be told larger than it is.

    >>> change_in_percent(0.0208, "en"), change_in_percent(-0.124, "en"), change_in_percent(-0.00007, "en")
    ('+2.1%', '−12.4%', 'down by under 0.1%')
    """
    if not ratio or abs(ratio) >= LEAST_CHANGE / 2:
        return ("+" if ratio > 0 else "") + percent(ratio)
    return text(f"plan.{'up' if ratio > 0 else 'down'}_by_under", language, least=f"{LEAST_CHANGE:.1%}")


def amount(value: float, unit: str) -> str:
    """A measure's value without its unit: shares in percent, ratios with two decimals, else as `count`.

    >>> amount(0.5, "share"), amount(1.8478, "ratio"), amount(2650.7, "cases a year")
    ('50.0%', '1.85', '2,651')
    """
    if unit in SHARE_UNITS:
        return percent(value)
    if unit in RATIO_UNITS:
        return f"{value:.2f}".replace("-", MINUS)
    return count(value)


def change(value: float, unit: str) -> str:
    """A difference with its sign, of shares in percentage points; `change_unit` gives its unit.

    People are whole.

    >>> change(1296.2, "visits a year"), change(-0.0176, "share"), change(0.00001, "share"), change(-7.1, "people")
    ('+1,296', '−1.8', '0', '−7')
    """
    if unit in SHARE_UNITS:
        written = f"{abs(value) * 100:.1f}"
        written = "0" if float(written) == 0 else written
    else:
        written = f"{abs(value):,.0f}" if unit == "people" else amount(abs(value), unit)
    if float(written.replace(",", "")) == 0:
        return "0"
    return (MINUS if value < 0 else "+") + written


def in_percent(value: float, unit: str) -> float:
    """A value as tables and charts show it: shares in percent, others as they are."""
    return value * 100 if unit in SHARE_UNITS else value


def unit_word(unit: str, language: str) -> str:
    """The word for a unit; empty for shares, whose number carries the sign."""
    return "" if unit in SHARE_UNITS else text(f"terms.unit_{unit.replace(' ', '_').replace('-', '_')}", language)


def column_unit(unit: str, language: str) -> str:
    """The word for a unit above plain numbers; "%" for shares."""
    return unit_word(unit, language) or "%"


def change_unit(unit: str, language: str) -> str:
    """The word for the unit of a difference; percentage points for shares."""
    return text("plan.points", language) if unit in SHARE_UNITS else unit_word(unit, language)


def unit_beside(unit: str, language: str, *, signed: bool = False) -> str:
    """The word for a unit beside its number, or its difference; empty for a ratio, a number alone.

    >>> unit_beside("ratio", "en"), unit_beside("share", "en", signed=True), unit_beside("cases", "en")
    ('', 'points', 'cases')
    """
    return "" if unit == "ratio" else (change_unit if signed else unit_word)(unit, language)


def with_unit(number: str, unit: str, language: str) -> str:
    """Number and unit joined as the language joins them; the number alone where there is no unit."""
    return text("plan.number_unit", language, number=number, unit=unit) if unit else number


def change_with_points(value: float, unit: str, language: str) -> str:
    """A difference with its sign; only of shares, whose points are no percent, with its unit."""
    written = change(value, unit)
    return written if written == "0" or unit != "share" else with_unit(written, change_unit(unit, language), language)


def span(band: Band, unit: str, language: str) -> str:
    """The 10 to 90 % band of a value, without its unit; one number where both ends read alike."""
    return from_to(*ends(band, unit, amount), language)


def is_point(band: Band, unit: str) -> bool:
    """Whether both ends of the band of a value read alike, so that there is none to tell."""
    low, high = ends(band, unit, amount)
    return low == high


def change_span(band: Band, unit: str, language: str) -> str:
    """The 10 to 90 % band of a difference, without its unit; one number where both ends read alike."""
    return from_to(*ends(band, unit, change), language)


def ends(band: Band, unit: str, write: Callable[[float, str], str]) -> tuple[str, str]:
    """Both ends of a band as `write` prints values, so that the figure between them is printed within.

    A coherent figure has the digits of its whole. Where small ends would leave it out, they are whole too, rounded
    outwards. Where nearly all people of a tier are moved, base year and change add up to a plan beyond what the draws,
    which keep two officers a body, give: the band then reaches as far as the figure.

    >>> ends(Band(0.2, 0.0, 0.5), "cases a year", change), ends(Band(0.2, 0.3, 0.5), "cases a year", change)
    (('0', '+1'), ('+0.2', '+0.5'))
    >>> ends(Band(22.8, 9.0, 58.1), "problems a year", amount)
    ('9', '58')
    """
    low, figure, high = (write(value, unit) for value in (band.p10, band.p50, band.p90))
    whole = () if unit in SHARE_UNITS else ((write(floor(band.p10), unit), write(ceil(band.p90), unit)),)
    for least, most in ((low, high), *whole):
        if _value(least) <= _value(figure) <= _value(most):
            return least, most
    return min(low, figure, key=_value), max(high, figure, key=_value)


def _value(written: str) -> float:
    """The number that was written."""
    return float(written.replace(MINUS, "-").replace(",", "").rstrip("%"))


def from_to(low: str, high: str, language: str) -> str:
    """Two ends as written, or the one that they both are."""
    return low if low == high else text("plan.span", language, low=low, high=high)


def is_of_time(lever: Lever) -> bool:
    """Whether a lever cuts a share of working time, so that its values are percentage points of that time."""
    return lever.unit == OF_TIME


def setting(lever: Lever, value: Value, language: str) -> str:
    """A lever's value with its unit."""
    if is_of_time(lever):
        return text("plan.in_points", language, points=bare_setting(lever, value, language))
    has_unit = lever.kind not in ("choice", "spread", "moves") and lever.unit not in SHARE_UNITS
    unit = word("unit", lever.unit, language) if has_unit else ""
    return with_unit(bare_setting(lever, value, language), unit, language)


def lever_moved(lever: Lever, before: Value, after: Value, language: str, words: str = "plan.lever_moved") -> str:
    """A lever with both its values, a cut in time by its points alone."""
    label = lever.label[language]
    if is_of_time(lever) and not before:
        return text("plan.lever_in_points", language, label=label, points=bare_setting(lever, after, language))
    values = {"before": bare_setting(lever, before, language), "after": setting(lever, after, language)}
    return text(words, language, label=label, **values)


def bare_setting(lever: Lever, value: Value, language: str) -> str:
    """A lever's value without its unit, shares in percent, a cut in time in points.

    A choice is worded by `plan.choice_<lever>_<value>`, a table of weights as "own table", moves by their sums.
    """
    if isinstance(value, Mapping):
        return _moves(value, language) if lever.kind == "moves" else text("plan.choice_staff_spread_table", language)
    if lever.kind in ("choice", "spread"):
        return text(f"plan.choice_{lever.id.replace('.', '_')}_{value}", language)
    if lever.unit in SHARE_UNITS:
        percent = f"{float(value) * 100:.1f}".removesuffix(".0")
        return percent if is_of_time(lever) else f"{percent}%"
    return count(float(value))


def _moves(people: Mapping[str, float], language: str) -> str:
    """How many people leave and come, over how many pools."""
    if not any(people.values()):
        return text("moves.none", language)
    out, into = (count(sum(max(sign * heads, 0.0) for heads in people.values())) for sign in (-1, 1))
    return text("moves.made", language, pools=len(people), out=out, into=into)

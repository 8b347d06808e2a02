"""The sheet of results: every measure by scope, recomputed, beside the bands, which are not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from model.evidence.baseline import TIERS, Baseline
from model.outputs.phrasing.numbers import in_percent
from model.outputs.phrasing.odds import ODDS, counts
from model.outputs.phrasing.sentences import LIMITED, with_limits
from model.outputs.words import text
from model.outputs.workbook.chain.steps import MEASURE_STEPS, Kind
from model.outputs.workbook.chain.tables import SingleFormulas
from model.outputs.workbook.sheets.check_sheet import say_stale, say_verdict
from model.outputs.workbook.sheets.inputs import Inputs
from model.outputs.workbook.sheets.page import COUNT, POINTS, SHARE, SMALL, WHOLE_NUMBER, Page, cell
from model.projection.results import Paired
from model.scenario.scenario import Scenario
from model.year.measures import MEASURES, Measure, scopes

FIRST = 7
"""The row of the first result (from 0)."""

NO_MEANING = "–"
"""The text of a ratio whose denominator is zero."""

KINDS: tuple[Kind, ...] = ("base", "plan")
Pair = list[tuple[str, float | str]]
"""Formula and value of a result in the base year and under the plan, in the order of KINDS."""

SCOPE, MEASURE, UNIT, BASE, PLAN, CHANGE, BANDS = range(7)
ODDS_FIRST = BANDS + 6
WIDTHS = {"scope": 22, "measure": 44, "unit": 20, "base": 14, "plan": 14, "difference": 16}
WIDTHS |= {f"{band}_{of}": wide for of, wide in (("plan", 12), ("difference", 16)) for band in ("p10", "p50", "p90")}
WIDTHS |= dict.fromkeys(ODDS, 10)


def row_of(measure: str, scope: int = 0) -> int:
    """The row of a measure (from 0) in a scope by its place; the scopes stand one below the other."""
    return FIRST + scope * len(MEASURES) + [one.id for one in MEASURES].index(measure)


@dataclass(frozen=True, eq=False)
class Results:
    """The formulas and values of the result cells."""

    formulas: SingleFormulas
    _results: dict[tuple[Kind, str, int], tuple[str, float | str]] = field(default_factory=dict)

    def result(self, kind: Kind, measure: Measure, scope: int) -> tuple[str, float | str]:
        """Formula and value of a measure in a scope by its place; NO_MEANING for a ratio without a value."""
        key = kind, measure.id, scope
        if key not in self._results:
            self._results[key] = self._result(kind, measure, scope)
        return self._results[key]

    def _result(self, kind: Kind, measure: Measure, scope: int) -> tuple[str, float | str]:
        steps = [f"{'base' if kind == 'base' else 'chain'}.{id}" for id in MEASURE_STEPS[measure.id]]
        amount, formulas = _over(steps[0], scope), self.formulas
        if len(steps) == 1:
            return formulas.pattern(amount), formulas.number(amount)
        # A place's denominator stands for each of its tiers.
        whole = _over(steps[1], 0 if measure.of_place and scope <= len(TIERS) else scope)
        ratio = f"{amount} / {whole}"
        formula = f'=IF({formulas.pattern(whole)[1:]}>0,{formulas.pattern(ratio)[1:]},"{NO_MEANING}")'
        return formula, formulas.number(ratio) if formulas.number(whole) > 0 else NO_MEANING


def write(page: Page, inputs: Inputs, results: Results, failed: int) -> None:
    """Write every measure in every scope; `failed` is the number of checks that fail."""
    _frame(page, failed)
    for scope, (name, label) in enumerate(_scopes(inputs.baseline, page.language)):
        for measure in MEASURES:
            row = row_of(measure.id, scope)
            _name(page, row, measure, inputs.projection.scenario)
            _recomputed(page, row, label, measure, [results.result(kind, measure, scope) for kind in KINDS])
            bands = inputs.projection.measures[measure.id]
            paired = {"total": bands.total, **bands.tiers, **bands.prefectures}.get(name)
            _bands(page, row, measure, paired)
    last = FIRST + len(scopes(inputs.baseline)) * len(MEASURES) - 1
    page.sheet.autofilter(FIRST - 1, SCOPE, last, ODDS_FIRST + 2)


def _over(step: str, scope: int) -> str:
    """The formula of a sum over the pools of a scope: all of them, a tier or a prefecture."""
    if scope == 0:
        return f"total({step})"
    return f"tier_total({scope}, {step})" if scope <= len(TIERS) else f"place_total({scope - len(TIERS)}, {step})"


def _scopes(baseline: Baseline, language: str) -> Iterator[tuple[str, str]]:
    labels = [text("terms.total", language), *(text(f"terms.tier_{tier}", language) for tier in TIERS)]
    labels += [one.name[language] for one in baseline.prefectures]
    return zip(scopes(baseline), labels, strict=True)


DIGITS = {SHARE: 3, SMALL: 4, COUNT: 1}
"""Decimals of a value that its number format shows."""


def number_of(measure: Measure) -> str:
    """The number format of a measure."""
    if measure.unit == "share":
        return SHARE
    return SMALL if measure.unit in ("ratio", "visits per unit a year") else COUNT


def unit_of(measure: Measure, language: str) -> str:
    """The label of a measure's unit."""
    return text(f"terms.unit_{measure.unit.replace(' ', '_').replace('-', '_')}", language)


def signed_of(measure: Measure, language: str) -> str:
    """The number format of a difference, with its sign, of shares in percentage points."""
    points = f'"{text("plan.number_unit", language, number="", unit=text("plan.points", language))}"'
    number = f"{POINTS}{points}" if measure.unit == "share" else number_of(measure)
    return f"+{number};-{number};{number}"


def _name(page: Page, row: int, measure: Measure, scenario: Scenario) -> None:
    """Write a measure's name; that of the share in time follows the limits of both years, if they differ."""
    name, styles = text(f"terms.measure_{measure.id}", page.language), " top" if measure is MEASURES[0] else ""
    if measure.id != LIMITED:
        page.text(row, MEASURE, name, styles)
        return
    limits = text("plan.limits_apart", page.language, base='"&base_decision_limit&"', plan='"&plan_decision_limit&"')
    apart = text("prefectures.heading_unit", page.language, name=name, unit=limits)
    formula = f'=IF(base_decision_limit=plan_decision_limit,"{name}","{apart}")'
    page.formula(row, MEASURE, formula, with_limits(name, measure.id, scenario, page.language), styles)


def _recomputed(page: Page, row: int, label: str, measure: Measure, pair: Pair) -> None:
    """Write a measure of base year, plan and their difference as formulas."""
    top = " top" if measure is MEASURES[0] else ""
    page.text(row, SCOPE, label, f"strong{top}" if top else "quiet")
    page.text(row, UNIT, unit_of(measure, page.language), f"aside{top}")
    for column, (formula, value) in zip((BASE, PLAN), pair, strict=True):
        page.formula(
            row, column, formula, value, f"strong right{top}" if column == PLAN else f"right{top}", number_of(measure)
        )
    difference(page, row, CHANGE, (cell(row, BASE), cell(row, PLAN)), measure, pair, f"right{top}")


def difference(
    page: Page,
    row: int,
    column: int,
    cells: tuple[str, str],
    measure: Measure,
    pair: Pair,
    styles: str,
) -> None:
    """Write plan less base year, as both are shown, where both have a value; `cells` are theirs."""
    base, plan = (value for _, value in pair)
    digits = DIGITS[number_of(measure)]
    less = f"ROUND({cells[1]},{digits})-ROUND({cells[0]},{digits})"
    less = f"({less})*100" if measure.unit == "share" else less
    formula = f'=IF(AND(ISNUMBER({cells[0]}),ISNUMBER({cells[1]})),{less},"{NO_MEANING}")'
    value: float | str = NO_MEANING
    if not isinstance(base, str) and not isinstance(plan, str):
        value = in_percent(_as_shown(plan, digits) - _as_shown(base, digits), measure.unit)
    page.formula(row, column, formula, value, styles, signed_of(measure, page.language))


def _as_shown(value: float, digits: int) -> float:
    """A number rounded as a spreadsheet rounds it, halves away from zero."""
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def _bands(page: Page, row: int, measure: Measure, paired: Paired | None) -> None:
    """Write the bands and odds of the draws, as they were when the file was made."""
    top = " top" if measure is MEASURES[0] else ""
    numbers = [number_of(measure)] * 3 + [signed_of(measure, page.language)] * 3
    for k, number in enumerate(numbers):
        if paired is None:
            page.text(row, BANDS + k, NO_MEANING, f"still right{top}")
        else:
            band = (paired.scenario, paired.difference)[k // 3]
            value = (band.p10, band.p50, band.p90)[k % 3]
            value = in_percent(value, measure.unit) if k >= 3 else value
            page.number(row, BANDS + k, value, f"still{top}", number)
    for k, draws in enumerate(counts(paired.odds) if paired else ()):
        page.number(row, ODDS_FIRST + k, draws, f"still{top}", WHOLE_NUMBER)
    if paired is None:
        page.texts(row, ODDS_FIRST, [NO_MEANING] * len(ODDS), f"still right{top}")


def _frame(page: Page, failed: int) -> None:
    page.frame(FIRST - 1, WIDTHS, list(WIDTHS)[BASE:], UNIT)
    say_verdict(page, 2, 0, failed, span=UNIT + 1)
    say_stale(page, 3, 0, span=UNIT + 1)
    page.text(FIRST - 2, BASE, page.say("recomputed"), "heading")
    page.text(FIRST - 2, BANDS, page.say("not_recomputed_plan"), "heading")
    page.text(FIRST - 2, BANDS + 3, page.say("not_recomputed_change"), "heading")
    page.text(FIRST - 2, ODDS_FIRST, page.say("not_recomputed_odds"), "heading")
    page.sheet.repeat_rows(FIRST - 1)

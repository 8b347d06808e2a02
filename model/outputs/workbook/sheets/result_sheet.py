"""The sheet of results: every measure by whole force, tier and prefecture, recomputed, beside bands that are not."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from model.evidence.baseline import TIERS, Baseline
from model.outputs.words import text
from model.outputs.workbook.chain.steps import MEASURE_STEPS, Kind
from model.outputs.workbook.chain.tables import Loose
from model.outputs.workbook.sheets.check_sheet import say_stale, say_verdict
from model.outputs.workbook.sheets.inputs import Inputs
from model.outputs.workbook.sheets.page import COUNT, SHARE, SMALL, Page, cell
from model.projection.results import Paired
from model.year.measures import MEASURES, Measure, scopes

FIRST = 7
"""The row of the first result (from 0)."""

NO_MEANING = "–"
"""Where a ratio's denominator is nothing."""

SCOPE, MEASURE, UNIT, BASE, PLAN, CHANGE, BANDS = range(7)
WIDTHS = {"scope": 22, "measure": 28, "unit": 20, "base": 14, "plan": 14, "difference": 14}
WIDTHS |= {f"{band}_{of}": 12 for of in ("plan", "difference") for band in ("p10", "p50", "p90")}


def row_of(measure: str, scope: int = 0) -> int:
    """The row of a measure, the scopes one below the other."""
    return FIRST + scope * len(MEASURES) + [one.id for one in MEASURES].index(measure)


@dataclass(frozen=True, eq=False)
class Results:
    """Formula and value of every result cell: `result(kind, measure, scope)`, the scope by its place in `scopes`."""

    loose: Loose
    _known: dict[tuple[Kind, str, int], tuple[str, float | str]] = field(default_factory=dict)

    def result(self, kind: Kind, measure: Measure, scope: int) -> tuple[str, float | str]:
        key = kind, measure.id, scope
        if key not in self._known:
            self._known[key] = self._made(kind, measure, scope)
        return self._known[key]

    def _made(self, kind: Kind, measure: Measure, scope: int) -> tuple[str, float | str]:
        steps = [f"{'base' if kind == 'base' else 'chain'}.{id}" for id in MEASURE_STEPS[measure.id]]
        amount = _over(steps[0], scope)
        if len(steps) == 1:
            return self.loose.pattern(amount), float(self.loose.number(amount))
        # A place's denominator stands for each of its tiers.
        whole = _over(steps[1], 0 if measure.of_place and scope <= len(TIERS) else scope)
        ratio = f"{amount} / {whole}"
        formula = f'=IF({self.loose.pattern(whole)[1:]}>0,{self.loose.pattern(ratio)[1:]},"{NO_MEANING}")'
        return formula, float(self.loose.number(ratio)) if self.loose.number(whole) > 0 else NO_MEANING


def write(page: Page, inputs: Inputs, results: Results, failed: int) -> None:
    _frame(page, failed)
    for scope, (name, label) in enumerate(_scopes(inputs.baseline, page.language)):
        for measure in MEASURES:
            row = row_of(measure.id, scope)
            _recomputed(page, row, label, measure, [results.result(kind, measure, scope) for kind in ("base", "plan")])
            banded = inputs.projection.measures[measure.id]
            paired = {"total": banded.total, **banded.tiers, **banded.prefectures}.get(name)
            _bands(page, row, measure, paired)
    last = FIRST + len(scopes(inputs.baseline)) * len(MEASURES) - 1
    page.sheet.autofilter(FIRST - 1, SCOPE, last, BANDS + 5)


def _over(step: str, scope: int) -> str:
    """A sum over the pools of a scope: all, a tier, a prefecture."""
    if scope == 0:
        return f"total({step})"
    return f"tier_total({scope}, {step})" if scope <= len(TIERS) else f"place_total({scope - len(TIERS)}, {step})"


def _scopes(baseline: Baseline, language: str) -> Iterator[tuple[str, str]]:
    labels = [text("terms.total", language), *(text(f"terms.tier_{tier}", language) for tier in TIERS)]
    labels += [one.name[language] for one in baseline.prefectures]
    return zip(scopes(baseline), labels, strict=True)


def number_of(measure: Measure) -> str:
    if measure.unit == "share":
        return SHARE
    return SMALL if measure.unit in ("ratio", "visits per unit a year") else COUNT


def unit_of(measure: Measure, language: str) -> str:
    return text(f"terms.unit_{measure.unit.replace(' ', '_').replace('-', '_')}", language)


def signed(number: str) -> str:
    return f"+{number};-{number};{number}"


def _recomputed(page: Page, row: int, label: str, measure: Measure, found: list[tuple[str, float | str]]) -> None:
    top = " top" if measure is MEASURES[0] else ""
    page.text(row, SCOPE, label, f"strong{top}" if top else "quiet")
    page.text(row, MEASURE, text(f"terms.measure_{measure.id}", page.language), top)
    page.text(row, UNIT, unit_of(measure, page.language), f"aside{top}")
    for column, (formula, value) in zip((BASE, PLAN), found, strict=True):
        page.formula(
            row, column, formula, value, f"strong right{top}" if column == PLAN else f"right{top}", number_of(measure)
        )
    difference(page, row, CHANGE, (cell(row, BASE), cell(row, PLAN)), measure, found, f"right{top}")


def difference(
    page: Page,
    row: int,
    column: int,
    cells: tuple[str, str],
    measure: Measure,
    found: list[tuple[str, float | str]],
    styles: str,
) -> None:
    """Plan less base year, where both have a meaning."""
    base, plan = (value for _, value in found)
    formula = f'=IF(AND(ISNUMBER({cells[0]}),ISNUMBER({cells[1]})),{cells[1]}-{cells[0]},"{NO_MEANING}")'
    value = NO_MEANING if NO_MEANING in (base, plan) else plan - base
    page.formula(row, column, formula, value, styles, signed(number_of(measure)))


def _bands(page: Page, row: int, measure: Measure, paired: Paired | None) -> None:
    """What the draws said when the file was made."""
    top = " top" if measure is MEASURES[0] else ""
    numbers = [number_of(measure)] * 3 + [signed(number_of(measure))] * 3
    for k, number in enumerate(numbers):
        if paired is None:
            page.text(row, BANDS + k, NO_MEANING, f"still right{top}")
        else:
            band = (paired.scenario, paired.difference)[k // 3]
            page.number(row, BANDS + k, (band.p10, band.p50, band.p90)[k % 3], f"still{top}", number)


def _frame(page: Page, failed: int) -> None:
    page.frame(FIRST - 1, WIDTHS, list(WIDTHS)[BASE:], UNIT)
    say_verdict(page, 2, 0, failed, span=UNIT + 1)
    say_stale(page, 3, 0, span=UNIT + 1)
    page.text(FIRST - 2, BASE, page.say("recomputed"), "heading")
    page.text(FIRST - 2, BANDS, page.say("not_recomputed_plan"), "heading")
    page.text(FIRST - 2, BANDS + 3, page.say("not_recomputed_change"), "heading")
    page.sheet.repeat_rows(FIRST - 1)

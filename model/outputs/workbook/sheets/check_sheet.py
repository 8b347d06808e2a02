"""The sheet of checks: the value of each, the value expected, and a verdict that turns red."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.outputs.workbook.chain.own_steps import drawn
from model.outputs.workbook.chain.tables import SingleFormulas
from model.outputs.workbook.sheets import assumption_sheet, lever_sheet, place_sheet
from model.outputs.workbook.sheets.inputs import Inputs, lever_number
from model.outputs.workbook.sheets.page import Page, cell, column_of, sheet_name
from model.scenario.levers import Lever
from model.year.closure import MOST_REVIEW_LOAD

FIRST = 5
LABEL, VALUE, EXPECTED, TOLERANCE, VERDICT, WHY = range(6)
WIDTHS = {"check": 56, "found": 18, "expected": 18, "tolerance": 12, "verdict": 10, "why": 90}
NUMBERS = ("found", "expected", "tolerance")
NUMBER = "#,##0.########"
RIGHT, WRONG = "✓", "✗"


@dataclass(frozen=True)
class Check:
    """Two formulas whose values must agree; called `workbook.check_<id>`.

    The `tolerance` is relative to the expected value, absolute where that is below 1.
    """

    id: str
    value: str
    expected: str
    tolerance: float = 1e-9
    total: str | None = None
    """The report's figure without which there is nothing to check."""


MUST_HOLD = (
    Check("people", "total(base.people)", "reported.staff_total", total="staff_total"),
    Check("frontline", "total(base.frontline)", "reported.frontline_total", total="frontline_total"),
    Check("bodies", "total(base.bodies)", "reported.bodies_total", total="bodies_total"),
    Check("cases", "total(base.cases_filed)", "base.cases_a_year"),
    Check("visits", "total(base.visits)", "visits_base"),
    Check("conserved", "total(chain.people)", "reported.staff_total + lever.staff.new_posts + lever.from_approvals"),
    Check(
        "changes",
        "lever.staff.change.province + lever.staff.change.city + lever.staff.change.county",
        "lever.staff.new_posts",
    ),
    Check("spare", "total((-chain.moves - chain.spare) * (-chain.moves > chain.spare + 1e-9))", "0"),
    Check("weights", "(0 if total(chain.weight) > 0 else 1) if lever.staff.spread == 3 else 0", "0"),
    Check("limit", "1 if {lacking} else 0", "0"),
    Check("need", "tier_total(2, chain.need)", "1"),
    Check("led", "total(chain.led)", "1"),
    Check("solved_base", "abs(base.unsolved) / base.filed", "0", 1e-12),
    Check("solved", "abs(chain.unsolved) / chain.filed", "0", 1e-12),
    Check(
        "time",
        """total((chain.case_days + chain.visits * chain.days_per_visit - chain.rest_days)
        * (chain.case_days + chain.visits * chain.days_per_visit > chain.rest_days + 1e-6))""",
        "0",
    ),
)


def _plausible(inputs: Inputs) -> tuple[Check, ...]:
    """Checks that the representative base year is one that the draws would keep (`model.year.closure`)."""
    closed = {}
    of_heads = ("staff_", "frontline_share_")
    for id, formula in assumption_sheet.CLOSED.items():
        if not inputs.baseline.assumptions[id].closed or (
            inputs.baseline.seats is not None and id.startswith(of_heads)
        ):
            continue
        assumed = inputs.assumed(id)
        slack = 1e-9 * max(abs(assumed.high), 1.0)
        outside = f"either({formula} < {assumed.low - slack!r}, {formula} > {assumed.high + slack!r})"
        closed[id] = f"1 if {outside} else 0"
    return tuple(
        Check(f"plausible_{id}", value, "0")
        for id, value in {
            **closed,
            "pool_time": """total((base.committed > base.closed_days) * 1)
            + total((base.closed_days > base.gross_days * (1 + 1e-9)) * 1)""",
            "visit_cap": "total((base.closed_days - base.committed > base.visits_most * base.days_per_visit) * 1)",
            "review_load": f"total((base.arrivals >= {MOST_REVIEW_LOAD} * base.review_capacity) * (base.arrivals > 0))",
        }.items()
    )


@dataclass(frozen=True)
class Verdict:
    """The numbers of checks that fail when the file is made: of those that must hold, and of plausibility."""

    failed: int
    implausible: int


def _must_hold(inputs: Inputs) -> tuple[Check, ...]:
    """MUST_HOLD, with the formula for levers that lack what `levers.csv` says they need."""
    lacking = [
        f"both(lever.{id} > {lever.base}, lever.{lever.needs[0]} < {lever.needs[1]})"
        for id, lever in inputs.levers.items()
        if lever.needs
    ]
    known = [one for one in MUST_HOLD if one.total is None or inputs.baseline.knows(one.total)]
    return tuple(_as_known(one, inputs, " or ".join(lacking)) for one in known)


def _as_known(check: Check, inputs: Inputs, lacking: str) -> Check:
    """A check as the base year has it: its own people for a total, and visits that follow."""
    expected = check.expected
    if not inputs.baseline.knows("staff_total"):
        expected = expected.replace("reported.staff_total", "total(base.people)")
    if inputs.baseline.assumptions["visits_base"].closed:
        expected = expected.replace("visits_base", "base.visits_in_base")
    expected = drawn(expected, inputs.baseline)
    return replace(check, value=check.value.replace("{lacking}", lacking), expected=expected)


def verdict_of(inputs: Inputs, formulas: SingleFormulas) -> Verdict:
    """The verdict on the values of the formulas as they are now."""
    failed = sum(not _holds(check, formulas) for check in _must_hold(inputs))
    implausible = sum(not _holds(check, formulas) for check in _plausible(inputs))
    return Verdict(failed + bool(_outside(inputs)), implausible)


def write(page: Page, inputs: Inputs, formulas: SingleFormulas) -> None:
    """Write all checks, and define the names `checks_failed`, `implausible` and `cells_changed`."""
    page.frame(FIRST - 1, WIDTHS, NUMBERS)
    row = _section(page, FIRST, "checks_must", _must_hold(inputs), formulas)
    bounds = lever_sheet.out_of_bounds(inputs, sheet_name("levers", page.language))
    _row(page, row, "bounds", (bounds, _outside(inputs)), ("=0", 0), 0)
    verdict = verdict_of(inputs, formulas)
    _count(page, row + 1, "checks_failed", FIRST + 1, row, verdict.failed)
    first = row + 3
    last = _section(page, first, "checks_plausible", _plausible(inputs), formulas) - 1
    _count(page, last + 1, "implausible", first + 1, last, verdict.implausible)
    _changed(page, last + 3, inputs)


def say_verdict(page: Page, row: int, column: int, failed: int, span: int = 1) -> None:
    """Write a line, `span` columns wide, that says whether all checks hold, red where one does not."""
    good, bad = page.say("all_hold"), page.say("some_fail", count='"&checks_failed&"')
    now = good if failed == 0 else page.say("some_fail", count=failed)
    page.formula(row, column, f'=IF(checks_failed=0,"{good}","{bad}")', now, "good")
    page.turn_red(row, column, row, column + span - 1, "checks_failed>0")


def say_stale(page: Page, row: int, column: int, span: int = 1) -> None:
    """Write a line that says whether the yellow cells still fit the bands in the file, red where not."""
    fresh, stale = page.say("bands_fit"), page.say("bands_stale", count='"&cells_changed&"')
    page.formula(row, column, f'=IF(cells_changed=0,"{fresh}","{stale}")', fresh, "quiet")
    page.turn_red(row, column, row, column + span - 1, "cells_changed>0")


def _section(page: Page, row: int, heading: str, checks: Sequence[Check], formulas: SingleFormulas) -> int:
    """Write checks under a heading; the row below them."""
    page.text(row, LABEL, page.say(heading), "heading")
    for check in checks:
        row += 1
        value, expected = ((formulas.pattern(one), formulas.number(one)) for one in (check.value, check.expected))
        _row(page, row, check.id, value, expected, check.tolerance)
    return row + 1


def _row(
    page: Page, row: int, id: str, actual: tuple[str, float], expected: tuple[str, float], tolerance: float
) -> None:
    """Write one check, `actual` and `expected` each as formula and value."""
    page.text(row, LABEL, page.say(f"check_{id}"))
    for column, (formula, value) in ((VALUE, actual), (EXPECTED, expected)):
        page.formula(row, column, formula, value, number=NUMBER)
    page.number(row, TOLERANCE, tolerance, "quiet", "0E+0")
    one, other, slack = (cell(row, column) for column in (VALUE, EXPECTED, TOLERANCE))
    verdict = f'=IF(ABS({one}-{other})<={slack}*MAX(1,ABS({other})),"{RIGHT}","{WRONG}")'
    holds = _close(actual[1], expected[1], tolerance)
    page.formula(row, VERDICT, verdict, RIGHT if holds else WRONG, "good centre")
    page.turn_red(row, VERDICT, row, VERDICT, f'{cell(row, VERDICT)}<>"{RIGHT}"')
    page.text(row, WHY, page.say(f"check_{id}_why"), "aside")


def _holds(check: Check, formulas: SingleFormulas) -> bool:
    return _close(formulas.number(check.value), formulas.number(check.expected), check.tolerance)


def _close(value: float, expected: float, tolerance: float) -> bool:
    return abs(value - expected) <= tolerance * max(1.0, abs(expected))


def _outside(inputs: Inputs) -> int:
    """The number of levers outside their bounds; those without bounds are never outside."""

    def is_outside(lever: Lever) -> bool:
        if lever.low is None or lever.high is None:
            return False
        return not lever.low <= lever_number(lever.id, inputs.settings[lever.id]) <= lever.high

    return sum(map(is_outside, inputs.levers.values()))


def _count(page: Page, row: int, name: str, first: int, last: int, value: int) -> None:
    """Write the number of verdicts from row to row that are wrong, in a cell of this name."""
    page.text(row, LABEL, page.say(name), "strong")
    verdicts = column_of(VERDICT, first, last)
    page.formula(row, VALUE, f'=ROWS({verdicts})-COUNTIF({verdicts},"{RIGHT}")', value, "strong", "0")
    page.turn_red(row, VALUE, row, VALUE, f"{cell(row, VALUE)}>0")
    page.define(name, row, VALUE)


def _changed(page: Page, row: int, inputs: Inputs) -> None:
    """Write the number of yellow cells whose value is no longer the exported one, sheet by sheet."""
    page.text(row, LABEL, page.say("cells_changed_title"), "heading")
    parts = {"levers": lever_sheet, "assumptions": assumption_sheet, "places": place_sheet}
    for id, module in parts.items():
        row += 1
        name = sheet_name(id, page.language)
        page.text(row, LABEL, name)
        page.formula(row, VALUE, module.changed(inputs, name), 0, number="0")
    page.text(row + 1, LABEL, page.say("cells_changed"), "strong")
    page.formula(row + 1, VALUE, f"=SUM({column_of(VALUE, row - len(parts) + 1, row)})", 0, "strong", "0")
    page.define("cells_changed", row + 1, VALUE)

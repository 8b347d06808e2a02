"""The sheet of checks: what must hold, what was found, and a verdict that turns red."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.outputs.workbook.chain.tables import Loose
from model.outputs.workbook.sheets import assumption_sheet, lever_sheet, place_sheet
from model.outputs.workbook.sheets.inputs import Inputs
from model.outputs.workbook.sheets.page import Page, cell, column_of, sheet_name
from model.scenario.levers import Lever, Value

FIRST = 5
LABEL, FOUND, EXPECTED, TOLERANCE, VERDICT, WHY = range(6)
WIDTHS = {"check": 56, "found": 18, "expected": 18, "tolerance": 12, "verdict": 10, "why": 90}
NUMBERS = ("found", "expected", "tolerance")
NUMBER = "#,##0.########"
RIGHT, WRONG = "✓", "✗"


@dataclass(frozen=True)
class Check:
    """`found` equals `expected` within the relative (below 1: absolute) `tolerance`. Called `workbook.check_<id>`."""

    id: str
    found: str
    expected: str
    tolerance: float = 1e-9


MUST_HOLD = (
    Check("people", "total(base.people)", "reported.staff_total"),
    Check("frontline", "total(base.frontline)", "reported.frontline_total"),
    Check("bodies", "total(base.bodies)", "reported.bodies_total"),
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
    Check("limit", "1 if both(lever.decision_limit > 90, lever.rules < 2025) else 0", "0"),
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
    """Checks that the central base year is one that the draws would keep (`model.year.closure`)."""
    closed = {}
    for id, formula in assumption_sheet.CLOSED.items():
        range_ = inputs.assumed(id)
        slack = 1e-9 * max(abs(range_.high), 1.0)
        outside = f"either({formula} < {range_.low - slack!r}, {formula} > {range_.high + slack!r})"
        closed[id] = f"1 if {outside} else 0"
    if inputs.baseline.seats is not None:
        closed = {id: closed[id] for id in ("other_duties_share", "visit_filed")}
    return tuple(
        Check(f"plausible_{id}", found, "0")
        for id, found in {
            **closed,
            "pool_time": "total((base.committed > base.closed_days) * 1)",
            "visit_cap": "total((base.closed_days - base.committed > base.visits_most * base.days_per_visit) * 1)",
            "review_load": "total((base.arrivals >= base.review_capacity) * (base.arrivals > 0))",
        }.items()
    )


@dataclass(frozen=True)
class Verdict:
    """How many checks fail when the file is made: of those that must hold, and of those of plausibility."""

    failed: int
    implausible: int


def verdict_of(inputs: Inputs, loose: Loose) -> Verdict:
    failed = sum(not _holds(check, loose) for check in MUST_HOLD)
    implausible = sum(not _holds(check, loose) for check in _plausible(inputs))
    return Verdict(failed + bool(_outside(inputs)), implausible)


def write(page: Page, inputs: Inputs, loose: Loose) -> None:
    """All checks; the names `checks_failed`, `implausible` and `cells_changed`."""
    page.frame(FIRST - 1, WIDTHS, NUMBERS)
    row = _section(page, FIRST, "checks_must", MUST_HOLD, loose)
    bounds = lever_sheet.out_of_bounds(inputs, sheet_name("levers", page.language))
    _row(page, row, "bounds", (bounds, _outside(inputs)), ("=0", 0), 0)
    verdict = verdict_of(inputs, loose)
    _count(page, row + 1, "checks_failed", FIRST + 1, row, verdict.failed)
    first = row + 3
    last = _section(page, first, "checks_plausible", _plausible(inputs), loose) - 1
    _count(page, last + 1, "implausible", first + 1, last, verdict.implausible)
    _changed(page, last + 3, inputs)


def say_verdict(page: Page, row: int, column: int, failed: int, span: int = 1) -> None:
    """One line on any sheet, `span` columns wide: whether all checks hold, red where one does not."""
    good, bad = page.say("all_hold"), page.say("some_fail", count='"&checks_failed&"')
    told = good if failed == 0 else page.say("some_fail", count=failed)
    page.formula(row, column, f'=IF(checks_failed=0,"{good}","{bad}")', told, "good")
    page.turn_red(row, column, row, column + span - 1, "checks_failed>0")


def say_stale(page: Page, row: int, column: int, span: int = 1) -> None:
    """One line as well: whether the yellow cells are still those of the projection whose bands stand in the file."""
    fresh, stale = page.say("bands_fit"), page.say("bands_stale", count='"&cells_changed&"')
    page.formula(row, column, f'=IF(cells_changed=0,"{fresh}","{stale}")', fresh, "quiet")
    page.turn_red(row, column, row, column + span - 1, "cells_changed>0")


def _section(page: Page, row: int, heading: str, checks: Sequence[Check], loose: Loose) -> int:
    page.text(row, LABEL, page.say(heading), "heading")
    for check in checks:
        row += 1
        found, expected = ((loose.pattern(one), float(loose.number(one))) for one in (check.found, check.expected))
        _row(page, row, check.id, found, expected, check.tolerance)
    return row + 1


def _row(
    page: Page, row: int, id: str, found: tuple[str, float], expected: tuple[str, float], tolerance: float
) -> None:
    """One check, `found` and `expected` as formula and value."""
    page.text(row, LABEL, page.say(f"check_{id}"))
    for column, (formula, value) in ((FOUND, found), (EXPECTED, expected)):
        page.formula(row, column, formula, value, number=NUMBER)
    page.number(row, TOLERANCE, tolerance, "quiet", "0E+0")
    one, other, slack = (cell(row, column) for column in (FOUND, EXPECTED, TOLERANCE))
    verdict = f'=IF(ABS({one}-{other})<={slack}*MAX(1,ABS({other})),"{RIGHT}","{WRONG}")'
    holds = _close(found[1], expected[1], tolerance)
    page.formula(row, VERDICT, verdict, RIGHT if holds else WRONG, "good centre")
    page.turn_red(row, VERDICT, row, VERDICT, f'{cell(row, VERDICT)}<>"{RIGHT}"')
    page.text(row, WHY, page.say(f"check_{id}_why"), "aside")


def _holds(check: Check, loose: Loose) -> bool:
    return _close(float(loose.number(check.found)), float(loose.number(check.expected)), check.tolerance)


def _close(found: float, expected: float, tolerance: float) -> bool:
    return abs(found - expected) <= tolerance * max(1.0, abs(expected))


def _outside(inputs: Inputs) -> int:
    def out(lever: Lever, value: Value) -> bool:
        return lever.high is not None and not lever.low <= value <= lever.high

    return sum(out(lever, inputs.settings[id]) for id, lever in inputs.levers.items())


def _count(page: Page, row: int, name: str, first: int, last: int, value: int) -> None:
    page.text(row, LABEL, page.say(name), "strong")
    verdicts = column_of(VERDICT, first, last)
    page.formula(row, FOUND, f'=ROWS({verdicts})-COUNTIF({verdicts},"{RIGHT}")', value, "strong", "0")
    page.turn_red(row, FOUND, row, FOUND, f"{cell(row, FOUND)}>0")
    page.define(name, row, FOUND)


def _changed(page: Page, row: int, inputs: Inputs) -> None:
    """How many yellow cells are not as exported, sheet by sheet."""
    page.text(row, LABEL, page.say("cells_changed_title"), "heading")
    parts = {"levers": lever_sheet, "assumptions": assumption_sheet, "places": place_sheet}
    for id, module in parts.items():
        row += 1
        name = sheet_name(id, page.language)
        page.text(row, LABEL, name)
        page.formula(row, FOUND, module.changed(inputs, name), 0, number="0")
    page.text(row + 1, LABEL, page.say("cells_changed"), "strong")
    page.formula(row + 1, FOUND, f"=SUM({column_of(FOUND, row - len(parts) + 1, row)})", 0, "strong", "0")
    page.define("cells_changed", row + 1, FOUND)

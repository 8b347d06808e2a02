"""A planner's own staff list: people and frontline officers of every pool, read from a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from model.evidence.baseline import OFFICERS_A_BODY_KEEPS, TIERS, Baseline
from model.evidence.draws import mids
from model.files.problem import shown
from model.files.tables.cell_number import NOISE, number, seen
from model.files.tables.sheet import CellValue, Formula, Percentage, Sheet, cell_name
from model.files.tables.sheets import CellProblem, read_sheets
from model.files.tables.staff_list_headings import COLUMNS, NUMBERS, Headings, heading_problems, headings_of
from model.files.tables.staff_list_totals import TotalLine, lacks_number
from model.files.tables.staff_list_words import (
    is_signature,
    numbers_columns,
    places,
    plain,
    says_total,
    says_whole,
    suffixes,
    tiers_named,
)
from model.force.seats import base_year_seats
from model.force.whole_numbers import whole
from model.scenario.decisions import StaffList

Pool = tuple[str, str]

MOST_PROBLEMS = 100

OTHER_TOTAL = ("total_too_high", "total_too_low")
"""What is no error of a list but a question: it is of another day, or of another force."""


@dataclass(frozen=True)
class ListedStaff:
    """A staff list and where it was read: the sheet (empty for a text table) and its rows, counted from 1."""

    staff_list: StaffList
    sheet: str
    first_row: int
    last_row: int


@dataclass(frozen=True)
class Reading:
    """A staff list, or all problems of it; `of_another_total` is the list where only its totals differ."""

    listed: ListedStaff | None
    problems: list[CellProblem]
    of_another_total: ListedStaff | None = None


def read_staff_list(data: bytes, file: str, baseline: Baseline) -> tuple[ListedStaff | None, list[CellProblem]]:
    """The staff list in the bytes of a CSV or XLSX file, or None and all problems, each with its cell."""
    reading = staff_list_reading(data, file, baseline)
    return reading.listed, reading.problems


def staff_list_reading(data: bytes, file: str, baseline: Baseline) -> Reading:
    """The same, with the list where it is right but for its totals, which are not the report's.

    Every pool once, whole numbers, no more frontline officers than people, two people a body, and the report's totals.
    Columns may stand in any order, headings in one row or two; other columns are passed over, and lines of totals once
    they agree with the rows above or below them. Any bytes give an answer.
    """
    sheets, problems = read_sheets(data, file)
    if problems:
        return Reading(None, problems)
    if not any(plain(value) for sheet in sheets for row in sheet.rows for value in row) and not _hidden(
        file, sheets[0]
    ):
        return Reading(None, [CellProblem("list_empty", file)])
    table = _Table(file, headings_of(sheets), baseline)
    staff_list = table.read()
    sheet = table.headings.sheet
    if len(table.problems) > MOST_PROBLEMS:
        more = CellProblem("more_problems", file, right={"most": MOST_PROBLEMS})
        return Reading(None, [*table.problems[:MOST_PROBLEMS], more])
    if any(problem.code not in OTHER_TOTAL for problem in table.problems):
        return Reading(None, [*table.problems, *_hidden(file, sheet)])
    rows = table.rows_of.values()
    listed = ListedStaff(staff_list, sheet.name, min(rows) + 1, max(rows) + 1)
    return Reading(None, table.problems, listed) if table.problems else Reading(listed, [])


def _hidden(file: str, sheet: Sheet) -> list[CellProblem]:
    """Where something stands that nobody sees, which was not read: in a sheet, else on a hidden one."""
    if sheet.hidden:
        return [CellProblem("hidden_cells", file, shown(sheet.name), sheet.hidden)]
    return [CellProblem("hidden_cells", file, shown(name)) for name in sheet.hidden_sheets[:1]]


def mid_split(baseline: Baseline) -> StaffList:
    """The split at the mids, or the baseline's own staff list, in whole people that add up."""
    pools, seats = baseline.pools, base_year_seats(baseline, mids(baseline.assumptions))
    people, frontline = seats.people[0], seats.officers[0]
    officers, desk = (
        np.concatenate([whole(heads[of]) for of in pools.slices]) for heads in (frontline, people - frontline)
    )
    return dict(zip(baseline.pool_names, zip((officers + desk).tolist(), officers.tolist(), strict=True), strict=True))


class _Table:
    """One table, read row by row, with its problems."""

    def __init__(self, file: str, headings: Headings, baseline: Baseline):
        self.file = file
        self.headings = headings
        self.baseline = baseline
        self.places = {tier: places(baseline, tier) for tier in TIERS}
        self.problems: list[CellProblem] = []
        self.rows_of: dict[Pool, int] = {}
        self.not_placed = 0

    def read(self) -> StaffList:
        """The staff list of the table, good only where no problem was noted."""
        self.problems += heading_problems(self.headings, self.file)
        if self.problems:
            return {}
        heads: dict[Pool, tuple[int, int]] = {}
        totals: list[int] = []
        for row in range(self.headings.row + 1, len(self.headings.sheet.rows)):
            if len(self.problems) > MOST_PROBLEMS:  # no more are shown, and guesses at what is meant take long
                break
            if self.headings.change_in(row):
                self._problem("headings_change", row)
                return {}
            if self._is_of_the_form(row):
                continue
            if self.headings.lacks_cells(row) and not self._is_passed_over(row):
                self._problem("cells_lacking", row)
                self.not_placed += 1
            elif self._is_total(row):
                totals.append(row)
            elif not self._is_passed_over(row):
                pool = self._pool(row)
                people, frontline = (self._number(row, heading) for heading in NUMBERS)
                if pool and people is not None and frontline is not None:
                    heads[pool] = people, frontline
        self._check_all_there()
        for pool, (people, frontline) in heads.items():
            self._check_seat(pool, people, frontline)
        if not self.problems:
            self._check_lines_of_totals(totals, heads)
            self._check_totals(heads)
        return {pool: heads[pool] for pool in self.baseline.pool_names if pool in heads}

    def _problem(
        self, code: str, row: int | None = None, column: str = "", **right: float | str | tuple[str, ...]
    ) -> None:
        """Note a problem of the cell in a row under a heading, or of the row's first cell."""
        at = self.headings.columns.get(column, (0,))[0]
        cell = "" if row is None else cell_name(row, at)
        given = "" if row is None or not column else _shown(self._value(row, column))
        self.problems.append(CellProblem(code, self.file, shown(self.headings.sheet.name), cell, given, right))

    def _value(self, row: int, column: str) -> CellValue:
        """The value of the cell in a row under a heading; None beyond the row's end."""
        cells, at = self.headings.sheet.rows[row], self.headings.columns[column][0]
        return cells[at] if at < len(cells) else None

    def _is_passed_over(self, row: int) -> bool:
        """Whether a row is empty, a rule, or a note that has neither a tier nor numbers."""
        written = [plain(self._value(row, column)) for column in COLUMNS]
        numbers = [self._value(row, column) for column in NUMBERS]
        has_numbers = any(isinstance(value, Formula) or number(value) is not None for value in numbers)
        return not "".join(written).strip("-=_—") or not (has_numbers or tiers_named(written[0]))

    def _is_of_the_form(self, row: int) -> bool:
        """Whether a row says who filled the table in, or right below headings the numbers of the columns."""
        first = next(filter(None, map(plain, self.headings.sheet.rows[row])), "")
        if is_signature(first) and not tiers_named(plain(self._value(row, "tier"))):
            return True
        texts = [text for text in self._beside_numbers(row) if text.strip("-—") and not text.isdecimal()]
        return bool(texts) and all(map(numbers_columns, texts)) and self.headings.has_headings(row - 1)

    def _is_total(self, row: int) -> bool:
        """Whether a row is one of totals, as a cell beside its numbers says; a pool's own row is none."""
        tier, place = (plain(self._value(row, column)) for column in ("tier", "prefecture"))
        if any(place in self.places[id] for id in tiers_named(tier) if place):
            return False
        return any(map(says_total, self._beside_numbers(row))) or says_whole(tier or place)

    def _beside_numbers(self, row: int) -> list[str]:
        """The plain texts of a row that may say what it is; right of its numbers only where nothing else does."""
        columns = self.headings.columns
        at = {columns[id][0] for id in COLUMNS if id not in NUMBERS}
        cells = [plain(value) for value in self.headings.sheet.rows[row]]
        numbers = {columns[id][0] for id in NUMBERS}
        until = min(numbers) if any(cells[k] for k in at if k < len(cells)) else len(cells)
        return [text for k, text in enumerate(cells) if k in at or (k < until and k not in numbers)]

    def _pool(self, row: int) -> Pool | None:
        """The pool of a row; None, with a problem, for none or one that another row has."""
        tier = self._tier(row)
        place = self._place(row, tier) if tier else None
        if tier is None or place is None:
            self.not_placed += 1
            return None
        pool = (tier, place)
        if pool in self.rows_of:
            first = cell_name(self.rows_of[pool], self.headings.columns["prefecture"][0])
            self._problem("pool_twice", row, "prefecture", first=first, pools=("/".join(pool),))
            self.not_placed += 1
            return None
        self.rows_of[pool] = row
        return pool

    def _tier(self, row: int) -> str | None:
        """The tier of a row; None, with a problem, for none."""
        tier = next(iter(tiers_named(plain(self._value(row, "tier")))), None)
        if tier is None and not self._is_missing(row, "tier"):
            self._problem("unknown_tier", row, "tier", tiers=TIERS)
        return tier

    def _place(self, row: int, tier: str) -> str | None:
        """The prefecture id of a row, "" for the province; None, with a problem, for none."""
        written, known = plain(self._value(row, "prefecture")), self.places[tier]
        shorter = (written.removesuffix(suffix) for suffix in suffixes())
        for text in (written, *filter(None, shorter)):
            if text in known:
                return known[text]
        if self._is_missing(row, "prefecture"):
            return None
        if not any(known.values()):
            self._problem("place_of_province", row, "prefecture")
            return None
        names_none = not any(len(name) > 2 and name in written for name in known)
        if tier == "county" and (names_none or written.endswith(("县", "区"))):
            self._problem("unknown_place_of_county", row, "prefecture")
            return None
        near = get_close_matches(written[:40], known, 3, 0.5)
        meant = tuple(dict.fromkeys(known[text] for text in near))
        code = "unknown_place_meant" if meant else "unknown_place"
        self._problem(
            code, row, "prefecture", places=meant or (next(iter(known.values())),), count=len({*known.values()})
        )
        return None

    def _number(self, row: int, column: str) -> int | None:
        """The people in a cell; None, with a problem, for no whole number within the force."""
        value, most = self._value(row, column), self.baseline.staff_total
        if self._is_missing(row, column):
            return None
        given = number(value)
        if isinstance(value, Percentage):
            self._problem("percentage", row, column, columns=(column,))
        elif given is None:
            self._problem("not_a_number", row, column, most=most)
        elif not 0 <= given <= most:
            self._problem("out_of_bounds", row, column, most=most)
        elif abs(given - round(given)) > NOISE:
            self._problem("not_whole", row, column, below=int(given), above=int(given) + 1)
        else:
            return round(given)
        return None

    def _is_missing(self, row: int, column: str) -> bool:
        """Whether a cell is empty, or a formula without its value, which is then noted."""
        value = self._value(row, column)
        if isinstance(value, Formula):
            self._problem("formula_without_value", row, column)
        elif (row, self.headings.columns[column][0]) in self.headings.sheet.joint:
            self._problem("number_merged", row, column, columns=(column,))
        elif value is None or not seen(str(value)).strip():
            self._problem("cell_empty", row, column, columns=(column,))
        else:
            return False
        return True

    def _check_all_there(self) -> None:
        """Check that every pool has a row; a row that could not be placed may be one of those missing."""
        missing = [pool for pool in self.baseline.pool_names if pool not in self.rows_of]
        if not self.rows_of and not self.not_placed:
            self._problem("no_rows", self.headings.row, pools=("/".join(missing[0]),), count=len(missing))
        elif len(missing) > self.not_placed:
            for pool in missing:
                self._problem("pool_missing", pools=("/".join(pool),))

    def _check_seat(self, pool: Pool, people: int, frontline: int) -> None:
        """Check two people a body, and no more officers than people."""
        row, (tier, place) = self.rows_of[pool], pool
        units = {prefecture.id: prefecture.county_level_units for prefecture in self.baseline.prefectures}
        count = units[place] if tier == "county" else 1
        if people < OFFICERS_A_BODY_KEEPS * count:
            self._problem("too_few_for_bodies", row, "people", bodies=count, least=OFFICERS_A_BODY_KEEPS * count)
        if frontline > people:
            self._problem("more_frontline_than_people", row, "frontline", most=people)

    def _check_lines_of_totals(self, totals: Sequence[int], heads: StaffList) -> None:
        """Check that a line of totals is the sum of a tier, a place, the rows up or down to the next, or all."""
        edges = [-1, *totals, len(self.headings.sheet.rows)]
        by_column = {pool: dict(zip(NUMBERS, pair, strict=True)) for pool, pair in heads.items()}
        for since, line, until in zip(edges, totals, edges[2:], strict=False):
            before = [pool for pool, row in self.rows_of.items() if row < line]
            recent = [pool for pool in before if self.rows_of[pool] > since]
            after = [pool for pool, row in self.rows_of.items() if line < row < until]
            total = TotalLine(self._beside_numbers(line), before, recent, after, line == totals[-1])
            given = {column: self._value(line, column) for column in NUMBERS}
            wrong = total.wrong(given, by_column)
            for column, value in given.items():
                if lacks_number(value):
                    self._problem("total_not_a_number", line, column)
                elif column in wrong:
                    self._problem("line_of_totals", line, column, total=wrong[column])

    def _check_totals(self, heads: StaffList) -> None:
        """Check that people and officers add up to the totals that the report gives."""
        totals = zip(
            ("people", "frontline"), ("staff_total", "frontline_total"), zip(*heads.values(), strict=True), strict=True
        )
        for column, reported, given in totals:
            if not self.baseline.gives(reported):
                continue
            right, total = round(self.baseline.reported(reported)), sum(given)
            if total != right:
                code = "total_too_high" if total > right else "total_too_low"
                values = {"total": total, "right": right, "difference": abs(total - right)}
                self._problem(code, self.headings.row, column, columns=(column,), **values)


def _shown(value: CellValue) -> str:
    """A cell's value as short printable text."""
    return shown(value.text if isinstance(value, Formula) else "" if value is None else str(value))

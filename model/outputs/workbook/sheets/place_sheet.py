"""The sheet of places: the prefectures with their need, and the plan's weights and moves there."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike
from xlsxwriter.utility import xl_col_to_name

from model.evidence.baseline import COUNTY, PROVINCE, TIERS, Baseline
from model.evidence.prefectures import Prefecture
from model.outputs.workbook.chain.own_steps import case_records
from model.outputs.workbook.chain.tables import Field
from model.outputs.workbook.sheets.inputs import Inputs
from model.outputs.workbook.sheets.page import SHARE, WHOLE_NUMBER, Page, cell

FIRST = 5
"""The row of the first prefecture (from 0); the provinces stand below the last prefecture."""

NAME, NUMBER, UNITS, POPULATION, AREA, LETTERS, GDP, NEED, WEIGHT, OWN, OF_COUNTIES, THEN, SEATS = (*range(12), 14)
"""The columns.

OWN are moves of the province or city itself, OF_COUNTIES those of its counties. THEN is the first of three that repeat
the yellow ones as exported. SEATS is the first of four, where there is a staff list: people and officers of the
province or city itself, then of its counties.
"""

RECORD = 18
"""The first of two columns, where there are records of cases: the record that counts the province or city, counties."""

MOST_MOVED = 5000
_CHANGE = "+0;-0;0"


def fields(inputs: Inputs, sheet: str) -> dict[str, Field]:
    """The fields that formulas take from this sheet, pool by pool."""
    baseline, pools = inputs.baseline, inputs.baseline.pools
    local = pools.tier != PROVINCE
    rows = np.where(local, FIRST + pools.place, FIRST + len(baseline.prefectures) + pools.place)

    def field(column: int, values: ArrayLike, of_counties: int | None = None) -> Field:
        columns = np.where(pools.tier == COUNTY, column if of_counties is None else of_counties, column)
        cells = [f"'{sheet}'!${xl_col_to_name(c)}${row + 1}" for c, row in zip(columns, rows, strict=True)]
        return Field(cells, np.asarray(values))

    def by_place(figure: str) -> list[float]:
        values = [getattr(one, figure) or 0.0 for one in baseline.prefectures]
        return of_pools(values)

    def of_pools(values: Sequence[float]) -> list[float]:
        return [*_by_province(baseline, values), *values, *np.asarray(values)[pools.with_counties].tolist()]

    weights = of_pools(inputs.weights)
    number = field(NUMBER, np.where(local, pools.place + 1, 0))
    by_name = {
        "tier": Field([str(tier + 1) for tier in pools.tier], pools.tier + 1),
        "place": number,
        "number": number,
        "population": field(POPULATION, by_place("population")),
        "letters": field(LETTERS, by_place("letters")),
        "gdp": field(GDP, by_place("gdp")),
        "area": field(AREA, pools.area_km2),
        "units": field(UNITS, pools.county_level_units),
        "weight": field(WEIGHT, weights),
        "moves": field(OWN, [inputs.moves.get(key, 0.0) for key in baseline.pool_keys], OF_COUNTIES),
    }
    if case_records(baseline):
        by_name["record"] = field(RECORD, _records(baseline), RECORD + 1)
    if baseline.seats is not None:
        people, officers = baseline.seats
        by_name["listed_people"] = field(SEATS, people, SEATS + 2)
        by_name["listed_officers"] = field(SEATS + 1, officers, SEATS + 3)
    return by_name


def write(page: Page, inputs: Inputs) -> None:
    """Write the prefectures, the provinces, and the staff list if there is one."""
    baseline = inputs.baseline
    _frame(page, baseline)
    need = inputs.need
    first, last = FIRST + 1, FIRST + len(baseline.prefectures)
    for k, one in enumerate(baseline.prefectures):
        row = FIRST + k
        page.text(row, NAME, one.name[page.language])
        page.number(row, NUMBER, k + 1, "centre", WHOLE_NUMBER)
        for column, value in _counts(one).items():
            page.number(row, column, value, number=WHOLE_NUMBER)
        people, area, letters, gdp = (f"{c}{row + 1}/MAX(SUM(${c}${first}:${c}${last}),1E-9)" for c in "DEFG")
        weighted = f"(1-need_by_letters)*{people}+need_by_letters*{letters}"
        if not baseline.has("letters"):
            weighted, letters = people, "0"
        formula = f"=CHOOSE(reading_need,{weighted},{people},{letters},{area},{gdp})"
        page.formula(row, NEED, formula, need[k], number=SHARE)
        own, of_counties = (inputs.moves.get(f"{tier}.{one.id}", 0) for tier in ("city", "county"))
        _yellow(page, row, {WEIGHT: inputs.weights[k], OWN: own, OF_COUNTIES: of_counties})
    _provinces(page, inputs)
    if baseline.seats is not None:
        _seats(page, baseline, baseline.seats)
    if case_records(baseline):
        _by_pool(page, baseline, [_records(baseline)], RECORD)
    whole = {"validate": "integer", "criteria": "between", "minimum": -MOST_MOVED, "maximum": MOST_MOVED}
    page.sheet.data_validation(first - 1, OWN, last - 1 + len(baseline.provinces), OF_COUNTIES, whole)
    page.sheet.data_validation(
        first - 1, WEIGHT, last - 1, WEIGHT, {"validate": "decimal", "criteria": ">=", "value": 0}
    )


def changed(inputs: Inputs, sheet: str) -> str:
    """The formula that counts the yellow cells whose value is no longer the exported one."""
    last = FIRST + len(inputs.baseline.prefectures) - 1
    blocks = ((WEIGHT, OF_COUNTIES, FIRST, last), (OWN, OWN, last + 1, last + len(inputs.baseline.provinces)))
    counts = []
    for left, right, top, bottom in blocks:
        now, then = (f"'{sheet}'!{cell(top, left + by)}:{cell(bottom, right + by)}" for by in (0, THEN - WEIGHT))
        counts.append(f"SUMPRODUCT(--({now}<>{then}))")
    return f"={'+'.join(counts)}"


def _yellow(page: Page, row: int, values: Mapping[int, float]) -> None:
    """Write yellow cells, and beside them their values as exported."""
    for column, value in values.items():
        page.number(row, column, value, "input", "General" if column == WEIGHT else _CHANGE)
        page.number(row, column + THEN - WEIGHT, value, "quiet")


def _frame(page: Page, baseline: Baseline) -> None:
    page.title()
    heads = ["name", "number", "units", "population", "area", "letters", "gdp", "need", "weight", "own", "of_counties"]
    then = [page.say("place_then", what=page.say(f"place_{head}")) for head in heads[WEIGHT:]]
    seats = ["own_people", "own_officers", "county_people", "county_officers"] if baseline.seats is not None else []
    page.text(FIRST - 1, 0, page.say("place_name"), "head")
    page.texts(FIRST - 1, NUMBER, [page.say(f"place_{head}") for head in heads[1:]], "head right")
    page.texts(FIRST - 1, THEN, [*then, *[page.say(f"place_{head}") for head in seats]], "head right")
    if case_records(baseline):
        records = [page.say(f"place_{head}") for head in ("record", "county_record")]
        page.texts(FIRST - 1, RECORD, records, "head right")
    page.sheet.set_row(FIRST - 1, 48)
    page.sheet.set_column(0, 0, 26)
    page.sheet.set_column(1, RECORD + 1, 13)
    page.sheet.set_column(WEIGHT, OF_COUNTIES, 17)  # room for the unit in brackets behind the name
    page.sheet.set_column(THEN, THEN + 2, 24)
    page.sheet.freeze_panes(FIRST, 1)
    page.print_wide()


def _counts(one: Prefecture) -> dict[int, float]:
    """The counted figures of a prefecture by column."""
    counts = {UNITS: one.county_level_units, POPULATION: one.population, AREA: one.area_km2}
    return {**counts, LETTERS: one.letters or 0.0, GDP: one.gdp or 0.0}


def _by_province(baseline: Baseline, values: Sequence[float]) -> list[float]:
    return [
        sum(value for value, one in zip(values, baseline.prefectures, strict=True) if one.province == name)
        for name in baseline.provinces
    ]


def _provinces(page: Page, inputs: Inputs) -> None:
    """Write a line for each province: the sums of its prefectures, and its own moves."""
    baseline = inputs.baseline
    for p, province in enumerate(baseline.provinces):
        row = FIRST + len(baseline.prefectures) + p
        own = [FIRST + 1 + k for k, one in enumerate(baseline.prefectures) if one.province == province]
        is_only = len(baseline.provinces) == 1
        name = page.say("whole_province") if is_only else baseline.province_names[province][page.language]
        page.text(row, NAME, name, "strong top")
        page.number(row, NUMBER, 0, "centre top", WHOLE_NUMBER)
        counts = [_counts(one) for one in baseline.prefectures]
        columns = {column: [one[column] for one in counts] for column in counts[0]}
        columns |= {NEED: inputs.need, WEIGHT: inputs.weights}
        for column, values in columns.items():
            letter = xl_col_to_name(column)
            together = own[-1] - own[0] == len(own) - 1
            cells = f"{letter}{own[0]}:{letter}{own[-1]}" if together else ",".join(f"{letter}{r}" for r in own)
            number = SHARE if column == NEED else "" if column == WEIGHT else WHOLE_NUMBER
            page.formula(row, column, f"=SUM({cells})", _by_province(baseline, values)[p], "strong top", number)
        _yellow(page, row, {OWN: inputs.moves.get(baseline.pool_keys[p], 0)})


def _seats(page: Page, baseline: Baseline, seats: np.ndarray) -> None:
    """Write the staff list, people and officers of every pool, an array (2, pools)."""
    _by_pool(page, baseline, seats, SEATS)


def _by_pool(page: Page, baseline: Baseline, rows: Sequence[np.ndarray] | np.ndarray, first: int) -> None:
    """Write rows of figures by pool from the column `first`: of province or city, then of counties."""
    for (tier, _), place, *figures in zip(baseline.pool_names, baseline.pools.place, *rows, strict=True):
        row = FIRST + place + (len(baseline.prefectures) if tier == TIERS[PROVINCE] else 0)
        for k, value in enumerate(figures):
            page.number(int(row), first + k + len(rows) * (tier == TIERS[COUNTY]), value, number=WHOLE_NUMBER)


def _records(baseline: Baseline) -> np.ndarray:
    """The number of the record of cases that counts each pool, (pools,); 0 where none does."""
    counted = [[record.counts(*name) for name in baseline.pool_names] for record in case_records(baseline)]
    return np.arange(1, len(counted) + 1) @ np.array(counted)

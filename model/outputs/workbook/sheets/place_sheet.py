"""The sheet of places: the prefectures with their need, and what of the plan stands by prefecture."""

from collections.abc import Mapping, Sequence

import numpy as np
from xlsxwriter.utility import xl_col_to_name

from model.evidence.baseline import COUNTY, PROVINCE, TIERS, Baseline
from model.outputs.workbook.chain.tables import Field
from model.outputs.workbook.sheets.inputs import Inputs
from model.outputs.workbook.sheets.page import SHARE, WHOLE_NUMBER, Page, cell

FIRST = 5
"""The row of the first prefecture (from 0); the provinces stand below the last one."""

NAME, NUMBER, UNITS, POPULATION, AREA, LETTERS, NEED, WEIGHT, OWN, OF_COUNTIES, THEN, SEATS = (*range(11), 13)
"""Columns. OWN are moves of the province or the city itself; THEN the first of three, the yellow ones as exported;
SEATS the first of four, people and officers of the province or city itself and of its counties, where there is a staff
list."""

MOST_MOVED = 5000
_CHANGE = "+0;-0;0"


def fields(inputs: Inputs, sheet: str) -> dict[str, Field]:
    """What formulas take from this sheet, pool by pool."""
    baseline, pools = inputs.baseline, inputs.baseline.pools
    local = pools.tier != PROVINCE
    rows = np.where(local, FIRST + pools.place, FIRST + len(baseline.prefectures) + pools.place)

    def field(column: int, values: Sequence[float], of_counties: int | None = None) -> Field:
        columns = np.where(pools.tier == COUNTY, column if of_counties is None else of_counties, column)
        cells = [f"'{sheet}'!${xl_col_to_name(c)}${row + 1}" for c, row in zip(columns, rows, strict=True)]
        return Field(cells, np.asarray(values))

    weights = [*_by_province(baseline, inputs.weights), *inputs.weights, *inputs.weights]
    moves = inputs.settings["staff.moves"]
    number = field(NUMBER, np.where(local, pools.place + 1, 0))
    found = {
        "tier": Field([str(tier + 1) for tier in pools.tier], pools.tier + 1),
        "place": number,
        "number": number,
        "need": field(NEED, pools.need),
        "area": field(AREA, pools.area_km2),
        "units": field(UNITS, pools.county_level_units),
        "weight": field(WEIGHT, weights),
        "moves": field(OWN, [moves.get(key, 0.0) for key in baseline.pool_keys], OF_COUNTIES),
    }
    if baseline.seats is not None:
        people, officers = baseline.seats
        found["listed_people"] = field(SEATS, people, SEATS + 2)
        found["listed_officers"] = field(SEATS + 1, officers, SEATS + 3)
    return found


def write(page: Page, inputs: Inputs) -> None:
    baseline, moves = inputs.baseline, inputs.settings["staff.moves"]
    _frame(page, baseline)
    first, last = FIRST + 1, FIRST + len(baseline.prefectures)
    for k, one in enumerate(baseline.prefectures):
        row = FIRST + k
        page.text(row, NAME, one.name[page.language])
        page.number(row, NUMBER, k + 1, "centre", WHOLE_NUMBER)
        counted = {UNITS: one.county_level_units, POPULATION: one.population, AREA: one.area_km2, LETTERS: one.letters}
        for column, value in counted.items():
            page.number(row, column, value, number=WHOLE_NUMBER)
        parts = (f"{column}{row + 1}/SUM(${column}${first}:${column}${last})/2" for column in "DF")
        page.formula(row, NEED, f"={'+'.join(parts)}", baseline.need[k], number=SHARE)
        own, of_counties = (moves.get(f"{tier}.{one.id}", 0) for tier in ("city", "county"))
        _yellow(page, row, {WEIGHT: inputs.weights[k], OWN: own, OF_COUNTIES: of_counties})
    _provinces(page, inputs)
    if baseline.seats is not None:
        _seats(page, baseline)
    whole = {"validate": "integer", "criteria": "between", "minimum": -MOST_MOVED, "maximum": MOST_MOVED}
    page.sheet.data_validation(first - 1, OWN, last - 1 + len(baseline.provinces), OF_COUNTIES, whole)
    page.sheet.data_validation(
        first - 1, WEIGHT, last - 1, WEIGHT, {"validate": "decimal", "criteria": ">=", "value": 0}
    )


def changed(inputs: Inputs, sheet: str) -> str:
    """A formula that counts the yellow cells that are not as they were exported."""
    last = FIRST + len(inputs.baseline.prefectures) - 1
    blocks = ((WEIGHT, OF_COUNTIES, FIRST, last), (OWN, OWN, last + 1, last + len(inputs.baseline.provinces)))
    counts = []
    for left, right, top, bottom in blocks:
        now, then = (f"'{sheet}'!{cell(top, left + by)}:{cell(bottom, right + by)}" for by in (0, THEN - WEIGHT))
        counts.append(f"SUMPRODUCT(--({now}<>{then}))")
    return f"={'+'.join(counts)}"


def _yellow(page: Page, row: int, values: Mapping[int, float]) -> None:
    """Yellow cells, and what they were when the file was made."""
    for column, value in values.items():
        page.number(row, column, value, "input", "General" if column == WEIGHT else _CHANGE)
        page.number(row, column + THEN - WEIGHT, value, "quiet")


def _frame(page: Page, baseline: Baseline) -> None:
    page.title()
    heads = ["name", "number", "units", "population", "area", "letters", "need", "weight", "own", "of_counties"]
    then = [page.say("place_then", what=page.say(f"place_{head}")) for head in heads[WEIGHT:]]
    seats = ["own_people", "own_officers", "county_people", "county_officers"] if baseline.seats is not None else []
    page.text(FIRST - 1, 0, page.say("place_name"), "head")
    page.texts(FIRST - 1, NUMBER, [page.say(f"place_{head}") for head in heads[1:]], "head right")
    page.texts(FIRST - 1, THEN, [*then, *[page.say(f"place_{head}") for head in seats]], "head right")
    page.sheet.set_row(FIRST - 1, 48)
    page.sheet.set_column(0, 0, 26)
    page.sheet.set_column(1, SEATS + 3, 13)
    page.sheet.freeze_panes(FIRST, 1)
    page.print_wide()


def _by_province(baseline: Baseline, values: Sequence[float]) -> list[float]:
    return [
        sum(value for value, one in zip(values, baseline.prefectures, strict=True) if one.province == name)
        for name in baseline.provinces
    ]


def _provinces(page: Page, inputs: Inputs) -> None:
    """A line a province: the sums of its prefectures, and its own moves."""
    baseline = inputs.baseline
    for p, province in enumerate(baseline.provinces):
        row = FIRST + len(baseline.prefectures) + p
        own = [FIRST + 1 + k for k, one in enumerate(baseline.prefectures) if one.province == province]
        named = page.say("whole_province") if len(baseline.provinces) == 1 else province
        page.text(row, NAME, named, "strong top")
        page.number(row, NUMBER, 0, "centre top", WHOLE_NUMBER)
        columns = {
            UNITS: [one.county_level_units for one in baseline.prefectures],
            POPULATION: [one.population for one in baseline.prefectures],
            AREA: [one.area_km2 for one in baseline.prefectures],
            LETTERS: [one.letters for one in baseline.prefectures],
            NEED: baseline.need,
            WEIGHT: inputs.weights,
        }
        for column, values in columns.items():
            letter = xl_col_to_name(column)
            together = own[-1] - own[0] == len(own) - 1
            cells = f"{letter}{own[0]}:{letter}{own[-1]}" if together else ",".join(f"{letter}{r}" for r in own)
            number = SHARE if column == NEED else "" if column == WEIGHT else WHOLE_NUMBER
            page.formula(row, column, f"=SUM({cells})", _by_province(baseline, values)[p], "strong top", number)
        _yellow(page, row, {OWN: inputs.settings["staff.moves"].get(baseline.pool_keys[p], 0)})


def _seats(page: Page, baseline: Baseline) -> None:
    """The staff list: people and officers of every pool."""
    for (tier, _), place, *heads in zip(baseline.pool_names, baseline.pools.place, *baseline.seats, strict=True):
        row = FIRST + place + (len(baseline.prefectures) if tier == TIERS[PROVINCE] else 0)
        for k, value in enumerate(heads):
            page.number(int(row), SEATS + k + 2 * (tier == TIERS[COUNTY]), value, number=WHOLE_NUMBER)

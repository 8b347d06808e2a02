"""The sheets of places in the workbook: a row a prefecture, and records of tiers and teams."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from model.evidence.pools import HEADS
from model.files.base_years.cell_values import is_unknown
from model.files.base_years.form import Template
from model.files.base_years.places import MEASURES, amount_of, amount_text, number_text
from model.files.base_years.sheet_reader import SheetReader
from model.files.base_years.words import FILE
from model.files.file_name import stem_of
from model.files.tables.staff_list_words import plain, says_total, suffixes, tiers_named, without_total, words

NUMBERS: dict[str, tuple[float, float, bool]] = {
    "county_level_units": (0, 200, True),
    "population": (1, 2e8, False),
    "area_km2": (1e-3, 2e6, False),
    "letters": (0, 1e7, False),
    "gdp_100m_yuan": (0, 1e7, False),
    **{f"{head}.{tier}": (0.0, 1e6, True) for head in HEADS for tier in ("city", "county")},
    **dict.fromkeys(MEASURES, (0.0, 100000000.0, True)),
    "window_years": (1e-3, 100, False),
    "tile_row": (0, 60, True),
    "tile_column": (0, 60, True),
}
"""Bounds of the columns of numbers, and whether they are whole."""
NEEDED = ("name_zh", "county_level_units", "population", "area_km2")
TEXTS = ("name_en", "short_zh", "short_en", "code", "province", "id", "source")
OF_PLACE = ("name_en", "short_zh", "short_en", "code", "province", "tile_row", "tile_column", "id")
"""Columns that go with a name: where the name of a template's row was overwritten, its own are not meant."""
UNIT = {
    **{"population": "people", "area_km2": "km2", "gdp_100m_yuan": "100m yuan", "window_years": "years"},
    **{"county_level_units": "units", "letters": "cases", "visits": "visits", "cases": "cases", "decided": "cases"},
    **dict.fromkeys((f"{head}.{tier}" for head in HEADS for tier in ("city", "county")), "people"),
}
MOST_PLACES = 1_000
NOT_ADDED = ("window_years", "tile_row", "tile_column")
"""Columns of numbers that make no sum."""
TOTALS_APART = 1e-3
"""The part of a sum by which a row of totals, being rounded, may differ from it."""


def read_places(reader: SheetReader, template: Template) -> tuple[Mapping[str, str], ...]:
    """The prefectures, a row of texts each; wrong cells are noted."""
    reader.find_columns(NEEDED, (*(id for id in NUMBERS if id not in NEEDED), *TEXTS), UNIT)
    places, totals = _Places(reader, template), list[int]()
    rows = list[dict[str, str]]()
    for at in reader.body():
        kind = row_kind(reader, at)
        if kind == "total":
            totals.append(at)
        elif kind == "part":
            reader.problem("no_place", at, "name_zh")
        elif kind == "place" and len(rows) < MOST_PLACES:
            rows.append(places.row(at))
    for at in totals:
        _check_total(reader, at, rows)
    if reader.columns and not rows:
        reader.problem("no_prefecture", reader.heading, "name_zh")
    return tuple(rows)


def row_kind(reader: SheetReader, at: int) -> str:
    """Whether a row is of a place, of all places ("total"), of some or within one ("part"), or a note."""
    value = reader.value(at, "name_zh")
    name, known = plain(value), words("row", FILE)
    if name in known["whole"].spellings or says_total(name):
        is_whole = without_total(name) in ("", *known["whole"].spellings) or name.isascii()
        return "total" if is_whole else "part"
    if any(name.startswith(word) for word in known["among"].spellings):
        return "part"
    is_empty = all(is_unknown(reader.value(at, column)) for column in NUMBERS)
    begins = re.match(r"\W*(\w*?)\s*\d*\s*[:：.、]", value) if isinstance(value, str) else None
    is_note = name in known["note"].spellings or (begins and plain(begins[1]) in known["note"].spellings)
    return "note" if is_empty and is_note else "place"


def _check_total(reader: SheetReader, at: int, rows: list[dict[str, str]]) -> None:
    """Note the numbers of a row of totals that the places do not add up to."""
    for column in NUMBERS:
        if column in NOT_ADDED or column not in reader.columns:
            continue
        given = reader.amount(at, column, UNIT.get(column, ""))
        amounts = [amount for row in rows if (amount := amount_of(row[column]))]
        sums = sum(amount[1] for amount in amounts)
        if given and rows and abs(given[1] - sums) > max(0.5, TOTALS_APART * abs(sums)):
            reader.problem("total_disagrees", at, column, sum=round(sums, 6))


@dataclass
class _Places:
    """The prefectures while they are read."""

    reader: SheetReader
    template: Template
    first: dict[tuple[str, str], str] = field(default_factory=dict)

    def row(self, at: int) -> dict[str, str]:
        """One prefecture as texts by column."""
        name = self.reader.text(at, "name_zh")
        before = self._before(name)
        cells = {column: self.reader.text(at, column) for column in TEXTS}
        cells |= {column: self._number(at, column, before) for column in NUMBERS}
        if stale := self._stale(before, cells):
            cells |= {column: "" for column in OF_PLACE if cells[column] == stale.get(column, "")}
        if not name:
            self.reader.problem("cell_empty", at, "name_zh", columns=("name_zh",))
        cells |= {"name_zh": before["name_zh"] if before else name}
        cells["name_en"] = cells["name_en"] or (before or {}).get("name_en", "") or name
        cells["id"] = before["id"] if before else self._id(cells)
        self._note(at, cells["id"], name)
        self._check_counties(at, cells)
        return cells

    def _before(self, name: str) -> dict[str, str] | None:
        """The template's prefecture of that name, in whatever way it is written."""
        shorter = {written(name), *(written(name).removesuffix(suffix) for suffix in suffixes())} - {""}
        for row in self.template.prefectures:
            names = {plain(row.get(column) or "") for column in ("name_zh", "name_en", "short_zh", "id")} - {""}
            if shorter & {*names, *(one.removesuffix(suffix) for one in names for suffix in suffixes())}:
                return row
        return None

    def _stale(self, before: Mapping[str, str] | None, cells: Mapping[str, str]) -> Mapping[str, str] | None:
        """The template's row whose id still stands beside another name; None where the id is the name's."""
        of_id = next((row for row in self.template.prefectures if row["id"] == cells["id"]), None)
        return of_id if of_id is not None and of_id is not before else None

    def _number(self, at: int, column: str, before: Mapping[str, str] | None) -> str:
        """A number as the file holds it, to the letter where the template has the same."""
        amount = self.reader.amount(at, column, UNIT.get(column, ""))
        if amount is None:
            if column in NEEDED and not self.reader.problems_at(at, column):
                self.reader.problem("cell_empty", at, column, columns=(column,))
            return ""
        low, high, is_whole = NUMBERS[column]
        if amount[0] != amount[2] and column.partition(".")[0] not in HEADS:
            self.reader.problem("cell_no_range", at, column)
        elif not low <= amount[0] <= amount[2] <= high:
            self.reader.problem("cell_out_of_bounds", at, column, low=low, high=high)
        elif is_whole:
            self.reader.check_whole(at, column, amount)
        old = (before or {}).get(column, "")
        return old if old and float(old) == amount[1] else amount_text(amount)

    def _id(self, cells: Mapping[str, str]) -> str:
        """An id for a prefecture that the template does not have."""
        for text in (cells["id"], cells["name_en"]):
            id = stem_of(text)
            if text and id.isascii():
                return id
        return f"place-{len(self.first) + 1}"

    def _note(self, at: int, id: str, name: str) -> None:
        """Note the place of a prefecture; a problem for one that stands twice, with 市 or without."""
        same = [cell for (known, of), cell in self.first.items() if known == id or are_same(of, written(name))]
        if same:
            self.reader.problem("prefecture_twice", at, "name_zh", first=same[0])
        self.first[id, written(name)] = self.reader.place(at, "name_zh")[1]

    def _check_counties(self, at: int, cells: Mapping[str, str]) -> None:
        """Check that nobody sits at counties that are not there, and no more officers than people."""
        for head in HEADS:
            if cells["county_level_units"] == "0" and cells[f"{head}.county"] not in ("", "0"):
                self.reader.problem("no_counties_here", at, f"{head}.county")
        for tier in ("city", "county"):
            people, officers = (amount_of(cells[f"{heads}.{tier}"]) for heads in HEADS)
            if people and officers and officers[1] > people[1]:
                self.reader.problem("more_officers_than_people", at, f"frontline.{tier}", people=people[1])


def written(name: str) -> str:
    """A place's name for comparing, without what says that the city itself is meant.

    >>> written("长沙市本级"), written("长沙市")
    ('长沙市', '长沙市')
    """
    text = plain(name)
    endings = words("ending", FILE)["own"].spellings
    return next((text.removesuffix(ending) for ending in endings if text.endswith(ending)), text)


def are_same(one: str, other: str) -> bool:
    """Whether two plain names are of one place, of which one may lack its ending.

    >>> are_same("广州", "广州市"), are_same("海南州", "海南市")
    (True, False)
    """
    longer = {name + suffix for name in (one, other) if name for suffix in suffixes()}
    return bool(one) and (one == other or not longer.isdisjoint({one, other}))


def read_records(
    reader: SheetReader, prefectures: tuple[Mapping[str, str], ...], template: Template
) -> tuple[Mapping[str, str], ...]:
    """The rows of `records.csv` in the sheet of records; wrong cells are noted."""
    reader.find_columns(
        ("measure", "value"), ("tier", "prefecture", "years", "source"), {"value": "cases", "years": "years"}
    )
    rows, first = [], dict[tuple[str, ...], str]()
    for at in reader.body():
        measures = words("measure", FILE)
        text = plain(reader.value(at, "measure"))
        measure = next((id for id, word in measures.items() if text in word.spellings), "")
        if not measure:
            reader.problem("no_measure", at, "measure", measures=tuple(measures))
        tier = next(iter(tiers_named(plain(reader.value(at, "tier")))), "")
        if not tier and reader.text(at, "tier"):
            reader.problem("no_tier", at, "tier", tiers=("province", "city", "county"))
        place = _prefecture(reader, at, prefectures)
        if not (reader.text(at, "tier") or reader.text(at, "prefecture")):
            reader.problem("record_of_nobody", at, "tier")
        key = measure, tier, place
        if key in first:
            reader.problem("row_twice", at, "measure", first=first[key])
        first.setdefault(key, reader.place(at, "measure")[1])
        rows.append(_record(reader, at, key, template))
    return tuple(rows)


def _prefecture(reader: SheetReader, at: int, prefectures: tuple[Mapping[str, str], ...]) -> str:
    """The id of the prefecture that a record is of, empty for a whole tier."""
    name = reader.text(at, "prefecture")
    if not name:
        return ""
    known = {plain(row[column]): row["id"] for row in prefectures for column in ("id", "name_en", "name_zh")}
    known |= {text.removesuffix(suffix): id for text, id in known.items() for suffix in suffixes()}
    texts = (written(name), *(written(name).removesuffix(suffix) for suffix in suffixes()))
    found = next((known[text] for text in texts if text in known), "")
    if not found:
        reader.problem("unknown_prefecture", at, "prefecture")
    return found


def _record(reader: SheetReader, at: int, key: tuple[str, str, str], template: Template) -> dict[str, str]:
    """A record, as the template has it to the letter where it says the same."""
    value, years = reader.amount(at, "value", "cases"), reader.amount(at, "years", "years")
    if value is None and not reader.problems_at(at, "value"):
        reader.problem("cell_empty", at, "value", columns=("value",))
    for column, amount, low in (("value", value, 0.0), ("years", years, 1e-3)):
        if amount and amount[0] != amount[2]:
            reader.problem("cell_no_range", at, column)
        elif amount and not low <= amount[1] <= 1e8:
            reader.problem("cell_out_of_bounds", at, column, low=low, high=1e8)
    source = reader.text(at, "source")
    record = {
        **dict(zip(("measure", "tier", "prefecture"), key, strict=True)),
        "value": number_text(value[1]) if value else "",
        "window_years": number_text(years[1]) if years else "1",
        **{"source_zh": source, "source_en": source},
    }
    for old in template.records:
        is_same = all(old[column] == record[column] for column in ("measure", "tier", "prefecture"))
        if (
            is_same
            and source in (old["source_zh"], old["source_en"])
            and float(old["value"]) == float(record["value"] or -1)
        ):
            return record | {name: old[name] for name in ("value", "source_zh", "source_en")}
    return record

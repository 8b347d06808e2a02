"""A base year as a form to fill in: its rows, what stands in them at first, and what was filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from model.evidence.figures import ANY, Assumption, read_rows
from model.evidence.pools import HEADS, heads_id
from model.files.base_years.cell_values import Amount, day
from model.files.base_years.folder_files import Files, Rows, about_of, rows_of
from model.files.base_years.words import phrase

SHEETS = ("source", "force", "prefectures", "counts", "assumptions", "records")
ABOUT_ROWS = ("name_zh", "name_en", "year", "source_zh", "source_en", "rules", "id", "base")
WHOLE = ("people", "bodies", "cases", "checks", "problems", "contacts", "posts", "leads")
"""Units of figures of a report that are counted one by one."""
SHARES_OR_PEOPLE = tuple(f"frontline_share_{tier}" for tier in ("province", "city", "county"))
"""Shares that may also be given as people."""
CASE_KINDS = ("cases_daily_fine", "cases_restrict_halt", "cases_seizure", "cases_detention", "cases_crime")
MAY_BE_RANGES = (
    *("staff_total", "frontline_total", "bodies_total", "cases_total", *CASE_KINDS),
    *("offsite_checks", "offsite_problems", "service_contacts"),
)
"""Figures of a report that may be known about."""


@dataclass(frozen=True)
class FormRow:
    """A row of the form: a figure of the report, or an assumption; a number, or a range where it may be.

    `window` is "yes" where the figure has a first and a last day, "years" where the years between them matter too, and
    "rate" where a count over them becomes one a year.
    """

    sheet: str
    kind: str
    id: str
    unit: str
    window: str
    label: Mapping[str, str]

    @property
    def may_be_range(self) -> bool:
        return self.kind == "assumption" or self.id in MAY_BE_RANGES

    @property
    def least(self) -> float:
        """The least that may stand in the row."""
        return self._assumption.least if self.kind == "assumption" else 0.0

    @property
    def most(self) -> float:
        """The most that may stand in the row; people may be given in the place of a share."""
        is_any = self.id in SHARES_OR_PEOPLE or (self.kind == "report" and self.unit != "fraction")
        return ANY if is_any else self._assumption.most

    @property
    def _assumption(self) -> Assumption:
        return Assumption(self.id, {}, 0, 0, 0, self.unit, {})


@dataclass(frozen=True)
class Window:
    """The time that a count covers: first and last day, and the years where they are given as a number."""

    first: date | None = None
    last: date | None = None
    years: float | None = None


@dataclass(frozen=True)
class Filled:
    """What stands in a row of the form.

    `amount` is None where the figure is not known; `place` is sheet and cell.
    """

    amount: Amount | None
    window: Window = Window()
    source: str = ""
    place: tuple[str, str] = ("", "")

    @property
    def known(self) -> float | None:
        """The number where there is one and no range."""
        return self.amount[1] if self.amount and self.amount[0] == self.amount[2] else None


@dataclass(frozen=True)
class Form:
    """A form filled in: what the base year says of itself, its rows, prefectures and records.

    A figure of the report whose row is left out is not known; such an assumption is the template's. `prefectures` are
    rows of texts by column, `records` rows of `records.csv`.
    """

    about: Mapping[str, str]
    rows: Mapping[str, Filled]
    prefectures: tuple[Mapping[str, str], ...]
    records: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Template:
    """The base year that a form begins from, as its files."""

    files: Files

    @cached_property
    def about(self) -> Mapping:
        return about_of(self.files)

    @cached_property
    def report(self) -> dict[str, dict[str, str]]:
        return self._by_id("report.csv")

    @cached_property
    def assumptions(self) -> dict[str, dict[str, str]]:
        return self._by_id("assumptions.csv")

    @cached_property
    def prefectures(self) -> Rows:
        """The rows of its prefectures under the names of columns that carry no year."""
        return [
            {_COLUMN_WITHOUT_YEAR.get(key, key): value for key, value in row.items()}
            for row in self._table("prefectures.csv")
        ]

    @cached_property
    def pools(self) -> Rows:
        return self._table("pools.csv")

    @cached_property
    def records(self) -> Rows:
        return self._table("records.csv")

    @cached_property
    def of_pools(self) -> frozenset[str]:
        """The assumptions by which people of pools are known about; they stand in the sheet of prefectures."""
        pools = ((row["tier"], row["prefecture"]) for row in self.pools)
        return frozenset(heads_id(heads, *pool) for pool in pools for heads in HEADS) & self.assumptions.keys()

    @cached_property
    def rows(self) -> dict[str, FormRow]:
        """The rows of the form by id: those that every base year has, then the template's other figures."""
        fixed = {row.id: row for row in fixed_rows() if row.sheet}
        others = [
            FormRow(sheet, kind, id, row["unit"], window, {"zh": row["label_zh"], "en": row["label_en"]})
            for sheet, kind, window, table in (
                ("counts", "report", "yes", self.report),
                ("assumptions", "assumption", "", self.assumptions),
            )
            for id, row in table.items()
            if id not in fixed and id not in ("frontline_share", *self.of_pools)
        ]
        return fixed | {row.id: row for row in others}

    def amount(self, row: FormRow) -> Amount | None:
        """What the template has in a row."""
        if row.kind == "report" and row.id not in self.assumptions:
            value = self.report[row.id]["value"] if row.id in self.report else ""
            try:
                return (float(value),) * 3
            except ValueError:
                return None
        if row.id not in self.assumptions or self.is_result(row.id):
            return None
        low, mid, high = (float(self.assumptions[row.id][end]) for end in ("low", "mid", "high"))
        return low, mid, high

    def is_result(self, id: str) -> bool:
        """Whether visits are a result of the base year, and so nothing to fill in."""
        return id == "visits_base" and self.assumptions[id]["role"] == "closed"

    def window(self, row: FormRow) -> Window:
        """The days of a figure, and the years of the cases, as the template has them."""
        text = self.report.get(row.id, {}).get("window", "") if row.window in ("yes", "years") else ""
        days = text.split("/")
        first, last = (_day(days[0]), _day(days[1], last=True)) if len(days) == 2 else (None, _day(text, last=True))
        years = self.about.get("cases_window_years") if row.window == "years" else None
        return Window(first, last, None if years is None else float(years))

    def source(self, row: FormRow, language: str) -> str:
        """The sentence of a figure, or the reason for a range."""
        if row.id in self.report:
            return self.report[row.id].get("quote", "")
        return self.assumptions.get(row.id, {}).get(f"basis_{language}", "")

    def source_elsewhere(self, id: str, language: str) -> str:
        """The reason for a range as another place may print it: without the template's own counts."""
        said = self.assumptions.get(id, {}).get(f"basis_{language}", "")
        return phrase("of_its_counts", {})[language] if self._counts & {*_NUMBER.findall(said)} else said

    @cached_property
    def _counts(self) -> frozenset[str]:
        """The counts of its report that are long enough to be told from other numbers."""
        return frozenset(row["value"] for row in self.report.values() if _NUMBER.fullmatch(row["value"]))

    def filled(self, row: FormRow, language: str, *, is_elsewhere: bool = False) -> Filled:
        """The row as it stands before anybody has filled it in, here or for another place."""
        source = self.source_elsewhere(row.id, language) if is_elsewhere else self.source(row, language)
        return Filled(self.amount(row), self.window(row), source)

    def _by_id(self, name: str) -> dict[str, dict[str, str]]:
        return {row["id"]: row for row in self._table(name)}

    def _table(self, name: str) -> Rows:
        return rows_of(self.files[name]) if name in self.files else []


_NUMBER = re.compile(r"(?<![\d.,])\d{3,}(?![\d.,])")
_COLUMN_WITHOUT_YEAR = {
    "population_2020": "population",
    "inspectorate_letters_2018": "letters",
    "gdp_2021_100m_yuan": "gdp_100m_yuan",
}


def _day(text: str, *, last: bool = False) -> date | None:
    """The day of a window of the file; None for words."""
    is_day = text.replace("-", "").isdigit()
    return day(text, last=last) if is_day else None


@lru_cache
def fixed_rows() -> tuple[FormRow, ...]:
    """The rows that the form of every base year has, from `rows.csv`; those without a sheet are not shown."""
    return tuple(
        FormRow(row["sheet"], row["kind"], row["id"], row["unit"], row["window"], {"zh": row["zh"], "en": row["en"]})
        for row in read_rows(Path(__file__).with_name("rows.csv"))
    )


def about_rows(template: Template, *, is_edit: bool) -> dict[str, str]:
    """What the sheet of sources holds at first; a new base year has no name, year and source yet."""
    about = template.about
    own = {
        "name_zh": about["name"]["zh"],
        "name_en": about["name"]["en"],
        "year": str(about["year"]),
        "source_zh": about["source"]["zh"],
        "source_en": about["source"]["en"],
        "id": about["id"],
    }
    first = {**(own if is_edit else dict.fromkeys(own, "")), "rules": about["rules"], "base": about["id"]}
    return {id: first[id] for id in ABOUT_ROWS}

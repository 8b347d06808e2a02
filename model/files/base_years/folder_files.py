"""The files in the folder of a base year as values: what they must hold, and what is wrong with them."""

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

from model.evidence.alternatives import FILE as ALTERNATIVES
from model.evidence.alternatives import alternatives_in
from model.evidence.base_year_folders import ABOUT
from model.files.base_years.words import phrase
from model.files.disk import Refusal
from model.files.file_name import stem_of
from model.files.problem import Problem, shown
from model.files.tables.sheet import MOST_ROWS
from model.files.toml_edit import literal

Files = Mapping[str, bytes]
Rows = list[dict[str, str]]

HISTORY = "history.csv"
REQUIRED = (ABOUT, "report.csv", "assumptions.csv", "prefectures.csv", "benchmarks.csv")
OPTIONAL = ("pools.csv", "records.csv", ALTERNATIVES, HISTORY)
RULES = ("2016", "2021", "2025")
_ABOUT_KEYS = ("id", "name", "source", "year", "rules")
_ABOUT_ORDER = (*_ABOUT_KEYS, "cases_window_years", "template")
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_PROBLEMS = 100

_TEXTS = ("label_zh", "label_en")
COLUMNS: dict[str, tuple[str, ...]] = {
    "report.csv": ("id", *_TEXTS, "value", "unit", "window", "quote"),
    "assumptions.csv": ("id", *_TEXTS, "low", "mid", "high", "unit", "role", "basis_zh", "basis_en", "known_from"),
    "prefectures.csv": ("id", "name_zh", "name_en", "county_level_units", "population|population_2020", "area_km2"),
    "benchmarks.csv": ("id", *_TEXTS, "value", "unit", "window", "use", "source_zh", "source_en", "certainty"),
    "pools.csv": ("tier", "prefecture", "people", "frontline"),
    "records.csv": ("measure", "tier", "prefecture", "value", "window_years", "source_zh", "source_en"),
    HISTORY: ("date", "what", "reason"),
}
"""The columns that a table must have; of names with a stroke between them, one."""
_NUMBERS: dict[str, tuple[str, ...]] = {
    "report.csv": ("value",),
    "assumptions.csv": ("low", "mid", "high"),
    "prefectures.csv": ("county_level_units", "population", "population_2020", "area_km2", "letters"),
    "pools.csv": ("people", "frontline"),
    "records.csv": ("value", "window_years"),
}
"""Columns of numbers; a cell may be empty where the figure is not known."""


def rows_of(data: bytes, most: int | None = None) -> Rows:
    """The rows of a table in UTF-8, `most` of them, by headings; cells that a row lacks are empty."""
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), restval="", restkey="")
    return [{key: value for key, value in row.items() if key} for row in islice(reader, most)]


def data_of(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Rows as a table in UTF-8."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(columns), restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def columns_of(data: bytes) -> list[str]:
    """The headings of a table."""
    return next(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")), [])


def about_of(files: Files) -> dict[str, Any]:
    """What a base year says of itself."""
    return tomllib.loads(files[ABOUT].decode("utf-8-sig"))


def problems_of(files: Files) -> list[Problem]:
    """What is missing in the files or is no number, each with file, key or column, and line.

    After `MOST_PROBLEMS` one more says that the others are not listed.
    """
    found = list(islice(_problems(files), MOST_PROBLEMS + 1))
    if len(found) <= MOST_PROBLEMS:
        return found
    more = Problem("more_problems", found[-1].file, right={"most": float(MOST_PROBLEMS)})
    return [*found[:MOST_PROBLEMS], more]


def _problems(files: Files) -> Iterator[Problem]:
    yield from (Problem("file_lacking", name) for name in REQUIRED if name not in files)
    yield from (Problem("file_unknown", shown(name)) for name in files if name not in (*REQUIRED, *OPTIONAL))
    for name in (*REQUIRED, *OPTIONAL):
        if name in files:
            yield from _problems_in(name, files[name])


def _problems_in(name: str, data: bytes) -> Iterable[Problem]:
    """What is wrong with one file by itself."""
    if name == ABOUT:
        return _about_problems(data)
    return _alternatives_problems(data) if name == ALTERNATIVES else _table_problems(name, data)


def _alternatives_problems(data: bytes) -> list[Problem]:
    try:
        alternatives_in(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return [Problem("not_toml", ALTERNATIVES, given=shown(str(error)))]
    return []


def _about_problems(data: bytes) -> list[Problem]:
    try:
        about = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return [Problem("not_toml", ABOUT, given=shown(str(error)))]
    return [
        Problem(f"{key}_wrong", ABOUT, key, given=_shown(about.get(key, "")))
        for key in _ABOUT_KEYS
        if not is_right(key, about.get(key))
    ]


def _shown(value: object) -> str:
    return shown(" / ".join(map(str, value.values())) if isinstance(value, Mapping) else str(value))


def is_right(key: str, value: object) -> bool:
    """Whether a value of `baseline.toml` is one that its key can have."""
    if key == "year":
        return type(value) is int and FIRST_YEAR <= value <= LAST_YEAR
    if key == "rules":
        return value in RULES
    if key == "id":
        return isinstance(value, str) and stem_of(value) == value
    return isinstance(value, Mapping) and all(isinstance(value.get(one), str) and value[one] for one in ("zh", "en"))


def _table_problems(name: str, data: bytes) -> Iterator[Problem]:
    try:
        columns, rows = columns_of(data), rows_of(data, MOST_ROWS + 1)
    except (UnicodeDecodeError, csv.Error) as error:
        yield Problem("not_a_table", name, given=shown(str(error)))
        return
    if name in _NUMBERS and len(rows) > MOST_ROWS:
        yield Problem("too_many_rows", name, right={"most": float(MOST_ROWS)})
        return
    for column in COLUMNS[name]:
        if not set(column.split("|")) & set(columns):
            yield Problem("column_lacking", name, column.partition("|")[0])
    for column in _NUMBERS.get(name, ()):
        for line, row in enumerate(rows, 2):
            if row.get(column) and not _is_number(row[column]):
                yield Problem("table_no_number", name, column, line, shown(row[column]))


def _is_number(text: str) -> bool:
    with suppress(ValueError):
        return abs(float(text)) < float("inf")
    return False


def history_of(files: Files) -> Rows:
    """The changes noted in the files of a base year, the oldest first; none where no history can be read."""
    try:
        rows = rows_of(files[HISTORY]) if HISTORY in files else []
    except (UnicodeDecodeError, csv.Error):
        return []
    return [{column: row.get(column) or "" for column in COLUMNS[HISTORY]} for row in rows]


def with_history(files: Files, day: str, what: str, reason: str) -> dict[str, bytes]:
    """The files with one line more in their history; a refusal where that is damaged, and would be lost."""
    if HISTORY in files and (problems := tuple(_table_problems(HISTORY, files[HISTORY]))):
        raise Refusal(*problems)
    line = {"date": day, "what": what, "reason": reason}
    return {**files, HISTORY: data_of(COLUMNS[HISTORY], [*history_of(files), line])}


def made_from(files: Files, about: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of a new base year, with `about` in place of the template's own id, name and so on.

    Every assumption that the template has for itself is marked as inherited from it.
    """
    template = about_of(files)
    made = {name: data for name, data in files.items() if name != HISTORY}
    columns = columns_of(files["assumptions.csv"])
    rows = [inherited(row, template["name"]) for row in rows_of(files["assumptions.csv"])]
    made["assumptions.csv"] = data_of([*columns, *({"inherited"} - set(columns))], rows)
    made[ABOUT] = about_text({**template, "template": template["id"], **about}).encode()
    return made


def inherited(row: Mapping[str, str], template: Mapping[str, str]) -> dict[str, str]:
    """A row of an assumption as inherited from the template of that name; one that is so already stays."""
    if row.get("inherited") == "yes":
        return dict(row)
    begins = phrase("inherited", {"name": template})
    bases = {f"basis_{language}": begins[language] + row[f"basis_{language}"] for language in ("zh", "en")}
    return {**row, **bases, "inherited": "yes"}


def about_text(about: Mapping[str, Any]) -> str:
    """The text of `baseline.toml`."""
    return "".join(f"{key} = {literal(about[key])}\n" for key in _ABOUT_ORDER if about.get(key) is not None)

"""What two versions of a base year give otherwise, a figure a line."""

from collections.abc import Iterator

from model.evidence.baseline import Baseline
from model.evidence.pools import HEADS
from model.evidence.prefectures import Prefecture
from model.files.base_years.words import FILE
from model.files.tables.staff_list_words import words
from model.outputs.evidence.evidence_table import number
from model.outputs.evidence.fit import SIGNS, known_figures
from model.outputs.phrasing.table import Table
from model.outputs.words import text

_COLUMNS = {
    "county_level_units": "county_level_units",
    "population": "population",
    "area_km2": "area_km2",
    "letters": "letters",
    "gdp": "gdp_100m_yuan",
    "province": "province",
    "code": "code",
}
"""What a prefecture gives, and the column of the workbook that names it."""
_NOT_GIVEN = "—"
Written = Iterator[tuple[str, str, str]]
"""Figures by a key of their own, a label, and as they are written."""


def changed_figures(then: Baseline, now: Baseline, change: int, language: str) -> Table:
    """The figures that differ: after change number `change`, and now.

    Each has the sign that says how far it is known. No row where all are the same, as after a change of a source.
    """
    before, after = ({key: cells for key, *cells in _written(one, language)} for one in (then, now))
    heads = tuple(_word(f"changed_{head}", language, number=change) for head in ("figure", "then", "now"))
    rows = []
    for key in {**after, **before}:
        label, _ = after.get(key) or before[key]
        cells = [one[key][1] if key in one else _NOT_GIVEN for one in (before, after)]
        if cells[0] != cells[1]:
            rows.append((label, *cells))
    return Table(heads, tuple(rows))


def _written(baseline: Baseline, language: str) -> Written:
    """Everything that a base year gives."""
    about = words("about", FILE)
    for of_language in ("zh", "en"):
        name = f"name_{of_language}"
        yield name, about[name].name[language], baseline.name[of_language]
    yield "year", about["year"].name[language], str(baseline.year)
    yield "rules", about["rules"].name[language], baseline.rules
    for state, figures in known_figures(baseline, language).items():
        for figure in figures:
            yield figure.id, figure.label, f"{SIGNS[state]} {figure.written}"
    for place in baseline.prefectures:
        yield from _place(place, language)
    names = {place.id: place.name[language] for place in baseline.prefectures}
    for (tier, id), heads in baseline.people_of.items():
        for column, value in zip(HEADS, heads, strict=True):
            if value is not None and id in names:
                yield _cell(id, names[id], f"{column}.{tier}", number(value, "people"), language)


def _place(place: Prefecture, language: str) -> Written:
    for field, column in _COLUMNS.items():
        value = getattr(place, field)
        if value is not None:
            written = value if isinstance(value, str) else number(value, "")
            yield _cell(place.id, place.name[language], column, written, language)


def _cell(id: str, place: str, column: str, written: str, language: str) -> tuple[str, str, str]:
    head = words("column", FILE)[column].name[language]
    return f"{id}.{column}", _word("changed_cell", language, place=place, column=head), written


def _word(key: str, language: str, **values: object) -> str:
    return text(f"base_year_page.{key}", language, **values)

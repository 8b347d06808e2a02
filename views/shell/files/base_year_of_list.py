"""A base year with the people of a staff list, where the list has other totals than the report."""

from collections.abc import Iterable
from datetime import date

from model.evidence.baseline import TIERS, Baseline
from model.failures.libraries import SHEETS, WORKBOOK, NoLibrary, require
from model.files.base_years.words import FILE
from model.files.library import Refused
from model.files.problem import Problem
from model.files.tables.form_cells import HEADS_ROW, FormSheet, sheets_of, with_cells
from model.files.tables.sheets import CellProblem
from model.files.tables.staff_list_words import words
from model.outputs.evidence.base_year_sentences import sentence
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.problems import lacking_in_words
from model.outputs.words import text
from model.scenario.decisions import StaffList
from views.shell.files.base_year_workbook import workbook
from views.shell.session import signature

PLACES = ("people.city", "people.county", "frontline.city", "frontline.county")
"""Columns of the sheet of prefectures that a staff list fills."""


def kept_from_staff_list(staff_list: StaffList, baseline: Baseline, file: str, language: str) -> tuple[str, list[str]]:
    """A new base year like this one with the people of a staff list: its id, or what does not fit."""
    try:
        require(*WORKBOOK, *SHEETS)
    except NoLibrary as lacking:
        return "", [lacking_in_words(lacking, language)]
    people = count(sum(heads for heads, _ in staff_list.values()))
    name = {one: text("base_year_page.of_people", one, name=baseline.name[one], people=people) for one in ("zh", "en")}
    first = workbook(baseline.id, language, name=name)
    if isinstance(first, Refused):
        return _refused(first.problems, language)
    cells = {sheet.title: _cells(sheet, staff_list, baseline, file, language) for sheet in sheets_of(first)}
    store = signature.base_years()
    files, problems = store.read(with_cells(first, cells), file)
    if problems:
        return _refused(problems, language)
    kept = store.add(files, date.today().isoformat(), file)
    return _refused(kept.problems, language) if isinstance(kept, Refused) else (kept.stem, [])


def _refused(problems: Iterable[Problem | CellProblem], language: str) -> tuple[str, list[str]]:
    return "", [sentence(problem, language) for problem in problems]


def _cells(
    sheet: FormSheet, staff_list: StaffList, baseline: Baseline, file: str, language: str
) -> dict[tuple[int, int], str]:
    """What a staff list, and the base year it is of, write into a sheet."""
    first = HEADS_ROW + 1
    if sheet.title == words("sheet", FILE)["prefectures"].name[language]:
        return _of_places(sheet, staff_list, language)
    totals = [sum(heads[k] for heads in staff_list.values()) for k in (0, 1)]
    province = [sum(heads[k] for (tier, _), heads in staff_list.items() if tier == TIERS[0]) for k in (0, 1)]
    values = {
        "staff_total": str(totals[0]),
        "frontline_total": str(totals[1]),
        "staff_province": str(province[0]),
        "frontline_share_province": f"{province[1]}人",  # without its unit it might be a share
        "year": str(baseline.year),
        "source_zh": file,
        "source_en": file,
    }
    return {(first + k, 3): values[row[0]] for k, row in enumerate(sheet.rows) if row[0] in values}


def _of_places(sheet: FormSheet, staff_list: StaffList, language: str) -> dict[tuple[int, int], str]:
    """People and officers of every place, by its id, which stands in the last column."""
    column = {id: 1 + sheet.heads.index(words("column", FILE)[id].name[language]) for id in PLACES}
    return {
        (HEADS_ROW + 1 + k, column[f"{kind}.{tier}"]): str(staff_list[tier, row[-1]][part])
        for k, row in enumerate(sheet.rows)
        for part, kind in enumerate(("people", "frontline"))
        for tier in ("city", "county")
        if (tier, row[-1]) in staff_list
    }

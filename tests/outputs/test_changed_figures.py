"""What two versions of a base year give otherwise is told figure by figure, and nothing else is."""

from dataclasses import replace

import pytest

from model.evidence.baseline import shipped_baseline
from model.outputs.evidence.changed_figures import changed_figures
from model.outputs.words import LANGUAGES

HUNAN, GUANGDONG = shipped_baseline("hunan-2021"), shipped_baseline("guangdong-2016")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_base_year_does_not_differ_from_itself(language):
    assert changed_figures(HUNAN, HUNAN, 1, language).rows == ()


@pytest.mark.parametrize(
    ("changes", "row"),
    [
        ({"name": {**HUNAN.name, "en": "Xiang"}}, ("English name", "Xiang", HUNAN.name["en"])),
        ({"year": 2020}, ("Year", "2020", "2021")),
        ({"rules": "2016"}, ("Rules in force", "2016", "2021")),
        (
            {"report": {id: figure for id, figure in HUNAN.report.items() if id != "staff_total"}},
            (HUNAN.report["staff_total"].label["en"], "—", "● 2,359 people"),
        ),
        (
            {"prefectures": (replace(HUNAN.prefectures[0], county_level_units=8), *HUNAN.prefectures[1:])},
            ("Changsha: County-level units", "8", "9"),
        ),
        ({"people_of": {("city", "changsha"): (150.0, None)}}, ("Changsha: People at the city", "150", "—")),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_each_kind_of_figure_that_was_another_stands_in_one_row(changes, row):
    assert changed_figures(replace(HUNAN, **changes), HUNAN, 1, "en").rows == (row,)


def test_a_figure_known_otherwise_differs_though_its_number_is_the_same():
    """Taking over an inherited range as one's own is a change."""
    own = replace(HUNAN.assumptions["complaints"], inherited=True)
    (row,) = changed_figures(replace(HUNAN, assumptions={**HUNAN.assumptions, "complaints": own}), HUNAN, 3, "en").rows
    assert row[1].startswith("○ ") and row[2].startswith("◐ ") and row[1][2:] == row[2][2:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_two_base_years_are_told_apart_in_words(language):
    table = changed_figures(GUANGDONG, HUNAN, 12, language)
    assert "12" in table.heads[1] and len(table.rows) > 60
    assert all(all(cell for cell in row) and "_" not in "".join(row) for row in table.rows)

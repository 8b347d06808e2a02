"""Figures are the report's own, each has a source and a mark, and words exist in both languages."""

import csv
import re
import string
from datetime import date
from pathlib import Path

import pytest

from model.evidence import figures
from model.evidence.baseline import shipped_baseline
from model.outputs import words
from model.outputs.phrasing import evidence_terms

BASELINE = shipped_baseline("hunan-2021")
RULES = figures.read_rules(figures.FOLDER / "rules.csv")
FIGURES = [*BASELINE.report.values(), *BASELINE.benchmarks.values()]
TABLES = [
    *(one for one in sorted(figures.FOLDER.rglob("*.csv")) if one.stem not in ("records", "tier_names")),
    figures.FOLDER.parent / "scenario" / "levers.csv",
]


def rows_of(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def every_word_written(column: str) -> list[str]:
    return sorted({row[column] for table in TABLES for row in rows_of(table) if row.get(column)})


@pytest.mark.parametrize(
    ("id", "value"),
    [
        ("staff_total", 2359),
        ("frontline_total", 1504),
        ("bodies_total", 138),
        ("bodies_merged", 95),
        ("posts_quota_added", 475),
        ("cases_total", 7385),
        ("fines_total", 490_000_000),
        ("offsite_checks", 4356),
        ("offsite_problems", 472),
        ("service_contacts", 14_800),
    ],
)
def test_the_reports_figure_is_carried_unchanged(id, value):
    assert BASELINE.reported(id) == value


@pytest.mark.parametrize("id", sorted(BASELINE.report))
def test_a_reported_number_stands_in_its_quoted_sentence(id):
    figure = BASELINE.report[id]
    quote = figure.source["zh"].split("”")[0]
    forms = {
        f"{figure.value:.0f}",
        f"{figure.value * 100:.2f}%",
        f"{figure.value / 1e8:.1f}亿",
        f"{figure.value / 1e4:.2f}万",
    }
    forms |= {f"{figure.value / 1e4:.1f}万", "1/3" if figure.value == 0.3333 else "no such form"}
    assert any(form in quote for form in forms), (figure.value, quote)
    assert figure.source["en"].split("”")[0] == quote


def test_the_reports_figures_agree_with_each_other():
    assert round(BASELINE.reported("frontline_total") / BASELINE.reported("staff_total"), 4) == BASELINE.reported(
        "frontline_share"
    )
    special = ("cases_daily_fine", "cases_restrict_halt", "cases_seizure", "cases_detention", "cases_crime")
    assert sum(BASELINE.reported(id) for id in special) == 1411
    assert BASELINE.mid("special_share") == pytest.approx(1411 / 7385, abs=0.002)


def test_the_case_window_is_the_days_from_2019_to_the_report():
    days = (date(2021, 10, 25) - date(2019, 1, 1)).days
    assert BASELINE.cases_window_years == pytest.approx(days / 365.25, abs=0.001)


def test_the_prefectures_add_up_to_the_province():
    assert len(BASELINE.prefectures) == 14
    assert sum(p.county_level_units for p in BASELINE.prefectures) == 122
    assert sum(p.population for p in BASELINE.prefectures) == 66_444_864
    assert sum(p.area_km2 for p in BASELINE.prefectures) == 212_088
    assert sum(p.letters for p in BASELINE.prefectures) == 4_208
    gdp = sum(float(row["gdp_2021_100m_yuan"]) for row in rows_of(figures.FOLDER / "hunan-2021" / "prefectures.csv"))
    assert gdp == pytest.approx(46_064.6, abs=0.05)


def test_the_middle_split_of_staff_closes_on_the_report():
    staff = [BASELINE.mid(f"staff_{tier}") for tier in ("province", "city", "county")]
    share = [BASELINE.mid(f"frontline_share_{tier}") for tier in ("province", "city", "county")]
    assert sum(staff) == 2359
    assert sum(n * f for n, f in zip(staff, share, strict=True)) == pytest.approx(1504, abs=1)


def test_the_derived_benchmarks_are_the_arithmetic_they_show():
    shown = [b for b in BASELINE.benchmarks.values() if b.mark == "derived" and "/" in b.source["en"]]
    assert len(shown) >= 4
    for figure in shown:
        over, under = figure.source["en"].split(" / ")
        assert figure.value == pytest.approx(float(over) / float(under), rel=0.01), figure.id


@pytest.mark.parametrize("assumption", BASELINE.assumptions.values(), ids=lambda a: a.id)
def test_an_assumption_has_an_ordered_range_and_a_reason(assumption):
    assert assumption.low <= assumption.mid <= assumption.high
    assert assumption.unit
    assert _admits(assumption.basis["en"], "assum") == _admits(assumption.basis["zh"], "假设")
    assert _admits(assumption.basis["en"], "no source", "not found", "figure found", "estimate found") == _admits(
        assumption.basis["zh"], "未查到"
    )


def _admits(basis: str, *words: str) -> bool:
    return any(word in basis.lower() for word in words)


def test_only_the_remainders_and_the_closure_are_not_drawn():
    closed = {a.id for a in BASELINE.assumptions.values() if a.closed}
    assert closed == {"staff_county", "frontline_share_county", "other_duties_share", "visit_filed"}


def test_every_figure_has_a_mark_a_unit_and_a_source():
    assert {figure.mark for figure in FIGURES} == {"reported", "published", "derived"}
    for figure in [*FIGURES, *RULES]:
        assert figure.unit and figure.certainty and figure.source["zh"] and figure.source["en"], figure.id


def test_the_hold_outs_are_the_figures_named_so():
    held_out = {b.id for b in BASELINE.benchmarks.values() if b.use == "hold-out"}
    assert {"hunan_cases_2021", "nation_random_hit_2017", "zhejiang_cases_per_visit"} <= held_out
    assert all(isinstance(BASELINE.benchmarks[id].value, float) for id in held_out)


def test_a_published_figure_sets_a_range_or_is_held_out_but_never_both():
    for figure in BASELINE.benchmarks.values():
        assert (figure.use == "prior") == bool(figure.serves), figure.id
        assert set(figure.serves) <= BASELINE.assumptions.keys(), figure.id


@pytest.mark.parametrize("id", [b.id for b in BASELINE.benchmarks.values() if b.use == "hold-out"])
def test_no_reason_of_a_range_names_a_held_out_figure(id):
    figure = BASELINE.benchmarks[id]
    forms = {f"{figure.value:g}", f"{figure.value * 100:.3g}"}
    if figure.mark == "derived":
        forms.add(figure.source["en"].split(" / ")[0])
    for one in BASELINE.assumptions.values():
        assert not forms & set(re.findall(r"\d+(?:\.\d+)?", one.basis["en"] + one.basis["zh"])), one.id


def test_a_range_is_only_marked_published_or_derived_where_a_figure_a_law_or_the_report_gives_it():
    served = {id for figure in BASELINE.benchmarks.values() for id in figure.serves}
    of_law_or_report = {"working_days", "leave_days", "special_share"}
    for one in BASELINE.assumptions.values():
        assert one.mark in ("published", "derived", "assumed")
        assert one.mark == "assumed" or one.id in served | of_law_or_report, one.id
    assert sum(one.mark != "assumed" for one in BASELINE.assumptions.values()) >= 12


def test_a_rule_that_follows_another_starts_the_day_after():
    in_force = {rule.id: (rule.in_force_from, rule.in_force_to) for rule in RULES}
    assert len(in_force) == len(RULES)
    for earlier, later in [
        ("filing_days_2010", "filing_days"),
        ("deciding_level_2016", "deciding_level_2021"),
        ("deciding_level_2021", "deciding_level_2025"),
        ("working_days", "working_days_2025"),
        ("officers_per_visit_min_1996", "officers_per_visit_min"),
        ("decision_days_2010", "decision_days"),
    ]:
        assert (in_force[later][0] - in_force[earlier][1]).days == 1
    assert all(in_force[latest][1] is None for latest in ("filing_days", "deciding_level_2025", "working_days_2025"))


def test_the_law_of_2021_is_carried_unchanged():
    value = {rule.id: rule.value for rule in RULES}
    assert (value["officers_per_visit_min"], value["decision_days"], value["decision_extension_days"]) == (
        "2",
        "90",
        "60",
    )
    assert (value["random_key_city"], value["random_key_county"]) == ("0.05", "0.25")
    assert (value["random_general_city"], value["random_general_county"]) == ("5", "10")


def test_every_kind_of_base_year_has_its_own_names_in_both_languages():
    rows = rows_of(figures.FOLDER / "tier_names.csv")
    for kind in {row["base_year"] for row in rows}:
        here = [row for row in rows if row["base_year"] == kind]
        assert {row["language"] for row in here} == {"zh", "en"}, kind
        for row in here:
            texts = row["of_province"], row["instead"]
            assert texts[0].strip() and None not in row and None not in texts, row
            assert row["language"] == "zh" or not any(map(_chinese, texts)), row
    assert len({(row["base_year"], row["language"], row["of_province"]) for row in rows}) == len(rows)


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_every_text_of_a_table_stands_in_both_languages(table):
    rows = rows_of(table)
    pairs = [column[:-3] for column in rows[0] if column.endswith("_zh")]
    assert pairs
    for row in rows:
        for name in pairs:
            assert row[f"{name}_zh"].strip() and row[f"{name}_en"].strip(), (row["id"], name)
            assert not _chinese(row["label_en"] if name == "label" else ""), row["id"]
        assert _chinese(row.get("label_zh", row.get("name_zh", ""))), row["id"]
        assert len(set(row)) == len(row) and None not in row, row["id"]
    assert len({row["id"] for row in rows}) == len(rows)


def _chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


@pytest.mark.parametrize("kind", ["unit", "window", "certainty", "use"])
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_word_of_the_tables_has_a_phrase(kind, language):
    written = every_word_written(kind)
    assert written
    for one in written:
        phrase = evidence_terms.word(kind, one, language)
        assert phrase, one
        assert language == "en" or not set(phrase) & set(string.ascii_letters), (one, phrase)


def test_every_unit_has_a_phrase_of_its_own():
    slugs = {f"evidence.unit_{evidence_terms._slug(unit)}" for unit in every_word_written("unit")}
    assert slugs <= set(words.keys())
    assert len(slugs) == len(every_word_written("unit"))


def test_every_value_of_a_rule_and_every_mark_has_a_phrase():
    for language in words.LANGUAGES:
        assert all(evidence_terms.word("value", rule.value, language) for rule in RULES)
        assert all(
            evidence_terms.word("mark", mark, language) for mark in ("reported", "published", "derived", "assumed")
        )
    assert evidence_terms.word("value", "county", "zh") == "县级"


def test_an_unknown_word_is_not_passed_on_as_if_it_were_known():
    with pytest.raises(KeyError):
        evidence_terms.word("unit", "furlongs", "zh")


KEYS = sorted(words.keys())


@pytest.mark.parametrize("subject", sorted({key.partition(".")[0] for key in KEYS}))
def test_every_phrase_stands_in_both_languages_with_the_same_values(subject):
    for key in filter(lambda key: key.partition(".")[0] == subject, KEYS):
        chinese, english = (words.text(key, language) for language in words.LANGUAGES)
        assert chinese.strip() and english.strip(), key
        assert _values_in(chinese) == _values_in(english), key


def _values_in(phrase: str) -> set[str]:
    """Names in braces; Chinese counts a whole list where English counts all but the one it names."""
    names = {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None}
    return {"count" if name == "more" else name for name in names}

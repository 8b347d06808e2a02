"""Every document of base years other than Hunan's: it is made, and no figure in it is none."""

import re
from dataclasses import replace
from functools import cache
from html import escape
from io import BytesIO
from string import Formatter
from zipfile import ZipFile

import pytest
from base_year_workbooks import GUANGDONG as GUANGDONG_TYPED
from base_year_workbooks import filled, places, read
from other_base_years import GUANGDONG, HUNAN, NAMES, ONE_CITY, handout_of, part_of
from own_base_year import known
from thorough import pairs

from model import shipped_baseline
from model.evidence.baseline import Baseline
from model.evidence.figures import FOLDER, read_rules
from model.files.base_years.store import baseline_from
from model.outputs.evidence import evidence_table, health, listing, model_tests, not_reported, records_table
from model.outputs.evidence.fit import closing_sentences, known_figures
from model.outputs.inspections.bureau_plan import papers
from model.outputs.inspections.issuing_unit import issuing_unit
from model.outputs.package import package
from model.outputs.prefectures import staff_list_template
from model.outputs.story.common_slides import situation
from model.outputs.story.marks import SHAPES
from model.outputs.story.plan_story import plan_story
from model.outputs.story.teller import Teller
from model.outputs.words import LANGUAGES, keys, text
from model.projection.base_year import base_year_of, some_draws
from model.projection.project import against
from model.projection.statistics import ranks
from model.projection.unknowns.closing import closing
from model.scenario.levers import levers
from model.scenario.scenario import Scenario

NO_NUMBER = re.compile(r"\bnan\b|\binf\b|NaN|#DIV|#N/A|#VALUE|#REF")


@pytest.mark.by_night
@pytest.mark.parametrize(("name", "language"), pairs(NAMES, LANGUAGES))
def test_every_part_of_the_package_is_made(name, language):
    for part in package.PARTS:
        data = part_of(name, part.path, language)
        assert data, part.path
        if part.path.endswith((".html", ".csv", ".json", ".txt", ".svg")) and "method" not in part.path:
            assert not NO_NUMBER.search(data.decode()), part.path


@pytest.mark.parametrize(("name", "language"), pairs(NAMES, LANGUAGES))
def test_the_evidence_of_a_base_year_is_told(name, language):
    handout = handout_of(name, language)
    baseline, base = handout.baseline, handout.base
    told = [
        evidence_table.to_csv(
            evidence_table.rows(baseline, handout.projection.scenario.assumptions, language), language
        ).decode(),
        model_tests.in_terminal(handout.projection, base, language),
        listing.evidence_listing(baseline, read_rules(FOLDER / "rules.csv"), language),
        listing.levers_listing(baseline, language),
        staff_list_template.template_csv(baseline, language).decode(),
    ]
    for one in told:
        assert one and not NO_NUMBER.search(one.replace("inf |", "|"))
    assert len(papers(handout)) >= len(baseline.prefectures)


@pytest.mark.parametrize("name", NAMES)
def test_only_known_figures_are_held_against_the_report(name):
    handout = handout_of(name)
    checks = health.closure_checks(handout.base, "en")
    assert {check.id for check in checks} <= handout.baseline.report.keys()
    assert all(check.ok for check in checks)
    for id in handout.base.assumptions:
        band = health.band_in_kept_draws(handout.base, id)
        assert band.p10 <= band.p50 <= band.p90, id


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_of_dongguan_is_told_beside_the_model(language):
    handout = handout_of("guangdong cheaper_tasks", language)
    (row,) = records_table.record_rows(handout.base, language)
    assert row.recorded == 3642 and row.alone < row.used < row.recorded
    (sentence,) = records_table.sentences(handout.base, language)
    table = records_table.table(handout.base, language)
    assert table is not None
    figures = [f"{round(value):,}" for value in (row.recorded, row.alone, row.used)]
    assert list(table.rows[0][1:]) == figures
    assert all(figure in sentence for figure in figures)
    told = part_of("guangdong cheaper_tasks", "tables/evidence.csv", language).decode()
    assert sentence.replace('"', '""') in told
    assert GUANGDONG.records[0].source[language] in told


def test_a_base_year_without_records_has_no_table_of_them():
    assert records_table.table(handout_of("one city").base, "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_close_is_said_in_a_planners_words(language):
    found = closing(Scenario(baseline=GUANGDONG.id), GUANGDONG)
    said = " ".join(closing_sentences(found, GUANGDONG, language))
    assert f"{found.work_over_time:.1f}" in said and "70%" in said
    for id, _ in found.causes:
        assert GUANGDONG.assumptions[id].label[language] in said and id not in said
    assert "{" not in said


FORBIDDEN = re.compile(
    r"湖南|Hunan|长沙|Changsha|14 个市|14 市|14 cities|14 prefectures|29 个|29 teams|2021 年报告|2021 年布局"
)
"""Words of Hunan's base year."""
DOCUMENTS = ("brief.html", "tables/levers.csv", "tables/people.csv", "tables/measures.csv", "tables/bottlenecks.csv")


@cache
def told(name: str, language: str) -> str:
    """The words of the brief, the tables, the slides and the levers, without what the base year itself says."""
    handout = handout_of(name, language)
    baseline = handout.baseline
    story = plan_story(handout.projection, baseline, language, handout.stability, handout.why)
    parts = [part_of(name, path, language).decode() for path in DOCUMENTS]
    parts += [str(slide) for slide in story.slides]
    parts += [
        listing.levers_listing(baseline, language),
        model_tests.in_terminal(handout.projection, handout.base, language),
    ]
    parts += [one for lever in levers(baseline).values() for one in (*lever.label.values(), *lever.help.values())]
    said = "\n".join(parts)
    own = [*baseline.name.values(), *baseline.source.values()]
    for figure in (*baseline.report.values(), *baseline.benchmarks.values()):
        own += [*figure.label.values(), *figure.source.values()]
    for assumption in baseline.assumptions.values():
        own += [*assumption.label.values(), *assumption.basis.values()]
    own += [one.reason for one in handout.projection.scenario.assumptions.values()]
    for one in sorted(filter(None, own), key=len, reverse=True):
        said = said.replace(one, "").replace(escape(one), "")
    return said


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["guangdong cheaper_tasks", "one city"])
def test_no_document_speaks_of_hunan(name, language):
    said = told(name, language)
    assert len(said) > 20_000
    assert [said[max(m.start() - 40, 0) : m.end() + 40] for m in FORBIDDEN.finditer(said)] == []


def test_no_phrase_that_any_base_year_prints_names_the_shipped_one():
    """Phrases on a published figure are Hunan's alone, rules name their year, and a list has every province."""
    own = re.compile(r"bureau_plan\.provinces|evidence_page\.(why|check)_|choice_rules|evidence\.window_|^changes\.")
    wrong = [
        (key, language)
        for key in keys()
        for language in LANGUAGES
        if not own.search(key) and FORBIDDEN.search(text(key, language))
    ]
    assert wrong == []


WHOLE = re.compile(r"全省|[Ww]hole province|the province's need")
"""Words that take every base year for a province."""


@pytest.mark.by_night
def test_no_phrase_takes_a_base_year_for_a_province():
    """A city's or a prefecture's own base year is a whole too; the staff list has its own word for the province."""
    own = re.compile(r"evidence_page\.check_|prefectures\.whole_province|^changes\.")
    assert [key for key in keys() if not own.search(key) for one in LANGUAGES if WHOLE.search(text(key, one))] == []
    for name in ("one city", "one prefecture"):
        for language in LANGUAGES:
            assert not WHOLE.search(told(name, language)), (name, language)


def test_a_total_that_nobody_reported_is_not_marked_as_reported():
    """Guangdong reports two tiers; the third is assumed, and so is no sum of all."""
    handout = handout_of("guangdong cheaper_tasks")
    (slide,) = [one for one in plan_story(handout.projection, GUANGDONG, "zh").slides if one.id == "move"]
    (row,) = [line for line in slide.table.rows if line[0].startswith(text("story.all_tiers", "zh"))]
    assert SHAPES["reported"] not in "".join(row)
    assert SHAPES["derived"] in "".join(row)


PROVINCE_WORDS = {
    "zh": re.compile(r"省级|市级|市州|省、市|市、县|三级|省厅|全省"),
    "en": re.compile(r"\b(province|provincial|cit(y|ies)|prefectures?|three tiers)\b", re.IGNORECASE),
}
LAW_AND_NAMES = (
    "某市 2024",
    "Some City 2024",
    "Some City",
    "asks city and county for",
    "the province's own published cap",
)
"""What is of the law or a name, and so the same in a city."""
PAPERS = (
    "brief.html",
    "slides.pptx",
    "inspection-plan.xlsx",
    *(f"tables/{name}.csv" for name in ("measures", "people", "levers", "bottlenecks", "prefectures", "kept-draws")),
    *(f"pictures/{name}.svg" for name in ("people", "visits", "cases", "inspections")),
)


ISSUED = {
    "guangdong cheaper_tasks": ("广东省生态环境厅", "Guangdong Department of Ecology and Environment"),
    "one city": ("某市生态环境局", "Some City Ecology and Environment Bureau"),
    "one prefecture": ("省生态环境厅", "Provincial Department of Ecology and Environment"),
    "figures missing": ("湖南省生态环境厅", "Hunan Department of Ecology and Environment"),
}
"""Who issues the plan of the first tier; the base year of a prefecture does not say which province it is in."""


@pytest.mark.parametrize(("name", "language"), pairs(ISSUED, LANGUAGES))
def test_a_plan_is_issued_by_the_province_of_its_base_year_and_by_no_other(name, language):
    first, *places = papers(handout_of(name, language))
    assert first.units[1][1] == ISSUED[name][LANGUAGES.index(language)]
    assert first.title.startswith(first.units[1][1])
    others = {said[LANGUAGES.index(language)] for said in ISSUED.values()}
    assert not others & {paper.units[1][1] for paper in places}


@pytest.mark.parametrize(
    ("named", "issued"),
    [
        ("湖北省（2024）", "湖北省生态环境厅"),
        ("广西 2024", "广西壮族自治区生态环境厅"),
        ("重庆2024年", "重庆市生态环境局"),
        ("我们的现状", "省生态环境厅"),
        ("湖南长沙 2024", "省生态环境厅"),
    ],
)
def test_a_province_is_named_in_full_where_the_name_of_the_base_year_says_it(named, issued):
    own = replace(GUANGDONG, name={"zh": named, "en": named})
    assert issuing_unit("", own, "zh") == issued
    column = replace(own, prefectures=tuple(replace(one, province="陕西") for one in own.prefectures))
    assert issuing_unit("", column, "zh") == "陕西省生态环境厅"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_province_has_a_name_in_both_languages(language):
    comma = text("plan.list_comma", language)
    assert len(text("bureau_plan.provinces", language).split(comma)) == 31


def words_of(data: bytes) -> str:
    """What a paper says, without what a reader does not see: markup, ids and names of parts."""
    if data[:2] != b"PK":
        return re.sub(r"<style>.*?</style>|<[^>]+>", "\n", data.decode(), flags=re.DOTALL)
    with ZipFile(BytesIO(data)) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    return "\n".join(line for text in texts for line in re.findall(r">([^<>]+)<", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_papers_of_a_city_name_its_own_tiers(language):
    note = text("published.tiers_of_city", language)
    ids = re.compile(r"(?m:^|(?<=,))(province|city|county)(?=,)|staff\.\w+\.\w+")
    for path in PAPERS:
        said = ids.sub("", words_of(part_of("one city", path, language))).replace(note.strip(), "")
        for name in LAW_AND_NAMES:
            said = said.replace(name, "").replace(escape(name), "")
        found = [line.strip() for line in said.splitlines() if PROVINCE_WORDS[language].search(line)]
        assert not found, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_province_keeps_the_names_of_its_tiers_to_the_letter(language):
    for baseline in (shipped_baseline("hunan-2021"), GUANGDONG):
        assert type(baseline.names_in(language)) is str
    assert text("terms.tier_province", ONE_CITY.names_in("zh")) == "市本级"
    assert text("terms.tier_city", ONE_CITY.names_in("zh")) == "区县"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_for_a_city_has_the_values_of_the_one_for_a_province(language):
    own = ONE_CITY.names_in(language)
    for key in keys():
        values = {name for _, name, _, _ in Formatter().parse(text(key, language)) if name}
        here = {name for _, name, _, _ in Formatter().parse(text(key, own)) if name}
        assert here <= values, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tiers_of_a_city_are_said_before_its_limits_and_of_no_province(language):
    hunan = shipped_baseline("hunan-2021")
    city = replace(hunan, prefectures=tuple(replace(one, county_level_units=0) for one in hunan.prefectures))
    said = text("published.tiers_of_city", language)
    assert not_reported.limits(city, language).startswith(said)
    assert said not in not_reported.limits(hunan, language)


@pytest.mark.parametrize(("language", "said"), [("zh", "3,642 件"), ("en", "3,642 cases")])
def test_a_record_among_the_known_figures_has_its_unit(language, said):
    (dongguan,) = [one for one in known_figures(GUANGDONG, language)["known"] if "dongguan" in one.id]
    assert dongguan.written == said


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "2016 年前 6 个月立案 7,007 件"), ("en", "7,007 cases in 6 months from January 2016")]
)
def test_cases_of_half_a_year_are_those_of_six_months(language, said):
    handout = handout_of("guangdong cheaper_tasks", language)
    (slide,) = [one for one in plan_story(handout.projection, GUANGDONG, language).slides if one.id == "situation"]
    assert slide.headline.startswith(said)
    values = [figure.value for figure in slide.figures]
    assert len(values) == len({*values}) == 6, "a count of people stands there under two names"


# What a filled workbook gives.


@cache
def filled_in() -> Baseline:
    files, problems = read(filled(GUANGDONG_TYPED, places(), is_blank=True))
    assert problems == []
    baseline = baseline_from(files)
    assert isinstance(baseline, Baseline)
    return baseline


@pytest.mark.parametrize(
    ("language", "lacking", "tiers"), [("zh", "省级人数", "三级人数"), ("en", "the staff of the province", "by tier")]
)
def test_only_the_tiers_that_were_not_given_are_called_so(language, lacking, tiers):
    ours = filled_in()
    said = not_reported.not_reported(ours, language)
    assert lacking in said and tiers not in said
    assert tiers in not_reported.not_reported(HUNAN, language)
    province = known(ours.assumptions["staff_province"], 51.0)
    all_known = replace(ours, assumptions={**ours.assumptions, "staff_province": province})
    assert lacking not in not_reported.not_reported(all_known, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slide_of_the_situation_shows_the_people_and_visits_that_were_given(language):
    slide = situation(Teller(filled_in(), language))
    shown = {one.id: one for one in slide.figures}
    assert [shown[id].value for id in ("staff_city", "staff_county", "visits_base")] == ["842", "1,335", "345,329"]
    about = text("base_year_page.about", language)
    assert "staff_province" not in shown and not any(about in one.value for one in slide.figures)
    assert any("842" in note and "1469" in note and "/" not in note for note in slide.notes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_worked_out_for_a_cell_left_blank_is_not_called_known(language):
    blank = {key: value for key, value in GUANGDONG_TYPED.items() if key[1] != "bodies_county"}
    files, _ = read(filled(blank, places(), is_blank=True))
    ours = baseline_from(files)
    assert isinstance(ours, Baseline) and ours.assumptions["bodies_county"].is_known
    states = {one.id: one.state for state in known_figures(ours, language).values() for one in state}
    assert (states["bodies_county"], states["special_share"]) == ("follows", "follows")
    assert (states["staff_city"], states["visits_base"]) == ("known", "known")


def test_a_plan_that_merges_nothing_rests_on_nothing_that_merging_frees():
    plan = Scenario(levers={"staff.change.city": -20.0, "staff.change.county": 20.0})
    base = base_year_of(plan, HUNAN, 512)
    few = some_draws(base, slice(40))
    few = replace(few, rank_ids=base.rank_ids, ranks=ranks(few.assumed)[1], draws=replace(base.draws, kept=40))
    named = {id for measure in against(few, plan).measures.values() for id, _ in measure.rests_on}
    assert named and "merge_release" not in named
    merging = plan.with_decisions(levers={"merged_bodies": 130.0})
    assert "merge_release" in {id for m in against(few, merging).measures.values() for id, _ in m.rests_on}

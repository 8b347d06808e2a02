"""Why, in words and figures: base year + shares = plan as printed, and each sentence in both languages."""

import csv
import io
import re
from datetime import date

import numpy as np
import pytest
from openpyxl import load_workbook
from random_scenarios import random_levers

from model import Scenario, shipped_baseline
from model.outputs.answers.charts import explain_chart
from model.outputs.compare.comparison import measure_name
from model.outputs.handout import csv_tables
from model.outputs.handout.handout import Handout
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.numbers import amount, change
from model.outputs.phrasing.sentences import gains_in_words, limits_apart, with_limits
from model.outputs.prefectures import prefecture_table
from model.outputs.story.marks import unmarked
from model.outputs.story.plan_why import why_slide
from model.outputs.story.teller import PlanTeller
from model.outputs.why.sentence import cause_in_words, definitions, notes, sentence, sentences, through
from model.outputs.why.way import behind_table, data, spec, table, ways
from model.outputs.words import LANGUAGES, keys, text
from model.outputs.workbook.sheets.page import sheet_name
from model.outputs.workbook.workbook import workbook
from model.projection.base_year import base_year_of
from model.projection.project import against
from model.projection.why.step import GIVES
from model.projection.why.why import why
from model.scenario.levers import levers as levers_of
from model.year.measures import HEADLINES, MEASURE

BASELINE = shipped_baseline("hunan-2021")
BASELINE_LEVERS = levers_of(BASELINE)
SINK = {"staff.change.city": -100.0, "staff.change.county": 100.0}
CUT = {"other_duties_cut": 0.1}
LONGER = {"rules": "2025", "decision_limit": "120"}


def answered(levers: dict, draws: int = 1024):
    scenario = Scenario(levers=levers)
    base = base_year_of(scenario, BASELINE, draws)
    projection = coherent(against(base, scenario))
    return why(base, projection), projection


def number(written: str) -> float:
    return float(written.replace("−", "-").replace(",", "").replace("%", "").replace("+", ""))


def few_levers(seed: int) -> dict:
    return dict(list(random_levers(np.random.default_rng(seed), BASELINE, 0.15).items())[:4])


@pytest.mark.parametrize("levers", [SINK, {**SINK, "other_duties_cut": 0.02}, *map(few_levers, range(8))])
def test_base_year_and_shares_add_up_to_the_plan_as_printed(levers):
    answer, projection = answered(levers, 512)
    for most in (None, 3):
        for way in ways(answer, projection, BASELINE, "en", most):
            unit, total = MEASURE[way.id].unit, projection.measures[way.id].total
            assert (way.base, way.plan) == (total.base.p50, total.scenario.p50), "the figures of the cards"
            parts = sum(number(change(part.share, unit)) for part in way.parts)
            lack = number(amount(way.base, unit)) + parts - number(amount(way.plan, unit))
            assert abs(lack) < 1e-6, (way, most)
            assert len(way.parts) == min(len(answer.explanation.decisions), most or 99)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_of_a_share_is_told_in_points_under_a_head_of_percent(language):
    answer, projection = answered(SINK)
    way = ways(answer, projection, BASELINE, language)
    column, points = 1 + HEADLINES.index("on_time_share"), text("plan.points", language)
    cells = table(way, language)
    labels = [*data(way[column - 1], BASELINE, language)["label"]]
    assert [points in written for written in labels] == [False, True, False]
    assert [row[column] for row in cells.rows] == [written.removesuffix(points).rstrip() for written in labels]
    assert "%" in cells.heads[column] and {"zh": "百分点", "en": "points"}[language] in cells.heads[column]


def test_bars_are_laid_end_to_end_and_end_at_the_plan():
    answer, projection = answered({**SINK, "other_duties_cut": 0.02})
    for way in ways(answer, projection, BASELINE, "zh"):
        rows = data(way, BASELINE, "zh")
        first, *parts, last = rows.itertuples()
        assert first.end == 0 == parts[0].start
        assert [one.start for one in parts[1:]] == [one.end for one in parts[:-1]]
        assert last.end == pytest.approx(parts[-1].end)
        assert all(one.tier and one.assumption for one in parts), "a bar says its tier and assumption"


@pytest.mark.parametrize("of_chart", [spec, explain_chart.spec])
def test_the_axis_of_numbers_says_what_it_counts(of_chart):
    for language in LANGUAGES:
        bars, *_ = of_chart(4, language, "dark")["layer"]
        assert bars["encoding"]["x"]["axis"]["title"] == text("explain.axis", language)


def test_a_part_that_reads_as_nothing_has_nothing_behind_it():
    answer, projection = answered({"training_days": 20.0, "staff.change.county": 10.0, "staff.new_posts": 10.0})
    none = text("why.none", "zh")
    for way in ways(answer, projection, BASELINE, "zh"):
        for row in data(way, BASELINE, "zh").itertuples():
            assert (row.label == "0") <= (row.tier == none)


def test_the_sentence_names_the_binding_step():
    answer, projection = answered(SINK)
    loss = change(answer.causes[0].change, "cases a year").lstrip("−")
    said = {language: sentence(answer, projection, BASELINE, language) for language in LANGUAGES}
    measure = projection.measures["case_capacity"]
    city, whole = (change(one.difference.p50, "cases a year") for one in (measure.tiers["city"], measure.total))
    assert said["zh"] == (
        "市级少 100 人，本级法制审核变慢（县级案件由市级审核），"
        f"县级多了 100 人，能办的案件反而一年少 {loss} 件（市级 {city}、三级合计 {whole}）。"
    )
    assert said["en"] == (
        "With 100 fewer people at the cities, legal review slows down there "
        "(cases of the counties are reviewed at the cities); the counties have 100 more people, "
        f"yet can handle {loss} fewer cases a year (the cities {city}, all tiers {whole})."
    )
    printed = change(projection.measures["case_capacity"].tiers["county"].difference.p50, "cases a year")
    assert printed == f"−{loss}", "the figure of the chart by tier"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("levers", [SINK, SINK | CUT, SINK | {"rules": "2025"}, *map(few_levers, range(8))])
def test_the_change_of_a_tier_is_told_with_those_that_make_it_the_change_of_all(levers, language):
    """The sentence said 471 fewer beside a chart with 722 fewer."""
    answer, projection = answered(levers, 512)
    for cause in answer.causes:
        if cause.scope == "total":
            continue
        said = cause_in_words(cause, answer, projection, BASELINE, language)
        result, unit = projection.measures[cause.measure], MEASURE[cause.measure].unit
        *others, whole = map(number, re.findall(r"[+−]?\d[\d,.]*(?<=\d)", re.split("[（(]", said)[-1]))
        assert whole == number(change(result.total.difference.p50, unit))
        if unit != "share":
            assert number(change(cause.change, unit)) + sum(others) == whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_county_files_are_reviewed_is_said_only_where_the_rules_have_it_so(language):
    said = {"zh": "县级案件由市级审核", "en": "cases of the counties are reviewed at the cities"}[language]
    for rules, is_so in (("2021", True), ("2025", False)):
        answer, projection = answered(SINK | {"rules": rules})
        told = [cause_in_words(cause, answer, projection, BASELINE, language) for cause in answer.causes]
        assert is_so >= any(said in one for one in told), told
    answer, projection = answered(SINK)
    assert said in sentence(answer, projection, BASELINE, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terms_of_the_sentence_are_defined(language):
    answer, _ = answered(SINK)
    said = definitions(answer, language).split("\n")
    assert said == [text("glossary.review", language), text("glossary.case_capacity", language)]
    assert all(f"glossary.{id}" in set(keys()) for id in (*HEADLINES, *GIVES)), "every figure and step is defined"


def test_what_no_step_explains_is_said_so():
    answer, projection = answered({"rules": "2025"})
    assert sentence(answer, projection, BASELINE, "zh") == text("why.unconfirmed", "zh")
    assert notes(answer, "zh") == (text("why.how_to_read", "zh"),), "nothing is said to be confirmed"
    still, same = answered({"horizon_months": 36.0})
    assert sentence(still, same, BASELINE, "en") == text("plan.gain_none", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("levers", [SINK | CUT, CUT | {"training_days": 18.0}])
def test_a_decision_is_told_with_its_own_part_of_the_change_as_the_chart_shows_it(levers, language):
    answer, projection = answered(levers)
    (way, *_) = (way for way in ways(answer, projection, BASELINE, language) if way.id == "visits")
    told = next(cause for cause in answer.causes if (cause.measure, cause.scope) == ("visits", "total"))
    own = way.parts[answer.explanation.decisions.index(told.decision)].share
    said = cause_in_words(told, answer, projection, BASELINE, language)
    figures = [change(value, MEASURE["visits"].unit) for value in (own, way.change - own)]
    assert sum(map(number, figures)) == number(change(way.change, MEASURE["visits"].unit))
    assert all(figure in said for figure in figures)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(6))
def test_every_cause_has_a_sentence_without_gaps(seed, language):
    answer, projection = answered(random_levers(np.random.default_rng(seed), BASELINE, 0.1), 512)
    for cause in answer.causes:
        said = cause_in_words(cause, answer, projection, BASELINE, language)
        assert "{" not in said and "  " not in said and "，，" not in said
        assert said.endswith("。" if language == "zh" else ".")
    assert all(isinstance(through(answer, id, language), str) for id in HEADLINES)
    rows = ways(answer, projection, BASELINE, language)
    assert len(table(rows, language).rows) == len(answer.explanation.decisions) + 2
    assert len(behind_table(rows, BASELINE, language).rows) == 4 * (len(answer.explanation.decisions) + 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_change_is_told_by_decision_where_no_sentence_explains_it(language):
    """Of +71.8 % cases, most of it from the rules, nothing was said."""
    answer, projection = answered({**CUT, **LONGER})
    *_, said = sentences(answer, projection, BASELINE, language)
    rules = BASELINE_LEVERS["rules"].label[language]
    share = next(way for way in ways(answer, projection, BASELINE, language) if way.id == "case_capacity").parts
    part = next(change(one.share, "cases a year") for one in share if one.name == rules)
    assert f"{rules} {part}" in said
    assert change(projection.measures["case_capacity"].total.difference.p50, "cases a year").lstrip("+") in said
    answer, projection = answered(CUT)
    head = text("why.largest_alone", language, result="", parts="")[:5]
    assert not any(line.startswith(head) for line in sentences(answer, projection, BASELINE, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("levers", [{**CUT, **LONGER}, SINK])
def test_the_slide_says_why_in_all_sentences_of_the_page(levers, language):
    """Of +71.8 % cases it said nothing, which page and brief told."""
    answer, projection = answered(levers)
    slide = why_slide(PlanTeller(BASELINE, language, projection), answer)
    beside = slide.points or slide.notes[:1]  # In English two limits in a head leave no room but in the notes.
    assert slide.points or language == "en"
    shown = [unmarked(line)[0].strip() for line in (slide.headline, *beside)]
    said = [line.rstrip("。.") for line in sentences(answer, projection, BASELINE, language)]
    assert [line.rstrip("。.") for line in shown] == said and len(said) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slide_shows_the_part_of_the_decision_that_its_headline_names(language):
    """The cut of +20,374 was one of 'the other 4', beside a merger of +1,324."""
    answer, projection = answered({**CUT, **LONGER, "merged_bodies": 120.0, "offsite_checks": 6000.0, **SINK})
    slide = why_slide(PlanTeller(BASELINE, language, projection), answer)
    cut = BASELINE_LEVERS["other_duties_cut"].label[language]
    row = next(row for row in slide.table.rows if row[0].startswith(cut))
    assert row[1] in slide.headline
    for way in ways(answer, projection, BASELINE, language, 3):
        assert len(way.parts) == 3 and round(sum(part.share for part in way.parts) - way.change, 6) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_share_within_another_limit_than_the_base_years_says_both(language):
    """A share within 120 days stood against one within 90 without a word."""
    for levers, apart in ((LONGER, True), (SINK, False), ({"rules": "2025"}, False)):
        answer, projection = answered(levers, 512)
        limits = limits_apart("on_time_share", projection.scenario, language)
        assert bool(limits) == apart and not limits_apart("visits", projection.scenario, language)
        if apart:
            assert "90" in limits and "120" in limits
            assert limits in gains_in_words(projection, language)
            assert limits in measure_name("on_time_share", [projection], language)
            rows = ways(answer, projection, BASELINE, language)
            assert [limits in head for head in table(rows, language).heads[1:]] == [limits in row.name for row in rows]
            assert [row.id for row in rows if limits in row.name] == ["on_time_share"]
            both = measure_name("on_time_share", [projection, projection], language)
            assert both == text("plan.headline_on_time_share", language, days="120")


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_files_and_tables_say_both_limits_too(language):
    for levers, apart in ((LONGER, True), ({"rules": "2025"}, False)):
        projection = answered(levers, 512)[1]
        scenario, one = projection.scenario, Handout(projection, BASELINE, date(2026, 11, 30), language)
        name = with_limits(text("terms.measure_on_time_share", language), "on_time_share", scenario, language)
        head = prefecture_table.heading("on_time", language, scenario)
        assert ("120" in name) == ("120" in head) == apart and "120" not in prefecture_table.heading("visits", language)
        measures, places = (list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) for data in _tables(one))
        assert name in {row[1] for row in measures} and head in places[0]
        book = load_workbook(io.BytesIO(workbook(projection, BASELINE, one.made_on, language)), data_only=True)
        for sheet in ("results", "levers"):
            assert name in {
                cell.value for row in book[sheet_name(sheet, language)].iter_rows(max_col=3) for cell in row
            }


def _tables(handout: Handout) -> tuple[bytes, bytes]:
    return csv_tables.measures(handout), csv_tables.prefectures(handout)

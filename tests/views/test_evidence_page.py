"""The Evidence page: what it shows, and how an assumption is changed, refused and put back."""

import re
from html import escape, unescape
from urllib.parse import parse_qs

import pytest
from one_page import drawn_html as drawn
from one_page import opened_page
from printed_figures import assert_adds_up
from streamlit.testing.v1 import AppTest

from model import ChangedAssumption, Scenario, project, shipped_baseline
from model.outputs.evidence.evidence_table import mark_in_words, rows
from model.outputs.evidence.kept_draws import shift_rows
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import base_year_of
from model.year.measures import HEADLINES

BASELINE = shipped_baseline("hunan-2021")
KEPT = f"{base_year_of(Scenario(), BASELINE).draws.kept:,}"
RUDE = "**粗** <b>x</b> :red[y] $a$ ![](http://x) =1"


def opened(language: str = "en", **address: str) -> AppTest:
    return opened_page("evidence", language, **address)


def numbers(page: AppTest):
    return next(box for box in page.selectbox if box.key.startswith("evidence-choose"))


def show(page: AppTest, id: str) -> None:
    numbers(page).select(id).run()
    assert not page.exception


def boxes(page: AppTest, name: str):
    return next(box for box in page.number_input if f"-{name}-" in box.key)


def apply(page: AppTest, reason: str, **values: float) -> None:
    for name, value in values.items():
        boxes(page, name).set_value(value)
    page.text_area[0].set_value(reason)
    next(button for button in page.button if button.label in ("Apply", "应用")).click().run()
    assert not page.exception


def button(page: AppTest, key: str):
    return next((one for one in page.button if one.key == key), None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_health_table_readings_and_limits_are_there(language):
    page = opened(language)
    said = drawn(page)
    for key in (
        "draws_title",
        "closure_title",
        "held_title",
        "checks_title",
        "filter_title",
        "table_title",
        "readings_title",
        "limit_causal",
    ):
        assert text(f"evidence_page.{key}", language) in said
    for figure in ("2,359", "1,504", "63.76%", "138", "7,385", "472 / 4,356"):
        assert figure in said
    assert said.count("✓</td>") == 6
    missed = sum(not row.hit for row in project(Scenario()).holdouts)
    assert said.count(text("evidence_page.result_missed", language)) == 2 * missed
    assert all(escape(row.label) in said for row in shift_rows(base_year_of(Scenario(), BASELINE), language))
    assert text("evidence_page.result_edge", language) in said
    assert len(page.dataframe[0].value) == len(rows(BASELINE, {}, "en"))
    assert "evidence_page." not in said
    pills = next(one for one in page.pills if one.label == text("evidence_page.filter_mark", language))
    counts = [int(option.split()[-1]) for option in pills.options]
    assert sum(counts) == len(rows(BASELINE, {}, language))
    for panel, results in (("held", ("hit", "partly", "missed")), ("checks", ("given", "inside", "edge", "outside"))):
        (shown,) = re.findall(rf'<section class="panel {panel}".*?</section>', said, re.DOTALL)
        classes = re.findall(r'<tr class="(\w+)"', shown)
        assert set(classes) <= {*results, "dependent"}, panel
        told = [int(n) for n in re.findall(r"\d+", re.sub("<.*?>", "", shown.split("</table>")[-1]))]
        counted = [classes.count("hit"), len(classes) - classes.count("missed")]
        if panel == "checks":
            counted = [classes.count(result) for result in results[-2:]]
        assert len(classes) in told and set(counted) <= set(told), panel


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reported_number_is_shown_with_the_chinese_sentence(language):
    page = opened(language)
    show(page, "report.bodies_merged")
    assert '<blockquote lang="zh">138个执法机构中有95个实行“局队合一”模式</blockquote>' in drawn(page)
    show(page, "derived.cases_a_year")
    assert "7,385 ÷" in drawn(page)


def test_the_address_names_the_number_and_a_link_to_an_assumption_opens_it_by_its_address():
    page = opened()
    page.session_state["page"] = "evidence"  # as the frame of the pages notes it
    show(page, "report.bodies_merged")
    assert page.query_params["number"] == "report.bodies_merged"
    plan = opened_page("plan", "en")
    links = re.findall(r'href="evidence\?([^"]*)"[^>]*data-number="([^"]*)"', drawn(plan))
    assert links
    assert all(parse_qs(unescape(address))["number"] == [number] for address, number in links)
    assert "number" not in plan.query_params
    followed, label = opened(number=links[0][1]), BASELINE.assumptions[links[0][1].partition(".")[2]].label["en"]
    assert numbers(followed).value == links[0][1]
    assert label in followed.dataframe[0].value.iloc[0].tolist()


@pytest.mark.parametrize("number", ["no.such.number", "<b>x</b>", "x" * 5_000])
def test_a_number_that_an_address_makes_up_shows_the_first(number):
    first = rows(BASELINE, {}, "en")[0].id
    assert numbers(opened(number=number)).value == first


def test_filter_and_search_narrow_the_table_and_nothing_found_is_a_page_of_its_own():
    page = opened()
    page.text_input(key="evidence-search").set_value("信访").run()
    assert 3 <= len(page.dataframe[0].value) <= 12
    page.text_input(key="evidence-search").set_value("no such thing").run()
    assert not page.dataframe and page.text[0].value == text("evidence_page.none_title", "en")
    button(page, "clear-filter").click().run()
    assert len(page.dataframe[0].value) == len(rows(BASELINE, {}, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_of_one_name_are_told_apart_by_value_and_time(language):
    page = opened(language)
    options = numbers(page).options
    assert len(set(options)) == len(options)
    days = [
        option for option in options if {"zh": "法定工作日", "en": "Statutory working days a year"}[language] in option
    ]
    assert any("248" in option and "2025-01-01" in option for option in days)
    assert not [option for option in options if re.search(r"· (rule|assumption|derived|benchmark)\.", option)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_assumption_is_changed_with_a_reason_and_put_back(language):
    page = opened(language)
    show(page, "assumption.visits_base")
    apply(page, RUDE, low=50_000, mid=70_000)
    changed = {"visits_base": ChangedAssumption(50_000, 70_000, 120_000, RUDE)}
    assert page.session_state.scenario.assumptions == changed
    assert page.query_params["assumptions.visits_base.mid"] == "70000"
    (effect,) = (one.value for one in page.table if text("evidence_page.effect_change", language) in one.value)
    assert len(effect) == len(HEADLINES)
    for name, before, after, change in effect.itertuples(index=False):
        assert_adds_up(before, after, change, where=name)
    assert "&lt;b&gt;x&lt;/b&gt;" in drawn(page) and "<b>x</b>" not in drawn(page)
    assert not any("粗" in one.value for one in [*page.markdown, *page.caption])
    button(page, "put-back-visits_base").click().run()
    assert page.session_state.scenario.assumptions == {}
    assert boxes(page, "mid").value == 61_500
    button(page, "undo").click().run()
    assert page.session_state.scenario.assumptions == changed


def test_what_is_typed_for_an_assumption_stays_until_it_is_applied_or_put_back():
    page = opened()
    show(page, "assumption.visits_base")
    boxes(page, "mid").set_value(70_000.0)
    page.text_area[0].set_value("counted").run()
    show(page, "assumption.site_days")
    assert page.text_area[0].value == ""
    show(page, "assumption.visits_base")
    assert (boxes(page, "mid").value, page.text_area[0].value) == (70_000, "counted")
    apply(page, "counted")
    page.text_area[0].set_value("counted anew").run()
    button(page, "put-back-visits_base").click().run()
    assert (boxes(page, "mid").value, page.text_area[0].value) == (61_500, "")


def test_all_changed_assumptions_are_put_back_together_and_decisions_stay():
    page = opened(other_duties_cut="0.1")
    for id, mid in (("site_days", 0.45), ("complaint_days", 1.5)):
        show(page, f"assumption.{id}")
        apply(page, "measured", mid=mid)
    assert set(page.session_state.scenario.assumptions) == {"site_days", "complaint_days"}
    button(page, "put-all-back").click().run()
    assert page.session_state.scenario.assumptions == {}
    assert page.session_state.scenario.levers == {"other_duties_cut": 0.1}


def test_a_share_is_typed_in_percent_and_kept_as_a_share():
    page = opened()
    show(page, "assumption.targeted_share")
    assert boxes(page, "mid").value == 25
    apply(page, "register", mid=30)
    assert page.session_state.scenario.assumptions["targeted_share"].mid == 0.3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("reason", "values", "keys"),
    [
        ("", {"mid": 70_000.0}, ["wrong_reason"]),
        ("  ", {"mid": 30_000.0}, ["wrong_order", "wrong_reason"]),
        ("why", {}, ["wrong_nothing"]),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(language, reason, values, keys):
    page = opened(language)
    show(page, "assumption.visits_base")
    apply(page, reason, **values)
    given = {"low": "45,000", "mid": "30,000", "high": "120,000"}
    for key in keys:
        assert text(f"evidence_page.{key}", language, **given if key == "wrong_order" else {}) in drawn(page)
    assert page.session_state.scenario.assumptions == {}
    assert boxes(page, "mid").value == values.get("mid", 61_500), "what was typed stays"


def test_what_a_file_would_refuse_is_refused_here():
    page = opened()
    show(page, "assumption.site_days")
    apply(page, "nothing takes no time", low=0.0)
    assert 'class="wrong"' in drawn(page)
    assert page.session_state.scenario.assumptions == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_assumption_is_explained_and_has_no_middle(language):
    page = opened(language)
    show(page, "assumption.other_duties_share")
    assert text("evidence_page.change_closed", language) in [caption.value for caption in page.caption]
    assert len(page.number_input) == 2
    apply(page, "narrower", low=40.0)
    assert page.session_state.scenario.assumptions["other_duties_share"].low == 0.4
    span = text("evidence_page.range_closed", language, low="40%", high="70%")
    assert span in drawn(page).split('class="panel closure"')[0], "the health panel names the range in use"


@pytest.mark.parametrize("language", LANGUAGES)
def test_assumptions_that_do_not_fit_are_refused_and_can_be_taken_back(language):
    page = opened(language)
    show(page, "assumption.complaint_days")
    apply(page, "impossible", low=12.0, mid=13.0, high=14.0)
    assert text("plan.too_few_title", language) in drawn(page)
    assert text("evidence_page.still_shown", language) in [caption.value for caption in page.caption]
    assert KEPT in drawn(page), "the figures from before stay"
    button(page, "take-back").click().run()
    assert page.session_state.scenario.assumptions == {}
    assert text("plan.too_few_title", language) not in drawn(page)


def test_a_link_with_assumptions_that_do_not_fit_still_opens_and_can_be_put_right():
    given = {"low": "12", "mid": "13", "high": "14", "reason": "x"}
    page = opened(**{f"assumptions.complaint_days.{key}": value for key, value in given.items()})
    assert text("plan.too_few_title", "en") in drawn(page)
    button(page, "put-back-complaint_days").click().run()
    assert text("plan.too_few_title", "en") not in drawn(page)
    assert KEPT in drawn(page)


def test_the_report_is_read_otherwise_and_back_again():
    page = opened()
    page.radio[1].set_value("outside").run()
    assert page.session_state.scenario.reading == {"special_cases": "outside"}
    assert "8,796" in drawn(page)
    page.radio[0].set_value("posts").run()
    assert page.session_state.scenario.reading == {"special_cases": "outside", "staff": "posts"}
    page.radio[1].set_value("inside").run()
    assert page.session_state.scenario.reading == {"staff": "posts"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_range_on_a_published_figure_has_its_mark_and_still_its_reason(language):
    page = opened(language)
    show(page, "assumption.targeting_lift")
    card = drawn(page).split('class="detail"')[1]
    assert mark_in_words("published", language) in card
    assert f"<h4>{text('evidence_page.basis', language)}</h4>" in card

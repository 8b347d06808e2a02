"""The method to read on the evidence page: by its contents, by an address, by a link, in both languages."""

import re
from html import escape, unescape

import pytest
from streamlit.testing.v1 import AppTest
from test_evidence_page import button, drawn, opened, show
from thorough import pairs

from model.evidence.method import sections
from model.outputs.evidence.method_text import section_name
from model.outputs.words import LANGUAGES, text


def contents(page: AppTest):
    return next(box for box in page.radio if box.key.startswith("method-section"))


def views(page: AppTest):
    return next(box for box in page.button_group if box.key.startswith("evidence-view"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_shown_first_and_the_method_is_one_click_away(language):
    page = opened(language)
    assert text("evidence_page.table_title", language) in drawn(page) and 'class="method"' not in drawn(page)
    views(page).set_value("method").run()
    assert not page.exception
    assert 'id="section-0"' in drawn(page) and page.query_params["section"] == "0"
    assert text("evidence_page.table_title", language) not in drawn(page)
    assert contents(page).options == [section_name(one, language) for one in sections(language)]
    views(page).set_value("figures").run()
    assert "section" not in page.query_params and text("evidence_page.table_title", language) in drawn(page)


@pytest.mark.parametrize(("number", "language"), pairs(range(19), LANGUAGES))
def test_every_section_has_an_address(language, number):
    page = opened(language, section=str(number))
    assert f'id="section-{number}"' in drawn(page)
    assert escape(sections(language)[number].title.split("：")[0]) in drawn(page)
    assert contents(page).value == str(number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_are_turned_to_by_contents_and_by_the_ways_on_and_back(language):
    page = opened(language, section="8")
    contents(page).set_value("14").run()
    assert 'id="section-14"' in drawn(page) and page.query_params["section"] == "14"
    button(page, "method-back").click().run()
    assert 'id="section-13"' in drawn(page) and contents(page).value == "13"
    button(page, "method-on").click().run()
    button(page, "method-on").click().run()
    assert 'id="section-15"' in drawn(page)
    contents(page).set_value("18").run()
    assert button(page, "method-on") is None
    contents(page).set_value("0").run()
    assert button(page, "method-back") is None and not page.exception


def test_the_section_survives_a_switch_of_language_and_the_plan_goes_with_it():
    page = opened("en", section="8", other_duties_cut="0.1")
    said = drawn(page)
    assert "Erlang" in said
    cited = {unescape(link) for link in re.findall(r'href="(\?[^"]+)" data-section="11"', said)}
    assert cited == {"?other_duties_cut=0.1&section=11&lang=en"}, "a click that nothing hears yet keeps the plan"
    page.session_state.language = "zh"
    page.run()
    assert 'id="section-8"' in drawn(page) and "爱尔朗" in drawn(page) and not page.exception
    assert contents(page).value == "8"
    assert page.session_state.scenario.levers == {"other_duties_cut": 0.1}


@pytest.mark.parametrize("given", ["19", "-1", "8.0", "x", "<b>", "８"])
def test_an_address_that_names_no_section_shows_the_figures(given):
    page = opened("en", section=given)
    assert 'class="method"' not in drawn(page) and not page.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_leads_to_the_sections_that_use_it(language):
    page = opened(language)
    assert drawn(page).split('class="health"')[1].count('data-section="10"') >= 3
    show(page, "assumption.site_days")
    detail = drawn(page).split('class="detail"')[1]
    assert text("evidence_page.method_cited", language, number=5) in detail and 'data-section="5"' in detail
    show(page, "assumption.case_time_cv")
    assert 'data-section="8"' in drawn(page).split('class="detail"')[1]

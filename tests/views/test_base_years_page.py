"""The Base years page: the list, why figures fit or not, the readings, and one's own workbook."""

from pathlib import Path

import pytest
from one_page import answered, opened_page
from one_page import drawn_html as drawn
from streamlit.testing.v1 import AppTest

from model import ChangedAssumption, Scenario
from model.command_line.main import main
from model.evidence.base_year_folders import find_baseline
from model.files.base_years.store import BaseYears
from model.files.tables.form_cells import sheets_of, with_cells
from model.outputs.words import LANGUAGES, text
from model.outputs.workbook.base_year_form import base_year_workbook
from model.projection.base_year import follows_from
from views.decide.page import QUESTIONS
from views.shell.session import session

PAGES = ("plan", "compare", "decide", "prefectures", "present", "evidence", "base_years")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FRONTLINE_BASELINES", str(tmp_path))


def click(page, key: str):
    next(button for button in page.button if button.key == key).click().run()
    assert not page.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_base_years_are_listed_and_the_plans_own_is_marked(language):
    said = drawn(opened_page("base_years", language))
    assert "湖南 2021" in said or "Hunan 2021" in said
    assert "广东 2016" in said or "Guangdong 2016" in said
    assert said.count('aria-current="true"') == 1
    assert text("base_year_page.closes", language, drawn="4,096", kept="2,713", share="52%") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_guangdong_says_why_it_does_not_close_and_closes_as_it_is_read(language):
    page = opened_page("base_years", language, baseline="guangdong-2016")
    said = drawn(page)
    assert "1.8" in said
    assert "site_days" not in said, "an assumption is named by its label"
    for reading in ("cheaper_tasks", "more_hands"):
        click(page, f"read-{reading}")
        assert text("base_year_page.does_not_close", language, times="1.8", kept="0", drawn="4,096") not in drawn(page)
        assert "60%" in drawn(page) or "%" in drawn(page)


@pytest.mark.parametrize("page_name", PAGES)
def test_every_page_shows_guangdong_under_a_reading(page_name):
    page = opened_page("base_years", "zh", baseline="guangdong-2016")
    click(page, "read-cheaper_tasks")
    address = {key: value for key, value in page.query_params.items() if key != "lang"}
    shown = opened_page(page_name, "zh", **address)
    assert not shown.exception
    said = drawn(shown)
    assert "湖南" not in said.replace("湖南 2021", "") or page_name in ("base_years", "evidence")


def _two_plans(name: str) -> None:
    """A page, with the plan that the session is told to go to."""
    from importlib import import_module

    import streamlit as st

    from views.shell.session import session

    session.start()
    if "go_to" in st.session_state:
        session.step(st.session_state.pop("go_to"))
    getattr(import_module(f"views.{name}.page"), name)()


def went_on(page_name: str, plan: Scenario, **address: str) -> tuple[AppTest, str]:
    """A page on which a plan took the place of Hunan's that was worked out there, and what it showed before."""
    page = AppTest.from_function(_two_plans, kwargs={"name": page_name}, default_timeout=60)
    page.context["locale"] = "zh-CN"
    for key, value in {"staff.change.city": "-100", "staff.change.county": "100", **address}.items():
        page.query_params[key] = value
    for _ in range(3):
        page.run()
    before = drawn(page)
    page.session_state["go_to"] = plan
    for _ in range(3):
        answered(page.run())
    return page, before


ONLY_GUANGDONG = Scenario(baseline="guangdong-2016", levers={"staff.change.city": -20.0, "staff.change.county": 20.0})
NEVER = {"officers_per_visit": ChangedAssumption(12.0, 13.0, 14.0, "为检验")}


@pytest.mark.parametrize("page_name", PAGES)
def test_no_page_shows_results_of_another_base_year_for_one_that_does_not_close(page_name):
    page, before = went_on(page_name, ONLY_GUANGDONG)
    said = drawn(page)
    is_told = text("plan.too_few_title", "zh") in said
    assert is_told or page_name == "base_years"
    assert (text("plan.too_few_mend", "zh") in said) == is_told, "nothing was changed that could be taken back"
    assert text("plan.too_few_next", "zh") not in said
    assert "data-failure" not in said
    for figure in ("71,677", "72,598", "2,713"):
        assert figure not in said, figure
    assert "71,677" in before or page_name not in ("plan", "compare")
    shown_before = {text(f"{room}.still_shown", "zh") for room in ("plan", "compare", "decide", "evidence_page")}
    assert not shown_before & {one.value for one in page.caption}


@pytest.mark.parametrize("page_name", ["plan", "compare", "prefectures", "evidence"])
def test_the_last_result_of_the_same_base_year_stays_under_assumptions_that_do_not_close(page_name):
    page, _ = went_on(page_name, Scenario(levers={"other_duties_cut": 0.05}, assumptions=NEVER))
    assert text("plan.too_few_title", "zh") in drawn(page)
    assert text("plan.too_few_next", "zh") in drawn(page) and text("plan.too_few_mend", "zh") not in drawn(page)
    assert "data-failure" not in drawn(page)
    shown_before = {text(f"{room}.still_shown", "zh") for room in ("plan", "compare", "evidence_page")}
    assert shown_before & {one.value for one in page.caption}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_answers_with_another_base_year_or_fails(question):
    page, _ = went_on("decide", ONLY_GUANGDONG, ask=question)
    assert text("plan.too_few_title", "zh") in drawn(page) or question == "targets"
    assert "data-failure" not in drawn(page)
    assert text("decide.still_shown", "zh") not in {one.value for one in page.caption}


def test_a_plan_goes_over_to_another_base_year_with_what_makes_sense():
    page = opened_page("base_years", "zh", other_duties_cut="0.05", merged_bodies="120")
    next(box for box in page.selectbox if box.key.startswith("base-year")).select("guangdong-2016").run()
    click(page, "base-year-use")
    assert page.query_params["baseline"] == "guangdong-2016"
    assert page.query_params["other_duties_cut"] == "0.05"
    assert "merged_bodies" not in page.query_params
    assert "局队合一机构" in drawn(page), "what stayed behind is named"


def test_a_filled_workbook_becomes_a_base_year_and_can_be_deleted_and_brought_back(tmp_path):
    blank = base_year_workbook(BaseYears().files("hunan-2021"), "zh", name={"zh": "某省 2025", "en": "Some 2025"})
    data = with_cells(blank, {"来源": {(7, 3): "2025", (8, 3): "某省年报"}})
    page = opened_page("base_years", "zh")
    page.file_uploader[0].upload("own.xlsx", data, "application/octet-stream").run()
    assert not page.exception
    (own,) = [entry.id for entry in BaseYears().entries() if not entry.ships]
    assert "某省 2025" in drawn(page)
    click(page, "base-year-use")
    assert page.query_params["baseline"] == own
    click(page, "base-year-delete")
    assert [entry.id for entry in BaseYears().entries() if not entry.ships] == []
    click(page, "base-year-undelete")
    assert [entry.id for entry in BaseYears().entries() if not entry.ships] == [own]


def workbook_of(year: str) -> bytes:
    blank = base_year_workbook(BaseYears().files("hunan-2021"), "zh", name={"zh": "某省", "en": "Some"})
    return with_cells(blank, {"来源": {(7, 3): year, (8, 3): "某省年报"}})


@pytest.mark.by_night
def test_a_second_workbook_of_the_same_name_says_that_it_replaces_and_can_be_taken_back():
    page = opened_page("base_years", "zh")
    page.file_uploader[0].upload("one.xlsx", workbook_of("2024"), "application/octet-stream").run()
    assert "base-year-unreplace" not in {button.key for button in page.button}
    (own,) = [entry for entry in BaseYears().entries() if not entry.ships]
    page.file_uploader[0].upload("two.xlsx", workbook_of("2025"), "application/octet-stream").run()
    assert not page.exception
    assert find_baseline(own.id).year == 2025
    assert text("base_year_page.replaced", "zh", id=own.id) in [one.value for one in page.text]
    click(page, "base-year-unreplace")
    assert find_baseline(own.id).year == 2024
    assert "base-year-unreplace" not in {button.key for button in page.button}


def test_what_was_kept_before_is_not_said_above_what_is_refused():
    page = opened_page("base_years", "zh")
    page.file_uploader[0].upload("one.xlsx", workbook_of("2024"), "application/octet-stream").run()
    kept = text("base_year_page.kept", "zh", id="some")
    assert kept in drawn(page)
    page.file_uploader[0].upload("two.xlsx", b"no workbook", "application/octet-stream").run()
    assert kept not in drawn(page) and any("two.xlsx" in one.value for one in page.text)
    page.file_uploader[0].upload("one.xlsx", workbook_of("2025"), "application/octet-stream").run()
    assert kept in drawn(page) and not any("two.xlsx" in one.value for one in page.text)
    click(page, "base-year-delete")
    assert kept not in drawn(page)


def test_a_wrong_workbook_is_refused_in_words_and_keeps_nothing():
    page = opened_page("base_years", "zh")
    page.file_uploader[0].upload("own.xlsx", b"no workbook", "application/octet-stream").run()
    assert not page.exception
    assert [entry.id for entry in BaseYears().entries() if not entry.ships] == []
    assert any("own.xlsx" in one.value for one in page.text)


def test_a_cell_changed_in_the_form_is_kept_with_its_reason():
    store = BaseYears()
    store.clone("hunan-2021", {"zh": "某省", "en": "Some"}, "2026-11-27")
    book = base_year_workbook(store.files("some"), "zh", is_edit=True)
    (counts,) = [sheet for sheet in sheets_of(book) if sheet.title == "统计数"]
    row = 5 + [line[0] for line in counts.rows].index("complaints")
    column = 1 + counts.heads.index("数值")
    files, problems = store.read(with_cells(book, {"统计数": {(row, column): "25,000"}}), "some.xlsx")
    assert not problems
    store.edit(files, store.stamp("some"), "2026-11-27", "12369 平台年报")
    one = find_baseline("some").assumptions["complaints"]
    assert (one.low, one.high, one.inherited) == (25_000, 25_000, False)
    assert store.history("some")[-1]["reason"] == "12369 平台年报"
    page = opened_page("base_years", "zh", baseline="some")
    assert "12369 平台年报" in drawn(page)
    assert "25,000" in drawn(page)
    click(page, "compare-change-1")
    label, before = one.label["zh"], find_baseline("hunan-2021").assumptions["complaints"]
    row = f'{label}</th><td class="n">○ {before.low:,.0f} / {before.mid:,.0f} / {before.high:,.0f} '
    assert row in drawn(page) and '<td class="n">● 25,000' in drawn(page)
    click(page, "compare-change-1")
    assert row not in drawn(page), "shown no more"
    click(page, "restore-change-1")
    assert find_baseline("some").assumptions["complaints"].low != 25_000
    assert text("base_years.history_restore", "zh", named="1") in drawn(page)
    assert "12369 平台年报" in drawn(page), "nothing is lost"


@pytest.fixture
def some() -> bytes:
    """The workbook of an own base year, with as many visits as are typed into it."""
    BaseYears().clone("hunan-2021", {"zh": "某省", "en": "Some"}, "2026-11-27")
    book = base_year_workbook(BaseYears().files("some"), "zh", is_edit=True)
    (counts,) = [sheet for sheet in sheets_of(book) if sheet.title == "统计数"]
    row = 5 + [line[0] for line in counts.rows].index("visits_base")
    return with_cells(book, {"统计数": {(row, 1 + counts.heads.index("数值")): "80000"}})


def visits() -> float:
    return session.projection(Scenario(baseline="some")).measures["visits"].total.base.p50


@pytest.mark.by_night
def test_figures_follow_an_own_base_year_that_is_edited(some):
    """A plan looked at before the edit is computed anew after it."""
    assert visits() != pytest.approx(80_000, abs=1)
    page = opened_page("base_years", "zh", baseline="some")
    page.file_uploader[0].upload("some.xlsx", some, "application/octet-stream").run()
    assert not page.exception
    assert visits() == pytest.approx(80_000, abs=1)


@pytest.mark.by_night
def test_open_pages_follow_a_base_year_that_the_command_line_edits(some, tmp_path_factory):
    """The server is not told of the edit: each page looks at the files whenever it is drawn."""
    file = tmp_path_factory.mktemp("filled") / "some.xlsx"
    file.write_bytes(some)
    plan = {"baseline": "some", "other_duties_cut": "0.1"}
    pages = {name: opened_page(name, "zh", **plan) for name in ("plan", "compare", "base_years")}
    before = {name: drawn(page) for name, page in pages.items()}
    kept = session.projection(Scenario(baseline="some"))
    assert session.projection(Scenario(baseline="some")) is kept, "what has not changed is not computed again"
    assert main(["baseline", "import", str(file), "--reason", "12369 平台年报", "--language", "zh"]) == 0
    for name, page in pages.items():
        assert "80,000" not in before[name]
        assert "80,000" in drawn(page.run()), name
    assert visits() == pytest.approx(80_000, abs=1)


def test_an_answer_about_a_base_year_that_was_edited_is_asked_for_again(some, tmp_path):
    plan = Scenario(baseline="some")
    asked = follows_from(plan)
    files, _ = BaseYears().read(some, "some.xlsx")
    assert follows_from(plan) == asked
    BaseYears().edit(files, BaseYears().stamp("some"), "2026-11-27", "12369 平台年报")
    assert follows_from(plan) != asked
    assert follows_from(Scenario()) == (Scenario(), ()), "one that ships does not change"

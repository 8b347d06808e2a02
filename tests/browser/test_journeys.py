"""Journeys around plans as files, in a real browser: a newcomer's first two minutes, two people on one plan, hostile
names, a server that goes away."""

import re
import time
from pathlib import Path

import pytest
from conftest import PROBES, ROOT, Trouble, free_port, served
from plans_on_screen import (
    box_of_plans,
    button,
    choose,
    entry,
    modal,
    move,
    name_of_plan,
    save,
    save_under,
    visits,
    visits_shown,
    word,
)
from playwright.sync_api import Browser, Page, expect
from resting_page import AT_REST, give_file, rest, rest_and_hear_keys

from model import project, shipped_baseline
from model.files.library import SHIPPED
from model.files.scenario_file import load_scenario
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.numbers import amount
from model.outputs.prefectures.staff_list_template import template_csv
from model.outputs.words import text

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")

ONE_MINUTE_MS = 60_000
HOSTILE = (
    "<img src=x onerror=console.error(1)> **b** :red[r] $x^2$ ![](http://198.51.100.7/a.png) [l](http://198.51.100.7) "
    "`c` :material/home: 🙂 שלום \u202eabc"
)


def test_a_newcomer_moves_a_hundred_people_saves_and_compares_with_the_base_year(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    page.goto(app_url)
    expect(visits_shown(page)).to_have_text(visits(0))
    expect(save(page)).to_be_disabled()
    move(page, 100)
    save(page).click()
    name = modal(page).get_by_label(word("label_name"), exact=True)
    expect(name).to_have_value("市级 −100 人；县级 +100 人")  # a name to begin with is there, to be typed over
    expect(name).to_be_focused()
    page.wait_for_function("document.activeElement.selectionEnd === document.activeElement.value.length")
    page.keyboard.type("一百人下沉")
    page.keyboard.press("Enter")
    expect(name_of_plan(page)).to_have_value("一百人下沉")
    expect(save(page)).to_contain_text(word("is_saved"))
    expect(page.get_by_test_id("stToast")).to_contain_text(".toml")

    page.get_by_role("link", name=text("pages.compare", "zh"), exact=True).click()
    row = page.locator('tr[data-measure="visits"]').first
    expect(row.locator("td").nth(0)).to_contain_text(visits(0))
    expect(row.locator("td").nth(1)).to_contain_text(visits(100))

    page.get_by_role("link", name=text("pages.plan", "zh"), exact=True).click()
    expect(visits_shown(page)).to_have_text(visits(100))
    page.reload()
    expect(visits_shown(page)).to_have_text(visits(100))
    expect(save(page)).to_contain_text(word("is_saved"))
    assert trouble == Trouble()


def test_ctrl_s_hands_in_the_dialog_or_form_in_which_one_types_and_saves(
    page: Page, own_app: tuple[str, Path], trouble: Trouble
) -> None:
    url, folder = own_app
    page.goto(f"{url}/?staff.change.city=-10&staff.change.county=10&lang=zh")
    expect(visits_shown(page)).to_have_text(visits(10))
    save(page).click()
    modal(page).get_by_label(word("label_name"), exact=True).fill("按键保存")
    rest_and_hear_keys(page)
    page.keyboard.press("Control+s")
    expect(save(page)).to_contain_text(word("is_saved"))
    assert (folder / "按键保存.toml").exists()

    button(box_of_plans(page), word("details")).click()
    modal(page).get_by_label(word("label_reason"), exact=True).fill("常务会议题")
    page.keyboard.press("Control+s")
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("reason"))
    expect(save(page)).to_contain_text(word("is_saved"))
    # The button says so from the first save on: what counts is the file.
    end = time.monotonic() + 15
    while "常务会议题" not in (folder / "按键保存.toml").read_text("utf-8"):
        assert time.monotonic() < end
        page.wait_for_timeout(100)

    box = box_of_plans(page)
    choose(entry(box, "按键保存"), "rename")
    box.locator("[class*=st-key-new-name-] input").fill("改名")
    page.keyboard.press("Control+s")
    expect(name_of_plan(page)).to_have_value("改名")
    assert (folder / "改名.toml").exists() and not (folder / "按键保存.toml").exists()

    page.goto(f"{url}/present?staff.change.city=-10&staff.change.county=10&lang=zh")
    people = page.locator('input[data-tier="county"]:visible')
    people.fill("1742")
    people.press("Control+s")
    expect(page.locator(".st-key-keep-variant button").first).to_be_disabled()
    assert len({*folder.glob("*.toml")} - {folder / "改名.toml"}) == len(SHIPPED) + 1
    assert trouble == Trouble()


def test_of_two_people_who_save_one_plan_the_second_is_told_and_keeps_both(
    page: Page, app_url: str, browser: Browser, trouble: Trouble
) -> None:
    page.goto(f"{app_url}/?staff.change.city=-10&staff.change.county=10&lang=zh")
    expect(visits_shown(page)).to_have_text(visits(10))
    expect(save(page)).to_be_enabled()
    rest(page)
    page.wait_for_timeout(1000)  # the page listens for the keys once it is drawn
    page.keyboard.press("Control+s")
    save_under(page, "两人同改")

    other = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
    other.goto(page.url)
    expect(visits_shown(other)).to_have_text(visits(10))
    expect(save(other)).to_contain_text(word("is_saved"))
    move(other, 20)
    save(other).click()
    expect(save(other)).to_contain_text(word("is_saved"))
    other.context.close()

    move(page, 30)
    save(page).click()
    dialog = modal(page)
    expect(dialog).to_contain_text("+20")
    expect(dialog).to_contain_text("+30")
    button(dialog, word("conflict_save_as")).click()
    expect(dialog.get_by_label(word("label_name"), exact=True)).to_have_value("两人同改 2")
    dialog.get_by_label(word("label_name"), exact=True).fill("两人同改")
    button(dialog, word("save")).click()
    expect(dialog.get_by_role("alert")).to_contain_text("两人同改")
    button(dialog, word("save_beside")).click()
    expect(save(page)).to_contain_text(word("is_saved"))
    expect(visits_shown(page)).to_have_text(visits(30))

    box = box_of_plans(page)
    expect(entry(box, "两人同改 2")).to_contain_text("+30")
    expect(entry(box, "两人同改")).to_contain_text("+20")
    assert trouble == Trouble()


def test_a_plan_of_the_library_is_taken_away_as_it_was_written_and_brought_back(
    page: Page, app_url: str, trouble: Trouble, tmp_path: Path
) -> None:
    path = ROOT / "scenarios" / "sink-to-counties.toml"
    sink = load_scenario(path)[0]
    of_sink = amount(coherent(project(sink)).measures["visits"].total.scenario.p50, "visits a year")
    page.goto(f"{app_url}/?lang=zh")
    expect(visits_shown(page)).to_have_text(visits(0))
    button(entry(box_of_plans(page), sink.name["zh"]), word("open")).click()
    expect(visits_shown(page)).to_have_text(of_sink)
    with page.expect_download() as download:
        button(box_of_plans(page), word("download")).click()
    taken = tmp_path / download.value.suggested_filename
    download.value.save_as(taken)
    assert taken.read_text("utf-8") == path.read_text("utf-8")

    give_file(page.get_by_test_id("stPopoverBody"), taken)
    expect(save(page)).to_be_enabled()  # what is uploaded is not in the library yet
    expect(visits_shown(page)).to_have_text(of_sink)
    assert trouble == Trouble()


def test_a_plan_is_duplicated_renamed_deleted_and_brought_back_from_another_page(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    merged = load_scenario(ROOT / "scenarios" / "finish-merging.toml")[0].name["zh"]
    page.goto(f"{app_url}/?lang=zh")
    expect(visits_shown(page)).to_have_text(visits(0))
    box = box_of_plans(page)
    choose(entry(box, merged), "duplicate")
    choose(entry(box, f"{merged} 2"), "rename")
    box.locator("[class*=st-key-new-name-] input").fill("全部合一")
    button(box, word("rename_done")).click()
    button(entry(box, "全部合一"), word("open")).click()
    expect(name_of_plan(page)).to_have_value("全部合一")
    button(box_of_plans(page), word("details")).click()
    modal(page).get_by_label(word("label_author"), exact=True).fill("张三")
    button(modal(page), word("details_done")).click()
    expect(page).to_have_url(re.compile("author="))
    save(page).click()
    expect(save(page)).to_contain_text(word("is_saved"))

    choose(entry(box_of_plans(page), "全部合一"), "delete")
    expect(save(page)).to_be_enabled()
    page.get_by_role("link", name=text("pages.compare", "zh"), exact=True).click()
    expect(page.locator("[class*=st-key-deleted-]")).to_contain_text("全部合一")
    button(page, word("undelete")).click()
    expect(save(page)).to_contain_text(word("is_saved"))
    expect(page.locator("[class*=st-key-deleted-]")).to_have_count(0)
    expect(entry(box_of_plans(page), "全部合一")).to_contain_text(word("is_current"))
    assert trouble == Trouble()


def test_a_hostile_name_is_text_on_every_page_and_asks_no_other_host(
    page: Page, app_url: str, trouble: Trouble, tmp_path: Path
) -> None:
    long = tmp_path / f"{'x' * 60}[l](http:) :red[f].toml"
    quoted = HOSTILE.replace("\\", "")
    long.write_text(
        f'schema = 1\nname = "{quoted}"\nnote = "{quoted}"\nreason = "{quoted}"\nauthor = "{quoted}"\n'
        f'other_duties_cut = 0.1\n[assumptions.site_days]\nlow = 0.3\nmid = 0.4\nhigh = 0.6\nreason = "{quoted}"\n',
        encoding="utf-8",
    )
    page.goto(f"{app_url}/?lang=zh")
    expect(visits_shown(page)).to_have_text(visits(0))
    box = box_of_plans(page)
    give_file(box, ROOT / "tests" / "files" / "faults" / "many-faults.toml")
    expect(page.locator(".st-key-problems")).to_contain_text("wether")
    give_file(box_of_plans(page), long)
    expect(name_of_plan(page)).to_have_value(HOSTILE)
    expect(page.locator(".st-key-problems")).to_have_count(0)
    save(page).click()
    button(modal(page), word("save")).click()
    expect(save(page)).to_contain_text(word("is_saved"))
    expect(page.get_by_test_id("stToast")).to_contain_text("red")
    expect(entry(box_of_plans(page), HOSTILE)).to_have_count(1)
    page.keyboard.press("Escape")
    # Changed since it was saved, it stands beside its file among what can be compared.
    people = page.locator('input[data-tier="county"]')
    people.fill("1732")
    people.press("Enter")
    expect(save(page)).not_to_contain_text(word("is_saved"))
    shown = {"compare": ".roster", "prefectures": ".place", "evidence": ".changed"}
    for name, part in shown.items():
        page.get_by_role("link", name=text(f"pages.{name}", "zh"), exact=True).click()
        expect(page.locator(part).first).to_be_visible()
        expect(name_of_plan(page)).to_have_value(HOSTILE)
        if name == "compare":
            page.get_by_test_id("stMain").get_by_role("combobox").first.click()
            expect(page.get_by_role("option").filter(has_text="onerror").first).to_be_visible()
            page.keyboard.press("Escape")
        if name != "prefectures":
            expect(page.locator(part).first).to_contain_text("onerror=console.error(1)> **b** :red[r] $x^2$ ![](http")
        assert page.locator('img[src="x"], a[href*="//198.51"], .katex, .stMarkdownColoredText').count() == 0
    assert trouble == Trouble()


def test_a_server_that_goes_away_takes_nothing_along(new_context, tmp_path: Path) -> None:
    port, page = free_port(), new_context().new_page()
    page.clock.install()  # a page asks less and less often for its server: this need not wait for it
    with served(ROOT / "app.py", tmp_path, port) as url:
        page.goto(f"{url}/?lang=zh")
        expect(visits_shown(page)).to_have_text(visits(0))
        move(page, 100)
        name_of_plan(page).fill("断线")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("name"))
    expect(visits_shown(page)).to_have_text(visits(100))
    lost = modal(page)
    expect(lost).to_contain_text(text("connection.still_running", "zh"))
    expect(lost.locator("code")).to_be_hidden()  # how to start the framework is not how to start this
    with served(ROOT / "app.py", tmp_path, port):
        page.clock.fast_forward(ONE_MINUTE_MS)
        expect(lost).to_have_count(0)
        expect(name_of_plan(page)).to_have_value("断线")
        move(page, 110)
        page.reload()
        expect(visits_shown(page)).to_have_text(visits(110))
        expect(name_of_plan(page)).to_have_value("断线")


def test_what_is_typed_in_an_open_dialog_row_or_form_outlives_the_server(new_context, tmp_path: Path) -> None:
    port = free_port()
    dialog, row, form = (new_context().new_page() for _ in range(3))
    with served(ROOT / "app.py", tmp_path, port) as url:
        for page in (dialog, row):
            page.goto(f"{url}/?staff.change.city=-10&staff.change.county=10&lang=zh")
            expect(visits_shown(page)).to_have_text(visits(10))
        save(dialog).click()
        new_name = modal(dialog).get_by_label(word("label_name"), exact=True)
        new_name.fill("断线前的名称")
        dialog.get_by_text(word("more_texts")).click()
        note = modal(dialog).get_by_label(word("label_note"), exact=True)
        note.fill("断线前的说明\n第二行")
        merged = load_scenario(ROOT / "scenarios" / "finish-merging.toml")[0].name["zh"]
        choose(entry(box_of_plans(row), merged), "rename")
        other_name = row.locator("[class*=st-key-new-name-] input")
        other_name.fill("改到一半")
        form.goto(f"{url}/evidence?lang=zh")
        form.locator(".st-key-filter input[type=text]").fill("每次检查耗时")
        form.keyboard.press("Enter")
        expect(form.locator("article.detail h3")).to_contain_text("每次检查耗时")
        rest(form)
        reason = form.locator("[class*=st-key-assume-] textarea").first
        reason.fill("断线前的理由")
        for page in (dialog, row, form):
            rest(page)
            page.clock.install()
    for page in (dialog, row, form):
        expect(page.locator('[data-test-connection-state="CONNECTED"]')).to_have_count(0)
    with served(ROOT / "app.py", tmp_path, port):
        for page in (dialog, row, form):
            page.clock.fast_forward(ONE_MINUTE_MS)
            expect(page.locator('[data-test-connection-state="CONNECTED"]')).to_have_count(1)
            page.wait_for_selector(AT_REST, state="attached")
        expect(new_name).to_have_value("断线前的名称")
        expect(note).to_have_value("断线前的说明\n第二行")
        expect(other_name).to_have_value("改到一半")
        expect(reason).to_have_value("断线前的理由")
        button(modal(dialog), word("save")).click()
        expect(save(dialog)).to_contain_text(word("is_saved"))
        assert "断线前的说明" in (tmp_path / "scenarios" / "断线前的名称.toml").read_text("utf-8")


def test_a_link_to_a_number_opens_the_page_at_it(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/evidence?number=assumption.site_days&lang=zh")
    expect(page.locator("article.detail")).to_be_in_viewport(ratio=0.5)


def test_a_reason_not_yet_applied_is_there_after_a_look_at_another_page(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/evidence?number=assumption.site_days&lang=zh")
    reason = page.locator("[class*=st-key-assume-] textarea").first
    expect(reason).to_be_visible()
    rest(page)
    reason.fill("测时记录")
    page.get_by_role("link", name=text("pages.compare", "zh"), exact=True).click()
    expect(reason).to_have_count(0)
    page.get_by_role("link", name=text("pages.evidence", "zh"), exact=True).click()
    expect(reason).to_have_value("测时记录")


def test_a_bad_staff_list_names_its_cells_and_changes_nothing_a_good_one_is_used(
    page: Page, app_url: str, trouble: Trouble, tmp_path: Path
) -> None:
    good = tmp_path / "名册.csv"
    header, *rows = template_csv(shipped_baseline("hunan-2021"), "zh").decode("utf-8-sig").splitlines()
    for row, more in ((1, 1), (2, -1)):
        cells = rows[row].split(",")
        rows[row] = ",".join([*cells[:2], str(int(cells[2]) + more), *cells[3:]])
    good.write_text("\n".join([header, *rows]), encoding="utf-8-sig")
    bad = tmp_path / "**坏** :red[x].csv"
    bad.write_text(good.read_text("utf-8-sig").replace(",77,", f",{HOSTILE},", 1), encoding="utf-8")
    page.goto(f"{app_url}/prefectures?lang=zh")
    expect(page.locator(".place")).to_be_visible()
    before = page.locator(".place").inner_text()
    give_file(page, bad)
    problems = page.locator(".st-key-problems-list")
    expect(problems).to_contain_text("**坏** :red[x].csv")
    expect(problems).to_contain_text("C2")
    expect(problems).to_contain_text("onerror")
    assert page.locator(".place").inner_text() == before
    give_file(page, good)
    expect(page.locator(".in-use")).to_contain_text("2,359")
    expect(problems).to_have_count(0)
    assert sorted(trouble.probes) == sorted(f"prefectures/{probe}" for probe in PROBES)
    assert trouble == Trouble()

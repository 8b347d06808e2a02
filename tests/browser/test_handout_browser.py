"""Taking a plan away in a real browser: the brief opened offline and printed, the package made on the page, the
inspection plan laid out when it is opened, and the workbook recalculated by an office program."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Office, Trouble
from handouts import DAY, brief_of, handout
from openpyxl import load_workbook
from other_base_years import GUANGDONG, reading_of
from playwright.sync_api import Page, expect
from resting_page import rest
from thorough import pairs
from told_stories import SHIPPED, shipped

from model import project
from model.outputs.brief.brief import brief
from model.outputs.handout.handout import Handout
from model.outputs.inspections.inspection_workbook import inspection_plan_xlsx
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.numbers import count
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import baseline_of

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")
PLAN = "staff.change.city=-100&staff.change.county=100&name.zh=%3Cb%3E下沉%3C%2Fb%3E"
PAPER_WIDE = 680
"""Pixels between the margins of A4."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_can_be_read_on_a_phone(page: Page, tmp_path: Path, language: str) -> None:
    """It was 748 pixels wide on a screen of 375, in type of 12 pixels."""
    page.set_viewport_size({"width": 375, "height": 800})
    file = tmp_path / "brief.html"
    file.write_bytes(brief_of(language))
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    sizes = "[...document.querySelectorAll('p, td, th, li')].map(one => parseFloat(getComputedStyle(one).fontSize))"
    assert min(page.evaluate(sizes)) >= 14
    wide = page.locator(".wide, figure").evaluate_all("boxes => boxes.map((box) => box.scrollWidth - box.clientWidth)")
    assert len(wide) > 10 and max(wide) <= 0, "a table or chart to be pushed aside"
    cells = page.locator("#gives tbody tr").first.locator("td")
    named = cells.evaluate_all("cells => cells.map((cell) => getComputedStyle(cell, '::before').content)")
    assert text("brief.column_base", language) in " ".join(named)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_the_brief_is_seen_on_a_laptop_and_on_paper(page: Page, tmp_path: Path, language: str) -> None:
    """The last column of all measures was cut off."""
    file = tmp_path / "brief.html"
    file.write_bytes(brief_of(language))
    page.goto(file.as_uri())
    wide = "[...document.querySelectorAll('.wide')].filter((box) => box.scrollWidth > box.clientWidth).length"
    assert page.evaluate(wide) == 0
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER_WIDE, "height": 900})
    assert page.evaluate(wide) == 0


def pages_of(printed: bytes, folder: Path) -> list[str]:
    """The words of every page of a printed file."""
    (folder / "printed.pdf").write_bytes(printed)
    command = ["pdftotext", "-layout", folder / "printed.pdf", "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\f")[:-1]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_brief_numbers_its_pages(page: Page, tmp_path: Path, language: str) -> None:
    file = tmp_path / "brief.html"
    file.write_bytes(brief_of(language))
    page.goto(file.as_uri())
    pages = pages_of(page.pdf(prefer_css_page_size=True, print_background=True), tmp_path)
    for number, words in enumerate(pages, 1):
        assert re.search(rf"^\s*{number}\s*/\s*{len(pages)}\s*$", words, re.MULTILINE), number


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_the_last_page_of_the_brief_is_not_left_with_a_few_lines(page: Page, tmp_path: Path) -> None:
    """Guangdong's ended with three lines and how the file was made."""
    levers = {"staff.change.city": -30.0, "staff.change.county": 30.0}
    plan = replace(reading_of("cheaper_tasks"), name={"zh": "下沉三十人"}, levers=levers)
    told = Handout(coherent(project(plan, baseline=GUANGDONG)), GUANGDONG, DAY, "zh")
    file = tmp_path / "brief.html"
    file.write_bytes(brief(told))
    page.goto(file.as_uri())
    last = pages_of(page.pdf(prefer_css_page_size=True, print_background=True), tmp_path)[-1]
    assert text("brief.limits", "zh") in last and text("passport.title", "zh") in last


def empty_shares(printed: bytes, folder: Path) -> list[float]:
    """How much of every page but the last stays empty below its last word, as a share of what can be printed on."""
    (folder / "printed.pdf").write_bytes(printed)
    command = ["pdftotext", "-bbox", folder / "printed.pdf", "-"]
    written = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    shares = []
    for one in written.split("<page ")[1:-1]:
        high = float(re.findall(r'height="([\d.]+)"', one)[0])
        top, foot = high * 15 / 297, high * (297 - 16) / 297
        ends = [float(end) for end in re.findall(r'yMax="([\d.]+)"', one)]
        shares.append((foot - max(end for end in ends if end <= foot + 1)) / (foot - top))
    return shares


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize(("stem", "language"), pairs(["", *SHIPPED], LANGUAGES))
def test_no_page_of_a_printed_brief_but_the_last_is_a_third_empty(
    page: Page, tmp_path: Path, stem: str, language: str
) -> None:
    """Charts and what stands at the end left up to two fifths of the page before them."""
    one = shipped(stem)
    file = tmp_path / "brief.html"
    file.write_bytes(brief(Handout(one, baseline_of(one.scenario), DAY, language)))
    page.goto(file.as_uri())
    shares = empty_shares(page.pdf(prefer_css_page_size=True, print_background=True), tmp_path)
    assert len(shares) > 3 and max(shares) < 1 / 3, shares


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_the_assumptions_of_a_printed_brief_begin_under_their_heading(page: Page, tmp_path: Path) -> None:
    """Eight rows with long reasons stood on a page of their own, the heading on the one before."""
    one = shipped("cut-other-duties")
    file = tmp_path / "brief.html"
    file.write_bytes(brief(Handout(one, baseline_of(one.scenario), DAY, "en")))
    page.goto(file.as_uri())
    eight_rows_from_half_a_page_on = """section => {
        section.style = "break-before: page";
        section.firstElementChild.style.marginTop = "150mm";
        [...section.querySelectorAll("tbody tr")].slice(8).forEach((row) => row.remove());
    }"""
    page.locator("#rests").evaluate(eight_rows_from_half_a_page_on)
    pages = pages_of(page.pdf(prefer_css_page_size=True, print_background=True), tmp_path)
    (headed,) = (words for words in pages if text("brief.rests", "en") in words)
    first = baseline_of(one.scenario).assumptions["site_days"].label["en"]
    assert first[:12] in headed.split(text("brief.rests", "en"))[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_opens_offline_asks_for_nothing_and_prints_on_a4(
    page: Page, trouble: Trouble, tmp_path: Path, language: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    file = tmp_path / "brief.html"
    file.write_bytes(brief_of(language))
    page.goto(file.as_uri())
    expect(page.locator("figure svg")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    (size,) = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+ [\d.]+)\]", printed))
    assert [round(float(side)) for side in size.split()] == [595, 842], "points of A4, upright"
    assert 4 <= len(re.findall(rb"/Type /Page\b", printed)) <= 10
    assert asked == [file.as_uri()]
    assert trouble == Trouble()


def test_a_comparison_is_taken_away_whole(page: Page, app_url: str, trouble: Trouble) -> None:
    page.goto(f"{app_url}/compare?lang=zh&{PLAN}")
    expect(page.locator(".roster")).to_be_visible()
    with page.expect_download() as download:
        page.locator(".st-key-comparison-whole button").click()
    archive = zipfile.ZipFile(download.value.path())
    assert archive.testzip() is None
    assert {"汇报材料.docx", "简报.html", "测算表.xlsx", "各方案/B/方案.toml"} <= set(archive.namelist())
    assert "县级 +" in archive.read("简报.html").decode()
    assert trouble == Trouble()


def test_a_planner_takes_the_package_away_and_finds_the_plan_on_screen_in_it(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    page.goto(f"{app_url}/?lang=zh&{PLAN}")
    visits = page.locator('.card[data-measure="visits"] .figure b')
    expect(visits).to_be_visible()
    expect(page.locator(".stability")).not_to_have_attribute("aria-busy", "true")
    page.locator(".st-key-export-box button").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name=text("export.whole", "zh")).click()
    archive = zipfile.ZipFile(download.value.path())
    assert "下沉" in download.value.suggested_filename and archive.testzip() is None
    book = load_workbook(io.BytesIO(archive.read("年度现场检查计划.xlsx")), data_only=True)
    about = [cell.value for cell in book[text("inspection.about", "zh")]["B"] if cell.value]
    # The plan is laid out in the representative case, which stands near the median on the card.
    laid_out = max(int(number.replace(",", "")) for number in re.findall(r"[\d,]{6,}", about[0]))
    assert laid_out == pytest.approx(int(visits.inner_text().replace(",", "")), rel=0.01)
    assert "<b>下沉</b>" in about
    assert f"<b>{visits.inner_text()}</b>" not in archive.read("简报.html").decode()
    assert visits.inner_text() in archive.read("简报.html").decode()

    page.keyboard.press("Escape")
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    expect(page.get_by_role("heading", name=text("plan.headline_visits", "en"), exact=True)).to_be_visible()
    rest(page)
    page.locator(".st-key-export-box button").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name=text("export.group_brief", "en")).click()
    assert download.value.suggested_filename == "frontline-b-下沉-b-brief.html"
    taken = Path(download.value.path()).read_text(encoding="utf-8")
    assert text("brief.limits", "en") in taken and visits.inner_text() in taken
    assert trouble == Trouble()


def test_the_inspection_plan_is_laid_out_when_it_is_opened(page: Page, app_url: str, trouble: Trouble) -> None:
    language = "en"
    page.goto(f"{app_url}/?lang={language}&{PLAN}")
    page.get_by_role("link", name=text("pages.prefectures", language)).click()
    folded = page.locator(".st-key-inspections")
    expect(folded).to_be_visible()
    expect(folded.locator("canvas")).to_have_count(0)
    folded.locator("summary").click()
    expect(folded.get_by_role("button", name=text("inspection.download", language))).to_be_enabled()
    assert re.search(r"[\d,]{6}", folded.locator('[data-testid="stText"]').first.inner_text())
    with page.expect_download() as download:
        page.get_by_role("button", name=text("inspection.download", language)).click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()), data_only=True)
    sheet = book[text("inspection.table_months", language)]
    year = sheet.cell(sheet.max_row, sheet.max_column).value
    assert count(year) in folded.locator('[data-testid="stText"]').first.inner_text()
    for table in ("months", "time"):
        rest(page)
        folded.get_by_text(text(f"inspection.table_{table}", language), exact=True).click()
        expect(folded.get_by_text(text(f"inspection.note_{table}", language)[:12])).to_be_visible()
    assert trouble == Trouble()


def test_an_office_program_computes_the_same_sums(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(inspection_plan_xlsx(handout("zh")))
    (tmp_path / "again").mkdir()
    again = load_workbook(office.convert(file, "xlsx", tmp_path / "again"), data_only=True)
    ours = load_workbook(file, data_only=True)
    formulas = load_workbook(file)
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    told, computed = (book[sheet.title][cell.coordinate].value for book in (ours, again))
                    assert computed == pytest.approx(told, rel=1e-9)
                    compared += 1
    assert compared > 200

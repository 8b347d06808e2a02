"""What a planner looks at is whole: charts on paper, and figures in their columns."""

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from conftest import PATIENCE_MS, Trouble
from playwright.sync_api import Browser, Page, expect
from resting_page import STILL, rest

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")
ON_PAPER = """() => {
  for (const sheet of document.styleSheets) for (const rule of sheet.cssRules)
    if (rule instanceof CSSMediaRule && rule.media.mediaText === "print") rule.media.mediaText = "all";
  const paper = document.querySelector("[data-testid=stMainBlockContainer]").clientWidth;
  const rows = {};
  for (const chart of document.querySelectorAll(".st-key-charts [data-testid=stColumn] canvas")) {
    const { top, width } = chart.getBoundingClientRect();
    (rows[Math.round(top)] ??= []).push(width / paper);
  }
  return Object.values(rows).map((widths) => widths.reduce((sum, width) => sum + width, 0));
}"""
"""The part of the paper's width that the charts of each row take, before anything could draw them anew."""
CLIPPED = """() => [...document.querySelectorAll(".state li")]
  .filter((line) => [line, line.parentElement].some((box) => box.scrollWidth > box.clientWidth)
    || getComputedStyle(line).whiteSpace === "nowrap")
  .map((line) => line.innerText)"""


def test_the_charts_of_a_plan_take_the_width_of_the_paper(page: Page, app_url: str, trouble: Trouble) -> None:
    page.goto(f"{app_url}/?staff.change.city=-100&staff.change.county=100&lang=zh")
    expect(page.locator(".st-key-charts canvas")).to_have_count(5)
    rest(page)
    rows = page.evaluate(ON_PAPER)
    assert rows[0] > 0.85 and min(rows) > 0.4, rows
    assert trouble == Trouble()


@pytest.fixture(scope="module")
def on_a_laptop(browser: Browser, app_url: str) -> Iterator[Callable[[str], Page]]:
    """A changed plan with a name in a language, opened once for all tests that only look at it."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)

    @cache
    def opened(language: str) -> Page:
        page = context.new_page()
        levers = "staff.change.city=-100&staff.change.county=100&other_duties_cut=0.1"
        page.goto(f"{app_url}/?{levers}&name=市级下沉&lang={language}")
        expect(page.locator(".st-key-charts canvas")).to_have_count(5)
        rest(page)
        return page

    yield opened
    context.close()


def test_no_figure_of_a_base_year_is_clipped(page: Page, app_url: str, trouble: Trouble) -> None:
    page.goto(f"{app_url}/base_years?lang=en&baseline=guangdong-2016")
    expect(page.locator(".state li").first).to_be_visible()
    assert page.evaluate(CLIPPED) == []
    assert trouble == Trouble()


def test_the_boxes_beside_an_english_name_stand_in_one_line_on_a_laptop(on_a_laptop: Callable[[str], Page]) -> None:
    page = on_a_laptop("en")
    last = page.locator(".st-key-header").get_by_role("radio", name="English")
    ends = [box.bounding_box() for box in (page.locator(".st-key-save button").first, last)]
    middles = [end["y"] + end["height"] / 2 for end in ends]
    assert abs(middles[0] - middles[1]) < 8, middles


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_of_a_card_is_cut_on_a_laptop(on_a_laptop: Callable[[str], Page], language: str) -> None:
    page = on_a_laptop(language)
    cut = "lines => lines.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.innerText)"
    assert page.locator(".card .small").evaluate_all(cut) == []


def test_the_name_of_a_plan_has_room_on_a_laptop_beside_the_boxes_of_a_changed_plan(
    on_a_laptop: Callable[[str], Page],
) -> None:
    page = on_a_laptop("zh")
    assert page.locator(".st-key-header [class*=st-key-name-]").first.bounding_box()["width"] > 140


@pytest.mark.browser_context_args(viewport={"width": 700, "height": 768}, locale="zh-CN")
def test_the_name_of_a_plan_does_not_cover_those_of_the_pages_once_the_window_is_wide(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?name={'先易后难' * 20}&lang=zh")
    expect(page.locator(".st-key-header input").first).to_be_visible()
    rest(page)
    page.wait_for_timeout(6_000)  # names that come as late, as on a busy server, were never measured
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(page.get_by_role("link", name="依据", exact=True)).to_be_visible()
    page.wait_for_timeout(500)
    last = page.get_by_test_id("stTopNavLinkContainer").last.bounding_box()
    assert page.locator(".st-key-header input").first.bounding_box()["x"] >= last["x"] + last["width"]


@pytest.mark.browser_context_args(viewport={"width": 683, "height": 384}, locale="zh-CN")
def test_charts_of_a_comparison_have_room_for_their_axis_at_twice_the_size(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/compare?staff.change.city=-100&staff.change.county=100&lang=zh")
    chart = page.locator("[data-testid=stVegaLiteChart] canvas").first
    expect(chart).to_be_visible()
    rest(page)
    assert chart.bounding_box()["width"] > 0.85 * 683


@pytest.mark.browser_context_args(viewport={"width": 1093, "height": 614}, locale="zh-CN")
def test_the_tools_of_a_table_do_not_lie_over_its_download(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/prefectures?lang=zh")
    table = page.locator(".st-key-all-prefectures")
    expect(table.locator("canvas").first).to_be_visible()
    table.hover()
    expect(table.get_by_test_id("stElementToolbar")).to_be_hidden()


def test_what_a_button_says_does_not_lie_over_the_box_that_it_opened(on_a_laptop: Callable[[str], Page]) -> None:
    page = on_a_laptop("zh")
    button = page.locator(".st-key-export-box button").first
    button.hover()
    said = page.get_by_test_id("stTooltipContent")
    expect(said).to_be_visible()
    button.click()
    expect(page.get_by_role("button", name="下载全套成果（ZIP）")).to_be_visible()
    expect(said).to_be_hidden()
    page.keyboard.press("Escape")


@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844}, locale="en-US")
@pytest.mark.parametrize("place", ["decide", "prefectures", "evidence"])
def test_a_telephone_shows_every_column_of_a_table(page: Page, app_url: str, place: str) -> None:
    page.goto(f"{app_url}/{place}?staff.change.city=-100&staff.change.county=100&lang=en")
    tables = page.locator(".place, .health .panel, .scroll:has(table.figures)")
    expect(tables.first).to_be_visible()
    rest(page)
    wide = tables.evaluate_all("boxes => boxes.map((box) => box.scrollWidth - box.clientWidth)")
    assert max(wide) <= 1, wide


@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844}, locale="en-US")
def test_a_telephone_has_room_for_the_figures_compared_and_breaks_no_bracket(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/compare?staff.change.city=-100&staff.change.county=100&lang=en")
    figures = page.locator("table.versus").first
    expect(figures).to_be_visible()
    widths = figures.locator("tbody tr").first.locator("td").evaluate_all("all => all.map((one) => one.clientWidth)")
    assert min(widths) > 100, widths
    lines = figures.locator(".unbroken").evaluate_all("all => all.map((one) => one.getClientRects().length)")
    assert lines and max(lines) == 1 and figures.locator(".unbroken").first.bounding_box()["height"] < 32


APART = """spans => spans.filter((span) => {
  const before = span.previousSibling;
  if (!before?.data?.endsWith("（")) return false;
  const bracket = document.createRange();
  bracket.setStart(before, before.length - 1);
  bracket.setEnd(before, before.length);
  return bracket.getBoundingClientRect().bottom < span.getBoundingClientRect().top + 4;
}).map((span) => span.parentElement.textContent)"""


@pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")
def test_no_line_ends_with_the_bracket_before_a_figure(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?staff.change.province=-10&staff.change.city=-100&staff.change.county=110&staff.spread=need")
    expect(page.locator(".figure-with-unit").first).to_be_visible()
    for width in range(1366, 900, -60):
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_timeout(150)
        assert page.locator(".figure-with-unit").evaluate_all(APART) == [], width


ENDS_CUT = """row => {
    const ends = [...row.querySelectorAll("[data-testid=stSliderTickBar] p")].map((one) => one.getBoundingClientRect())
    const below = row.parentElement.nextElementSibling?.querySelector("label").getBoundingClientRect()
    const clips = ["x", "y"].some((way) => getComputedStyle(row)[`overflow-${way}`] !== "visible")
    return clips || !ends.length || ends.some((end) => end.bottom > below.top + 2)
}"""


def test_the_ends_of_a_changed_slider_are_whole_and_its_name_keeps_off_the_help(
    on_a_laptop: Callable[[str], Page],
) -> None:
    page = on_a_laptop("zh")
    page.get_by_role("radio", name="时间").click()
    row = page.locator(".st-key-row-other_duties_cut")
    expect(row).to_be_visible()
    rest(page)
    assert not row.evaluate(ENDS_CUT)
    name, help = (row.locator(one).first.bounding_box() for one in ("label p", "label button"))
    assert help["x"] - name["x"] - name["width"] >= 5


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tables_of_the_charts_show_every_row_and_column_with_units_in_the_heads(
    on_a_laptop: Callable[[str], Page], language: str
) -> None:
    page = on_a_laptop(language)
    switches = page.locator(".st-key-charts [data-testid=stCheckbox] label")
    for place in range(4):
        switches.nth(place).click()
        expect(page.locator("[class*=st-key-rows-] table")).to_have_count(place + 1)
    rest(page)
    tables = page.locator("[class*=st-key-rows-]")
    wide = "boxes => boxes.map((box) => box.querySelector('table').getBoundingClientRect().width - box.clientWidth)"
    assert max(tables.evaluate_all(wide)) <= 1
    lines = """cells => cells.map((cell) => {
        const words = document.createRange();
        words.selectNodeContents(cell);
        return new Set([...words.getClientRects()].map((line) => Math.round(line.bottom / 6))).size;
    })"""
    assert max(tables.locator("td p, td:not(:has(p))").evaluate_all(lines)) == 1, "74 (59–91) stands on one line"
    assert [tables.nth(place).locator("tbody tr").count() for place in range(3)] == [6, 6, 6]
    high = "boxes => boxes.map((box) => box.scrollHeight - box.clientHeight)"
    *whole, months = tables.evaluate_all(high)
    assert max(whole) <= 1 < months, "sixty months scroll under their heads"
    heads = [" ".join(tables.nth(place).locator("th").all_inner_texts()) for place in range(4)]
    units = {"zh": ("家次/年", "件/年", "件"), "en": ("visits a year", "cases a year", "cases")}[language]
    assert all(unit in head for unit, head in zip(units, heads[1:], strict=True)), heads


@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844}, locale="zh-CN")
def test_the_side_bar_of_a_telephone_goes_with_the_choice_of_a_page_and_a_reload(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?lang=zh")
    expect(page.locator(".card")).to_have_count(4)
    rest(page)
    side, opens = page.get_by_test_id("stSidebar"), page.get_by_test_id("stExpandSidebarButton")
    opens.click()
    rule = page.get_by_test_id("stSidebarNav").bounding_box()
    assert side.locator(".brand").bounding_box()["y"] >= rule["y"] + rule["height"]
    page.get_by_test_id("stSidebarNavLink").nth(1).click()
    expect(opens).to_be_visible()
    expect(page).to_have_url(re.compile("/compare"))
    rest(page)
    page.wait_for_timeout(1500)
    opens.click()
    expect(page.get_by_test_id("stSidebarNavLink").first).to_be_in_viewport()
    page.reload()
    expect(opens).to_be_visible()
    expect(page.get_by_test_id("stSidebarNavLink").first).not_to_be_in_viewport()


@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844}, locale="zh-CN")
def test_a_telephone_shows_a_slide_that_can_be_read_with_levers_and_controls(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/present?other_duties_cut=0.1&slide=gives&lang=zh")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "gives")
    expect(page.locator('[data-deck="number"]')).to_have_text(re.compile("6 /"))
    size = "texts => Math.min(...texts.map((one) => parseFloat(getComputedStyle(one).fontSize)))"
    assert page.locator(".slide .at").evaluate_all(size) >= 12
    assert page.locator(".deck-bar button").evaluate_all(size) >= 14
    for one in (*page.locator(".deck-bar button").all(), page.locator(".st-key-panel button").first):
        box = one.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
    for lever in (page.locator('input[data-tier="city"]'), page.locator(".st-key-trial-levers input").first):
        expect(lever).to_be_visible()
    page.locator('[data-deck="forward"]').click()
    expect(page.locator(".slide")).to_have_attribute("data-slide", "why")


CHANGED = "frontline_share.city=0.7&frontline_share.county=0.75&merged_bodies=120&other_duties_cut=0.1"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_slider_moves_where_a_lever_is_changed_and_no_figure_leaves_its_card(page: Page, app_url: str, language):
    places = []
    for decisions in ("", CHANGED):
        page.goto(f"{app_url}/?{decisions}&lang={language}")
        expect(page.locator(".card em")).to_have_count(4 if decisions else 0)
        rest(page)
        sliders = page.get_by_test_id("stSidebar").get_by_test_id("stSliderThumbValue")
        expect(sliders).to_have_count(6)
        sliders.last.evaluate(STILL)  # Parts above it come with code of their own.
        places.append(sliders.evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)"))
    assert places[0] == places[1]
    for figure in page.locator(".card .figure").all():
        assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth")


LABELS_OVER_OTHERS = """side => {
    const parts = "[data-testid=stButtonGroup] button, [data-baseweb], [data-testid=stSlider]";
    const over = [];
    let bottom = 0;
    for (const one of [...side.querySelectorAll(parts)].filter((part) => part.getClientRects().length)) {
        if (one.dataset.testid === "stSlider") {
            const label = one.querySelector("[data-testid=stWidgetLabel] p");
            if (label.getBoundingClientRect().top < bottom) over.push(label.textContent);
            bottom = one.querySelector("[data-testid=stSliderThumbValue]").getBoundingClientRect().top;
        } else bottom = one.getBoundingClientRect().bottom;
    }
    return over;
}"""
"""The labels of sliders that begin above the end of what stands before them; in one look, as a tab may still change."""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_label_of_a_changed_slider_lies_over_nothing_above_it(page: Page, app_url: str, language: str):
    shares = "targeted_share=0.3&case_policy.province=0.1&phase_months=20&rules=2025&from_approvals=10"
    page.goto(f"{app_url}/?other_duties_cut=0.1&{shares}&lang={language}")
    expect(page.locator(".card em")).to_have_count(4)
    side = page.get_by_test_id("stSidebar")
    for tab in side.get_by_test_id("stButtonGroup").first.locator("button").all():
        tab.click()
        expect(tab).to_have_attribute("data-selected", "true")
        rest(page)
        assert side.evaluate(LABELS_OVER_OTHERS) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.browser_context_args(viewport={"width": 911, "height": 512})
def test_on_a_small_screen_no_word_of_the_bar_of_a_slide_lies_on_its_chart(page: Page, app_url: str, language: str):
    page.goto(f"{app_url}/present?staff.change.city=-100&staff.change.county=100&slide=months&lang={language}")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "months")
    charts = page.locator('.st-key-stage [class*="st-key-chart-"]')
    expect(charts).to_have_count(2)
    rest(page)
    for chart in charts.all():
        box = chart.bounding_box()
        assert page.locator(".st-key-live .total").bounding_box()["y"] >= box["y"] + box["height"]


def test_keys_show_which_tool_of_a_chart_they_are_on(page: Page, app_url: str):
    page.goto(f"{app_url}/?lang=zh")
    expect(page.locator(".st-key-charts canvas")).to_have_count(5)
    rest(page)
    first, second = page.locator(".st-key-charts [data-testid=stElementToolbar] button").all()[:2]
    first.focus()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    assert (
        second.evaluate("""tool => {
      const { left, top, width, height } = tool.getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 2, top + height / 2);
      return tool.contains(seen) && getComputedStyle(tool).outlineStyle;
    }""")
        == "solid"
    )


def test_evidence_opened_by_a_link_has_the_whole_width_at_once(page: Page, app_url: str):
    page.goto(f"{app_url}/?staff.change.city=-100&staff.change.county=100&lang=zh")
    expect(page.locator(".card em")).to_have_count(4)
    page.locator(".rests a").first.click()
    expect(page.locator(".st-key-numbers")).to_be_visible()
    assert page.locator("[data-testid=stMain]").bounding_box()["x"] == 0

"""Own base years in a real browser: Guangdong read one way, and a city without counties, page by page."""

import re
from pathlib import Path

import pytest
from conftest import Trouble
from nation import ID as NATION
from nation import nation_workbook
from playwright.sync_api import Page, expect
from resting_page import give_file, rest, rest_and_hear_keys

from model.files.base_years.store import BaseYears
from model.files.tables.form_cells import sheets_of, with_cells
from model.outputs.workbook.base_year_form import base_year_workbook

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")
PATHS = {
    "推演": "/(start)?\\?",
    "对比": "compare",
    "求解方案": "decide",
    "市州": "prefectures",
    "汇报": "present",
    "依据": "evidence",
}

YEAR = {"x": 1000, "y": 116}
"""The value of the third row in the form's first sheet."""


def walk(page: Page, trouble: Trouble, places: str = "市州") -> None:
    """Every page by its link, that of `places` too; each is drawn whole, without a word of Hunan."""
    for name in PATHS:
        page.get_by_role("link", name=places if name == "市州" else name, exact=True).first.click()
        expect(page).to_have_url(re.compile(PATHS[name]))
        rest(page)
        expect(page.locator(".refusal")).to_have_count(0)
        assert "长沙" not in page.locator("[data-testid=stMain]").inner_text()
        if name == "汇报":
            page.get_by_role("button", name="返回推演").click()
    assert trouble == Trouble()


def test_guangdong_says_why_it_does_not_close_and_is_planned_on_as_it_is_read(
    page: Page, app_url: str, trouble: Trouble
) -> None:
    page.goto(f"{app_url}/base_years?lang=zh&baseline=guangdong-2016")
    expect(page.locator(".fit")).to_contain_text("全部时间的 1.8 倍")
    page.get_by_role("button", name="按这种读法").first.click()
    expect(page.locator(".fit")).to_contain_text("对得上：")
    expect(page.get_by_role("link", name="现状：广东 2016")).to_be_visible()
    walk(page, trouble)


@pytest.mark.browser_context_args(viewport={"width": 911, "height": 512}, locale="zh-CN")
def test_all_digits_of_a_nation_are_seen_at_one_and_a_half_times_the_size(
    page: Page, app_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "nation.xlsx"
    file.write_bytes(nation_workbook())
    page.goto(f"{app_url}/base_years?lang=zh")
    give_file(page, file)
    expect(page.get_by_role("status").filter(has_text="已保存为")).to_be_visible()
    for place in ("present", ""):
        page.goto(f"{app_url}/{place}?lang=zh&baseline={NATION}")
        boxes = page.locator(".force input")
        expect(boxes.last).to_have_value("60100")
        cut = boxes.evaluate_all("boxes => boxes.map((box) => box.scrollWidth - box.clientWidth)")
        assert cut == [0, 0, 0], place


def test_ctrl_s_in_a_cell_of_the_form_keeps_what_is_typed_there(page: Page, app_url: str, trouble: Trouble) -> None:
    page.goto(f"{app_url}/base_years?lang=zh")
    expect(page.locator(".fit")).to_contain_text("对得上")
    rest(page)
    page.get_by_role("button", name="照此另建").click()
    name = page.get_by_label("中文名称").first
    name.fill("按键另建")
    rest_and_hear_keys(page)
    name.press("Control+s")
    expect(page.get_by_role("status").filter(has_text="已保存为")).to_be_visible()
    table = page.get_by_test_id("stForm").get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    expect(table.locator("canvas").first).to_be_visible()
    rest(page)
    table.dblclick(position=YEAR)
    expect(page.locator("#portal textarea")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("2019")
    page.keyboard.press("Control+s")
    expect(page.locator(".change").first).to_contain_text("1 格")
    expect(page.get_by_role("status").filter(has_text="已保存为")).to_be_in_viewport()
    expect(page.locator(".base-years tr").filter(has_text="按键另建")).to_contain_text("2019")
    assert trouble == Trouble()


def city_workbook() -> bytes:
    """A city of three districts without counties, as somebody fills it into the workbook."""
    name = {"zh": "某市 2025", "en": "City 2025"}
    data = base_year_workbook(BaseYears().files("hunan-2021"), "zh", name=name, is_blank=True)
    sheets = {sheet.title: sheet for sheet in sheets_of(data)}
    rows = [line[0] for line in sheets["队伍"].rows]
    force = {"staff_total": "150", "staff_province": "40"}
    districts = [
        ("东区", "East", "0", "900000", "400"),
        ("西区", "West", "0", "700000", "600"),
        ("南区", "South", "0", "400000", "900"),
    ]
    cells = {
        "来源": {(7, 3): "2025", (8, 3): "某市年报"},
        "队伍": {(5 + rows.index(id), 3): value for id, value in force.items()},
        "市州": {(5 + k, 1 + c): value for k, row in enumerate(districts) for c, value in enumerate(row)},
    }
    return with_cells(data, cells)


@pytest.mark.by_day
def test_a_city_of_ones_own_is_brought_and_planned_on(
    page: Page, app_url: str, trouble: Trouble, tmp_path: Path
) -> None:
    file = tmp_path / "city.xlsx"
    file.write_bytes(city_workbook())
    page.goto(f"{app_url}/base_years?lang=zh")
    give_file(page, file)
    expect(page.get_by_role("status").filter(has_text="已保存为")).to_be_visible()
    page.get_by_role("button", name="方案改用这一套").click()
    expect(page.get_by_role("link", name="现状：某市 2025")).to_be_visible()
    expect(page.locator(".fit")).to_contain_text("对得上")
    page.get_by_role("link", name="推演", exact=True).first.click()
    expect(page.locator(".opening")).to_contain_text("供市局规划执法力量")
    expect(page.get_by_role("spinbutton", name=re.compile("^市本级"))).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).not_to_contain_text(re.compile("省级|县级人数"))
    walk(page, trouble, "区县")

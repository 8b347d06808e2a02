"""After a sign-in the plan opens whose address was mailed, on its page."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import ROOT, served
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1366, "height": 768}, locale="zh-CN")
PLAN = {"name.zh": "下沉一百人", "staff.change.city": "-100", "staff.change.county": "100", "lang": "zh"}


def test_a_mailed_plan_opens_after_the_sign_in(page: Page, tmp_path: Path) -> None:
    with served(ROOT / "tests" / "support" / "signing_in_app.py", tmp_path) as url:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{url}/prefectures?{urlencode(PLAN)}")
        expect(page.get_by_role("heading", name="市州").first).to_be_visible()
        expect(page).to_have_url(f"{url}/prefectures?{urlencode(PLAN)}")
        assert any("/provider" in one for one in asked), "the sign-in was asked for"
        page.get_by_role("link", name="推演").first.click()
        expect(page.get_by_role("textbox", name="方案名称")).to_have_value("下沉一百人")
        assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "frontline_way_back"]

"""A presenter's journey on a projector, in a real browser: keys alone, nothing too small, nothing cut off."""

import re

import pytest
from conftest import Trouble
from playwright.sync_api import Browser, Page, expect

from model import Scenario, project
from model.evidence.baseline import TIERS
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.numbers import amount
from model.outputs.story.plan_story import plan_story
from model.outputs.story.story import Story
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import base_year_of, baseline_of
from model.projection.stability import stability

pytestmark = pytest.mark.browser_context_args(viewport={"width": 1920, "height": 1080}, locale="zh-CN")

SCENARIO = Scenario(
    name={"zh": "下沉 <b>", "en": "Sink <b>"}, levers={"staff.change.city": -100.0, "staff.change.county": 100.0}
)
PLAN = "name.zh=下沉 <b>&name.en=Sink <b>&staff.change.city=-100&staff.change.county=100"
SMALL_OR_OUTSIDE = """() => {
  const found = [];
  const look = (root) => root.querySelectorAll("*").forEach((one) => {
    if (one.shadowRoot) look(one.shadowRoot);
    const box = one.getBoundingClientRect();
    const says = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!says || ["STYLE", "SCRIPT", "TITLE"].includes(one.tagName) || !box.width || box.bottom < 0) return;
    if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return;
    const size = parseFloat(getComputedStyle(one).fontSize);
    if (size < 24) found.push(`${one.textContent.trim().slice(0, 40)}: ${size} px`);
    if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
      found.push(`${one.textContent.trim().slice(0, 40)}: outside`);
  });
  look(document.body);
  document.querySelectorAll(".slide .at").forEach((one) => {
    const beyond = 2 + 0.06 * parseFloat(getComputedStyle(one).fontSize);  // what a face reaches over its line
    if (one.scrollHeight > one.clientHeight + beyond || one.scrollWidth > one.clientWidth + 2)
      found.push(`${one.textContent.trim().slice(0, 40)}: overflows its box`);
  });
  if (document.documentElement.scrollHeight > innerHeight) found.push("the page scrolls");
  return found;
}"""


def told(language: str) -> Story:
    baseline, projection = baseline_of(SCENARIO), coherent(project(SCENARIO))
    found = stability(base_year_of(SCENARIO, baseline), projection)
    return plan_story(projection, baseline, language, found)


def expect_slide(page: Page, story: Story, place: int) -> None:
    slide = story.slides[place]
    expect(page.locator(".slide")).to_have_attribute("data-slide", slide.id)
    expect(page.locator(".slide h1")).to_have_text(slide.headline)
    expect(page.locator('[data-deck="number"]')).to_have_text(f"{place + 1} / {len(story.slides)}")


def visits(moved: int) -> str:
    levers = {"staff.change.city": -float(moved), "staff.change.county": float(moved)}
    return amount(coherent(project(Scenario(levers=levers))).measures["visits"].total.scenario.p50, "visits a year")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_presenter_walks_the_story_by_keys_moves_people_on_the_way_and_comes_back_to_the_plan(
    page: Page, app_url: str, trouble: Trouble, language: str
) -> None:
    story = told(language)
    page.goto(f"{app_url}/?{PLAN}&lang={language}")
    page.get_by_role("link", name=text("pages.present", language), exact=True).click()

    # No click before the first key; a remote's keys and the arrows alike.
    for place, slide in enumerate(story.slides):
        expect_slide(page, story, place)
        expect(page.locator(".st-key-stage svg.marks")).to_have_count(len(slide.charts))
        assert page.evaluate(SMALL_OR_OUTSIDE) == [], slide.id
        if slide.id == "question":
            assert not any(question.answer in page.content() for question in slide.questions)
        page.keyboard.press("PageDown" if place % 2 else "ArrowRight")
    expect_slide(page, story, len(story.slides) - 1)

    page.keyboard.press("PageUp")
    expect_slide(page, story, len(story.slides) - 2)
    page.keyboard.press("Home")
    expect_slide(page, story, 0)
    gives = [slide.id for slide in story.slides].index("gives")
    for _ in range(gives):  # faster than the server answers
        page.keyboard.press("PageDown")
    expect_slide(page, story, gives)
    expect(page).to_have_url(re.compile(r"[?&]slide=gives\b"))

    # The handle takes the arrows while it has the focus, never the remote's keys.
    page.get_by_role("slider", name=text("plan.force_right", language)).focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    expect(page.locator('[data-figure="visits"] .value b')).to_have_text(visits(110))
    assert page.evaluate(SMALL_OR_OUTSIDE) == []
    page.keyboard.press("PageDown")
    expect(page.locator(".slide")).to_have_attribute("data-slide", story.slides[gives + 1].id)
    page.keyboard.press("PageUp")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "gives")
    handle = page.get_by_role("slider", name=text("plan.force_left", language)).bounding_box()
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.up()
    page.keyboard.press("ArrowRight")  # a handle let go leaves the arrows to the slides
    expect(page.locator(".slide")).to_have_attribute("data-slide", story.slides[gives + 1].id)
    page.keyboard.press("End")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "limits")

    page.keyboard.press("Escape")
    expect(page.locator('.card[data-measure="visits"] .figure b')).to_have_text(visits(110))
    for tier, people in zip(TIERS, (77, 450, 1832), strict=True):
        expect(page.locator(f'input[data-tier="{tier}"]')).to_have_value(str(people))
    assert "slide=" not in page.url
    assert trouble == Trouble()


def test_a_link_opens_on_its_slide_a_reload_keeps_it_and_the_panel_chooses_the_order(
    browser: Browser, app_url: str
) -> None:
    """Streamlit itself asks twice for a file that is not there when a page other than the first is opened directly, so
    nobody listens to the console here."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US", color_scheme="dark")
    page = context.new_page()
    page.goto(f"{app_url}/present?{PLAN}&slide=missing&lang=en")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "missing", timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.reload()
    expect(page.locator(".slide")).to_have_attribute("data-slide", "missing", timeout=60_000)
    slides = [slide.id for slide in told("en").slides]
    expect(page.locator('[data-deck="number"]')).to_have_text(f"{slides.index('missing') + 1} / {len(slides)}")

    page.keyboard.press("n")
    expect(page.get_by_role("note")).to_contain_text("low / mid / high")
    page.keyboard.press("Escape")
    expect(page.get_by_role("note")).to_be_hidden()

    page.get_by_test_id("stPopoverButton").click()
    page.get_by_role("button", name=f"Situation: {text('present.up', 'en')}").click()
    page.get_by_role("checkbox", name="Month by month").uncheck()
    chosen = "situation%2Fcover%2Fquestion%2Fmove%2Fgives%2Fstability%2Fbinds%2Fmissing%2Frests"
    expect(page).to_have_url(re.compile(f"slides={chosen}"))
    expect(page.locator('[data-deck="number"]')).to_have_text(f"{slides.index('missing') + 1} / {len(slides) - 1}")
    with page.expect_download() as download:
        page.get_by_role("button", name=text("present.download", "en")).click()
    assert download.value.suggested_filename.endswith(".pptx")
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "situation")
    page.keyboard.press("PageDown")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "cover")
    page.go_back()
    expect(page.locator(".slide")).to_have_attribute("data-slide", "situation")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.get_by_role("button", name=text("present.leave_help", "en")).click()
    expect(page.locator(".cards")).to_be_visible()
    context.close()

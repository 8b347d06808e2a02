"""A presenter's journey on a projector, in a real browser: keys alone, nothing too small, nothing cut off."""

import re
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from conftest import Trouble
from playwright.sync_api import Browser, Error, Locator, Page, expect
from thorough import some

from model import Scenario, project
from model.evidence.baseline import TIERS
from model.outputs.phrasing.coherence import coherent
from model.outputs.phrasing.numbers import amount, percent
from model.outputs.story.plan_story import plan_story
from model.outputs.story.story import Story
from model.outputs.words import LANGUAGES, text
from model.projection.base_year import base_year_of, baseline_of
from model.projection.stability import stability
from model.projection.why.why import why

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


@cache
def told(language: str) -> Story:
    baseline, projection = baseline_of(SCENARIO), coherent(project(SCENARIO))
    base = base_year_of(SCENARIO, baseline)
    return plan_story(projection, baseline, language, stability(base, projection), why(base, projection))


def expect_slide(page: Page, story: Story, place: int) -> None:
    slide = story.slides[place]
    expect(page.locator(".slide")).to_have_attribute("data-slide", slide.id)  # one is worked out first
    expect(page.locator(".slide h1")).to_have_text(slide.headline)
    expect(page.locator('[data-deck="number"]')).to_have_text(f"{place + 1} / {len(story.slides)}")


def visits(moved: int) -> str:
    levers = {"staff.change.city": -float(moved), "staff.change.county": float(moved)}
    return amount(coherent(project(Scenario(levers=levers))).measures["visits"].total.scenario.p50, "visits a year")


@pytest.mark.by_day
@pytest.mark.parametrize("language", some(LANGUAGES, 1))
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

    # The plan is as it was: nobody decided what was tried.
    page.keyboard.press("Escape")
    expect(page.locator('.card[data-measure="visits"] .figure b')).to_have_text(visits(100))
    for tier, people in zip(TIERS, (77, 460, 1822), strict=True):
        expect(page.locator(f'input[data-tier="{tier}"]')).to_have_value(str(people))
    assert "slide=" not in page.url
    assert trouble == Trouble()


@pytest.fixture
def presented(page: Page, own_app: tuple[str, Path], language: str) -> Page:
    """The plan at the first slide, reached from its page."""
    page.goto(f"{own_app[0]}/?{PLAN}&lang={language}")
    page.get_by_role("link", name=text("pages.present", language), exact=True).click()
    expect_slide(page, told(language), 0)
    return page


def shown_visits(page: Page) -> Locator:
    return page.locator('[data-figure="visits"] .value b')


@pytest.mark.parametrize("language", some(LANGUAGES[::-1], 1))
def test_a_number_typed_on_a_slide_has_its_badge_leaves_the_keys_to_the_slides_and_is_put_back_by_one(
    presented: Page, trouble: Trouble, language: str
) -> None:
    """What if the board asks for 200?"""
    page = presented
    page.keyboard.press("ArrowRight")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "situation")
    badge = page.locator(".trial")
    expect(badge).to_have_count(0)

    # The badge, and the arrows are free again after Enter.
    box = page.locator('input[data-tier="city"]')
    box.fill("360")
    box.press("Enter")
    expect(badge).to_have_text(text("present.trial", language))
    assert page.evaluate(SMALL_OR_OUTSIDE) == []
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "gives")
    expect(shown_visits(page)).to_have_text(visits(200))
    dots = page.locator("canvas.dots")  # a dot is ten people
    expect(dots).to_have_attribute("data-dots", "8 36 192")
    page.keyboard.press("r")
    expect(dots).to_have_attribute("data-dots", "8 46 182")
    expect(shown_visits(page)).to_have_text(visits(100))
    expect(badge).to_have_count(0)
    expect(box).to_have_value("460")
    assert trouble == Trouble()


@pytest.mark.parametrize("language", some(LANGUAGES[::-1], 1))
def test_a_lever_dragged_on_a_slide_is_kept_as_a_copy_beside_the_plan_and_put_back(
    presented: Page, own_app: tuple[str, Path], trouble: Trouble, language: str
) -> None:
    """What if there were fewer other duties?"""
    page = presented
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "gives")
    expect(shown_visits(page)).to_have_text(visits(100))
    badge = page.locator(".trial")
    slider = page.locator('.st-key-trial-levers [role="slider"], .st-key-trial-levers input[type="range"]').first
    place = slider.bounding_box()
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] / 2 + 60, place["y"] + place["height"] / 2, steps=4)
    page.mouse.up()
    expect(badge).to_be_visible()
    expect(shown_visits(page)).not_to_have_text(visits(100))
    tried = shown_visits(page).inner_text()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "move")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name=text("present.keep", language)).click()
    kept = page.locator(".st-key-keep-variant button").first
    expect(kept).to_be_disabled()
    name = text("present.variant", language, name=SCENARIO.name[language])
    expect(kept).to_contain_text(name)
    (file,) = [one for one in own_app[1].glob("*.toml") if name in one.read_text("utf-8")]
    assert "other_duties_cut" in file.read_text("utf-8")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "why")
    page.keyboard.press("PageUp")
    expect(shown_visits(page)).to_have_text(tried)
    page.keyboard.press("r")
    expect(shown_visits(page)).to_have_text(visits(100))
    expect(badge).to_have_count(0)

    # The plan is unsaved and still there, with its copy beside it in Compare.
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stToast")).to_contain_text(file.name)
    expect(page.locator('.card[data-measure="visits"] .figure b')).to_have_text(visits(100))
    page.get_by_role("link", name=text("pages.compare", language), exact=True).click()
    expect(page.get_by_test_id("stMultiSelect").first).to_contain_text(name)
    expect(page).to_have_url(re.compile(r"compare=_base%2F_plan%2F"))
    assert trouble == Trouble()


def test_the_notes_in_their_own_window_follow_a_live_trial_and_the_file_says_that_it_is_one(
    page: Page, own_app: tuple[str, Path], trouble: Trouble
) -> None:
    page.goto(f"{own_app[0]}/?{PLAN}&lang=zh")
    page.get_by_role("link", name=text("pages.present", "zh"), exact=True).click()
    expect_slide(page, told("zh"), 0)
    for _ in range([slide.id for slide in told("zh").slides].index("gives")):
        page.keyboard.press("PageDown")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "gives")
    with page.expect_popup() as popup:
        page.keyboard.press("n")
    expect(popup.value.locator("body")).to_contain_text(visits(100))
    box = page.locator('input[data-tier="city"]')
    box.fill("360")
    box.press("Enter")
    expect(page.locator('[data-figure="visits"] .value b')).to_have_text(visits(200))
    expect(popup.value.locator("body")).to_contain_text(visits(200))
    expect(popup.value.locator("body")).not_to_contain_text(visits(100))
    expect(popup.value.locator("h1")).to_have_text(page.locator(".slide h1").inner_text())
    page.get_by_test_id("stPopoverButton").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=text("present.download", "zh")).click()
    assert download.value.suggested_filename == "一线-下沉-b-现场试算-幻灯片.pptx"
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text(text("present.file_of_trial", "zh"))
    assert trouble == Trouble()


def test_after_a_drag_the_next_key_is_the_presentations_and_after_tab_the_levers(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/present?{PLAN}&slide=gives&lang=zh")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "gives")
    expect(page.locator('[data-deck="number"]')).not_to_be_empty()
    lever, badge = page.locator(".st-key-trial-levers input[type=range]").first, page.locator(".trial")
    place = lever.bounding_box()
    across, down = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across + 60, down, steps=4)
    page.mouse.up()
    page.keyboard.press("r")  # before the badge is there
    expect(lever).to_have_value("0")
    expect(badge).to_have_count(0)

    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across + 60, down, steps=4)
    page.mouse.up()
    expect(badge).to_be_visible()
    moved = lever.input_value()
    lever.focus()  # as a slider does that draws itself late
    page.keyboard.press("ArrowRight")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "why")
    expect(lever).to_have_value(moved)

    lever.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    for further in (1, 2):
        page.keyboard.press("ArrowRight")
        expect(lever).to_have_value(str(int(moved) + further))
        expect(page).to_have_url(re.compile(rf"other_duties_cut%3D0\.{int(moved) + further}&"))
    expect(page.locator(".slide")).to_have_attribute("data-slide", "why")

    page.mouse.click(700, 300)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "gives")
    frame = "main => getComputedStyle(main, '::before').display"
    assert page.get_by_test_id("stMain").evaluate(frame) == "none", "no frame across the slide that has the keys"


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
def test_votes_tapped_in_stand_beside_the_truth(page: Page, app_url: str, trouble: Trouble, language: str) -> None:
    story = told(language)
    page.goto(f"{app_url}/?{PLAN}&lang={language}")
    page.get_by_role("link", name=text("pages.present", language), exact=True).click()
    expect_slide(page, story, 0)
    for _ in range(2):
        page.keyboard.press("PageDown")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "question")
    options = page.locator("button.vote")
    for place, taps in ((3, 3), (1, 2)):
        for _ in range(taps):
            options.nth(place).click()
    page.locator(".vote-fewer").first.click()  # of the second option
    expect(options.nth(3).locator("b")).to_have_text("3")
    expect(options.nth(1).locator("b")).to_have_text("1")
    assert page.evaluate(SMALL_OR_OUTSIDE) == []
    page.keyboard.press(" ")  # a tapped option does not keep the keys
    expect(page.locator(".slide")).to_have_attribute("data-slide", "answer")
    right = sum({3: 3, 1: 1}.get(place, 0) for place in story.slides[2].questions[0].right)
    said = text("present.vote_right", language, total=4, right=right, share=percent(right / 4))
    expect(page.locator(".vote-total").first).to_have_text(said)
    expect(page.locator(".vote-total").nth(1)).to_have_text("")
    assert page.evaluate(SMALL_OR_OUTSIDE) == []
    page.keyboard.press("PageUp")
    expect(options.nth(3).locator("b")).to_have_text("3")
    page.locator(".vote-total button").click()
    expect(options.nth(3).locator("b")).to_have_text("")
    assert trouble == Trouble()


def test_a_link_opens_on_its_slide_a_reload_keeps_it_and_the_panel_chooses_the_order(
    browser: Browser, app_url: str
) -> None:
    """Streamlit itself asks twice for a file that is not there when a page other than the first is opened directly, so
    nobody listens to the console here."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US", color_scheme="dark")
    page = context.new_page()
    page.goto(f"{app_url}/present?{PLAN}&slide=missing&lang=en")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "missing")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.reload()
    expect(page.locator(".slide")).to_have_attribute("data-slide", "missing")
    slides = [slide.id for slide in told("en").slides]
    expect(page.locator('[data-deck="number"]')).to_have_text(f"{slides.index('missing') + 1} / {len(slides)}")

    # The notes are in a window of their own, never over the slide, and follow it; keys there turn the slides too.
    with page.expect_popup() as popup:
        page.keyboard.press("n")
    notes = popup.value
    story = told("en")
    at = slides.index("missing")
    expect(notes.locator("h1")).to_have_text(story.slides[at].headline)
    expect(notes.locator("p").first).to_have_text(story.slides[at].notes[0])
    expect(notes.locator("p").last).to_have_text(story.slides[at + 1].headline)
    notes.keyboard.press("PageDown")
    expect(notes.locator("h1")).to_have_text(story.slides[at + 1].headline)
    expect(page.locator(".slide h1")).to_have_text(story.slides[at + 1].headline)
    notes.keyboard.press("PageUp")
    expect(page.locator(".slide")).to_have_attribute("data-slide", "missing")
    with notes.expect_event("close"), suppress(Error):  # the window is gone before the key is up
        notes.keyboard.press("Escape")

    page.get_by_test_id("stPopoverButton").click()
    names = page.locator(".running-order span")
    expect(names.first).to_be_visible()
    high = "one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).fontSize)"
    assert all(name.evaluate(high) < 2 for name in names.all()), "a name of a slide stands in one line"
    page.get_by_role("button", name=f"Situation: {text('present.up', 'en')}").click()
    page.get_by_role("checkbox", name="Month by month").uncheck()
    chosen = "situation%2Fcover%2Fquestion%2Fmove%2Fgives%2Fwhy%2Fstability%2Fbinds%2Fmissing%2Frests"
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

"""How long a planner waits in a real browser, beside an app of one slider and one chart in the same run.

The clock is the page's own.
"""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from conftest import FLAGS, ROOT, find_chromium, served
from playwright.sync_api import Browser, Page, sync_playwright

FLOOR = Path(__file__).with_name("floor_app.py")
PLAIN, TUNED, OURS = "floor, Streamlit's settings", "floor, our settings", "ours"
HANDLES = {PLAIN: 'input[type="range"]', TUNED: 'input[type="range"]', OURS: ".handle.right"}
CHARTS = {PLAIN: 1, TUNED: 1, OURS: 5}
ROUNDS, PRESSES = 4, 8
QUIET_MS = 700
"""Longer than any step: what is drawn by then belongs to the press."""
DRAGGED_SECONDS, EVERY_MS, PIXELS_A_SECOND = 3, 16, 100
"""A hand's pace, whatever the machine's: a handle moves by tens of people, which are some three pixels."""
STOPWATCH = """
window.drawn = new Map();
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...box) {
  if (this.canvas.isConnected) window.drawn.set(this.canvas, performance.now());
  return clear.apply(this, box);
};
const chart = "svg.marks";
new MutationObserver((changes) => changes.forEach(({ target }) => {
  const drawn = target.closest?.(chart) ?? target.parentElement?.closest(chart);
  if (drawn) window.drawn.set("svg", performance.now());
})).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
window.addEventListener("keydown", (event) => {
  if (event.key.startsWith("Arrow")) { window.pressed = performance.now(); window.drawn.clear(); }
}, true);
window.figures = [];
new MutationObserver(() => {
  const shown = document.querySelector(".card .figure b")?.textContent;
  if (shown && shown !== window.figures.at(-1)?.shown) window.figures.push({ shown, at: performance.now() });
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""It listens only: a look at every frame has the browser draw frames without end, and doubles what it measures."""


def table() -> Iterator[tuple[str, str]]:
    """What was measured, and what came of it."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        with _three_apps(Path(folder)) as (urls, started):
            first_chart = {name: _first_chart(browser, urls[name], started[name]) for name in urls}
            yield "server's start to the first chart", _beside(first_chart)
            second = {name: _first_chart(browser, url, time.monotonic()) for name, url in urls.items()}
            yield "a second session to the first chart", _beside(second)
            pages = {name: _page(browser, url, name) for name, url in urls.items()}
            first, last = _presses(pages)
            yield "arrow key to the first chart", _beside(first)
            yield "arrow key to the last chart", _beside(last)
            yield "a handle dragged", _dragged(pages[OURS])


@contextmanager
def _three_apps(folder: Path) -> Iterator[tuple[dict[str, str], dict[str, float]]]:
    """The addresses of the two floors and of the app, and the moments at which their servers were started."""
    own = {"STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false", "STREAMLIT_SERVER_ADDRESS": "localhost"}
    places = {name: folder / str(k) for k, name in enumerate(HANDLES)}
    for place in places.values():
        place.mkdir()
    script, started = Path(shutil.copy(FLOOR, places[PLAIN])), {}
    started[PLAIN] = time.monotonic()
    with patch.dict(os.environ, own), served(script, places[PLAIN], at=places[PLAIN]) as plain:
        started[TUNED] = time.monotonic()
        with served(FLOOR, places[TUNED]) as tuned:
            started[OURS] = time.monotonic()
            with served(ROOT / "app.py", places[OURS]) as ours:
                yield {PLAIN: plain, TUNED: tuned, OURS: f"{ours}/?lang=zh"}, started


def _first_chart(browser: Browser, url: str, started: float) -> float:
    """Milliseconds from a moment to the first chart of a page in a browser's new window."""
    page = browser.new_page()
    page.goto(url)
    page.wait_for_selector("canvas, svg.marks")
    taken = 1e3 * (time.monotonic() - started)
    page.close()
    return taken


def _page(browser: Browser, url: str, name: str) -> Page:
    page = browser.new_page(viewport={"width": 1366, "height": 1200})
    page.add_init_script(STOPWATCH)
    page.goto(url)
    page.wait_for_function(f"document.querySelectorAll('canvas, svg.marks').length >= {CHARTS[name]}", timeout=60_000)
    page.wait_for_timeout(3000)
    return page


def _presses(pages: Mapping[str, Page]) -> tuple[dict[str, float], dict[str, float]]:
    """Median milliseconds from a press to the first and to the last chart drawn; the pages take turns."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, page in pages.items():
            page.bring_to_front()
            page.locator(HANDLES[name]).first.focus()
            for press in range(PRESSES):
                page.keyboard.press("ArrowLeft")
                page.wait_for_function(f"window.drawn.size >= {CHARTS[name]}", polling=QUIET_MS)
                page.wait_for_timeout(QUIET_MS)
                drawn = page.evaluate("[...window.drawn.values()].map(at => at - window.pressed)")
                assert len(drawn) >= CHARTS[name], f"{name}, press {press}: {len(drawn)} charts drawn anew"
                if press:
                    taken[name].append((min(drawn), max(drawn)))
    first, last = (
        {name: statistics.median(pair[which] for pair in pairs) for name, pairs in taken.items()} for which in (0, 1)
    )
    return first, last


def _dragged(page: Page) -> str:
    """How often the figures change while a handle is dragged to and fro, and how soon after its release they stand."""
    page.bring_to_front()
    box = page.locator(HANDLES[OURS]).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("window.figures = []")
    began = time.monotonic()
    while (seconds := time.monotonic() - began) < DRAGGED_SECONDS:
        page.mouse.move(x - PIXELS_A_SECOND * (DRAGGED_SECONDS / 2 - abs(seconds - DRAGGED_SECONDS / 2)), y)
        page.wait_for_timeout(EVERY_MS)
    during = page.evaluate("window.figures.length")
    released = page.evaluate("performance.now()")
    page.mouse.up()
    page.wait_for_timeout(3 * QUIET_MS)
    last = page.evaluate("window.figures.at(-1).at")
    return f"{during / DRAGGED_SECONDS:.1f} updates a second, the last {max(last - released, 0):.0f} ms after release"


def _beside(taken: Mapping[str, float]) -> str:
    """Our time, and its ratio to the floors'."""
    ratios = ", ".join(f"{taken[OURS] / taken[name]:.2f} x {name} ({taken[name]:,.0f})" for name in (PLAIN, TUNED))
    return f"{taken[OURS]:,.0f} ms; {ratios}"

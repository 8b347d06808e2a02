"""How long a planner waits: arrow key on the force bar to the last of the four charts drawn anew, in a real browser,
beside an app of one slider and one chart in the same run: `pytest tests/bench`.

The clock is the page's own. Machines are shared and noisy: quote the ratio, not the milliseconds.
"""

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import served
from playwright.sync_api import Page

FORCE_HANDLE = ".handle.right"
FLOOR = Path(__file__).with_name("floor_app.py")
PRESSES = 30
QUIET_MS = 700
"""Longer than any step: what is drawn by then belongs to the press."""

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
"""


def steps(page: Page, url: str, handle: str, charts: int) -> list[float]:
    """Milliseconds from each press to the last chart drawn; every chart must have been."""
    page.add_init_script(STOPWATCH)
    page.goto(url)
    page.wait_for_function(f"document.querySelectorAll('canvas, svg.marks').length >= {charts}", timeout=60_000)
    page.wait_for_timeout(3000)
    page.locator(handle).focus()
    taken = []
    for press in range(PRESSES + 5):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(QUIET_MS)
        drawn = page.evaluate("[...window.drawn.values()].map(at => at - window.pressed)")
        assert len(drawn) >= charts, f"press {press}: {len(drawn)} of {charts} charts drawn anew"
        taken.append(max(drawn))
    return taken[5:]


def quantiles(taken: list[float]) -> dict[str, float]:
    return {"median": statistics.median(taken), "p95": statistics.quantiles(taken, n=20)[-1]}


@pytest.fixture(scope="module")
def floors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The app of one slider and one chart, with Streamlit's own settings and with the project's."""
    plain, tuned = (tmp_path_factory.mktemp(name) for name in ("plain", "tuned"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false")  # nothing leaves the machine
        patch.setenv("STREAMLIT_SERVER_ADDRESS", "localhost")
        script = shutil.copy(FLOOR, plain)
        with served(Path(script), plain, at=plain) as defaults, served(FLOOR, tuned) as ours:
            yield {"floor, Streamlit's settings": defaults, "floor, our settings": ours}


def test_a_press_on_the_force_bar_beside_two_floors(page: Page, app_url: str, floors: dict[str, str]) -> None:
    """Prints the table and asserts nothing but that every chart was drawn: the bar of 2 to 1 is judged by who reads it,
    since it holds for one floor and not for the other."""
    page.set_viewport_size({"width": 1366, "height": 1200})
    taken = {name: quantiles(steps(page, url, 'input[type="range"]', 1)) for name, url in floors.items()}
    step = quantiles(steps(page, f"{app_url}/?lang=zh", FORCE_HANDLE, 5))
    for name, figures in {**taken, "a step of ours": step}.items():
        ratio = step["median"] / figures["median"]
        print(f"{name:28} median {figures['median']:5.0f} ms  p95 {figures['p95']:5.0f} ms  step / this {ratio:.2f}")

"""Waiting in a browser for a page that is drawn, where what comes next would be lost in a half-drawn one."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

AT_REST = '[data-test-script-state="notRunning"]'
LINKS_LISTEN = "Boolean(Object.keys(document.frontlineLinks?.tell ?? {}).length)"
STILL = """async part => {
  const place = () => JSON.stringify(part.getBoundingClientRect());
  for (let before = place(), same = 0; same < 10; before = place()) {
    await new Promise(resolve => setTimeout(resolve, 100));
    same = place() === before ? same + 1 : 0;
  }
}"""


def rest(page: Page) -> None:
    """Wait until the script of the page is not running."""
    page.wait_for_selector(AT_REST)


def rest_and_hear_keys(page: Page) -> None:
    """Wait also until a page in Chinese hears the keys that are its own: what translates it does that too."""
    rest(page)
    page.wait_for_selector('html[lang="zh-CN"]', state="attached")


def point_at_link(link: Locator) -> None:
    """Put the pointer on a link that the page follows by itself, once it does and the link has stopped moving."""
    rest(link.page)
    link.page.wait_for_function(LINKS_LISTEN)
    link.evaluate(STILL)
    link.hover()


def give_file(part: Page | Locator, file: Path) -> None:
    """Give a file to the one box for files there: the box of the file before goes once the new one is drawn."""
    rest(part if isinstance(part, Page) else part.page)
    box = part.locator('input[type="file"]')
    expect(box).to_have_count(1)
    box.set_input_files(file)

"""Parts of a page that a script names: none is seen before it has its name."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

import views

PARTS = sorted(Path(views.__file__).parent.rglob("*.html"))
VOID = {"br", "hr", "img", "input", "link", "meta", "path"}


class Unnamed(HTMLParser):
    """What can be operated, is seen, and has no name of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: list[bool] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        hidden = any(self.hidden[-1:]) or "hidden" in given or "visibility: hidden" in (given.get("style") or "")
        if (tag in {"button", "input"} or given.get("role") == "slider") and not hidden and "aria-label" not in given:
            self.found.append(self.get_starttag_text() or tag)
        if tag not in VOID:
            self.hidden.append(hidden)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.hidden.pop()

    def handle_endtag(self, tag: str) -> None:
        self.hidden.pop()


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_nothing_is_seen_before_it_has_a_name(path: Path):
    """A reader's machine that looks while the script still loads finds no button without a name."""
    parser = Unnamed()
    parser.feed(path.read_text("utf-8"))
    assert parser.found == []
    assert not parser.hidden, "each tag is closed"

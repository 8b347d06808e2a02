"""The framework's own words: each phrase to translate is one that Streamlit writes, to the letter."""

from pathlib import Path

import pytest
import streamlit

from model.outputs.words import keys, text
from views.shell.page.framework import SUBJECT

PAGES = Path(streamlit.__file__).parent / "static" / "static" / "js"
OWN = [key for key in keys() if key.startswith(SUBJECT)]

PUT_TOGETHER = {
    "most_chosen": ("You can only select up to ", "`options`", " Remove an option first."),
    "enter_apply": ("Press Enter to ", "`apply`"),
    "enter_submit": ("Press Enter to ", "`submit form`"),
    "ctrl_enter_apply": ("`Ctrl`", "+Enter to ", "`apply`"),
    "ctrl_enter_submit": ("`Ctrl`", "+Enter to ", "`submit form`"),
    "page_missing_more": ("The page that you have requested does not seem to exist", ". Running the app's main page."),
}
"""Phrases that Streamlit puts together, in parts as its code has them."""


@pytest.fixture(scope="module")
def written() -> str:
    return "\n".join(path.read_text("utf-8") for path in PAGES.glob("*.js"))


@pytest.mark.parametrize("key", OWN)
def test_streamlit_still_writes_it(written, key):
    """A phrase that a new version of Streamlit words otherwise would stay in English unnoticed."""
    for part in PUT_TOGETHER.get(key.removeprefix(SUBJECT), text(key, "en").split("{n}")):
        assert part in written
    assert text(key, "zh").count("{n}") == text(key, "en").count("{n}")

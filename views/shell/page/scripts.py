"""The scripts of the parts of a page, which all ask in the same way whether the page is at rest."""

from pathlib import Path

STATE = Path(__file__).with_name("script_state.js")


def script(file: Path) -> str:
    """The script of a part, behind what tells it the state of the page."""
    return f"{STATE.read_text('utf-8')}\n{file.read_text('utf-8')}"

"""Run by a test in a process of its own: pages and commands where libraries are missing or broken, and what they say.

Usage: without_libraries.py missing|broken PACKAGE[,PACKAGE...] LANGUAGE FOLDER. It prints JSON.
"""

import contextlib
import io
import json
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from component_scan import look_for_components_once  # noqa: E402
from thorough import IS_THOROUGH  # noqa: E402

MODULES = {
    "openpyxl": "openpyxl",
    "XlsxWriter": "xlsxwriter",
    "python-pptx": "pptx",
    "python-docx": "docx",
    "vl-convert-python": "vl_convert",
}
COMPARED = {"compare": "sink-to-counties/cut-other-duties"}
PAGES = ("plan", "compare", "decide", "prefectures", "present", "evidence", "base_years")
BOXES = ("export-box", "inspections", "deck-panel")
"""Keys of the boxes that a reader opens to download."""
PLAN, OTHER = (str(ROOT / "scenarios" / f"{name}.toml") for name in ("sink-to-counties", "cut-other-duties"))
TEMPLATE = str(ROOT / "model" / "outputs" / "story" / "office" / "template.pptx")
TEMPLATE_READER = "python-pptx"
"""The library that reads a template; where it is there, an export with one misses what an export without one does."""
FEW = ("--draws", "512")
COMMANDS = {
    "check": ("check", PLAN),
    "levers": ("levers",),
    "evidence": ("evidence",),
    "project": ("project", PLAN, *FEW),
    "not-done": ("not-done", PLAN, *FEW),
    "best-plan": ("best-plan", PLAN, "--goal", "visits", *FEW),
    "export": ("export", PLAN, *FEW, "--out", "{folder}/export"),
    "template": ("export", PLAN, *FEW, "--out", "{folder}/template", "--template", TEMPLATE),
    "baseline list": ("baseline", "list"),
    "baseline new": ("baseline", "new", "--from", "hunan-2021", "--name", "A", "--workbook", "{folder}/own.xlsx"),
    "compare": ("compare", PLAN, OTHER, *FEW, "--out", "{folder}/compare"),
}


class Blocked(MetaPathFinder):
    """In front of all that finds modules: some are not there, or fall apart while they are read."""

    def __init__(self, how: str, packages: list[str]):
        self.how, self.modules = how, {MODULES[package] for package in packages}

    def find_spec(self, name: str, *_: object) -> None:
        if name.partition(".")[0] in self.modules:
            raise (
                ModuleNotFoundError(f"No module named {name!r}") if self.how == "missing" else OSError("not a library")
            )


def page(name: str, language: str) -> dict:
    """What a page shows with its boxes open: faults, download buttons with whether they are off, texts."""
    from one_page import drawn_html, opened_page

    app = opened_page(name, language, **(COMPARED if name == "compare" else {}))
    for box in BOXES:
        app.session_state[box] = True
    app.run()
    return {
        "faults": [one.value for one in app.exception] + ["failure"] * drawn_html(app).count("data-failure"),
        "off": {one.proto.label: one.proto.disabled for one in app.get("download_button")},
        "texts": [one.value for one in app.text],
    }


def upload(language: str) -> str:
    """The answer to a workbook as a staff list, its title as shown and first sentence."""
    from model import shipped_baseline
    from model.files.tables.staff_list import read_staff_list
    from model.outputs.prefectures.staff_list_template import sentence

    baseline = shipped_baseline("hunan-2021")
    workbook = (ROOT / "tests" / "files" / "staff_lists" / "02-subtotals.xlsx").read_bytes()
    _, problems = read_staff_list(workbook, "list.xlsx", baseline)
    return sentence(problems[0], baseline, language) if problems else ""


def command(arguments: tuple[str, ...], language: str, folder: str) -> tuple[int, list[str]]:
    """The exit code of a command and the lines of what it complains about."""
    from model.command_line.main import main

    given = [part.format(folder=folder) for part in arguments]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as complaints:
        code = main(["--language", language, *given])
    return code, complaints.getvalue().splitlines()


if __name__ == "__main__":
    how, packages, language, folder = sys.argv[1:]
    sys.meta_path.insert(0, Blocked(how, packages.split(",")))
    look_for_components_once()
    said = {
        "pages": {name: page(name, language) for name in PAGES},
        "upload": upload(language),
        "commands": {
            name: command(arguments, language, folder)
            for name, arguments in COMMANDS.items()
            if name != "template" or IS_THOROUGH or TEMPLATE_READER in packages.split(",")
        },
    }
    print(json.dumps(said))

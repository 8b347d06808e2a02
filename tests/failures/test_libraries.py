"""A library that serves exports and uploads is missing or broken: pages and answers stand, the export says why not."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from thorough import some
from without_libraries import MODULES

from model.command_line.arguments import FAILED
from model.outputs.words import text

HELPER = Path(__file__).parents[1] / "support" / "without_libraries.py"
WRITES = {
    "XlsxWriter": {"group_slides", "group_workbook", "group_inspections"},
    "python-pptx": {"group_slides"},
    "python-docx": {"group_report", "group_request", "group_quality"},
    "vl-convert-python": {"group_report", "group_brief", "group_pictures"},
    "openpyxl": set(),
}
"""What the export box cannot offer, by the library that is missing."""
ELSEWHERE = {
    "XlsxWriter": {
        ("prefectures", "inspection.download"),
        ("present", "present.download"),
        ("base_years", "base_year_page.workbook_new"),
        ("base_years", "base_year_page.workbook_edit"),
    },
    "python-pptx": {("present", "present.download")},
    "python-docx": {("compare", "paper.download")},
    "vl-convert-python": {("compare", "pictures.download"), ("compare", "paper.download")},
    "openpyxl": {("prefectures", "prefectures.list_template_xlsx")},
}
"""Buttons on the pages themselves that are off with it."""
FILES = {
    "XlsxWriter": {"slides.pptx", "workbook.xlsx", "inspection-plan.xlsx"},
    "python-pptx": {"slides.pptx"},
    "python-docx": {"report.docx", "request.docx", "quality.docx"},
    "vl-convert-python": {"report.docx", "brief.html", "pictures"},
    "openpyxl": set(),
}
"""What the command leaves out of an export."""
COMPLAINING = {
    "XlsxWriter": {"export", "template", "compare", "baseline new"},
    "python-pptx": {"export", "template", "compare"},
    "python-docx": {"export", "template", "compare"},
    "vl-convert-python": {"export", "template", "compare"},
    "openpyxl": set(),
}
"""The commands that say so."""
CASES = [
    ("missing", tuple(MODULES), "zh"),
    ("broken", tuple(MODULES), "en"),
    *(("missing", (package,), "en") for package in MODULES),
    *(("broken", (package,), "zh") for package in MODULES),
]


@pytest.mark.by_night
@pytest.mark.parametrize(("how", "packages", "language"), some(CASES, 3))
def test_pages_and_answers_stand_and_an_export_says_why_not(how, packages, language, tmp_path):
    run = subprocess.run(
        [sys.executable, HELPER, how, ",".join(packages), language, tmp_path],
        env=os.environ | {"FRONTLINE_LOG": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    said = json.loads(run.stdout)
    logged = (tmp_path / "failures.log").read_text(encoding="utf-8")
    _check_pages(said["pages"], packages, language)
    assert bool(said["upload"]) == ("openpyxl" in packages)
    assert not said["upload"] or ("openpyxl" in said["upload"] and "CSV" in said["upload"])
    _check_commands(said["commands"], packages)
    gone = set().union(*(FILES[package] for package in packages))
    written = {path.name for path in (tmp_path / "export").iterdir()}
    assert not written & gone and {"projection.json", "tables", "scenario.toml"} <= written
    assert (set().union(*FILES.values()) - gone) <= written
    references = set(re.findall(r"\d{4}-\d{4}-[0-9a-f]{4}", run.stdout))
    assert references and all(reference in logged for reference in references)


def _check_pages(pages: dict, packages: tuple[str, ...], language: str) -> None:
    """No page fails; just the buttons are off that need the library, with its name in a sentence beside them."""
    assert {name: one["faults"] for name, one in pages.items()} == {name: [] for name in pages}
    in_box = {text(f"export.{group}", language) for package in packages for group in WRITES[package]}
    for name, one in pages.items():
        own = {text(key, language) for package in packages for page, key in ELSEWHERE[package] if page == name}
        box = in_box if name != "present" else set()
        assert {label for label, is_off in one["off"].items() if is_off} == own | box, name
        told = "\n".join(one["texts"])
        named = {package for package in MODULES if f"install --force-reinstall {package} " in told}
        assert bool(named) == bool(own | box) and named <= set(packages), (name, told)


def _check_commands(commands: dict, packages: tuple[str, ...]) -> None:
    """A command that needs the library says its name in one line, and the others nothing."""
    complaining = set().union(*(COMPLAINING[package] for package in packages))
    for name, (code, lines) in commands.items():
        told = [line for line in lines if "--force-reinstall" in line]
        assert bool(told) == (name in complaining) and code == (FAILED if told else 0), (name, code, lines)
        assert len(told) <= len(packages) and all(any(package in line for package in packages) for line in told)
        assert "Traceback" not in "\n".join(lines)

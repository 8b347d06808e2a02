"""The house stays as it is drawn: arrows run one way, each thing lives in its room, rooms stay small."""

import ast
import fnmatch
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

GIVEN = {"pyproject.toml", "README.md", "app.py", "model", "scenarios", "tests", "views"}
BESIDE = {
    "LICENSE",
    "CHANGES.md",
    ".streamlit",
    ".ci",
    ".github",
    ".packaging",
    ".gitignore",
    ".git",
    ".readme",
    ".pre-commit-config.yaml",
}

# From the ground up: a room may import from its own and from lower ones. A folder is of the longest name that fits it.
FLOORS = (
    ("model.version", "model.failures", "model.evidence"),
    ("model.scenario",),
    ("model.force",),
    ("model.year", "model.files"),
    ("model.projection", "model.files.library", "model.files.tables"),
    ("model.schedule", "model.search.aims", "model.files.base_years"),
    ("model.search.programme",),
    ("model.search.engine",),
    ("model.search",),
    ("model",),
    ("model.outputs.words",),
    ("model.outputs", "model.outputs.phrasing", "model.outputs.workbook.chain"),
    ("model.outputs.charts",),
    ("model.outputs.evidence", "model.outputs.prefectures"),
    ("model.outputs.answers", "model.outputs.compare"),
    ("model.outputs.answers.charts", "model.outputs.handout", "model.outputs.stability"),
    ("model.outputs.why",),
    ("model.outputs.story", "model.outputs.inspections", "model.outputs.workbook.sheets"),
    ("model.outputs.workbook", "model.outputs.brief"),
    ("model.outputs.brief.papers",),
    ("model.outputs.package",),
    ("model.command_line", "views", "views.shell.address", "views.shell.page"),
    ("model.__main__", "views.shell.session"),
    ("views.shell.files", "views.shell.links"),
    ("views.shell",),
    ("views.plan", "views.base_years", "views.compare", "views.prefectures", "views.evidence", "views.decide.parts"),
    ("views.present", "views.decide.questions"),
    ("views.decide",),
    ("views.site",),
    ("app",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FACES = ("model.__main__", "views", "app")
"""What nothing but they themselves may import: what a person meets."""
ENTRIES_A_FOLDER = 16
CROWDED = {"model/outputs/words"}
ONLY_IN = {
    "streamlit": ("app", "views"),
    "altair": ("model.outputs", "views"),
    # The room of failures sees whether they can be had.
    **dict.fromkeys(("pptx", "docx", "xlsxwriter", "vl_convert"), ("model.outputs", "views", "model.failures")),
}
IMPORTED_AS = {
    "python-pptx": "pptx",
    "python-docx": "docx",
    "XlsxWriter": "xlsxwriter",
    "vl-convert-python": "vl_convert",
}
# No clock, no language, no generator but the one given.
NOT_IN_MODEL = {"time", "locale", "random"}
LONGEST_FUNCTION, LONGEST_FILE = 60, 400
# Where HTML is drawn, and so made of elements: text cannot become a tag there.
DRAWS_HTML = ("app.py", "views")


def sources() -> dict[str, str]:
    """The project's own code by path from the root, tests left out."""
    paths = [*ROOT.glob("*.py"), *(ROOT / "views").rglob("*.py"), *(ROOT / "model").rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def room(path: str) -> str | None:
    """The room of a file: the longest name in FLOORS that its module begins with; None where none does.

    `model`, `views` and `model.outputs` are their own faces only, not a place for modules that have no room.
    """
    parts = module(path).split(".")
    names = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    found = next((name for name in names if name in FLOOR), None)
    return None if found in ("model", "views", "model.outputs") and found != module(path) else found


def is_in(here: str, places: tuple[str, ...]) -> bool:
    return any(here == place or here.startswith(f"{place}.") for place in places)


def module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(path: str, tree: ast.AST) -> Iterator[str]:
    """Every module or name a file reaches for, dotted: module and name joined, relative imports resolved."""
    package = path.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = [*start, node.module] if node.module else start
            yield from (".".join([*base, alias.name]) for alias in node.names)
        elif isinstance(node, ast.Attribute) and ast.unparse(node).startswith("model."):
            yield ast.unparse(node)


def own_file(name: str, files: dict[str, str]) -> str | None:
    """The file of the project that a dotted name reaches, the longest that fits."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        stem = "/".join(parts[:end])
        for path in (f"{stem}.py", f"{stem}/__init__.py"):
            if path in files:
                return path
    return None


def faults(files: dict[str, str]) -> list[str]:
    """What breaks the rules of the house, one sentence each."""
    found = []
    for path, text in files.items():
        tree = ast.parse(text)
        found += [f"{path}: {fault}" for fault in [*arrows(path, tree, files), *habits(path, tree), *sizes(text, tree)]]
    return found + circles(files)


def arrows(path: str, tree: ast.AST, files: dict[str, str]) -> Iterator[str]:
    here = room(path)
    if here is None:
        yield "stands in no room of FLOORS"
        return
    is_core = here.startswith("model") and not is_in(here, ("model.outputs", "model.command_line", "model.__main__"))
    for name in imported(path, tree):
        target, top = own_file(name, files), name.split(".")[0]
        if target and target != path:
            there = room(target)
            if there and there != here and not may_import(here, there):
                yield f"{here} must not import {there} ({name})"
        elif not target and top in ONLY_IN and not is_in(here, ONLY_IN[top]):
            yield f"{top} lives in {' and '.join(ONLY_IN[top])} only"
        elif not target and is_core and top in NOT_IN_MODEL:
            yield f"{top} has no place in the model"
        elif not target and top not in sys.stdlib_module_names | declared():
            yield f"{top} is not among the dependencies of pyproject.toml"


def may_import(here: str, there: str) -> bool:
    """Downwards only; the command line is for `python -m model` alone, and a page is for pages."""
    if there == "model.command_line":
        return here == "model.__main__"
    if there == "model.__main__":
        return False
    if is_in(there, FACES):
        return is_in(here, ("views", "app")) and FLOOR[there] < FLOOR[here]
    return FLOOR[there] < FLOOR[here]


def declared() -> set[str]:
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    needs = [*project["dependencies"], *extras["completion"], *extras["bundle"], *extras["cluster"]]
    names = (re.split(r"[^\w-]", dependency)[0] for dependency in needs)
    return {IMPORTED_AS.get(name, name) for name in names}


def habits(path: str, tree: ast.AST) -> Iterator[str]:
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"__import__", "import_module"}:
            yield "imports by a string, which hides an arrow"
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            yield "imports everything, which hides an arrow"
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else None
        if isinstance(text, str) and re.search("[\u4e00-\u9fff]{2}", text):
            yield f"words belong in model/outputs/words ({text})"
        if isinstance(text, str) and path.startswith(DRAWS_HTML) and re.search("<[a-zA-Z!/]", text):
            yield f"HTML is made with element of model.outputs.phrasing.markup ({text})"
        if path.startswith(DRAWS_HTML) and "html.escape" in _imports_of(node):
            yield "escapes by hand what element escapes"


def _imports_of(node: ast.AST) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {f"{node.module}.{alias.name}" for alias in node.names}
    return {f"{alias.name}.escape" for alias in node.names} if isinstance(node, ast.Import) else set()


def sizes(text: str, tree: ast.AST) -> Iterator[str]:
    if text.count("\n") > LONGEST_FILE:
        yield f"{text.count(chr(10))} lines; above {LONGEST_FILE} it asks for a second noun"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.name} is {length} lines; above {LONGEST_FUNCTION} it asks for a second noun"


def circles(files: dict[str, str]) -> list[str]:
    reaches = {
        path: {own_file(name, files) for name in imported(path, ast.parse(text))} for path, text in files.items()
    }
    settled: set[str | None] = {None}
    waiting = set(files)
    while ready := {path for path in waiting if reaches[path] - {path} <= settled}:
        settled |= ready
        waiting -= ready
    return [f"{path}: imports in a circle" for path in sorted(waiting)]


def test_the_code_keeps_the_rules_of_the_house():
    assert faults(sources()) == []


GOOD = {
    "app.py": "import streamlit as st\nfrom views.plan.page import plan",
    "views/__init__.py": "",
    "views/plan/page.py": "import streamlit as st\nfrom model.outputs.charts import rows\nfrom model import project",
    "model/__init__.py": "from model.projection.project import project",
    "model/__main__.py": "from model.command_line.main import main",
    "model/command_line/main.py": "import argparse\nfrom model import project\nfrom model.outputs.charts import rows",
    "model/projection/project.py": "from model.force import crews\ndef project(): ...",
    "model/force/crews.py": "import numpy as np",
    "model/force/working_time.py": "",
    "model/outputs/__init__.py": "",
    "model/outputs/charts/rows.py": "import altair as alt\nfrom model import project",
}


def test_a_good_house_has_no_faults():
    assert faults(GOOD) == []


CREWS, ROWS, PAGE = "model/force/crews.py", "model/outputs/charts/rows.py", "views/plan/page.py"


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        (CREWS, "from model import outputs", "model.force must not import model.outputs"),
        (CREWS, "from model.outputs.charts import rows as c", "model.force must not import model.outputs.charts"),
        (CREWS, "import model.outputs.charts.rows", "model.force must not import model.outputs.charts"),
        (CREWS, "from .. import outputs", "model.force must not import model.outputs"),
        (CREWS, "from ..outputs.charts.rows import *", "model.force must not import model.outputs.charts"),
        (CREWS, "def late():\n    from model.outputs.charts import rows", "model.force must not import model.outputs"),
        (CREWS, "import model\nmodel.outputs.charts.rows.draw()", "model.force must not import model.outputs"),
        (ROWS, "from .... import views", "model.outputs.charts must not import views"),
        (ROWS, "from views.plan import page", "model.outputs.charts must not import views.plan"),
        (PAGE, "import app", "views.plan must not import app"),
        (PAGE, "from model import __main__", "views.plan must not import model.__main__"),
        (PAGE, "from model.command_line import main", "views.plan must not import model.command_line"),
        ("model/command_line/main.py", "from views.plan import page", "model.command_line must not import views.plan"),
        (CREWS, "from model.command_line.main import read", "model.force must not import model.command_line"),
        (CREWS, "from model.projection.project import project", "model.force must not import model.projection"),
        (CREWS, "from model import project", "model.force must not import model ("),
        (CREWS, "from ..projection.project import project", "model.force must not import model.projection"),
        (CREWS, "import importlib\nimportlib.import_module('model.outputs')", "imports by a string"),
        (CREWS, "__import__('streamlit')", "imports by a string"),
        (CREWS, "from model.force.working_time import *", "imports everything"),
        (CREWS, "import streamlit as st", "streamlit lives in app and views only"),
        (ROWS, "from streamlit import columns", "streamlit lives in app and views only"),
        (CREWS, "from altair import Chart", "altair lives in model.outputs and views only"),
        ("app.py", "import altair", "altair lives in model.outputs and views only"),
        (CREWS, "import pptx", "pptx lives in model.outputs and views and model.failures only"),
        (CREWS, "import time", "time has no place in the model"),
        (CREWS, "import sklearn.linear_model", "sklearn is not among the dependencies"),
        (CREWS, "LABEL = '一线'", "words belong in model/outputs/words"),
        (PAGE, "st.html(f'<p>{name}</p>')", "HTML is made with element"),
        (PAGE, "from html import escape", "escapes by hand"),
        (PAGE, "import html", "escapes by hand"),
        (CREWS, "def long():\n" + "    x = 1\n" * 60, "long is 61 lines"),
        (CREWS, "x = 1\n" * 401, "401 lines"),
        ("model/loose.py", "", "stands in no room"),
        ("model/attic/box.py", "", "stands in no room"),
        ("views/loose.py", "", "stands in no room"),
    ],
)
def test_a_bad_house_is_refused(path, text, fault):
    found = faults(GOOD | {path: text})
    assert any(one.startswith(f"{path}: {fault}") for one in found), found


def test_a_circle_of_equals_is_refused():
    other = "model/force/working_time.py"
    circle = {CREWS: "from model.force import working_time", other: "from model.force.crews import pairs"}
    assert {f"{CREWS}: imports in a circle", f"{other}: imports in a circle"} <= set(faults(GOOD | circle))


def test_every_room_of_the_floors_stands():
    """A room that was emptied or renamed does not linger in the ranks."""
    assert FLOOR.keys() - {room(path) for path in sources()} == set()


def test_no_folder_is_crowded():
    folders = [path for top in ("model", "views") for path in (ROOT / top).rglob("*") if path.is_dir()]
    counts = {
        folder.relative_to(ROOT).as_posix(): sum(
            entry.name != "__pycache__" and not entry.name.startswith(".") for entry in folder.iterdir()
        )
        for folder in [ROOT / "model", ROOT / "views", *folders]
        if folder.name != "__pycache__"
    }
    crowded = {folder: count for folder, count in counts.items() if count > ENTRIES_A_FOLDER and folder not in CROWDED}
    assert crowded == {}


def test_the_top_level_is_the_one_given():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    entries = {entry.name for entry in ROOT.iterdir()}
    assert {name for name in entries - BESIDE if not any(fnmatch.fnmatch(name, line) for line in ignored)} == GIVEN
    assert "LICENSE" in entries


def test_every_package_is_named_for_installation():
    packages = {module(path) for path in sources() if path.endswith("/__init__.py")}
    assert packages == set(PROJECT["tool"]["setuptools"]["packages"])


def bounds() -> dict[str, tuple[str, str]]:
    """The lowest release allowed and the first that is not, by dependency, for running and for testing."""
    project = PROJECT["project"]
    needs = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    parts = [re.fullmatch(r"([\w-]+)(?:\[\w+\])?>=([\d.]+),<([\d.]+)", need) for need in needs]
    assert all(parts), "every dependency is bounded at both ends"
    return {part[1].lower(): (part[2], part[3]) for part in parts if part}


def pinned(file: str) -> dict[str, str]:
    lines = (ROOT / ".ci" / file).read_text(encoding="utf-8").splitlines()
    return dict(line.lower().split("==") for line in lines if not line.startswith("#"))


def release(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in version.split(".post")[0].split(".")]
    return tuple(parts + [0] * (4 - len(parts)))


def test_the_constraints_stand_at_both_ends_of_what_is_allowed():
    lowest, newest = pinned("lowest.txt"), pinned("newest.txt")
    assert bounds().keys() == lowest.keys() == newest.keys()
    for name, (least, above) in bounds().items():
        assert release(lowest[name]) == release(least), name
        assert release(lowest[name]) <= release(newest[name]) < release(above), name

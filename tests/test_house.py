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
BESIDE = {"LICENSE", ".streamlit", ".ci", ".gitignore", ".git", ".readme"}

# A room may import from its own and from lower ones.
RANK = {"model": 0, "outputs": 1, "command line": 2, "views": 2, "app": 3}
# Inside model, from the plain nouns up; a module not named here stands above them all.
FLOORS = [
    {
        "version",
        "evidence",
        "problem",
        "baseline",
        "levers",
        "rules",
        "scenario",
        "results",
        "toml_text",
        "toml_layout",
    },
    {"draws", "time", "crews", "visits", "review", "cases", "staff", "workload", "budget", "decision", "closure"},
    {"year", "months", "measures", "holdouts", "uncertainty"},
    {"project"},
]
ONLY_IN = {
    "streamlit": {"app", "views"},
    **{package: {"outputs", "views"} for package in ("altair", "pptx", "xlsxwriter", "vl_convert")},
}
IMPORTED_AS = {"python-pptx": "pptx", "XlsxWriter": "xlsxwriter", "vl-convert-python": "vl_convert"}
# No clock, no language, no generator but the one given.
NOT_IN_MODEL = {"time", "locale", "random"}
LONGEST_FUNCTION, LONGEST_FILE = 60, 400


def sources() -> dict[str, str]:
    """The project's own code by path from the root, tests left out."""
    paths = [*ROOT.glob("*.py"), *(ROOT / "views").rglob("*.py"), *(ROOT / "model").rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def room(path: str) -> str:
    if path in ("model/__main__.py", "model/arguments.py"):
        return "command line"
    if path.startswith("model/outputs/"):
        return "outputs"
    return path.split("/")[0].removesuffix(".py")


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
    for name in imported(path, tree):
        target, top = own_file(name, files), name.split(".")[0]
        if target and target != path:
            there = room(target)
            outside = there == "command line" != here or {here, there} == {"command line", "views"}
            if outside or RANK[there] > RANK[here]:
                yield f"{here} must not import {there} ({name})"
            elif here == there == "model" and floor(target) > floor(path):
                yield f"{module(path)} stands below {module(target)} and must not import it"
        elif not target and top in ONLY_IN and here not in ONLY_IN[top]:
            yield f"{top} lives in {' and '.join(sorted(ONLY_IN[top]))} only"
        elif not target and here == "model" and top in NOT_IN_MODEL:
            yield f"{top} has no place in the model"
        elif not target and top not in sys.stdlib_module_names | declared():
            yield f"{top} is not among the dependencies of pyproject.toml"


def floor(path: str) -> int:
    name = module(path).removeprefix("model").removeprefix(".").split(".")[0]
    return next((k for k, names in enumerate(FLOORS) if name in names), len(FLOORS))


def declared() -> set[str]:
    names = (re.split(r"[^\w-]", dependency)[0] for dependency in PROJECT["project"]["dependencies"])
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
    "app.py": "import streamlit as st\nfrom views import plan",
    "views/__init__.py": "",
    "views/plan.py": "import streamlit as st\nfrom model.outputs import charts\nfrom model import project",
    "model/__init__.py": "from model.project import project",
    "model/__main__.py": "from model import project\nfrom model.outputs import charts\nfrom model.arguments import read",
    "model/arguments.py": "import argparse\nfrom model.outputs import charts",
    "model/project.py": "from model import crews\ndef project(): ...",
    "model/crews.py": "import numpy as np",
    "model/time.py": "",
    "model/outputs/__init__.py": "",
    "model/outputs/charts.py": "import altair as alt\nfrom model import project",
}


def test_a_good_house_has_no_faults():
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("model/crews.py", "from model import outputs", "model must not import outputs"),
        ("model/crews.py", "from model.outputs import charts as c", "model must not import outputs"),
        ("model/crews.py", "import model.outputs.charts", "model must not import outputs"),
        ("model/crews.py", "from . import outputs", "model must not import outputs"),
        ("model/crews.py", "from .outputs.charts import *", "model must not import outputs"),
        ("model/crews.py", "def late():\n    from model.outputs import charts", "model must not import outputs"),
        ("model/crews.py", "import model\nmodel.outputs.charts.draw()", "model must not import outputs"),
        ("model/outputs/charts.py", "from ... import views", "outputs must not import views"),
        ("model/outputs/charts.py", "from views import plan", "outputs must not import views"),
        ("views/plan.py", "import app", "views must not import app"),
        ("views/plan.py", "from model import __main__", "views must not import command line"),
        ("model/__main__.py", "from views import plan", "command line must not import views"),
        ("model/crews.py", "from model.arguments import read", "model must not import command line"),
        ("model/crews.py", "from model.project import project", "model.crews stands below model.project"),
        ("model/crews.py", "from model import project", "model.crews stands below model.project"),
        ("model/crews.py", "from .project import project", "model.crews stands below model.project"),
        ("model/crews.py", "import importlib\nimportlib.import_module('model.outputs')", "imports by a string"),
        ("model/crews.py", "__import__('streamlit')", "imports by a string"),
        ("model/crews.py", "from model.time import *", "imports everything"),
        ("model/crews.py", "import streamlit as st", "streamlit lives in app and views only"),
        ("model/outputs/charts.py", "from streamlit import columns", "streamlit lives in app and views only"),
        ("model/crews.py", "from altair import Chart", "altair lives in outputs and views only"),
        ("app.py", "import altair", "altair lives in outputs and views only"),
        ("model/crews.py", "import time", "time has no place in the model"),
        ("model/crews.py", "import sklearn.linear_model", "sklearn is not among the dependencies"),
        ("model/crews.py", "LABEL = '一线'", "words belong in model/outputs/words"),
        ("model/crews.py", "def long():\n" + "    x = 1\n" * 60, "long is 61 lines"),
        ("model/crews.py", "x = 1\n" * 401, "401 lines"),
    ],
)
def test_a_bad_house_is_refused(path, text, fault):
    found = faults(GOOD | {path: text})
    assert any(one.startswith(f"{path}: {fault}") for one in found), found


def test_a_circle_of_equals_is_refused():
    circle = {"model/crews.py": "from model import time", "model/time.py": "from model.crews import pairs"}
    assert {"model/crews.py: imports in a circle", "model/time.py: imports in a circle"} <= set(faults(GOOD | circle))


def test_the_top_level_is_the_one_given():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    entries = {entry.name for entry in ROOT.iterdir()}
    assert {name for name in entries - BESIDE if not any(fnmatch.fnmatch(name, line) for line in ignored)} == GIVEN
    assert "LICENSE" in entries


def test_every_package_is_named_for_installation():
    packages = {module(path) for path in sources() if path.endswith("/__init__.py")}
    assert packages == set(PROJECT["tool"]["setuptools"]["packages"])

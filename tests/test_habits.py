"""The habits of the code: one sentence a first line, no excuse without a name, documents that name what exists."""

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OWN = ("*.py", "model/**/*.py", "views/**/*.py")
ALL = (*OWN, "tests/**/*.py")
DOCUMENTS = ("README.md", ".github/CONTRIBUTING.md")

LONGEST_FIRST_LINE = 100
TWO_SENTENCES = re.compile(r"[.?!]\)? +[A-Z]")
ABBREVIATIONS = re.compile(r"\b(?:e\.g|i\.e|cf|vs|No|St)\. ")

# Comments that excuse what a checker finds, with and without the name of what is excused.
EXCUSE = re.compile(r"#\s*(?:type:\s*ignore|noqa|mypy:|ruff:|pyright:|pylint:|flake8:|fmt:\s*(?:off|skip)|isort:)")
NAMED_EXCUSE = re.compile(r"#\s*(?:type: ignore\[[a-z, -]+\]|noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*)")
EXCUSES_A_PROJECT = ("per-file-ignores", "extend-per-file-ignores", "ignore_errors", "disable_error_code", "exclude")
WITHOUT_TYPES = {
    "uv.*",
    "xlsxwriter.*",
    "pptx.*",
    "docx.*",
    "vl_convert.*",
    "shtab.*",
    "threadpoolctl.*",
    "distributed.*",
}


def sources(patterns: tuple[str, ...]) -> dict[str, str]:
    paths = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def first_lines(text: str) -> Iterator[tuple[int, str]]:
    """The line number and first line of every docstring: of module, class and function."""
    for node in ast.walk(ast.parse(text)):
        documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if documented and (docstring := ast.get_docstring(node)):
            yield node.body[0].lineno, docstring.split("\n")[0]


def first_line_fault(line: str) -> str | None:
    """What keeps a first line from being one sentence that fits a tooltip."""
    if len(line) > LONGEST_FIRST_LINE:
        return f"has {len(line)} characters"
    if not line.rstrip("\"'`)").endswith((".", "?", "!")):
        return "ends in the middle of a sentence"
    if TWO_SENTENCES.search(ABBREVIATIONS.sub("", line)):
        return "is two sentences"
    return None


def test_the_first_line_of_a_docstring_is_one_sentence():
    found = [
        f"{path}:{number} {fault}: {line}"
        for path, text in sources(OWN).items()
        for number, line in first_lines(text)
        if (fault := first_line_fault(line))
    ]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Default limit on people moved, as a share of the force.", None),
        ("The commands that search (e.g. for a plan).", None),
        ("What one more is worth?", None),
        ("Visits of a year, by pool and class of unit, as 12 arrays of the shape", "middle"),
        ("Write a file whole. One writer at a time.", "two sentences"),
        ("x" * 100 + ".", "101 characters"),
    ],
)
def test_a_first_line_that_is_not_one_sentence_is_found(line, fault):
    found = first_line_fault(line)
    assert (found is None) == (fault is None) and (fault is None or fault in found)


def excuses(text: str) -> Iterator[str]:
    """Comments that switch a checker off without naming for what."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and EXCUSE.search(token.string) and not NAMED_EXCUSE.search(token.string):
            yield f"{token.start[0]} {token.string}"


def test_nothing_is_excused_without_its_name():
    assert [f"{path}:{excuse}" for path, text in sources(ALL).items() for excuse in excuses(text)] == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("x = 1  # type: ignore[attr-defined]  # the stub lacks it", True),
        ("x = 1  # noqa: E402", True),
        ("x = 1  # noqa: E402, F401", True),
        ("x = '# noqa'", True),
        ("x = 1  # type: ignore", False),
        ("x = 1  # noqa", False),
        ("x = 1  # noqa:", False),
        ("# ruff: noqa: E501", False),
        ("# mypy: ignore-errors", False),
        ("x = 1  # fmt: skip", False),
    ],
)
def test_an_excuse_without_its_name_is_found(line, named):
    assert (list(excuses(line)) == []) == named


def names(tree: object) -> Iterator[str]:
    """Every key of nested tables."""
    if isinstance(tree, dict):
        for name, entry in tree.items():
            yield name
            yield from names(entry)
    elif isinstance(tree, list):
        for entry in tree:
            yield from names(entry)


def test_no_file_is_excused_whole():
    tools = {name: PROJECT["tool"][name] for name in ("ruff", "mypy")}
    assert [name for name in names(tools) if name in EXCUSES_A_PROJECT] == []
    (override,) = tools["mypy"]["overrides"]
    assert set(override["module"]) == WITHOUT_TYPES and override.keys() == {"module", "ignore_missing_imports"}
    assert tools["mypy"]["files"] == ["model", "views", "app.py"] and tools["mypy"]["check_untyped_defs"]


def test_continuous_integration_and_commits_run_the_same_checks():
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    for check in ("ruff check", "ruff format --check", "mypy"):
        assert check in run
    assert all(check in hooks for check in ("ruff check", "ruff format", "mypy"))
    assert run.index("mypy") < run.index("FRONTLINE_BROWSER=required bash")
    assert "FRONTLINE_BROWSER=required .venv/bin/pytest -m by_night\n" in run, "nothing is left out of both"
    assert re.findall(r"repo: (.*)", hooks) == ["local"], "an office reaches no other host"
    dev = PROJECT["project"]["optional-dependencies"]["dev"]
    checkers = [need for need in dev if not need.startswith("pre-commit")]
    assert all(re.fullmatch(r"[\w-]+==\d+\.\d+\.\*", need) for need in checkers), "a newer release stops no change"


def paths_named(document: str) -> Iterator[str]:
    """Every path of the project that a document names in code or in a link."""
    text = (ROOT / document).read_text(encoding="utf-8")
    fences = re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
    for code in [*fences, *re.findall(r"`([^`\n]+)`", text)]:
        yield from re.findall(r"(?<![\w./-])(?:\.?[\w-]+/)+[\w.@-]*|(?<![\w./-])\.?[\w-]+\.(?:md|toml|py|csv)\b", code)
    yield from re.findall(r"\]\((?!https?:)([\w./-]+)\)", text)


NOT_OF_THE_PROJECT = re.compile(
    r"\.venv/.*|.*/a/shared/folder|a/shared/folder|plan\.toml|roles\.toml|\.venv|\.streamlit/secrets\.toml|N/A|handout|\.history/|0007\.(toml|json)"
)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_a_document_names_exists(document):
    beside = (ROOT / document).parent
    named = {path for path in paths_named(document) if not NOT_OF_THE_PROJECT.fullmatch(path)}
    assert named
    assert [path for path in sorted(named) if not ((ROOT / path).exists() or (beside / path).exists())] == []

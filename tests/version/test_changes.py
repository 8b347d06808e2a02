"""CHANGES.md tells of every version in both languages, travels with the package, and gives what changed since one."""

import re
import tomllib
from pathlib import Path

import pytest

from model.version import MODEL_VERSION
from model.version.changes import FILE, parts, read_changes, releases, releases_since

ROOT = Path(__file__).parents[2]
HEAD = "## 1.2.0 — 2026-11-26\n\nNumbers: changed\n\n"
CHANGE = "- More visits.\n  - 检查更多。\n"
GOOD = f"# Changes\n\n{HEAD}### Numbers 数字\n\n{CHANGE}\n## 1.1.0 — 2026-11-24\n\nNumbers: first\n"


def test_the_package_carries_the_file_as_it_stands_beside_the_readme():
    assert FILE.read_bytes() == (ROOT / "CHANGES.md").read_bytes(), f"copy CHANGES.md to {FILE.relative_to(ROOT)}"
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert "model.version" in setuptools["packages"] and "*.md" in setuptools["package-data"]["*"]


def test_the_newest_entry_is_that_of_this_version_and_versions_go_down():
    versions = [release.version for release in releases()]
    assert versions[0] == MODEL_VERSION
    assert versions == sorted(versions, key=parts, reverse=True)
    assert [release.numbers for release in releases()][-1] == "first"


def test_every_change_stands_in_both_languages_and_says_what_became_of_the_numbers():
    for release in releases():
        assert release.about_numbers or release.numbers == "unchanged", release.version
        for change in (*release.about_numbers, *release.about_use):
            assert re.search("[\u4e00-\u9fff]{2}", change["zh"]) and not re.search("[\u4e00-\u9fff]", change["en"])
            assert change["en"].endswith(".") and change["zh"].endswith("。")
        for change in release.about_numbers[:1]:
            assert len(change["en"]) <= 200 and len(change["zh"]) <= 100, "the first line sums the others up"


def test_the_text_is_read_release_by_release():
    newest, first = read_changes(GOOD)
    assert (newest.version, newest.day, newest.numbers) == ("1.2.0", "2026-11-26", "changed")
    assert newest.about_numbers == ({"en": "More visits.", "zh": "检查更多。"},) and newest.about_use == ()
    assert (first.version, first.numbers, first.about_numbers) == ("1.1.0", "first", ())


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("— 2026-11-26", "(2026-11-26)"),
        GOOD.replace("Numbers: changed", "Numbers: nearly"),
        GOOD.replace("Numbers: changed\n\n", ""),
        GOOD.replace("  - 检查更多。\n", ""),
        GOOD.replace("- More visits.\n", ""),
        GOOD.replace("### Numbers 数字\n", ""),
        GOOD.replace(CHANGE, f"{CHANGE}and more\n"),
        GOOD.replace("### Numbers 数字", "### Other"),
    ],
)
def test_a_text_of_another_shape_is_refused(text):
    with pytest.raises(ValueError, match=r"CHANGES\.md"):
        list(read_changes(text))


def test_what_changed_since_a_version():
    every = releases()
    assert releases_since(MODEL_VERSION) == releases_since("99.0.0") == ()
    assert releases_since("0.9.9") == every
    assert releases_since("1.0.0") == every[:-1]
    assert releases_since(None) == releases_since("1.1.0")

"""Opening a plan that another version saved says once what changed since, on the page and on the command line."""

import shutil
from pathlib import Path

import pytest
from box_of_plans import open_box
from streamlit.testing.v1 import AppTest

from model.command_line.main import main
from model.command_line.terminal import MOST_COLUMNS
from model.files.library import SETTING
from model.outputs.phrasing.text_table import width
from model.outputs.phrasing.version_notice import version_line, version_notice
from model.outputs.words import LANGUAGES, text
from model.version import MODEL_VERSION
from model.version.changes import releases, releases_since

ROOT = Path(__file__).parents[2]
SINK = ROOT / "scenarios" / "sink-to-counties.toml"
OLD = 'schema = 1\nname = "旧"\n[staff.change]\ncity = -10\ncounty = 10\n'
FIRST = 'schema = 1\nmodel_version = "1.0.0"\nname = "更旧"\n'
NEWER = 'schema = 1\nmodel_version = "99.0.0"\nname = "新"\n'
SUMS = {language: releases()[0].about_numbers[0][language] for language in LANGUAGES}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(SETTING, str(tmp_path))
    for name, written in {"old": OLD, "first": FIRST, "newer": NEWER}.items():
        (tmp_path / f"{name}.toml").write_text(written, encoding="utf-8")
    shutil.copy(SINK, tmp_path / "own.toml")
    return tmp_path


def opened(stem: str, language: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "views" / "site" / "pages.py"), default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    open_box(app)
    app.run()
    return press(app, f"open-{stem}")


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def told(app: AppTest) -> str:
    return "\n".join(part.value for part in app.text)


def is_told(app: AppTest) -> bool:
    return any(button.key == "dismiss-version" for button in app.button)


def test_a_box_that_closed_stays_closed_whatever_the_browser_says_that_has_not_heard_of_it(folder):
    app = AppTest.from_file(str(ROOT / "views" / "site" / "pages.py"), default_timeout=60).run()
    key = open_box(app)
    press(app.run(), "plan-save_as")
    app.session_state[key] = True
    app.run()
    assert not [button for button in app.button if button.key == "plan-save_as"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_of_an_older_version_says_what_changed_until_it_is_put_away(language, folder):
    app = opened("old", language)
    saved = text("changes.unmarked", language, version="1.1.0")
    assert text("changes.older", language, saved=saved, now=MODEL_VERSION) in told(app)
    for release in releases_since(None):
        for change in (*release.about_numbers, *release.about_use):
            assert change[language] in told(app)
    press(app, "dismiss-version")
    assert not is_told(app) and SUMS[language] not in told(app)
    assert not is_told(app.run())


def test_the_notice_goes_with_the_plan_and_comes_once_an_opening(folder):
    app = opened("first", "zh")
    assert is_told(app)
    assert all(change["zh"] in told(app) for release in releases()[:-1] for change in release.about_numbers)
    press(app, "undo")
    assert not is_told(app)
    press(app, "redo")
    assert is_told(app)
    press(app, "dismiss-version")
    press(press(app, "undo"), "redo")
    assert not is_told(app)
    open_box(app)
    app.run()
    assert is_told(press(app, "open-first"))


def test_a_plan_of_this_version_or_without_a_file_says_nothing(folder):
    assert not is_told(opened("own", "zh"))
    app = AppTest.from_file(str(ROOT / "views" / "site" / "pages.py"), default_timeout=60)
    app.query_params["staff.change.city"] = "-10"
    app.query_params["staff.change.county"] = "10"
    assert not is_told(app.run())


def test_a_save_names_this_version_and_ends_the_notice(folder):
    app = opened("old", "zh")
    app.text_input(key=next(box.key for box in app.text_input if box.key.startswith("name-"))).set_value("改名").run()
    press(app, "save")
    assert f'model_version = "{MODEL_VERSION}"' in (folder / "old.toml").read_text("utf-8")
    assert not is_told(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_of_a_newer_version_opens_and_says_so(language, folder):
    app = opened("newer", language)
    assert text("changes.newer", language, saved="99.0.0", now=MODEL_VERSION) in told(app)
    assert version_notice(NEWER, language).releases == ()
    assert version_line("a.toml", NEWER, language).startswith("a.toml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_line_says_it_in_one_line_on_standard_error_and_prints_the_same(language, folder, capsys):
    same = folder / "same.toml"
    same.write_text(OLD.replace("schema = 1\n", f'schema = 1\nmodel_version = "{MODEL_VERSION}"\n'), encoding="utf-8")
    printed = {}
    for file in (folder / "old.toml", same):
        assert main(["project", str(file), "--json", "--draws", "1024", "--language", language]) == 0
        printed[file.stem], said = capsys.readouterr()
        assert said == (f"{version_line(str(file), OLD, language)}\n" if file != same else "")
    assert printed["old"] == printed["same"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_counts_the_versions_since_and_does_not_tell_the_changes_of_each(language):
    """A file that names no version got ten sentences of the history of changes."""
    for original in (OLD, FIRST):
        line = version_line("old.toml", original, language)
        since = releases_since("1.0.0" if original == FIRST else None)
        assert str(len(since)) in line and str(sum(one.numbers == "changed" for one in since)) in line
        assert "CHANGES.md" in line and "\n" not in line and width(line) <= 2 * MOST_COLUMNS
        assert not any(one.about_numbers[0][language] in line for one in since)


def test_a_version_that_cannot_be_read_counts_as_none():
    for written in ("model_version = 1.2", 'model_version = "1.2"', "model_version = ", "= [" * 9999, ""):
        assert version_line("a.toml", written, "en") == version_line("a.toml", "schema = 1", "en")

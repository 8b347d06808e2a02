"""A full disk, a folder that vanishes and a clock that jumps while the server runs: nothing is lost, all is told.

Kills stand in test_library.py and bench/test_killed_writers.py, links in views/test_short_address.py, the log in
failures/test_log.py.
"""

import ast
import errno
import io
import os
import shutil
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from conftest import ROOT
from one_page import drawn_html, opened_page
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from model import shipped_baseline
from model.command_line.main import main
from model.files import disk
from model.files.base_years.store import BaseYears
from model.files.library import Deleted, Library, Refused, Saved, index
from model.files.tables.form_cells import sheets_of, with_cells
from model.files.tables.staff_list import read_staff_list
from model.outputs.evidence import base_year_sentences
from model.outputs.phrasing import library_sentences
from model.outputs.prefectures.staff_list_template import template_xlsx
from model.outputs.words import LANGUAGES, text
from model.outputs.workbook.base_year_form import base_year_workbook

HUNAN = shipped_baseline("hunan-2021")
PLAN = 'schema = 1\nname = "下沉到县"\n'
DAY, LATER, EARLIER = "2026-11-27", "2056-01-01", "1970-01-01"
NAME = {"zh": "湖南 2025", "en": "Hunan 2025"}
YEARS = 30 * 365 * 86_400


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv("FRONTLINE_SCENARIOS", str(tmp_path / "plans"))
    (tmp_path / "plans").mkdir()
    return Library()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BaseYears:
    monkeypatch.setenv("FRONTLINE_BASELINES", str(tmp_path / "own"))
    return BaseYears()


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Fills the disk: a file can still be begun there, and nothing be written to it."""

    class Full(io.BufferedIOBase):
        def __init__(self, fd: int):
            self.fd = fd

        def write(self, *_: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def close(self) -> None:
            if not self.closed:
                os.close(self.fd)
            super().close()

    def begin() -> None:
        monkeypatch.setattr(disk, "open", lambda fd, _: Full(fd), raising=False)

    return begin


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, but for the lock."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def told(answer: object, words: Callable) -> str:
    assert isinstance(answer, Refused), answer
    for language in LANGUAGES:
        assert "{" not in words(answer.problems[0], language)
    (problem,) = answer.problems
    return problem.code


# A full disk.


def test_on_a_full_disk_no_change_of_the_library_leaves_anything_half_done(library, full_disk):
    library.save_as("plan", PLAN)
    seen, before = library.open("plan").stamp, contents(library.folder)
    full_disk()
    changes = (
        lambda: library.save("plan", PLAN + "# x\n", seen),
        lambda: library.save_as("other", PLAN),
        lambda: library.rename("plan", "other"),
        lambda: library.duplicate("plan", "other"),
    )
    for change in changes:
        assert told(change(), library_sentences.sentence) == "disk_full"
        assert contents(library.folder) == before
    assert isinstance(deleted := library.delete("plan"), Deleted), "which needs no room"
    assert isinstance(library.undelete(deleted), Saved)
    assert contents(library.folder) == before


def test_on_a_full_disk_no_change_of_a_base_year_leaves_anything_half_done(store, full_disk):
    id = store.clone("hunan-2021", NAME, DAY).stem
    packed = store.export_zip(id)
    files = store.files(id)
    edited = {**files, "report.csv": files["report.csv"].replace(b"2359", b"2400")}
    seen, before = store.stamp(id), contents(store.folder)
    full_disk()
    changes = (
        lambda: store.edit(edited, seen, DAY, "reason"),
        lambda: store.rename(id, {"zh": "湘", "en": "Xiang"}, DAY),
        lambda: store.clone("hunan-2021", {"zh": "另", "en": "Other"}, DAY),
        lambda: store.import_zip(packed, "sent.zip", "sent"),
    )
    for change in changes:
        assert told(change(), base_year_sentences.sentence) == "disk_full"
        assert contents(store.folder) == before
    assert isinstance(deleted := store.delete(id), Deleted), "which needs no room"
    assert isinstance(store.undelete(deleted), Saved)
    assert contents(store.folder) == before


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_full_disk_a_command_says_that_it_is_full(language, tmp_path, full_disk, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")
    full_disk()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    (tmp_path / "out").mkdir()
    commands = (
        ("best-plan", "plan.toml", "--goal", "visits", "--draws", "512", "--out", "best.toml"),
        ("baseline", "new", "--from", "hunan-2021", "--workbook", "own.xlsx"),
        ("compare", "plan.toml", "plan.toml", "--draws", "512", "--out", "out"),
    )
    for command in commands:
        assert main([*command, "--language", language]) == 2
        assert text("command_line.disk_full", language) in capsys.readouterr().err
    assert contents(tmp_path).keys() == {"plan.toml"}


def test_a_staff_list_needs_no_disk(full_disk, monkeypatch):
    """An upload is read where it is, in memory."""
    monkeypatch.setattr("tempfile.mkstemp", lambda *_, **__: pytest.fail("a file"))
    full_disk()
    listed, problems = read_staff_list(template_xlsx(HUNAN, "zh"), "名册.xlsx", HUNAN)
    assert not problems and listed


# A folder that vanishes.


def framed(**address: str) -> AppTest:
    """A page in its frame."""
    app = AppTest.from_file(str(ROOT / "views" / "site" / "pages.py"), default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_base_year_whose_folder_vanishes_is_told_and_comes_back_with_its_plan(language, store, tmp_path):
    store.clone("hunan-2021", NAME, DAY, "own-2025")
    app = framed(baseline="own-2025", other_duties_cut="0.1", lang=language)
    plan = app.session_state.scenario
    os.rename(store.folder, tmp_path / "elsewhere")
    app.run()
    assert not app.exception
    said = unescape(drawn_html(app))
    assert text("base_year_page.gone_title", language) in said and "own-2025" in said
    assert "data-failure" not in said, "no fault inside"
    os.rename(tmp_path / "elsewhere", store.folder)
    app.button(key="base-year-again").click().run()
    assert not app.exception and app.session_state.scenario == plan
    assert text("base_year_page.gone_title", language) not in unescape(drawn_html(app))
    assert 'data-measure="visits"' in drawn_html(app)


def test_a_base_year_that_a_colleague_deleted_is_taken_back_or_left_on_the_page(store):
    store.clone("hunan-2021", NAME, DAY, "own-2025")
    plan = {"baseline": "own-2025", "other_duties_cut": "0.1"}
    mine, other = (opened_page("base_years", "zh", **plan) for _ in range(2))
    store.delete("own-2025")
    for page in (mine, other):
        page.run()
        assert not page.exception
    mine.button(key="base-year-back-own-2025").click().run()
    assert not mine.exception and "own-2025" in [entry.id for entry in store.entries()]
    store.delete("own-2025")
    other.run()
    other.button(key="base-year-use").click().run()
    assert not other.exception
    kept = other.session_state.scenario
    assert (kept.baseline, dict(kept.levers)) == ("guangdong-2016", {"other_duties_cut": 0.1})


def test_a_library_that_vanishes_and_comes_back_has_its_plans(library, tmp_path):
    library.save_as("plan", PLAN)
    os.rename(library.folder, tmp_path / "elsewhere")
    assert library.names() == () and library.problem().code == "folder_missing"
    assert told(library.save_as("plan", PLAN), library_sentences.sentence) == "folder_missing"
    assert not library.folder.exists(), "none is made in its place, where the drive comes back"
    os.rename(tmp_path / "elsewhere", library.folder)
    assert library.names() == ("plan",) and library.problem() is None
    assert [entry.stem for entry in library.entries()] == ["plan"]


# A clock that jumps.


def test_a_list_tells_versions_apart_though_the_clock_was_put_back(library):
    """Two versions of one length with the same time, as where a clock is put back or counts seconds only."""
    path = library.folder / "plan.toml"
    for name in ("甲方案", "乙方案"):
        disk.write_whole(path, f'schema = 1\nname = "{name}"\n'.encode())
        os.utime(path, ns=(0, 0))
        assert [entry.name["zh"] for entry in library.entries()] == [name]
    index._folders.clear()
    assert [entry.name["zh"] for entry in library.entries()] == ["乙方案"]


@pytest.mark.parametrize("years", [-YEARS, YEARS])
def test_plans_saved_and_deleted_under_another_clock_are_there(library, years):
    now = time.time()
    for name in ("first", "second"):
        library.save_as(name, PLAN.replace("下沉到县", name))
        os.utime(library.folder / f"{name}.toml", (now + years,) * 2)
    seen = library.open("first").stamp
    assert isinstance(library.save("first", PLAN, seen), Saved), "a version is known by its text"
    assert {entry.stem for entry in library.entries()} == {"first", "second"}
    library.delete("second")
    (deleted,) = library.trash()
    assert isinstance(library.undelete(deleted), Saved) and library.names() == ("first", "second")


@pytest.mark.parametrize("days", [(DAY, EARLIER, LATER), (LATER, DAY, EARLIER)])
def test_a_history_stays_in_the_order_in_which_it_was_made(store, days):
    first, second, third = days
    id = store.clone("hunan-2021", NAME, first).stem
    store.rename(id, {"zh": "湘", "en": "Xiang"}, second)
    store.rename(id, {"zh": "湖南", "en": "Hunan"}, third)
    assert [row["date"] for row in store.history(id)] == [first, second, third]
    assert store.history(id)[-1]["what"] == "rename Xiang"


def test_a_workbook_is_read_though_the_clock_stands_before_1980(store, monkeypatch):
    """A machine whose clock lost its battery begins in 1970, which no ZIP can say."""
    data = template_xlsx(HUNAN, "zh")
    monkeypatch.setattr(time, "time", lambda: 86_400.0)
    listed, problems = read_staff_list(data, "名册.xlsx", HUNAN)
    assert not problems and listed
    assert isinstance(store.export_zip("hunan-2021"), bytes)


@pytest.mark.by_night
@pytest.mark.parametrize("seconds", [86_400.0, 10_000_000_000.0], ids=["1970", "2286"])
def test_what_people_take_away_is_written_whatever_year_the_clock_shows(seconds, store, tmp_path, monkeypatch):
    """Slides, the template and a workbook filled in on the page came from writers that give a ZIP the day of now."""
    form = base_year_workbook(store.files("hunan-2021"), "zh")
    monkeypatch.setattr(time, "time", lambda: seconds)
    assert read_staff_list(template_xlsx(HUNAN, "zh"), "list.xlsx", HUNAN)[0]
    assert sheets_of(with_cells(form, {})) == sheets_of(form)
    plans = [str(ROOT / "scenarios" / f"{name}.toml") for name in ("base-year", "added-posts")]
    assert main(["compare", *plans, "--draws", "512", "--out", str(tmp_path / "out")]) == 0
    assert len(Presentation(str(tmp_path / "out" / "slides.pptx")).slides) > 3


def test_nothing_is_waited_for_by_the_clock_of_the_day():
    """Waits count their tries or go by a clock that never jumps."""
    for path in (*(ROOT / "model").rglob("*.py"), *(ROOT / "views").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "time":
                assert node.attr not in ("time", "time_ns", "localtime", "ctime"), path


def test_a_lock_is_waited_for_as_long_whatever_the_clock_says(library, monkeypatch):
    monkeypatch.setattr(disk, "LOCK_TRIES", 3)
    monkeypatch.setattr(disk, "SECONDS_A_TRY", 0.001)
    jumps = iter(range(0, 10 * YEARS, YEARS))
    monkeypatch.setattr(time, "time", lambda: float(next(jumps, 0)))
    with disk.locked(library.folder):
        assert told(library.save_as("plan", PLAN), library_sentences.sentence) == "folder_busy"
    assert isinstance(library.save_as("plan", PLAN), Saved)


def test_temporary_names_are_unlike_under_one_clock(tmp_path, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 0.0)
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    names, real = [], os.replace
    monkeypatch.setattr(os, "replace", lambda fresh, path: (names.append(Path(fresh).name), real(fresh, path))[1])
    for n in range(20):
        disk.write_whole(tmp_path / "plan.toml", str(n).encode())
    assert len(set(names)) == 20
    shutil.rmtree(tmp_path)

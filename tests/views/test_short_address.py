"""Any plan travels in an address that servers, proxies and mail programs take."""

import errno
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_page import opened_page
from scenario_strategies import scenarios
from streamlit.testing.v1 import AppTest
from thorough import tries

from model.evidence.baseline import shipped_baseline
from model.files.library import Opened, kept_texts
from model.files.scenario_file import read_scenario
from model.outputs.words import LANGUAGES, text
from model.scenario.scenario import ChangedAssumption, Scenario
from views.shell.address.scenario_address import from_link, to_link
from views.shell.address.short_address import KEPT, MOST_BYTES, Address, shortened, whole

HUNAN = shipped_baseline("hunan-2021")
LONG = Scenario(
    name={"zh": "长" * 200},
    note={"zh": "说明，" * 1_600},
    levers={"staff.change.city": -100.0, "staff.change.county": 100.0},
    assumptions={
        id: ChangedAssumption(one.low, one.mid, one.high, "自查")
        for id, one in HUNAN.assumptions.items()
        if not one.closed
    },
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("FRONTLINE_SCENARIOS", str(tmp_path))
    kept_texts._in_memory.clear()
    yield tmp_path
    kept_texts._in_memory.clear()


def opened(language: str, **address: str) -> AppTest:
    return opened_page("plan", language, **address)


def size(parameters: dict[str, str]) -> int:
    return len(urlencode(parameters))


def test_a_long_plan_has_a_short_address_with_its_decisions_in_sight():
    address = shortened(Address(to_link(LONG)))
    assert size(address) < MOST_BYTES + 40
    assert address.keys() == {KEPT, "staff.change.city", "staff.change.county"}
    assert from_link(whole(address).parameters, HUNAN) == (LONG, [])


def test_a_short_plan_needs_no_key():
    plan = Scenario(note={"zh": "短"}, levers={"other_duties_cut": 0.1})
    assert shortened(Address(to_link(plan))) == to_link(plan)


@given(
    scenario=scenarios(HUNAN), note=st.text(min_size=0, max_size=5_000), original=st.sampled_from(["", "# 我的说明\n"])
)
@settings(max_examples=tries(40), deadline=None)
def test_any_plan_comes_back_from_its_address(scenario, note, original):
    parameters = {
        **to_link(scenario),
        "note": note,
        "file": "长" * 32,
        "compare": "/".join(["长" * 32] * 6),
        "lang": "zh",
    }
    address = shortened(Address(parameters, original))
    assert size(address) < MOST_BYTES + 40
    kept_texts._in_memory.clear()
    assert whole(address) == Address(parameters, original)


def test_a_step_of_a_slider_keeps_nothing_anew(folder):
    for people in (10.0, 20.0, 30.0):
        shortened(
            Address(to_link(LONG.with_decisions(levers={"staff.change.city": -people, "staff.change.county": people})))
        )
    assert len(list((folder / kept_texts.FOLDER).iterdir())) == 1


MANY = {f"staff.moves.county.{place.id}": "1" * 400 for place in HUNAN.prefectures}
"""Decisions that are too many for an address."""


def test_a_step_of_a_slider_beside_many_decisions_keeps_nothing_anew(folder):
    many = {**MANY, **{f"staff.spread.{place.id}": "0.125" for place in HUNAN.prefectures}, "lang": "zh"}
    steps = [shortened(Address({**many, "training_days": f"{days}.5"})) for days in range(12)]
    assert [step["training_days"] for step in steps] == [f"{days}.5" for days in range(12)]
    assert len({step[KEPT] for step in steps}) == len(list((folder / kept_texts.FOLDER).iterdir())) == 1
    assert all(size(step) <= MOST_BYTES + 40 for step in steps)


def test_no_step_waits_for_the_disk(folder, monkeypatch):
    """A step in what is too long for an address is kept each time."""
    waits = []
    monkeypatch.setattr(os, "fsync", waits.append)
    keys = {shortened(Address({**MANY, "staff.moves.province": f"-{people}"}))[KEPT] for people in range(5)}
    assert len(keys) == len(list((folder / kept_texts.FOLDER).iterdir())) == 5 and not waits
    kept_texts._in_memory.clear()
    assert all(kept_texts.kept(key) for key in keys)


def test_what_is_kept_is_bounded_and_the_last_asked_for_stays(folder, monkeypatch):
    monkeypatch.setattr(kept_texts, "MOST_KEPT", 3)
    keys = [kept_texts.keep(str(n)) for n in range(6)]
    kept_texts._in_memory.clear()
    assert [kept_texts.kept(key) for key in keys] == [None] * 3 + ["3", "4", "5"]


@pytest.mark.parametrize("years", [-30, 30])
def test_a_clock_that_jumped_takes_no_link_that_was_just_kept(folder, monkeypatch, years):
    """What was kept under another clock is not taken for newer than what is kept now."""
    monkeypatch.setattr(kept_texts, "MOST_KEPT", 3)
    for n in range(3):
        old = kept_texts.keep(str(n))
        os.utime(folder / kept_texts.FOLDER / old, times=(time.time() + years * 365 * 86_400,) * 2)
    keys = []
    for n in range(3, 6):
        keys.append(kept_texts.keep(str(n)))
        os.utime(folder / kept_texts.FOLDER / keys[-1])
        assert (folder / kept_texts.FOLDER / keys[-1]).exists()
    kept_texts._in_memory.clear()
    assert len(list((folder / kept_texts.FOLDER).iterdir())) == 3
    assert kept_texts.kept(keys[-1]) == "5"


def test_a_full_disk_leaves_the_link_to_the_session_and_nothing_behind(folder, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    address = shortened(Address(to_link(LONG)))
    assert from_link(whole(address).parameters, HUNAN) == (LONG, [])
    assert list((folder / kept_texts.FOLDER).iterdir()) == []
    monkeypatch.undo()


def test_links_outlive_their_folder(folder):
    """Whoever takes away the folder, or that around it, while the server runs: links are kept anew."""
    first = shortened(Address(to_link(LONG)))
    shutil.rmtree(folder / kept_texts.FOLDER)
    assert whole(first) == Address(to_link(LONG)), "the session remembers it"
    again = shortened(Address({**to_link(LONG), "author": "另一人"}))
    kept_texts._in_memory.clear()
    assert whole(again).parameters["author"] == "另一人" and whole(first).is_lacking


def test_a_folder_that_cannot_be_written_still_serves_the_session(monkeypatch):
    monkeypatch.setenv("FRONTLINE_SCENARIOS", "/nonexistent/folder")
    address = shortened(Address(to_link(LONG)))
    assert from_link(whole(address).parameters, HUNAN)[0] == LONG


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "é" * 20, "0" * 20, "\ud800" * 20])
def test_no_key_leads_anywhere_else(key):
    assert whole({KEPT: key, "rules": "2025"}) == Address({"rules": "2025"}, is_lacking=True)


def test_a_text_that_a_power_cut_took_is_lacking_until_it_is_kept_again(folder):
    key = kept_texts.keep("a text")
    (folder / ".links" / key).write_bytes(b"a te")
    kept_texts._in_memory.clear()
    assert kept_texts.kept(key) is None
    assert kept_texts.keep("a text") == key
    kept_texts._in_memory.clear()
    assert kept_texts.kept(key) == "a text"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"parameters": 3}', b"\xff", b"[" * 100_000])
def test_a_damaged_text_is_lacking(folder, damage):
    address = shortened(Address(to_link(LONG)))
    kept_texts._in_memory.clear()
    (folder / kept_texts.FOLDER / address[KEPT]).write_bytes(damage)
    assert whole(address).is_lacking


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opened_elsewhere_opens_the_decisions_and_says_what_it_lacks(language):
    app = opened(language, **{KEPT: "0" * 20, "staff.change.city": "-100", "staff.change.county": "100"})
    assert app.session_state.scenario.levers == LONG.levers
    assert text("library.kept_elsewhere", language) in "\n".join(element.value for element in app.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_decisions_that_need_what_a_link_lacks_are_told_not_to_be_opened(language):
    """People moved out of a pool that only the staff list of the link has so large."""
    given = {KEPT: "0" * 20, "staff.change.province": "-500", "staff.change.city": "500"}
    app = opened(language, **given)
    assert app.session_state.scenario == Scenario()
    told = "\n".join(element.value for element in app.text)
    assert text("library.kept_elsewhere_unopened", language) in told
    assert text("library.kept_elsewhere", language) not in told


def test_an_uploaded_plan_reloads_with_its_comments():
    words = 'schema = 1\nname = "甲"\n\n[staff.change]\ncity = -100 # 周一会上定的\ncounty = 100\n'
    app = opened("zh")
    scenario = read_scenario(words.encode())[0]
    address = shortened(Address({**to_link(scenario), "lang": "zh"}, words))
    again = opened("zh", **address)
    assert again.session_state.scenario == scenario
    (file,) = (file for file in again.session_state.files.values() if isinstance(file, Opened))
    assert (file.stem, file.text) == ("", words)
    assert again.session_state.download_inputs.origin.source.decode() == words
    assert app.session_state.scenario == Scenario()

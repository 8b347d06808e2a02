"""Any plan travels in an address that servers, proxies and mail programs take."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_page import opened_page
from scenario_strategies import scenarios
from streamlit.testing.v1 import AppTest

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
@settings(max_examples=40, deadline=None)
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


def test_what_is_kept_is_bounded_and_the_last_asked_for_stays(folder, monkeypatch):
    monkeypatch.setattr(kept_texts, "MOST_KEPT", 3)
    keys = [kept_texts.keep(str(n)) for n in range(6)]
    kept_texts._in_memory.clear()
    assert [kept_texts.kept(key) for key in keys] == [None] * 3 + ["3", "4", "5"]


def test_a_folder_that_cannot_be_written_still_serves_the_session(monkeypatch):
    monkeypatch.setenv("FRONTLINE_SCENARIOS", "/nonexistent/folder")
    address = shortened(Address(to_link(LONG)))
    assert from_link(whole(address).parameters, HUNAN)[0] == LONG


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "é" * 20, "0" * 20, "\ud800" * 20])
def test_no_key_leads_anywhere_else(key):
    assert whole({KEPT: key, "rules": "2025"}) == Address({"rules": "2025"}, is_lacking=True)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"parameters": 3}', b"\xff"])
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


def test_an_uploaded_plan_reloads_with_its_comments():
    words = 'schema = 1\nname = "甲"\n\n[staff.change]\ncity = -100 # 周一会上定的\ncounty = 100\n'
    app = opened("zh")
    scenario = read_scenario(words.encode())[0]
    address = shortened(Address({**to_link(scenario), "lang": "zh"}, words))
    again = opened("zh", **address)
    assert again.session_state.scenario == scenario
    (file,) = (file for file in again.session_state.files.values() if isinstance(file, Opened))
    assert (file.stem, file.text) == ("", words)
    assert again.session_state.download_inputs.plan_text == words
    assert app.session_state.scenario == Scenario()

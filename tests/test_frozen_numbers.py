"""The numbers of a version never change: six shipped scenarios and five searches, medians and bands, to 1e-9."""

from dataclasses import replace

import frozen_numbers
import pytest
from frozen_numbers import differences, faults, freeze, frozen, numbers_now

from model.files.scenario_head import saved_version
from model.version import MODEL_VERSION
from model.version.changes import Release, releases

pytestmark = pytest.mark.usefixtures("searches_once")

SAME, OTHER = {"q: visits": 73000.0, "q: share": 0.0}, {"q: visits": 73000.1, "q: share": 0.0}
NEW = Release("1.2.0", "2026-11-26", "changed", (), ())
OLD = Release("1.1.0", "2026-11-24", "first", (), ())
UNCHANGED = replace(NEW, numbers="unchanged")


def test_todays_numbers_are_those_frozen_for_this_version():
    assert faults(MODEL_VERSION, releases(), frozen(), numbers_now()) == []


def test_the_shipped_scenarios_project_as_in_the_version_before():
    """As the entry of 1.2.0 says; of 1.1.0 no search is frozen, since its searches changed under one version."""
    before = frozen()["1.1.0"]
    assert len(before) == 240
    assert differences(before, frozen()["1.2.0"]) == []


def test_every_question_has_frozen_numbers():
    asked = {name.partition(":")[0] for name in frozen()[MODEL_VERSION]}
    assert asked == frozen_numbers.QUESTIONS.keys()
    assert {"best_plan", "worth", "frontier", "targets", "robust"} <= asked and len(asked) == 11


def test_the_shipped_scenarios_name_this_version():
    texts = {file.name: file.read_text(encoding="utf-8") for file in frozen_numbers.SHIPPED}
    assert {saved_version(text) for text in texts.values()} == {MODEL_VERSION}
    assert len(texts) == 6


@pytest.mark.parametrize(
    ("version", "entries", "of_version", "now", "said"),
    [
        ("1.2.0", [NEW, OLD], {"1.2.0": SAME}, SAME, None),
        ("1.2.0", [NEW, OLD], {"1.2.0": SAME, "1.1.0": OTHER}, SAME, None),
        ("1.2.0", [UNCHANGED, OLD], {"1.2.0": SAME, "1.1.0": SAME}, SAME, None),
        ("1.2.0", [NEW, OLD], {"1.2.0": SAME}, {**SAME, "q: new": 1.0}, None),
        ("1.2.0", [NEW, OLD], {"1.2.0": SAME}, {name: value * (1 + 1e-12) for name, value in SAME.items()}, None),
        # A number changed in silence.
        ("1.2.0", [NEW, OLD], {"1.2.0": SAME}, OTHER, "raise MODEL_VERSION"),
        ("1.2.0", [NEW, OLD], {"1.2.0": SAME}, {"q: visits": 73000.0}, "q: share is gone"),
        ("1.2.0", [NEW, OLD], {"1.2.0": SAME}, {**SAME, "q: share": 1e-6}, "q: share was 0.0, is 1e-06"),
        ("1.2.0", [NEW, OLD], {"1.2.0": SAME}, {**SAME, "q: share": float("nan")}, "is nan"),
        # The version rose, and nothing says why.
        ("1.3.0", [NEW, OLD], {"1.2.0": SAME}, OTHER, "write the entry of 1.3.0 first"),
        ("1.3.0", [replace(NEW, version="1.3.0"), NEW, OLD], {"1.2.0": SAME}, OTHER, "no numbers are frozen for 1.3.0"),
        # The entry is there, the version did not rise.
        ("1.1.0", [NEW, OLD], {"1.1.0": SAME}, SAME, "MODEL_VERSION is 1.1.0, but CHANGES.md begins with ['1.2.0']"),
        # The entry says that nothing changed.
        ("1.2.0", [UNCHANGED, OLD], {"1.2.0": OTHER, "1.1.0": SAME}, OTHER, "unchanged since 1.1.0, but 1 differ"),
        ("1.2.0", [UNCHANGED, OLD], {"1.2.0": SAME}, SAME, "unchanged, but none are frozen for 1.1.0"),
        # Files and entries that do not belong together.
        ("1.2.0", [NEW, OLD], {"1.2.0": SAME, "1.1.5": SAME}, SAME, "tests/frozen/1.1.5.json has no entry"),
        ("1.2.0", [NEW, OLD, NEW], {"1.2.0": SAME}, SAME, "do not go down"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(version, entries, of_version, now, said):
    found = faults(version, entries, of_version, now)
    assert len(found) == (said is not None), found
    assert said is None or said in found[0]


ENTRY = "## {} — 2026-11-26\n\nNumbers: {}\n\n### Numbers\n\n- More.\n  - 更多。\n\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(frozen_numbers, "numbers_now", lambda: OTHER)
    (tmp_path / "1.1.0.json").write_text('{"q: visits": 73000.0, "q: share": 0.0}', encoding="utf-8")
    return tmp_path


def frozen_anew(folder, numbers: str) -> list[str]:
    changes = folder / "CHANGES.md"
    changes.write_text(ENTRY.format("1.2.0", numbers) + ENTRY.format("1.1.0", "first"), encoding="utf-8")
    return freeze("1.2.0", folder, changes)


def test_freezing_writes_the_numbers_of_a_version_once(folder):
    assert frozen_anew(folder, "changed") == []
    assert frozen(folder)["1.2.0"] == OTHER
    assert "frozen already" in frozen_anew(folder, "changed")[0]


def test_freezing_refuses_what_changes_says_is_unchanged_and_is_not(folder):
    assert "unchanged since 1.1.0, but 1 differ" in frozen_anew(folder, "unchanged")[0]
    assert frozen(folder).keys() == {"1.1.0"}


def test_freezing_refuses_a_version_without_an_entry(folder):
    (folder / "CHANGES.md").write_text(ENTRY.format("1.1.0", "first"), encoding="utf-8")
    assert "write the entry of 1.2.0 first" in freeze("1.2.0", folder, folder / "CHANGES.md")[0]

"""The log of what went wrong inside: a reference leads to its traceback, and a log that cannot be stops nothing."""

import importlib
import shutil
from pathlib import Path

import pytest

from model.failures import log as failure_log


@pytest.fixture
def log(monkeypatch, tmp_path):
    """The log as it is, not as the suite listens to it, in a folder that is not there yet."""
    module = importlib.reload(failure_log)
    monkeypatch.setenv(module.SETTING, str(tmp_path / "logs"))
    return module


def failure(words):
    try:
        raise ValueError(words)
    except ValueError as raised:
        return raised


def test_each_failure_stands_under_its_own_reference(log, tmp_path):
    one, other = log.note(failure("first")), log.note(failure("第二个"))
    assert one != other
    written = (tmp_path / "logs" / "failures.log").read_text(encoding="utf-8")
    of_one, of_other = written.index(one), written.index(other)
    assert of_one < written.index("ValueError: first") < of_other < written.index("ValueError: 第二个")


def test_the_log_stays_small(log, monkeypatch, tmp_path):
    monkeypatch.setattr(log, "MOST_BYTES", 2_000)
    for number in range(60):
        log.note(failure(str(number)))
    kept = list((tmp_path / "logs").iterdir())
    assert len(kept) == log.KEPT + 1 and sum(one.stat().st_size for one in kept) < 2_000 * len(kept)
    assert "ValueError: 59" in (tmp_path / "logs" / "failures.log").read_text(encoding="utf-8")


def test_a_log_whose_folder_was_taken_away_is_begun_anew(log, tmp_path):
    log.note(failure("before"))
    shutil.rmtree(tmp_path / "logs")
    reference = log.note(failure("after"))
    written = (tmp_path / "logs" / "failures.log").read_text(encoding="utf-8")
    assert reference in written and "ValueError: after" in written


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no device that is always full")
def test_on_a_full_disk_the_traceback_goes_to_standard_error(log, tmp_path, capsys):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "failures.log").symlink_to("/dev/full")
    reference = log.note(failure("on a full disk"))
    told = capsys.readouterr().err
    assert reference in told and "ValueError: on a full disk" in told and "Logging error" not in told


def test_a_folder_that_cannot_be_is_no_obstacle(log, monkeypatch, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(log.SETTING, str(tmp_path / "file" / "logs"))
    reference = log.note(failure("told"))
    told = capsys.readouterr().err
    assert reference in told and "ValueError: told" in told

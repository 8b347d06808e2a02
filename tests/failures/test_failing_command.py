"""A command that fails inside says so in a line, with the number under which the log has its traceback."""

import pytest

from model.command_line import main as program
from model.outputs.words import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_is_a_line_and_a_number(language, monkeypatch, capsys, failures):
    def broken(*_):
        raise ZeroDivisionError("the base year")

    monkeypatch.setattr("model.command_line.questions.base_year_of", broken)
    code = program.main(["--language", language, "project", "scenarios/base-year.toml"])
    told = capsys.readouterr()
    assert code == program.FAILED and told.out == ""
    assert len(told.err.splitlines()) == 1 and "n-1" in told.err and "Traceback" not in told.err
    assert str(failures.pop()) == "the base year"

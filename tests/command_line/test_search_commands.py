"""`frontier`, `targets` and `robust` as a script runs them: both languages, exit codes, documents, the file written."""

import re

import pytest
from documents import envelope, result
from representative import at_mids
from test_plan_commands import BASE, FEW, HUNAN, MIDS_APART, SINK, run

from model.command_line.main import main
from model.files import disk
from model.files.scenario_file import load_scenario
from model.outputs.evidence.not_reported import limits
from model.outputs.words import LANGUAGES, text

pytestmark = pytest.mark.usefixtures("searches_once")

COMMANDS = [
    ["frontier", SINK, *FEW],
    ["targets", BASE, "--target", "staff@county>=1760", *FEW],
    ["robust", SINK, "--goal", "duty", "--most-moved", "20", *FEW],
]
UNREACHABLE = ["targets", BASE, "--target", "on_time_share>=0.88", "--target", "duty_met>=1", *FEW]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS[1:], ids=lambda command: command[0])
def test_a_search_says_what_it_found_in_the_readers_language(command, language, capsys):
    assert main([*command, "--language", language]) == 0
    said = capsys.readouterr().out
    assert limits(HUNAN, language) in said
    assert not re.search(r"\bnan\b|\bNone\b|\u2212|\{", said)
    expected = {
        "targets": ("targets.table", "targets.representative_only"),
        "robust": ("robust.layout", "robust.representative", "robust.robust", "robust.column_least_ahead"),
    }
    assert all(text(key, language) in said for key in expected[command[0]])


@pytest.mark.by_night
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_had_has_an_exit_code_of_its_own_and_says_what_would_do(language, capsys):
    assert main([*UNREACHABLE, "--language", language]) == 4
    said = capsys.readouterr().out
    assert text("targets.remedy_only_alone", language) in said and "120" in said


@pytest.mark.by_night
def test_the_documents_are_whole_and_the_same_for_the_same_seed(capfd):
    said = [answer(command, 0, capfd) for command in COMMANDS]
    elsewhere = run(*COMMANDS[1], "--json")
    assert elsewhere.returncode == 0 and elsewhere.stdout.decode().splitlines() == said[1].splitlines()
    documents = curve, goal, robust = list(map(result, said))
    assert len(curve["points"]) >= 15 and not curve["own"]["is_on_frontier"] and curve["own"]["with_visits"]["moves"]
    assert {"scenario", "moves", "moved", "representative", "over_draws"} <= curve["points"][0].keys()
    assert goal["holds"] and goal["moved"] > 30 and goal["targets"][0]["written"] == "staff@county>=1760"
    assert robust["outlooks"].keys() == {"layout", "own", "representative", "robust"}
    assert all(document["found"] for document in documents)
    assert all(envelope(one)["draws"]["kept"] > 200 for one in said)
    unreached = result(answer(UNREACHABLE, 4, capfd))
    assert not unreached["holds"] and {relief["id"] for relief in unreached["reliefs"]} >= {"decision_limit"}


def answer(command: list[str], code: int, capfd: pytest.CaptureFixture) -> str:
    """The document of a command, in this process; what a solver prints by itself would be in it."""
    assert main([*command, "--json"]) == code
    return capfd.readouterr().out


def test_the_plan_is_written_into_a_new_file_only_where_it_holds(tmp_path, capsys):
    path = tmp_path / "plan.toml"
    assert main([*COMMANDS[1], "--out", str(path), "--language", "zh"]) == 0
    scenario, problems = load_scenario(path)
    assert problems == [] and scenario.levers["staff.moves"] and "1,760" in scenario.name["zh"]
    assert main([*COMMANDS[1], "--out", str(path)]) == 2
    assert main([*UNREACHABLE, "--out", str(tmp_path / "none.toml")]) == 4 and not (tmp_path / "none.toml").exists()
    capsys.readouterr()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_of_the_targets_is_said_at_once(language, capsys):
    arguments = ["targets", BASE, "--target", "vists>=1", "--target", "on_time_share>=90", "--language", language]
    assert main(arguments) == 2
    out, problems = capsys.readouterr()
    assert out == "" and len(problems.strip().splitlines()) == 2
    assert main(["targets", BASE, "--target", "review_load@county<=1", "--language", language]) == 2
    assert text("terms.measure_review_load", language) in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["targets", BASE],
        ["targets", BASE, "--target", "visits>=9", "--probability", "1.5"],
        ["targets", BASE, "--target", "visits>=9", "--probability", "often"],
        ["robust", BASE, "--goal", "visits", "--level", "0"],
        ["robust", BASE],
        ["frontier", BASE, "--most-moved", "-3"],
    ],
)
def test_a_command_line_that_is_not_right_is_refused_in_a_sentence(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([*arguments, "--language", "zh"])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("命令行写法不对") and "Traceback" not in said


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_case_that_is_no_base_year_is_refused(command, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("model.search.engine.opening.representative_base", at_mids)
    path = tmp_path / "odd.toml"
    path.write_text(MIDS_APART, encoding="utf-8")
    assert main([command[0], str(path), *command[2:], "--language", "en", "--json"]) == 4
    out, err = capsys.readouterr()
    assert result(out)["found"] is False and "base year" in err
    assert HUNAN.assumptions["other_duties_share"].label["en"] in err


def test_a_plan_for_a_library_that_somebody_holds_is_refused_in_a_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(disk, "LOCK_TRIES", 1)
    plan = tmp_path / "plan.toml"
    with disk.locked(tmp_path):
        code = main(["best-plan", SINK, "--goal", "visits", *FEW, "--out", str(plan), "--language", "en"])
    assert code == 2 and not plan.exists()
    assert "holds the folder of plans" in capsys.readouterr().err

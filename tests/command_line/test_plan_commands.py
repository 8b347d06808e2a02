"""`best-plan` and `worth` as a script runs them: both languages, exit codes, the document, the file that is written."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from documents import result
from representative import at_mids
from thorough import pairs

from model import shipped_baseline
from model.command_line.main import main
from model.files.scenario_file import load_scenario
from model.outputs.evidence.not_reported import limits
from model.outputs.words import LANGUAGES, text
from model.search.aims.objective import OBJECTIVES

pytestmark = pytest.mark.usefixtures("searches_once")
ROOT = Path(__file__).parents[2]
SINK, BASE = (str(ROOT / "scenarios" / f"{name}.toml") for name in ("sink-to-counties", "base-year"))
FEW = ("--draws", "512")
HUNAN = shipped_baseline("hunan-2021")
VISITS = HUNAN.assumptions["visits_base"]
MIDS_APART = (
    f"schema = 1\n[assumptions.visits_base]\nlow = {VISITS.low / 3}\nmid = {VISITS.low / 3}\nhigh = {VISITS.high}\n"
    'reason = "抽查台账"\n'
)


def run(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "model", *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "LANG": "C"}
    return subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=False)


@pytest.mark.parametrize(("goal", "language"), pairs(OBJECTIVES, LANGUAGES))
def test_best_plan_says_who_moves_and_both_figures(goal, language, capsys):
    assert main(["best-plan", SINK, "--goal", goal, "--most-moved", "60", *FEW, "--language", language]) == 0
    said = capsys.readouterr().out
    assert text(f"best_plan.goal_{goal}", language) in said
    for key in ("decide.column_found", "decide.column_change", "decide.against_plan", "moves.title"):
        assert text(key, language).lower() in said.lower(), key
    both_models = text("best_plan.two_models", language).partition("{promised}")[0]
    assert both_models.format(goal=text(f"best_plan.goal_{goal}", language)) in said
    assert not re.search(r"\bnan\b|\bNone\b|\u2212", said)
    assert limits(HUNAN, language) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_worth_says_what_one_more_of_everything_brings(language, capsys):
    assert main(["worth", SINK, *FEW, "--language", language]) == 0
    said = capsys.readouterr().out
    assert all(text(f"worth.{what}", language) in said for what in ("day", "point", "hour"))
    assert all(prefecture.name[language] in said for prefecture in HUNAN.prefectures)


def test_the_documents_are_whole_and_nothing_but(capfd):
    """A solver that prints a line of its own must not spoil them: least served places in whole people make it do so."""
    assert main(["best-plan", SINK, "--goal", "worst_off", "--whole", *FEW, "--json"]) == 0
    found = result(capfd.readouterr().out)
    assert found["found"] and found["moved"] == sum(max(move["people"], 0) for move in found["moves"]) > 0
    assert found["programme"]["gap"] >= -1e-9 and found["full_model"]["plan"] > found["full_model"]["own"]
    assert found["beats_own"] and not found["is_between"]
    assert found["measures"].keys() >= {"visits", "on_time_share", "duty_met"}
    assert found["scenario"]["levers"]["staff.moves"].keys() == {
        ".".join(filter(None, (move["tier"], move["prefecture"]))) for move in found["moves"]
    }
    assert main(["worth", SINK, *FEW, "--json"]) == 0
    weighed = result(capfd.readouterr().out)
    assert len(weighed["one_more"]) == 3 + 28 + 3
    assert weighed["one_more"][0]["visits"].keys() == {"dual", "representative", "over_draws"}


@pytest.mark.by_night
def test_same_file_same_seed_same_bytes(capfdbinary):
    """In another process too."""
    arguments = ("best-plan", SINK, "--goal", "mix", "--most-moved", "20", *FEW, "--json")
    first, other = (document(capfdbinary, *arguments, *seed) for seed in ((), ("--seed", "2")))
    assert first == run(*arguments).stdout != other


def document(capfdbinary: pytest.CaptureFixture, *arguments: str) -> bytes:
    assert main([*arguments]) == 0
    return capfdbinary.readouterr().out


def test_the_plan_is_written_into_a_new_file_and_never_over_one(tmp_path, capsys):
    path = tmp_path / "plan.toml"
    arguments = ["best-plan", BASE, "--goal", "mix", "--weights", "visits=3,on_time=1", *FEW, "--out", str(path)]
    assert main([*arguments, "--language", "zh"]) == 0
    said = capsys.readouterr()
    assert str(path) in said.err and "3" in said.out
    written = path.read_bytes()
    scenario, problems = load_scenario(path)
    assert problems == [] and sum(scenario.levers["staff.moves"].values()) == 0
    assert text("best_plan.goal_mix", "zh") in scenario.name["zh"]
    assert main(arguments) == 2 and path.read_bytes() == written
    assert main([*arguments[:-1], str(tmp_path / "no" / "folder.toml"), "--language", "en"]) == 2
    assert text("command_line.folder_missing", "en") in capsys.readouterr().err


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_no_plan_it_says_why(tmp_path, language, capsys, monkeypatch):
    monkeypatch.setattr("model.search.engine.opening.representative_base", at_mids)
    path = tmp_path / "plan.toml"
    path.write_text(MIDS_APART, encoding="utf-8")
    assert main(["best-plan", str(path), "--goal", "visits", "--json", "--language", language]) == 4
    said = capsys.readouterr()
    refused = result(said.out)
    assert refused == {"found": False, "misses": [], "conditions": refused["conditions"]}
    assert HUNAN.assumptions["other_duties_share"].label[language] in said.err


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--goal", "mix", "--weights", "visits=x"], "visits=x"),
        (["--goal", "mix", "--weights", "visits=-1"], "on_time"),
        (["--goal", "mix", "--weights", "crews=1"], "worst_off"),
        (["--goal", "fame"], "fame"),
        ([], "--goal"),
        (["--goal", "visits", "--most-moved", "-3"], "-3"),
    ],
)
def test_a_goal_that_is_none_is_refused_in_a_sentence(arguments, part, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["best-plan", SINK, *arguments])
    assert ended.value.code == 2
    assert part in capsys.readouterr().err


def test_weights_are_for_a_mix(capsys):
    assert main(["best-plan", SINK, "--goal", "visits", "--weights", "visits=1", "--language", "en"]) == 2
    assert "mix" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["best-plan", "--goal", "visits"], ["worth"]])
def test_a_file_with_problems_is_named_with_them(command, tmp_path, capsys):
    path = tmp_path / "plan.toml"
    path.write_text("schema = 1\ntargeted_share = 1.4\n", encoding="utf-8")
    assert main([*command, str(path), "--language", "en"]) == 2
    assert "line 2, targeted_share" in capsys.readouterr().err

"""The README's commands are the ones that work; its question and number run as a doctest beside this."""

import re
import shlex
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from thorough import IS_THOROUGH

from model.command_line.main import main
from model.projection.unknowns.ask_first import ask

pytestmark = pytest.mark.usefixtures("searches_once")
ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MODEL_COMMANDS = re.findall(r"^\.venv/bin/python (-m model .*?)(?: +#.*)?$", README, re.MULTILINE)

WITHOUT_DRAWS = {"check", "evidence", "baseline", "levers", "schema"}
FEW_DRAWS = [] if IS_THOROUGH else ["--draws", "512"]


def test_each_setting_up_command_stands_once_in_one_line_with_its_windows_twin():
    lines = README.splitlines()
    commands = [line for line in lines if line.startswith("python3 -m venv .venv && ")]
    assert [command.split(" && ")[-1] for command in commands] == [".venv/bin/streamlit run app.py", ".venv/bin/pytest"]
    for command in commands:
        twin = command.replace("python3", "python").replace(" && ", "; ").replace(".venv/bin/", ".venv\\Scripts\\")
        assert lines.count(twin) == 1


@pytest.mark.parametrize("command", MODEL_COMMANDS)
def test_a_command_of_the_readme_runs(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("model.command_line.questions.ask", partial(ask, draws=2048, prior_draws=64))
    for number in () if IS_THOROUGH else ("LEVELS", "ALONG"):
        monkeypatch.setattr(f"model.search.frontier.{number}", 2)
    words = shlex.split(command.removeprefix("-m model "))
    if "--out" in words:  # to another folder than the reader's: a test leaves nothing in the project
        words[words.index("--out") + 1] = str(tmp_path / "out")
    spread = [sorted(map(str, ROOT.glob(word))) if "*" in word else [word] for word in words]
    few = [] if words[0] in WITHOUT_DRAWS else FEW_DRAWS
    assert main([part for parts in (*spread, few) for part in parts]) == 0
    said = capsys.readouterr().out
    assert said.strip()
    if "--out" in words:
        assert len(said.splitlines()) == sum(path.is_file() for path in (tmp_path / "out").rglob("*")) > 10


def test_every_command_of_the_model_is_in_the_readme():
    command = [sys.executable, "-X", "utf8", "-m", "model", "--language", "en", "--help"]
    help = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    listed = set(re.findall(r"^ {4}([\w-]+) {2,}\w", help, re.MULTILINE))
    assert listed == {*(shlex.split(command)[2] for command in MODEL_COMMANDS), "app", "bundle"}
    assert "`frontline app`" in README and "`frontline bundle " in README


def test_the_files_the_readme_names_exist():
    named = set(re.findall(r"`((?:model|views|scenarios|tests|\.streamlit)/[\w./-]*)`", README))
    named |= set(re.findall(r"\]\(([\w./-]+)\)", README))
    assert len(named) >= 5 and ".readme/plan.png" in named
    assert not [name for name in sorted(named) if not (ROOT / name).exists() and name != ".streamlit/secrets.toml"]

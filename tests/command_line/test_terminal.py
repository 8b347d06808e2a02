"""The command line on a terminal and beside scripts: its width, its progress, Ctrl-C, many files, completion."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from documents import envelope, result
from remembered import ASK_FIRST
from remembered import COMMANDS as SEARCHES
from thorough import some

from model.command_line import questions, searches, terminal
from model.command_line.commands import RUNS
from model.command_line.main import NO_READER, STOPPED, main
from model.outputs.phrasing.text_table import fitted, text_table, width, wrapped
from model.outputs.words import LANGUAGES, text
from model.version import MODEL_VERSION

ROOT = Path(__file__).parents[2]
SINK, CUT, BASE = (
    str(ROOT / "scenarios" / f"{name}.toml") for name in ("sink-to-counties", "cut-other-duties", "base-year")
)
LEAST = ["--draws", "256"]
COMMANDS = {
    "check": [SINK, CUT],
    **{name: [SINK, *LEAST] for name in ("project", "not-done", "explain", "stability", "ask-first", "worth")},
    "compare": [SINK, CUT, BASE, *LEAST],
    "sweep": [SINK, CUT, *LEAST],
    "frontier": [SINK, "--most-moved", "20", *LEAST],
    "best-plan": [SINK, "--goal", "visits", *LEAST],
    "robust": [SINK, "--goal", "visits", *LEAST],
    "targets": [SINK, "--target", "duty_met>=0.99", *LEAST],
    "evidence": [],
    "levers": [],
}
WITHOUT_JSON = {"export", "schema", "app", "bundle", "baseline"}
"""Commands that have no document as their answer."""
OF_BASELINE = {"baseline-list", "baseline-check"}
"""Documents of actions of the command `baseline`, which test_baseline_commands.py reads."""


@pytest.fixture(scope="module", autouse=True)
def _each_answer_once():
    """The same question is worked out once, for JSON and for both languages; what to ask first of fewer draws, and a
    frontier of fewer points."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("model.search.frontier.LEVELS", 3)
        for name, search in SEARCHES.items():
            patch.setattr(searches, name, search)
        patch.setattr(questions, "ask", ASK_FIRST)
        yield


def test_every_command_is_among_them():
    assert COMMANDS.keys() | WITHOUT_JSON == RUNS.keys()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_document_keeps_to_the_schema_with_the_fewest_draws(command, capfd):
    assert main([command, *COMMANDS[command], "--json"]) == 0
    document = envelope(capfd.readouterr().out)
    assert (document["schema"], document["command"]) == (1, command)
    assert [len(one["hash"]) for one in document["scenarios"]] == [64] * len(document["scenarios"])
    assert command in ("check", "levers", "sweep") or document["draws"]["kept"] >= 200


@pytest.mark.parametrize(("command", "language"), [*product(COMMANDS, LANGUAGES)])
def test_no_line_is_wider_than_a_terminal(command, language, capsys):
    assert main([command, *COMMANDS[command], "--language", language]) == 0
    said = capsys.readouterr().out
    for most in (100, 60):
        shown = fitted(said, most)
        assert max(map(width, shown.split("\n"))) <= most
        assert sorted(_letters(shown)) == sorted(_letters(said)), "nothing is lost"


def _letters(said: str) -> str:
    return "".join(said.split()).replace("-", "")


@pytest.mark.parametrize(("command", "language"), [*product([*RUNS, ""], LANGUAGES)])
def test_help_keeps_to_the_width_of_the_terminal(command, language, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")
    with pytest.raises(SystemExit):
        main([*filter(None, [command]), "--help", "--language", language])
    assert max(map(width, capsys.readouterr().out.split("\n"))) <= 100


def test_a_table_gives_way_head_first_then_words_then_figures():
    rows = [("what", "in the base year", "n"), ("县级 现场检查", "71,677", "1"), ("all", "5", "22")]
    table = text_table(rows, frozenset({1, 2}))
    assert fitted(table, 40) == table
    assert max(map(width, fitted(table, 20).split("\n"))) <= 20
    assert "71,677" in fitted(table, 20)
    assert wrapped("一" * 30, 10) == ["一" * 5] * 6
    assert wrapped("检查，再检查", 5) == ["检", "查，", "再检", "查"]


def on_terminal(arguments: list[str], **environment: str) -> tuple[int, bytes, bytes]:
    """Exit code, and what a terminal of 90 columns got from standard output and from standard error."""
    ends = [pty.openpty() for _ in range(2)]
    process = subprocess.Popen(
        [sys.executable, "-m", "model", *arguments],
        stdout=ends[0][1],
        stderr=ends[1][1],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "90", "PYTHONIOENCODING": "utf-8", **environment},
    )
    for _, own in ends:
        os.close(own)
    got = [b"", b""]
    open_ends = {ends[0][0]: 0, ends[1][0]: 1}
    while open_ends:
        for end, k in list(open_ends.items()):
            os.set_blocking(end, False)
            try:
                part = os.read(end, 65536)
            except BlockingIOError:
                continue
            except OSError:
                part = b""
            if not part:
                os.close(end)
                del open_ends[end]
            got[k] += part
        time.sleep(0.02)
    return process.wait(), *got


@pytest.mark.by_night
def test_on_a_terminal_lines_are_fitted_and_progress_is_shown_and_wiped():
    code, out, error = on_terminal(["stability", SINK, *LEAST, "--language", "zh"])
    assert code == 0 and max(map(width, out.decode().replace("\r", "").split("\n"))) <= 90
    shown = error.decode().split("\r")
    start = text("command_line.progress", "zh", percent="|").partition("|")[0]
    assert any(part.startswith(start) for part in shown) and shown[-1] == "" and not shown[-2].strip()


def test_where_nobody_looks_there_is_no_progress_and_no_fitting(capsys):
    assert main(["stability", SINK, *LEAST, "--language", "en"]) == 0
    said = capsys.readouterr()
    assert said.err == "" and max(map(width, said.out.split("\n"))) > 100


@pytest.mark.by_night
@pytest.mark.parametrize("command", [["robust", SINK, "--goal", "visits"], ["export", SINK]])
def test_ctrl_c_ends_with_130_a_sentence_and_nothing_written(command, tmp_path):
    out = tmp_path / "out"
    arguments = [*command, "--out", str(out), "--language", "en"]
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from model.command_line.main import main; print('begun', file=sys.stderr, flush=True); sys.exit(main())"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stderr.readline() == b"begun\n"
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    said, error = process.communicate(timeout=60)
    assert process.returncode == STOPPED and said == b""
    assert error.decode() == f"{text('command_line.stopped', 'en')}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command", [["levers"], ["best-plan", BASE, "--goal", "visits", "--most-moved", "5", *LEAST], ["--help"], []]
)
def test_a_reader_that_has_gone_ends_a_command_quietly(command):
    """As in `best-plan FILE | head -1`: Python put a notice of its own under the help of a command."""
    end, own = os.pipe()
    os.close(end)
    done = subprocess.run(
        [sys.executable, "-m", "model", *command, "--language", "en"], stdout=own, stderr=subprocess.PIPE, cwd=ROOT
    )
    os.close(own)
    assert (done.returncode, done.stderr) == (NO_READER, b"")


def test_files_that_belong_together_are_written_before_a_ctrl_c_is_heard(tmp_path):
    def write() -> None:
        with terminal.unstopped():
            os.kill(os.getpid(), signal.SIGINT)
            (tmp_path / "file").write_text("whole", encoding="utf-8")

    with pytest.raises(KeyboardInterrupt):
        write()
    assert (tmp_path / "file").read_text(encoding="utf-8") == "whole"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def swallowed() -> None:
    """A Ctrl-C that a library passes over."""
    with suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("ends", [lambda: None, lambda: [].pop()], ids=["well", "badly"])
def test_a_ctrl_c_that_was_passed_over_is_heard_at_the_end(ends, tmp_path):
    def work() -> None:
        with terminal.stoppable():
            swallowed()
            ends()

    with pytest.raises(KeyboardInterrupt):
        work()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_after_a_ctrl_c_that_was_passed_over_nothing_is_written(tmp_path):
    def work() -> None:
        with terminal.stoppable():
            swallowed()
            with terminal.unstopped():
                (tmp_path / "file").touch()

    with pytest.raises(KeyboardInterrupt):
        work()
    assert not (tmp_path / "file").exists()


def test_a_ctrl_c_before_the_command_is_read_ends_the_same(monkeypatch, capsys):
    monkeypatch.setattr("model.command_line.main.parser_of", lambda language: os.kill(os.getpid(), signal.SIGINT))
    assert main(["levers", "--language", "en"]) == STOPPED
    assert capsys.readouterr().err == f"{text('command_line.stopped', 'en')}\n"


def test_the_version(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0 and capsys.readouterr().out == f"Frontline {MODEL_VERSION}\n"


def test_many_files_answer_one_after_the_other_and_the_worst_code_stands(tmp_path, capsys):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("schema = 1\ntargeted_share = 1.4\n", encoding="utf-8")
    assert main(["project", SINK, str(wrong), CUT, *LEAST, "--language", "en"]) == 2
    said = capsys.readouterr()
    assert [line for line in said.out.split("\n") if line.startswith("== ")] == [
        f"== {file} ==" for file in (SINK, wrong, CUT)
    ]
    assert "line 2, targeted_share" in said.err and "Cut other duties" in said.out
    assert main(["project", SINK, CUT, *LEAST, "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    names = [envelope(line)["scenarios"][0]["name"]["en"] for line in lines]
    assert names[0].startswith("Sink") and names[1].startswith("Cut")
    assert main(["best-plan", SINK, CUT, "--goal", "visits", "--out", str(tmp_path / "x.toml")]) == 2
    assert not (tmp_path / "x.toml").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_compare_sets_plans_beside_the_first(language, capsys):
    assert main(["compare", SINK, CUT, *LEAST, "--language", language]) == 0
    said = capsys.readouterr().out
    assert text("command_line.column_against", language, letter="A") in said
    assert text("plan.headline_visits", language, days=90) in said and "\u2212" not in said


@pytest.mark.by_night
@pytest.mark.parametrize("language", some(LANGUAGES, 1))
def test_compare_writes_its_package_and_prints_its_document(language, tmp_path, capsys):
    """That the package is whole in the other language too, `test_comparison_package.py` shows."""
    out = tmp_path / "out"
    arguments = ["compare", SINK, CUT, *LEAST, "--language", language]
    assert main([*arguments, "--out", str(out), "--date", "2026-11-27"]) == 0
    said = capsys.readouterr()
    assert text("command_line.column_against", language, letter="A") in said.out
    assert {path.name for path in out.iterdir()} == {
        *("report.docx", "slides.pptx", "workbook.xlsx", "brief.html", "comparison.csv", "comparison.json"),
        *("method.md", "passport.txt", "pictures", "plans"),
    }
    assert (out / "plans" / "A" / "scenario.toml").read_bytes() == Path(SINK).read_bytes()
    assert all(str(out / path.name) in said.err for path in out.iterdir())
    assert main([*arguments, "--json"]) == 0
    printed = capsys.readouterr().out
    assert (out / "comparison.json").read_text(encoding="utf-8") == printed
    visits = result(printed)["measures"]["visits"]
    a, b = (plan["p50"] for plan in visits["scenarios"])
    duels = {(duel["first"], duel["second"]): duel for duel in visits["duels"]}
    assert duels[1, 0]["difference"]["p50"] == b - a == -duels[0, 1]["difference"]["p50"]
    assert {"staff.change.city", "other_duties_cut"} <= result(printed)["differing"].keys()


def test_compare_says_what_it_leaves_out_and_refuses_what_is_too_many(tmp_path, capsys):
    other = tmp_path / "other.toml"
    other.write_text('schema = 1\n[reading]\nstaff = "posts"\n', encoding="utf-8")
    assert main(["compare", SINK, CUT, str(other), *LEAST, "--language", "en", "--json"]) == 0
    said = capsys.readouterr()
    assert len(envelope(said.out)["scenarios"]) == 2 and "is left out" in said.err
    assert main(["compare", SINK, *LEAST, "--language", "en", "--json"]) == 0
    said = capsys.readouterr()
    assert len(envelope(said.out)["scenarios"]) == 2 and text("compare.base_added", "en") in said.err
    assert main(["compare", *[SINK] * 7, "--language", "en"]) == 2
    assert "at most 6" in capsys.readouterr().err


def test_check_gives_every_problem_as_json_in_both_languages(tmp_path, capsys):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('schema = 1\ntargeted_share = 1.4\nrules = "2030"\n', encoding="utf-8")
    assert main(["check", SINK, str(wrong), "--json"]) == 2
    files = result(capsys.readouterr().out)["files"]
    assert [one["good"] for one in files] == [True, False]
    assert [(one["code"], one["line"]) for one in files[1]["problems"]] == [("out_of_bounds", 2), ("not_a_choice", 3)]
    assert all(one["sentence"].keys() == {"zh", "en"} for one in files[1]["problems"])


def test_the_schema_is_printed_whole(capsys):
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    documented = set(schema["properties"]["command"]["enum"])
    assert documented == COMMANDS.keys() | OF_BASELINE and documented <= schema["$defs"].keys()


def test_the_schema_refuses_what_it_does_not_know(capsys):
    assert main(["levers", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    for broken in (
        {**document, "extra": 1},
        {**document, "schema": 2},
        {**document, "result": {}},
        {**document, "command": "project"},
        {name: value for name, value in document.items() if name != "seed"},
    ):
        with pytest.raises(AssertionError):
            envelope(json.dumps(broken))


def test_the_shell_completes_commands_options_and_files(tmp_path, capsys):
    pytest.importorskip("shtab")
    with pytest.raises(SystemExit) as ended:
        main(["--print-completion", "bash"])
    script = capsys.readouterr().out
    assert ended.value.code == 0
    (tmp_path / "completion").write_text(script, encoding="utf-8")
    (tmp_path / "plan.toml").touch()

    def completed(*words: str) -> set[str]:
        line = " ".join(f"'{word}'" for word in ("frontline", *words))
        ask = f"COMP_WORDS=({line}); COMP_CWORD={len(words)}; _shtab_frontline; echo ${{COMPREPLY[*]}}"
        code = f"source ./completion; {ask}"
        done = subprocess.run(["bash", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        return set(done.stdout.split())

    assert completed("comp") == {"compare"}
    assert {"--draws", "--json", "--out"} <= completed("compare", "--")
    assert "plan.toml" in completed("project", "pl")
    with pytest.raises(SystemExit) as ended:
        main(["--print-completion", "csh2"])
    assert ended.value.code == 2 and "bash" in capsys.readouterr().err


def test_without_shtab_the_remedy_is_said(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "shtab", None)
    with pytest.raises(SystemExit) as ended:
        main(["--print-completion", "bash"])
    assert ended.value.code == 2 and "pip install shtab" in capsys.readouterr().err

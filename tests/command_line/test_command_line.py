"""The command line, run as a script runs it: exit codes, both languages, the JSON document to the last byte."""

import math
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from documents import envelope, result

from model import Scenario, __version__, project, shipped_baseline
from model.command_line.main import OLD_NAMES, language_of, main
from model.evidence.baseline import TIERS
from model.files.scenario_file import load_scenario
from model.outputs.answers.document import scenario_document, written
from model.outputs.package.package import PARTS
from model.outputs.phrasing.text_table import width
from model.outputs.words import text
from model.projection.base_year import base_year_of
from model.projection.representative_case import representative_case
from model.scenario.levers import levers
from model.year.measures import MEASURES as MEASURES_OF_MODEL

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "scenarios"
SINK = str(SCENARIOS / "sink-to-counties.toml")
HUNAN = shipped_baseline("hunan-2021")
MEASURES = {
    *(
        "staff",
        "frontline",
        "crews",
        "field_days",
        "visits",
        "visit_capacity",
        "visit_coverage",
        "duty_met",
        "problems",
    ),
    *("cases_filed", "case_capacity", "cases_decided", "on_time_share", "backlog_end", "review_load", "utilisation"),
    "wisn_ratio",
}
COMMANDS = (
    *("check", "project", "not-done", "explain", "stability", "ask-first", "compare", "best-plan", "worth"),
    *("frontier", "targets", "robust", "export", "evidence", "levers", "schema", "baseline", "app"),
)


def run(*arguments, **environment):
    clean = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    return subprocess.run(
        [sys.executable, "-m", "model", *arguments],
        capture_output=True,
        cwd=ROOT,
        env={**clean, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


@pytest.fixture(scope="module")
def document():
    done = run("project", SINK, "--json", "--draws", "1024")
    assert done.returncode == 0, done.stderr.decode()
    return envelope(done.stdout)


@pytest.fixture(scope="module")
def figures(document):
    return document["result"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_for_each_command_in_both_languages(command, language, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help", "--language", language])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"python -m model {command}" in said and "--language" in said
    is_chinese = any("\u4e00" <= character <= "\u9fff" for character in said)
    assert is_chinese == (language == "zh")
    assert ("usage:" in said) == (language == "en")


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(f"\n    {command} " in said for command in COMMANDS)


@pytest.mark.parametrize("called", ["/usr/bin/frontline", "frontline.exe", "/here/model/__main__.py"])
def test_help_and_usage_say_the_program_as_it_was_called(called, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", [called])
    program = "frontline" if "frontline" in called else "python -m model"
    for arguments, code in ((["--help"], 0), (["worth", "--help"], 0), (["worth"], 2)):
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--language", "en"])
        said = "".join(capsys.readouterr())
        assert ended.value.code == code and f"usage: {program} " in said
        assert program == "python -m model" or "python -m model" not in said


def test_the_console_script_runs_the_command_line():
    script = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]["frontline"]
    module, function = script.split(":")
    code = f"import sys; sys.argv = ['frontline', 'levers', '--help']; from {module} import {function} as run; run()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0 and b"frontline levers" in done.stdout


def test_a_command_waits_for_no_charts_or_spreadsheets():
    heavy = {"pandas", "altair", "streamlit", "pptx", "xlsxwriter", "openpyxl"}
    code = f"import sys, model.command_line.main; print(sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("old", OLD_NAMES)
def test_an_old_name_runs_the_new_command_and_says_which(old, language, tmp_path, capsys):
    path = tmp_path / "plan.toml"
    path.write_text("schema = 1\ntargeted_share = 1.4\n", encoding="utf-8")
    new = OLD_NAMES[old]
    needed = {"best-plan": ["--goal", "visits"], "targets": ["--target", "visits>=9"]}.get(new, [])
    for arguments in ([old, str(path), *needed, "--language", language], ["--language", language, old, "--help"]):
        try:
            code = main(arguments)
        except SystemExit as ended:
            code = ended.code
        out, err = capsys.readouterr()
        first, *rest = err.splitlines()
        assert first == text("command_line.renamed", language, old=old, new=new)
        assert new in out if "--help" in arguments else (code == 2 and "targeted_share" in rest[0])
    with pytest.raises(SystemExit):
        main(["--help", "--language", language])
    assert not re.search(rf"^ +{old} ", capsys.readouterr().out, re.MULTILINE)


def test_a_file_may_have_the_old_name_of_a_command(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "goal").write_text("schema = 1\n", encoding="utf-8")
    assert main(["check", "goal", "--language", "en"]) == 0
    assert capsys.readouterr().err == ""


def test_no_command_shows_the_help(capsys):
    assert main([]) == 2
    assert "check" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["project", SINK, "--draws", "255"], "256"),
        (["project", SINK, "--draws", "65537"], "65536"),
        (["project", SINK, "--draws", "many"], "many"),
        (["project", SINK, "--seed", "-1"], "--seed"),
        (["project"], "FILE"),
        (["export", SINK], "--out"),
        (["export", SINK, "--out", "x", "--date", "24.11.2026"], "24.11.2026"),
        (["checks", SINK], "check"),
        (["levers", "--language", "fr"], "fr"),
        (["best-plan", SINK, "--goal", "fame"], "fame"),
        (["best-plan", SINK, "--goal"], "--goal"),
        (["project", SINK, "--nonsense"], "--nonsense"),
    ],
)
def test_a_wrong_command_line_is_refused_in_a_sentence(arguments, part, capsys, monkeypatch):
    for language in ("en_US.UTF-8", "zh_CN.UTF-8"):
        monkeypatch.setenv("LC_ALL", language)
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
        said = capsys.readouterr().err.split("\n")[0]
        assert part in said
    assert not re.search("argument|invalid|choose|expected|required", said)


def test_the_language_is_asked_for_or_that_of_the_system():
    assert language_of(["--language", "en"], {"LANG": "zh_CN.UTF-8"}) == "en"
    assert language_of(["levers"], {"LANG": "zh_CN.UTF-8"}) == "zh"
    assert language_of([], {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}) == "en"
    assert language_of([], {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}) == "zh"
    assert language_of([], {"LANG": "C"}) == "en"
    assert "执法" in run("--help", LANG="zh_CN.UTF-8").stdout.decode()


def test_check_says_one_line_a_good_file(capsys):
    files = sorted(map(str, SCENARIOS.glob("*.toml")))
    assert main(["check", *files, "--language", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(files)
    assert all(line.startswith(file) for line, file in zip(lines, files, strict=True))


def test_check_fills_in_a_pattern_that_the_shell_left(capsys):
    assert main(["check", str(SCENARIOS / "*.toml"), "--language", "en"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(list(SCENARIOS.glob("*.toml")))


def test_a_name_in_square_brackets_is_a_name(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "方案1.toml").write_text("schema = 1\n", "utf-8")
    (tmp_path / "方案[1].toml").write_text("schema = 1\nnonsense = 1\n", "utf-8")
    assert main(["check", "方案[1].toml", "--language", "zh"]) == 2
    assert capsys.readouterr().out.startswith("方案[1].toml")
    assert main(["check", "方案[2].toml", "--language", "zh"]) == 2
    assert main(["check", "方案[1-9].toml", "--language", "zh"]) == 0


@pytest.mark.parametrize(("words", "language"), [(0x0804, "zh"), (0x0404, "zh"), (0x0409, "en")])
def test_a_chinese_windows_without_lang_is_answered_in_chinese(words, language, monkeypatch):
    system = SimpleNamespace(kernel32=SimpleNamespace(GetUserDefaultUILanguage=lambda: words))
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.windll", system, raising=False)
    assert language_of(["levers"], {}) == language
    assert language_of(["levers"], {"LANG": "en_US.UTF-8"}) == "en"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_levers_table_lists_every_lever_with_bounds_and_unit(language, capsys):
    assert main(["levers", "--language", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    table = levers(HUNAN)
    assert [line.split()[0] for line in lines[2:]] == list(table)
    for line, lever in zip(lines[2:], table.values(), strict=True):
        assert lever.label[language] in line
        bounds = lever.choices if lever.low is None else (f"{lever.low:g}", f"{lever.high:g}")
        assert all(bound in line for bound in bounds)
    starts = {
        width(line[: line.index(lever.label[language])]) for line, lever in zip(lines[2:], table.values(), strict=True)
    }
    assert len(starts) == 1  # the columns stand one below the other


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_evidence_lists_every_figure_with_mark_and_source(language, capsys):
    assert main(["evidence", "--language", language]) == 0
    said = capsys.readouterr().out
    for id in [*HUNAN.report, *HUNAN.benchmarks, *HUNAN.assumptions, "decision_days"]:
        assert f"\n{id} " in said
    for figure in [*HUNAN.report.values(), *HUNAN.benchmarks.values()]:
        assert figure.source[language] in said
    assert all(assumption.basis[language] in said for assumption in HUNAN.assumptions.values())
    tests = ("held_title", "checks_title", "filter_title", "check_guangdong_visits_per_person")
    assert all(text(f"evidence_page.{key}", language) in said for key in tests)


def test_the_evidence_as_json_gives_a_value_or_a_range_unit_mark_and_source(capsys):
    assert main(["evidence", "--json"]) == 0
    document = result(capsys.readouterr().out)
    figures = document["figures"]
    assert {figure["mark"] for figure in figures} == {"reported", "published", "derived", "assumed"}
    for figure in figures:
        assert {"id", "label", "unit", "mark", "source"} <= figure.keys()
        assert ("value" in figure) != ({"low", "mid", "high"} <= figure.keys())
        assert figure["mark"] != "assumed" or "low" in figure
    assert {row["result"] for row in document["range_checks"]} == {"given", "inside", "edge", "outside"}
    assert document["holdouts"] and document["filter"]["refused"] and document["filter"]["shifts"]
    assert [figure["id"] for figure in figures if "low" in figure] == list(HUNAN.assumptions)
    staff = next(figure for figure in figures if figure["id"] == "staff_total")
    assert staff["value"] == 2359 and "全省执法队伍总数为2359人" in staff["source"]["zh"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_project_prints_what_a_planner_needs(language, capsys):
    assert main(["project", SINK, "--draws", "1024", "--language", language]) == 0
    said = capsys.readouterr().out
    parts = {
        "zh": [
            "执法力量下沉到县",
            "现场检查",
            "案件办理能力",
            "省级",
            "市级",
            "县级",
            "合计",
            "瓶颈",
            "留作检验",
            "局限",
            "100 次",
            "现状 湖南",
            "抽样 1,024 次",
        ],
        "en": [
            "Sink people",
            "Site visits",
            "Case capacity",
            "Province",
            "County",
            "Bottleneck",
            "Held out",
            "Limits",
            "of 100",
            "base year Hunan",
            "of 1,024 draws kept",
        ],
    }
    assert all(part in said for part in parts[language])
    assert __version__ in said
    assert "\u2212" not in said  # a terminal that cannot show it would lose the sign


@pytest.mark.by_night
def test_every_document_opens_alike(document):
    assert list(document) == ["schema", "model_version", "command", "scenarios", "draws", "seed", "result"]
    assert (document["schema"], document["model_version"], document["command"]) == (1, __version__, "project")
    assert list(document["result"]) == [
        *("measures", "months", "bottlenecks", "not_done", "not_done_by_quarter", "holdouts", "representative"),
    ]
    scenario = document["scenarios"][0]
    assert scenario["levers"] == {
        "staff.change.province": -10,
        "staff.change.city": -100,
        "staff.change.county": 110,
        "staff.spread": "need",
    }
    assert (scenario["baseline"], scenario["rules"], document["seed"]) == ("hunan-2021", "2021", 1)
    assert document["draws"].keys() == {"drawn", "kept", "effective"} and document["draws"]["drawn"] == 1024
    assert document["result"]["measures"].keys() >= MEASURES


def test_the_hash_of_a_scenario_is_that_of_what_it_decides(document):
    scenario = load_scenario(Path(SINK))[0]
    same = Scenario(decisions=scenario.decisions, name={"en": "Another name"})
    other = scenario.with_decisions(levers={**scenario.levers, "training_days": 13})
    numbers = {id: int(value) for id, value in scenario.levers.items() if isinstance(value, float)}
    whole = scenario.with_decisions(levers={**scenario.levers, **numbers})
    hashes = [scenario_document(one)["hash"] for one in (same, whole, other)]
    assert hashes[0] == hashes[1] == document["scenarios"][0]["hash"] != hashes[2]


def test_the_representative_case_stands_apart_under_its_name(figures):
    case = figures["representative"]
    assert case["about"] == {language: text("decide.representative", language) for language in ("zh", "en")}
    assert case["measures"].keys() == figures["measures"].keys()
    scenario = load_scenario(Path(SINK))[0]
    base = base_year_of(scenario, HUNAN, 1024)
    plan = representative_case(base, scenario)
    places = [measure.id for measure in MEASURES_OF_MODEL]
    for id in ("visits", "case_capacity", "on_time_share"):
        total, medians = case["measures"][id]["total"], figures["measures"][id]["total"]
        assert total["scenario"] == plan.values[places.index(id), 0, 0]
        assert total["base"] == pytest.approx(medians["base"]["p50"], rel=0.02)
    prefectures = {prefecture.id for prefecture in HUNAN.prefectures}
    assert case["measures"]["visits"].keys() == {"total", *TIERS, *prefectures}


def test_the_document_gives_every_measure_with_bands_in_order(figures):
    prefectures = {prefecture.id for prefecture in HUNAN.prefectures}
    for measure in figures["measures"].values():
        assert measure.keys() <= {"unit", "total", *TIERS, "prefectures", "rests_on"}
        assert measure["prefectures"].keys() <= prefectures
        places = [value for name, value in measure.items() if name in ("total", *TIERS)]
        for place in [*places, *measure["prefectures"].values()]:
            assert place.keys() == {"base", "scenario", "difference", "better", "worse", "same"}
            odds = [place[part] for part in ("better", "worse", "same")]
            assert min(odds) >= 0 and sum(odds) == pytest.approx(1, abs=1e-12)
            for band in (place["base"], place["scenario"], place["difference"]):
                # The figure between is rounded to what is printed.
                assert band["p10"] - 0.5 <= band["p50"] <= band["p90"] + 0.5 and band["p10"] <= band["p90"]
    assert figures["measures"]["visits"]["prefectures"].keys() == prefectures


def test_the_document_says_what_each_measure_rests_on_and_how_often_it_is_worse(figures):
    shown = project(load_scenario(Path(SINK))[0], draws=1024).measures
    for id, measure in figures["measures"].items():
        found = [(row["id"], row["rank_correlation"]) for row in measure["rests_on"]]
        assert found == list(shown[id].rests_on)
        assert measure["total"]["worse"] == shown[id].total.odds.worse
    assert figures["measures"]["on_time_share"]["total"]["worse"] > 0.5
    assert {row["id"] for row in figures["measures"]["visits"]["rests_on"]} <= HUNAN.assumptions.keys()


def test_the_document_gives_the_months(figures):
    months = figures["months"]
    assert months["month"] == list(range(1, 61))
    for series in (months["backlog"], months["days_to_decision"]):
        assert series.keys() == {"base", "scenario"}
        for bands in series.values():
            assert all(len(bands[name]) == 60 for name in ("p10", "p50", "p90"))


def test_the_document_says_what_binds_what_is_not_done_and_what_was_predicted(figures):
    pools = {(bottleneck["tier"], bottleneck["prefecture"]) for bottleneck in figures["bottlenecks"]}
    assert pools == set(HUNAN.pool_names)
    for shortfall in (*figures["not_done"], *figures["not_done_by_quarter"]):
        assert 0 < shortfall["probability"] <= 1
    assert {shortfall["quarter"] for shortfall in figures["not_done_by_quarter"]} <= {1, 2, 3, 4}
    for holdout in figures["holdouts"]:
        assert list(holdout) == ["id", "observed", "p10", "p50", "p90", "hit"]


def numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from numbers(part)
    elif isinstance(value, int | float):
        yield value
    else:
        assert isinstance(value, str), f"{value} stands for a number"


def test_every_number_of_the_document_is_one(document):
    found = list(numbers(document))
    assert len(found) > 1000 and all(map(math.isfinite, found))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_never_written(number):
    with pytest.raises(ValueError, match="not JSON compliant"):
        written({"p50": number})


def test_the_document_carries_the_numbers_of_the_table(figures, capsys):
    main(["project", SINK, "--draws", "1024", "--language", "en"])
    visits = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Site visits"))
    assert f"{figures['measures']['visits']['total']['scenario']['p50']:,.0f}" in visits


@pytest.mark.by_night
def test_same_file_same_seed_same_bytes(capfdbinary):
    arguments = ("project", SINK, "--json", "--draws", "512")
    first, again = run(*arguments, PYTHONHASHSEED="1"), run(*arguments, PYTHONHASHSEED="2", LANG="zh_CN.UTF-8")
    assert main([*arguments, "--seed", "2"]) == 0
    assert first.stdout == again.stdout != capfdbinary.readouterr().out
    assert first.stdout.startswith(b"{\n") and first.stdout.endswith(b"}\n")


def test_a_file_with_problems_is_not_projected(tmp_path, capsys):
    path = tmp_path / "plan.toml"
    path.write_text("schema = 1\ntargeted_share = 1.4\nbaseline = 1\n", encoding="utf-8")
    code = main(["project", str(path), "--language", "en", "--json"])
    out, said = capsys.readouterr()
    assert code == 2 and out == ""
    assert "line 2, targeted_share" in said and "line 3, baseline" in said


def test_too_few_plausible_draws_are_a_sentence(tmp_path, capsys):
    path = tmp_path / "plan.toml"
    text = 'schema = 1\n[assumptions.other_duties_share]\nlow = 0.05\nhigh = 0.06\nreason = "a guess"\n'
    path.write_text(text, encoding="utf-8")
    code = main(["project", str(path), "--draws", "512", "--language", "en"])
    out, said = capsys.readouterr()
    assert code == 3 and out == ""
    assert "More draws would not do" in said and "--draws" not in said
    assert "of 512 draws" in said and "200" in said and HUNAN.assumptions["other_duties_share"].label["en"] in said


@pytest.mark.by_night
def test_a_terminal_without_chinese_is_no_reason_to_stop():
    done = run("project", SINK, "--language", "zh", "--draws", "512", PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and b"Traceback" not in done.stderr and b"+1," in done.stdout
    document = run("project", SINK, "--json", "--draws", "512", PYTHONIOENCODING="ascii").stdout
    assert "执法力量下沉到县" in envelope(document)["scenarios"][0]["name"]["zh"]


def test_a_reader_that_leaves_early_is_no_traceback():
    process = subprocess.Popen(
        [sys.executable, "-m", "model", "evidence"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    process.stdout.readline()
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait() in (0, 141) and error == b""


@pytest.mark.by_night
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_export_writes_every_part_and_says_so(language, tmp_path, capsys):
    out = tmp_path / "not" / "there" / "yet"
    given = ["export", SINK, "--draws", "512", "--date", "2026-11-24", "--language", language, "--out", str(out)]
    assert main(given) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert said.err == "" and [line.startswith(str(out / part.path)) for part, line in zip(PARTS, lines, strict=True)]
    written_files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert written_files.keys() == {part.path for part in PARTS}
    assert main(["project", SINK, "--json", "--draws", "512"]) == 0
    assert written_files["projection.json"].decode() == capsys.readouterr().out
    if language == "zh":
        assert main(given) == 0
        assert {name: (out / name).read_bytes() for name in written_files} == written_files, "same day, same bytes"


def test_a_folder_that_cannot_be_written_gets_one_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        assert main(["export", SINK, "--draws", "512", "--out", str(folder), "--language", "en"]) == 2
        said = capsys.readouterr()
        assert said.out == "" and said.err.count("\n") == 1 and str(folder) in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_export_goes_to_no_folder_of_plans(tmp_path, capsys, monkeypatch):
    (tmp_path / "scenario.toml").write_text("somebody's plan")
    monkeypatch.setenv("FRONTLINE_SCENARIOS", str(tmp_path))
    for out in (tmp_path, tmp_path / "x" / ".."):
        assert main(["export", SINK, "--draws", "512", "--out", str(out), "--language", "en"]) == 2
        assert text("export.is_library", "en") in capsys.readouterr().err
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("scenario.toml", "somebody's plan")]


def test_what_cannot_be_projected_is_not_exported(tmp_path, capsys):
    path = tmp_path / "plan.toml"
    path.write_text("schema = 1\ntargeted_share = 1.4\n", encoding="utf-8")
    assert main(["export", str(path), "--out", str(tmp_path / "out"), "--language", "en"]) == 2
    assert "line 2, targeted_share" in capsys.readouterr().err
    guess = 'schema = 1\n[assumptions.other_duties_share]\nlow = 0.05\nhigh = 0.06\nreason = "a guess"\n'
    path.write_text(guess, encoding="utf-8")
    assert main(["export", str(path), "--draws", "512", "--out", str(tmp_path / "out"), "--language", "en"]) == 3
    assert not (tmp_path / "out").exists()

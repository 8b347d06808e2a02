"""`frontline sweep`: a table for the terminal or a file, which goes on where it was stopped."""

import io
from pathlib import Path

import pandas as pd
import pytest
from documents import result

from model.command_line import sweep as command
from model.command_line.main import main
from model.outputs.compare.sweep.executors import here
from model.outputs.compare.sweep.many_plans import rows_of_tasks
from model.outputs.words import LANGUAGES, text

SINK, BASE = (
    str(Path(__file__).parents[2] / "scenarios" / f"{name}.toml") for name in ("sink-to-counties", "base-year")
)
GRID = ("--set", "staff.change.city=-100:0:50", "--set", "other_duties_cut=0,10%", "--draws", "512", "--workers", "1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_shows_a_line_a_plan(language, capsys):
    assert main(["sweep", BASE, *GRID, "--language", language]) == 0
    head, rule, *rows = capsys.readouterr().out.splitlines()
    assert text("terms.measure_visits", language) in head and "other_duties_cut" in head and set(rule) == {"-", " "}
    assert len(rows) == 6 and all("-100" in row for row in rows[:2]) and "\u2212" not in "".join(rows)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_file_has_a_row_a_plan_and_nothing_is_left_beside_it(kind, tmp_path, capsys):
    out = tmp_path / f"table.{kind}"
    assert main(["sweep", BASE, SINK, *GRID, "--out", str(out), "--language", "en"]) == 0
    assert "12 plans" in capsys.readouterr().out and list(tmp_path.iterdir()) == [out]
    found = pd.read_parquet(out) if kind == "parquet" else pd.read_csv(io.BytesIO(out.read_bytes()))
    assert len(found) == 12 and found["plan"].is_unique and found["problem"].isna().all()
    assert found["visits_scenario_p50"].dtype.kind in "if" and found["other_duties_cut"].tolist() == [0, 0.1] * 6


def test_a_sweep_that_was_stopped_goes_on_with_the_same_command(tmp_path, capsys, monkeypatch):
    out, computed = tmp_path / "table.csv", []

    def some_then_stop(tasks, executor, known, keep, tick):
        rows_of_tasks(tasks[:4], here, known, keep, tick)
        raise KeyboardInterrupt

    arguments = ["sweep", BASE, *GRID, "--out", str(out), "--language", "en"]
    monkeypatch.setattr(command, "rows_of_tasks", some_then_stop)
    assert main(arguments) == 130
    rows = tmp_path / "table.csv.rows"
    assert not out.exists() and str(rows) in capsys.readouterr().err
    with rows.open("ab") as file:
        file.write(b'\n{"key": "half a li')  # as a kill leaves it

    def the_rest(tasks, executor, known, keep, tick):
        return rows_of_tasks(tasks, lambda chunks: (computed.extend(chunks), here(chunks))[1], known, keep, tick)

    monkeypatch.setattr(command, "rows_of_tasks", the_rest)
    assert main(arguments) == 0
    assert sum(map(len, computed)) == 2 and "4 plans" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [out]
    whole = tmp_path / "at_once.csv"
    assert main([*arguments[:-4], "--out", str(whole), "--language", "en"]) == 0
    assert whole.read_bytes() == out.read_bytes()


def test_what_cannot_be_done_is_refused_before_the_work(tmp_path, capsys):
    there = tmp_path / "there.csv"
    there.write_text("mine")
    for arguments, word in (
        (["--out", str(there)], "there is such a file"),
        (["--out", str(tmp_path / "table.xlsx")], ".parquet"),
        (["--set", "staff.change.citty=0:1:1"], "staff.change.city"),
        (["--set", "offsite_checks=0:90000:1", "--set", "service_contacts=0:90000:1"], "100,000"),
    ):
        assert main(["sweep", BASE, *arguments, "--language", "en"]) == 2
        assert word in capsys.readouterr().err
    assert there.read_text() == "mine"


def test_plans_without_figures_are_counted_and_the_others_stand(tmp_path, capsys):
    out = tmp_path / "table.csv"
    grid = ["--set", "staff.change.city=-900,-100", "--draws", "512", "--workers", "1"]
    assert main(["sweep", BASE, *grid, "--out", str(out), "--language", "en"]) == 3
    assert "1 plan has no figures" in capsys.readouterr().err
    found = pd.read_csv(out)
    assert found["problem"].notna().tolist() == [True, False] and found["visits_scenario_p50"].notna().tolist() == [
        False,
        True,
    ]


def test_a_cluster_that_does_not_answer_is_said(capsys, monkeypatch):
    def nobody(chunks):
        raise OSError("Timed out trying to connect")

    monkeypatch.setattr(command, "on_dask", lambda address: nobody)
    assert main(["sweep", BASE, "--executor", "dask://nowhere:8786", "--language", "en"]) == 1
    assert "dask://nowhere:8786" in capsys.readouterr().err


def test_the_document_has_the_figures_of_the_table_and_why_there_are_none(tmp_path, capsys):
    out = tmp_path / "table.csv"
    grid = ["--set", "staff.change.city=-900,-100", "--draws", "512", "--workers", "1"]
    assert main(["sweep", BASE, *grid, "--out", str(out), "--json", "--language", "en"]) == 3
    without, moved = result(capsys.readouterr().out)["plans"]
    row = pd.read_csv(out).iloc[1]
    assert moved["decisions"]["staff"]["change"]["city"] == -100
    assert (moved["problem"], moved["draws_kept"]) == (None, row["draws_kept"])
    assert moved["measures"]["visits"]["difference"]["p50"] == pytest.approx(row["visits_difference_p50"])
    assert without["problem"] and without["measures"] is without["draws_kept"] is None

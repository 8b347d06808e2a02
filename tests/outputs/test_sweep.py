"""The table of a sweep: a plan's own figures in every row, the same wherever they are computed."""

import json
import os
import signal
import threading
from contextlib import suppress

import pytest
from distributed import LocalCluster

from model import ChangedAssumption, Scenario, project, shipped_baseline
from model.outputs.compare.sweep import executors
from model.outputs.compare.sweep.executors import here, on_cores, on_dask
from model.outputs.compare.sweep.grid import plans_on, read_axis
from model.outputs.compare.sweep.many_plans import rows_of_tasks, sweep
from model.outputs.compare.sweep.row import FIGURES, Task
from model.outputs.phrasing.coherence import coherent
from model.year.measures import HEADLINES

HUNAN = shipped_baseline("hunan-2021")
GRID = [
    *plans_on(
        Scenario(name={"zh": "下沉", "en": "Sink"}),
        [read_axis("staff.change.city=-100:0:20", HUNAN), read_axis("other_duties_cut=0,0.05,0.1,0.15", HUNAN)],
        HUNAN,
    )
]
DRAWS = 512


@pytest.fixture(scope="module")
def in_this_process():
    return sweep(GRID, draws=DRAWS, executor=here)


def test_a_row_has_the_figures_that_its_plan_has_alone(in_this_process):
    assert len(in_this_process) == len(GRID) == 24
    for k in (0, 10, 23):
        row, alone = in_this_process.iloc[k], coherent(project(GRID[k], draws=DRAWS))
        for id in HEADLINES:
            total = alone.measures[id].total
            for band in ("base", "scenario", "difference"):
                for end in ("p10", "p50", "p90"):
                    assert row[f"{id}_{band}_{end}"] == getattr(getattr(total, band), end)
            odds = total.odds
            assert [row[f"{id}_{part}"] for part in ("better", "worse", "same")] == [odds.better, odds.worse, odds.same]
        assert row["draws_kept"] == alone.draws.kept
        assert json.loads(row["decisions"]) == GRID[k].decisions.tree


def test_figures_add_up_and_levers_stand_at_their_base_too(in_this_process):
    for id in HEADLINES:
        base, change, plan = (in_this_process[f"{id}_{band}_p50"] for band in ("base", "difference", "scenario"))
        assert (base + change - plan).abs().max() < 1e-9
    assert in_this_process["staff.change.city"].tolist() == [float(n) for n in range(-100, 1, 20) for _ in range(4)]
    assert in_this_process["other_duties_cut"].tolist() == [0, 0.05, 0.1, 0.15] * 6


def test_processes_give_the_same_table(in_this_process):
    assert sweep(GRID, draws=DRAWS, executor=on_cores(2)).equals(in_this_process)


@pytest.mark.by_night
def test_a_cluster_that_loses_a_worker_gives_the_same_table(in_this_process, monkeypatch):
    monkeypatch.setattr(executors, "CHUNK", 2)
    cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    with suppress(RuntimeError), cluster:  # the lost worker may be starting anew while the cluster closes
        lost = []

        def lose(rows) -> None:
            """Kill a worker as soon as the first rows are there."""
            if not lost:
                lost.append(cluster.workers[0].pid)
                threading.Thread(target=os.kill, args=(lost[0], signal.SIGKILL)).start()

        tasks = [
            Task("Sink", plan, DRAWS, 1, ("other_duties_cut", "staff.change.city", "staff.change.county"))
            for plan in GRID
        ]
        rows = rows_of_tasks(tasks, on_dask(cluster.scheduler_address), keep=lose)
    assert lost and [row["visits_scenario_p50"] for row in rows] == in_this_process["visits_scenario_p50"].tolist()


def test_rows_that_are_known_are_not_computed_again(in_this_process):
    tasks = [Task("Sink", plan, DRAWS, 1) for plan in GRID[:4]]
    known = {tasks[1].key: {"plan": "as it was"}, "another": {"plan": "of other decisions"}}
    kept, shares = {}, []
    rows = rows_of_tasks(tasks, here, known, kept.update, shares.append)
    assert [row["plan"] for row in rows] == ["Sink", "as it was", "Sink", "Sink"]
    assert set(kept) == {task.key for task in tasks} - {tasks[1].key}
    assert shares[-1] == 1 and shares == sorted(shares)


def test_a_key_is_of_all_that_a_row_follows_from():
    plan = GRID[0]
    assert Task("a", plan, DRAWS, 1).key == Task("a", GRID[0], DRAWS, 1).key
    others = [
        Task("b", plan, DRAWS, 1),
        Task("a", GRID[1], DRAWS, 1),
        Task("a", plan, 2 * DRAWS, 1),
        Task("a", plan, DRAWS, 2),
        Task("a", Scenario(baseline="guangdong-2016", decisions=plan.decisions), DRAWS, 1),
    ]
    assert len({task.key for task in others} | {Task("a", plan, DRAWS, 1).key}) == 6


def test_a_plan_without_figures_says_why():
    wrong = Scenario(levers={"other_duties_cut": 5.0})
    known = ChangedAssumption(500_000, 550_000, 600_000, "impossible")
    too_few = Scenario(assumptions={"visits_base": known})
    gone = Scenario(baseline="nowhere-2000")
    found = sweep([wrong, too_few, gone, Scenario()], draws=DRAWS, executor=here)
    assert "other_duties_cut" in found["problem"][0] and "draws give a plausible base year" in found["problem"][1]
    assert "nowhere-2000" in found["problem"][2]
    assert found.loc[:2, [*FIGURES]].isna().all(axis=None) and found.loc[3, [*FIGURES]].notna().all()

"""What the server asks of its machine, in a process of its own, and what it does before anybody asks."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import product

from conftest import ROOT

from model import Projection, Scenario, project
from model.files.library import Library, index
from views.shell.session import session
from views.site.machine import read_library_ahead

CODE = """
import json, threadpoolctl
import app
print(json.dumps([pool["num_threads"] for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]))
"""


def test_the_servers_algebra_stays_on_one_core():
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "2"}
    command = [sys.executable, "-c", CODE]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    threads = json.loads(told.stdout)
    assert threads and set(threads) == {1}


def test_one_plan_is_computed_at_a_time(monkeypatch):
    """Two at once took longer than one after the other."""
    at_once: list[int] = [0]

    def computed(*_: object) -> Projection:
        at_once[0] += 1
        seen.append(at_once[0])
        time.sleep(0.05)
        at_once[0] -= 1
        return projection

    projection, seen = project(Scenario(), draws=512), []
    monkeypatch.setattr(session, "model_glance", computed)
    monkeypatch.setattr(session, "project", computed)
    plans = [Scenario(levers={"training_days": float(k)}) for k in range(11, 15)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda ask: ask[0](ask[1]), product((session.glance, session.projection), plans)))
    assert seen == [1] * 8


def test_many_new_plans_are_read_before_anybody_opens_their_list(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_SCENARIOS", str(tmp_path))
    for k in range(index.WORTH_WRITING):
        (tmp_path / f"plan-{k}.toml").write_text(f'schema = 1\nname = "方案 {k}"\n', encoding="utf-8")
    read_library_ahead().join(60)
    monkeypatch.setattr("model.files.library.library.name_in", lambda _: {"zh": "read again"})
    assert {entry.name["zh"] for entry in Library().entries()} == {f"方案 {k}" for k in range(index.WORTH_WRITING)}


def test_a_library_that_is_not_there_does_not_stop_the_server(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_SCENARIOS", str(tmp_path / "gone"))
    read_library_ahead().join(60)
    assert Library().entries() == ()

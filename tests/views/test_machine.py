"""What the server asks of its machine, in a process of its own, and what it does before anybody asks."""

import json
import os
import subprocess
import sys

from conftest import ROOT

from model.files.library import Library, index
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

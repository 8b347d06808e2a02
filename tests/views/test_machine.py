"""What the server asks of its machine, in a process of its own."""

import json
import os
import subprocess
import sys

from conftest import ROOT

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

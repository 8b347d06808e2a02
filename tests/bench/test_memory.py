"""What the server keeps: after sessions opened and closed, after many base years and staff lists. Prints a table:
`pytest tests/bench/test_memory.py -s`.

FRONTLINE_TESTS=thorough has the server wait until the framework has forgotten the sessions.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bare_session import session, visit
from conftest import ROOT, served
from thorough import IS_THOROUGH

PAGES = ("", "compare", "decide", "prefectures", "present", "evidence")
FEW, MANY = 20, 200
MOST_GROWTH_MB = 150
BASE_YEARS, STAFF_LISTS = 250, 150
MOST_MB = 900
FORGOTTEN_SECONDS = 150
"""After so long the framework has forgotten a session that closed."""


def megabytes(process: int) -> float:
    """Memory that a process holds, as the system counts it."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def server() -> int:
    """The process of the app that this test serves."""
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="utf-8").split()
    return next(int(one) for one in children if b"streamlit" in Path(f"/proc/{one}/cmdline").read_bytes())


def open_and_close(url: str, which: range) -> None:
    """Sessions one after another, each with a plan of its own on two pages."""
    for k in which:
        moved = {"staff.change.city": str(-1 - k), "staff.change.county": str(1 + k)}
        with session(url) as one:
            visit(one, "", **moved)
            visit(one, PAGES[k % len(PAGES)], **moved)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
def test_sessions_that_closed_leave_nothing(tmp_path: Path) -> None:
    with served(ROOT / "app.py", tmp_path) as url:
        found = {"no session": megabytes(server())}
        open_and_close(url, range(1))
        found["1 session"] = megabytes(server())
        open_and_close(url, range(1, FEW))
        found[f"{FEW} sessions"] = megabytes(server())
        open_and_close(url, range(FEW, MANY))
        found[f"{MANY} sessions"] = megabytes(server())
        if IS_THOROUGH:
            time.sleep(FORGOTTEN_SECONDS)
            open_and_close(url, range(1))
            found["when they are forgotten"] = megabytes(server())
    show(found)
    assert found[f"{MANY} sessions"] - found[f"{FEW} sessions"] < MOST_GROWTH_MB


DRIVE = """
import sys
from model import ChangedAssumption, Scenario, project, shipped_baseline
from model.files.tables.staff_list import mid_split
from model.projection.stability import stability
from model.projection.base_year import base_year_of, baseline_of
what, count = sys.argv[1], int(sys.argv[2])
split = mid_split(shipped_baseline("hunan-2021"))
(one, other) = [pool for pool in split if pool[0] == "county"][:2]
for k in range(count):
    if what == "base years":
        scenario = Scenario(assumptions={"site_days": ChangedAssumption(0.3, 0.4 + k / 10_000, 0.6, "test")})
    else:
        moved = {one: (split[one][0] - k % 40, split[one][1]), other: (split[other][0] + k % 40, split[other][1])}
        scenario = Scenario(staff_list={**split, **moved}, levers={"training_days": float(k % 5)})
    project(scenario)
    if k % 25 == 0:
        stability(base_year_of(scenario, baseline_of(scenario)), project(scenario))
lines = open("/proc/self/status").read().splitlines()
print(next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
@pytest.mark.parametrize(("what", "count"), [("base years", BASE_YEARS), ("staff lists", STAFF_LISTS)])
def test_many_base_years_stay_within_a_bound(what: str, count: int) -> None:
    found = {f"{n} {what}": held(what, n) for n in (1, 10, count)}
    show(found)
    assert found[f"{count} {what}"] < MOST_MB


def held(what: str, count: int) -> float:
    command = [sys.executable, "-c", DRIVE, what, str(count)]
    return float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def show(found: dict[str, float]) -> None:
    print("\n" + "\n".join(f"{name:>28} {size:7.0f} MB" for name, size in found.items()))

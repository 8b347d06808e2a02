"""What a step of the model costs: beside an older revision, by draws and by pools, and on a nation."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
OLDER = "5b62eab"
"""The revision that a step is measured against: version 1.1.0, the day before the issue on speed."""
TURNS = 15
MOVED = """
def moved(people):
    return Scenario(levers={"staff.change.city": -float(people), "staff.change.county": float(people)})
"""
CLOCKS = """
import json, resource, sys, time
def clocks(step):
    wall, cpu = time.perf_counter(), time.process_time()
    step()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""
ANSWER = """
for people, line in enumerate(sys.stdin, start=1):
    print(json.dumps(clocks(lambda: step(base, moved(people)))), flush=True)
"""
OLD = f"""{CLOCKS}
from model.project import against as step, base_year_of, baseline_of
from model.scenario import Scenario
{MOVED}
base = base_year_of(Scenario(), baseline_of(Scenario()))
step(base, moved(0))
{ANSWER}"""
NEW = f"""{CLOCKS}
from model.projection.base_year import base_year_of, baseline_of
from model.projection.project import against, glance
from model.scenario.scenario import Scenario
{MOVED}
step = {{"whole": against, "glance": glance}}[sys.argv[1]]
base = base_year_of(Scenario(), baseline_of(Scenario()), int(sys.argv[2]))
step(base, moved(0))
{ANSWER}"""
MADE_UP = f"""{CLOCKS}
from pathlib import Path
from synthetic import Size, write_baseline
from model.evidence.baseline import read_baseline
from model.projection.base_year import base_year_of
from model.projection.project import against
from model.scenario.scenario import Scenario
{MOVED}
folder, draws, *size = sys.argv[1:]
baseline = read_baseline(write_baseline(Path(folder) / "made-up", Size(*map(int, size))))
found = {{"pools": len(baseline.pools)}}
def begin():
    found["base"] = base_year_of(Scenario(), baseline, int(draws))
    against(found["base"], moved(50))
first = clocks(begin)
base = found.pop("base")
steps = [clocks(lambda: against(base, moved(50 + turn)))["cpu"] for turn in range(5)]
print(json.dumps(found | {{"first": first, "step": min(steps), "kept": base.draws.kept, "megabytes": peak()}}))
"""


def table() -> Iterator[tuple[str, str]]:
    """What was measured, and what came of it."""
    with ExitStack() as open_until_then, tempfile.TemporaryDirectory() as folder:
        children = {"glance": (ROOT, NEW, "glance", "4096"), "whole": (ROOT, NEW, "whole", "4096")}
        older = older_revision(Path(folder))
        if older:
            children["1.1.0"] = (older, OLD)
        asks = {name: open_until_then.enter_context(child(*how)) for name, how in children.items()}
        taken = in_turns(asks)
        for name, all in taken.items():
            wall, cpu = (1e3 * least(all, clock) for clock in ("wall", "cpu"))
            beside = f", {cpu / (1e3 * least(taken['1.1.0'], 'cpu')):.2f} x 1.1.0" if older else ""
            yield f"model, a step: {name}", f"{cpu:.0f} ms of a processor{beside}, {wall:.0f} ms"
    yield "model, processor time by draws", by_draws()
    yield "model, processor time by pools (1,024 draws)", by_pools()
    yield "a nation: 31 provinces, 447 cities, 1,024 draws", nation()


def by_draws() -> str:
    """A slider's step at more and more draws."""
    with ExitStack() as open_until_then:
        asks = {
            str(draws): open_until_then.enter_context(child(ROOT, NEW, "glance", str(draws)))
            for draws in (1024, 2048, 4096, 8192, 16384)
        }
        taken = in_turns(asks, turns=5)
    return ", ".join(f"{int(draws):,}: {1e3 * least(all, 'cpu'):.0f} ms" for draws, all in taken.items())


def by_pools() -> str:
    """A whole step on made-up forces of more and more pools."""
    sizes = [made_up(provinces, 14 * provinces, 122 * provinces) for provinces in (1, 4, 16, 32, 99)]
    return ", ".join(f"{one['pools']:,}: {1e3 * one['step']:.0f} ms" for one in sizes)


def nation() -> str:
    """A base year and a plan from nothing, on as many bodies as the nation has."""
    one = made_up(31, 447, 2404)
    return f"{one['pools']} pools, {one['kept']} draws kept: {one['first']['wall']:.1f} s, {one['megabytes']:,.0f} MB"


def made_up(*size: int, draws: int = 1024) -> dict:
    """A made-up force of so many provinces, prefectures and counties, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", MADE_UP, folder, str(draws), *map(str, size)]
        run = subprocess.run(command, cwd=ROOT, env=alone(), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(run.stdout)


def alone() -> Mapping[str, str]:
    """The environment of a process whose algebra keeps to one thread."""
    return os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT / "tests" / "support")}


@contextmanager
def child(folder: Path, code: str, *given: str) -> Iterator[subprocess.Popen]:
    """A process that takes a step and times it for each line it is sent."""
    command = [sys.executable, "-c", code, *given]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=folder, env=alone(), text=True, **pipes) as process:
        yield process
        process.stdin.close()


def in_turns(asks: Mapping[str, subprocess.Popen], turns: int = TURNS) -> dict[str, list[dict[str, float]]]:
    """The times of a step of each process, one after the other, again and again."""
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in asks}
    for _ in range(turns):
        for name, process in asks.items():
            process.stdin.write("step\n")
            process.stdin.flush()
            taken[name].append(json.loads(process.stdout.readline()))
    return taken


def least(taken: list[dict[str, float]], clock: str) -> float:
    """The least of some times: what is above it is the machine's."""
    return min(one[clock] for one in taken)


def older_revision(folder: Path) -> Path | None:
    """The files of the older revision; None where the history is not there."""
    packed = subprocess.run(["git", "archive", OLDER, "model"], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        return None
    subprocess.run(["tar", "-xf", "-"], cwd=folder, input=packed.stdout, check=True)
    return folder

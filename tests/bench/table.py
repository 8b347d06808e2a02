"""One table of how quick everything is: `.venv/bin/python tests/bench/table.py`, some eight minutes.

Machines are shared and noisy: quote ratios of one run, and say what else ran.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

for folder in ("", "support", ".."):
    sys.path.insert(0, str(Path(__file__).parents[1] / folder))

import browser_steps  # noqa: E402
import model_steps  # noqa: E402
import planners  # noqa: E402
from conftest import ROOT, served  # noqa: E402
from test_memory import megabytes, server  # noqa: E402


def main() -> None:
    print("| what | measured |\n|---|---|")
    for rows in (model_steps.table(), server_steps(), twenty_planners(), browser_steps.table()):
        for what, measured in rows:
            print(f"| {what} | {measured} |", flush=True)


def server_steps() -> Iterator[tuple[str, str]]:
    """What the server takes and sends for a step, beside the floor's, and what a session weighs."""
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as floor:
        with served(browser_steps.FLOOR, Path(floor)) as url:
            least = 1e3 * median(taken for taken, _ in planners.steps_alone(url, "people", 40))
        with served(ROOT / "app.py", Path(ours)) as url:
            steps = list(planners.steps_alone(url, planners.LEVER, 40))
            own, sent = 1e3 * median(taken for taken, _ in steps), median(sent for _, sent in steps)
            yield "server's part of a step", f"{own:.0f} ms, {own / least:.1f} x floor, our settings ({least:.0f})"
            yield "sent for a step", f"{sent / 1000:.0f} kB"
            before = megabytes(server())
            for _ in range(10):
                list(planners.steps_alone(url, planners.LEVER, 2))
            yield "memory of a session opened and closed", f"{(megabytes(server()) - before) / 10:.1f} MB"


def twenty_planners() -> Iterator[tuple[str, str]]:
    """Twenty planners who each move a lever every two seconds, at one server and at two of one folder."""
    with tempfile.TemporaryDirectory() as folder, served(ROOT / "app.py", Path(folder)) as one:
        before = megabytes(server())
        alone = planners.twenty([one])
        after = megabytes(server())
        yield "20 planners, one process", f"{alone}; {before:,.0f} MB before, {after:,.0f} after"
        with served(ROOT / "app.py", Path(folder)) as other:
            both = planners.twenty([one, other])
        ratio = both.quantile(0.95) / alone.quantile(0.95)
        yield "20 planners, two processes", f"{both}; p95 {ratio:.2f} x that of one"


if __name__ == "__main__":
    main()

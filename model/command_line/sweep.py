"""The command that projects many plans: files and grids of levers, a row each."""

import argparse
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

from model.command_line.arguments import FAILED, WRONG, whole_number
from model.command_line.export import cannot_write, refuse
from model.command_line.scenario_command import TOO_FEW, files, opened, print_json, write_new
from model.command_line.terminal import complain, progress, say
from model.outputs.answers.document import envelope
from model.outputs.compare.sweep.executors import Executor, on_cores, on_dask
from model.outputs.compare.sweep.grid import MOST_PLANS, Axis, plans_on, read_axis
from model.outputs.compare.sweep.many_plans import rows_of_tasks, set_in, table
from model.outputs.compare.sweep.row import PLAN, PROBLEM, Row, Task, document
from model.outputs.compare.sweep.terminal_table import in_terminal
from model.outputs.phrasing.numbers import count
from model.outputs.phrasing.problems import sentence
from model.outputs.phrasing.spreadsheet_text import to_csv
from model.outputs.words import text
from model.projection.base_year import baseline_of
from model.scenario.scenario import Scenario, in_language

if TYPE_CHECKING:
    import pandas as pd

KINDS = (".csv", ".parquet")
CLUSTER = "dask://"
MOST_WORKERS = 1_000


def _sweep(chosen: argparse.Namespace, language: str) -> int:
    """Project every plan of the files and grids; print or write the table; the exit code."""
    out = Path(chosen.out) if chosen.out else None
    if reason := _cannot_write(out, language):
        return refuse(out, reason, language) if out else WRONG
    tasks = _tasks(chosen, language)
    if tasks is None:
        return WRONG
    try:
        executor = _executor(chosen)
        kept = _Kept(out, language)
        with progress(language) as tick, kept:
            rows = rows_of_tasks(tasks, executor, kept.rows, kept.keep, tick)
    except OSError as error:
        complain(text("sweep.no_cluster", language, address=chosen.executor, reason=str(error)))
        return FAILED
    if out and (reason := write_new(out, _as_file(table(rows), out.suffix.lower()), language)):
        return refuse(out, reason, language)
    kept.drop()
    if chosen.json:
        plans = [document(row) for row in rows]
        print_json(envelope("sweep", {"drawn": chosen.draws, "plans": plans}, seed=chosen.seed))
    elif out:
        say(text("sweep.written", language, plans=count(len(rows)), file=out))
    else:
        say(in_terminal(rows, language))
    without = [row for row in rows if row.get(PROBLEM)]
    for row in without[:1]:
        complain(text("sweep.without", language, plans=count(len(without)), name=row[PLAN], why=row[PROBLEM]))
    return TOO_FEW if without else 0


def _cannot_write(out: Path | None, language: str) -> str:
    """Why the table could not be written, as far as can be told before the work; empty where it can."""
    if out is None:
        return ""
    if out.suffix.lower() not in KINDS:
        return text("sweep.kinds", language, kinds=", ".join(KINDS))
    return text("command_line.exists", language) if out.exists() else cannot_write(out.parent, language)


def _tasks(chosen: argparse.Namespace, language: str) -> list[Task] | None:
    """The plans of all files, each in the grid; None where a file or the grid is wrong, which is said."""
    named: list[tuple[str, Scenario]] = []
    for path in files(chosen.files):
        scenario = opened(path, language, chosen.baseline)
        if scenario is None:
            return None
        baseline = baseline_of(scenario)
        axes = [read_axis(written, baseline) for written in chosen.sets]
        wrong = [one for one in axes if not isinstance(one, Axis)]
        if wrong:
            complain("\n".join(sentence(problem, language) for problem in wrong))
            return None
        grid = [one for one in axes if isinstance(one, Axis)]
        if (size := len(named) + prod(len(axis.values) for axis in grid)) > MOST_PLANS:
            complain(text("sweep.too_many", language, plans=count(size), most=count(MOST_PLANS)))
            return None
        name = in_language(scenario.name, language) or path.stem
        plans = [*plans_on(scenario, grid, baseline)]
        named += [(f"{name} {k}" if len(plans) > 1 else name, plan) for k, plan in enumerate(plans, start=1)]
    moved = set_in(plan for _, plan in named)
    return [Task(name, plan, chosen.draws, chosen.seed, moved, language) for name, plan in named]


def _executor(chosen: argparse.Namespace) -> Executor:
    if not chosen.executor:
        return on_cores(chosen.workers)
    return on_dask(chosen.executor.replace(CLUSTER, "tcp://", 1))


def _as_file(frame: "pd.DataFrame", kind: str) -> bytes:
    if kind == ".parquet":
        return frame.to_parquet(index=False)
    cells = frame.astype(object).where(frame.notna(), "")
    return to_csv([list(frame.columns), *cells.itertuples(index=False)])


class _Kept:
    """Rows kept beside the table until it is written, from which a stopped sweep goes on."""

    def __init__(self, out: Path | None, language: str):
        self.path = out.with_name(f"{out.name}.rows") if out else None
        self.language = language
        self.rows: Mapping[str, Row] = dict(self._read())

    def _read(self) -> Iterator[tuple[str, Row]]:
        if self.path is None or not self.path.is_file():
            return
        for line in self.path.read_text("utf-8", "replace").splitlines():
            with suppress(ValueError, TypeError, KeyError):  # the last line of a sweep that was killed
                kept = json.loads(line)
                yield str(kept["key"]), dict(kept["row"])

    def keep(self, rows: Mapping[str, Row]) -> None:
        """Add rows by their keys."""
        if self.path:
            lines = (json.dumps({"key": key, "row": dict(row)}, ensure_ascii=False) for key, row in rows.items())
            with self.path.open("a", encoding="utf-8") as file:
                file.write("".join(f"\n{line}" for line in lines))

    def drop(self) -> None:
        """Take the rows away, now that the table stands."""
        if self.path:
            self.path.unlink(missing_ok=True)

    def __enter__(self) -> None:
        if self.rows:
            complain(text("sweep.goes_on", self.language, plans=count(len(self.rows)), file=self.path))

    def __exit__(self, stopped: object, *_: object) -> None:
        if stopped and self.path and self.path.is_file():
            complain(text("sweep.kept", self.language, file=self.path))


def add_sweep(parser: argparse.ArgumentParser, language: str) -> None:
    """What varies, where the table goes, and who computes it."""
    parser.add_argument(
        "--set", action="append", default=[], dest="sets", metavar="LEVER=VALUES", help=text("sweep.set_help", language)
    )
    parser.add_argument("--out", metavar="FILE", help=text("sweep.out_help", language, kinds=", ".join(KINDS)))
    parser.add_argument("--json", action="store_true", help=text("command_line.json", language))
    workers = whole_number(1, MOST_WORKERS, language)
    parser.add_argument("--workers", metavar="N", type=workers, help=text("sweep.workers_help", language))
    parser.add_argument("--executor", metavar="ADDRESS", help=text("sweep.executor_help", language))


RUNS = {"sweep": _sweep}

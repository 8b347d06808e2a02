"""A mutation run: change the model's core a little, one place at a time, and see which tests notice.

    python tests/mutation/run.py                        all mutants
    python tests/mutation/run.py --sample 60 --seed 1   some of them, minutes
    python tests/mutation/run.py --only model/year/year.py --seconds 10 -k "not integral"

Own and small because it may fork. The tests are collected once and run once without a change; then every mutant is put
into a child of that process (`swap`), which runs the tests that killed most for their time first and ends at the first
that fails. Changes of a module's own constants, which others read while they are loaded, meet the same tests in a child
that loads all anew. mutmut and cosmic-ray write each mutant to disk and start Python anew, which here takes longer than
the tests.

Survivors are printed, those that `survivors.md` names with their reason apart. The exit code is 1 below 95 % killed.
Times are those of the processor, so that a busy machine kills nobody.
"""

import argparse
import importlib.abc
import importlib.util
import mmap
import os
import pickle
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from mutants import Mutant, mutants
from swap import can_swap, swap, swap_all

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
CORE = (
    "model/evidence/draws.py",
    "model/force/*.py",
    "model/year/*.py",
    "model/projection/statistics.py",
    "model/search/aims/target.py",
)
KNOWN = "tests/projection/test_known_answers.py"
YEAR = (
    "tests/force/test_places_without_counties.py",
    "tests/force/test_staff.py",
    "tests/force/test_workload.py",
    "tests/year/test_budget.py",
    "tests/year/test_months.py",
    "tests/year/test_constraint.py",
    "tests/year/test_year.py",
    "tests/year/test_quarters.py",
    "tests/year/test_records.py",
    "tests/year/test_useful_visits.py",
    "tests/year/test_base_year.py",
    "tests/year/test_review.py",
    "tests/projection/test_second_writing.py",
    "tests/projection/test_need.py",
    "tests/projection/test_own_base_years.py::test_a_pool_of_which_the_people_are_known_keeps_them",
    "tests/projection/test_own_base_years.py::test_draws_in_which_teams_have_more_people_than_their_tier_are_refused",
    "tests/projection/test_own_base_years.py::test_a_draw_is_refused_where_one_tier_has_other_people_than_its_teams_or_a_team_more_officers_than_people",
    "tests/projection/test_own_base_years.py::test_visits_that_follow_from_other_duties_are_those_that_gave_them",
    "tests/projection/test_stability.py::test_closed_by_tier_visits_are_in_proportion_to_officers",
    KNOWN,
    "tests/projection/test_conservation.py::test_nothing_is_made_or_lost[0]",
)
# Beside a module's own doctests.
TESTS = {
    "model/evidence/draws.py": ("tests/evidence/test_draws.py", KNOWN),
    "model/force/movers.py": ("tests/force/test_seats.py", *YEAR),
    "model/force/people.py": ("tests/force/test_people.py",),
    "model/force/seats.py": ("tests/force/test_seats.py",),
    "model/force/whole_numbers.py": ("tests/force/test_whole_numbers.py",),
    "model/year/kept.py": ("tests/year/test_kept.py",),
    "model/year/measures.py": ("tests/year/test_measures.py", *YEAR),
    "model/year/records.py": ("tests/year/test_records.py",),
    "model/projection/statistics.py": ("tests/projection/test_statistics.py", KNOWN),
    "model/search/aims/target.py": ("tests/search/test_target.py",),
}
SLOW = "test_sobol_indices_of_the_ishigami_function"
ENOUGH = 0.95
SECONDS = 240
"""Processor time that a mutant may take: it may run for ever."""
QUICK = ["-q", "--assert=plain", "-p", "no:cacheprovider", "-o", "addopts=--doctest-modules"]
"""Options of pytest. Not rewritten: its rewriting would load the module's doctests from disk, past the mutant."""


@dataclass
class Item:
    """A test, the processor time that it takes unchanged, and how many mutants it has killed."""

    test: "pytest.Item"
    seconds: float = 0.0
    killed: int = 0

    @property
    def worth(self) -> float:
        """Mutants killed in a second, of all that it might have: a test begins with a little of one."""
        return (self.killed + 0.1) / (self.seconds + 0.002)


@dataclass
class Swapped:
    """A plugin of pytest that, in the place of running the tests once, runs them for every mutant in a fork."""

    changed: Sequence[tuple[str, Mutant]]
    most_seconds: float
    killed: list[bool] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    def pytest_runtestloop(self, session: "pytest.Session") -> bool:
        items = [Item(test) for test in session.items]
        self.unsound = _times(items, {path for path, _ in self.changed})
        if not self.unsound:
            by_path = {path: _items_of(path, items) for path, _ in self.changed}
            self.killed = [self._is_killed(*one, by_path[one[0]]) for one in self.changed]
            print()
        return True

    def _is_killed(self, path: str, mutant: Mutant, items: list[Item]) -> bool:
        """Whether a test of the module fails with the mutant in its place."""
        ordered = sorted(items, key=lambda item: -item.worth)
        killer = _in_fork(lambda: _first_to_fail(ordered, self.most_seconds, lambda: swap(path, mutant)))
        if 0 <= killer < len(ordered):
            ordered[killer].killed += 1
        print("." if killer >= 0 else f"\n{path}:{mutant}\n", end="", flush=True)
        return killer >= 0


def _items_of(path: str, items: list[Item]) -> list[Item]:
    return [item for item in items if item.test.nodeid.startswith(tuple(tests_of(path)))]


def _times(items: list[Item], paths: set[str]) -> list[str]:
    """Note the processor time of each test, and name those that fail where no mutant has taken its place."""
    times = mmap.mmap(-1, 8 * len(items))
    ordered = [item for path in sorted(paths) for item in _items_of(path, items)]
    ordered = list({id(item): item for item in ordered}.values())

    def run() -> int:
        for path in paths:
            swap_all(path)
        for k, (item, later) in enumerate(zip(ordered, [*ordered[1:], None], strict=True)):
            before = time.process_time()
            if _fails(item, later):
                return k
            times[8 * k : 8 * k + 8] = int(1e9 * (time.process_time() - before)).to_bytes(8, "little")
        return -1

    failing = _in_fork(run)
    for k, item in enumerate(ordered):
        item.seconds = int.from_bytes(times[8 * k : 8 * k + 8], "little") / 1e9
    return [ordered[failing].test.nodeid] if failing >= 0 else []


def _first_to_fail(items: list[Item], most_seconds: float, change: Callable[[], None]) -> int:
    """The place of the first test that fails after a change, -1 where none does in the time given."""
    change()
    end = time.process_time() + most_seconds
    kept = [item for item in items if item.seconds <= most_seconds / 4]
    for item, later in zip(kept, [*kept[1:], None], strict=True):
        if time.process_time() + item.seconds > end:
            return -1
        if _fails(item, later):
            return items.index(item)
    return -1


def _fails(item: Item, later: Item | None) -> bool:
    from _pytest.runner import runtestprotocol

    reports = runtestprotocol(item.test, log=False, nextitem=later.test if later else None)
    return any(report.failed for report in reports)


def _in_fork(run: Callable[[], int]) -> int:
    """What a function returns in a child of this process: -1 or more; much where the child comes to grief."""
    answer = mmap.mmap(-1, 4)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        _be_silent()
        try:
            answer[:] = (run() + 1).to_bytes(4, "little")
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return int.from_bytes(answer[:], "little") - 1 if status == 0 else sys.maxsize


def _be_silent() -> None:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)


def swapped(changed: Sequence[tuple[str, Mutant]], most_seconds: float, words: str) -> list[bool]:
    """Whether a test fails with each mutant put into the loaded model.

    Of the tests those whose names match `words`, as pytest's -k. SystemExit where a test fails without any.
    """
    import pytest

    with tempfile.TemporaryFile() as answer:
        child = os.fork()
        if child == 0:
            plugin = Swapped(changed, most_seconds)
            files = dict.fromkeys(test for path, _ in changed for test in tests_of(path))
            pytest.main([*QUICK, f"-k={words}", f"--deselect={KNOWN}::{SLOW}", *files], plugins=[plugin])
            pickle.dump((plugin.killed, plugin.unsound), answer)
            answer.flush()
            os._exit(0)
        os.waitpid(child, 0)
        answer.seek(0)
        killed, unsound = pickle.load(answer)
    if unsound or len(killed) < len(changed):
        sys.exit(f"tests fail without any change: {', '.join(unsound)}")
    return killed


@dataclass(frozen=True)
class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds one module with other code than that on disk."""

    name: str
    path: Path
    source: str

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)


def core() -> Iterator[str]:
    """The modules that are changed, as paths from the root."""
    return (path.relative_to(ROOT).as_posix() for pattern in CORE for path in sorted(ROOT.glob(pattern)))


def tests_of(path: str) -> list[str]:
    """The tests that a mutant of a module meets: its own doctests first."""
    return [path, *TESTS.get(path, YEAR)]


def loaded_anew(changed: Sequence[tuple[str, Mutant]], jobs: int) -> list[bool]:
    """Whether a test fails, or takes too long, with each mutant in the place of its module as it is loaded."""
    killed, running, waiting = [True] * len(changed), {}, list(enumerate(changed))[::-1]
    while waiting or running:
        while waiting and len(running) < jobs:
            number, one = waiting.pop()
            child = os.fork()
            if child == 0:
                _run_tests(*one)
            running[child] = number
        done, status = os.wait()
        number = running.pop(done)
        killed[number] = status != 0
        print("." if killed[number] else "S", end="", flush=True)
    print()
    return killed


def _run_tests(path: str, mutant: Mutant) -> None:
    """Run the tests of a module in this process, which loads the model and ends with their outcome."""
    import pytest

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    _be_silent()
    sys.meta_path.insert(0, Changed(path.removesuffix(".py").replace("/", "."), ROOT / path, mutant.source))
    try:
        outcome = pytest.main(["-x", *QUICK, f"--deselect={KNOWN}::{SLOW}", *tests_of(path)])
    except BaseException:
        outcome = 1
    os._exit(int(outcome != 0))


def survivors_with_reasons() -> str:
    return (Path(__file__).with_name("survivors.md")).read_text(encoding="utf-8")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--sample", type=int, help="so many mutants, drawn at random")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", nargs="*", default=[], help="paths of modules")
    options.add_argument("--seconds", type=float, default=SECONDS, help="processor time that a mutant is given")
    options.add_argument("-k", dest="words", default="", help="only tests whose names match, as pytest has it")
    options.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, 2))
    chosen = options.parse_args()

    os.chdir(ROOT)
    os.environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    os.environ["FRONTLINE_TESTS"] = "thorough"
    sys.path[:0] = [str(ROOT), str(ROOT / "tests/support")]
    import hypothesis  # noqa: F401 a child finds these loaded
    import numpy  # noqa: F401
    import scipy.integrate
    import scipy.optimize
    import scipy.stats  # noqa: F401

    paths = [path for path in core() if not chosen.only or path in chosen.only]
    everyone = [(path, mutant) for path in paths for mutant in mutants((ROOT / path).read_text(encoding="utf-8"))]
    if chosen.sample:
        everyone = random.Random(chosen.seed).sample(everyone, min(chosen.sample, len(everyone)))
    quick, others = ([one for one in everyone if can_swap(*one) == can] for can in (True, False))

    killed = [*swapped(quick, chosen.seconds, chosen.words), *loaded_anew(others, chosen.jobs)]
    survivors = [f"{path}:{mutant}" for (path, mutant), dead in zip([*quick, *others], killed, strict=True) if not dead]
    reasons = survivors_with_reasons()
    for known, title in ((False, "survived"), (True, "survived, with a reason in survivors.md")):
        named = [one for one in survivors if (re.sub(r":\d+:", ":", one, count=1) in reasons) == known]
        print(f"{title}: {len(named)}", *named, sep="\n  ")
    share = sum(killed) / len(killed)
    print(f"{len(killed)} mutants, {sum(killed)} killed ({share:.1%})")
    return int(share < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())

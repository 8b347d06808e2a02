"""A mutation run: change the model's core a little, one place at a time, and see which tests notice.

    python tests/mutation/run.py                        all mutants, an hour or two
    python tests/mutation/run.py --sample 60 --seed 1   some of them, minutes
    python tests/mutation/run.py --only model/year/year.py

Own and small because it may fork: a child starts with NumPy, SciPy and pytest loaded, takes the changed module from
memory, and stops at the first test that fails. mutmut and cosmic-ray write each mutant to disk and start Python anew,
which here takes longer than the tests.

Survivors are printed, those that `survivors.md` names with their reason apart. The exit code is 1 below 95 % killed.
"""

import argparse
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from mutants import Mutant, mutants

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
    "tests/year/test_months.py",
    "tests/year/test_constraint.py",
    "tests/year/test_year.py",
    "tests/projection/test_second_writing.py",
    "tests/year/test_quarters.py",
    KNOWN,
    "tests/year/test_base_year.py",
    "tests/projection/test_conservation.py::test_nothing_is_made_or_lost[0]",
)
# After a module's own doctests, cheapest first: a mutant dies at the first test that fails.
TESTS = {
    "model/evidence/draws.py": (KNOWN, "tests/year/test_base_year.py"),
    "model/force/people.py": ("tests/force/test_people.py",),
    "model/force/whole_numbers.py": ("tests/schedule/test_inspection_plan.py",),
    "model/projection/statistics.py": ("tests/projection/test_statistics.py", KNOWN),
    "model/search/aims/target.py": ("tests/search/test_target.py",),
}
SLOW = "test_sobol_indices_of_the_ishigami_function"
ENOUGH = 0.95
SECONDS = 240


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


def outcomes(changed: Sequence[tuple[str, Mutant | None]], jobs: int) -> list[bool]:
    """Whether a test fails, or takes too long, with each mutant in the place of its module (None: unchanged)."""
    killed, running, waiting = [True] * len(changed), {}, list(enumerate(changed))[::-1]
    while waiting or running:
        while waiting and len(running) < jobs:
            number, one = waiting.pop()
            child = os.fork()
            if child == 0:
                _run_tests(*one)
            running[child] = number, time.monotonic() + SECONDS
        done, status = os.waitpid(-1, os.WNOHANG)
        if done:
            number, _ = running.pop(done)
            killed[number] = status != 0
            print("." if killed[number] else "S", end="", flush=True)
        for child, (_, end) in running.items():
            if time.monotonic() > end:
                os.kill(child, signal.SIGKILL)
        time.sleep(0.02)
    print()
    return killed


def _run_tests(path: str, mutant: Mutant | None) -> None:
    """Run the tests of a module in this process, which ends with their outcome."""
    import pytest

    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    if mutant:
        sys.meta_path.insert(0, Changed(path.removesuffix(".py").replace("/", "."), ROOT / path, mutant.source))
    try:
        # Not rewritten: pytest's rewriting would load the module's doctests from disk, past the finder of the mutant.
        quick = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-o", "addopts=--doctest-modules"]
        quick.append(f"--deselect={KNOWN}::{SLOW}")
        outcome = pytest.main([*quick, *tests_of(path)])
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
    options.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, 2))
    chosen = options.parse_args()

    os.chdir(ROOT)
    os.environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    sys.path[:0] = [str(ROOT), str(ROOT / "tests/support")]
    import hypothesis  # noqa: F401 a child finds these loaded
    import numpy  # noqa: F401
    import scipy.integrate
    import scipy.optimize
    import scipy.stats  # noqa: F401

    paths = [path for path in core() if not chosen.only or path in chosen.only]
    suites = {tuple(tests_of(path)[1:]): path for path in paths}
    if any(outcomes([(path, None) for path in suites.values()], chosen.jobs)):
        print("tests fail without any change:", *suites.values())
        return 2
    everyone = [(path, mutant) for path in paths for mutant in mutants((ROOT / path).read_text(encoding="utf-8"))]
    if chosen.sample:
        everyone = random.Random(chosen.seed).sample(everyone, min(chosen.sample, len(everyone)))

    killed = outcomes(everyone, chosen.jobs)
    survivors = [f"{path}:{mutant}" for (path, mutant), dead in zip(everyone, killed, strict=True) if not dead]
    reasons = survivors_with_reasons()
    for known, title in ((False, "survived"), (True, "survived, with a reason in survivors.md")):
        named = [one for one in survivors if (one.split(": ", 1)[1] in reasons) == known]
        print(f"{title}: {len(named)}", *named, sep="\n  ")
    share = sum(killed) / len(killed)
    print(f"{len(killed)} mutants, {sum(killed)} killed ({share:.1%})")
    return int(share < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())

"""Mutated inputs for every reader of what people bring: each is read and projects, or is refused with its place.

    python tests/fuzzing/run.py                               100,000 inputs, some hours
    python tests/fuzzing/run.py --count 2000 --seed 7         others, minutes
    python tests/fuzzing/run.py --only "plan zip" targets

None may raise, take more than 2 s of processor time or more than 500 MB; the input that does is written to a folder and
named. An input is made of its number and the seed alone, so that it can be made again.
"""

import argparse
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 2.0, 500
A_ROUND = 250
"""Inputs of one child: what it keeps in memory goes with it."""


class TooSlow(BaseException):
    """Raised in a reader that takes too long; no reader catches it."""


@dataclass(frozen=True)
class Input:
    """A mutated input and the reader that it is for."""

    reader: str
    data: bytes
    is_asked: bool


def mutated_input(number: int, seed: int, readers: Sequence[str]) -> Input:
    """The input of a number."""
    from mutations import mutated
    from readers import RARELY, READERS

    chance = random.Random(f"{seed} {number}")
    (name,) = chance.choices(readers, [READERS[name].weight for name in readers])
    good = READERS[name].good()
    return Input(name, mutated(chance.choice(good), good, chance), chance.randrange(RARELY) == 0)


def judged(one: Input) -> str:
    """How a reader takes an input; raises what it should not."""
    from readers import READERS

    def stop(*_: object) -> None:
        raise TooSlow

    # Processor time, twice what is allowed: a busy machine makes nothing slow, and a reader that hangs is stopped.
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, 2 * SECONDS)
    try:
        started = time.process_time()
        outcome = READERS[one.reader].judge(one.data, one.is_asked)
        if not one.is_asked and time.process_time() - started > SECONDS:
            raise TooSlow
        return outcome
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def megabytes() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def faults(numbers: range, seed: int, readers: Sequence[str], told: Counter[tuple[str, str]]) -> Iterator[str]:
    """What goes wrong with some inputs, a line each; counts how each reader took its own."""
    held = megabytes()
    for number in numbers:
        one = mutated_input(number, seed, readers)
        try:
            told[one.reader, judged(one)] += 1
            if megabytes() - held > MEGABYTES:
                raise MemoryError(f"{megabytes() - held:.0f} MB")
        except BaseException as fault:
            if isinstance(fault, KeyboardInterrupt):
                raise
            told[one.reader, "FAULT"] += 1
            path = Path(tempfile.gettempdir()) / f"mutated-{seed}-{number}"
            path.write_bytes(one.data)
            yield f"{one.reader}, input {number}, {path}: {type(fault).__name__}: {str(fault)[:300]}"
            held = megabytes()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--count", type=int, default=100_000)
    options.add_argument("--start", type=int, default=0, help="number of the first input")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", nargs="*", default=[], help="names of readers")
    options.add_argument("--seconds", type=float, default=float("inf"), help="time after which no more are begun")
    chosen = options.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support"), str(Path(__file__).parent)]
    nowhere = tempfile.mkdtemp()
    os.environ |= {"FRONTLINE_BASELINES": f"{nowhere}/own", "FRONTLINE_SCENARIOS": nowhere, "FRONTLINE_LOG": nowhere}
    from readers import READERS

    readers = chosen.only or list(READERS)
    for name in readers:  # made once, for all children
        for good in READERS[name].good():
            judged(Input(name, good, is_asked=False))
    began, told, found = time.monotonic(), Counter[tuple[str, str]](), []
    end = chosen.start + chosen.count
    for start in range(chosen.start, end, A_ROUND):
        if time.monotonic() - began > chosen.seconds:
            break
        lines, counts = in_a_child(range(start, min(start + A_ROUND, end)), chosen.seed, readers)
        told.update(counts)
        found += lines
        print(*lines, sep="\n", end="\n" if lines else "", flush=True)
    for name in readers:
        print(f"{name}: " + ", ".join(f"{count} {how}" for (of, how), count in sorted(told.items()) if of == name))
    print(f"{told.total()} inputs, {len(found)} faults")
    return bool(found)


def in_a_child(numbers: range, seed: int, readers: Sequence[str]) -> tuple[list[str], Counter[tuple[str, str]]]:
    """The faults of some inputs and their counts, by a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        told = Counter[tuple[str, str]]()
        with open(writing, "w", encoding="utf-8") as answer:
            for line in faults(numbers, seed, readers, told):
                print("F", line.replace("\n", " "), sep="\t", file=answer, flush=True)
            for (name, how), count in told.items():
                print("N", name, how, count, sep="\t", file=answer)
        os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as answer:
        rows = [line.rstrip("\n").split("\t") for line in answer]
    os.waitpid(child, 0)
    lines = [row[1] for row in rows if row[0] == "F"]
    counts = Counter({(row[1], row[2]): int(row[3]) for row in rows if row[0] == "N"})
    if counts.total() != len(numbers):
        lines.append(f"inputs {numbers.start} to {numbers.stop - 1} of seed {seed}: their process ended")
    return lines, counts


if __name__ == "__main__":
    sys.exit(main())

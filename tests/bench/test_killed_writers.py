"""A thousand writers killed half way, and many at once: no plan is torn, lost or exchanged, and every "saved" is true.

`pytest tests/bench/test_killed_writers.py` takes some minutes. The suite tries each once (tests/files/test_library.py).
"""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from model.files import disk
from model.files.library import Conflict, Declaration, Library, Refused, Saved

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks its writers")
KILLS = 500
MOST_CHANGES = 4
"""A writer makes up to so many changes, and is killed within the next: on a slow machine as on a quick one."""
USUAL_SECONDS = 0.005
"""What one change takes, about."""
SAVERS, SAVES = 8, 200
COMMANDS, WRITES = 2, 400
PLAN = 'schema = 1\nname = "下沉到县"\n\n[staff.change]\ncity = -100 # 我的说明\ncounty = 100\n'
PADDING = "# 长长的说明\n" * 3_000
FORK = multiprocessing.get_context("fork")


def plan(name: str, people: int, end: str = PADDING) -> str:
    return PLAN.replace("下沉到县", name).replace("100", str(people)) + end


def version(who: int, n: int) -> str:
    """A text of a writer's own."""
    return plan("plan", 10, f"# {who} {n}\n")


def saving(library: Library) -> Iterator[object]:
    """Two versions of a plan, saved in turn."""
    for people in cycle((10, 20)):
        yield library.save("first", plan("first", people), library.open("first").stamp)


def moving(library: Library) -> Iterator[object]:
    """A plan renamed, deleted and taken back, for ever."""
    while True:
        (stem,) = library.names()
        yield library.rename(stem, "second" if stem == "first" else "first")
        (stem,) = library.names()
        yield (deleted := library.delete(stem))
        yield library.undelete(deleted)


WHOLE = {plan(name, people) for name in ("first", "second") for people in (10, 20)}


@pytest.mark.parametrize("changes", [saving, moving])
def test_a_writer_killed_leaves_the_old_plan_or_the_new_one(
    changes: Callable[[Library], Iterator[object]], tmp_path: Path
) -> None:
    chance, met = random.Random(1), set()
    library = Library(tmp_path)
    library.save_as("first", plan("first", 10))
    library.declare_final("first", 1, Declaration("王芳", "2.0.5", "hunan-2021", "", 1, 1, 1, {}))
    for _ in range(KILLS):
        killed_while(changes, library, chance.randrange(MOST_CHANGES), chance.uniform(0, 1.2))
        there = [*tmp_path.glob("*.toml"), *(tmp_path / ".trash").glob("*.toml")]
        texts = [path.read_text(encoding="utf-8") for path in there]
        assert len(texts) == 1 and texts[0] in WHOLE, there
        met.add((there[0].parent.name == ".trash", there[0].stem, texts[0]))
        for deleted in library.trash():
            assert isinstance(library.undelete(deleted), Saved)
        (stem,) = library.names()
        if stem != "first":
            assert isinstance(library.rename(stem, "first"), Saved)
        assert isinstance(library.save("first", plan("first", 10), library.open("first").stamp), Saved)
        final, numbers = library.final("first", ""), library.history.numbers("first")
        assert final is not None and final.number == numbers[-1] == 1, "its versions stay with it, the final one too"
        assert not [*tmp_path.rglob(f"{disk._SAVING}*")], "nothing is left behind once somebody writes again"
        assert {path.name for path in tmp_path.iterdir()} <= {"first.toml", ".lock", ".trash", ".history"}
    assert len(met) > 1, "the writers were killed at different moments"
    print(f"{KILLS} kills while {changes.__name__}: {len(met)} different things met")


def killed_while(changes: Callable[[Library], Iterator[object]], library: Library, count: int, part: float) -> None:
    """Fork a writer that makes changes without end, and kill it after so many and a part of the time that one takes."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException):
            os.write(writing, b"!")
            for _ in changes(library):
                os.write(writing, b"!")
        os._exit(1)
    os.read(reading, 1)
    started = time.monotonic()
    for _ in range(count):
        os.read(reading, 1)
    took = (time.monotonic() - started) / count if count else USUAL_SECONDS
    time.sleep(part * took)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the writer ended by itself"
    os.close(reading), os.close(writing)


def at_once(do: Callable[..., Any], given: list[tuple]) -> list[Any]:
    """What a function gives in processes of their own that begin together."""
    together, answers = FORK.Barrier(len(given)), FORK.SimpleQueue()

    def run(place: int, arguments: tuple) -> None:
        together.wait()
        try:
            answers.put((place, do(*arguments)))
        except BaseException as failure:
            answers.put((place, failure))
            raise

    processes = [FORK.Process(target=run, args=one) for one in enumerate(given)]
    for process in processes:
        process.start()
    found = dict(answers.get() for _ in processes)
    for process in processes:
        process.join()
        assert process.exitcode == 0
    return [found[place] for place in range(len(given))]


def save_often(folder: Path, who: int) -> list[tuple[str, str]]:
    """The versions seen and made by each save that was told as made; the others were told as not made."""
    library, made = Library(folder), []
    for n in range(SAVES):
        seen = library.open("plan").stamp
        answer = library.save("plan", version(who, n), seen)
        if isinstance(answer, Saved):
            made.append((seen, answer.stamp))
        else:
            assert isinstance(answer, Conflict | Refused)
    return made


def test_every_save_of_one_plan_that_was_told_was_made(tmp_path: Path) -> None:
    """Each version follows the one that its writer had seen: one chain, without a fork, to what stands there."""
    library = Library(tmp_path)
    at = library.save_as("plan", plan("plan", 0)).stamp
    made = [one for writer in at_once(save_often, [(tmp_path, who) for who in range(SAVERS)]) for one in writer]
    after = dict(made)
    assert len(after) == len(made) > SAVES
    for _ in made:
        at = after[at]
    assert at == library.open("plan").stamp


def save_as_often(folder: Path, who: int) -> list[tuple[str, str]]:
    """The stem and text of every plan made; one that was told as not made, since others write, is made again."""
    library, made = Library(folder), []
    while len(made) < SAVES:
        text = version(who, len(made))
        answer = library.save_as("plan", text)
        if isinstance(answer, Saved):
            made.append((answer.stem, text))
        else:
            assert [problem.code for problem in answer.problems] == ["folder_busy"]
    return made


def test_new_plans_of_one_name_lose_nothing(tmp_path: Path) -> None:
    made = [one for writer in at_once(save_as_often, [(tmp_path, who) for who in range(SAVERS)]) for one in writer]
    assert len(dict(made)) == SAVERS * SAVES
    assert {path.stem: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.toml")} == dict(made)


def write_often(folder: Path, who: int) -> int:
    """How many of a command's writes hold what it wrote, each file its own."""
    true = 0
    for n in range(WRITES):
        path, data = folder / f"plan-{who}.toml", plan(f"plan {who}", n).encode()
        disk.write_whole(path, data)
        true += path.read_bytes() == data
    return true


def work(folder: Path, who: int) -> int:
    """A command's writes, or, after the commands, the app's saves."""
    return write_often(folder, who) if who < COMMANDS else len(save_often(folder, who))


def test_command_lines_and_the_app_never_exchange_their_plans(tmp_path: Path) -> None:
    Library(tmp_path).save_as("plan", plan("plan", 0))
    *commands, saves = at_once(work, [(tmp_path, who) for who in range(COMMANDS + 1)])
    assert commands == [WRITES] * COMMANDS and saves == SAVES
    for who in range(COMMANDS):
        assert (tmp_path / f"plan-{who}.toml").read_bytes() == plan(f"plan {who}", WRITES - 1).encode()

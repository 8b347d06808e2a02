"""Where the rows of a sweep are computed: here, on all cores of this machine, or on a Dask cluster."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from threadpoolctl import threadpool_limits

from model.failures.libraries import CLUSTER, require
from model.outputs.compare.sweep.row import Row, Task, row_of

Chunk = tuple[Task, ...]
Answered = tuple[int, list[Row]]
"""The place of a chunk and the rows of its tasks."""
Executor = Callable[[Sequence[Chunk]], Iterator[Answered]]
"""Computes chunks and gives each as it is done, in any order."""
CHUNK = 8
"""Plans that a worker takes at once: few enough to share the work out, many enough to close a base year once."""
TRIES = 10
"""Workers of a cluster that may be lost under a chunk before it counts as the cause."""


def rows_of(chunk: Chunk) -> list[Row]:
    """The rows of a chunk, its algebra on one core: the others have chunks of their own."""
    with threadpool_limits(1, user_api="blas"):
        return [row_of(task) for task in chunk]


def here(chunks: Sequence[Chunk]) -> Iterator[Answered]:
    """One chunk after another in this process."""
    for k, chunk in enumerate(chunks):
        yield k, rows_of(chunk)


def on_cores(workers: int | None = None) -> Executor:
    """So many processes of this machine, by default one for each core that it may use."""
    count = workers or _cores()

    def run(chunks: Sequence[Chunk]) -> Iterator[Answered]:
        if count < 2 or len(chunks) < 2:
            yield from here(chunks)
            return
        with ProcessPoolExecutor(count, initializer=_leave_stopping) as pool:
            places = {pool.submit(rows_of, chunk): k for k, chunk in enumerate(chunks)}
            try:
                for done in as_completed(places):
                    yield places[done], done.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    return run


def on_dask(address: str) -> Executor:
    """The workers of a Dask cluster that runs already, by its address (`tcp://host:port`).

    A worker that is lost on the way loses nothing: its chunks go to others. They need the same Frontline, and own base
    years in the same folder. NoLibrary where `distributed` is not installed, OSError where nothing answers there.
    """
    require(*CLUSTER)
    from distributed import Client
    from distributed import as_completed as as_done

    def run(chunks: Sequence[Chunk]) -> Iterator[Answered]:
        with Client(address, set_as_default=False) as client:
            # Equal keys would have the cluster give one answer of before, perhaps another version's.
            asked = client.map(rows_of, chunks, pure=False, retries=TRIES)
            places = {future.key: k for k, future in enumerate(asked)}
            for future in as_done(asked, loop=client.loop):
                yield places[future.key], future.result()

    return run


def _leave_stopping() -> None:
    """Leave a Ctrl-C, which the terminal sends to every process, to the one that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

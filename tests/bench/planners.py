"""Planners at one server, over its web sockets: what a step costs it, and how long twenty wait who move at once."""

import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle

from bare_session import Drawn, move, session, visit
from websockets.sync.client import ClientConnection

PLANNERS, EVERY_SECONDS, FOR_SECONDS = 20, 2.0, 120.0
LEVER = "lever-staff.new_posts"
STEPS = range(5, 1000, 5)
"""What the lever is moved to, by its own step."""


@dataclass
class Waits:
    """Seconds that steps took at the server, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        middle, slow = (1e3 * self.quantile(share) for share in (0.5, 0.95))
        return f"{len(self.seconds)} steps, p50 {middle:.0f} ms, p95 {slow:.0f} ms, {len(self.failures)} failed"

    def quantile(self, share: float) -> float:
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[round(100 * share) - 1]


def step(opened: ClientConnection, page: Drawn, lever: str, to: float) -> tuple[float, int]:
    """Seconds from a lever's move to the end of what it draws, and the bytes sent for it."""
    began = time.perf_counter()
    sent = move(opened, page, lever, to)
    return time.perf_counter() - began, sum(one.ByteSize() for one in sent)


def steps_alone(url: str, lever: str, turns: int) -> Iterator[tuple[float, int]]:
    """The steps of one who is alone at the server."""
    with session(url) as opened:
        page = Drawn(visit(opened))
        for to in list(STEPS)[:turns]:
            yield step(opened, page, lever, to)


def twenty(urls: Sequence[str], seconds: float = FOR_SECONDS) -> Waits:
    """The waits of planners who each move a lever every two seconds, spread over servers of one folder."""
    waits, begun = Waits(), threading.Barrier(PLANNERS)
    with ExitStack() as threads:
        for place, url in zip(range(PLANNERS), cycle(urls), strict=False):
            one = threading.Thread(target=_plan, args=(place, url, seconds, begun, waits))
            one.start()
            threads.callback(one.join)
    return waits


def _plan(place: int, url: str, seconds: float, begun: threading.Barrier, waits: Waits) -> None:
    """One planner, who begins once all have the page; each has plans of his own."""
    with session(url) as opened:
        page = Drawn(visit(opened, other_duties_cut=f"{0.002 * (place + 1):g}"))
        begun.wait()
        end = time.monotonic() + seconds
        time.sleep(EVERY_SECONDS * place / PLANNERS)
        for to in cycle(STEPS):
            if time.monotonic() >= end:
                return
            try:
                taken, _ = step(opened, page, LEVER, to)
            except Exception as why:  # a load test counts what fails
                waits.failures.append(repr(why))
                return
            waits.seconds.append(taken)
            time.sleep(max(EVERY_SECONDS - taken, 0.0))

"""The progress of a long piece of work, for somebody who waits for it and may stop it or end it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Tick = Callable[[float], float | None]
"""Called with the share of the work that is done, 0 to 1, never less than before; may raise to stop.

It may answer with the seconds that are left. Once there are none, a search ends with the best that it has.
"""
Item = TypeVar("Item")
MOST_SECONDS = 300.0
"""Seconds after which who waits for a search ends it; the usual one takes a few."""
USUAL_STEPS = 50
"""Steps that one plan takes, about: programmes solved, and plans computed by the full model."""


def unheard(share: float) -> None:
    """The tick of work that nobody waits for: it does nothing."""


class OutOfTime(Exception):
    """The time for the work is over, and there is nothing yet to give for an answer."""


def until_late(tick: Tick) -> Tick:
    """The tick of work that has nothing to give before its end: OutOfTime once no time is left."""

    def ticked(share: float) -> float | None:
        left = tick(share)
        if left is not None and left <= 0:
            raise OutOfTime
        return left

    return ticked


class Progress:
    """Work done in parts, one after another, each in steps whose number is known only about.

    After so many steps half of the part counts as done, after three times as many three quarters.

    >>> shares = []
    >>> work = Progress(shares.append)
    >>> work.part(0.4, steps=1)
    >>> work.step(), work.step()
    (None, None)
    >>> work.part(0.8)
    >>> for plan in work.each(["first", "second"], steps=1):
    ...     work.step()
    >>> work.done()
    >>> [round(share, 2) for share in shares]
    [0.0, 0.2, 0.27, 0.4, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0]
    """

    def __init__(self, tick: Tick = unheard):
        self._tick = tick
        self._share = self._start = self._end = 0.0
        self.seconds_left = float("inf")
        self._steps, self._taken = USUAL_STEPS, 0

    @property
    def is_late(self) -> bool:
        """Whether the time for the work is over."""
        return self.seconds_left <= 0

    def part(self, end: float, steps: int = USUAL_STEPS) -> None:
        """End the part before, and begin one that goes up to the share `end` of the work."""
        self._begin(self._end, end, steps)

    def each(self, items: Sequence[Item], steps: int = USUAL_STEPS) -> Iterator[Item]:
        """The items one after another, each an equal share of the current part."""
        start, end = self._share, self._end
        for k, item in enumerate(items):
            before, after = (start + (end - start) * count / len(items) for count in (k, k + 1))
            self._begin(before, after, steps)
            yield item
        self._begin(end, end)

    def step(self) -> None:
        """Count one step of the current part."""
        self._taken += 1
        self.reach(self._taken / (self._taken + self._steps))

    def reach(self, share: float) -> float:
        """Set the share of the current part that is done; serves as the tick of work inside this one."""
        self._share = max(self._start + (self._end - self._start) * share, self._share)
        left = self._tick(self._share)
        self.seconds_left = self.seconds_left if left is None else left
        return self.seconds_left

    def done(self) -> None:
        """End all of the work."""
        self._begin(1.0, 1.0)

    def _begin(self, start: float, end: float, steps: int = USUAL_STEPS) -> None:
        self._start, self._end, self._steps, self._taken = start, end, steps, 0
        self.reach(0.0)

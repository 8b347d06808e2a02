"""How far a long piece of work has come: told to whoever waits for it, who may stop it there."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Tick = Callable[[float], None]
"""Told which share of the work is done, 0 to 1, never less than before; may raise to stop the work."""
Item = TypeVar("Item")
USUAL_STEPS = 50
"""About as many as one plan takes: programmes solved, and plans asked of the full model."""


def unheard(share: float) -> None:
    """Work that nobody waits for."""


class Progress:
    """Work done in parts, one after another; a part in steps, of which only about how many they will be is known: after
    so many, half of the part counts as done, after three times as many three quarters.

    >>> told = []
    >>> work = Progress(told.append)
    >>> work.part(0.4, steps=1)
    >>> work.step(), work.step()
    (None, None)
    >>> work.part(0.8)
    >>> for plan in work.each(["first", "second"], steps=1):
    ...     work.step()
    >>> work.done()
    >>> [round(share, 2) for share in told]
    [0.0, 0.2, 0.27, 0.4, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0]
    """

    def __init__(self, tick: Tick = unheard):
        self._tick = tick
        self._share = self._start = self._end = 0.0
        self._steps, self._taken = USUAL_STEPS, 0

    def part(self, end: float, steps: int = USUAL_STEPS) -> None:
        """The part before is done; what comes now goes up to the share `end`."""
        self._begin(self._end, end, steps)

    def each(self, items: Sequence[Item], steps: int = USUAL_STEPS) -> Iterator[Item]:
        """The items one after another, each as much of the current part as any other."""
        start, end = self._share, self._end
        for k, item in enumerate(items):
            self._begin(*(start + (end - start) * done / len(items) for done in (k, k + 1)), steps)
            yield item
        self._begin(end, end)

    def step(self) -> None:
        self._taken += 1
        self.reach(self._taken / (self._taken + self._steps))

    def reach(self, share: float) -> None:
        """So much of the current part is done: a tick for work inside this one."""
        self._share = max(self._start + (self._end - self._start) * share, self._share)
        self._tick(self._share)

    def done(self) -> None:
        self._begin(1.0, 1.0)

    def _begin(self, start: float, end: float, steps: int = USUAL_STEPS) -> None:
        self._start, self._end, self._steps, self._taken = start, end, steps, 0
        self.reach(0.0)

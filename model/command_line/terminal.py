"""The terminal: nothing wider than it, progress while it waits; pipes get every line as it is."""

import io
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from model.outputs.phrasing.text_table import fitted, width
from model.outputs.words import text
from model.projection.progress import MOST_SECONDS, Tick

LEAST_COLUMNS, MOST_COLUMNS = 40, 100
SHORT = 0.5
"""Seconds of work that nobody needs to see the progress of."""


def say(text: str) -> None:
    """Print an answer."""
    _print(text, sys.stdout)


def complain(text: str) -> None:
    """Print on standard error what is no answer."""
    _print(text, sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    print(fitted(text, columns()) if stream.isatty() else text, file=stream)


def columns() -> int:
    """Places of a line: those of the terminal, but no more than read well."""
    return min(max(shutil.get_terminal_size().columns, LEAST_COLUMNS), MOST_COLUMNS)


@contextmanager
def progress(language: str) -> Iterator[Tick]:
    """A tick that shows the share done on standard error, where that is a terminal and the work long.

    It answers with the seconds that are left for the work.
    """
    started, shown = time.monotonic(), ""

    def tick(share: float) -> float:
        nonlocal shown
        line = text("command_line.progress", language, percent=int(100 * share))
        if sys.stderr.isatty() and line != shown and time.monotonic() - started > SHORT:
            shown = line
            print(f"\r{line}", end="", file=sys.stderr, flush=True)
        return started + MOST_SECONDS - time.monotonic()

    try:
        yield tick
    finally:
        if shown:
            print(f"\r{' ' * width(shown)}\r", end="", file=sys.stderr, flush=True)


class _Stop:
    """What Ctrl-C does: it raises KeyboardInterrupt, and is remembered where a library swallows that."""

    def __init__(self) -> None:
        self.heard = False

    def __call__(self, *_: object) -> None:
        self.heard = True
        raise KeyboardInterrupt


@contextmanager
def stoppable() -> Iterator[None]:
    """Work that Ctrl-C ends with KeyboardInterrupt, at its end at the latest.

    Where it comes while a library reads or frees something, Python or the library may pass over it, and what was left
    undone goes wrong later, or right in part.
    """
    stop = _Stop()
    try:
        before = signal.getsignal(signal.SIGINT)
        if before is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, stop)
    except ValueError:  # another thread than the main one, to which no Ctrl-C comes
        yield
        return
    try:
        yield
    except Exception:
        if not stop.heard:
            raise
    finally:
        signal.signal(signal.SIGINT, before)
    if stop.heard:
        raise KeyboardInterrupt


def answer_stop() -> None:
    """Say that a Ctrl-C that was heard is answered: the work ends as it says itself."""
    if isinstance(stop := signal.getsignal(signal.SIGINT), _Stop):
        stop.heard = False


@contextmanager
def unstopped() -> Iterator[None]:
    """A short piece of work that Ctrl-C waits for, such as the writing of files that belong together.

    After a Ctrl-C that was passed over it is not begun.
    """
    stopped = []
    try:
        before = signal.signal(signal.SIGINT, lambda *_: stopped.append(True))
    except ValueError:  # another thread than the main one, to which no Ctrl-C comes
        yield
        return
    try:
        if isinstance(before, _Stop) and before.heard:
            raise KeyboardInterrupt
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if stopped:
        raise KeyboardInterrupt


def set_stream(
    stream: TextIO, encoding: str | None = None, newline: str | None = None, errors: str | None = None
) -> None:
    """Set how a stream writes, where it is one of text on bytes (that of a test need not be)."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, newline=newline, errors=errors)

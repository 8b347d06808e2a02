"""The gate before the shared folders: who may change plans, base years, their history and trash."""

from collections.abc import Callable

from model.files.disk import Refusal
from model.files.problem import Problem

Reasons = Callable[[], tuple[Problem, ...]]
"""Why whoever asks may change nothing; empty where he may."""


def _nobody_stands_here() -> tuple[Problem, ...]:
    return ()


_asked: list[Reasons] = [_nobody_stands_here]


def ask_before_changes(reasons: Reasons) -> None:
    """Have every change ask first; on the command line, where nobody says this, none does."""
    _asked[:] = [reasons]


def check_may_change() -> None:
    """A refusal where whoever acts just now may change nothing."""
    if problems := _asked[0]():
        raise Refusal(*problems)

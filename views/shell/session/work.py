"""Work that takes long, in a thread of its own, with its progress on the page and a button to stop it."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import streamlit as st

from model.outputs.phrasing.problems import out_of_time_in_words
from model.outputs.words import text
from model.projection.progress import MOST_SECONDS, OutOfTime, Tick
from views.shell.session import session

Answer = TypeVar("Answer")
LOOK_SECONDS = 0.4
"""How often the page looks at the progress."""
QUICK_SECONDS = 0.5
"""Work that ends within this time shows no progress."""


class Stopped(Exception):
    """Raised in work that nobody waits for any more."""


class Work(Generic[Answer]):
    """One piece of work in its thread, which is told how much of its time is left.

    `share` is how much is done, 0 to 1. `answer` or `failure` is there once the work is `over`. Stopped work ends at
    its next tick.
    """

    def __init__(self, do: Callable[[Tick], Answer]):
        self.share = 0.0
        self.answer: Answer | None = None
        self.failure: Exception | None = None
        self._stop = threading.Event()
        self._end = time.monotonic() + MOST_SECONDS
        self._thread = threading.Thread(target=self._run, args=(do,), daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        return not self._thread.is_alive()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    def stop(self) -> None:
        self._stop.set()

    def wait(self, seconds: float) -> None:
        self._thread.join(seconds)

    def _run(self, do: Callable[[Tick], Answer]) -> None:
        try:
            self.answer = do(self._tick)
        except Stopped:
            pass
        except Exception as failure:  # Raised again where the answer is wanted.
            self.failure = failure

    def _tick(self, share: float) -> float:
        if self.stopped:
            raise Stopped
        self.share = min(max(share, 0.0), 1.0)
        return self._end - time.monotonic()


def answer(name: str, question: Hashable, do: Callable[[Tick], Answer]) -> Answer | None:
    """The answer to a question; None while the work runs or after the reader stopped it.

    The page says which of the two. A session has one question under each name: a new one stops the old one. An error
    in the work is raised here. Call it in a fragment, which is drawn again until the answer is there.
    """
    works = st.session_state.setdefault("work", {})
    before = works.get(name)
    is_new = before is None or before[0] != question
    if is_new:
        if before:
            before[1].stop()
        works[name] = (question, Work(do))
    work: Work[Answer] = works[name][1]
    work.wait(QUICK_SECONDS if is_new or work.share == 0.0 else 0.0)
    if work.stopped:
        _show_stopped(name, text("work.stopped", session.language()))
        return None
    if not work.over:
        _show_progress(name, work)
        return None
    if isinstance(work.failure, OutOfTime):
        _show_stopped(name, out_of_time_in_words(session.language()))
        return None
    if work.failure:
        del works[name]
        raise work.failure
    return work.answer


def leave(but: str = "") -> None:
    """Stop and forget running work, except under the name `but`.

    A name that begins with `but` and a colon is excepted too.
    """
    works = st.session_state.setdefault("work", {})
    for name in [name for name, (_, work) in works.items() if name.partition(":")[0] != but and not work.over]:
        works.pop(name)[1].stop()


def _show_progress(name: str, work: Work) -> None:
    language = session.language()

    @st.fragment(run_every=LOOK_SECONDS)
    def look() -> None:
        if work.over:
            st.rerun()
        progress, stop = st.columns([5, 1], vertical_alignment="center")
        progress.progress(work.share, text("work.under_way", language))
        stop.button(text("work.stop", language), key=f"stop-{name}", icon=":material/stop_circle:", on_click=work.stop)

    look()


def _show_stopped(name: str, why: str) -> None:
    language = session.language()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(why, width="content")
        st.button(
            text("work.again", language), key=f"again-{name}", icon=":material/replay:", on_click=_forget, args=(name,)
        )


def _forget(name: str) -> None:
    st.session_state.work.pop(name, None)

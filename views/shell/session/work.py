"""Work that takes longer than a glance: done in a thread of its own, with its progress on the page and a way to stop
it, while everything else stays usable."""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from model.outputs.words import text
from model.projection.progress import Tick
from views.shell.session import session

Answer = TypeVar("Answer")
LOOK_SECONDS = 0.4
QUICK_SECONDS = 0.5
"""What is done by then shows no progress."""


class Stopped(Exception):
    """Raised inside work that nobody waits for any more."""


class Work:
    """One piece of work under way; stopped, it ends at its next tick. `share` is how much of it is done; `answer` or
    `failure` is there once it is `over`."""

    def __init__(self, do: Callable[[Tick], object]):
        self.share = 0.0
        self.answer: object = None
        self.failure: Exception | None = None
        self._stop = threading.Event()
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

    def _run(self, do: Callable[[Tick], object]) -> None:
        try:
            self.answer = do(self._tick)
        except Stopped:
            pass
        except Exception as failure:  # Raised again where the answer is wanted.
            self.failure = failure

    def _tick(self, share: float) -> None:
        if self.stopped:
            raise Stopped
        self.share = min(max(share, 0.0), 1.0)


def answer(name: str, question: Hashable, do: Callable[[Tick], Answer]) -> Answer | None:
    """The answer to a question, or None while it is worked out or where the reader stopped it; both are then drawn.

    One question a name and session: another question under the same name stops the one before. What the work raises is
    raised here. Call it in a fragment; it draws that fragment again until the answer is there.
    """
    kept = st.session_state.setdefault("work", {})
    before = kept.get(name)
    is_new = before is None or before[0] != question
    if is_new:
        if before:
            before[1].stop()
        kept[name] = (question, Work(do))
    work: Work = kept[name][1]
    work.wait(QUICK_SECONDS if is_new or work.share == 0.0 else 0.0)
    if work.stopped:
        _stopped(name)
        return None
    if not work.over:
        _under_way(name, work)
        return None
    if work.failure:
        del kept[name]
        raise work.failure
    return work.answer


def leave(but: str = "") -> None:
    """Stop and forget what is under way under any other name, or the part of one before a colon: nobody waits for it
    any more."""
    kept = st.session_state.setdefault("work", {})
    for name in [name for name, (_, work) in kept.items() if name.partition(":")[0] != but and not work.over]:
        kept.pop(name)[1].stop()


def _under_way(name: str, work: Work) -> None:
    language = session.language()

    @st.fragment(run_every=LOOK_SECONDS)
    def look() -> None:
        if work.over:
            st.rerun()
        said, stop = st.columns([5, 1], vertical_alignment="center")
        said.progress(work.share, text("work.under_way", language))
        stop.button(text("work.stop", language), key=f"stop-{name}", icon=":material/stop_circle:", on_click=work.stop)

    look()


def _stopped(name: str) -> None:
    language = session.language()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(text("work.stopped", language), width="content")
        st.button(
            text("work.again", language), key=f"again-{name}", icon=":material/replay:", on_click=_forget, args=(name,)
        )


def _forget(name: str) -> None:
    st.session_state.work.pop(name, None)

"""What the server asks of its machine: memory given back, algebra on one core, the library read ahead."""

import ctypes
import sys
import threading
from contextlib import suppress

from threadpoolctl import threadpool_limits

from model.files.library import Library

M_ARENA_MAX, STORES = -8, 2
"""The setting of glibc's allocator for the number of its stores, and the value: as many as run at once."""


def share_stores() -> None:
    """Have all threads share a few stores on Linux, so that what a session frees serves the next one."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL("libc.so.6").mallopt(M_ARENA_MAX, STORES)


def compute_on_one_core() -> None:
    """Keep the algebra of small matrices on one core: a second one waits more than it works."""
    threadpool_limits(1, user_api="blas")


def read_library_ahead() -> threading.Thread:
    """Have the plans' names read while the first page is drawn: thousands of new files take seconds."""
    reading = threading.Thread(target=lambda: Library().entries(), daemon=True)
    reading.start()
    return reading

"""What the server asks of its machine: memory that sessions give back, algebra on one core."""

import ctypes
import sys
from contextlib import suppress

from threadpoolctl import threadpool_limits

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

"""Memory that sessions give back: threads share a few stores of the system's allocator."""

import ctypes
import sys
from contextlib import suppress

M_ARENA_MAX, STORES = -8, 2
"""The setting of glibc's allocator for the number of its stores, and the value: as many as run at once."""


def share_stores() -> None:
    """Have all threads share a few stores on Linux, so that what a session frees serves the next one."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL("libc.so.6").mallopt(M_ARENA_MAX, STORES)

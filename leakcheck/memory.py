"""Upkeep of memory that only costs time in a process that does one piece of work and ends."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

__all__ = ["give_back_freed_memory", "keep_freed_memory", "skip_memory_upkeep"]

_TRIM_THRESHOLD, _MAP_THRESHOLD = -1, -3
"""What glibc calls M_TRIM_THRESHOLD and M_MMAP_THRESHOLD; see `man mallopt`."""
_KEPT_BYTES = 64 << 20
_LARGEST_KEPT_BYTES = 32 << 20


def skip_memory_upkeep() -> None:
    """Have this process look for no cycles, and give no memory back before it ends.

    A scan leaves no cycles behind, and looking for them again and again takes time.
    """
    gc.disable()
    keep_freed_memory()


def keep_freed_memory() -> None:
    """Have this process, and copies of it, keep up to 64 MB of freed memory for what comes next.

    Each batch of documents takes some megabytes and frees them. The C library would give them back
    to the system, which clears every page anew. Nothing is done where that library is not glibc.
    """
    with suppress(AttributeError, OSError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
        mallopt(_MAP_THRESHOLD, _LARGEST_KEPT_BYTES)


def give_back_freed_memory() -> None:
    """Give back to the system what is kept, before this process is copied.

    Each page of it that either writes to would have to be copied then, for nothing.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)

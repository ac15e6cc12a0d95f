"""One writer at a time, in a folder that several processes may write to."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["exclusive"]

_SECONDS_BETWEEN_TRIES = 0.05


@contextmanager
def exclusive(path: Path, patience_seconds: float = 0.0) -> Iterator[bool]:
    """Hold the lock of a file, which is made for that; the system lets go of it with the process.

    Yields whether it could be had. A process that was copied from one that was killed may hold on
    to its lock for a moment, so that patience can help.

    Args:
        path: of the lock; whoever holds it may take it away.
        patience_seconds: for how long to try again.

    Raises:
        OSError: the file cannot be made, or the file system knows no locks.
    """
    end = time.monotonic() + patience_seconds
    while True:
        with path.open("a+b") as file:
            is_free = _lock(file.fileno())
            if is_free and not _is_at(path, file.fileno()):
                continue  # the one who had it took it away: there is another one by now
            if is_free or time.monotonic() >= end:
                yield is_free
                return
        time.sleep(_SECONDS_BETWEEN_TRIES)


def _is_at(path: Path, file: int) -> bool:
    """Tell whether a name still leads to an open file."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _lock(file: int) -> bool:
    """Take the lock; False if another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True

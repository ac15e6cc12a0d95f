"""One writer at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leakcheck.corpus_index.stored.tables import writing
from leakcheck.errors import CorpusIndexError

__all__ = ["LOCK", "locked"]

LOCK = "lock"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep others from changing an index; the system lets go of the lock when a process ends.

    Raises:
        CorpusIndexError: another process is changing it, or nobody can write there.
    """
    with writing(path):
        lock = (path / LOCK).open("a+b")
    with lock:
        with writing(path):
            free = _lock(lock.fileno())
        if not free:
            raise CorpusIndexError(
                f"{path}: another process is changing this index; wait for it, or stop it"
            )
        yield


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

"""One writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from leakcheck.benchmark.lock import exclusive
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
    with ExitStack() as held:
        with writing(path):
            is_free = held.enter_context(exclusive(path / LOCK))
        if not is_free:
            raise CorpusIndexError(
                f"{path}: another process is changing this index; wait for it, or stop it"
            )
        yield

"""Working ahead: an iterator runs in a thread of its own while what it gave is used."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

__all__ = ["ahead"]

Given = TypeVar("Given")
_END: Final = object()


def ahead(given: Iterator[Given], most: int) -> Generator[Given, None, None]:
    """Yield what an iterator gives, at most so many steps behind it.

    What it raises is raised here, after all that it gave before. Close this generator, and the
    iterator is not asked any more.

    >>> list(ahead(iter("abc"), most=2))
    ['a', 'b', 'c']
    """
    with ThreadPoolExecutor(1) as pool:
        steps = deque(pool.submit(next, given, _END) for _ in range(most))
        try:
            while (each := steps.popleft().result()) is not _END:
                steps.append(pool.submit(next, given, _END))
                yield each  # type: ignore[misc]
        finally:
            for step in steps:
                step.cancel()

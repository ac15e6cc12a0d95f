"""Work in threads whose results come in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

__all__ = ["map_in_order"]

Given = TypeVar("Given")
Result = TypeVar("Result")


def map_in_order(
    function: Callable[[Given], Result], given: Iterator[Given], threads: int
) -> Iterator[tuple[Given, Result]]:
    """Call a function for each of `given`, `threads` calls at once, and yield both in order.

    `given` is read on in this thread while the kernels, which hold no lock, run in the others;
    never more than one beyond the number of threads is waiting. With one thread all is done in
    this one.

    >>> list(map_in_order(abs, iter([-2, 3]), threads=2))
    [(-2, 2), (3, 3)]
    """
    if threads == 1:
        yield from ((each, function(each)) for each in given)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: list[tuple[Given, Future[Result]]] = []
        try:
            while True:
                waiting += [
                    (each, pool.submit(function, each))
                    for each in islice(given, threads + 1 - len(waiting))
                ]
                if not waiting:
                    return
                each, future = waiting.pop(0)
                yield each, future.result()
        finally:
            for _, future in waiting:
                future.cancel()

"""What other processes send to this one, received while it works itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from threading import Thread

from leakcheck.errors import EngineError
from leakcheck.scanning.engines.engine import TaskResult

__all__ = ["Arrivals"]

_SECONDS_BETWEEN_LOOKS = 0.2


class Arrivals:
    """The results that come by some pipes; each ends with None, or with what was raised.

    A pipe that ends otherwise is that of a process that died.
    """

    def __init__(self, pipes: Sequence[Connection]) -> None:
        self._arrived: SimpleQueue[TaskResult | BaseException | None] = SimpleQueue()
        self._open = len(pipes)
        for pipe in pipes:  # by threads, lest a process waits until this one reads on
            Thread(target=self._receive, args=(pipe,), daemon=True).start()

    def _receive(self, pipe: Connection) -> None:
        with pipe:
            try:
                while isinstance(result := pipe.recv(), TaskResult):
                    self._arrived.put(result)
                self._arrived.put(result)
            except (EOFError, OSError):
                self._arrived.put(EngineError(_DIED))

    def so_far(self) -> Iterator[TaskResult]:
        """Yield what has come, and wait for nothing.

        Raises:
            EngineError: a process died.
        """
        while not self._arrived.empty():
            yield from self._taken()

    def rest(self, on_wait: Callable[[], None]) -> Iterator[TaskResult]:
        """Yield what comes until all pipes ended; `on_wait` is called now and then.

        Raises:
            EngineError: a process died.
        """
        while self._open:
            try:
                yield from self._taken(_SECONDS_BETWEEN_LOOKS)
            except Empty:
                on_wait()

    def _taken(self, most_seconds: float = 0.0) -> Iterator[TaskResult]:
        arrived = self._arrived.get(timeout=most_seconds)
        if arrived is None:
            self._open -= 1
        elif isinstance(arrived, BaseException):
            raise arrived
        else:
            yield arrived


_DIED = (
    "a worker process was killed, perhaps for want of memory; scan again with fewer --threads. "
    "With --run DIR a scan keeps what it has done, and the same command goes on from there"
)

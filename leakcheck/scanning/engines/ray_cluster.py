"""Reaching a Ray cluster."""

from __future__ import annotations

import platform
import socket
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType

from leakcheck.errors import EngineError

__all__ = ["AUTO", "Cpus", "connected"]

AUTO = "auto"
"""The cluster that this machine is a node of, or that RAY_ADDRESS names."""

MOST_SECONDS_TO_ANSWER = 10.0
SECONDS_BETWEEN_COUNTS = 5.0
MOST_SECONDS_WITHOUT = 600.0
"""A cluster that grows by itself may begin without any CPU, but not stay so."""


@contextmanager
def connected(address: str) -> Iterator[ModuleType]:
    """Yield Ray, connected to the cluster at an address; a connection that there is stays.

    Raises:
        EngineError: Ray is not installed, or the cluster cannot be reached.
    """
    try:
        import ray
    except ImportError as error:
        raise EngineError("this needs Ray: pip install 'leakcheck-benchmarks[ray]'") from error

    if ray.is_initialized():
        yield ray
        return
    _connect(ray, address)
    try:
        yield ray
    finally:
        ray.shutdown()


def _connect(ray: ModuleType, address: str) -> None:
    try:
        _knock(address)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # tips for tasks that use GPUs
            ray.init(address, log_to_driver=False, logging_level="ERROR")
    except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise EngineError(
            f"no Ray cluster can be used at {address}: {reason}. `ray start` makes this machine a "
            f"node of one; all nodes need Ray {ray.__version__} and Python "
            f"{platform.python_version()}, as they are here"
        ) from error


def _knock(address: str) -> None:
    """Raise OSError if nobody listens at HOST:PORT: Ray would try for minutes, and complain."""
    host, _, port = address.rpartition(":")
    if port.isdecimal() and "/" not in host:
        socket.create_connection((host, int(port)), MOST_SECONDS_TO_ANSWER).close()


class Cpus:
    """The CPUs of a cluster, counted again now and then: nodes come and go."""

    def __init__(self, ray: ModuleType, clock: Callable[[], float] = time.monotonic) -> None:
        self._ray = ray
        self._clock = clock
        self._counted = self._seen = clock()
        self._count = self._now()

    def count(self) -> int:
        """Return how many there are.

        Raises EngineError if there have been none for a long time.
        """
        now = self._clock()
        if now - self._counted >= SECONDS_BETWEEN_COUNTS:
            self._count, self._counted = self._now(), now
        if self._count:
            self._seen = now
        elif now - self._seen >= MOST_SECONDS_WITHOUT:
            raise EngineError("no node of the cluster has had a CPU for ten minutes")
        return self._count

    def _now(self) -> int:
        return int(self._ray.cluster_resources().get("CPU", 0))

"""The engines by the names that a user gives them."""

from __future__ import annotations

from typing import Literal, assert_never

from leakcheck.errors import UsageError
from leakcheck.scanning.engines.engine import Engine
from leakcheck.scanning.engines.local import local_engine

__all__ = ["EngineName", "engine_named"]

EngineName = Literal["local", "ray"]


def engine_named(name: EngineName, threads: int, address: str | None = None) -> Engine:
    """Return an engine.

    Args:
        name: `local` for this machine, `ray` for a Ray cluster.
        threads: how many documents `local` looks through at once.
        address: of the Ray cluster, as `ray.init` takes it; by default the one that this machine
            is a node of, or that RAY_ADDRESS names.

    Raises:
        UsageError: an address was given to an engine that has none.
    """
    match name:
        case "local":
            if address is not None:
                raise UsageError("an address is that of a Ray cluster; name the engine too, ray")
            return local_engine(threads)
        case "ray":
            from leakcheck.scanning.engines.ray import ray_engine

            return ray_engine(address or "auto")
        case _:
            assert_never(name)

"""Engines: who works through the tasks of a scan. One file each, and each yields the same results.

`here` works in this process, `processes` in several of this machine, `ray` on a Ray cluster.
"""

from __future__ import annotations

from leakcheck.scanning.engines.engine import Engine, TaskResult
from leakcheck.scanning.engines.local import local_engine
from leakcheck.scanning.engines.named import EngineName, engine_named

__all__ = ["Engine", "EngineName", "TaskResult", "engine_named", "local_engine"]

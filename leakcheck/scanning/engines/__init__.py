"""Engines: who works through the tasks of a scan. One file each, and each yields the same results.

`here` works in this process, `processes` in several of this machine.
"""

from __future__ import annotations

from leakcheck.scanning.engines.engine import Engine, TaskResult
from leakcheck.scanning.engines.local import local_engine

__all__ = ["Engine", "TaskResult", "local_engine"]

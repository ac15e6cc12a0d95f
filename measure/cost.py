"""What all benchmarks cost, against one alone."""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median
from typing import NamedTuple

from loaded import Loaded, leakcheck_command
from pages import Demand, spread
from peak_memory import peak_mb
from processes import whole

__all__ = ["cost_demands"]

CORPUS = "corpora/alpaca"
ONE = "gsm8k"
MOST_TIMES = 2.5
MOST_MB = 1500
REPEATS = 3


class _Cost(NamedTuple):
    scan: list[float]
    """Seconds of the scan, everything loaded."""
    whole: list[float]
    """Seconds of the whole command."""
    megabytes: float


def cost_demands(data: Path) -> list[Demand]:
    """Hold time and memory of a scan for all benchmarks against those of a scan for one."""
    path = data / CORPUS
    one, every = _costs(path, ONE), _costs(path, "all")
    return [
        _times(f"{CORPUS}, all benchmarks, the scan itself", one.scan, every.scan),
        _times(f"{CORPUS}, all benchmarks, the whole command", one.whole, every.whole),
        Demand(
            "peak memory of that, all benchmarks",
            f"under {MOST_MB:,} MB",
            f"{every.megabytes:,.0f} MB; {ONE} alone {one.megabytes:,.0f} MB",
            every.megabytes < MOST_MB,
        ),
    ]


def _costs(path: Path, benchmarks: str) -> _Cost:
    command = leakcheck_command(path, benchmarks)
    with Loaded(benchmarks, os.cpu_count() or 1) as child:
        scans = [child.scan([path]).seconds for _ in range(REPEATS)]
    return _Cost(scans, [whole(command) for _ in range(REPEATS)], peak_mb(command))


def _times(subject: str, one: list[float], every: list[float]) -> Demand:
    ratio = median(every) / median(one)
    return Demand(
        subject,
        f"at most {MOST_TIMES:g} times the time with {ONE} alone",
        f"{ratio:.2f} times: {spread(every, 2)} s against {spread(one, 2)} s",
        ratio <= MOST_TIMES,
    )

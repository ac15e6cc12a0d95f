"""What all benchmarks cost, against one alone."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from statistics import median
from typing import NamedTuple

from contestants import leakcheck_command, run, spread, whole
from pages import Demand

__all__ = ["cost_demands"]

CORPUS = "corpora/alpaca"
ONE = "gsm8k"
MOST_TIMES = 2.5
MOST_MB = 1500
REPEATS = 3
_CHILD = Path(__file__).with_name("child_leakcheck.py")


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
    command = [sys.executable, str(_CHILD), str(path), benchmarks, str(os.cpu_count() or 1)]
    runs = [json.loads(run(command)[1]) for _ in range(REPEATS)]
    return _Cost(
        [float(each["seconds"]) for each in runs],
        [whole(leakcheck_command(path, benchmarks)) for _ in range(REPEATS)],
        max(float(each["peak_mb"]) for each in runs),
    )


def _times(subject: str, one: list[float], every: list[float]) -> Demand:
    ratio = median(every) / median(one)
    return Demand(
        subject,
        f"at most {MOST_TIMES:g} times the time with {ONE} alone",
        f"{ratio:.2f} times: {spread(every, 2)} s against {spread(one, 2)} s",
        ratio <= MOST_TIMES,
    )

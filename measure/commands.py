"""The command as a user runs it: against loading a corpus, its first run, and its memory."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from statistics import median

from contestants import leakcheck_command, run, spread, whole
from pages import Demand, percent
from speed_corpora import Corpus, join

__all__ = ["command_demands", "memory_demand"]

MOST_OVER_LOADING = 2.5
MOST_FIRST_RUN = 15.0
MOST_MEMORY = 1.15


def command_demands(alpaca: Path, folder: Path, repeats: int) -> list[Demand]:
    """Hold the whole command against loading the corpus, and the first run against the next."""
    load, warm, cold = _time_commands(alpaca, folder, repeats)
    ratio = median(warm) / median(load)
    more = median(cold) - median(warm)
    return [
        Demand(
            "`leakcheck scan alpaca_data.json --bench gsm8k`, whole process",
            f"at most {MOST_OVER_LOADING:g} times importing numba and pyarrow and json.load of it",
            f"{ratio:.2f} times: {spread(warm, 2)} s against {spread(load, 2)} s",
            ratio <= MOST_OVER_LOADING,
        ),
        Demand(
            "the same, first run after installation",
            f"at most {MOST_FIRST_RUN:g} s more",
            f"{more:.1f} s more: {spread(cold)} s",
            more <= MOST_FIRST_RUN,
        ),
    ]


def _time_commands(
    alpaca: Path, folder: Path, repeats: int
) -> tuple[list[float], list[float], list[float]]:
    """Time loading a corpus, scanning it, and scanning it with nothing compiled yet."""
    program = f"import numba, pyarrow, json; json.load(open({str(alpaca)!r}))"
    scan = leakcheck_command(alpaca, "gsm8k")
    load, warm, cold = [], [], []
    whole(scan)
    for repeat in range(repeats):
        fresh = folder / f"kernels-{repeat}"
        fresh.mkdir()
        load.append(whole([sys.executable, "-c", program]))
        warm.append(whole(scan))
        cold.append(whole(scan, {**os.environ, "NUMBA_CACHE_DIR": str(fresh)}))
    return load, warm, cold


def memory_demand(corpus: Corpus, folder: Path) -> Demand:
    """Hold the memory for a large file against that for a small one."""
    small, large = (_memory(corpus, times, folder) for times in (1, 4))
    growth = large[1] / small[1]
    return Demand(
        "peak memory of a scan, web text in one file, gsm8k, all cores",
        f"at most {percent(MOST_MEMORY - 1)} more for four times the corpus",
        f"{100 * (growth - 1):+.1f} %: {small[1]:.0f} MB for {small[0]:.0f} MB, "
        f"{large[1]:.0f} MB for {large[0]:.0f} MB",
        growth <= MOST_MEMORY,
    )


def _memory(corpus: Corpus, times: int, folder: Path) -> tuple[float, float]:
    """Return the size of a corpus some times over, and the peak memory of its scan, in MB."""
    path = join(corpus, folder / "joined.jsonl", times)
    child = str(Path(__file__).with_name("child_leakcheck.py"))
    _, output = run([sys.executable, child, str(path), "gsm8k", str(os.cpu_count() or 1)])
    return path.stat().st_size / 1e6, float(json.loads(output)["peak_mb"])

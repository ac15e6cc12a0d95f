"""The memory of a scan: whatever the size of a corpus and its form, it must stay below a limit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from contestants import SETS
from loaded import leakcheck_command
from pages import Demand, percent
from peak_memory import peak_mb
from speed_corpora import Input
from speed_forms import repeated

__all__ = ["memory_demands"]

MOST_MB = 700
MOST_GROWTH = 1.15
TIMES = (1, 8)


def memory_demands(corpus: Input, folder: Path) -> list[Demand]:
    """Scan one file of a corpus, and one of eight times it, as they are and in gzip.

    With five benchmarks and all cores, the whole command with all its processes.
    """
    return [each for suffix in ("", ".gz") for each in _demands(corpus, suffix, folder)]


def _demands(corpus: Input, suffix: str, folder: Path) -> Iterator[Demand]:
    peaks = [_peak(corpus, times, folder / f"memory.jsonl{suffix}") for times in TIMES]
    sizes = [f"{times * corpus.megabytes:,.0f} MB" for times in TIMES]
    form = "gzip" if suffix else "plain"
    for peak, size in zip(peaks, sizes, strict=True):
        yield Demand(
            f"peak memory of a scan of {size} of {corpus.corpus}, one file, {form}, five",
            f"under {MOST_MB} MB",
            f"{peak:,.0f} MB",
            peak < MOST_MB,
        )
    growth = peaks[1] / peaks[0]
    yield Demand(
        f"growth of that from {sizes[0]} to {sizes[1]}, {form}",
        f"at most {percent(MOST_GROWTH - 1)}",
        f"{100 * (growth - 1):+.1f} %",
        growth <= MOST_GROWTH,
    )


def _peak(corpus: Input, times: int, path: Path) -> float:
    repeated(corpus, times, path)
    peak = peak_mb(leakcheck_command(path, SETS["five"]))
    path.unlink()
    return peak
